"""Which sources and labels make suggestions in this project, how sure they must be, and when the model is trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotations.changes.fact import SetFacts
from annotations.schema import Schema, shown_name
from annotations.suggestion_choices import SOURCES, Choices, set_label, set_source, set_training
from ui.annotate.suggestions.words import source_name
from ui.dialogs.parts import quiet
from ui.theme import GRID
from ui.words import language, tr


@dataclass(frozen=True, slots=True)
class _Line:
    used: QCheckBox
    least: QDoubleSpinBox


class ChoicesPanel(QScrollArea):
    """One line for each source and each label. Signal: ``wanted(SetFacts)`` what was chosen, to be applied."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestion_choices")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(44 * GRID)
        self._lines: dict[tuple[bool, str], _Line] = {}
        self._schema: Schema | None = None
        self._busy = False
        self._choices = Choices()

    def show_choices(self, schema: Schema, choices: Choices) -> None:
        """Show what the project has chosen."""
        self._choices = choices
        if schema is not self._schema:
            self._schema = schema
            self._build(schema)
        self._busy = True
        for (is_source, name), line in self._lines.items():
            off = choices.sources_off if is_source else choices.labels_off
            least: Mapping[str, float] = choices.source_thresholds if is_source else choices.thresholds
            line.used.setChecked(name not in off)
            line.least.setValue(least.get(name, 0.0))
            line.least.setEnabled(name not in off)
        self.train_after.setValue(choices.train_after)
        self._busy = False

    # own

    def _build(self, schema: Schema) -> None:
        self._lines = {}
        inside = QWidget(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(0, 1)
        row = self._heading(grid, 0, tr("Sources"))
        for name in SOURCES:
            row = self._line(grid, row, True, name, source_name(name))
        row = self._heading(grid, row, tr("Labels"))
        for kind in schema.entity_types:
            row = self._line(grid, row, False, kind.name, shown_name(kind, language()))
        self.train_after = QSpinBox(inside)
        self.train_after.setRange(0, 100_000)
        self.train_after.setMinimumHeight(self.train_after.fontMetrics().height() + GRID)
        self.train_after.setSingleStep(50)
        self.train_after.setSpecialValueText(tr("never"))
        self.train_after.setAccessibleName(tr("Train by itself after so many new labels"))
        self.train_after.editingFinished.connect(self._on_training)
        row = self._heading(grid, row, tr("Model"))
        grid.addWidget(QLabel(tr("Train by itself after so many new labels:"), inside), row, 0)
        grid.addWidget(self.train_after, row, 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.addWidget(
            quiet(
                tr("For the whole project. Other reports follow when they are opened; each choice can be undone."),
                inside,
            )
        )
        column.addLayout(grid)
        column.addStretch(1)
        self.setWidget(inside)

    def _heading(self, grid: QGridLayout, row: int, words: str) -> int:
        label = QLabel(words)
        label.setProperty("role", "heading")
        label.setContentsMargins(0, GRID, 0, 0)
        grid.addWidget(label, row, 0)
        if row == 0:
            least = QLabel(tr("At least this sure"))
            least.setProperty("role", "muted")
            grid.addWidget(least, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        return row + 1

    def _line(self, grid: QGridLayout, row: int, is_source: bool, name: str, shown: str) -> int:
        used = QCheckBox(shown.replace("&", "&&"))
        used.setObjectName(f"use_{name}")
        least = QDoubleSpinBox()
        least.setObjectName(f"least_{name}")
        least.setRange(0.0, 1.0)
        least.setSingleStep(0.05)
        least.setSpecialValueText(tr("any"))
        least.setMinimumHeight(least.fontMetrics().height() + GRID)
        least.setAccessibleName(tr("{name}: at least this sure", name=shown))
        used.clicked.connect(partial(self._on_line, is_source, name))
        least.editingFinished.connect(partial(self._on_line, is_source, name))
        grid.addWidget(used, row, 0)
        grid.addWidget(least, row, 1)
        self._lines[is_source, name] = _Line(used, least)
        return row + 1

    def _on_line(self, is_source: bool, name: str, _checked: bool = False) -> None:
        line, choices = self._lines[is_source, name], self._choices
        off, least = not line.used.isChecked(), round(line.least.value(), 2)
        was_off = name in (choices.sources_off if is_source else choices.labels_off)
        was = (choices.source_thresholds if is_source else choices.thresholds).get(name, 0.0)
        if not self._busy and (off, least) != (was_off, round(was, 2)):
            self._want((set_source if is_source else set_label)(name, off, least))

    def _on_training(self) -> None:
        if not self._busy and self.train_after.value() != self._choices.train_after:
            self._want(set_training(self.train_after.value()))

    def _want(self, change: SetFacts) -> None:
        self.wanted.emit(change)
