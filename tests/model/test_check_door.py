"""Nothing that goes through the door, in any order and by several people, leaves damage that a check finds."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_projects import TEXT, add_reports

from annotations.changes import (
    AddEntity,
    AddLabel,
    AddRelations,
    Change,
    DeleteEntities,
    DeleteLabel,
    DeleteRelations,
    DeleteReports,
    EditLabel,
    Relabel,
    RenameLabel,
    SetSpans,
)
from annotations.errors import Refused
from annotations.report import Entity, Relation, new_id
from annotations.schema import EntityType, RelationType
from model.check import check
from model.project import Project
from model.workspace import Workspace

LABELS = ("OFFICIAL", "TITLE", "NEW_A", "NEW_B")
VERBS = (
    "add",
    "add",
    "add",
    "relabel",
    "spans",
    "delete",
    "relate",
    "relate",
    "unrelate",
    "new label",
    "delete label",
    "rename label",
    "new relation type",
    "delete relation type",
    "narrow",
    "delete report",
    "undo",
    "undo",
    "redo",
    "redo",
)
STEPS = st.lists(
    st.tuples(st.sampled_from(("lan", "minh")), st.sampled_from(VERBS), st.integers(0, 10_000)), min_size=5, max_size=40
)


def _of_schema(verb: str, number: int, space: Workspace) -> Change:
    label = LABELS[number % 4]
    if verb == "new label":
        return AddLabel(EntityType(label))
    if verb == "delete label":
        return DeleteLabel(label)
    if verb == "rename label":
        return RenameLabel(label, LABELS[(number // 4) % 4])
    if verb == "new relation type":
        return AddLabel(RelationType("near"))
    if verb == "delete relation type":
        return DeleteLabel("near", relation=True)
    near = space.schema.relations_by_name.get("near") or RelationType("near")
    return EditLabel(replace(near, sources=("OFFICIAL",) if number % 2 else ("*",)))


def _change(verb: str, number: int, report_id: str, space: Workspace) -> Change | None:
    labels = space.annotation_set(report_id)
    entities, relations = (labels.entities, labels.relations) if labels else ((), ())
    label = LABELS[number % 4]
    span = (number % 50, number % 50 + 5)
    if verb == "add":
        return AddEntity(report_id, Entity(new_id(), label, *span))
    if verb == "delete report":
        return DeleteReports((report_id,))
    if verb == "unrelate":
        return DeleteRelations(report_id, (relations[number % len(relations)].id,)) if relations else None
    if verb not in ("relabel", "spans", "delete", "relate"):
        return _of_schema(verb, number, space)
    if not entities:
        return None
    one, other = entities[number % len(entities)], entities[number // 7 % len(entities)]
    changes: dict[str, Change] = {
        "relabel": Relabel(report_id, (one.id,), label),
        "spans": SetSpans(report_id, {one.id: (span,)}),
        "delete": DeleteEntities(report_id, (one.id,)),
        "relate": AddRelations(
            report_id, (Relation(new_id(), "near" if number % 3 else "holds_title", one.id, other.id),)
        ),
    }
    return changes[verb]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_door_lets_no_damage_in(steps: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.chugiai"
        with Project.create(path) as project:
            report_ids = add_reports(project, TEXT, TEXT + " Hết.")
            spaces = {name: Workspace(project, name) for name in ("lan", "minh")}
            spaces["lan"].apply(AddLabel(RelationType("near")))
            for name, verb, number in steps:
                space = spaces[name]
                space.poll()
                try:
                    if verb in ("undo", "redo"):
                        space.undo() if verb == "undo" else space.redo()
                    elif change := _change(verb, number, report_ids[number % 2], space):
                        space.apply(change)
                except Refused:
                    continue
        assert [str(finding) for finding in check(path) if finding.is_damage] == []
