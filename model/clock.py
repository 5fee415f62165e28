"""The time, as the history stores it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now() -> str:
    """The present moment in UTC, ISO 8601 with microseconds: ``2026-11-23T07:38:56.123456Z``."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def later(than: str) -> str:
    """The present moment, or one microsecond after ``than`` when the clock is behind that.

    So what follows upon something never bears an earlier time, whatever the clocks of the computers say.
    """
    present = now()
    if present > than:
        return present
    after = datetime.fromisoformat(than.replace("Z", "+00:00")) + timedelta(microseconds=1)
    return after.isoformat(timespec="microseconds").replace("+00:00", "Z")
