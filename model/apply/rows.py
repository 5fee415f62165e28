"""What every kind of change needs of rows: picking them, versions, names for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from annotations.errors import Collision, Refused
from model.apply.action import Action, OwnSet
from model.tables import ActionRow, AnnotatorRow

Title = tuple[str, dict[str, Any]]
"""An English sentence with places, and what fills them: how the Edit menu names an action."""

_LONGEST = 40


def cut(text: str) -> str:
    """``text`` on one line, short enough for a menu."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def counted(surfaces: Sequence[str], count: int) -> str:
    """``“text”`` for one label, ``“text” +2`` for three."""
    shown = f"“{surfaces[0]}”" if surfaces else ""
    return shown if count <= 1 else f"{shown} +{count - 1}"


def needed_set(action: Action, report_id: str) -> OwnSet:
    """The acting annotator's set; raises ``Refused`` when it holds nothing yet."""
    own = action.find_set(report_id)
    if own is None:
        raise Refused("You have no labels on this report. Nothing was changed.")
    return own


def pick(
    action: Action, table: type[Any], key: Any, columns: Sequence[Any], own: OwnSet, ids: tuple[str, ...]
) -> list[Any]:
    """The live rows of these ids, in the order asked for; raises ``Refused`` when one is gone."""
    found: dict[str, Any] = {}
    for at in range(0, len(ids), 500):
        rows = action.connection.execute(
            select(*columns).where(table.set_id == own.id, table.removed_by.is_(None), key.in_(ids[at : at + 500]))
        )
        found.update((getattr(row, key.key), row) for row in rows)
    if any(wanted not in found for wanted in ids):
        raise Refused("The label was deleted meanwhile. Nothing was changed.")
    return [found[wanted] for wanted in dict.fromkeys(ids)]


def check_seen(action: Action, row: Any, seen: int | None, surface: str) -> None:
    """Raise ``Collision`` when the row is newer than what the person was looking at."""
    if seen is None or row.version == seen:
        return
    by = action.connection.execute(
        select(AnnotatorRow.name, ActionRow.at)
        .join(AnnotatorRow, AnnotatorRow.id == ActionRow.annotator_id)
        .where(ActionRow.id == row.touched_by)
    ).first()
    raise Collision(
        "“{text}” was changed meanwhile by {who} in another window. It is shown as it is now; nothing was overwritten.",
        text=surface,
        who=by.name if by else "",
    )
