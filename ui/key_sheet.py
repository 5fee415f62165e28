"""All keys on one sheet, made from the list of actions; shortcuts are changed here, conflicts are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotations.offsets import fold
from ui.actions import Actions, is_safe, menu_titles, plain_text, shown_keys
from ui.annotate.view.key_list import fixed_key, mouse_words, view_keys
from ui.theme import GRID
from ui.words import tr

NAME_ROLE = Qt.ItemDataRole.UserRole
"""Role of the action's object name in the first column; None for a key that cannot be changed."""


def fixed_keys() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What stays as it is, by heading: keys or gesture, what they do. From the lists that the report view goes by."""
    text = tuple((key.shown, key.words) for key in view_keys() if not key.of_action)
    mode = ((tr("Digits"), tr("In relation mode: the number of the other end, or of the type; 0 offers more")),)
    return ((tr("In the report text"), text + mode), (tr("With the mouse, in the report text"), mouse_words()))


class KeySheet(QDialog):
    """A table of actions and their keys. Choosing one lets its shortcut be changed below."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_sheet")
        self.setWindowTitle(tr("All keys"))
        self.resize(80 * GRID, 76 * GRID)
        self._actions = actions
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(tr("Filter…"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter)
        self.table = QTreeWidget(self)
        self.table.setColumnCount(2)
        self.table.setHeaderLabels([tr("Action"), tr("Keys")])
        self.table.setObjectName("key_table")
        self.table.setAccessibleName(tr("All keys"))
        self.table.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.table.setRootIsDecorated(False)
        self.table.setIndentation(2 * GRID)
        self.table.setItemsExpandable(False)
        self.table.setUniformRowHeights(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setStretchLastSection(False)
        self.table.currentItemChanged.connect(lambda *_: self._on_chosen())
        self.said = QLabel(self)
        self.said.setObjectName("key_sheet_said")
        self.said.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._make_editor())
        layout.addWidget(self.said)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons)
        self._fill()
        self._on_chosen()

    def rows(self) -> list[QTreeWidgetItem]:
        """One row for each action and for each key of the report text, without the headings."""
        return [row for group in self._groups() for row in _children(group)]

    def choose(self, name: str) -> None:
        """Choose the action of this object name."""
        for item in self.rows():
            if item.data(0, NAME_ROLE) == name:
                self.table.setCurrentItem(item)
                self.table.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)

    def set_key(self) -> None:
        """Give the chosen action the keys in the editor; takes them from other actions after they were named."""
        name = self._chosen()
        if name is None:
            return
        key = self.editor.keySequence()
        for other in self._actions.conflicts(name, key) if not key.isEmpty() else ():
            kept = [one.toString() for one in other.shortcuts() if one != key]
            self._actions.set_keys(other.objectName(), kept)
        self._actions.set_keys(name, [] if key.isEmpty() else [key.toString()])
        self._fill()
        self.choose(name)

    def reset_key(self) -> None:
        """Give the chosen action its own keys back."""
        name = self._chosen()
        if name is not None:
            self._actions.set_keys(name, None)
            self._fill()
            self.choose(name)

    # own

    def _make_editor(self) -> QHBoxLayout:
        self.editor = QKeySequenceEdit(self)
        self.editor.setMaximumSequenceLength(1)
        self.editor.setClearButtonEnabled(True)
        self.editor.setAccessibleName(tr("New shortcut"))
        self.editor.keySequenceChanged.connect(self._on_key)
        self.set_button = QPushButton(tr("Change"), self)
        self.set_button.setAutoDefault(False)
        self.set_button.clicked.connect(self.set_key)
        self.reset_button = QPushButton(tr("Default"), self)
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self.reset_key)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.editor, 1)
        row.addWidget(self.set_button)
        row.addWidget(self.reset_button)
        return row

    def _fill(self) -> None:
        self.table.clear()
        found = self._actions.registered()
        for title, words in (*menu_titles().items(), ("", tr("In the panels"))):
            actions = [one.action for one in found if one.menu == title]
            self._group(words, [(plain_text(one), self._keys_of(one), one.objectName()) for one in actions])
        for heading, rows in fixed_keys():
            self._group(heading, [(words, keys, None) for keys, words in rows])
        self.table.expandAll()
        self._on_filter(self.filter.text())

    def _keys_of(self, action: QAction) -> str:
        """The action's keys, with what else answers to them."""
        found = [self._actions.conflicts(action.objectName(), key) for key in action.shortcuts()]
        names = dict.fromkeys(plain_text(other) for others in found for other in others)
        keys = shown_keys(action)
        return tr("{keys} — also: {names}", keys=keys, names=", ".join(names)) if names else keys

    def _group(self, words: str, rows: Sequence[tuple[str, str, str | None]]) -> None:
        if not rows:
            return
        group = QTreeWidgetItem([words])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.table.font()
        font.setBold(True)
        group.setFont(0, font)
        for text, keys, name in rows:
            item = QTreeWidgetItem([text, keys])
            item.setData(0, NAME_ROLE, name)
            group.addChild(item)
        self.table.addTopLevelItem(group)

    def _chosen(self) -> str | None:
        item = self.table.currentItem()
        name = item.data(0, NAME_ROLE) if item is not None else None
        return str(name) if name else None

    def _on_filter(self, text: str) -> None:
        for item in self.rows():
            item.setHidden(fold(text) not in fold(f"{item.text(0)} {item.text(1)}"))
        for group in self._groups():
            group.setHidden(all(row.isHidden() for row in _children(group)))

    def _groups(self) -> list[QTreeWidgetItem]:
        return _children(self.table.invisibleRootItem())

    def _on_chosen(self) -> None:
        name = self._chosen()
        self.editor.setEnabled(name is not None)
        self.reset_button.setEnabled(name is not None)
        keys = self._actions[name].shortcuts() if name else []
        self.editor.setKeySequence(keys[0] if keys else QKeySequence())
        self._say("")
        self.set_button.setEnabled(False)

    def _on_key(self, key: QKeySequence) -> None:
        name = self._chosen()
        if name is None:
            return
        self.set_button.setEnabled(is_safe(key))
        if not is_safe(key):
            self._say(
                tr(
                    "Input methods for Vietnamese can type {keys}. Use a digit, a function key, or Ctrl or Alt with a key.",
                    keys=key.toString(QKeySequence.SequenceFormat.NativeText),
                )
            )
            return
        fixed = fixed_key(key)
        if fixed is not None:
            self.set_button.setEnabled(False)
            self._say(tr("In the report text these keys always mean: {words}", words=fixed.words))
            return
        others = self._actions.conflicts(name, key) if not key.isEmpty() else ()
        names = ", ".join(plain_text(other) for other in others)
        self._say(tr("These keys now mean: {names}. “Change” takes them from there.", names=names) if others else "")

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(at) for at in range(item.childCount()))
    return [child for child in found if child is not None]
