"""Nothing that goes through the door, in any order and by several people, leaves damage that a check finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_projects import TEXT, add_reports

from annotations.changes import (
    AddEntities,
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
    Together,
)
from annotations.errors import Refused
from annotations.report import Entity, Relation, new_id
from annotations.schema import EntityType, RelationType
from model.address import Place
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
New = Callable[[], AbstractContextManager[Project]]
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


def the_door_lets_no_damage_in(new: New, steps: list[tuple[str, str, int]]) -> None:
    with new() as project:
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
        project.close()
        assert [str(finding) for finding in check(project.path) if finding.is_damage] == []


@pytest.mark.parametrize("new", ["file"], indirect=True)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_door_lets_no_damage_into_a_file(new: New, steps: list[tuple[str, str, int]]) -> None:
    the_door_lets_no_damage_in(new, steps)


@pytest.mark.parametrize("new", ["database"], indirect=True)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_door_lets_no_damage_into_a_database(new: New, steps: list[tuple[str, str, int]]) -> None:
    the_door_lets_no_damage_in(new, steps)


Shared = tuple[Place, Workspace, Workspace, str]
NEAR = RelationType("near")
ONE, OTHER = Entity("one", "ORG", 0, 3), Entity("other", "ORG", 5, 8)
PAIR = Relation("pair", "near", "one", "other")


@pytest.fixture
def shared(project: Project) -> Iterator[Shared]:
    """Lan, who edits the schema, Minh, who labels, and the report; at the end nothing may be damaged."""
    report_id = add_reports(project, TEXT)[0]
    lan, minh = Workspace(project, "lan"), Workspace(project, "minh")
    lan.apply(Together((AddLabel(EntityType("NEW")), AddLabel(NEAR)), "Edit the schema"))
    minh.poll()
    yield project.path, lan, minh, report_id
    project.close()
    assert [str(finding) for finding in check(project.path) if finding.is_damage] == []


def related(minh: Workspace, report_id: str) -> None:
    """Minh relates two entities."""
    minh.apply(AddEntities({report_id: (ONE, OTHER)}))
    minh.apply(AddRelations(report_id, (PAIR,)))


def test_a_deleted_entity_whose_label_is_gone_stays_deleted(shared: Shared) -> None:
    _, lan, minh, report_id = shared
    minh.apply(AddEntity(report_id, replace(ONE, label="NEW")))
    minh.apply(DeleteEntities(report_id, ("one",)))
    lan.apply(DeleteLabel("NEW"))
    assert minh.undo().left == ("😀 S",)
    lan.undo()
    assert minh.redo().left == ()
    assert minh.undo().left == ()
    labels = minh.annotation_set(report_id)
    assert labels is not None
    assert [entity.label for entity in labels.entities] == ["NEW"]


def test_an_entity_does_not_get_back_a_label_that_is_gone(shared: Shared) -> None:
    _, lan, minh, report_id = shared
    minh.apply(AddEntity(report_id, replace(ONE, label="NEW")))
    minh.apply(Relabel(report_id, ("one",), "ORG"))
    lan.apply(DeleteLabel("NEW"))
    assert minh.undo().left == ("😀 S",)


def test_a_deleted_relation_whose_type_is_gone_stays_deleted(shared: Shared) -> None:
    _, lan, minh, report_id = shared
    related(minh, report_id)
    minh.apply(DeleteRelations(report_id, ("pair",)))
    lan.apply(DeleteLabel("near", relation=True))
    assert minh.undo().left == ("😀 S→g 2",)


def test_a_schema_that_forbids_relations_that_there_are_is_refused(shared: Shared) -> None:
    _, lan, minh, report_id = shared
    related(minh, report_id)
    with pytest.raises(Refused, match="There are relations near from ORG to ORG"):
        lan.apply(EditLabel(replace(NEAR, sources=("TITLE",))))
    lan.apply(EditLabel(replace(NEAR, sources=("ORG",))))
    minh.apply(DeleteRelations(report_id, ("pair",)))
    lan.poll()
    lan.apply(EditLabel(replace(NEAR, sources=("TITLE",))))


def test_widening_a_relation_type_that_is_in_use_is_not_undone(shared: Shared) -> None:
    _, lan, minh, report_id = shared
    lan.apply(EditLabel(replace(NEAR, sources=("TITLE",))))
    lan.apply(EditLabel(NEAR))
    minh.poll()
    related(minh, report_id)
    assert lan.undo().left == ("near",)
    assert lan.schema.relations_by_name["near"].joins("ORG", "ORG")


def test_a_relation_that_has_become_forbidden_stays_deleted(shared: Shared) -> None:
    _, lan, minh, report_id = shared
    related(minh, report_id)
    minh.apply(DeleteRelations(report_id, ("pair",)))
    lan.apply(EditLabel(replace(NEAR, sources=("TITLE",))))
    minh.poll()
    assert minh.undo().left == ("😀 S→g 2",)
    lan.undo()


def test_a_label_that_has_become_forbidden_does_not_come_back(shared: Shared) -> None:
    _, lan, minh, report_id = shared
    related(minh, report_id)
    minh.apply(Relabel(report_id, ("one",), "TITLE"))
    lan.apply(EditLabel(replace(NEAR, sources=("TITLE",))))
    minh.poll()
    assert minh.undo().left == ("😀 S",)
