"""What can be done to the reports that are selected in the list: status, metadata, handing out, removal."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QDialog, QMenu

from annotations.changes import DeleteReports, SetStatus
from annotations.report import Status
from ui.actions import Actions
from ui.desk import Desk
from ui.queue.assign_menu import AssignMenu
from ui.queue.metadata import MetadataDialog
from ui.queue.panel import ReportPanel
from ui.words import tr

_NAMES = (
    "action_set_new",
    "action_set_in_progress",
    "action_set_done",
    "action_edit_selected_metadata",
    "action_hand_out_selected",
    "action_remove_reports",
)


class SelectedReports(QObject):
    """The list's context menu and its actions, by key and by mouse."""

    def __init__(self, panel: ReportPanel, desk: Desk, actions: Actions) -> None:
        super().__init__(panel)
        self._panel = panel
        self._desk = desk
        self._actions = actions
        view = panel.list
        add = actions.add
        add(
            "action_set_new",
            tr("Mark selected reports as new"),
            "Ctrl+Alt+1",
            lambda: self.mark(Status.NEW),
            context=view,
        )
        add(
            "action_set_in_progress",
            tr("Mark selected reports as in progress"),
            "Ctrl+Alt+2",
            lambda: self.mark(Status.IN_PROGRESS),
            context=view,
        )
        add(
            "action_set_done",
            tr("Mark selected reports as done"),
            "Ctrl+Alt+3",
            lambda: self.mark(Status.DONE),
            context=view,
        )
        add(
            "action_edit_selected_metadata",
            tr("Edit metadata of selected reports…"),
            "Alt+Return",
            self.edit,
            context=view,
        )
        add(
            "action_hand_out_selected",
            tr("Hand out selected reports…"),
            "Ctrl+Alt+G",
            self.hand_out,
            context=view,
        )
        add("action_remove_reports", tr("Remove selected reports"), "Delete", self.remove, context=view)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)

    def mark(self, status: Status) -> None:
        """Give the selected reports a status."""
        ids = self._panel.list.selected_ids()
        if ids:
            self._desk.apply(SetStatus(ids, status))

    def edit(self) -> None:
        """Ask for the metadata of the selected reports."""
        chosen = set(self._panel.list.selected_ids())
        model = self._panel.model
        rows = [model.report_at(model.index(row)) for row in range(model.rowCount())]
        reports = [row for row in rows if row.report_id in chosen]
        if not reports:
            return
        dialog = MetadataDialog(reports, self._panel)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            change = dialog.change()
            if change is not None:
                self._desk.apply(change)

    def hand_out(self) -> None:
        """Open the dialog that hands out the selected reports."""
        from ui.dialogs.hand_out_dialog import HandOutDialog

        ids = self._panel.list.selected_ids()
        if ids:
            HandOutDialog(self._desk, ids, self._panel.window()).open()

    def remove(self) -> None:
        """Take the selected reports out of the project; undo brings them back."""
        ids = self._panel.list.selected_ids()
        if ids and self._desk.apply(DeleteReports(ids)) is not None:
            self._desk.say(tr("{count} reports removed with their labels.", count=len(ids)), undo=True)

    def _show_menu(self, point: QPoint) -> None:
        if not self._panel.list.selected_ids():
            return
        menu = QMenu(self._panel.list)
        for name in _NAMES:
            menu.addAction(self._actions[name])
            if name == "action_hand_out_selected":
                menu.addMenu(AssignMenu(self._desk, self._panel.list.selected_ids(), menu))
            if name in ("action_set_done", "action_edit_selected_metadata", "action_hand_out_selected"):
                menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._panel.list.viewport().mapToGlobal(point))
