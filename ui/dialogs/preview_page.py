"""The page of the import dialog that shows what would come in, and lets it be corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from annotations.schema import Schema
from exports.plain.files import TABLE
from ui.dialogs.bulk_line import BulkLine, from_folder
from ui.dialogs.incoming_page import unknown_labels
from ui.dialogs.parts import Said, button, row
from ui.dialogs.preview_model import Column, PreviewModel
from ui.dialogs.preview_table import PreviewTable
from ui.jobs.incoming_labels import Name
from ui.jobs.preview import PreviewRow
from ui.jobs.sources import PLAIN
from ui.theme import GRID
from ui.words import tr

MANY_ROWS = 5_000
"""From so many rows on they are counted at most twice a second."""


class PreviewPage(QWidget):
    """Attributes: ``model``, ``table``, ``unknown`` (labels that the schema lacks, counted). Signals: ``columns_wanted()``;
    ``labels_wanted()`` the person says what becomes of those; ``counted()`` the numbers changed."""

    columns_wanted = Signal()
    labels_wanted = Signal()
    counted = Signal()

    def __init__(self, annotator: str, schema: Callable[[], Schema], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview_page")
        self.reports = self.refused = self.doubtful = 0
        self._schema = schema
        self.unknown: dict[Name, int] = {}
        self.model = PreviewModel(self)
        self.table = PreviewTable(self.model, self)
        self.words = QLabel(self)
        self.words.setObjectName("import_counts")
        self.doubtful_first = button(tr("&Doubtful first"), "doubtful_first", self)
        self.doubtful_first.clicked.connect(self.table.sort_doubtful_first)
        self.columns_button = button(tr("Col&umns…"), "import_columns", self)
        self.columns_button.clicked.connect(self.columns_wanted)
        self.detail = Said("import_detail", self)
        self.bulk = BulkLine(self)
        self.bulk.value_wanted.connect(self._on_value)
        self.bulk.folder_wanted.connect(self._on_folder)
        self._make_label_line(annotator)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(row(self.words, None, self.columns_button, self.doubtful_first))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.bulk)
        layout.addWidget(self.unknown_line)
        layout.addWidget(self.label_line)
        # Counting walks all rows: once for many rows that come or are edited together.
        self._count_soon = QTimer(self, singleShot=True, interval=0)
        self._count_soon.timeout.connect(self._count)
        self.model.counted.connect(self._on_counted)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_current())
        self.model.dataChanged.connect(lambda *_: self._on_current())
        self.model.modelReset.connect(lambda: self.detail.say(""))
        self._count()

    def _make_label_line(self, annotator: str) -> None:
        self.annotator_words = QLabel(tr("Labels that name &nobody are by"), self)
        self.annotator = QLineEdit(annotator, self)
        self.annotator.setObjectName("import_annotator")
        self.annotator.setAccessibleName(tr("Annotator of labels that name nobody"))
        self.annotator.setMaximumWidth(24 * GRID)
        self.annotator_words.setBuddy(self.annotator)
        self.replace = QCheckBox(tr("&Replace different labels that an annotator has already"), self)
        self.replace.setObjectName("import_replace")
        self.labels_button = button(tr("&Labels…"), "import_labels", self)
        self.labels_button.clicked.connect(self.labels_wanted)
        self.unknown_words = Said("import_unknown_labels", self)
        self.label_line = QWidget(self)
        self.label_line.setLayout(row(self.annotator_words, self.annotator, None, self.replace))
        self.unknown_line = QWidget(self)
        unknown = row(self.unknown_words, self.labels_button)
        unknown.setStretch(0, 1)
        self.unknown_line.setLayout(unknown)

    def spreadsheets(self) -> list[Path]:
        """The spreadsheets among the files."""
        rows = self.model.rows()
        return list(dict.fromkeys(one.file for one in rows if one.kind == PLAIN and one.file.suffix.lower() in TABLE))

    def default_annotator(self) -> str | None:
        """Whose labels those are that name nobody; None when there are none."""
        return self.annotator.text().strip() if self.annotator.isVisibleTo(self.label_line) else None

    def set_editable(self, editable: bool) -> None:
        """While an import runs, nothing can be changed."""
        if not editable and self.table.isEnabled():
            self.table.clearSelection()  # greying out thousands of selected rows would take a second
        for part in (
            self.table,
            self.bulk,
            self.unknown_line,
            self.label_line,
            self.columns_button,
            self.doubtful_first,
        ):
            part.setEnabled(editable)

    def _on_value(self, field: str, value: str) -> None:
        numbers = self.table.chosen_rows()
        self.model.set_values(numbers, field, [value] * len(numbers))

    def _on_folder(self, field: str, level: int) -> None:
        """Rows that have no folder so far up keep what they have."""
        numbers = [number for number in self.table.chosen_rows() if len(self.model.row(number).folders) > level]
        values = [from_folder(field, self.model.row(number).folders[level]) for number in numbers]
        self.model.set_values(numbers, field, values)

    def _on_selection(self) -> None:
        numbers = self.table.chosen_rows()
        self.bulk.show_chosen(len(numbers), self.model.row(numbers[0]).folders if numbers else ())

    def _on_current(self) -> None:
        """Say in full what there is to check in the current row; its cells are too narrow for that."""
        index = self.table.currentIndex()
        words = index.siblingAtColumn(Column.CHECK).data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else ""
        self.detail.say(" · ".join(str(words or "").split("\n")))

    def _on_counted(self) -> None:
        if not self._count_soon.isActive():
            self._count_soon.start(0 if self.model.rowCount() < MANY_ROWS else 500)

    def _count(self) -> None:
        rows = self.model.rows()
        self.refused = sum(one.refused is not None for one in rows)
        self.reports = len(rows) - self.refused
        self.doubtful = sum(bool(one.doubts) for one in rows if one.refused is None)
        labelled = [one for one in rows if one.kind != PLAIN and one.refused is None]
        nobody = any(not one.annotator for one in labelled)
        parts = [tr("Reports: {count}", count=self.reports)]
        parts += [tr("to check: {count}", count=self.doubtful)] if self.doubtful else []
        parts += [tr("refused: {count}", count=self.refused)] if self.refused else []
        self.words.setText(" · ".join(parts))
        self.table.setColumnHidden(Column.LABELS, not labelled)
        self.annotator_words.setVisible(nobody)
        self.annotator.setVisible(nobody)
        self.label_line.setVisible(bool(labelled))
        self._count_labels(labelled)
        self.columns_button.setVisible(bool(self.spreadsheets()))
        self.doubtful_first.setEnabled(bool(self.doubtful or self.refused))
        self.counted.emit()

    def _count_labels(self, labelled: Sequence[PreviewRow]) -> None:
        counts: Counter[Name] = Counter()
        for one in labelled:
            counts.update(one.labels)
        self.unknown = unknown_labels(counts, self._schema())
        self.unknown_line.setVisible(bool(self.unknown))
        first = ", ".join(f"{name} ({count})" for (_, name), count in list(self.unknown.items())[:5])
        more = ", …" if len(self.unknown) > 5 else ""
        self.unknown_words.say(tr("Labels that the schema lacks: {labels}", labels=first + more) if first else "")
