"""Network and synced folders: told apart, one program at a time, a rollback journal, and a warning."""

from __future__ import annotations

import os
import platform
import sys
import threading
from pathlib import Path

import pytest
from labelled_projects import companions, content, labelled_project, run_sql
from project_children import Told, child, open_for_good
from small_projects import TEXT, add_reports

from annotations.changes import AddEntity
from annotations.report import Entity
from model import one_program, shared_folder
from model.backup import back_up, restore
from model.check import check
from model.engines import sqlite_store
from model.errors import ProjectError
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.shared_folder import is_shared_folder
from model.workspace import Workspace

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
server:/export /mnt/office nfs4 rw,relatime 0 0
//nas/my\\040files /mnt/my\\040files cifs rw 0 0
tmpfs /mnt/office/local tmpfs rw 0 0
broken line
me@host:/x /home/lan/remote fuse.sshfs rw 0 0
"""


@pytest.fixture
def mounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux computer with some mounts."""
    if sys.platform != "linux":
        pytest.skip("mounts of Linux")
    monkeypatch.setattr(Path, "read_text", lambda *_args, **_values: MOUNTS)
    shared_folder._linux_mounts.cache_clear()
    yield
    shared_folder._linux_mounts.cache_clear()


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("/home/lan/p.chugiai", False),
        ("/mnt/office/p.chugiai", True),
        ("/mnt/office/deep/er/p.chugiai", True),
        ("/mnt/officer/p.chugiai", False),
        ("/mnt/office/local/p.chugiai", False),
        ("/mnt/my files/p.chugiai", True),
        ("/home/lan/remote/p.chugiai", True),
        ("/home/lan/Dropbox/work/p.chugiai", True),
        ("/home/lan/Dropbox (Personal)/p.chugiai", True),
        ("/home/lan/OneDrive - Office/p.chugiai", True),
        ("/Users/lan/Library/Mobile Documents/p.chugiai", True),
        ("/home/lan/dropped/p.chugiai", False),
        ("/home/lan/dropbox.chugiai", False),
    ],
)
@pytest.mark.usefixtures("mounts")
def test_which_folders_are_shared(path: str, shared: bool) -> None:
    assert is_shared_folder(Path(path)) is shared


def test_without_a_list_of_mounts_only_names_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_args: object, **_values: object) -> str:
        raise OSError

    monkeypatch.setattr(Path, "read_text", unreadable)
    shared_folder._linux_mounts.cache_clear()
    monkeypatch.setattr(sys, "platform", "linux")
    assert is_shared_folder(Path("/mnt/office/p.chugiai")) is False
    assert is_shared_folder(Path("/x/Nextcloud/p.chugiai")) is True
    shared_folder._linux_mounts.cache_clear()


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    """A folder that a sync program watches, by its name."""
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    return folder


@pytest.fixture
def path(synced: Path) -> Path:
    """A project in a synced folder that nothing has open."""
    return labelled_project(synced / "project.chugiai")


def test_a_project_there_warns_and_keeps_a_rollback_journal(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        assert project.warning.format(path=path).endswith("only one program at a time can have it open.")
        with project.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    here = Path(os.fspath(back_up(path, tmp_path / "here.chugiai")))
    with Project.open(here) as project, project.reading() as connection:
        assert project.warning == ""
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_closing_leaves_one_file(path: Path) -> None:
    with Project.open(path):
        assert one_program.lock_file(path).exists()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_second_program_is_refused_in_one_sentence(path: Path, tmp_path: Path) -> None:
    told, until = Told(tmp_path / "told"), tmp_path / "until"
    with Project.open(path) as project:
        Workspace(project, "lan").undo()
        with child(open_for_good, path, told.path, until) as process:
            process.join()
        (line,) = told.lines()
        assert line["refused"].startswith(f"{path} is open in another window or program, and it lies on a network")
        Workspace(project, "lan").redo()
    with child(open_for_good, path, told.path, until) as process:
        told.wait(process, 2)
        with pytest.raises(ProjectError, match="is open in another window or program"):
            Project.open(path)
        until.touch()
        process.join()
    Project.open(path).close()


def test_a_program_that_was_killed_leaves_the_project_free(path: Path, tmp_path: Path) -> None:
    told = Told(tmp_path / "told")
    with child(open_for_good, path, told.path, tmp_path / "until") as process:
        told.wait(process)
        process.kill()
        process.join()
    assert one_program.lock_file(path).exists()
    with Project.open(path) as project:
        Workspace(project, "lan").undo()
    assert not one_program.lock_file(path).exists()


def test_another_computer_that_has_it_open_is_named(path: Path) -> None:
    lock = one_program.lock_file(path)
    lock.write_text("the-office\n2021-04-26T00:00:00Z\n")
    with pytest.raises(
        ProjectError, match=r"is open on the computer the-office.*delete the file .*project.chugiai.lock"
    ):
        Project.open(path)
    assert lock.exists()
    lock.unlink()
    Project.open(path).close()


def test_one_program_uses_it_from_several_projects_and_threads(path: Path) -> None:
    with Project.open(path) as first:
        space = Workspace(first, "lan")
        second = Project.open(path)

        def write() -> None:
            Workspace(second, "minh").undo()

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        second.close()
        assert one_program.has(path)
        assert space.poll() is not None
        assert not space.undo().nothing
        add_reports(first, TEXT + " Nữa.", names="more-{}.txt")
        assert len(list(corpus(first, Selection(everything=True)))) == 3
    assert not one_program.has(path)
    assert [str(finding) for finding in check(path) if finding.is_damage] == []


def test_copies_can_be_made_of_the_open_project_but_not_put_over_it(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        out = back_up(path, path.with_name("copy.chugiai"))
        with pytest.raises(ProjectError, match="is open in another window or program"):
            restore(out, path)
        Workspace(project, "lan").undo()
    assert restore(out, path) is not None
    assert content(path) == content(out)
    assert companions(path) == companions(out) == []
    assert not list(path.parent.glob("*.lock"))


def test_a_folder_that_takes_no_new_file_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(one_program.os, "open", denied)
    with pytest.raises(ProjectError, match=r"project.chugiai.lock cannot be made there \(Permission denied\)"):
        Project.open(path)


def test_a_project_that_cannot_be_opened_is_not_claimed(path: Path) -> None:
    run_sql(path, "DELETE FROM project")
    with pytest.raises(ProjectError):
        Project.open(path)
    assert not one_program.has(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_project_that_moves_into_a_shared_folder_changes_its_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = labelled_project(tmp_path / "project.chugiai")
    before = content(path)
    monkeypatch.setattr(sqlite_store, "is_shared_folder", lambda _path: True)
    with Project.open(path) as project:
        Workspace(project, "lan").apply(AddEntity("id-report-0.txt", Entity("new", "ORG", 0, 3)))
        assert not list(tmp_path.glob("*-wal"))
        assert one_program.lock_file(path).read_text().startswith(platform.node())
        Workspace(project, "lan").undo()
    assert content(path) == before
