"""What can go wrong with a file that leaves or comes in."""

from __future__ import annotations

from annotations.errors import Refused


class FormatError(Refused):
    """A file cannot be read, or cannot be written; nothing was taken from it, nothing was left behind."""
