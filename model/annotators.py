"""Annotators: people who label."""

from __future__ import annotations

from sqlalchemy import Connection, exists, insert, select

from annotations.errors import Refused
from annotations.report import new_id
from model.clock import now
from model.tables import AnnotatorRow, SetRow


def annotator_row(connection: Connection, name: str) -> int:
    """Row id of the annotator of this name, made known when new. Raises ``Refused`` for an empty name."""
    name = name.strip()
    if not name:
        raise Refused("An annotator needs a name. Nothing was changed.")
    known = connection.execute(select(AnnotatorRow.id).where(AnnotatorRow.name == name)).scalar()
    if known is not None:
        return int(known)
    made = connection.execute(
        insert(AnnotatorRow).values(annotator_id=new_id(), name=name, created_at=now())
    ).inserted_primary_key
    assert made is not None
    return int(made[0])


def annotator_names(connection: Connection) -> tuple[str, ...]:
    """The names of all annotators, in order."""
    return tuple(connection.execute(select(AnnotatorRow.name).order_by(AnnotatorRow.name)).scalars())


def labelling_annotators(connection: Connection) -> tuple[str, ...]:
    """The names of those who have labels of their own, in order: who only reviews or leads is not among them."""
    mine = select(SetRow.id).where(SetRow.annotator_id == AnnotatorRow.id, SetRow.removed_by.is_(None))
    names = select(AnnotatorRow.name).where(exists(mine)).order_by(AnnotatorRow.name)
    return tuple(connection.execute(names).scalars())
