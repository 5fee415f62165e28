"""The review workspace: conflicts, one place at a time."""
