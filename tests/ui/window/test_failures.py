"""Our own bugs: logged, shown once, and copied."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui import failures
from ui.failures import FailureDialog, Failures, log_path


def boom(text: str) -> BaseException:
    try:
        raise ZeroDivisionError(text)
    except ZeroDivisionError as error:
        return error


def give(made: Failures, error: BaseException) -> None:
    made.on_exception(type(error), error, error.__traceback__)


def test_a_bug_is_logged_and_shown(qtbot: QtBot) -> None:
    made = Failures()
    give(made, boom("once"))
    qtbot.waitUntil(lambda: made.dialog is not None)
    dialog = made.dialog
    assert isinstance(dialog, FailureDialog)
    assert "ZeroDivisionError: once" in dialog.text.toPlainText()
    assert "ZeroDivisionError: once" in log_path().read_text("utf-8")
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Copy").click()
    assert "boom" in QGuiApplication.clipboard().text()
    dialog.close()


def test_the_same_is_shown_once_and_logged_always(qtbot: QtBot) -> None:
    made = Failures()
    error = boom("again")
    give(made, error)
    qtbot.waitUntil(lambda: made.dialog is not None)
    first = made.dialog
    assert first is not None
    first.close()
    with qtbot.waitSignal(made.failed):
        give(made, error)
    assert made.dialog is first
    assert log_path().read_text("utf-8").count("ZeroDivisionError: again") == 2


def test_it_hears_of_threads_too(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = Failures()
    made.install()

    def work() -> None:
        raise ValueError("in a thread")

    with qtbot.waitSignal(made.failed) as told:
        threading.Thread(target=work).start()
    assert told.args is not None
    assert "in a thread" in told.args[0]
    qtbot.waitUntil(lambda: made.dialog is not None)
    made.dialog.close()  # type: ignore[union-attr]


def test_a_long_log_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "LONGEST_LOG", 10)
    failures.write_log("the first one")
    failures.write_log("the second one")
    assert "first" not in log_path().read_text("utf-8")
    assert "first" in log_path().with_suffix(".old.log").read_text("utf-8")


def test_a_log_that_cannot_be_written_is_no_further_failure() -> None:
    log_path().parent.mkdir(parents=True, exist_ok=True)
    log_path().mkdir()
    failures.write_log("text")
