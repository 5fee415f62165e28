"""Settling what was edited in two copies that were merged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from annotations.changes.collision import SettleCollision
from annotations.changes.fact import SetFacts
from annotations.errors import Refused
from annotations.facts import Fact, Kind
from annotations.rules import check_label, check_relation
from model.apply.action import Action, OwnSet
from model.apply.entity import check_relations
from model.apply.fact import set_facts
from model.apply.locked import refuse_locked
from model.apply.report import check_name
from model.apply.rows import Title
from model.merged_values import entity_columns, relation_columns, report_columns
from model.queries.collisions import label_row
from model.queries.facts import facts
from model.tables import AnnotatorRow, EntityRow, FactRow, RelationRow, ReportRow, SetRow, TextRow


def settle(action: Action, change: SettleCollision) -> Title:
    """Keep what is shown or take another version. Raises ``Refused`` when it was settled, or cannot be taken."""
    found = next(
        facts(
            action.connection,
            Kind.COLLISION,
            report_id=change.report_id,
            annotator=change.annotator,
            key=change.key,
        ),
        None,
    )
    if found is None:
        raise Refused("This was settled meanwhile. Nothing was changed.")
    kind, _, thing = change.key.partition(":")
    if change.report_id:
        action.report(change.report_id)
    if kind in ("entity", "relation"):
        _label(action, change, found, kind, thing)
    elif kind == "report":
        _report(action, change, found)
    elif change.take:
        of, _, key = thing.partition(":")
        fact = Fact(Kind(of), key, _taken(change, found), change.report_id, change.annotator)
        set_facts(action, SetFacts((fact,), "", {}))
    action.remove(FactRow, [_fact_row(action, change)])
    action.touches.update(("fact:collision", "labels", "others"))
    return "Settle what was edited in two copies", {}


def _fact_row(action: Action, change: SettleCollision) -> int:
    report = action.report(change.report_id) if change.report_id else None
    annotator = select(AnnotatorRow.id).where(AnnotatorRow.name == change.annotator)
    her = action.connection.execute(annotator).scalar() if change.annotator else None
    return int(
        action.connection.execute(
            select(FactRow.id).where(
                FactRow.kind == Kind.COLLISION.value,
                FactRow.report_id.is_not_distinct_from(report),
                FactRow.annotator_id.is_not_distinct_from(her),
                FactRow.key == change.key,
                FactRow.removed_by.is_(None),
            )
        ).scalar_one()
    )


def _taken(change: SettleCollision, fact: Fact) -> Mapping[str, Any] | None:
    """The value that is to be taken; None where it is a removal."""
    for version in (fact.value or {}).get("lost", ()):
        if version["action"] == change.take:
            value: Mapping[str, Any] | None = version["value"]
            return value
    raise Refused("That version is not there any more. Nothing was changed.")


def _label(action: Action, change: SettleCollision, fact: Fact, kind: str, label_id: str) -> None:
    table: Any = EntityRow if kind == "entity" else RelationRow
    row = label_row(action.connection, fact, kind, label_id)
    if row is None:
        if change.take:
            raise Refused("The labels it belongs to are not there any more. Nothing was changed.")
        return
    own = _set_of(action, row.set_id)
    hidden = str((fact.value or {}).get("hidden", ""))
    if not change.take:
        if hidden and row.removed_by is not None:  # from now on it is removed, by who decided so
            _stamp(action, table, row.id)
        return
    refuse_locked(action.connection, own.report, _annotator_of(action, own.id))
    if change.take == hidden:
        _check_ends(action, own, row.label_id, row.source_id, row.target_id)
        action.edit(table, row.id, {"removed_by": None})
        return
    value = _taken(change, fact)
    if value is None:
        _remove(action, kind, row.id, own)
    elif kind == "entity":
        _take_entity(action, row, value, own)
    else:
        _take_relation(action, row, value, own)


def _set_of(action: Action, set_id: int) -> OwnSet:
    row = action.connection.execute(
        select(SetRow.id, SetRow.report_id, SetRow.text_id, TextRow.length)
        .join(TextRow, TextRow.id == SetRow.text_id)
        .where(SetRow.id == set_id)
    ).one()
    return OwnSet(row.id, row.report_id, row.text_id, row.length)


def _annotator_of(action: Action, set_id: int) -> int | None:
    found: int | None = action.connection.execute(select(SetRow.annotator_id).where(SetRow.id == set_id)).scalar()
    return found


def _stamp(action: Action, table: Any, row_id: int) -> None:
    """Let the row say that this action decided about it."""
    action.connection.execute(update(table).where(table.id == row_id).values(changed_by=action.id))


def _remove(action: Action, kind: str, row_id: int, own: OwnSet) -> None:
    if kind == "entity":
        ends = (RelationRow.source_id == row_id) | (RelationRow.target_id == row_id)
        hanging = select(RelationRow.id).where(RelationRow.set_id == own.id, RelationRow.removed_by.is_(None), ends)
        action.remove(RelationRow, list(action.connection.execute(hanging).scalars()), own.id)
        action.remove(EntityRow, [row_id], own.id)
    else:
        action.remove(RelationRow, [row_id], own.id)


def _take_entity(action: Action, row: Any, value: Mapping[str, Any], own: OwnSet) -> None:
    check_label(value["label"], action.stored.schema)
    columns = entity_columns(value, action.stored.entity_ids)
    columns["meta"] = columns.pop("metadata")
    action.edit(EntityRow, row.id, {**columns, **({"removed_by": None} if row.removed_by is not None else {})})
    action.check(lambda: check_relations(action, own, [row.id]))


def _take_relation(action: Action, row: Any, value: Mapping[str, Any], own: OwnSet) -> None:
    if value["label"] not in action.stored.relation_ids:
        raise Refused("The schema has no label {label}. Nothing was changed.", label=value["label"])
    rows = action.connection.execute(
        select(EntityRow.entity_id, EntityRow.id).where(
            EntityRow.set_id == own.id, EntityRow.entity_id.in_((value["source"], value["target"]))
        )
    )
    ends = {end.entity_id: end.id for end in rows}
    if not {value["source"], value["target"]} <= ends.keys():
        raise Refused("An end of the relation is not there any more. Nothing was changed.")
    columns = relation_columns(value, action.stored.relation_ids, ends)
    _check_ends(action, own, columns["label_id"], columns["source_id"], columns["target_id"])
    columns["meta"] = columns.pop("metadata")
    action.edit(RelationRow, row.id, {**columns, **({"removed_by": None} if row.removed_by is not None else {})})


def _check_ends(action: Action, own: OwnSet, label: int, source: int, target: int) -> None:
    """Raise ``Refused`` unless both ends are there and the schema allows the relation."""
    rows = action.connection.execute(
        select(EntityRow.id, EntityRow.label_id).where(
            EntityRow.set_id == own.id, EntityRow.id.in_((source, target)), EntityRow.removed_by.is_(None)
        )
    )
    labels = {end.id: end.label_id for end in rows}
    if not {source, target} <= labels.keys():
        raise Refused("An end of the relation was removed. Nothing was changed; bring the end back first.")
    names = action.stored.names
    check_relation(names[label], names[labels[source]], names[labels[target]], action.stored.schema)


def _report(action: Action, change: SettleCollision, fact: Fact) -> None:
    row_id = action.report(change.report_id)
    if not change.take:
        _stamp(action, ReportRow, row_id)
        return
    value = _taken(change, fact)
    if value is None:
        action.remove(ReportRow, [row_id])
        action.touches.add("queue")
        return
    name = action.connection.execute(select(ReportRow.name).where(ReportRow.id == row_id)).scalar_one()
    if value["name"] != name:
        check_name(action, value["name"])
    columns = report_columns(value)
    columns["meta"] = columns.pop("metadata")
    action.edit(ReportRow, row_id, columns)
    action.touches.add("reports")
