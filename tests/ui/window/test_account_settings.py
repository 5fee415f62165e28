"""What the account remembers: kept in one file, shared by windows, never in the way."""

from __future__ import annotations

from pathlib import Path

from ui.settings import MOST_RECENT, Settings, settings_folder


def test_the_folder_is_the_one_that_the_environment_names() -> None:
    assert Settings().folder == settings_folder()


def test_values_are_there_again() -> None:
    Settings().annotator = " Lan "
    assert Settings().annotator == "Lan"


def test_two_windows_do_not_overwrite_each_other() -> None:
    one, other = Settings(), Settings()
    one.set("a", 1)
    other.set("b", 2)
    assert (Settings().get("a"), Settings().get("b")) == (1, 2)


def test_a_project_keeps_the_values_that_are_not_named() -> None:
    Settings().set_project("p", report="r1", caret=3)
    Settings().set_project("p", caret=4)
    assert Settings().project("p") == {"report": "r1", "caret": 4}
    assert Settings().project("other") == {}


def test_recent_projects_stand_once_and_the_last_first() -> None:
    settings = Settings()
    for number in range(MOST_RECENT + 3):
        settings.opened(Path(f"/p{number}"))
    settings.opened(Path("/p5"))
    assert settings.recent[0] == Path("/p5")
    assert len(set(settings.recent)) == len(settings.recent) == MOST_RECENT
    settings.forget(Path("/p5"))
    assert Path("/p5") not in Settings().recent


def test_a_damaged_file_is_put_aside() -> None:
    settings = Settings()
    settings.folder.mkdir(exist_ok=True)
    settings.path.write_text("{ no json", "utf-8")
    assert Settings().annotator == ""
    assert settings.path.with_suffix(".unreadable").read_text("utf-8") == "{ no json"


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    settings = Settings(blocked / "below")
    settings.annotator = "Lan"
    assert settings.annotator == "Lan"
