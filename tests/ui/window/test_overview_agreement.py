"""Agreement in the overview: every figure with its interval or reason, and the spans behind each, by keys and mouse."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from annotations.agreement import Match, Selector, measure
from annotations.corpus import ImportedRecord
from annotations.report import Entity, Relation, Report, Status
from annotations.work import Assignment, assign, lead
from model.bulk import ImportBatch
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.workspace import Workspace
from ui.jobs import overview as job
from ui.main_window import MainWindow
from ui.overview.agreement import AgreementSection
from ui.overview.cells import CellTable
from ui.overview.page import OverviewPage

OpenWindow = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton
TEXT = "Sáng 26/4, đồng chí Lê Thị Thủy, Bí thư Tỉnh ủy Hà Nam chủ trì hội nghị số {number}."
WHO, POST, BODY = (
    (TEXT.index(words), TEXT.index(words) + len(words)) for words in ("Lê Thị Thủy", "Bí thư Tỉnh ủy", "Tỉnh ủy")
)


def labels(name: str, number: int) -> tuple[Entity, ...]:
    """All label the date and the official; minh takes the post without its head, thu calls it an organisation."""
    found = [Entity("e1", "DATE", 5, 9), Entity("e2", "OFFICIAL", *WHO)]
    found.append(Entity("e3", "TITLE" if name != "thu" else "ORG", *(POST if name == "lan" or number else BODY)))
    return tuple(found)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Four reports: lan and minh finished three, thu two; one is finished by nobody."""
    made = tmp_path / "tin.chugiai"
    with Project.create(made) as project, ImportBatch.open(project) as batch:
        for number in range(4):
            report = Report(f"r{number}", f"{number}.txt", TEXT.format(number=number), date=f"2021-0{number + 1}")
            for name in ("lan", "minh", *(["thu"] if number < 2 else [])):
                status = Status.DONE if number < 3 else Status.IN_PROGRESS
                whole = labels(name, number)
                relations = (Relation("r1", "holds_title", "e2", "e3"),) if name != "thu" else ()
                batch.add("f", ImportedRecord(report, "", name, False, status, whole, relations, True))
        (result,) = batch.publish().values()
    assert result.refused is None
    return made


def section_of(qtbot: QtBot, window: MainWindow) -> AgreementSection:
    qtbot.keyClick(window.view, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = window.workspaces.page("overview")
    assert isinstance(page, OverviewPage)
    page.tabs.setFocus()
    qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_Right)
    assert page.tabs.currentWidget() is page.agreement
    return page.agreement


@pytest.fixture
def window(path: Path, open_window: OpenWindow) -> MainWindow:
    return open_window(path, "lan")


@pytest.fixture
def section(qtbot: QtBot, window: MainWindow) -> AgreementSection:
    found = section_of(qtbot, window)
    qtbot.waitUntil(lambda: found.found is not None and found._job is None)
    return found


def shown(table: CellTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.cells.rows]


def tab(qtbot: QtBot, section: AgreementSection, title: str) -> None:
    bar = section.tabs.tabBar()
    at = next(at for at in range(bar.count()) if bar.tabText(at) == title)
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(at).center())


def click(qtbot: QtBot, section: AgreementSection, table: CellTable, row: int, column: int) -> None:
    index = table.cells.index(row, column)
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(index).center())
    qtbot.waitUntil(lambda: section.behind._job is None)


def behind(section: AgreementSection) -> list[list[str]]:
    return shown(section.behind.table)


def test_every_figure_is_that_of_the_labels_with_interval_reports_and_reason(
    section: AgreementSection, path: Path
) -> None:
    table = section.tables["agreement"]
    assert table.objectName() == "agreement_table"
    with Project.open(path) as project:
        whole = list(corpus(project, Selection(everything=True)))
    rows = {(row[0], row[1]): row for row in shown(table)}
    assert len(rows) == 3 * 7 + 4
    names = {Match.EXACT: "exact", Match.OVERLAP: "overlap ≥ 50 %", Match.BOUNDARY: "boundary, any label"}
    for match, name in (names | {Match.TYPE: "type, any overlap"}).items():
        first = measure(whole, ("lan", "minh", "thu"), Selector(match)).pairs[0].entities.f1
        row = rows["lan – minh", "F1 of entities, " + ("overlap ≥ 50 %" if match is Match.OVERLAP else name)]
        interval = f"{first.low:.3f} – {first.high:.3f}"
        assert row[2:5] == [f"{first.value:.3f}", interval, "3 / 4"]
    agreement = measure(whole, ("lan", "minh", "thu"))
    for name, figure in (("Fleiss’ κ (words)", agreement.fleiss), ("Krippendorff’s α (words)", agreement.alpha)):
        assert rows["all", name][2] == f"{figure.value:.3f}"
    assert rows["all", "Fleiss’ κ (words)"][4] == "2 / 4"
    assert rows["all", "γ (spans)"][2] == "–"
    assert rows["all", "γ (spans)"][5] == agreement.gamma.reason
    nobody = next(row for key, row in rows.items() if key[0] == "lan – thu" and key[1].startswith("F1 of relations"))
    assert nobody[2:4] == ["0.000", "0.000 – 0.000"]
    typed = next(row for key, row in rows.items() if key[0] == "lan – thu" and key[1].startswith("Type of relations"))
    assert typed[2] == "–"
    assert "No relation of one annotator joins" in typed[5]
    assert section.asked.about.text() == "3 of 4 reports compared"
    assert "bootstrap" in section.notes.text()


