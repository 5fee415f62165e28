"""Renaming labels for an export, or leaving them out; the mapping can be saved and opened again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from annotations.errors import ChuGiaiError
from annotations.schema import EntityType, RelationType, Schema, shown_name
from exports.label_map import LabelMap, read_map, write_map
from ui.dialogs.files import ask_file, ask_target
from ui.dialogs.parts import Said, button, heading, quiet, row
from ui.theme import GRID
from ui.words import explain, language, tr

_OUT, _SHOWN, _NAME = range(3)
_KIND = Qt.ItemDataRole.UserRole


class LabelMapPage(QWidget):
    """Signals: ``chosen(LabelMap)``; ``left()`` without a choice."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("label_map_page")
        self._schema = Schema("")
        self._folder = Path.home()
        self.table = QTableWidget(0, 3, self)
        self.table.setObjectName("label_map_table")
        self.table.setAccessibleName(tr("Labels and the names under which they go out"))
        self.table.setHorizontalHeaderLabels([tr("Label"), tr("Shown as"), tr("Goes out as")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(self._on_changed)
        self.said = Said("label_map_said", self)
        self.load_button = button(tr("&Open mapping…"), "label_map_load", self)
        self.load_button.clicked.connect(self._on_load)
        self.save_button = button(tr("&Save mapping…"), "label_map_save", self)
        self.save_button.clicked.connect(self._on_save)
        self.reset_button = button(tr("&Reset"), "label_map_reset", self)
        self.reset_button.clicked.connect(lambda: self.show_map(LabelMap()))
        back = button(tr("&Back"), "label_map_back", self)
        back.clicked.connect(self.left)
        self.use = button(tr("&Use these names"), "label_map_use", self, main=True)
        self.use.clicked.connect(self._on_use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(heading(tr("Labels in the export"), self))
        layout.addWidget(
            quiet(
                tr(
                    "Take away the tick of what is not to go out; relations of entities left out go too. "
                    "Several labels may get one name. The project is not changed."
                ),
                self,
            )
        )
        layout.addWidget(self.table, 1)
        layout.addWidget(self.said)
        layout.addLayout(row(self.load_button, self.save_button, self.reset_button, None, back, self.use))

    def begin(self, schema: Schema, labels: LabelMap, folder: Path) -> None:
        """Show the labels of the schema under this mapping; ``folder`` is where mappings are looked for."""
        self._schema, self._folder = schema, folder
        self.show_map(labels)
        self.table.setFocus()

    def show_map(self, labels: LabelMap) -> None:
        """Show a mapping of the schema's labels."""
        self.said.say("")
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        self._add(self._schema.entity_types, labels.entities)
        self._add(self._schema.relation_types, labels.relations)
        self.table.blockSignals(False)
        if self.table.rowCount():
            self.table.setCurrentCell(0, _NAME)

    def _add(self, kinds: Iterable[EntityType | RelationType], renames: object) -> None:
        names = dict(renames) if isinstance(renames, dict) else {}
        for kind in kinds:
            number = self.table.rowCount()
            self.table.insertRow(number)
            new = names.get(kind.name, kind.name)
            first = QTableWidgetItem(kind.name)
            first.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            first.setCheckState(Qt.CheckState.Unchecked if new is None else Qt.CheckState.Checked)
            first.setData(_KIND, isinstance(kind, RelationType))
            shown = QTableWidgetItem(shown_name(kind, language()))
            shown.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.table.setItem(number, _OUT, first)
            self.table.setItem(number, _SHOWN, shown)
            self.table.setItem(number, _NAME, QTableWidgetItem(kind.name if new is None else new))
            self._show_ticked(number)

    def _show_ticked(self, number: int) -> None:
        """What stays here has no name out there."""
        name, ticked = self._item(number, _NAME), self._is_ticked(number)
        flags = Qt.ItemFlag.ItemIsSelectable
        name.setFlags(flags | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsEditable if ticked else flags)

    def _item(self, number: int, column: int) -> QTableWidgetItem:
        found = self.table.item(number, column)
        assert found is not None, "every cell has an item"
        return found

    def _is_ticked(self, number: int) -> bool:
        return self._item(number, _OUT).checkState() == Qt.CheckState.Checked

    def _on_changed(self, item: QTableWidgetItem) -> None:
        self.table.blockSignals(True)
        if item.column() == _OUT:
            self._show_ticked(item.row())
        elif item.column() == _NAME:
            name = item.text().strip()
            item.setText(name or self._item(item.row(), _OUT).text())
            spaced = any(map(str.isspace, name))
            if spaced:
                self.said.warn(tr("“{name}” cannot be a label: a label is one word without spaces.", name=name))
            else:
                self.said.say("")
        self.table.blockSignals(False)

    def mapping(self) -> LabelMap:
        """What is renamed or left out."""
        made: dict[bool, dict[str, str | None]] = {False: {}, True: {}}
        for number in range(self.table.rowCount()):
            first, new = self._item(number, _OUT), self._item(number, _NAME).text()
            if not self._is_ticked(number):
                made[bool(first.data(_KIND))][first.text()] = None
            elif new != first.text():
                made[bool(first.data(_KIND))][first.text()] = new
        return LabelMap(made[False], made[True])

    def _wrong(self) -> int | None:
        """The first row whose name can be none."""
        for number in range(self.table.rowCount()):
            if self._is_ticked(number) and any(map(str.isspace, self._item(number, _NAME).text())):
                return number
        return None

    def _on_use(self) -> None:
        wrong = self._wrong()
        if wrong is None:
            self.chosen.emit(self.mapping())
        else:
            self.table.setCurrentCell(wrong, _NAME)
            self._on_changed(self._item(wrong, _NAME))

    def _on_load(self) -> None:
        path = ask_file(self, tr("Open mapping"), self._folder, "YAML (*.yaml *.yml)")
        if path is None:
            return
        try:
            labels = read_map(path)
            labels.check(self._schema)
        except ChuGiaiError as error:
            self.said.warn(explain(error))
        else:
            self.show_map(labels)

    def _on_save(self) -> None:
        target = ask_target(self, tr("Save mapping"), self._folder / tr("mapping.yaml"), ".yaml")
        if target is None:
            return
        try:
            write_map(self.mapping(), target, force=True)
        except ChuGiaiError as error:
            self.said.warn(explain(error))
        else:
            self.said.say(tr("The mapping was saved as {path}.", path=target))
