"""A project on a desk, and a dialog on top of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from model.connect import LABEL_WAIT_MS
from model.project import Project
from model.workspace import Workspace
from ui.desk import Desk
from ui.settings import Settings
from ui.worker import end_all

TEXT = "Thứ 5 Ngày 29/04/2021\n{title}\nSáng 26/4, Ban Thường vụ Tỉnh ủy họp phiên {title}.\nBáo Hà Nam\n"


@pytest.fixture
def desk(qapp: object, tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "project").mkdir()
    path = tmp_path / "project" / "p.chugiai"
    Project.create(path).close()
    project = Project.open(path, LABEL_WAIT_MS)
    made = Desk(project, Workspace(project, "lan"), Settings(tmp_path / "settings"))
    yield made
    end_all()
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of several kinds: two with all metadata, one with none, a page, one that cannot be read."""
    made = tmp_path / "in" / "ha-nam"
    made.mkdir(parents=True)
    for number in (1, 2):
        title = f"Tỉnh ủy họp phiên thứ {number}"
        (made / f"{number}.txt").write_text(TEXT.format(title=title), encoding="utf-8")
    (made / "bare.txt").write_text("Sáng nay họp bàn việc chung của xã.\n", encoding="utf-8")
    page = "<html><head><title>Khai mạc kỳ họp</title></head><body><h1>Khai mạc kỳ họp</h1><p>Hội đồng họp.</p></body></html>"
    (made / "page.html").write_text(page, encoding="utf-8")
    (made / "broken.docx").write_bytes(b"PK\x03\x04 no document")
    return made


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Show a dialog as a person sees it."""

    def do(dialog: QWidget) -> None:
        dialog.show()
        qtbot.waitExposed(dialog)

    return do
