"""Nothing is pretended saved: what cannot be written is shown as unsaved, retried in order, and told once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from annotations.changes import AddEntity, DeleteEntities, EditReports, Relabel
from annotations.report import Entity
from ui.main_window import MainWindow

PATIENCE_MS = 10_000


def entity(entity_id: str, start: int = 5, end: int = 9, label: str = "DATE") -> Entity:
    return Entity(entity_id, label, start, end)


def stored(window: MainWindow) -> list[str]:
    """Ids of the live entities in the file, read by another connection."""
    with closing(sqlite3.connect(window.desk.project.path)) as connection:
        rows = connection.execute("SELECT entity_id FROM entity WHERE removed_by IS NULL ORDER BY id")
        return [row[0] for row in rows]


def shown(window: MainWindow) -> list[str]:
    return [one.id for one in window.desk.annotation_set.entities]


def said(window: MainWindow) -> str:
    label = window.findChild(QLabel, "saved_state")
    assert label is not None
    return label.text()


def notice(window: MainWindow) -> str:
    label = window.findChild(QLabel, "notice_text")
    assert label is not None
    return label.text()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds the write lock."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def pragma(window: MainWindow, statement: str) -> None:
    """Set something on all connections that the window has, or may take."""
    with ExitStack() as held:
        for _ in range(5):
            held.enter_context(window.desk.project.reading()).exec_driver_sql(statement)


def here(window: MainWindow) -> str:
    assert window.desk.report is not None
    return window.desk.report.id


def test_a_label_is_durable_when_apply_returns(window: MainWindow) -> None:
    outcome = window.desk.apply(AddEntity(here(window), entity("e1")))
    assert outcome is not None
    assert stored(window) == ["e1"]
    assert said(window) == "● saved"


def test_a_key_labels_and_the_row_is_there(window: MainWindow, qtbot: QtBot) -> None:
    window.view.setFocus()
    window.view.select(5, 9)
    qtbot.keyClick(window.view, Qt.Key.Key_5)
    assert len(stored(window)) == 1


def test_a_lock_is_waited_for(window: MainWindow, qtbot: QtBot) -> None:
    with locked(window.desk.project.path):
        assert window.desk.apply(AddEntity(here(window), entity("e1"))) is None
        assert said(window) == "▲ 1 unsaved, retrying"
        assert shown(window) == ["e1"]
        assert stored(window) == []
    qtbot.waitUntil(lambda: window.desk.saving_state.saved, timeout=PATIENCE_MS)
    assert stored(window) == ["e1"]
    assert shown(window) == ["e1"]
    assert said(window) == "● saved"


def test_a_long_lock_is_told_once_and_its_end_too(window: MainWindow, qtbot: QtBot) -> None:
    told: list[str] = []
    window.desk.trouble.connect(told.append)
    with locked(window.desk.project.path):
        window.desk.apply(AddEntity(here(window), entity("e1")))
        qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
        for _try in range(5):
            window.desk.saving.retry()
    assert len(told) == 1
    assert "another program" in notice(window)
    with qtbot.waitSignal(window.desk.saving.saved_again, timeout=PATIENCE_MS):
        pass
    assert notice(window) == "All changes are saved again."


def test_later_changes_queue_behind_in_order(window: MainWindow, qtbot: QtBot) -> None:
    report = here(window)
    with locked(window.desk.project.path):
        window.desk.apply(AddEntity(report, entity("e1")))
        window.desk.apply(AddEntity(report, entity("e2", 20, 24)))
        seen = {one.id: one.version for one in window.desk.annotation_set.entities}
        window.desk.apply(Relabel(report, ("e1",), "TERM", seen))
        seen = {one.id: one.version for one in window.desk.annotation_set.entities}
        window.desk.apply(DeleteEntities(report, ("e1",), seen))
        assert shown(window) == ["e2"]
        assert window.desk.saving_state.waiting == 4
    qtbot.waitUntil(lambda: window.desk.saving_state.saved, timeout=PATIENCE_MS)
    assert stored(window) == ["e2"]


def test_what_waits_is_shown_again_after_another_report(window: MainWindow) -> None:
    report = here(window)
    with locked(window.desk.project.path):
        window.desk.apply(AddEntity(report, entity("e1")))
        window.desk.open_report("r002")
        assert shown(window) == []
        window.desk.open_report(report)
        assert shown(window) == ["e1"]


def test_metadata_that_wait_are_shown(window: MainWindow) -> None:
    with locked(window.desk.project.path):
        window.desk.apply(EditReports({here(window): {"title": "Tin mới"}}))
        assert window.desk.report is not None
        assert window.desk.report.title == "Tin mới"


def test_undo_takes_back_what_waits(window: MainWindow, qtbot: QtBot) -> None:
    with locked(window.desk.project.path):
        window.desk.apply(AddEntity(here(window), entity("e1")))
        window.actions_list["action_undo"].trigger()
        assert shown(window) == []
        assert window.desk.saving_state.saved
    window.desk.saving.retry()
    assert stored(window) == []


def test_undo_of_what_is_saved_waits_too(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.apply(AddEntity(here(window), entity("e1")))
    with locked(window.desk.project.path):
        window.actions_list["action_undo"].trigger()
        assert window.desk.saving_state.waiting == 1
        assert stored(window) == ["e1"]
    qtbot.waitUntil(lambda: window.desk.saving_state.saved, timeout=PATIENCE_MS)
    assert stored(window) == []
    assert shown(window) == []


def test_a_change_that_is_refused_later_is_named_and_dropped(window: MainWindow, qtbot: QtBot) -> None:
    with locked(window.desk.project.path):
        window.desk.apply(AddEntity(here(window), entity("e1", 5, 10_000_000)))
        window.desk.apply(AddEntity(here(window), entity("e2")))
    qtbot.waitUntil(lambda: window.desk.saving_state.saved, timeout=PATIENCE_MS)
    assert stored(window) == ["e2"]
    assert shown(window) == ["e2"]
    assert "Nothing was changed" in notice(window)


def test_a_read_only_file(window: MainWindow, qtbot: QtBot) -> None:
    pragma(window, "PRAGMA query_only=ON")
    window.desk.apply(AddEntity(here(window), entity("e1")))
    assert "read-only" in notice(window)
    assert said(window) == "▲ 1 unsaved, retrying"
    assert shown(window) == ["e1"]
    pragma(window, "PRAGMA query_only=OFF")
    qtbot.waitUntil(lambda: window.desk.saving_state.saved, timeout=PATIENCE_MS)
    assert stored(window) == ["e1"]


def test_a_full_disk(window: MainWindow, qtbot: QtBot) -> None:
    note = "x" * 400_000
    pragma(window, "PRAGMA max_page_count=1")
    window.desk.apply(AddEntity(here(window), Entity("e1", "DATE", 5, 9, note=note)))
    assert "full" in notice(window)
    assert shown(window) == ["e1"]
    assert stored(window) == []
    pragma(window, "PRAGMA max_page_count=1000000")
    qtbot.waitUntil(lambda: window.desk.saving_state.saved, timeout=PATIENCE_MS)
    assert stored(window) == ["e1"]


def test_a_file_that_is_gone_is_noticed_and_found_again(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = window.desk.project.path
    path.rename(tmp_path / "away")
    window.desk.apply(AddEntity(here(window), entity("e1")))
    assert "moved, deleted or replaced" in notice(window)
    assert not window.desk.saving_state.saved
    (tmp_path / "away").rename(path)
    qtbot.waitUntil(lambda: window.desk.saving_state.saved, timeout=PATIENCE_MS)
    assert stored(window) == ["e1"]


def test_another_file_in_its_place_is_never_written(window: MainWindow, tmp_path: Path) -> None:
    path = window.desk.project.path
    path.rename(tmp_path / "away")
    path.write_bytes(b"something else")
    window.desk.apply(AddEntity(here(window), entity("e1")))
    assert not window.desk.saving_state.saved
    assert path.read_bytes() == b"something else"
    path.unlink()


@pytest.mark.parametrize(("answer", "closed"), [("Keep the window open", False), ("Close and lose them", True)])
def test_closing_with_unsaved_changes_asks(
    window: MainWindow, answer: str, closed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def press() -> None:
        box = window.findChild(QMessageBox, "unsaved_question")
        assert box is not None
        asked.append(box.text())
        next(button for button in box.findChildren(QPushButton) if button.text() == answer).click()

    with locked(window.desk.project.path):
        window.desk.apply(AddEntity(here(window), entity("e1")))
        QTimer.singleShot(0, press)
        assert window.close() is closed
    assert "1 change is not saved" in asked[0]


def test_closing_saves_first_what_can_be_saved(window: MainWindow) -> None:
    path = window.desk.project.path
    with locked(path):
        window.desk.apply(AddEntity(here(window), entity("e1")))
    assert window.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM entity").fetchone() == (1,)


def test_the_project_is_one_file_after_closing(window: MainWindow) -> None:
    window.desk.apply(AddEntity(here(window), entity("e1")))
    path = window.desk.project.path
    window.close()
    assert [found.name for found in path.parent.iterdir() if found.name.startswith(path.name)] == [path.name]


def test_a_project_opens_while_another_program_writes(
    make_project: Callable[..., Path], open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    path = make_project()
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        import threading

        release = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
        release.start()
        window = open_window(path)
        release.join()
    assert window.desk.report is not None
    QApplication.processEvents()
