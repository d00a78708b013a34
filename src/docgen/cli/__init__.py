"""What a sales rep types."""
