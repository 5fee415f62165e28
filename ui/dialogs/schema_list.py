"""The labels of the schema: entity types, then relation types."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from annotations.schema import EntityType, RelationType, Schema, shown_name
from ui.annotate.swatch import SIDE, swatch
from ui.theme import GRID
from ui.words import language, tr

Label = EntityType | RelationType
SWATCH_SIZE = QSize(SIDE + 2, SIDE + 2)
"""Of swatches in lists, in pixels."""
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class LabelKey:
    """Which label: entity types and relation types have names of their own."""

    name: str
    relation: bool = False

    @staticmethod
    def of(label: Label) -> LabelKey:
        """The key of a label."""
        return LabelKey(label.name, isinstance(label, RelationType))

    def find(self, schema: Schema) -> Label | None:
        """The label in a schema."""
        found = schema.relations_by_name if self.relation else schema.entities_by_name
        return found.get(self.name)


class LabelList(QListWidget):
    """Signal: ``chosen(LabelKey)``."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schema_labels")
        self.setAccessibleName(tr("Labels of the schema"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setIconSize(SWATCH_SIZE)
        self.setFixedWidth(36 * GRID)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._on_current)

    def show_schema(self, schema: Schema, current: LabelKey | None) -> None:
        """Show all labels; ``current`` is chosen without telling."""
        self.blockSignals(True)
        scrolled = self.verticalScrollBar().value()
        self.clear()
        for heading, labels in (
            (tr("Entity types"), schema.entity_types),
            (tr("Relation types"), schema.relation_types),
        ):
            self._append_heading(heading)
            for label in labels:
                item = self._append(label)
                if LabelKey.of(label) == current:
                    self.setCurrentItem(item)
        self.verticalScrollBar().setValue(scrolled)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())
        self.blockSignals(False)

    def current(self) -> LabelKey | None:
        """The chosen label."""
        item = self.currentItem()
        key = item.data(_KEY) if item is not None else None
        return key if isinstance(key, LabelKey) else None

    def choose(self, key: LabelKey) -> None:
        """Choose a label."""
        for number in range(self.count()):
            if self.item(number).data(_KEY) == key:
                self.setCurrentRow(number)

    def _append_heading(self, words: str) -> None:
        item = QListWidgetItem(words, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        item.setFont(font)
        item.setSizeHint(QSize(0, 4 * GRID))

    def _append(self, label: Label) -> QListWidgetItem:
        shown = shown_name(label, language())
        words = label.name if shown == label.name else f"{label.name} – {shown}"
        item = QListWidgetItem(swatch(label.colour), f"{words}  [{label.key}]" if label.key else words, self)
        item.setData(_KEY, LabelKey.of(label))
        item.setToolTip(label.description)
        item.setSizeHint(QSize(0, 3 * GRID))
        return item

    def _on_current(self, item: QListWidgetItem | None) -> None:
        key = item.data(_KEY) if item is not None else None
        if isinstance(key, LabelKey):
            self.chosen.emit(key)