def test_a_click_on_a_figure_lists_its_spans_and_a_click_there_jumps(
    qtbot: QtBot, section: AgreementSection, window: MainWindow
) -> None:
    click(qtbot, section, section.tables["agreement"], 0, 2)
    assert section.behind.title.text() == "lan – minh: F1 of entities, exact"
    rows = behind(section)
    assert [row[:3] for row in rows[:2]] == [
        ["0.txt", "Title · Bí thư Tỉnh ủy", "–"],
        ["0.txt", "–", "Title · Tỉnh ủy"],
    ]
    assert len(rows) == 10
    assert section.behind.count.text() == "10 places, 8 in both"
    parts = section.findChild(QComboBox, "behind_parts")
    assert parts is not None
    qtbot.keyClick(parts, Qt.Key.Key_Down)
    assert [row[1] for row in behind(section)] == ["Title · Bí thư Tỉnh ủy"]
    click(qtbot, section, section.behind.table, 0, 1)
    assert window.workspaces.current == "annotate"
    assert window.desk.report is not None
    assert window.desk.report.id == "r0"
    assert window.view.selected_entities() == ("e3",), "lan's own title"


def test_by_keys_alone(qtbot: QtBot, section: AgreementSection, window: MainWindow) -> None:
    table = section.tables["agreement"]
    table.setFocus()
    table.setCurrentIndex(table.cells.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(behind(section)) == 10)
    section.behind.table.setFocus()
    section.behind.table.setCurrentIndex(section.behind.table.cells.index(1, 0))
    qtbot.keyClick(section.behind.table, Qt.Key.Key_Return)
    assert window.view.selection() == BODY, "what lan does not have is selected as text"


def test_matrix_labels_types_and_reports(qtbot: QtBot, section: AgreementSection) -> None:
    tab(qtbot, section, "Pairs")
    matrix = shown(section.tables["matrix"])
    assert [row[0] for row in matrix] == ["lan", "minh", "thu"]
    assert matrix[0][1] == ""
    assert matrix[0][2] == matrix[1][1]
    click(qtbot, section, section.tables["matrix"], 0, 3)
    assert {row[2] for row in behind(section)} >= {"Organisation · Bí thư Tỉnh ủy", "–"}
    tab(qtbot, section, "Labels")
    by_label = {(row[0], row[1]): row for row in shown(section.tables["labels"])}
    assert by_label["lan – minh", "Date"][2] == "1.000"
    assert by_label["lan – minh", "Title"][7:] == ["2", "1", "1"]
    at = list(by_label).index(("lan – minh", "Title"))
    click(qtbot, section, section.tables["labels"], at, 2)
    assert len(behind(section)) == 4
    tab(qtbot, section, "Relation types")
    (row, *_) = shown(section.tables["types"])
    assert row[0] == "lan – minh"
    click(qtbot, section, section.tables["types"], 0, 2)
    assert behind(section)[0][1].endswith("Lê Thị Thủy → Bí thư Tỉnh ủy")
    tab(qtbot, section, "Reports")
    reports = shown(section.tables["reports"])
    assert [row[0] for row in reports] == ["0.txt", "1.txt", "2.txt"]
    assert [row[6] for row in reports] == ["lan, minh, thu", "lan, minh, thu", "lan, minh"]
    click(qtbot, section, section.tables["reports"], 2, 2)
    assert {row[0] for row in behind(section)} == {"2.txt"}


