"""The labelled reports that refer to the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, exists, select

from annotations.corpus import LabelledReport
from model.queries.assignments import assignments
from model.queries.corpus import labelled_reports
from model.queries.labels import REPORT_COLUMNS
from model.queries.visible import live_reports, live_sets
from model.schema_rows import StoredSchema
from model.tables import EntityRow, ReportRow, SetRow

_CHUNK = 100


def reports_with_links(connection: Connection) -> tuple[str, ...]:
    """Ids of the reports on which an entity has an entry, in order of report name."""
    linked = (
        live_sets(select(SetRow.report_id))
        .join(EntityRow, EntityRow.set_id == SetRow.id)
        .where(EntityRow.entry.is_not(None), EntityRow.removed_by.is_(None))
    )
    statement = live_reports(select(ReportRow.report_id)).where(ReportRow.id.in_(linked)).order_by(ReportRow.name)
    return tuple(connection.execute(statement).scalars())


def labelled_for(
    connection: Connection, stored: StoredSchema, annotator: str, report_ids: Iterable[str]
) -> Iterator[LabelledReport]:
    """These reports with the annotation sets that may be shown to the annotator: on a blind report only her own."""
    blind = {one.report_id for one in assignments(connection, annotator=annotator) if one.blind}
    wanted = list(report_ids)
    for at in range(0, len(wanted), _CHUNK):
        statement: Any = live_reports(select(*REPORT_COLUMNS)).where(ReportRow.report_id.in_(wanted[at : at + _CHUNK]))
        rows = connection.execute(statement.order_by(ReportRow.name)).all()
        for labelled in labelled_reports(connection, stored, rows):
            if labelled.report.id in blind:
                own = tuple(labels for labels in labelled.sets if labels.annotator == annotator)
                yield replace(labelled, sets=own)
            else:
                yield labelled


def entry_in_use(connection: Connection, entry_id: str) -> bool:
    """Whether an entity bears this entry's id."""
    used = exists().where(EntityRow.entry == entry_id, EntityRow.removed_by.is_(None))
    return bool(connection.execute(select(used)).scalar())
