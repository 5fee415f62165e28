"""What can be seen: rows that nothing removed, made by actions that are complete.

A bulk action writes its rows under a pending history entry; they become visible
all at once when the entry is done.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from model.tables import ActionRow, ReportRow, SetRow

_PENDING = select(ActionRow.id).where(ActionRow.state == "pending")


def not_pending(table: Any) -> Any:
    """The condition that a row's action is complete."""
    return table.created_by.not_in(_PENDING)


def live_reports(statement: Any) -> Any:
    """``statement`` over ``report`` rows, restricted to the visible ones."""
    return statement.where(ReportRow.removed_by.is_(None), not_pending(ReportRow))


def live_sets(statement: Any) -> Any:
    """``statement`` over ``annotation_set`` rows, restricted to the visible ones."""
    return statement.where(SetRow.removed_by.is_(None), not_pending(SetRow))
