"""Which conflicts are listed: by words, kind, label, annotator, state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from annotations.review.cases import CaseFilter
from annotations.review.group import Kind
from annotations.review.settle import State
from annotations.schema import Schema
from ui.review.typing_guard import TypingGuard
from ui.review.words import kind_words, label_words, state_words
from ui.theme import GRID
from ui.words import tr

_PAUSE_MS = 150


class FilterBar(QWidget):
    """Signals: ``changed(CaseFilter)``; ``left()`` when the person is done here."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLineEdit(self)
        self.words.setObjectName("conflict_words")
        self.words.setPlaceholderText(tr("Phrase or report…"))
        self.words.setClearButtonEnabled(True)
        self.words.setAccessibleName(tr("Phrase or report"))
        self.kind = self._combo("conflict_kind", tr("Kind"), tr("all kinds"))
        self.label = self._combo("conflict_label", tr("Label"), tr("all labels"))
        self.annotator = self._combo("conflict_annotator", tr("Annotator"), tr("all annotators"))
        self.state = self._combo("conflict_state", tr("State"), "")
        self.state.clear()
        for value, words in (
            ("undecided", tr("undecided")),
            ("", tr("all")),
            *((str(one), state_words(one)) for one in State),
        ):
            self.state.addItem(words, value)
        for kind in Kind:
            self.kind.addItem(kind_words(kind), str(kind))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.words, 0, 0, 1, 2)
        for place, field in enumerate((self.kind, self.state, self.label, self.annotator)):
            layout.addWidget(field, 1 + place // 2, place % 2)
        guard = TypingGuard(self)
        guard.watch(self.words, self.kind, self.label, self.annotator, self.state)
        guard.left.connect(self.left)
        guard.entered.connect(self.left)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._tell)
        self.words.textChanged.connect(lambda _text: self._timer.start())
        for field in (self.kind, self.label, self.annotator, self.state):
            field.activated.connect(self._on_chosen)

    def wanted(self) -> CaseFilter:
        """The filter as it is set."""
        return CaseFilter(
            kind=self.kind.currentData() or "",
            label=self.label.currentData() or "",
            annotator=self.annotator.currentData() or "",
            words=self.words.text(),
            state=self.state.currentData() or "",
        )

    def show_names(self, labels: Iterable[str], annotators: Sequence[str], schema: Schema, hidden: bool) -> None:
        """Offer the labels and annotators that occur; the latter not while names are hidden."""
        _refill(self.label, [(name, label_words(schema, name)) for name in labels])
        _refill(self.annotator, [] if hidden else [(name, tr("{name} differs", name=name)) for name in annotators])
        self.annotator.setEnabled(not hidden)

    def _combo(self, name: str, title: str, everything: str) -> QComboBox:
        field = QComboBox(self)
        field.setObjectName(name)
        field.setAccessibleName(title)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(8)
        field.addItem(everything, "")
        return field

    def _on_chosen(self) -> None:
        self._tell()
        self.left.emit()

    def _tell(self) -> None:
        self._timer.stop()
        self.changed.emit(self.wanted())


def _refill(field: QComboBox, items: Iterable[tuple[str, str]]) -> None:
    """Other items below the first; the chosen one stays chosen while it is there."""
    chosen = field.currentData()
    field.blockSignals(True)
    while field.count() > 1:
        field.removeItem(1)
    for value, words in items:
        field.addItem(words, value)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    field.blockSignals(False)
