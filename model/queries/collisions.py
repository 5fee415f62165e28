"""What was edited in two copies that were merged: one version is shown, a person settles whether it is the right one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from annotations.collisions import Collided, Kept
from annotations.facts import Fact, Kind
from model.merged_values import entity_value, relation_value, report_value
from model.queries.facts import facts
from model.queries.merged_rows import ENTITIES, RELATIONS, REPORTS
from model.queries.visible import live_sets
from model.schema_rows import read_schema
from model.tables import AnnotatorRow, EntityRow, RelationRow, ReportRow, SetRow, TextRow


def collisions(connection: Connection, report_id: str | None = None) -> Iterator[Collided]:
    """What still differs, in the order of reports' names: on one report, or everywhere."""
    live = select(ReportRow.report_id, ReportRow.name).where(ReportRow.removed_by.is_(None))
    names: dict[str, str] = {row.report_id: row.name for row in connection.execute(live)}
    labels = read_schema(connection).names
    found = facts(connection, Kind.COLLISION, report_id=report_id)
    for fact in sorted(found, key=lambda one: (names.get(one.report_id, ""), one.annotator, one.key)):
        value = fact.value or {}
        lost = tuple(map(Kept.read, value.get("lost", ())))
        kind, _, thing = fact.key.partition(":")
        row = label_row(connection, fact, kind, thing) if kind in ("entity", "relation") else None
        text = ""
        if kind in ("entity", "relation"):
            shown = _shown(connection, kind, row, labels)
            text = _text(connection, fact.report_id)
        elif kind == "report":
            shown = _report(connection, fact.report_id)
        else:
            shown = _fact(connection, fact, thing)
        hidden = bool(value.get("hidden")) and row is not None and row.removed_by is not None
        if hidden or any(each.value != shown for each in lost):
            yield Collided(
                fact.report_id,
                names.get(fact.report_id, ""),
                fact.annotator,
                fact.key,
                shown,
                lost,
                hidden,
                text,
                str(value.get("hidden", "")),
            )


def label_row(connection: Connection, fact: Fact, kind: str, label_id: str) -> Any:
    """The row of the entity or relation that a collision is about, of the live set. Any: a row, or None."""
    table: Any = EntityRow if kind == "entity" else RelationRow
    statement = (
        live_sets(ENTITIES if kind == "entity" else RELATIONS)
        .join(SetRow, SetRow.id == table.set_id)
        .join(ReportRow, ReportRow.id == SetRow.report_id)
        .join(AnnotatorRow, AnnotatorRow.id == SetRow.annotator_id, isouter=True)
        .where(ReportRow.report_id == fact.report_id, ReportRow.removed_by.is_(None))
        .where(AnnotatorRow.name == fact.annotator if fact.annotator else SetRow.annotator_id.is_(None))
        .where((EntityRow.entity_id if kind == "entity" else RelationRow.relation_id) == label_id)
    )
    return connection.execute(statement).first()


def _shown(connection: Connection, kind: str, row: Any, labels: Mapping[int, str]) -> dict[str, Any] | None:
    if row is None or row.removed_by is not None:
        return None
    if kind == "entity":
        return entity_value(row, labels)
    ends = select(EntityRow.id, EntityRow.entity_id).where(EntityRow.id.in_((row.source_id, row.target_id)))
    return relation_value(row, labels, {end.id: end.entity_id for end in connection.execute(ends)})


def _report(connection: Connection, report_id: str) -> dict[str, Any] | None:
    row = connection.execute(REPORTS.where(ReportRow.report_id == report_id, ReportRow.removed_by.is_(None))).first()
    return report_value(row) if row is not None else None


def _fact(connection: Connection, fact: Fact, thing: str) -> dict[str, Any] | None:
    kind, _, key = thing.partition(":")
    found = next(facts(connection, Kind(kind), report_id=fact.report_id, annotator=fact.annotator, key=key), None)
    return dict(found.value or {}) if found is not None else None


def _text(connection: Connection, report_id: str) -> str:
    """The newest text of a report, in which the offsets of labels lie."""
    statement = (
        select(TextRow.content)
        .join(ReportRow, ReportRow.id == TextRow.report_id)
        .where(ReportRow.report_id == report_id, ReportRow.removed_by.is_(None))
        .order_by(TextRow.number.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar() or ""
