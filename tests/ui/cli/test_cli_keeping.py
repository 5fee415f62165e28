"""``chugiai new``, ``check``, ``backup``, ``restore``, ``schema``, ``search``, ``demo``."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from command_line import chugiai, done
from label_files import TEXT, entity, record, write_records

import ui.cli.commands.window as window


@pytest.fixture
def labelled(project: Path, tmp_path: Path) -> Path:
    """A project with one labelled report."""
    done("import", project, write_records(tmp_path / "a.jsonl", record()))
    return project


def sql(project: Path, statement: str, *values: object) -> None:
    """Write to the file behind the program's back."""
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute(statement, values)


# new


def test_new_refuses_what_exists(project: Path) -> None:
    before = project.read_bytes()
    assert "exists already" in chugiai("new", project).refusal
    assert project.read_bytes() == before


def test_new_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "does not exist" in chugiai("new", tmp_path / "nowhere" / "x.chugiai").refusal


@pytest.mark.parametrize("name", ["reports", "reports.db", "báo cáo 2021.chugiai"])
def test_a_project_may_have_any_name(tmp_path: Path, name: str) -> None:
    done("new", tmp_path / name)
    done("check", tmp_path / name)


def test_new_with_a_schema(tmp_path: Path) -> None:
    (tmp_path / "labels.yaml").write_text("id: mine/1\nentity_types:\n- name: SHIP\n", "utf-8")
    done("new", tmp_path / "x.chugiai", "--schema", tmp_path / "labels.yaml")
    assert "- name: SHIP" in done("schema", tmp_path / "x.chugiai").out


def test_new_with_a_bad_schema_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "labels.yaml").write_text("id: [", "utf-8")
    assert "not valid YAML" in chugiai("new", tmp_path / "x.chugiai", "--schema", tmp_path / "labels.yaml").refusal
    assert not (tmp_path / "x.chugiai").exists()


# check


def test_a_sound_project(labelled: Path) -> None:
    assert "damaged places: 0, mended: 0, notices: 0" in done("check", labelled).out


def test_notices_are_no_damage(project: Path, tmp_path: Path) -> None:
    nested = [entity("e1", "ORG", "Ban Thường vụ Tỉnh uỷ"), entity("e2", "ORG", "Ban Thường vụ")]
    done("import", project, write_records(tmp_path / "a.jsonl", record(entities=nested, relations=[])))
    assert "Notice: a.txt:" in done("check", project).out
    found = done("check", project, "--json").json
    assert (found["damage"], found["notices"]) == (0, 1)
    assert found["findings"][0]["is_damage"] is False


def test_damage_is_status_1_and_repair_mends_it_after_a_backup(labelled: Path) -> None:
    sql(labelled, 'UPDATE entity SET "end" = ? WHERE entity_id = ?', len(TEXT) + 5, "e2")
    said = chugiai("check", labelled)
    assert "--repair" in said.refusal
    assert "Damage: a.txt: the entity e2" in said.out
    found = chugiai("check", labelled, "--json").json
    assert (found["damage"], found["findings"][0]["kind"]) == (1, "span_outside_text")
    mended = done("check", labelled, "--repair", "--json").json
    assert (mended["damage"], mended["repaired"]) == (0, 1)
    assert Path(mended["backup"]).is_file()
    done("check", labelled)


def test_damage_that_cannot_be_mended(labelled: Path) -> None:
    sql(labelled, "UPDATE report_text SET content = ?", TEXT.replace("26/4", "27/4"))
    assert "cannot be mended" in chugiai("check", labelled).refusal
    assert "cannot be mended" in chugiai("check", labelled, "--repair").refusal


def test_what_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "x.chugiai").write_text("something else")
    for command in ("check", "schema"):
        assert "not a Chú Giải project" in chugiai(command, tmp_path / "x.chugiai").refusal
    assert "is a folder" in chugiai("check", tmp_path).refusal


# backup, restore