def test_confusion_of_one_pair_and_what_is_behind_a_count(qtbot: QtBot, section: AgreementSection) -> None:
    tab(qtbot, section, "Confusion")
    table = section.tables["confusion"]
    assert table.objectName() == "confusion_table"
    pairs = section.findChild(QComboBox, "agreement_pair")
    assert pairs is not None
    pairs.setFocus()
    qtbot.keyClick(pairs, Qt.Key.Key_Down)
    qtbot.keyClick(pairs, Qt.Key.Key_Down)
    assert pairs.currentText() == "lan – thu"
    assert table.cells.titles[0] == "lan ↓  thu →"
    names = [row[0] for row in shown(table)]
    row, column = names.index("Title"), table.cells.titles.index("Organisation")
    assert shown(table)[row][column] == "2"
    click(qtbot, section, table, row, column)
    assert [(one[1], one[2]) for one in behind(section)] == [
        ("Title · Bí thư Tỉnh ủy", "Organisation · Tỉnh ủy"),
        ("Title · Bí thư Tỉnh ủy", "Organisation · Bí thư Tỉnh ủy"),
    ]
    section.behind.clear()
    empty = names.index("Date")
    click(qtbot, section, table, empty, column)
    assert section.behind.found is None, "nothing stands behind a count of none"


def test_the_trend_has_a_point_for_each_date_and_opens_its_reports(qtbot: QtBot, section: AgreementSection) -> None:
    tab(qtbot, section, "Trend")
    qtbot.keyClick(section.times, Qt.Key.Key_Down)
    assert [one.when for one in section.trend.moments] == ["2021-01", "2021-02", "2021-03"]
    qtbot.mouseClick(section.trend, LEFT, pos=section.trend.point_of(2).toPoint() + QPoint(2, 1))
    qtbot.waitUntil(lambda: section.behind._job is None)
    assert {row[0] for row in behind(section)} == {"2.txt"}
    qtbot.keyClick(section.trend, Qt.Key.Key_Left)
    qtbot.keyClick(section.trend, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {row[0] for row in behind(section)} == {"1.txt"})


def test_another_way_to_match_measures_again(qtbot: QtBot, section: AgreementSection) -> None:
    match = section.findChild(QComboBox, "agreement_match")
    assert match is not None
    qtbot.keyClick(match, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: section._job is None)
    assert section.found is not None
    assert section.found.agreement.selector == Selector(Match.TYPE)
    assert len(section.tables["agreement"].cells.rows) == 25


def test_measuring_can_be_stopped_and_the_figures_stay(
    qtbot: QtBot, section: AgreementSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    read = job.corpus

    def slow(*given: object) -> object:
        begun.set()
        assert go_on.wait(10)
        return read(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(job, "corpus", slow)
    before = section.found
    qtbot.mouseClick(section.asked.again, LEFT)
    assert begun.wait(10)
    assert section.progress.isVisible()
    qtbot.mouseClick(section.progress.cancel, LEFT)
    go_on.set()
    qtbot.waitUntil(lambda: section._job is None)
    assert section.found is before
    assert section.said.text() == "Stopped. The figures that are shown are those of before."
    assert not section.progress.isVisible()


def test_fewer_than_two_annotators_are_refused_in_words(qtbot: QtBot, section: AgreementSection) -> None:
    for action in section.asked._menu.actions()[:2]:
        action.trigger()
    assert section.asked.people.text() == "1 of 3 annotators"
    qtbot.mouseClick(section.asked.again, LEFT)
    qtbot.waitUntil(lambda: section._job is None)
    assert "at least two annotators" in section.said.text()


def test_blind_work_shows_no_figures_until_the_lead_ends_it(qtbot: QtBot, path: Path, open_window: OpenWindow) -> None:
    with Project.open(path) as project:
        lan = Workspace(project, "lan")
        lan.apply(assign([Assignment("r3", "minh", blind=True)], "lan"))
    window = open_window(path, "minh")
    section = section_of(qtbot, window)
    assert "Your work is blind" in section.said.text()
    assert section.found is None
    assert not section.tabs.isVisible()
    assert not section.asked.isVisible()
    with Project.open(path) as project:
        Workspace(project, "lan").apply(assign([Assignment("r3", "minh")]))
    window.desk.bus.poll()
    qtbot.waitUntil(lambda: section.found is not None)
    assert section.tabs.isVisible()


def test_an_empty_project_says_what_is_missing(qtbot: QtBot, tmp_path: Path, open_window: OpenWindow) -> None:
    path = tmp_path / "empty.chugiai"
    with Project.create(path) as project:
        Workspace(project, "lan").apply(lead("lan"))
    window = open_window(path, "lan")
    window.show_workspace("overview")
    page = window.workspaces.page("overview")
    assert isinstance(page, OverviewPage)
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.agreement._job is None)
    assert "at least two annotators" in page.agreement.said.text()
    assert [label.text() for label in iter_labels(page) if "Traceback" in label.text()] == []


def iter_labels(page: OverviewPage) -> Iterator[QLabel]:
    yield from page.findChildren(QLabel)
