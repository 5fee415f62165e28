"""Names that labels confirm: the words of entities, by the annotation set that holds them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from model.queries.visible import live_reports, live_sets
from model.tables import AnnotatorRow, EntityRow, ReportRow, SetRow, TextRow


@dataclass(frozen=True, slots=True)
class SetNames:
    """The names (label, words) of one annotation set; ``annotator`` None: the adjudicated one."""

    report_id: str
    annotator: str | None
    names: frozenset[tuple[str, str]]


def newest_sets(connection: Connection, limit: int) -> list[int]:
    """Keys of the newest annotation sets, newest first: to be given to :func:`names_of_sets` by the handful."""
    statement = live_reports(live_sets(select(SetRow.id))).join(ReportRow, ReportRow.id == SetRow.report_id)
    return list(connection.execute(statement.order_by(SetRow.id.desc()).limit(limit)).scalars())


def sets_on(connection: Connection, report_ids: Collection[str]) -> list[int]:
    """Keys of all annotation sets on these reports."""
    statement = live_reports(live_sets(select(SetRow.id))).join(ReportRow, ReportRow.id == SetRow.report_id)
    return list(connection.execute(statement.where(ReportRow.report_id.in_(report_ids))).scalars())


def names_of_sets(
    connection: Connection, set_ids: Collection[int], label_names: dict[int, str], labels: Collection[str]
) -> Iterator[SetNames]:
    """The names in these sets whose labels are among ``labels``; each set once, also without any."""
    wanted = {key: name for key, name in label_names.items() if name in labels}
    heads = connection.execute(
        select(SetRow.id, SetRow.text_id, ReportRow.report_id, AnnotatorRow.name)
        .join(ReportRow, ReportRow.id == SetRow.report_id)
        .join(AnnotatorRow, AnnotatorRow.id == SetRow.annotator_id, isouter=True)
        .where(SetRow.id.in_(set_ids))
    ).all()
    texts = {
        row.id: row.content
        for row in connection.execute(
            select(TextRow.id, TextRow.content).where(TextRow.id.in_({head.text_id for head in heads}))
        )
    }
    found: dict[int, set[tuple[str, str]]] = {head.id: set() for head in heads}
    text_of = {head.id: texts[head.text_id] for head in heads}
    spans = select(EntityRow.set_id, EntityRow.label_id, EntityRow.start, EntityRow.end).where(
        EntityRow.set_id.in_(set_ids),
        EntityRow.removed_by.is_(None),
        EntityRow.fragments.is_(None),
        EntityRow.label_id.in_(wanted),
    )
    for set_id, label_id, start, end in connection.execute(spans):
        if set_id in found:
            found[set_id].add((wanted[label_id], text_of[set_id][start:end]))
    for head in heads:
        yield SetNames(head.report_id, head.name, frozenset(found[head.id]))
