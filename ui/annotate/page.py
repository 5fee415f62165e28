"""The annotate page: label bar, report and find bar in the middle, the two tables at the right.

The page builds its parts and connects them; what a gesture means stands in the
controllers and, without Qt, in ``edits``.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from annotations.report import Report
from ui.actions import Actions
from ui.annotate import status
from ui.annotate.attribute_form import AttributeForm
from ui.annotate.context_menu import ContextMenu
from ui.annotate.find_bar import FindBar
from ui.annotate.header import ReportHeader
from ui.annotate.label_bar import LabelBar
from ui.annotate.labeller import Labeller
from ui.annotate.others import Others
from ui.annotate.page_actions import add_actions
from ui.annotate.page_keys import PageKeys
from ui.annotate.relation_mode import RelationMode
from ui.annotate.remembering import Remembering
from ui.annotate.sharing import SharedSelection
from ui.annotate.suggestions.actions import add_suggestion_actions, fill_menu
from ui.annotate.suggestions.bar import SuggestionBar
from ui.annotate.suggestions.suggesting import Suggesting
from ui.annotate.table_edits import TableEdits
from ui.annotate.tables.entity_model import EntityColumn, EntityModel
from ui.annotate.tables.panel import TablePanel
from ui.annotate.tables.relation_model import RelationModel
from ui.annotate.view.view import ReportView
from ui.annotate.view_actions import ViewActions
from ui.annotate.walk import Walker
from ui.annotate.workplace import Workplace
from ui.desk import Desk
from ui.words import tr

_STATUS_MS = 30
"""Pause before the status line is made anew, so that it never delays a key."""


class AnnotatePage(QWidget):
    """Reads the desk, writes through it. Signal: ``status_text_changed(str)`` what the status line is to say."""

    status_text_changed = Signal(str)

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("annotate_page")
        self.desk, self.actions_list = desk, actions
        self.view = ReportView(self)
        self.place = Workplace(desk, self.view)
        self.entity_model, self.relation_model = EntityModel(), RelationModel()
        self._hovered = ""
        self._make_widgets()
        self._make_controllers()
        self._lay_out()
        self._connect()
        self.labeller.make_actions()
        add_actions(self)
        add_suggestion_actions(self)
        self.remembering = Remembering(self)
        self.view_actions = ViewActions(self)
        self._on_report(desk.report)

    # parts

    def _make_widgets(self) -> None:
        self.label_bar = LabelBar()
        self.header = ReportHeader(self.desk)
        self.find_bar = FindBar(self.view)
        self.form = AttributeForm(self.place, self)
        self.entity_panel = TablePanel(
            tr("Entities"),
            self.entity_model,
            "entity_table",
            tr("Entities will be listed here. Select text in the report, then press a label's key or click the label."),
        )
        self.relation_panel = TablePanel(
            tr("Relations"),
            self.relation_model,
            "relation_table",
            tr(
                "Relations will be listed here. Select an entity and press Ctrl+R, or drag from its grip to another one."
            ),
        )
        self.entity_table, self.relation_table = self.entity_panel.table, self.relation_panel.table
        self.entity_table.setColumnHidden(EntityColumn.ORIGIN, True)
        for table, widths in (
            (self.entity_table, (128, 150, 100, 90, 90, 56, 56)),
            (self.relation_table, (120, 90, 120)),
        ):
            for column, width in enumerate(widths):
                table.setColumnWidth(column, max(width, table.horizontalHeader().sectionSizeHint(column)))

    def _make_controllers(self) -> None:
        self.labeller = Labeller(self.place, self.actions_list, self)
        self.relation_mode = RelationMode(self.place, self)
        self.walker = Walker(self.place, self.find_bar, self)
        self.sharing = SharedSelection(self.place, self.entity_table, self.relation_table, self)
        self.table_edits = TableEdits(self.place, self.entity_table, self.relation_table, self)
        self.suggesting = Suggesting(self.place, self)
        self.suggestion_bar = SuggestionBar(self.place, self.suggesting)
        self.others = Others(self.place, self)
        self.context_menu = ContextMenu(self.place, self.actions_list, self.labeller, self)
        self.context_menu.for_suggestions = lambda menu: fill_menu(self, menu)
        self.context_menu.add_relation_actions(self.relation_table)
        self.keys = PageKeys(self)
        self._after_text = QTimer(self, singleShot=True, interval=0)
        self._after_text.timeout.connect(lambda: self._paint_tables(True))
        self._status_timer = QTimer(self, singleShot=True, interval=_STATUS_MS)
        self._status_timer.timeout.connect(lambda: self.status_text_changed.emit(self.status_text()))

    def _lay_out(self) -> None:
        head = QWidget()
        head.setObjectName("report_head")
        inside = QVBoxLayout(head)
        inside.setContentsMargins(24, 16, 24, 8)
        inside.setSpacing(8)
        inside.addWidget(self.header)
        inside.addWidget(self.label_bar)
        middle = QFrame()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.find_bar)
        self.tables = QSplitter(Qt.Orientation.Vertical)
        self.tables.addWidget(self.entity_panel)
        self.tables.addWidget(self.relation_panel)
        self.tables.setSizes([600, 400])
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(middle)
        self.splitter.addWidget(self.tables)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([760, 380])
        for splitter in (self.splitter, self.tables):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        desk, view = self.desk, self.view
        desk.report_opened.connect(self._on_report)
        desk.labels_changed.connect(self._on_labels)
        desk.schema_changed.connect(self._on_schema)
        self.labeller.labels_made.connect(lambda: self.label_bar.set_labels(self.labeller.labels))
        view.entities_selected.connect(self._on_selected)
        view.selection_changed.connect(lambda _start, _end: self._on_moved())
        view.entity_hovered.connect(self._on_hovered)
        view.relation_selected.connect(lambda _id: self._on_moved())
        view.edge_alone_changed.connect(lambda _alone: self._status_timer.start())
        view.entity_activated.connect(self.edit_attributes)
        self.suggesting.came.connect(self.walker.suggestions_came)
        for signal in (self.relation_mode.changed, self.walker.changed, self.suggesting.changed):
            signal.connect(self._status_timer.start)

    # what others ask

    def status_text(self) -> str:
        """What is selected and what the next key does, for the window's status line."""
        return status.status_words(self.place, self.relation_mode, self.walker, self.others.count(), self._hovered)

    def panels(self) -> list[QWidget]:
        """The parts that F6 goes round, in order."""
        return [self.view, self.entity_table, self.relation_table]

    def edit_attributes(self, entity_id: str = "") -> None:
        """Confirm the suggestion, or open the form for an entity, or for the selected one; not in relation mode.

        A selected relation is edited in its table.
        """
        if not self.relation_mode.active and self.suggesting.confirm_selected():
            return
        if self.view.selected_relation():
            self.relation_table.setFocus()
        selected = (entity_id,) if entity_id else self.view.selected_entities()
        if len(selected) == 1 and not self.relation_mode.active:
            self.form.open_for(selected[0])

    def paint_tables(self) -> None:
        """Let the tables paint now, not only after the text."""
        self._after_text.stop()
        self._paint_tables(True)

    # what the desk says

    def _on_report(self, report: Report | None) -> None:
        self.relation_mode.end()
        self.form.close_form()
        with self.sharing.held():
            self.view.set_report(report, self.desk.annotation_set, self.desk.schema)
            self._show_tables()
        self.find_bar.report_changed()
        self.suggesting.report_opened(report)
        self.walker.labels_changed()
        self._status_timer.start()

    def _on_labels(self) -> None:
        self._paint_tables(False)  # the text first: it is what the person looks at, and painting rows takes longer
        self._after_text.start()
        with self.sharing.held():
            offered = self.suggesting.beside_labels()
            self.view.update_labels(self.desk.annotation_set, (offered.entities, offered.relations))
            self._show_tables()
        self.relation_mode.labels_changed()
        self.form.labels_changed()
        self.walker.labels_changed()
        self._status_timer.start()

    def _on_schema(self) -> None:
        self.labeller.make_actions()
        self.view.set_schema(self.desk.schema)
        with self.sharing.held():
            self._show_tables()

    def _paint_tables(self, paint: bool) -> None:
        for table in (self.entity_table, self.relation_table):
            table.setUpdatesEnabled(paint)

    def _show_tables(self) -> None:
        self.entity_model.show_sheet(self.place.sheet)
        self.relation_model.show_sheet(self.place.sheet)

    def _on_moved(self) -> None:
        """The keys say where the person is looking, until the mouse moves again."""
        self._hovered = ""
        self._status_timer.start()

    def _on_hovered(self, entity_id: str) -> None:
        self._hovered = entity_id
        self._status_timer.start()

    def _on_selected(self, ids: tuple[str, ...]) -> None:
        if not ids:
            self.relation_mode.end()
        elif self.relation_mode.active and ids != (self.relation_mode.anchor,):
            self.relation_mode.choose(ids[0])
        if self.form.entity_id and ids != (self.form.entity_id,):
            self.form.save()
        self._on_moved()

    # events

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was changed a moment ago."""
        self.remembering.flush()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps back from wherever the focus is; other keys that no shortcut took (the window need not be active)."""
        if event.key() == Qt.Key.Key_Escape and self.keys.step_back():
            return
        action = self.actions_list.for_key(QKeySequence(event.keyCombination()), self.view)
        if action is None:
            super().keyPressEvent(event)
        else:
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean something else than usual to the view at this moment."""
        return self.keys.filtered(event) or super().eventFilter(watched, event)
