"""A contract's draft as words: clauses filled and numbered, defined terms, tables, annexes."""
