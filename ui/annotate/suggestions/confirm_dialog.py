"""Confirm many suggestions at once, after a preview with counts in which each is ticked or not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from annotations.report import Entity, Relation
from ui.annotate.suggestions.choosing import Scope, Wanted, chosen, paragraph_at
from ui.annotate.suggestions.offered import Item
from ui.annotate.suggestions.suggesting import Suggesting
from ui.annotate.suggestions.suggestion_tree import SuggestionTree
from ui.annotate.workplace import Workplace, short
from ui.words import tr


class ConfirmDialog(QDialog):
    """Preview and choice. Confirmed, it is one action with the origin ``suggested``, undone as one."""

    def __init__(self, place: Workplace, suggesting: Suggesting, scope: Scope, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Confirm suggestions"))
        self.resize(840, 560)
        self._place, self._suggesting = place, suggesting
        self._offered = suggesting.offered
        self._paragraph = paragraph_at(place.view.text, place.view.caret())
        self._words = self._selected_words()
        self.scope = QComboBox()
        self.scope.addItem(tr("In the whole report"), Scope.REPORT.value)
        self.scope.addItem(tr("In this paragraph"), Scope.PARAGRAPH.value)
        if self._words:
            self.scope.addItem(tr("All that say “{text}”", text=short(self._words, 30)), Scope.WORDS.value)
        self.scope.setCurrentIndex(max(0, self.scope.findData(scope.value)))
        self.least = QDoubleSpinBox()
        self.least.setRange(0.0, 1.0)
        self.least.setSingleStep(0.05)
        self.least.setValue(0.0)
        self.least.setMinimumHeight(self.least.fontMetrics().height() + 8)
        self.relations = QCheckBox(tr("Relations too"))
        self.relations.setChecked(True)
        self.tree = SuggestionTree(place)
        self.state = QLabel()
        self.state.setProperty("role", "muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.confirm_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.confirm_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.scope.currentIndexChanged.connect(self.refresh)
        self.least.valueChanged.connect(self.refresh)
        self.relations.toggled.connect(self.refresh)
        self.tree.ticks_changed.connect(self._count)
        self.refresh()

    def refresh(self) -> None:
        """List what is meant by the choices as they are now."""
        wanted = Wanted(
            Scope(self.scope.currentData()),
            self.least.value(),
            self.relations.isChecked(),
            self._paragraph,
            self._words,
        )
        self.tree.list_items(self._offered, chosen(self._offered, wanted, self._place.view.text))
        self._count()

    def accept(self) -> None:
        """Confirm what is ticked."""
        ids = [item.id for item in self._meant()]
        if ids and self._suggesting.confirm(ids):
            self._place.desk.say(tr("{count} suggestions confirmed.", count=len(ids)), True)
        super().accept()

    # own

    def _selected_words(self) -> str:
        selected = self._place.view.selected_entities()
        entity = self._offered.ends.get(selected[0]) if len(selected) == 1 else None
        return entity.surface(self._place.view.text) if entity is not None else ""

    def _meant(self) -> list[Item]:
        """What is ticked, but for relations of which an end is listed and not ticked."""
        ticked = set(self.tree.ticked())
        there = ticked | {one.id for one in self._offered.own.entities}
        items = [item for one in self.tree.ticked() if (item := self._offered.item(one)) is not None]
        return [one for one in items if isinstance(one, Entity) or {one.source, one.target} <= there]

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(16)
        choices.addWidget(self.scope)
        choices.addWidget(QLabel(tr("At least this sure:")))
        choices.addWidget(self.least)
        choices.addWidget(self.relations)
        choices.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.state, 1)
        below.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(choices)
        layout.addWidget(self.tree, 1)
        layout.addLayout(below)

    def _count(self) -> None:
        items = self._meant()
        relations = sum(isinstance(item, Relation) for item in items)
        self.confirm_button.setText(tr("Confirm {count}", count=len(items)))
        self.confirm_button.setEnabled(bool(items))
        if self.tree.is_empty():
            self.state.setText(tr("Nothing is suggested that fits these choices."))
        else:
            self.state.setText(
                tr("{entities} entities, {relations} relations", entities=len(items) - relations, relations=relations)
            )
