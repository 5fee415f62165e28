"""The time of a new history entry."""

from __future__ import annotations

from sqlalchemy import Connection, select

from model.clock import later
from model.tables import ActionRow

_NEWEST = select(ActionRow.at).where(ActionRow.state != "pending").order_by(ActionRow.id.desc()).limit(1)


def moment(connection: Connection) -> str:
    """The present time for the history, later than the newest entry's: copies that are merged go by these times.

    The newest entry bears the latest time, also after a merge with a copy from a computer whose clock is ahead.
    """
    return later(connection.execute(_NEWEST).scalar() or "")
