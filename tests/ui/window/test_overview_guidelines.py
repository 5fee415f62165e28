"""What annotators disagree on most, in the overview: counted, with examples, as a text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotations.corpus import ImportedRecord
from annotations.report import Entity, Report, Status
from annotations.work import Assignment, assign
from model.bulk import ImportBatch
from model.project import Project
from model.workspace import Workspace
from ui.main_window import MainWindow
from ui.overview.guidelines import GuidelinesSection
from ui.overview.page import OverviewPage

OpenWindow = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton
TEXT = "Sáng nay Hội đồng nhân dân họp phiên thứ {number} tại Phủ Lý."
BODY = ("Hội đồng nhân dân", TEXT.index("Hội đồng"))
TOWN = "Phủ Lý"


def entity(label: str, words: str, text: str) -> Entity:
    return Entity(f"e{label}", label, text.index(words), text.index(words) + len(words))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three reports: on all lan says organisation where minh says official; on one minh misses the town."""
    made = tmp_path / "tin.chugiai"
    with Project.create(made) as project, ImportBatch.open(project) as batch:
        for number in range(3):
            text = TEXT.format(number=number)
            report = Report(f"r{number}", f"{number}.txt", text)
            town = entity("PLACE", TOWN, text)
            for name, label in (("lan", "ORG"), ("minh", "OFFICIAL")):
                own = (entity(label, BODY[0], text), *(() if name == "minh" and number == 1 else (town,)))
                batch.add("f", ImportedRecord(report, "", name, False, Status.DONE, own, (), True))
        batch.publish()
    return made


def section_of(qtbot: QtBot, window: MainWindow) -> GuidelinesSection:
    qtbot.keyClick(window.view, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = window.workspaces.page("overview")
    assert isinstance(page, OverviewPage)
    bar = page.tabs.tabBar()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(2).center())
    return page.guidelines


@pytest.fixture
def window(path: Path, open_window: OpenWindow) -> MainWindow:
    return open_window(path, "lan")


@pytest.fixture
def section(qtbot: QtBot, window: MainWindow) -> GuidelinesSection:
    found = section_of(qtbot, window)
    qtbot.waitUntil(lambda: found.found is not None and found._job is None)
    return found


def test_the_most_frequent_come_first_with_examples_that_lead_there(
    qtbot: QtBot, section: GuidelinesSection, window: MainWindow
) -> None:
    assert section.about.text() == "4 conflicts of entities in 3 reports."
    pairs = [[cell.text for cell in row] for row in section.pairs.cells.rows]
    assert pairs == [
        ["Official / Organisation", "3", "3", "label 3", ""],
        ["Place / nothing", "1", "1", "missing 1", ""],
    ]
    phrases = [[cell.text for cell in row][:4] for row in section.phrases.cells.rows]
    assert phrases == [[BODY[0], "3", "3", "Official / Organisation"], [TOWN, "1", "1", "Place / nothing"]]
    assert section.examples.cells.rowCount() == 3
    index = section.phrases.cells.index(1, 0)
    qtbot.mouseClick(section.phrases.viewport(), LEFT, pos=section.phrases.visualRect(index).center())
    assert section.chosen.text() == "“Phủ Lý” — Place / nothing"
    ((name, phrase, answers, _text),) = [[cell.text for cell in row] for row in section.examples.cells.rows]
    assert (name, phrase, answers) == ("1.txt", TOWN, "lan: Place “Phủ Lý”; minh: –")
    section.examples.setFocus()
    section.examples.setCurrentIndex(section.examples.cells.index(0, 0))
    qtbot.keyClick(section.examples, Qt.Key.Key_Return)
    assert window.desk.report is not None
    assert window.desk.report.id == "r1"
    assert window.view.selected_entities() == ("ePLACE",)


def test_as_a_text_copied_and_saved(qtbot: QtBot, section: GuidelinesSection, tmp_path: Path) -> None:
    qtbot.mouseClick(section.copy, LEFT)
    text = QApplication.clipboard().text()
    assert text.startswith("# What annotators disagree on most\n\n4 conflicts of entities in 3 reports.\n")
    assert "### “Hội đồng nhân dân” — Official / Organisation\n3 conflicts in 3 reports (label 3)" in text
    line = "- 1.txt: …Sáng nay Hội đồng nhân dân họp phiên thứ 1 tại **Phủ Lý**.… (lan: Place “Phủ Lý”; minh: –)"
    assert line in text.splitlines()
    section.save_text(tmp_path / "guide.md")
    assert (tmp_path / "guide.md").read_text("utf-8") == text
    section.save_text(tmp_path / "no folder" / "guide.md")
    assert "cannot be saved" in section.said.text()


def test_blind_work_shows_nothing_here(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    with Project.open(path) as project:
        Workspace(project, "lan").apply(assign([Assignment("r0", "minh", blind=True)], "lan"))
    section = section_of(qtbot, open_window(path, "minh"))
    assert "Your work is blind" in section.said.text()
    assert section.found is None
    assert not section.pairs.isVisible()
