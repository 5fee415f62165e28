"""The adjudicated set of a report: brought in line with the decisions, touching only rows that differ.

Labels that no decision made (an imported adjudicated set) are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import insert, select

from annotations.corpus import LabelledReport
from annotations.facts import Kind
from annotations.report import AnnotationSet, Entity, Origin, Relation, Status
from annotations.review import Decision, adjudicated_set, review_report, source_of
from annotations.review.report_review import ReportReview
from annotations.rules import check_relation
from model.apply.action import Action, OwnSet
from model.apply.entity import entity_values
from model.queries.visible import live_sets
from model.tables import EntityRow, FactRow, RelationRow, SetRow, TextRow

Decisions = Mapping[str, Decision]
_Label = TypeVar("_Label", Entity, Relation)
SOURCE = "decision"
"""Under this key an adjudicated label's metadata say where it comes from."""


class AdjudicatedSet:
    """The rows of one report's adjudicated set, and what decisions make of them."""

    def __init__(self, action: Action, report_id: str, labelled: LabelledReport) -> None:
        self._action = action
        self._report_id = report_id
        self._report = action.report(report_id)
        self._labelled = labelled
        self._set = self._find()
        self._there = next((labels for labels in labelled.sets if labels.adjudicated), AnnotationSet(None))

    def with_free_ids(self, decisions: Decisions) -> dict[str, Decision]:
        """The decisions with other ids for labels whose id a removed one still has: it may come back by undo."""
        wanted = {each.result.id for each in decisions.values() if each.result is not None}
        taken = self._removed(EntityRow, EntityRow.entity_id) | self._removed(RelationRow, RelationRow.relation_id)
        live = {each.id for each in self._there.entities} | {each.id for each in self._there.relations}
        new: dict[str, str] = {}
        for label_id in sorted((wanted & taken) - live):
            base, number = label_id.partition(".")[0], 2
            while f"{base}.{number}" in taken | live:
                number += 1
            new[label_id] = f"{base}.{number}"
        return {key: _with_ids(each, new) for key, each in decisions.items()} if new else dict(decisions)

    def become(self, decisions: Decisions) -> None:
        """Bring the rows in line with the decisions. Raises ``Refused`` for what the schema forbids."""
        review = review_report(self._labelled, decisions.values())
        wanted = adjudicated_set(review, unanimous=False)
        sources = _sources(review)
        entities = {each.id: _sourced(each, sources) for each in wanted.entities}
        relations = {each.id: _sourced(each, sources) for each in wanted.relations}
        if self._set is None:
            if not entities:
                return
            self._set = self._make()
        ours = self._decided_ids()
        gone = [each.id for each in self._there.entities if each.id not in entities and each.id.split(".")[0] in ours]
        self._drop_relations(relations, gone, ours)
        self._write_entities(entities)
        keys = self._keys(EntityRow, EntityRow.entity_id)
        self._write_relations(relations, keys)
        self._action.remove(EntityRow, [keys[label_id] for label_id in gone], self._set.id)
        self._check(entities, relations)
        self._set_status(review, wanted.status)

    # rows

    def _find(self) -> OwnSet | None:
        row = self._action.connection.execute(
            live_sets(select(SetRow.id, SetRow.text_id, TextRow.length))
            .join(TextRow, TextRow.id == SetRow.text_id)
            .where(SetRow.report_id == self._report, SetRow.annotator_id.is_(None))
            .order_by(TextRow.number.desc())
            .limit(1)
        ).first()
        return OwnSet(row.id, self._report, row.text_id, row.length) if row is not None else None

    def _make(self) -> OwnSet:
        action = self._action
        newest = select(TextRow.id, TextRow.length).where(TextRow.report_id == self._report)
        text = action.connection.execute(newest.order_by(TextRow.number.desc()).limit(1)).one()
        made = action.connection.execute(
            insert(SetRow).values(
                report_id=self._report,
                text_id=text.id,
                annotator_id=None,
                status=Status.IN_PROGRESS.value,
                schema_number=action.stored.schema.version,
                created_by=action.id,
                touched_by=action.id,
            )
        ).inserted_primary_key
        assert made is not None, "the database gives keys"
        action.mark(action.created, SetRow)
        action.touches.update(("reports", "others"))
        return OwnSet(made[0], self._report, text.id, text.length)

    def _removed(self, table: type[Any], column: Any) -> set[str]:
        """Ids that removed rows of the set still have."""
        if self._set is None:
            return set()
        rows = select(column).where(table.set_id == self._set.id, table.removed_by.is_not(None))
        return set(self._action.connection.execute(rows).scalars())

    def _keys(self, table: type[Any], column: Any) -> dict[str, int]:
        """Row keys of the labels that are there, by id."""
        assert self._set is not None, "the set was found or made"
        rows = select(column, table.id).where(table.set_id == self._set.id, table.removed_by.is_(None))
        return {row[0]: row[1] for row in self._action.connection.execute(rows)}

    def _decided_ids(self) -> set[str]:
        """Ids of all conflicts of the report that were ever decided on."""
        keys = select(FactRow.key).where(FactRow.kind == Kind.DECISION.value, FactRow.report_id == self._report)
        return set(self._action.connection.execute(keys).scalars())

    def _drop_relations(self, wanted: Mapping[str, Relation], gone_ends: Iterable[str], ours: set[str]) -> None:
        """Remove relations that were decided away, or that lose an end."""
        ends = set(gone_ends)
        gone = [
            each.id
            for each in self._there.relations
            if (each.id not in wanted and each.id.split(".")[0] in ours) or (ends & {each.source, each.target})
        ]
        if gone and self._set is not None:
            keys = self._keys(RelationRow, RelationRow.relation_id)
            self._action.remove(RelationRow, [keys[label_id] for label_id in gone], self._set.id)
            self._action.touches.add("others")

    def _write_entities(self, wanted: Mapping[str, Entity]) -> None:
        assert self._set is not None, "the set was found or made"
        action, there = self._action, {each.id: each for each in self._there.entities}
        new = [entity_values(action, each, self._set) for each in wanted.values() if each.id not in there]
        if new:
            action.connection.execute(insert(EntityRow), new)
            action.mark(action.created, EntityRow, self._set.id)
            action.added.extend(values["entity_id"] for values in new)
            action.touches.add("others")
        changed = [each for each in wanted.values() if each.id in there and each != there[each.id]]
        keys = self._keys(EntityRow, EntityRow.entity_id) if changed else {}
        for entity in changed:
            values = entity_values(action, entity, self._set)
            self._edit(EntityRow, keys[entity.id], {name: values[name] for name in _EDITED})

    def _write_relations(self, wanted: Mapping[str, Relation], ends: Mapping[str, int]) -> None:
        assert self._set is not None, "the set was found or made"
        action, there = self._action, {each.id: each for each in self._there.relations}
        rows = {each.id: self._relation_values(each, ends) for each in wanted.values() if each != there.get(each.id)}
        known = self._keys(RelationRow, RelationRow.relation_id) if rows else {}
        new = [values for label_id, values in rows.items() if label_id not in known]
        if new:
            marks = {"set_id": self._set.id, "version": 1, "created_by": action.id, "touched_by": action.id}
            action.connection.execute(insert(RelationRow), [values | marks for values in new])
            action.mark(action.created, RelationRow, self._set.id)
            action.added.extend(values["relation_id"] for values in new)
            action.touches.add("others")
        for label_id, values in rows.items():
            if label_id in known:
                self._edit(RelationRow, known[label_id], values)

    def _relation_values(self, relation: Relation, ends: Mapping[str, int]) -> dict[str, Any]:
        schema = self._action.stored.schema
        if relation.type not in schema.relations_by_name:
            check_relation(relation.type, "", "", schema)
        return {
            "relation_id": relation.id,
            "label_id": self._action.stored.relation_ids[relation.type],
            "source_id": ends[relation.source],
            "target_id": ends[relation.target],
            "attributes": dict(relation.attributes) or None,
            "note": None,
            "origin": Origin.ADJUDICATED.value,
            "by": None,
            "confidence": None,
            "metadata": dict(relation.metadata) or None,
        }

    def _edit(self, table: type[Any], key: int, values: dict[str, Any]) -> None:
        values = {"meta" if name == "metadata" else name: value for name, value in values.items()}
        if self._action.edit(table, key, values):
            self._action.touches.update(("labels", "others"))

    def _check(self, entities: Mapping[str, Entity], relations: Mapping[str, Relation]) -> None:
        """Refuse labels that the schema does not let be related so; also relations that nobody decided on."""
        labels = {each.id: each.label for each in (*self._there.entities, *entities.values())}
        for relation in {each.id: each for each in (*self._there.relations, *relations.values())}.values():
            if relation.id in relations or {relation.source, relation.target} <= entities.keys():
                ends = labels[relation.source], labels[relation.target]
                check_relation(relation.type, *ends, self._action.stored.schema)

    def _set_status(self, review: ReportReview, status: Status) -> None:
        """Done when no conflict is open and what is unanimous was accepted."""
        assert self._set is not None, "the set was found or made"
        if any(review.state(group).decision is None for group in review.groups):
            status = Status.IN_PROGRESS
        if self._action.edit(SetRow, self._set.id, {"status": status.value}):
            self._action.touches.update(("reports", "others"))


_EDITED = ("label_id", "start", "end", "fragments", "attributes", "entry", "origin", "metadata")


def _sources(review: ReportReview) -> dict[str, Decision]:
    """The decision that made each adjudicated label, by the label's id."""
    standing = [review.state(group).decision for group in review.groups]
    return {each.result.id: each for each in (*review.orphans, *standing) if each is not None and each.result}


def _sourced(label: _Label, sources: Mapping[str, Decision]) -> _Label:
    return replace(label, metadata={SOURCE: source_of(sources[label.id])})


def _with_ids(decision: Decision, new: Mapping[str, str]) -> Decision:
    """The decision with new ids in its result."""
    result = decision.result
    if isinstance(result, Relation):
        source, target = (new.get(end, end) for end in (result.source, result.target))
        return replace(decision, result=replace(result, id=new.get(result.id, result.id), source=source, target=target))
    if result is not None and result.id in new:
        return replace(decision, result=replace(result, id=new[result.id]))
    return decision
