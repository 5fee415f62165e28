"""The registry page: entries and posts at the left, what is known of one at the right."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotations.entries import LABELS, RegistryEntry
from annotations.offsets import fold
from annotations.registry import Chronicle, Mention
from annotations.registry.edits import delete_entry, edit_entry, merge, set_entry, split
from annotations.schema import shown_name
from model.errors import ProjectError
from ui.desk import Desk
from ui.registry.entry_view import EntryView
from ui.registry.link_dialog import LinkDialog
from ui.registry.merge_dialog import MergeDialog
from ui.registry.post_view import PostView
from ui.registry.shelf import Shelf
from ui.words import explain, language, tr

_POSTS = "posts"


class RegistryPage(QWidget):
    """Workspace “Registry”. Signal: ``status_text_changed(str)``."""

    status_text_changed = Signal(str)

    def __init__(self, desk: Desk, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("registry_page")
        self._desk, self._shelf = desk, shelf
        self._shown = ""
        self.kind = QComboBox()
        self.kind.setObjectName("registry_kind")
        self.kind.setAccessibleName(tr("What to list"))
        for label in LABELS:
            kind = desk.schema.entities_by_name.get(label)
            if kind is not None:
                self.kind.addItem(shown_name(kind, language()), label)
        self.kind.addItem(tr("Posts and their holders"), _POSTS)
        self.filter = QLineEdit()
        self.filter.setObjectName("registry_filter")
        self.filter.setPlaceholderText(tr("Filter by name"))
        self.filter.setAccessibleName(tr("Filter by name"))
        self.list = QListView()
        self.list.setObjectName("registry_list")
        self.list.setAccessibleName(tr("Registry"))
        self.list.setUniformItemSizes(True)
        self._model = _Lines()
        self.list.setModel(self._model)
        self.empty = QLabel()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "muted")
        self.empty.setContentsMargins(48, 48, 48, 48)
        self.entry_view, self.post_view = EntryView(), PostView()
        self._lay_out()
        self._connect()
        self._show_lines()

    def enter(self) -> None:
        """Read what is new."""
        self._shelf.want()

    def status_text(self) -> str:
        """What the page shows, for the status line."""
        return tr("{count} entries. Enter opens a mention in its report.", count=self._model.rowCount())

    def show_entry(self, entry_id: str) -> None:
        """Show an entry, whatever is listed."""
        chronicle = self._shelf.chronicle
        entry = chronicle.registry.entry(entry_id) if chronicle else None
        if entry is not None:
            self._list(entry.label, entry.id)

    def show_post(self, post_key: str) -> None:
        """Show a post and its holders."""
        self._list(_POSTS, post_key)

    # own

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (self.kind, self.filter, self.list):
            column.addWidget(widget)
        self.stack = QStackedWidget()
        for page in (self.empty, self.entry_view, self.post_view):
            self.stack.addWidget(page)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(side)
        splitter.addWidget(self.stack)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([320, 1000])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._shelf.changed.connect(self._show_lines)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.filter.textChanged.connect(self._show_lines)
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._show_row(now.row()))
        view, desk = self.entry_view, self._desk
        view.edited.connect(self._on_edited)
        view.merge_wanted.connect(self._on_merge)
        view.split_wanted.connect(self._on_split)
        view.remove_wanted.connect(lambda entry: desk.apply(delete_entry(entry)))
        view.move_wanted.connect(self._on_move)
        view.post_wanted.connect(self.show_post)
        self.post_view.entry_wanted.connect(self.show_entry)
        for one in (view, self.post_view):
            one.place_wanted.connect(self._on_place)
            one.said.connect(desk.say)

    def _on_kind(self) -> None:
        self._shown = ""
        self._show_lines()

    def _list(self, kind: str, key: str) -> None:
        self._shown = key
        at = self.kind.findData(kind)
        if at != self.kind.currentIndex():
            self.kind.blockSignals(True)
            self.kind.setCurrentIndex(at)
            self.kind.blockSignals(False)
        self.filter.clear()
        self._show_lines()

    def _show_lines(self) -> None:
        chronicle = self._shelf.chronicle
        if chronicle is None:
            self.empty.setText(tr("Reading the registry…"))
            self.stack.setCurrentWidget(self.empty)
            return
        lines = self._lines(chronicle)
        wanted = fold(self.filter.text()).split()
        self._model.show_lines([line for line in lines if all(word in fold(line[1]) for word in wanted)])
        if not self._model.rowCount():
            self.empty.setText(
                tr(
                    "Nobody and nothing of this kind is in the registry yet. Select an entity in a report and press Ctrl+E, or let Ctrl+Alt+E link what is sure."
                )
            )
            self.stack.setCurrentWidget(self.empty)
        row = max(self._model.row_of(self._shown), 0)
        self.list.setCurrentIndex(self._model.index(row))
        self._show_row(row)
        self.status_text_changed.emit(self.status_text())

    def _lines(self, chronicle: Chronicle) -> list[tuple[str, str]]:
        kind = self.kind.currentData()
        if kind == _POSTS:
            return [(key, f"{name}  ·  {len(chronicle.holders(key))}") for key, name in chronicle.posts.items()]
        found = (entry for entry in chronicle.registry.entries if entry.label == kind)
        return [(one.id, f"{one.name}  ·  {len(chronicle.registry.mentions(one.id))}") for one in found]

    def _show_row(self, row: int) -> None:
        chronicle = self._shelf.chronicle
        if chronicle is None or not 0 <= row < self._model.rowCount():
            return
        self._shown = key = self._model.key(row)
        if self.kind.currentData() == _POSTS:
            self.post_view.show_post(chronicle, key)
            self.stack.setCurrentWidget(self.post_view)
        else:
            entry = chronicle.registry.entry(key)
            if entry is not None:
                self.entry_view.show_entry(chronicle, entry)
                self.stack.setCurrentWidget(self.entry_view)

    def _on_edited(self, entry: RegistryEntry, name: str, aliases: list[str], note: str) -> None:
        change = edit_entry(entry, name, aliases, note)
        if change is not None:
            self._desk.apply(change)

    def _on_merge(self, entry: RegistryEntry) -> None:
        chronicle = self._shelf.chronicle
        if chronicle is None:
            return
        dialog = MergeDialog(chronicle, entry, self)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.into:
            self._shown = dialog.into
            said = tr("{name} is merged. Split off… takes it apart again.", name=entry.name)
            if self._desk.apply(merge(chronicle.registry, entry.id, dialog.into)) is not None:
                self._desk.say(said, undo=True)

    def _on_split(self, entry_id: str) -> None:
        chronicle = self._shelf.chronicle
        if chronicle is not None:
            self._desk.apply(split(chronicle.registry, entry_id))

    def _on_move(self, mentions: list[Mention]) -> None:
        try:
            dialog = LinkDialog(self._shelf, mentions, self)
        except ProjectError as error:
            self._desk.trouble.emit(explain(error))
            return
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.choice is not None:
            change = set_entry(mentions, dialog.choice.entry, self._desk.annotator, dialog.choice.new)
            if change is None:
                self._desk.say(tr("These mentions were decided in review; decide them again there."))
            else:
                self._desk.apply(change)

    def _on_place(self, mention: Mention) -> None:
        self._desk.open_report(mention.report_id, place=(mention.start, mention.end))


class _Lines(QAbstractListModel):
    """Keys with the lines that stand for them."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[str, str]] = []

    def show_lines(self, lines: list[tuple[str, str]]) -> None:
        """Show these lines in place of the others."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def key(self, row: int) -> str:
        """The key of a row."""
        return self._lines[row][0]

    def row_of(self, key: str) -> int:
        """The row of a key; -1 when it is not listed."""
        return next((row for row, line in enumerate(self._lines) if line[0] == key), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The line."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and index.isValid():
            return self._lines[index.row()][1]
        return None
