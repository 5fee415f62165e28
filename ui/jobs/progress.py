"""How a job tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called with (done, in all or 0 when unknown, what is being done, in the interface language).

May raise ``annotations.errors.Cancelled``: the job then leaves everything as it was.
"""


def nobody_watches(done: int, total: int, what: str) -> None:
    """A progress that nobody watches."""
