"""Reports and annotation sets as values."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from json import loads
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, String, select, type_coerce

from annotations.corpus import LabelledReport
from annotations.report import AnnotationSet, Entity, Origin, Relation, Report, Status, entity_order
from model.queries.visible import live_reports, live_sets
from model.schema_rows import StoredSchema
from model.tables import AnnotatorRow, EntityRow, RelationRow, ReportRow, SetRow, TextRow
from model.unreadable import damage_told, unreadable


def _raw(column: Any) -> Any:
    """A JSON column as text: most are empty, and the type would call Python for each of them."""
    return type_coerce(column, String)


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
    EntityRow.id,
    EntityRow.removed_by,
    EntityRow.entity_id,
    EntityRow.label_id,
    EntityRow.start,
    EntityRow.end,
    _raw(EntityRow.fragments),
    _raw(EntityRow.attributes),
    EntityRow.note,
    EntityRow.entry,
    EntityRow.origin,
    EntityRow.by,
    EntityRow.confidence,
    _raw(EntityRow.meta),
    EntityRow.version,
)

_RELATIONS = select(
    RelationRow.set_id,
    RelationRow.id,
    RelationRow.removed_by,
    RelationRow.relation_id,
    RelationRow.label_id,
    RelationRow.source_id,
    RelationRow.target_id,
    _raw(RelationRow.attributes),
    RelationRow.note,
    RelationRow.origin,
    RelationRow.by,
    RelationRow.confidence,
    _raw(RelationRow.meta),
    RelationRow.version,
)

_ORIGINS = {origin.value: origin for origin in Origin}


def report_value(row: Any, text: str) -> Report:
    """A report from a row of ``REPORT_COLUMNS`` and its text."""
    return Report(row.report_id, row.name, text, row.title, row.date, row.source, row.locality, row.meta or {})


def read_report(connection: Connection, report_id: str) -> Report | None:
    """A visible report with its newest text, or None."""
    with damage_told():
        row = connection.execute(live_reports(select(*REPORT_COLUMNS)).where(ReportRow.report_id == report_id)).first()
    if row is None:
        return None
    text = connection.execute(
        select(TextRow.content).where(TextRow.report_id == row.id).order_by(TextRow.number.desc()).limit(1)
    ).scalar()
    if text is None:
        raise unreadable()
    return report_value(row, text)


Labels = tuple[tuple[Entity, ...], tuple[Relation, ...]]
"""The entities and the relations of one set, each in their order."""


def labels_of_sets(connection: Connection, set_ids: list[int], names: dict[int, str]) -> dict[int, Labels]:
    """The labels of several sets, by set: entities by offset, outer first; relations by their ends.

    A relation whose end is gone (damage, which ``check`` tells) is passed over.
    """
    entities: dict[int, dict[int, Entity]] = {key: {} for key in set_ids}
    relations: dict[int, list[KeyedRelation]] = {key: [] for key in set_ids}
    with undisturbed():
        live = EntityRow.set_id.in_(set_ids), EntityRow.removed_by.is_(None)
        for set_id, key, _gone, entity in entity_rows(connection, names, *live):
            entities[set_id][key] = entity
        related = RelationRow.set_id.in_(set_ids), RelationRow.removed_by.is_(None)
        for set_id, _key, _gone, relation in relation_rows(connection, names, *related):
            relations[set_id].append(relation)
        return {key: in_order(entities[key], relations[key]) for key in set_ids}


KeyedRelation = tuple[int, int, Relation]
"""Row keys of source and target, and the relation with its ends still empty: a join would cost twice as much."""


def in_order(entities: Mapping[int, Entity], relations: Iterable[KeyedRelation]) -> Labels:
    """The labels of one set in their order, the relations with the ids of their ends."""
    found = []
    for source_key, target_key, relation in relations:
        source, target = entities.get(source_key), entities.get(target_key)
        if source is not None and target is not None:
            order = (source.start, source.id, target.start, target.id, relation.id)
            found.append((order, with_ends(relation, source.id, target.id)))
    return (
        tuple(sorted(entities.values(), key=entity_order)),
        tuple(relation for _, relation in sorted(found, key=itemgetter(0))),
    )


def with_ends(relation: Relation, source: str, target: str) -> Relation:
    """The relation with the ids of its ends."""
    return Relation(
        relation.id,
        relation.type,
        source,
        target,
        relation.attributes,
        relation.note,
        relation.origin,
        relation.by,
        relation.confidence,
        relation.metadata,
        relation.version,
    )


def entity_rows(
    connection: Connection, names: dict[int, str], *conditions: Any
) -> Iterator[tuple[int, int, bool, Entity]]:
    """Entities that meet the conditions: key of the set, own row key, whether removed, the value."""
    with damage_told():
        for row in connection.execute(_ENTITIES.where(*conditions)).all():
            (
                set_id,
                key,
                gone,
                entity_id,
                label,
                start,
                end,
                pieces,
                attributes,
                note,
                entry,
                origin,
                by,
                sure,
                meta,
                ver,
            ) = row
            yield (
                set_id,
                key,
                gone is not None,
                Entity(
                    entity_id,
                    names[label],
                    start,
                    end,
                    tuple((piece[0], piece[1]) for piece in loads(pieces)) if pieces else (),
                    loads(attributes) if attributes else {},
                    note,
                    entry,
                    _ORIGINS[origin],
                    by,
                    sure,
                    loads(meta) if meta else {},
                    ver,
                ),
            )


def relation_rows(
    connection: Connection, names: dict[int, str], *conditions: Any
) -> Iterator[tuple[int, int, bool, KeyedRelation]]:
    """Relations that meet the conditions: key of the set, own row key, whether removed, the value with its ends' keys."""
    with damage_told():
        for row in connection.execute(_RELATIONS.where(*conditions)).all():
            set_id, key, gone, relation_id, label, source, target, attributes, note, origin, by, sure, meta, version = (
                row
            )
            relation = Relation(
                relation_id,
                names[label],
                "",
                "",
                loads(attributes) if attributes else {},
                note,
                _ORIGINS[origin],
                by,
                sure,
                loads(meta) if meta else {},
                version,
            )
            yield set_id, key, gone is not None, (source, target, relation)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put garbage collection off while thousands of values are made: none of them can be garbage yet."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@damage_told()
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
    labels = labels_of_sets(connection, set_ids, stored.names)
    return tuple(
        AnnotationSet(
            row.name,
            Status(row.status),
            *labels[row.id],
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


def read_labelled(connection: Connection, report_id: str, stored: StoredSchema) -> LabelledReport | None:
    """A visible report with all its visible sets, or None."""
    row = connection.execute(live_reports(select(ReportRow.id)).where(ReportRow.report_id == report_id)).scalar()
    report = read_report(connection, report_id) if row is not None else None
    if row is None or report is None:
        return None
    return LabelledReport(report, read_sets(connection, row, stored))
