"""A workbook of conflicts in the import dialog: what it decides, what it leaves and why, then one action."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from conflict_books import fill
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from reviewed_projects import adjudicated, decisions_of, put_brief

from ui.desk import Desk
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.workbook_page import Column
from ui.jobs.exporting import export_corpus


def test_decisions_are_shown_and_taken_over(
    desk: Desk, tmp_path: Path, qtbot: QtBot, show: Callable[[Any], None]
) -> None:
    put_brief(desk.project, lan=[("TITLE", 22, 43), ("DATE", 66, 70)], minh=[("TITLE", 22, 36)])
    export_corpus(desk.project, tmp_path / "book.xlsx", "xlsx-review")
    rows = {2: {"Decision": "union", "Note": "cả tên tỉnh"}, 3: {"Decision": "unon"}}
    book = fill(tmp_path / "book.xlsx", tmp_path / "filled.xlsx", rows)
    said: list[tuple[str, bool]] = []
    desk.notice.connect(lambda text, undo: said.append((text, undo)))
    dialog = ImportDialog(desk, [book])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    show(dialog)
    page = dialog.workbook_page
    qtbot.waitUntil(page.apply_button.isEnabled, timeout=20_000)
    shown = [[page.model.index(row, column).data() for column in Column] for row in range(page.model.rowCount())]
    assert "“unon” is no answer here" in shown[0][Column.AFTER]
    assert [row[-3:] for row in shown[1:]] == [["Decision", "", "union"], ["Note", "", "cả tên tỉnh"]]
    assert adjudicated(desk.project) is None
    page.apply_button.click()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said[-1][1], "with Undo"
    (decision,) = decisions_of(desk.project)
    assert (decision.by, decision.note) == (desk.annotator, "cả tên tỉnh")
    desk.undo()
    assert decisions_of(desk.project) == ()
