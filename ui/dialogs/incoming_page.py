"""What becomes of labels in imported files that the schema lacks: another label's name, a new label, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotations.errors import ChuGiaiError
from annotations.schema import EntityType, RelationType, Schema, shown_name
from exports.label_map import LabelMap, read_map, write_map
from ui.dialogs.files import ask_file, ask_target
from ui.dialogs.parts import Said, button, heading, quiet, row
from ui.jobs.incoming_labels import ENTITY, IncomingLabels, Name
from ui.theme import GRID
from ui.words import explain, language, tr

MOST = 300
"""So many are asked for one by one; a file with more has other trouble, and a mapping can be opened."""
_ADD, _OUT, _REFUSE = ("add", ""), ("out", ""), ("refuse", "")
_FROM, _KIND, _COUNT, _BECOMES = range(4)


def unknown_labels(counts: Mapping[Name, int], schema: Schema) -> dict[Name, int]:
    """Those that the schema lacks, the most frequent first, entity labels before relation types."""
    known = {ENTITY: schema.entities_by_name}
    lacking = [name for name in counts if name[1] not in known.get(name[0], schema.relations_by_name)]
    return {name: counts[name] for name in sorted(lacking, key=lambda name: (name[0], -counts[name], name[1]))}


class IncomingPage(QWidget):
    """Signals: ``chosen(IncomingLabels)``; ``left()`` without a choice."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("incoming_page")
        self._schema = Schema("")
        self._names: list[Name] = []
        self._opened = LabelMap()
        self._folder = Path.home()
        self.table = QTableWidget(0, 4, self)
        self.table.setObjectName("incoming_table")
        self.table.setAccessibleName(tr("Labels of the files that the schema lacks"))
        self.table.setHorizontalHeaderLabels([tr("In the files"), tr("Kind"), tr("How many"), tr("Becomes")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.said = Said("incoming_said", self)
        self.load_button = button(tr("&Open mapping…"), "incoming_load", self)
        self.load_button.clicked.connect(self._on_load)
        self.save_button = button(tr("&Save mapping…"), "incoming_save", self)
        self.save_button.clicked.connect(self._on_save)
        back = button(tr("&Back"), "incoming_back", self)
        back.clicked.connect(self.left)
        self.use = button(tr("&Use these labels"), "incoming_use", self, main=True)
        self.use.clicked.connect(lambda: self.chosen.emit(self.choice()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(heading(tr("Labels that the schema lacks"), self))
        words = tr(
            "Say for each which label it is here, or add it to the schema. Files with labels that are refused stay out "
            "as a whole. Everything that comes in, new labels too, is undone as one."
        )
        layout.addWidget(quiet(words, self))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.said)
        layout.addLayout(row(self.load_button, self.save_button, None, back, self.use))

    def begin(self, schema: Schema, unknown: Mapping[Name, int], before: IncomingLabels, folder: Path) -> None:
        """Ask for these labels; ``before`` is an earlier choice, ``folder`` where mappings are looked for."""
        self._schema, self._folder, self._opened = schema, folder, before.names
        self._names = list(unknown)[:MOST]
        self.table.setRowCount(0)
        self.table.setRowCount(len(self._names))
        for number, name in enumerate(self._names):
            words = (name[1], tr("Entity") if name[0] == ENTITY else tr("Relation"), str(unknown[name]))
            for column, text in enumerate(words):
                self.table.setItem(number, column, QTableWidgetItem(text))
            combo = self._combo(name, number)
            combo.setCurrentIndex(max(0, _place(combo, self._proposed(name, before))))
            self.table.setCellWidget(number, _BECOMES, combo)
        more = len(unknown) - len(self._names)
        self.said.say(tr("{count} more labels are not shown; open a mapping for them.", count=more) if more else "")
        if self._names:
            self.combo(0).setFocus()

    def combo(self, number: int) -> QComboBox:
        """What a row's label becomes."""
        found = self.table.cellWidget(number, _BECOMES)
        assert isinstance(found, QComboBox)
        return found

    def _combo(self, name: Name, number: int) -> QComboBox:
        made = QComboBox(self.table)
        made.setObjectName(f"incoming_{number}")
        made.setAccessibleName(tr("What {label} becomes", label=name[1]))
        if not any(map(str.isspace, name[1])):
            made.addItem(tr("– new label of the schema –"), _ADD)
        for kind in self._kinds(name):
            shown = shown_name(kind, language())
            made.addItem(kind.name if shown == kind.name else f"{kind.name} ({shown})", ("map", kind.name))
        made.addItem(tr("– left out –"), _OUT)
        made.addItem(tr("– refused –"), _REFUSE)
        return made

    def _kinds(self, name: Name) -> tuple[EntityType | RelationType, ...]:
        return self._schema.entity_types if name[0] == ENTITY else self._schema.relation_types

    def _proposed(self, name: Name, before: IncomingLabels) -> tuple[str, str]:
        """The earlier choice, else the label that is written or shown like it, else a new one."""
        names = before.names.entities if name[0] == ENTITY else before.names.relations
        if name[1] in names:
            new = names[name[1]]
            return _OUT if new is None else ("map", new)
        wanted = name[1].casefold().replace("-", "_")
        for kind in self._kinds(name):
            if wanted in {kind.name.casefold(), *(shown.casefold() for shown in kind.names.values())}:
                return "map", kind.name
        return _ADD if not any(map(str.isspace, name[1])) else _REFUSE

    def choice(self) -> IncomingLabels:
        """What was chosen."""
        names: dict[bool, dict[str, str | None]] = {
            True: dict(self._opened.entities),
            False: dict(self._opened.relations),
        }
        added = []
        for number, name in enumerate(self._names):
            what, new = self.combo(number).currentData()
            names[name[0] == ENTITY].pop(name[1], None)
            if what == "add":
                added.append(name)
            elif what != "refuse":
                names[name[0] == ENTITY][name[1]] = new if what == "map" else None
        return IncomingLabels(LabelMap(names[True], names[False]), tuple(added))

    def _on_load(self) -> None:
        path = ask_file(self, tr("Open mapping"), self._folder, "YAML (*.yaml *.yml)")
        if path is None:
            return
        try:
            opened = IncomingLabels(read_map(path))
        except ChuGiaiError as error:
            self.said.warn(explain(error))
            return
        self._opened = opened.names
        self.said.say("")
        for number, name in enumerate(self._names):
            names = opened.names.entities if name[0] == ENTITY else opened.names.relations
            if name[1] not in names:
                continue
            place = _place(self.combo(number), self._proposed(name, opened))
            if place < 0:
                self.said.warn(
                    tr("The mapping names {label}, which the schema lacks; choose another.", label=str(names[name[1]]))
                )
            else:
                self.combo(number).setCurrentIndex(place)

    def _on_save(self) -> None:
        target = ask_target(self, tr("Save mapping"), self._folder / tr("mapping.yaml"), ".yaml")
        if target is None:
            return
        try:
            write_map(self.choice().names, target, force=True)
        except ChuGiaiError as error:
            self.said.warn(explain(error))
        else:
            self.said.say(tr("The mapping was saved as {path}.", path=target))


def _place(combo: QComboBox, wanted: tuple[str, str]) -> int:
    """The place of a choice, -1 when it is not offered; Qt does not compare Python's tuples."""
    return next((place for place in range(combo.count()) if tuple(combo.itemData(place)) == wanted), -1)
