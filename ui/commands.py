"""The window's own actions: file, undo, the queue, panels, help. Each opens or asks; the desk does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFileDialog

from annotations.changes import SetStatus
from annotations.errors import ChuGiaiError
from annotations.report import Report, Status
from ui.actions import Actions
from ui.desk import Desk
from ui.panels import next_panel
from ui.queue.metadata import MetadataDialog
from ui.words import explain, tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Commands(QObject):
    """Makes the actions of a main window and carries them out."""

    def __init__(self, window: MainWindow, desk: Desk, actions: Actions) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._actions = actions
        self._add_file()
        self._add_edit()
        self._add_go()
        self._add_view()
        self._undo_timer = QTimer(self, singleShot=True, interval=0)
        self._undo_timer.timeout.connect(self.name_undo)
        desk.history_changed.connect(self._on_history_changed)
        self._undo_timer.start()
        desk.report_opened.connect(self._on_report_opened)
        self._on_report_opened(desk.report)

    # file

    def _add_file(self) -> None:
        self._add("action_new_project", tr("New project…"), "Ctrl+N", self._window.new_wanted.emit, "File")
        self._add("action_open_project", tr("Open project…"), "Ctrl+O", self._window.choose_wanted.emit, "File")
        self._add(
            "action_open_database",
            tr("Open a team database…"),
            "Ctrl+Shift+O",
            self._window.database_wanted.emit,
            "File",
        )
        self._add("action_import", tr("Import…"), "Ctrl+Shift+I", self.import_files, "File", begins=True)
        self._add("action_export", tr("Export…"), "Ctrl+Shift+E", self.export_files, "File")
        self._add("action_send_copy", tr("Send a copy…"), "Ctrl+Shift+S", self.send_copy, "File")
        self._add("action_merge", tr("Merge copies…"), "Ctrl+Alt+M", self.merge_copies, "File")
        self._add("action_package", tr("Make a package for an annotator…"), "Ctrl+Alt+P", self.make_package, "File")
        self._add("action_close", tr("Close"), "Ctrl+W", self._window.close, "File", begins=True)

    def import_files(self, paths: Sequence[Path] = ()) -> None:
        """Open the import dialog, with these files already chosen."""
        from ui.dialogs.import_dialog import ImportDialog

        ImportDialog(self._desk, tuple(paths), self._window).open()

    def export_files(self) -> None:
        """Open the export dialog."""
        from ui.dialogs.export_dialog import ExportDialog

        ExportDialog(self._desk, self._window).open()

    def merge_copies(self) -> None:
        """Open the dialog that merges other copies of the project."""
        from ui.dialogs.merge_dialog import MergeDialog

        MergeDialog(self._desk, (), self._window).open()

    def make_package(self) -> None:
        """Open the dialog that makes a package for one annotator."""
        from ui.dialogs.package_dialog import PackageDialog

        PackageDialog(self._desk, self._window).open()

    def show_collisions(self) -> None:
        """List what was edited in two copies, to be settled."""
        from ui.dialogs.merge_collisions import CollisionsDialog

        CollisionsDialog(self._desk, self._window).show()

    def send_copy(self) -> None:
        """Ask where, and make one mailable file of the open project."""
        path = self._desk.project.path
        name = path.with_name(tr("{name} copy", name=path.stem) + path.suffix)
        chosen, _kind = QFileDialog.getSaveFileName(self._window, tr("Send a copy"), str(name), f"*{path.suffix}")
        if chosen:
            self.write_copy(Path(chosen))

    def write_copy(self, to: Path) -> None:
        """Make the copy beside the window's work, and say so when it is there; one that takes long can be stopped."""
        from ui.jobs.keeping import send_copy
        from ui.waiting import show_while
        from ui.worker import Job

        path = self._desk.project.path
        job = Job(lambda progress: send_copy(path, to, progress))
        show_while(job, tr("Copying to {path}…", path=to), self._window)
        job.done.connect(lambda _result: self._desk.say(tr("The copy is in {path}.", path=to)))
        job.failed.connect(self._on_refused)
        job.start()

    # edit

    def _add_edit(self) -> None:
        self._add("action_undo", tr("Undo"), "Ctrl+Z", self._desk.undo, "Edit")
        self._add("action_redo", tr("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), self._desk.redo, "Edit")
        self._add("action_schema", tr("Label schema…"), "Ctrl+Shift+L", self.edit_schema, "Edit", begins=True)
        self._add("action_collisions", tr("Edited in two copies…"), "Ctrl+Alt+C", self.show_collisions, "Edit")
        self._add("action_hand_out", tr("Hand out reports…"), "Ctrl+Shift+H", self.hand_out, "Edit")
        self._add(
            "action_edit_metadata", tr("Metadata of the report…"), "Ctrl+I", self.edit_metadata, "Edit", begins=True
        )

    def _on_history_changed(self) -> None:
        """Undo and redo work at once; their names, which are read from the history, never delay a label."""
        for name in ("action_undo", "action_redo"):
            self._actions[name].setEnabled(True)
        self._undo_timer.start()

    def name_undo(self) -> None:
        """Say in the menu what Undo and Redo would do."""
        for name, what, plain, named in (
            ("action_undo", self._desk.undo_name(), tr("Undo"), tr("Undo: {what}")),
            ("action_redo", self._desk.redo_name(), tr("Redo"), tr("Redo: {what}")),
        ):
            text = named.format(what=what) if what else plain
            self._actions.set_text(name, text)
            self._actions[name].setEnabled(bool(what))

    def edit_schema(self) -> None:
        """Open the label schema."""
        from ui.dialogs.schema_dialog import SchemaDialog

        SchemaDialog(self._desk, self._window).open()

    def hand_out(self) -> None:
        """Open the dialog that hands out reports to annotators."""
        from ui.dialogs.hand_out_dialog import HandOutDialog

        HandOutDialog(self._desk, (), self._window).open()

    def edit_metadata(self) -> None:
        """Ask for title, date, source, locality and name of the open report."""
        if self._desk.report is None:
            return
        dialog = MetadataDialog([self._desk.report], self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            change = dialog.change()
            if change is not None:
                self._desk.apply(change)

    # go

    def _add_go(self) -> None:
        desk = self._desk
        self._add("action_next_report", tr("Next unfinished report"), "Ctrl+PgDown", lambda: desk.open_next(1), "Go")
        self._add(
            "action_previous_report",
            tr("Previous unfinished report"),
            "Ctrl+PgUp",
            lambda: desk.open_next(-1),
            "Go",
        )
        self._add(
            "action_next_any", tr("Next report"), "Ctrl+Shift+PgDown", lambda: desk.open_next(1, unfinished=False), "Go"
        )
        self._add(
            "action_previous_any",
            tr("Previous report"),
            "Ctrl+Shift+PgUp",
            lambda: desk.open_next(-1, unfinished=False),
            "Go",
        )
        self._add(
            "action_mark_done",
            tr("Mark as done, and go on"),
            ("Ctrl+Return", "Ctrl+Enter"),
            self.mark_done,
            "Go",
            begins=True,
        )
        self._add("action_mark_in_progress", tr("Mark as in progress"), "Ctrl+Shift+Return", self.reopen, "Go")
        self._add("action_search", tr("Search reports"), "Ctrl+Shift+F", self._window.focus_search, "Go", begins=True)

    def mark_done(self) -> None:
        """Mark the open report as done, and open the next unfinished one."""
        report = self._desk.report
        if report is None:
            return
        if self._desk.report_status != Status.DONE:
            self._desk.apply(SetStatus((report.id,), Status.DONE))
        if self._is_done():
            self._desk.open_next(1)

    def _is_done(self) -> bool:
        """Whether the open report is done; not so when marking it was refused."""
        return self._desk.report_status is Status.DONE

    def reopen(self) -> None:
        """Mark the open report as in progress."""
        if self._desk.report is not None:
            self._desk.apply(SetStatus((self._desk.report.id,), Status.IN_PROGRESS))

    # view and help

    def _add_view(self) -> None:
        window = self._window
        self._add("action_next_panel", tr("Next panel"), "F6", lambda: next_panel(window, 1), "View")
        self._add("action_previous_panel", tr("Previous panel"), "Shift+F6", lambda: next_panel(window, -1), "View")
        self._add("action_history", tr("History"), "Ctrl+H", window.show_history, "View", begins=True)
        self._add("action_news", tr("News"), "Ctrl+Shift+N", window.show_news, "View")
        self._add("action_reports", tr("Reports"), "Ctrl+L", window.show_reports, "View")
        for number, (value, words) in enumerate(
            (("system", tr("Colours of the system")), ("light", tr("Light colours")), ("dark", tr("Dark colours")))
        ):
            name = f"action_appearance_{value}"
            keys = f"Ctrl+F{number + 9}"
            self._add(name, words, keys, partial(window.set_appearance, value), "View", begins=not number)
        self._add("action_keys", tr("All keys"), "F1", self.show_keys, "Help")
        self._add("action_guide", tr("Guide"), "Ctrl+F1", self.show_guide, "Help")

    def show_guide(self) -> None:
        """Show how to work, beside the work."""
        from ui.guide_window import GuideWindow

        GuideWindow(self._window).show()

    def show_keys(self) -> None:
        """Show all keys on one sheet."""
        from ui.key_sheet import KeySheet

        KeySheet(self._actions, self._window).open()

    # own

    def _add(
        self,
        name: str,
        text: str,
        keys: str | Sequence[str],
        slot: Callable[[], object],
        menu: str,
        begins: bool = False,
    ) -> QAction:
        action = self._actions.add(name, text, keys, slot, menu=menu)
        action.setProperty("group_begins", begins)
        return action

    def _on_report_opened(self, report: Report | None) -> None:
        for name in ("action_edit_metadata", "action_mark_done", "action_mark_in_progress"):
            self._actions[name].setEnabled(report is not None)

    def _on_refused(self, error: ChuGiaiError) -> None:
        self._desk.trouble.emit(explain(error))
