"""Labels that the schema lacks, in the import dialog: shown with counts, mapped, added, left out; one undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from label_files import entity, record, write_records
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotations.schema import EntityType, Schema
from exports.label_map import LabelMap, read_map
from model.queries.corpus import Selection, corpus
from ui.desk import Desk
from ui.dialogs import incoming_page
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.incoming_page import unknown_labels
from ui.jobs.incoming_labels import IncomingLabels

Show = Callable[[Any], None]


@pytest.fixture
def opened(desk: Desk, tmp_path: Path, qtbot: QtBot, show: Show) -> Iterator[ImportDialog]:
    entities = [
        entity("e1", "PER", "Lê Thị Thủy"),
        entity("e2", "title", "Bí thư Tỉnh ủy"),
        entity("e3", "NGÀY", "26/4"),
        entity("e4", "hai từ", "Hội nghị"),
    ]
    relations = [{"id": "r1", "type": "holds-title", "source": "e1", "target": "e2"}]
    path = write_records(tmp_path / "in.jsonl", record(entities=entities, relations=relations))
    dialog = ImportDialog(desk, [path])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    show(dialog)
    qtbot.waitUntil(lambda: dialog._reading is None and not dialog.preview_page._count_soon.isActive(), timeout=20_000)
    yield dialog
    dialog.close()
    qtbot.waitUntil(lambda: not dialog.isVisible())


def run(dialog: ImportDialog, qtbot: QtBot) -> str:
    dialog.start_import()
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.result_page, timeout=20_000)
    return dialog.result_page.text.toPlainText()


def becomes(dialog: ImportDialog) -> dict[str, str]:
    page = dialog.incoming_page
    return {page.table.item(row, 0).text(): page.combo(row).currentText() for row in range(page.table.rowCount())}


def pick(dialog: ImportDialog, label: str, words: str) -> None:
    page = dialog.incoming_page
    combo = page.combo(next(row for row in range(page.table.rowCount()) if page.table.item(row, 0).text() == label))
    place = combo.findText(words, Qt.MatchFlag.MatchStartsWith)
    assert place >= 0
    combo.setCurrentIndex(place)


def labels(desk: Desk) -> list[str]:
    found = corpus(desk.project, Selection(everything=True))
    return [one.label for part in found for owned in part.sets for one in owned.entities]


def test_they_are_told_with_counts_before_anything_is_stored(opened: ImportDialog, desk: Desk) -> None:
    assert opened.preview_page.unknown == {
        ("entity", "NGÀY"): 1, ("entity", "PER"): 1, ("entity", "hai từ"): 1, ("entity", "title"): 1,
        ("relation", "holds-title"): 1,
    }  # fmt: skip
    assert "PER (1)" in opened.preview_page.unknown_words.text()
    opened.start_import()
    assert opened.pages.currentWidget() is opened.incoming_page
    assert labels(desk) == []


def test_what_is_written_or_shown_alike_is_proposed(opened: ImportDialog) -> None:
    opened.preview_page.labels_button.click()
    proposed = becomes(opened)
    assert proposed["title"].startswith("TITLE")
    assert proposed["holds-title"].startswith("holds_title")
    assert proposed["PER"] == proposed["NGÀY"] == "– new label of the schema –"
    assert proposed["hai từ"] == "– refused –"


def test_mapped_added_left_out_and_undone_as_one(opened: ImportDialog, desk: Desk, qtbot: QtBot) -> None:
    opened.start_import()
    pick(opened, "PER", "OFFICIAL")
    pick(opened, "hai từ", "– left out –")
    opened.incoming_page.use.click()
    text = run(opened, qtbot)
    assert "Added to the label schema: NGÀY" in text
    assert "entities left out by the mapping: 1" in text
    assert "Entities: 3" in text
    assert labels(desk) == ["NGÀY", "OFFICIAL", "TITLE"]
    assert "NGÀY" in desk.workspace.schema.entities_by_name
    desk.undo()
    assert labels(desk) == []
    assert "NGÀY" not in desk.workspace.schema.entities_by_name


def test_what_is_refused_keeps_its_file_out_and_says_where(opened: ImportDialog, desk: Desk, qtbot: QtBot) -> None:
    opened.start_import()
    opened.incoming_page.use.click()
    text = run(opened, qtbot)
    assert "in.jsonl, line 1" in text
    assert "hai từ" in text
    assert labels(desk) == []
    assert "NGÀY" not in desk.workspace.schema.entities_by_name


def test_the_mapping_is_saved_and_opened(opened: ImportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved, page = tmp_path / "map.yaml", opened.incoming_page
    opened.start_import()
    pick(opened, "PER", "OFFICIAL")
    pick(opened, "hai từ", "– left out –")
    monkeypatch.setattr(incoming_page, "ask_target", lambda *_: saved)
    page.save_button.click()
    wanted = LabelMap({"PER": "OFFICIAL", "title": "TITLE", "hai từ": None}, {"holds-title": "holds_title"})
    assert read_map(saved) == wanted
    pick(opened, "PER", "– refused –")
    monkeypatch.setattr(incoming_page, "ask_file", lambda *_: saved)
    page.load_button.click()
    assert page.choice() == IncomingLabels(wanted, (("entity", "NGÀY"),))
    saved.write_text("entities: {PER: NOWHERE}", "utf-8")
    page.load_button.click()
    assert "NOWHERE" in page.said.text()


def test_esc_leads_back_and_known_labels_are_not_asked_for(opened: ImportDialog) -> None:
    opened.preview_page.labels_button.click()
    opened.reject()
    assert opened.pages.currentWidget() is opened.preview_page
    schema = Schema("s", (EntityType("A"),))
    assert unknown_labels({("entity", "A"): 3, ("entity", "B"): 1, ("relation", "A"): 2}, schema) == {
        ("entity", "B"): 1,
        ("relation", "A"): 2,
    }