def test_backup_and_restore(labelled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.chugiai"
    done("backup", labelled, copy)
    done("import", labelled, write_records(tmp_path / "b.jsonl", record("b", text=TEXT + "!")))
    said = done("restore", copy, labelled)
    assert "is kept in" in said.out
    assert "reports: 1," in done("export", labelled, tmp_path / "o.jsonl", "--format", "jsonl").out
    done("check", labelled)


def test_restore_where_nothing_stood(labelled: Path, tmp_path: Path) -> None:
    done("backup", labelled, tmp_path / "copy.chugiai")
    assert "is kept" not in done("restore", tmp_path / "copy.chugiai", tmp_path / "other.chugiai").out
    done("check", tmp_path / "other.chugiai")


def test_backup_refuses_an_existing_out_and_a_missing_folder(labelled: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    assert "exists already" in chugiai("backup", labelled, tmp_path / "mine").refusal
    assert (tmp_path / "mine").read_text() == "mine"
    assert "does not exist" in chugiai("backup", labelled, tmp_path / "nowhere" / "x").refusal


def test_restore_refuses_what_is_no_backup(labelled: Path, tmp_path: Path) -> None:
    before = labelled.read_bytes()
    (tmp_path / "mine").write_text("mine")
    assert "not a Chú Giải project" in chugiai("restore", tmp_path / "mine", labelled).refusal
    assert "There is no project" in chugiai("restore", tmp_path / "nothing", labelled).refusal
    assert labelled.read_bytes() == before


# schema


def test_the_schema_goes_out_and_comes_in(labelled: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels.yaml"
    done("schema", labelled, "--export", out)
    assert done("schema", labelled).out == done("schema", labelled, "--export", "-").out == out.read_text("utf-8")
    out.write_text(out.read_text("utf-8").replace("- name: TERM", "- name: SHIP\n- name: TERM"), "utf-8")
    done("schema", labelled, "--import", out)
    assert "- name: SHIP" in done("schema", labelled).out


def test_the_same_schema_again_changes_nothing(labelled: Path, tmp_path: Path) -> None:
    done("schema", labelled, "--export", tmp_path / "labels.yaml")
    before = done("schema", labelled).out
    assert "nothing was changed" in done("schema", labelled, "--import", tmp_path / "labels.yaml").out
    assert done("schema", labelled).out == before


def test_a_schema_without_a_label_in_use_is_refused(labelled: Path, tmp_path: Path) -> None:
    (tmp_path / "labels.yaml").write_text("id: mine/1\nentity_types:\n- name: SHIP\n", "utf-8")
    before = done("schema", labelled).out
    assert "is used" in chugiai("schema", labelled, "--import", tmp_path / "labels.yaml").refusal
    assert done("schema", labelled).out == before


def test_an_existing_schema_file_is_left(labelled: Path, tmp_path: Path) -> None:
    (tmp_path / "labels.yaml").write_text("mine")
    assert "exists already" in chugiai("schema", labelled, "--export", tmp_path / "labels.yaml").refusal
    assert "cannot be read" in chugiai("schema", labelled, "--import", tmp_path / "nothing.yaml").refusal


# search


@pytest.mark.parametrize("words", [("hoi nghi tinh uy",), ("hoi", "nghi", "tinh", "uy"), ("HỘI NGHỊ TỈNH ỦY",)])
def test_search_knows_no_case_diacritics_and_tone_style(labelled: Path, words: tuple[str, ...]) -> None:
    (hit,) = done("search", labelled, *words, "--json").json["hits"]
    assert (hit["name"], TEXT[hit["start"] : hit["end"]]) == ("a.txt", "Hội nghị Tỉnh uỷ")
    said = done("search", labelled, *words)
    assert said.out.startswith("a.txt\n")
    assert "Hội nghị Tỉnh uỷ" in said.out


def test_nothing_found_is_said(labelled: Path) -> None:
    assert "No report holds “thuyền buồm”" in done("search", labelled, "thuyền", "buồm").out
    assert done("search", labelled, "thuyền", "--json").json["hits"] == []


def test_all_pages_of_hits_are_printed(project: Path, tmp_path: Path) -> None:
    records = [record(f"{number:03}", text=f"{TEXT} {number}") for number in range(60)]
    done("import", project, write_records(tmp_path / "a.jsonl", *records))
    hits = done("search", project, "tinh uy", "--json").json["hits"]
    assert [hit["name"] for hit in hits] == [f"{number:03}" for number in range(60)]


# demo, and the window's doors


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the window was asked to show, instead of showing it."""
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(window, "_show", lambda *asked: calls.append(asked) or 0)
    return calls


def test_demo_makes_a_project_and_opens_it_again(tmp_path: Path, opened: list[tuple[object, ...]]) -> None:
    path = tmp_path / "demo.chugiai"
    done("demo", path)
    done("demo", path, "--screenshot", "picture.png")
    assert opened == [(path, "lan", None), (path, "lan", Path("picture.png"))]
    summary = done("export", path, tmp_path / "o.jsonl", "--format", "jsonl", "--all", "--json").json
    assert summary["reports"] >= 12
    done("check", path)


def test_demo_refuses_another_project(labelled: Path, opened: list[tuple[object, ...]]) -> None:
    before = labelled.read_bytes()
    assert "is no demo project" in chugiai("demo", labelled).refusal
    assert labelled.read_bytes() == before
    assert opened == []


def test_the_window_opens_on_a_project_or_without(labelled: Path, opened: list[tuple[object, ...]]) -> None:
    done(labelled, "--screenshot", "x.png")
    done()
    assert opened == [(labelled, None, Path("x.png")), (None, None, None)]
