"""How far in the history an annotator was told what others did."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update

from model.annotators import annotator_row
from model.clock import now
from model.tables import ActionRow, AnnotatorRow, SeenRow


def seen_until(connection: Connection, annotator: str) -> int | None:
    """Number of the last action she was told of; None when she was never told anything."""
    mine = select(SeenRow.action_id).join(AnnotatorRow, AnnotatorRow.id == SeenRow.annotator_id)
    found = connection.execute(mine.where(AnnotatorRow.name == annotator)).scalar()
    return None if found is None else int(found)


def newest(connection: Connection) -> int:
    """Number of the newest action."""
    return int(connection.execute(select(func.coalesce(func.max(ActionRow.id), 0))).scalar_one())


def mark_seen(connection: Connection, annotator: str, number: int) -> None:
    """Remember that she was told of everything up to this action; never takes back what she was told."""
    who = annotator_row(connection, annotator)
    before = connection.execute(select(SeenRow.action_id).where(SeenRow.annotator_id == who)).scalar()
    if before is None:
        connection.execute(insert(SeenRow).values(annotator_id=who, action_id=number, at=now()))
    elif before < number:
        connection.execute(update(SeenRow).where(SeenRow.annotator_id == who).values(action_id=number, at=now()))
