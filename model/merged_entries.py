"""Words by which a merge marks entries of the history."""

from __future__ import annotations

MERGE = "merge"
"""Kind of the entry that a merge leaves: it stays in its copy, and cannot be undone."""
KNOWN = "known"
"""Kind of entries that say only that an action is known: it is shown to nobody and stays in its copy."""
OWNER = "merge"
"""Owner of the entries that a merge brought: windows are told of them by the merge's own entry."""
MERGED = "merged"
"""State of an entry that a merge brought: it stands (unless ``undone_by`` is set), and nobody can undo it here."""
