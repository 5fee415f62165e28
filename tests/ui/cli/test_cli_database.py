"""Every command takes the address of a database where it takes a project file."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import chugiai, done
from label_files import record, write_records

from model.address import Address
from ui.jobs.demo import DEMO_ANNOTATOR

SECRET = "postgresql://lan:secret@server/reports"


@pytest.fixture
def labelled(database: Address, tmp_path: Path) -> str:
    """The address of a project with one labelled report."""
    done("new", str(database))
    done("import", str(database), write_records(tmp_path / "a.jsonl", record()))
    return str(database)


def test_new_refuses_a_database_with_a_project(labelled: str) -> None:
    assert "There is a project in" in chugiai("new", labelled).refusal


def test_what_comes_in_goes_out_as_from_a_file(labelled: str, tmp_path: Path) -> None:
    done("new", tmp_path / "p.chugiai")
    done("import", tmp_path / "p.chugiai", tmp_path / "a.jsonl")
    for project, out in ((labelled, "database.jsonl"), (tmp_path / "p.chugiai", "file.jsonl")):
        done("export", project, tmp_path / out, "--format", "jsonl", "--all")
    assert (tmp_path / "database.jsonl").read_bytes() == (tmp_path / "file.jsonl").read_bytes()


def test_a_database_is_checked_searched_and_asked_for_its_schema(labelled: str) -> None:
    assert done("check", labelled, "--json").json["damage"] == 0
    assert done("check", labelled, "--repair").err == ""
    assert [hit["name"] for hit in done("search", labelled, "hoi", "--json").json["hits"]] == ["a.txt"]
    assert "OFFICIAL" in done("schema", labelled).out
    assert done("conflicts", labelled, "--json").json == []


def test_a_backup_is_a_file_that_fills_another_database(labelled: str, database: Address, tmp_path: Path) -> None:
    done("backup", labelled, tmp_path / "b.chugiai")
    done("check", tmp_path / "b.chugiai")
    elsewhere = labelled.replace(database.schema, database.schema + "_2")
    done("restore", tmp_path / "b.chugiai", elsewhere)
    for project in (labelled, elsewhere):
        done("export", project, tmp_path / "out.jsonl", "--format", "jsonl", "--all", "--force")
        assert (tmp_path / "out.jsonl").read_text("utf-8").count("\n") == 1
    assert "There is a project in" in chugiai("restore", tmp_path / "b.chugiai", elsewhere).refusal


def test_the_demo_is_made_once(database: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    import ui.cli.commands.window as window

    shown: list[tuple[object, ...]] = []
    monkeypatch.setattr(window, "_show", lambda *values: shown.append(values) or 0)
    for _ in range(2):
        done("demo", str(database))
    assert shown == [(database, DEMO_ANNOTATOR, None)] * 2


def test_the_demo_leaves_another_project_alone(labelled: str) -> None:
    assert "There is a project in" in chugiai("demo", labelled).refusal


@pytest.mark.parametrize(
    "words",
    [
        ("restore", SECRET, "x.chugiai"),
        ("backup", "x.chugiai", SECRET),
        ("merge", "x.chugiai", SECRET),
        ("package", "x.chugiai", SECRET, "--annotator", "lan"),
        ("new", SECRET.replace("postgresql", "mysql")),
        ("check", SECRET + "?what=1"),
        ("export", SECRET + "/x", "out.jsonl", "--format", "jsonl"),
        ("new", SECRET.replace("server", "localhost:1")),
    ],
)
def test_a_password_is_never_repeated(words: tuple[str, ...]) -> None:
    assert "secret" not in chugiai(*words).refusal


def test_what_is_said_of_a_project_has_no_password(labelled: str, tmp_path: Path) -> None:
    with_password = labelled.replace("postgres@", "postgres:secret@")
    said = done("backup", with_password, tmp_path / "b.chugiai")
    assert "secret" not in said.out + said.err
    assert "secret" not in done("check", with_password, "--json").out
