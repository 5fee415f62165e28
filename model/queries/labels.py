"""Reports and annotation sets as values."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from annotations.report import AnnotationSet, Entity, Origin, Relation, Report, Status, entity_order
from model.queries.visible import live_reports, live_sets
from model.schema_rows import StoredSchema
from model.tables import AnnotatorRow, EntityRow, RelationRow, ReportRow, SetRow, TextRow

_SOURCE, _TARGET = aliased(EntityRow), aliased(EntityRow)

REPORT_COLUMNS = (
    ReportRow.id,
    ReportRow.report_id,
    ReportRow.name,
    ReportRow.title,
    ReportRow.date,
    ReportRow.source,
    ReportRow.locality,
    ReportRow.meta.label("meta"),
)

_ENTITIES = select(
    EntityRow.set_id,
    EntityRow.entity_id,
    EntityRow.label_id,
    EntityRow.start,
    EntityRow.end,
    EntityRow.fragments,
    EntityRow.attributes,
    EntityRow.note,
    EntityRow.entry,
    EntityRow.origin,
    EntityRow.by,
    EntityRow.confidence,
    EntityRow.meta,
    EntityRow.version,
).where(EntityRow.removed_by.is_(None))

_RELATIONS = (
    select(
        RelationRow.set_id,
        RelationRow.relation_id,
        RelationRow.label_id,
        _SOURCE.entity_id,
        _TARGET.entity_id,
        RelationRow.attributes,
        RelationRow.note,
        RelationRow.origin,
        RelationRow.by,
        RelationRow.confidence,
        RelationRow.meta,
        RelationRow.version,
    )
    .join(_SOURCE, _SOURCE.id == RelationRow.source_id)
    .join(_TARGET, _TARGET.id == RelationRow.target_id)
    .where(RelationRow.removed_by.is_(None))
    .order_by(_SOURCE.start, _SOURCE.entity_id, _TARGET.start, _TARGET.entity_id, RelationRow.relation_id)
)

_ORIGINS = {origin.value: origin for origin in Origin}


def report_value(row: Any, text: str) -> Report:
    """A report from a row of ``REPORT_COLUMNS`` and its text."""
    return Report(row.report_id, row.name, text, row.title, row.date, row.source, row.locality, row.meta or {})


def read_report(connection: Connection, report_id: str) -> Report | None:
    """A visible report with its newest text, or None."""
    row = connection.execute(live_reports(select(*REPORT_COLUMNS)).where(ReportRow.report_id == report_id)).first()
    if row is None:
        return None
    text = connection.execute(
        select(TextRow.content).where(TextRow.report_id == row.id).order_by(TextRow.number.desc()).limit(1)
    ).scalar_one()
    return report_value(row, text)


def entities_of_sets(
    connection: Connection, set_ids: list[int], names: dict[int, str]
) -> dict[int, tuple[Entity, ...]]:
    """The entities of several sets by set, each in order of offset, outer first."""
    found: dict[int, list[Entity]] = {}
    rows = connection.execute(_ENTITIES.where(EntityRow.set_id.in_(set_ids)))
    for key, entity_id, label, start, end, fragments, attributes, note, entry, origin, by, sure, meta, version in rows:
        found.setdefault(key, []).append(
            Entity(
                entity_id,
                names[label],
                start,
                end,
                tuple((piece[0], piece[1]) for piece in fragments) if fragments else (),
                attributes or {},
                note,
                entry,
                _ORIGINS[origin],
                by,
                sure,
                meta or {},
                version,
            )
        )
    return {key: tuple(sorted(entities, key=entity_order)) for key, entities in found.items()}


def relations_of_sets(
    connection: Connection, set_ids: list[int], names: dict[int, str]
) -> dict[int, tuple[Relation, ...]]:
    """The relations of several sets by set, each in order of their ends."""
    found: dict[int, list[Relation]] = {}
    rows = connection.execute(_RELATIONS.where(RelationRow.set_id.in_(set_ids)))
    for key, relation_id, label, source, target, attributes, note, origin, by, sure, meta, version in rows:
        found.setdefault(key, []).append(
            Relation(
                relation_id,
                names[label],
                source,
                target,
                attributes or {},
                note,
                _ORIGINS[origin],
                by,
                sure,
                meta or {},
                version,
            )
        )
    return {key: tuple(relations) for key, relations in found.items()}


def read_sets(
    connection: Connection, report_row: int, stored: StoredSchema, annotator: str | None = None
) -> tuple[AnnotationSet, ...]:
    """The visible sets on a report: of one annotator, or all of them, the adjudicated one last."""
    statement = (
        live_sets(select(SetRow.id, SetRow.status, AnnotatorRow.name))
        .join(AnnotatorRow, AnnotatorRow.id == SetRow.annotator_id, isouter=True)
        .where(SetRow.report_id == report_row)
    )
    if annotator is not None:
        statement = statement.where(AnnotatorRow.name == annotator)
    rows = connection.execute(statement).all()
    set_ids = [row.id for row in rows]
    entities = entities_of_sets(connection, set_ids, stored.names)
    relations = relations_of_sets(connection, set_ids, stored.names)
    return tuple(
        AnnotationSet(
            row.name,
            Status(row.status),
            entities.get(row.id, ()),
            relations.get(row.id, ()),
            adjudicated=row.name is None,
        )
        for row in sorted(rows, key=lambda row: (row.name is None, row.name or ""))
    )


def read_own_set(connection: Connection, report_id: str, annotator: str, stored: StoredSchema) -> AnnotationSet | None:
    """One annotator's set on a report, or None when there is none yet."""
    row = connection.execute(live_reports(select(ReportRow.id)).where(ReportRow.report_id == report_id)).scalar()
    if row is None:
        return None
    sets = read_sets(connection, row, stored, annotator)
    return sets[0] if sets else None
