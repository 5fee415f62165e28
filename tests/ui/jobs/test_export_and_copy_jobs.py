"""Exports and copies: progress in the interface language, cancel without a trace; the account's memory without Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from label_files import write_corpus

from annotations.errors import Cancelled
from model.project import Project
from ui.jobs.account import account_folder, person, remembered_annotator
from ui.jobs.exporting import export_corpus
from ui.jobs.importing import import_files
from ui.jobs.keeping import back_up, check, send_copy
from ui.settings import Settings, settings_folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with some labelled reports, closed."""
    with Project.create(tmp_path / "project.chugiai") as project:
        import_files(project, [write_corpus(tmp_path / "a.jsonl", 20, 4, 2)])
    return tmp_path / "project.chugiai"


def stop(done: int, total: int, what: str) -> None:
    raise Cancelled


@pytest.mark.parametrize("format", ["jsonl", "brat", "conll", "xlsx"])
def test_a_cancelled_export_leaves_nothing(path: Path, tmp_path: Path, format: str) -> None:
    before = sorted(tmp_path.iterdir())
    with Project.open(path) as project, pytest.raises(Cancelled):
        export_corpus(project, tmp_path / "out", format, progress=stop)
    assert sorted(tmp_path.iterdir()) == before


def test_export_tells_how_far_it_is(path: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    with Project.open(path) as project:
        export_corpus(project, tmp_path / "out", "jsonl", progress=lambda *call: told.append(call))
    assert told == [(number, 20, "Exporting") for number in range(1, 21)]


@pytest.mark.parametrize("copy", [back_up, send_copy])
def test_a_cancelled_copy_leaves_nothing(path: Path, tmp_path: Path, copy: Callable[..., Path]) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        copy(path, tmp_path / "copy.chugiai", stop)
    assert sorted(tmp_path.iterdir()) == before


def test_a_copy_of_an_open_project_is_one_sound_file_and_may_replace(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "mail" / "copy.chugiai"
    out.parent.mkdir()
    with Project.open(path) as project, project.writing():
        send_copy(path, out)
        send_copy(path, out)
    assert [found.name for found in out.parent.iterdir()] == ["copy.chugiai"]
    assert not [finding for finding in check(out) if finding.is_damage]


def test_the_account_folder_is_the_window_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert account_folder() == settings_folder()
    monkeypatch.delenv("CHUGIAI_SETTINGS")
    assert account_folder() == settings_folder()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert account_folder() == settings_folder()


def test_who_acts_is_the_remembered_annotator_or_the_account() -> None:
    assert remembered_annotator() is None
    assert person()
    Settings(settings_folder()).annotator = "Lan"
    assert remembered_annotator() == person() == "Lan"
