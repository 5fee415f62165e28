"""A team database in the window: two windows, the dialog, the recent projects."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from postgres import connected, new_project
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from small_projects import TEXT, add_reports

from annotations.changes import AddEntity
from annotations.report import Entity
from model.address import Address
from model.project import Project
from model.workspace import Workspace
from ui.app import Program, program
from ui.dialogs.database_dialog import DatabaseDialog
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.welcome import Welcome

OpenWindow = Callable[..., MainWindow]
ONE = Entity("one", "ORG", 13, 34)
REPORT = "id-report-0.txt"


@pytest.fixture
def there(database_server: Address) -> Iterator[Address]:
    """A project with one report, in a database."""
    with new_project(database_server) as place:
        with Project.open(place) as project:
            add_reports(project, TEXT)
        yield place


@pytest.fixture
def running(qapp: QApplication) -> Iterator[Program]:
    made = program()
    made.settings.annotator = "lan"
    yield made
    for window in (made.window, made.welcome):
        if window is not None:
            window.close()
    made.window = made.welcome = None


def test_a_window_shows_within_two_seconds_what_another_did(
    there: Address, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(str(there), "lan")
    assert window.desk.report is not None
    assert "postgres" in window.windowTitle()
    with Project.open(there) as elsewhere:
        other = Workspace(elsewhere, "lan")
        other.apply(AddEntity(REPORT, ONE))
        qtbot.waitUntil(lambda: len(window.desk.annotation_set.entities) == 1, timeout=2_000)
        window.desk.apply(AddEntity(REPORT, Entity("two", "ORG", 0, 3)))
        assert window.desk.saving.state.saved
        news = other.poll()
        assert news is not None
        assert news.labels == {REPORT}


def test_a_server_that_is_away_for_a_moment_loses_nothing(
    there: Address, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(str(there), "lan")
    with connected(there) as run:
        run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'Chu Giai'")
    window.desk.apply(AddEntity(REPORT, ONE))
    qtbot.waitUntil(lambda: window.desk.saving.state.saved, timeout=10_000)
    with Project.open(there) as project:
        labels = Workspace(project, "lan").annotation_set(REPORT)
        assert labels is not None
        assert labels.entities == (ONE,)


def dialog_of(page: Welcome) -> DatabaseDialog:
    found = page.findChild(DatabaseDialog)
    assert found is not None
    return found


def fill(dialog: DatabaseDialog, address: str, password: str = "", new: bool = False) -> None:
    """Fill the dialog in and press Open."""
    for name, words in (("database_address", address), ("database_password", password)):
        edit = dialog.findChild(QLineEdit, name)
        assert edit is not None
        edit.setText(words)
    box, button = dialog.findChild(QCheckBox, "database_new"), dialog.findChild(QPushButton, "database_open")
    assert box is not None
    assert button is not None
    box.setChecked(new)
    button.click()


def test_the_welcome_page_makes_and_opens_a_project_in_a_database(
    running: Program, database: Address, qtbot: QtBot
) -> None:
    page = running.show_welcome()
    button = page.findChild(QPushButton, "welcome_database")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    fill(dialog_of(page), str(database).replace("postgres@", "postgres:secret@"), new=True)
    assert running.window is not None
    assert running.window.desk.project.path == database
    assert Settings().recent == (database,)
    assert "secret" not in Settings().path.read_text("utf-8")


def test_a_recent_database_is_listed_and_opens(running: Program, there: Address) -> None:
    running.settings.opened(there)
    page = running.show_welcome()
    page.recent.itemActivated.emit(page.recent.item(0))
    assert running.window is not None
    assert running.window.desk.project.path == there


def test_what_is_wrong_with_an_address_is_said_in_the_dialog(running: Program) -> None:
    page = running.show_welcome()
    running.ask_database()
    dialog = dialog_of(page)
    fill(dialog, "mysql://lan@server/reports")
    assert dialog.isVisible()
    assert "Only PostgreSQL" in dialog.said.text()
    fill(dialog, "reports.chugiai")
    assert dialog.isVisible()


def test_a_password_is_asked_for_again(running: Program, there: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    monkeypatch.delenv("PGPASSWORD", raising=False)
    with connected(there) as run:
        run("DROP ROLE IF EXISTS locked_out")
        run("CREATE ROLE locked_out LOGIN SUPERUSER PASSWORD 'right'")
    page = running.show_welcome()
    running.switch_to(replace(there, user="locked_out"))
    dialog = dialog_of(page)
    assert "refuses locked_out" in dialog.said.text()
    assert dialog.address.text() == str(replace(there, user="locked_out"))
    fill(dialog, dialog.address.text(), "right")
    assert running.window is not None
    assert "right" not in Settings().path.read_text("utf-8")


def test_what_cannot_be_opened_or_made_is_told(running: Program, there: Address) -> None:
    page = running.show_welcome()
    running.open_database(there, new=True)
    assert "There is a project in" in page.said.text()
    running.open_database(Address("localhost", 1, "reports", "lan"), new=False)
    assert "does not answer" in page.said.text()
    assert page.isVisible()
