"""The workspace of who leads: how far everybody is, how far they agree, and what they disagree on most."""
