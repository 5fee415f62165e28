"""``chugiai merge`` and ``chugiai package``."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from command_line import chugiai, done
from label_files import record, write_records


@pytest.fixture
def copies(project: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A project, and a copy of it that has a labelled report more."""
    copy = tmp_path / "copy.chugiai"
    done("backup", project, copy)
    done("import", copy, write_records(tmp_path / "a.jsonl", record()))
    return project, copy


def test_what_came_is_said_once_and_again_nothing_new(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    before = theirs.read_bytes()
    assert "New: Reports 1, Annotation sets 1" in done("merge", ours, theirs, "--dry-run").out
    said = done("merge", ours, theirs, "--json").json
    (copy,) = said["copies"]
    assert (copy["counts"]["reports"], copy["nothing_new"], copy["collisions"]) == ({"added": 1}, False, 0)
    assert "Nothing new." in done("merge", ours, theirs).out
    assert done("merge", ours, theirs, "--json").json["copies"][0]["nothing_new"] is True
    assert theirs.read_bytes() == before


def test_annotators_are_mapped(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    (name,) = done("merge", ours, theirs, "--dry-run", "--json").json["copies"][0]["annotators"]
    said = done("merge", ours, theirs, "--annotator", f"{name}=Thu Hà", "--json").json
    assert said["copies"][0]["annotators"] == {name: "Thu Hà"}
    assert "no annotator x" in chugiai("merge", ours, theirs, "--annotator", "x=y").refusal
    assert "not OLD=NEW" in chugiai("merge", ours, theirs, "--annotator", "x").refusal


def test_a_bad_file_among_good_ones_changes_nothing(copies: tuple[Path, Path], tmp_path: Path) -> None:
    ours, theirs = copies
    before = ours.read_bytes()
    bad = tmp_path / "bad.chugiai"
    bad.write_text("no project")
    newer, damaged = tmp_path / "newer.chugiai", tmp_path / "damaged.chugiai"
    shutil.copy(theirs, newer)
    shutil.copy(theirs, damaged)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with closing(sqlite3.connect(damaged)) as connection, connection:
        connection.execute('UPDATE entity SET "end" = 1000000')
    for file, words in (
        (bad, "not a Chú Giải project"),
        (newer, "newer Chú Giải"),
        (damaged, "is damaged"),
        (ours, "is the project itself"),
        (tmp_path / "nowhere.chugiai", "There is no project"),
        (tmp_path, "is a folder"),
    ):
        refusal = chugiai("merge", ours, theirs, file).refusal
        assert words in refusal
        assert file.name in refusal
    assert ours.read_bytes() == before
    assert chugiai("merge", ours).status == 2


def test_a_cut_file_is_damaged(copies: tuple[Path, Path], tmp_path: Path) -> None:
    ours, theirs = copies
    cut = tmp_path / "cut.chugiai"
    content = theirs.read_bytes()
    cut.write_bytes(content[: len(content) // 2])
    assert "cut.chugiai" in chugiai("merge", ours, cut).refusal


def test_a_package_is_made_and_comes_back(copies: tuple[Path, Path], tmp_path: Path) -> None:
    _, project = copies
    (name,) = done("merge", copies[0], project, "--dry-run", "--json").json["copies"][0]["annotators"]
    out = tmp_path / "package.chugiai"
    assert "No report is assigned" in chugiai("package", project, out, "--annotator", name).refusal
    assert not out.exists()
    assert done("package", project, out, "--annotator", name, "--reports", "", "--json").json["reports"] == 1
    assert "exists already" in chugiai("package", project, out, "--annotator", name, "--reports", "").refusal
    assert done("package", project, out, "--annotator", name, "--reports", "", "--force").status == 0
    assert "Nothing new." in done("merge", project, out).out
    assert "Nobody is called" in chugiai("package", project, out, "--annotator", "nobody", "--force").refusal
