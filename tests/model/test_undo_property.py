"""n random edits and n undos leave the project as it was; redoing all gives the other state again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

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
    DeleteRelations,
    EditReports,
    Relabel,
    RenameLabel,
    SetEntityAttributes,
    SetEntityNote,
    SetSpans,
    SetStatus,
    Together,
)
from annotations.errors import Refused
from annotations.report import AnnotationSet, Entity, Origin, Relation, Status, new_id
from annotations.schema import EntityType
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.queries.labels import read_own_set
from model.workspace import Workspace

LABELS = ("OFFICIAL", "TITLE", "ORG", "MEETING")
VERBS = (
    "add",
    "add",
    "add",
    "many",
    "relabel",
    "spans",
    "attributes",
    "note",
    "delete",
    "relate",
    "relate",
    "unrelate",
    "status",
    "metadata",
    "label",
    "rename",
    "together",
)
New = Callable[[], AbstractContextManager[Project]]
STEPS = st.lists(
    st.tuples(st.sampled_from(("lan", "minh")), st.sampled_from(VERBS), st.integers(0, 10_000)), max_size=25
)


def dump(project: Project) -> tuple[Any, ...]:
    """Everything of a project but its history, as values."""
    whole = corpus(project, Selection(everything=True))
    return whole.schema, tuple(whole)


def read_anew(project: Project, space: Workspace, report_id: str) -> AnnotationSet | None:
    """An annotator's labels as somebody sees them who has not seen them before."""
    with project.reading() as connection:
        return read_own_set(connection, report_id, space.annotator, space.stored_schema)


def _span(number: int) -> tuple[int, int]:
    start = number % (len(TEXT) - 1)
    return start, min(len(TEXT), start + 1 + number % 17)


def _entity(number: int) -> Entity:
    start, end = _span(number)
    return Entity(new_id(), LABELS[number % len(LABELS)], start, end, origin=Origin.MANUAL)


def _change(verb: str, number: int, report_id: str, there: AnnotationSet | None, space: Workspace) -> Change | None:
    """A change of this kind that could be possible now."""
    entities = there.entities if there else ()
    relations = there.relations if there else ()
    if verb == "add":
        return AddEntity(report_id, _entity(number))
    if verb == "many":
        return AddEntities({report_id: tuple(_entity(number + step) for step in range(1 + number % 4))})
    if verb == "status":
        return SetStatus((report_id,), list(Status)[number % 3])
    if verb == "metadata":
        return EditReports({report_id: {"title": f"title {number % 5}", "date": "2021-04-29"}})
    if verb == "label":
        return AddLabel(EntityType(f"EXTRA{number % 50}"))
    if verb == "rename":
        name = space.schema.entity_types[number % len(space.schema.entity_types)].name
        return None if name in LABELS else RenameLabel(name, f"{name}X")
    if verb == "unrelate":
        return DeleteRelations(report_id, (relations[number % len(relations)].id,)) if relations else None
    if not entities:
        return None
    one = entities[number % len(entities)]
    other = entities[(number // 7) % len(entities)]
    if verb == "relabel":
        return Relabel(report_id, (one.id, other.id), LABELS[number % 4], {one.id: one.version})
    if verb == "spans":
        return SetSpans(report_id, {one.id: (_span(number + 5),)})
    if verb == "attributes":
        return SetEntityAttributes(report_id, (one.id,), {"canonical": str(number % 3) if number % 4 else ""})
    if verb == "note":
        return SetEntityNote(report_id, (one.id,), "n" * (number % 3))
    if verb == "delete":
        return DeleteEntities(report_id, (one.id, other.id))
    if verb == "together":
        new = _entity(number)
        return Together(
            (AddEntity(report_id, new), SetEntityNote(report_id, (new.id,), "x"), DeleteEntities(report_id, (one.id,)))
        )
    types = space.schema.relations_between(one.label, other.label)
    kind = types[number % len(types)].name if types else "holds_title"
    return AddRelations(report_id, (Relation(new_id(), kind, one.id, other.id),))


def undoing_everything_in_reverse_restores_everything(new: New, steps: list[tuple[str, str, int]]) -> None:
    with new() as project:
        report_ids = add_reports(project, TEXT, TEXT + " Hết.")
        spaces = {name: Workspace(project, name) for name in ("lan", "minh")}
        before = dump(project)
        done: list[str] = []
        for name, verb, number in steps:
            report_id = report_ids[number % 2]
            spaces[name].poll()
            change = _change(verb, number, report_id, spaces[name].annotation_set(report_id), spaces[name])
            if change is None:
                continue
            try:
                outcome = spaces[name].apply(change)
            except Refused:
                continue
            if not outcome.nothing:
                done.append(name)
            assert spaces[name].annotation_set(report_id) == read_anew(project, spaces[name], report_id)
        after = dump(project)
        for name in reversed(done):
            outcome = spaces[name].undo()
            assert not outcome.nothing
            assert outcome.left == ()
            for report_id in report_ids:
                assert spaces[name].annotation_set(report_id) == read_anew(project, spaces[name], report_id)
        assert dump(project) == before
        for name in done:
            outcome = spaces[name].redo()
            assert not outcome.nothing
            assert outcome.left == ()
        assert dump(project) == after


@pytest.mark.parametrize("new", ["file"], indirect=True)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_undoing_everything_in_reverse_restores_everything_in_a_file(
    new: New, steps: list[tuple[str, str, int]]
) -> None:
    undoing_everything_in_reverse_restores_everything(new, steps)


@pytest.mark.parametrize("new", ["database"], indirect=True)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_undoing_everything_in_reverse_restores_everything_in_a_database(
    new: New, steps: list[tuple[str, str, int]]
) -> None:
    undoing_everything_in_reverse_restores_everything(new, steps)


def each_annotator_undoes_only_their_own(new: New, steps: list[tuple[str, str, int]]) -> None:
    """Lan undoes all of hers first; Minh's labels are untouched by that, and then his undo gives the start."""
    own = [step for step in steps if step[1] not in ("metadata", "label", "rename")]
    with new() as project:
        report_id = add_reports(project, TEXT)[0]
        spaces = {name: Workspace(project, name) for name in ("lan", "minh")}
        before = dump(project)
        for name, verb, number in own:
            change = _change(verb, number, report_id, spaces[name].annotation_set(report_id), spaces[name])
            if change is not None:
                try:
                    spaces[name].apply(change)
                except Refused:
                    continue
        theirs = spaces["minh"].annotation_set(report_id)
        while not spaces["lan"].undo().nothing:
            pass
        assert spaces["lan"].annotation_set(report_id) is None
        assert spaces["minh"].annotation_set(report_id) == theirs
        while not spaces["minh"].undo().nothing:
            pass
        assert dump(project) == before


@pytest.mark.parametrize("new", ["file"], indirect=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_each_annotator_undoes_only_their_own_in_a_file(new: New, steps: list[tuple[str, str, int]]) -> None:
    each_annotator_undoes_only_their_own(new, steps)


@pytest.mark.parametrize("new", ["database"], indirect=True)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_each_annotator_undoes_only_their_own_in_a_database(new: New, steps: list[tuple[str, str, int]]) -> None:
    each_annotator_undoes_only_their_own(new, steps)
