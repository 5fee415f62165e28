"""Where the window starts: the application, its windows, and what the command line asks for.

Importing this module imports Qt, but neither the database nor anything else that a first window can do without.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import ChuGiaiError
from ui.words import explain, tr

try:
    from PySide6.QtWidgets import QApplication
except ImportError as error:
    raise ChuGiaiError(
        "The window cannot be shown, because a library of the system is missing ({reason}). Nothing was changed; on "
        "Debian or Ubuntu, run: sudo apt install libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 "
        "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0",
        reason=error,
    ) from error

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from model.address import Address, Place, place
from ui import qt_words
from ui.failures import Failures
from ui.settings import Settings, settings_folder
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.welcome import Welcome

log = logging.getLogger(__name__)

_SETTLED_MS = 700  # counts, history and arcs come after the first painting
_PATIENCE = 100  # tries of 50 ms to open a project while another program writes


class Program(QObject):
    """The one application object's companion: settings, colours, and the windows that are open."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._settings = Settings()
        self.theme = Theme(app, self._settings)
        self.failures = Failures(self)
        self.window: MainWindow | None = None
        self.welcome: Welcome | None = None

    @property
    def settings(self) -> Settings:
        """What this account remembers."""
        if self._settings.folder != settings_folder():
            self._settings = Settings()
        return self._settings

    # windows

    def open(self, path: Place, annotator: str) -> MainWindow:
        """Open a project in a window of its own. Raises ``ProjectError`` when it cannot be opened."""
        from ui.main_window import MainWindow
        from ui.opening import make_desk

        desk = make_desk(path, annotator, self.settings, _PATIENCE)
        window = MainWindow(desk)
        window.open_wanted.connect(self.switch_to)
        window.new_wanted.connect(self.ask_new)
        window.choose_wanted.connect(self.ask_open)
        window.database_wanted.connect(lambda: self.ask_database())
        window.appearance_wanted.connect(lambda name: setattr(self.theme, "appearance", name))
        window.closed.connect(self._on_closed)
        window.start()
        window.show()
        self.window = window
        self.settings.opened(path.absolute() if isinstance(path, Path) else path)
        return window

    def open_seen(self, path: Place, annotator: str) -> MainWindow:
        """Open a project; that this is being done is seen at once. Raises ``ProjectError`` when it cannot be opened."""
        from ui.splash import Splash

        splash = Splash(path)
        splash.show_now()
        try:
            return self.open(path, annotator)
        finally:
            splash.close()

    def show_welcome(self) -> Welcome:
        """Show the page with recent projects, New, Open and Demo."""
        from ui.welcome import Welcome

        page = Welcome(self.settings)
        page.open_wanted.connect(self.switch_to)
        page.new_wanted.connect(self.ask_new)
        page.choose_wanted.connect(self.ask_open)
        page.database_wanted.connect(lambda: self.ask_database())
        page.demo_wanted.connect(self.open_demo)
        page.show()
        self.welcome = page
        return page

    # what the windows ask for

    def switch_to(self, path: Place) -> None:
        """Open a project in place of what is shown; what cannot be opened is told, and what is shown stays."""
        before = self.window
        try:
            annotator = self.annotator_for(path)
            if annotator is None:
                return
            self.open_seen(path, annotator)
        except ChuGiaiError as error:
            if not self._ask_password(path, error):
                self._refuse(explain(error))
            return
        if before is not None and before.close():
            before.deleteLater()
        if self.welcome is not None:
            self.welcome.close()
            self.welcome = None

    def ask_open(self) -> None:
        """Ask which project to open."""
        chosen, _kind = QFileDialog.getOpenFileName(self._shown(), tr("Open project"), "", "*.chugiai")
        if chosen:
            self.switch_to(Path(chosen))

    def ask_database(self, known: Address | None = None, said: str = "") -> None:
        """Ask for the address of a team database, and open the project in it, or make one there."""
        from ui.dialogs.database_dialog import DatabaseDialog

        dialog = DatabaseDialog(known, said, self._shown())
        dialog.wanted.connect(self.open_database)
        dialog.open()

    def open_database(self, address: Address, new: bool) -> None:
        """Open the project in a database; with ``new``, make it first."""
        if new:
            from model.project import Project

            try:
                Project.create(address).close()
            except ChuGiaiError as error:
                if not self._ask_password(address, error):
                    self._refuse(explain(error))
                return
        self.switch_to(address)

    def _ask_password(self, path: Place, error: ChuGiaiError) -> bool:
        """Ask again when it was only the password that was missing; False when it was something else."""
        from model.errors import PasswordWanted

        if not isinstance(error, PasswordWanted) or not isinstance(path, Address):
            return False
        self.ask_database(path, explain(error))
        return True

    def ask_new(self) -> None:
        """Ask where to make a new project."""
        chosen, _kind = QFileDialog.getSaveFileName(self._shown(), tr("New project"), "", "*.chugiai")
        if chosen:
            self.make_new(Path(chosen))

    def make_new(self, path: Path) -> None:
        """Make a project and open it. One that is there is never overwritten."""
        from model.project import SUFFIX, Project

        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        try:
            Project.create(path).close()
        except ChuGiaiError as error:
            self._refuse(explain(error))
        else:
            self.switch_to(path)

    def open_demo(self) -> None:
        """Make the demo project in the account's documents, or find it there, and open it."""
        from PySide6.QtCore import QStandardPaths

        from ui.jobs.demo import make_demo
        from ui.worker import Job

        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path = Path(folder) / "chu-giai-demo.chugiai"
        self._refuse(tr("Making the demo project…"))
        job = Job(lambda progress: make_demo(path, progress))
        job.done.connect(lambda _result: self.switch_to(path))
        job.failed.connect(lambda error: self._refuse(explain(error)))
        job.start()

    def annotator_for(self, path: Place) -> str | None:
        """Who labels at this account; asked once. None when the question was not answered."""
        if self.settings.annotator:
            return self.settings.annotator
        from ui.annotator_dialog import AnnotatorDialog
        from ui.opening import known_annotators

        dialog = AnnotatorDialog(known_annotators(path), parent=self._shown())
        if dialog.exec() != AnnotatorDialog.DialogCode.Accepted:
            return None
        self.settings.annotator = dialog.name
        return dialog.name

    def _shown(self) -> QWidget | None:
        return self.window or self.welcome

    def _refuse(self, sentence: str) -> None:
        if self.window is not None:
            self.window.desk.trouble.emit(sentence)
        elif self.welcome is not None:
            self.welcome.refuse(sentence)

    def _on_closed(self) -> None:
        """Forget a closed window; who asked for it with ``open_project`` may still look at it."""
        if self.window is self.sender():
            self.window = None


