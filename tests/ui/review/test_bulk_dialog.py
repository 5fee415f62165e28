"""Deciding many at once in the window: counts before, one action after, a sample of the unanimous."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reviewed_projects import adjudicated, dump

from annotations.review.cases import UNANIMOUS
from ui.review.bulk_dialog import BulkDialog
from ui.review.page import ReviewPage


@pytest.fixture
def page(open_review: Callable[..., ReviewPage], reviewed: Path) -> ReviewPage:
    return open_review(reviewed)


@pytest.fixture
def dialog(page: ReviewPage, qtbot: QtBot) -> BulkDialog:
    qtbot.mouseClick(page.waiting, Qt.MouseButton.LeftButton)
    found = page.findChild(BulkDialog)
    assert isinstance(found, BulkDialog)
    qtbot.waitUntil(lambda: found.plan is not None)
    return found


def test_counts_come_before_and_nothing_is_changed_by_looking(dialog: BulkDialog, page: ReviewPage) -> None:
    assert dialog.counts.text().splitlines()[:2] == [
        "1 entities and 0 relations on 1 reports would be adjudicated.",
        "4 conflicts would stay open.",
    ]
    assert adjudicated(page.desk.project) is None


def test_everything_unanimous_is_accepted_as_one_action(dialog: BulkDialog, page: ReviewPage, qtbot: QtBot) -> None:
    before = dump(page.desk.project)
    with qtbot.waitSignal(dialog.decided):
        qtbot.mouseClick(dialog.decide, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.reading.running)
    labels = adjudicated(page.desk.project)
    assert labels is not None
    assert [each.label for each in labels.entities] == ["OFFICIAL"]
    assert page.waiting.isHidden()
    page.actions_list["action_undo"].trigger()
    assert dump(page.desk.project) == before
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not page.waiting.isHidden())


def test_another_rule_is_looked_at_anew(dialog: BulkDialog, qtbot: QtBot) -> None:
    dialog.majority.click()
    qtbot.waitUntil(lambda: dialog.plan is not None)
    assert dialog.plan is not None
    assert str(dialog.plan.rule.source) == "majority"
    dialog.share.setValue(51)
    assert dialog.threshold.isChecked()
    qtbot.waitUntil(lambda: dialog.plan is not None and dialog.plan.rule.share == 0.51)


def test_nothing_to_decide_cannot_be_decided(page: ReviewPage, qtbot: QtBot) -> None:
    page.actions_list["action_review_bulk"].trigger()
    first = page.findChild(BulkDialog)
    assert isinstance(first, BulkDialog)
    qtbot.waitUntil(lambda: first.plan is not None)
    with qtbot.waitSignal(first.decided):
        first.decide.click()
    qtbot.waitUntil(lambda: not page.reading.running)
    page.actions_list["action_review_bulk"].trigger()
    second = page.findChildren(BulkDialog)[-1]
    qtbot.waitUntil(lambda: second.plan is not None)
    assert not second.decide.isEnabled()
    second.reject()


def test_a_sample_of_the_unanimous_can_be_decided(page: ReviewPage, qtbot: QtBot) -> None:
    page.actions_list["action_review_sample"].trigger()
    qtbot.waitUntil(lambda: bool(page.worklist.sample))
    assert [case.kind for case in page.worklist.shown] == [UNANIMOUS]
    page.actions_list["action_review_neither"].trigger()
    assert adjudicated(page.desk.project) is None
    assert [case.is_open for case in page.worklist.shown] == [False]
    page.actions_list["action_review_sample"].trigger()
    assert len(page.worklist.shown) == 4
