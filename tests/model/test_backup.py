"""Copies of a project: whole whatever goes on, never half, never over something else."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from labelled_projects import companions, content, labelled_project, run_sql
from project_children import Told, back_up_in_little_room, child, open_for_good, records, write_until

from annotations.errors import Cancelled
from model import copying
from model.backup import KEPT, back_up, restore, rotate
from model.bulk import ImportBatch
from model.check import check
from model.errors import NotSaved, ProjectError
from model.project import Project
from model.workspace import Workspace

RECORD = next(records(1, "new"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A labelled project that nothing has open."""
    return labelled_project(tmp_path / "project.chugiai")


def entities_of(path: Path, annotator: str) -> int:
    """How many entities an annotator has."""
    _, reports = content(path)
    return sum(len(labels.entities) for report in reports for labels in report.sets if labels.annotator == annotator)


def test_a_copy_is_one_file_that_holds_everything(path: Path, tmp_path: Path) -> None:
    out = back_up(path, tmp_path / "copy.chugiai")
    assert companions(out) == []
    assert check(out) == ()
    assert content(out) == content(path)


def test_a_copy_of_an_open_project_holds_what_was_saved_last(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        Workspace(project, "lan").undo()
        out = back_up(path, tmp_path / "copy.chugiai")
        assert sorted(file.name for file in tmp_path.glob("copy*")) == ["copy.chugiai"]
    assert content(out) == content(path)


def test_copies_made_while_a_program_writes_all_the_time_are_whole(path: Path, tmp_path: Path) -> None:
    told, until = Told(tmp_path / "told"), tmp_path / "until"
    counts = []
    with child(write_until, path, told.path, until, "id-report-0.txt") as writer:
        told.wait(writer)
        for number in range(5):
            out = back_up(path, tmp_path / f"copy-{number}.chugiai")
            assert not [finding for finding in check(out) if finding.is_damage]
            counts.append(entities_of(out, "writer"))
        until.touch()
        writer.join()
    assert counts == sorted(counts)
    assert 0 < counts[0] <= counts[-1] <= entities_of(path, "writer") == told.lines()[-1]["count"]
    assert companions(path) == []


def test_an_import_under_way_is_left_out_of_the_copy(path: Path, tmp_path: Path) -> None:
    before = content(path)
    with Project.open(path) as project, ImportBatch.open(project) as batch:
        batch.add("file", RECORD)
        batch.flush()
        out = back_up(path, tmp_path / "copy.chugiai")
        batch.publish()
    assert content(out) == before
    assert check(out) == ()
    run_sql(out, "CREATE TABLE probe AS SELECT * FROM action WHERE state = 'pending'")
    with sqlite3.connect(out) as connection:
        assert connection.execute("SELECT count(*) FROM probe").fetchone() == (0,)
    connection.close()
    assert len(content(path)[1]) == 3


@pytest.mark.parametrize("out", ["missing/copy.chugiai", "there.chugiai", "project.chugiai", "folder"])
def test_where_no_copy_can_be_made(path: Path, tmp_path: Path, out: str) -> None:
    (tmp_path / "there.chugiai").write_text("mine")
    (tmp_path / "folder").mkdir()
    files = sorted(tmp_path.iterdir())
    with pytest.raises(ProjectError, match=r"Nothing was (changed|made)"):
        back_up(path, tmp_path / out)
    assert sorted(tmp_path.iterdir()) == files
    assert (tmp_path / "there.chugiai").read_text() == "mine"


def test_force_replaces_a_file_but_not_the_project_nor_an_open_one(path: Path, tmp_path: Path) -> None:
    other = labelled_project(tmp_path / "other.chugiai")
    (tmp_path / "there.chugiai").write_text("mine")
    assert check(back_up(path, tmp_path / "there.chugiai", force=True)) == ()
    with pytest.raises(ProjectError, match="is the project itself"):
        back_up(path, path, force=True)
    with Project.open(other) as project:
        space = Workspace(project, "lan")
        with pytest.raises(ProjectError, match="is open in another window"):
            back_up(path, other, force=True)
        space.undo()
    assert back_up(path, other, force=True) == other
    assert content(other) == content(path)


def test_a_cancelled_copy_leaves_nothing(path: Path, tmp_path: Path) -> None:
    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        back_up(path, tmp_path / "copy.chugiai", cancel)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["project.chugiai"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process")
@pytest.mark.parametrize("room", [1_000, 20_000, 100_000])
def test_a_full_disk_is_told_and_leaves_nothing(path: Path, tmp_path: Path, room: int) -> None:
    told, folder = Told(tmp_path / "told"), tmp_path / "elsewhere"
    folder.mkdir()
    before = path.read_bytes()
    with child(back_up_in_little_room, path, told.path, folder / "copy.chugiai", room) as process:
        process.join()
    assert [line["said"].partition(":")[0] for line in told.lines()] == ["NotSaved"]
    assert list(folder.iterdir()) == []
    assert path.read_bytes() == before


def test_a_disk_that_fills_at_the_last_step_leaves_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "sync", full)
    with pytest.raises(NotSaved, match="No space left on device"):
        back_up(path, tmp_path / "copy.chugiai")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["project.chugiai"]


def test_what_a_copy_that_died_left_goes_with_the_next_one(path: Path, tmp_path: Path) -> None:
    dead, alive, mine = ".old.chugiai.0123456789abcdef.part", ".copy.chugiai.fedcba9876543210.part", ".chugiai.part"
    for name in (dead, f"{dead}-wal", mine, alive):
        (tmp_path / name).touch()
        if name != alive:
            os.utime(tmp_path / name, (0, 0))
    back_up(path, tmp_path / "copy.chugiai")
    assert sorted(file.name for file in tmp_path.glob(".*")) == sorted([alive, mine])


def test_restoring_keeps_what_stood_there(path: Path, tmp_path: Path) -> None:
    out = back_up(path, tmp_path / "copy.chugiai")
    with Project.open(path) as project:
        Workspace(project, "lan").undo()
    changed = content(path)
    kept = restore(out, path)
    assert kept is not None
    assert content(kept) == changed
    assert content(path) == content(out)
    assert check(path) == ()
    assert companions(path) == companions(kept) == []


def test_restoring_to_a_new_place(path: Path, tmp_path: Path) -> None:
    assert restore(path, tmp_path / "new.chugiai") is None
    assert content(tmp_path / "new.chugiai") == content(path)


@pytest.mark.parametrize("rest", [b"", b"gone", b"SQLite format 3\0" + bytes(5000)])
def test_restoring_over_a_file_that_is_no_longer_a_project(path: Path, tmp_path: Path, rest: bytes) -> None:
    broken = tmp_path / "broken.chugiai"
    broken.write_bytes(rest)
    broken.with_name("broken.chugiai-wal").write_bytes(b"old log")
    kept = restore(path, broken)
    assert kept is not None
    assert kept.read_bytes() == rest
    assert companions(broken) == []
    assert content(broken) == content(path)


def test_restoring_over_another_kind_of_file_is_refused(path: Path, tmp_path: Path) -> None:
    thesis = tmp_path / "thesis.docx"
    thesis.write_text("years of work")
    with pytest.raises(ProjectError, match="is not a Chú Giải project"):
        restore(path, thesis)
    assert thesis.read_text() == "years of work"


def test_restoring_over_an_open_project_is_refused(path: Path, tmp_path: Path) -> None:
    out = back_up(path, tmp_path / "copy.chugiai")
    with Project.open(path) as project:
        space = Workspace(project, "lan")
        with pytest.raises(ProjectError, match="is open in another window"):
            restore(out, path)
        space.undo()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.chugiai", "project.chugiai"]


def test_restoring_over_a_project_that_another_program_has_open_is_refused(path: Path, tmp_path: Path) -> None:
    out, told, until = back_up(path, tmp_path / "copy.chugiai"), Told(tmp_path / "told"), tmp_path / "until"
    with child(open_for_good, path, told.path, until) as process:
        told.wait(process)
        with pytest.raises(ProjectError, match="is open in another window"):
            restore(out, path)
        until.touch()
        process.join()
    assert restore(out, path) is not None


def _page(content: bytearray) -> None:
    content[-8192:-4096] = bytes(4096)


def _header(content: bytearray) -> None:
    content[:100] = bytes(100)


def _end(content: bytearray) -> None:
    del content[len(content) // 2 :]


@pytest.mark.parametrize("spoil", [_page, _header, _end])
def test_a_damaged_backup_is_not_restored(path: Path, tmp_path: Path, spoil: object) -> None:
    out = back_up(path, tmp_path / "copy.chugiai")
    whole = bytearray(out.read_bytes())
    assert callable(spoil)
    spoil(whole)
    out.write_bytes(whole)
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=r"damaged|is not a Chú Giải project"):
        restore(out, path)
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.chugiai", "project.chugiai"]


def test_a_backup_is_not_restored_over_itself_nor_into_a_missing_folder(path: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is the backup itself"):
        restore(path, path)
    with pytest.raises(ProjectError, match="does not exist"):
        restore(path, tmp_path / "missing" / "p.chugiai")
    assert check(path) == ()


def days(count: int) -> Iterator[date]:
    """Some days, one after another."""
    return (date(2021, 4, 26) + timedelta(days=number) for number in range(count))


def test_one_backup_a_day_and_the_newest_seven_stay(path: Path, tmp_path: Path) -> None:
    for day in days(10):
        assert rotate(path, day) is not None
        assert rotate(path, day) is None
    folder = tmp_path / "project-backups"
    assert sorted(file.name for file in folder.iterdir()) == [
        f"project {day}.chugiai" for day in list(days(10))[-KEPT:]
    ]
    assert check(folder / "project 2021-05-05.chugiai") == ()


def test_rotating_leaves_other_files_and_other_projects_alone(tmp_path: Path) -> None:
    path = labelled_project(tmp_path / "[a]b.chugiai")
    folder = tmp_path / "[a]b-backups"
    folder.mkdir()
    others = ["ab 2020-01-01.chugiai", "[a]b 2020-01-01 mine.chugiai", "notes.txt"]
    for name in others:
        (folder / name).touch()
    for day in days(9):
        rotate(path, day)
    left = sorted(file.name for file in folder.iterdir())
    assert len(left) == KEPT + len(others)
    assert set(others) <= set(left)


def test_a_folder_for_backups_that_cannot_be_made_is_told(path: Path, tmp_path: Path) -> None:
    (tmp_path / "project-backups").write_text("a file")
    with pytest.raises(NotSaved, match="The project itself is safe"):
        rotate(path)