def program() -> Program:
    """The running application's program; made when there is none."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        if sys.platform.startswith("linux") and not _has_screen():
            raise ChuGiaiError(
                "There is no screen to show the window on. Nothing was changed; run it in a graphical session, "
                "or with QT_QPA_PLATFORM=offscreen to make pictures."
            )
        app = QApplication(sys.argv[:1])
        app.setApplicationName("chugiai")
        qt_words.install(app)
    found = app.findChild(Program)
    return found if found is not None else Program(app)


def open_project(path: Place | str, annotator: str) -> MainWindow:
    """Open the main window on a project, a file or (``postgresql://…``) a database, and return it, its report shown.

    The report is the one where this account left the project, else the next unfinished one.
    Raises ``ProjectError`` when the project cannot be opened.
    """
    return program().open(place(path), annotator)


def run_window(path: Place | None = None, annotator: str | None = None, screenshot: Path | None = None) -> int:
    """Show the window (without ``path`` the welcome page) until it is closed; the exit status.

    With ``screenshot`` what the window shows is saved there, and that is all.
    Raises ``ChuGiaiError`` when the project cannot be opened or the picture not be saved.
    """
    running = program()
    running.failures.install()
    window: QWidget
    if path is None:
        window = running.show_welcome()
    else:
        who = annotator or (_some_annotator(running, path) if screenshot else running.annotator_for(path))
        if who is None:
            return 0
        window = running.open(path, who) if screenshot else running.open_seen(path, who)
    if screenshot is not None:
        save_picture(window, screenshot)
        window.close()
        return 0
    return QApplication.exec()


def save_picture(window: QWidget, path: Path) -> None:
    """Save what a window shows once it is painted and settled."""
    loop = QEventLoop()
    QTimer.singleShot(_SETTLED_MS, loop.quit)
    loop.exec()
    if not window.grab().save(str(path)):
        raise ChuGiaiError("The picture cannot be saved as {path}. Check the folder and the ending (.png).", path=path)


def _some_annotator(running: Program, path: Place) -> str:
    """A name for a picture, without asking."""
    from ui.jobs.account import account_name
    from ui.opening import known_annotators

    return running.settings.annotator or next(iter(known_annotators(path)), account_name())


def _has_screen() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
