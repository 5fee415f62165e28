"""One backup a day, for this account; giving up leaves nothing."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot
from small_projects import TEXT, add_reports

from model.project import Project
from ui.app import open_project
from ui.daily_backup import DailyBackup
from ui.settings import settings_folder


def _project(tmp_path: Path) -> Path:
    with Project.create(tmp_path / "p.chugiai") as project:
        add_reports(project, TEXT)
        return project.path


def test_a_backup_is_made_once_a_day_outside_the_projects_folder(qtbot: QtBot, tmp_path: Path) -> None:
    path = _project(tmp_path)
    for _ in range(2):
        window = open_project(path, "lan")
        qtbot.addWidget(window)
        backup = window.findChild(DailyBackup) or window.desk.findChild(DailyBackup)
        assert backup is not None
        backup.start()
        qtbot.waitUntil(lambda: len(list((settings_folder() / "backups").rglob("*.chugiai"))) == 1)
        window.close()
    (made,) = (settings_folder() / "backups").rglob("*.chugiai")
    with Project.open(made) as copy, copy.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM report").scalar() == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["p.chugiai"]


def test_closing_at_once_gives_the_backup_up(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_project(_project(tmp_path), "lan")
    qtbot.addWidget(window)
    backup = window.desk.findChild(DailyBackup)
    assert backup is not None
    window.close()
    backup.start()
    assert list((settings_folder() / "backups").rglob("*")) == []
