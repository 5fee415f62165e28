"""Starting: what is imported late, what is said when there is no screen, pictures."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from annotations.errors import ChuGiaiError
from ui.app import program, run_window, save_picture
from ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[3]
HEAVY = ("openpyxl", "underthesea", "alembic", "yaml", "docx", "lxml")


def python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code in a new process of this project."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_heavy_packages_are_not_imported_at_the_start(make_project: Callable[..., Path]) -> None:
    code = (
        "import sys; from ui.app import open_project\n"
        "w = open_project(sys.argv[1], 'Lan')\n"
        f"print(*(name for name in {HEAVY} if name in sys.modules)); w.close()"
    )
    done = python(code, str(make_project()))
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr


def test_the_welcome_page_needs_no_database() -> None:
    code = "import sys; from ui.app import program; program().show_welcome(); print('sqlalchemy' in sys.modules)"
    assert python(code).stdout.strip() == "False"


def test_a_missing_library_is_one_sentence_with_the_packages() -> None:
    code = (
        "import sys; sys.modules['PySide6.QtWidgets'] = None\n"
        "from annotations.errors import ChuGiaiError\n"
        "try:\n    import ui.app\nexcept ChuGiaiError as error:\n    print(error)"
    )
    said = python(code).stdout
    assert "apt install libegl1 libgl1" in said
    assert said.count("\n") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_no_screen_is_one_sentence() -> None:
    code = (
        "from annotations.errors import ChuGiaiError\nfrom ui.app import program\n"
        "try:\n    program()\nexcept ChuGiaiError as error:\n    print(error)"
    )
    assert "no screen" in python(code, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="").stdout


def test_a_picture_of_the_window(make_project: Callable[..., Path], tmp_path: Path, qapp: QApplication) -> None:
    out = tmp_path / "window.png"
    assert run_window(make_project(), None, screenshot=out) == 0
    assert QImage(str(out)).width() > 800


def test_a_picture_of_the_welcome_page(tmp_path: Path, qapp: QApplication) -> None:
    out = tmp_path / "welcome.png"
    assert run_window(None, None, screenshot=out) == 0
    assert not QImage(str(out)).isNull()


def test_a_picture_that_cannot_be_saved(window: MainWindow, tmp_path: Path) -> None:
    with pytest.raises(ChuGiaiError, match="cannot be saved"):
        save_picture(window, tmp_path / "no" / "window.png")


def test_a_project_that_is_not_there(tmp_path: Path, qapp: QApplication) -> None:
    with pytest.raises(ChuGiaiError, match="There is no project"):
        run_window(tmp_path / "no.chugiai", "Lan")


def test_opening_is_seen_at_once(make_project: Callable[..., Path], qapp: QApplication) -> None:
    seen: list[str] = []
    running = program()
    opened = running.open

    def note(path: Path, annotator: str) -> MainWindow:
        seen.extend(one.objectName() for one in QApplication.topLevelWidgets() if one.isVisible())
        return opened(path, annotator)

    running.open = note  # type: ignore[method-assign]
    window = running.open_seen(make_project(), "Lan")
    del running.open  # type: ignore[method-assign]
    assert "splash" in seen
    assert not any(one.isVisible() for one in QApplication.topLevelWidgets() if one.objectName() == "splash")
    window.close()
