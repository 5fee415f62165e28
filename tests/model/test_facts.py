"""Facts: decided values that are no labels, through the one door, undone like everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_projects import TEXT, add_reports

from annotations.changes import DeleteReports, SetFacts
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.errors import Collision, Refused
from annotations.facts import Fact, Kind
from model import migrate
from model.connect import JOB_WAIT_MS, make_engine
from model.project import Project, fill_new
from model.queries.facts import facts
from model.tables import APPLICATION_ID
from model.workspace import Workspace


def standing(project: Project, kind: Kind = Kind.SETTING, **about: str) -> list[tuple[str, object, str, str]]:
    with project.reading() as connection:
        return [(one.key, one.value, one.report_id, one.annotator) for one in facts(connection, kind, **about)]


def setting(value: dict[str, object] | None, key: str = "a") -> SetFacts:
    return SetFacts((Fact(Kind.SETTING, key, value),), "Set {key}", {"key": key})


def test_made_changed_removed_and_each_undone(project: Project) -> None:
    lan = Workspace(project, "lan")
    for value in ({"n": 1}, {"n": 2}, None, {"n": 3}):
        lan.apply(setting(value))
    seen = [standing(project)]
    while not lan.undo().nothing:
        seen.append(standing(project))
    found = [[("a", value, "", "")] if value else [] for value in ({"n": 3}, None, {"n": 2}, {"n": 1}, None)]
    assert seen == found
    while not lan.redo().nothing:
        seen.append(standing(project))
    assert seen[5:] == found[3::-1]


def test_the_same_value_again_is_no_action(project: Project) -> None:
    lan = Workspace(project, "lan")
    lan.apply(setting({"n": 1}))
    assert lan.apply(setting({"n": 1})).nothing
    assert lan.apply(setting(None, "never set")).nothing


def test_facts_about_a_report_and_an_annotator(project: Project) -> None:
    (first, second) = add_reports(project, TEXT, TEXT + " 2")
    lan = Workspace(project, "lan")
    told: list[frozenset[str]] = []
    lan.subscribe(lambda changed: told.append(changed.facts))
    places = [(first, "lan"), (first, "minh"), (second, "lan")]
    lan.apply(SetFacts(tuple(Fact(Kind.ASSIGNMENT, "", {}, *place) for place in places), "Assign"))
    assert told == [frozenset({"assignment"})]
    assert [found[2:] for found in standing(project, Kind.ASSIGNMENT)] == places
    assert [found[2:] for found in standing(project, Kind.ASSIGNMENT, annotator="lan")] == [places[0], places[2]]
    assert [found[2:] for found in standing(project, Kind.ASSIGNMENT, report_id=first, annotator="minh")] == [places[1]]
    lan.apply(DeleteReports((first,)))
    assert [found[2:] for found in standing(project, Kind.ASSIGNMENT)] == [places[2]]
    with pytest.raises(Refused, match="no longer"):
        lan.apply(SetFacts((Fact(Kind.ASSIGNMENT, "", {}, first, "lan"),), "Assign"))


def test_what_another_window_decided_meanwhile_is_not_overwritten(project: Project) -> None:
    lan, minh = Workspace(project, "lan"), Workspace(project, "minh")
    fact = Fact(Kind.SETTING, "a", {"n": 1})
    lan.apply(SetFacts((fact,), "Set", seen={fact.place: 0}))
    with pytest.raises(Collision, match="lan"):
        minh.apply(SetFacts((Fact(Kind.SETTING, "a", {"n": 2}),), "Set", seen={fact.place: 0}))
    minh.apply(SetFacts((Fact(Kind.SETTING, "a", {"n": 2}),), "Set", seen={fact.place: 1}))
    assert lan.undo().left == ("a",), "minh built on it"
    changed = lan.poll()
    assert changed is not None
    assert changed.facts == frozenset({"setting"})
    assert standing(project) == [("a", {"n": 2}, "", "")]


def test_undo_makes_no_second_fact_of_one_place(project: Project) -> None:
    lan, minh = Workspace(project, "lan"), Workspace(project, "minh")
    lan.apply(setting({"n": 1}))
    lan.apply(setting(None))
    minh.apply(setting({"n": 2}))
    assert lan.undo().left == ("a",)
    assert standing(project) == [("a", {"n": 2}, "", "")]


def test_a_project_of_the_first_version_gets_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "old.chugiai"
    engine = make_engine(path, JOB_WAIT_MS)
    migrate.run_migrations(engine, "0001")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        fill_new(connection, "old", DEFAULT_SCHEMA)
    engine.dispose()
    with Project.open(path) as project:
        (report,) = add_reports(project, TEXT)
        lan = Workspace(project, "lan")
        lan.apply(SetFacts((Fact(Kind.ASSIGNMENT, "", {}, report, "lan"),), "Assign"))
        assert [found[2:] for found in standing(project, Kind.ASSIGNMENT)] == [(report, "lan")]
    assert path.with_name("old.before-0001.chugiai").exists()
