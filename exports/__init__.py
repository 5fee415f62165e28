"""Everything that leaves or comes in as a file."""
