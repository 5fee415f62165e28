"""What waits to be saved looks as it will when it is saved: the display agrees with the door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from annotations import changes
from annotations.changes import Change
from annotations.errors import Refused
from annotations.report import AnnotationSet, Entity, Relation, Report, Status, new_id
from model.project import Project
from model.workspace import Workspace
from ui.pending import report_with_pending, with_pending

LABELS = ("OFFICIAL", "TITLE", "ORG", "DATE")
R = "r000"


def spans() -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    one = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))
    return st.lists(one, min_size=1, max_size=3).map(tuple)


def change(data: DataObject, shown: AnnotationSet) -> Change:
    """Any change that makes sense on what is shown."""
    ids = [entity.id for entity in shown.entities]
    relations = [relation.id for relation in shown.relations]
    start, length = data.draw(st.integers(0, 40)), data.draw(st.integers(1, 9))
    made = Entity(new_id(), data.draw(st.sampled_from(LABELS)), start, start + length)
    if not ids:
        return changes.AddEntity(R, made)
    some = tuple(data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True)))
    values = {"value": data.draw(st.sampled_from(["", "x", "y"]))}
    kinds: list[Change] = [
        changes.AddEntity(R, made),
        changes.AddEntities({R: (made,), "r001": (made,)}),
        changes.Relabel(R, some, data.draw(st.sampled_from(LABELS))),
        changes.SetSpans(R, {one: data.draw(spans()) for one in some}),
        changes.SetEntityAttributes(R, some, values),
        changes.SetEntityNote(R, some, data.draw(st.sampled_from(["", "note"]))),
        changes.DeleteEntities(R, some),
        changes.AddRelations(R, (Relation(new_id(), "alias_of", ids[0], ids[-1]),)),
        changes.SetStatus((R,), data.draw(st.sampled_from(list(Status)))),
        changes.Together((changes.AddEntity(R, made), changes.SetEntityNote(R, (made.id,), "n")), "both"),
    ]
    if relations:
        one = (data.draw(st.sampled_from(relations)),)
        kinds += [
            changes.ReverseRelations(R, one),
            changes.SetRelationAttributes(R, one, values),
            changes.SetRelationNote(R, one, "note"),
            changes.DeleteRelations(R, one),
        ]
    return data.draw(st.sampled_from(kinds))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_display_agrees_with_the_door(data: DataObject, make_project: Callable[..., Path]) -> None:
    with Project.open(make_project(count=2, name=f"{new_id()}.chugiai")) as project:
        workspace = Workspace(project, "Lan")
        shown = AnnotationSet("Lan", Status.NEW)
        done: list[Change] = []
        for _step in range(data.draw(st.integers(1, 8))):
            made = change(data, shown)
            try:
                workspace.apply(made)
            except Refused:
                continue
            done.append(made)
            shown = with_pending(AnnotationSet("Lan", Status.NEW), R, done)
            stored = workspace.annotation_set(R) or AnnotationSet("Lan", Status.NEW)
            assert shown.entities == stored.entities
            assert sorted(shown.relations, key=lambda one: one.id) == sorted(stored.relations, key=lambda one: one.id)
            assert shown.status == stored.status
            assert {one.id: one.version for one in shown.entities} == {one.id: one.version for one in stored.entities}


def test_changes_to_other_reports_do_not_show() -> None:
    before = AnnotationSet("Lan")
    there = changes.AddEntity("other", Entity("e", "DATE", 0, 1))
    assert with_pending(before, R, [there]) == before


@pytest.mark.parametrize("wrapped", [False, True])
def test_metadata_that_wait_are_shown(wrapped: bool) -> None:
    edit: Change = changes.EditReports({R: {"title": "New"}})
    shown = report_with_pending(Report(R, "a", "text"), [changes.Together((edit,)) if wrapped else edit])
    assert (shown.title, shown.name, shown.text) == ("New", "a", "text")
