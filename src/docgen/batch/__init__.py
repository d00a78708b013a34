"""Many deals: which papers are due, made in parallel, written once, told as a report; and proofs of finished papers."""
