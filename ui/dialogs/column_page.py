"""Which column of a spreadsheet is the text, the title, the date…: one choice for each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from annotations.errors import ChuGiaiError
from exports.plain import spreadsheet_columns
from exports.plain.columns import FIELDS, Columns
from ui.dialogs.parts import Said, button, heading, named, quiet, row
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job


def column_words(field: str) -> str:
    """What a column can be, in words."""
    return {
        "text": tr("Te&xt"),
        "title": tr("&Title"),
        "date": tr("&Date"),
        "source": tr("&Source"),
        "locality": tr("&Locality"),
        "name": tr("&Name of the report"),
        "id": tr("&Id"),
    }[field]


class ColumnPage(QWidget):
    """Signals: ``chosen(path, mapping)`` field → heading of one spreadsheet; ``left()`` without a choice."""

    chosen = Signal(object, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("column_page")
        self._job: Job | None = None
        self._mappings: Mapping[Path, Mapping[str, str]] = {}
        self.file = QComboBox(self)
        self.file.setObjectName("column_file")
        self.file.currentIndexChanged.connect(lambda _: self._read())
        self.fields: dict[str, QComboBox] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(named(tr("S&preadsheet"), self.file), self.file)
        for field in FIELDS:
            combo = QComboBox(self)
            combo.setObjectName(f"column_{field}")
            combo.setMinimumWidth(40 * GRID)
            combo.currentIndexChanged.connect(lambda _: self._check())
            self.fields[field] = combo
            form.addRow(named(column_words(field), combo), combo)
        self.said = Said("column_said", self)
        self.use = button(tr("&Use these columns"), "column_use", self, main=True)
        self.use.clicked.connect(self._on_use)
        back = button(tr("&Back"), "column_back", self)
        back.clicked.connect(self.left)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(heading(tr("Columns of a spreadsheet"), self))
        layout.addWidget(
            quiet(
                tr(
                    "Each row is one report. Say under which heading its text and the rest stand; other columns are kept with the report."
                ),
                self,
            )
        )
        layout.addLayout(form)
        layout.addWidget(self.said)
        layout.addStretch(1)
        layout.addLayout(row(None, back, self.use))

    def show_files(self, files: Sequence[Path], mappings: Mapping[Path, Mapping[str, str]]) -> None:
        """Begin with the first of these spreadsheets; ``mappings`` are earlier choices."""
        self._mappings = mappings
        self.file.blockSignals(True)
        self.file.clear()
        for path in files:
            self.file.addItem(path.name, path)
            self.file.setItemData(self.file.count() - 1, str(path), Qt.ItemDataRole.ToolTipRole)
        self.file.blockSignals(False)
        self._read()
        self.file.setFocus()

    @property
    def path(self) -> Path | None:
        """The spreadsheet whose columns are shown."""
        data = self.file.currentData()
        return data if isinstance(data, Path) else None

    def mapping(self) -> dict[str, str]:
        """Field → heading, as chosen."""
        return {field: str(combo.currentData()) for field, combo in self.fields.items() if combo.currentData()}

    def _read(self) -> None:
        """Read the headings beside the window: a workbook can be large."""
        path = self.path
        self._fill(Columns(()), {})
        if path is None:
            return
        self.said.say(tr("Reading the headings…"))
        job = Job(lambda _progress: spreadsheet_columns(path, path.name))
        job.done.connect(lambda columns: self._on_columns(job, columns))
        job.failed.connect(lambda error: self._on_failed(job, error))
        self._job = job
        job.start()

    def _on_columns(self, job: Job, columns: Columns) -> None:
        path = self.path
        if job is not self._job or path is None:
            return
        self.said.say("" if columns.headings else tr("There is no heading in this spreadsheet."))
        self._fill(columns, self._mappings.get(path, columns.mapping))

    def _on_failed(self, job: Job, error: ChuGiaiError) -> None:
        if job is self._job:
            self.said.warn(explain(error))

    def _fill(self, columns: Columns, mapping: Mapping[str, str]) -> None:
        for field, combo in self.fields.items():
            combo.blockSignals(True)
            combo.clear()
            combo.addItem(tr("– choose –") if field == "text" else tr("– none –"), "")
            for heading_ in columns.headings:
                if heading_:
                    combo.addItem(heading_, heading_)
            combo.setCurrentIndex(max(0, combo.findData(mapping.get(field, ""))))
            combo.setEnabled(bool(columns.headings))
            combo.blockSignals(False)
        self._check()

    def _check(self) -> None:
        chosen = self.mapping()
        doubled = len(set(chosen.values())) < len(chosen)
        self.use.setEnabled("text" in chosen and not doubled)
        if doubled:
            self.said.warn(tr("One column cannot be two things; choose another one for one of them."))
        elif chosen and "text" not in chosen:
            self.said.say(tr("Choose the column that holds the text."))
        elif chosen:
            self.said.say("")

    def _on_use(self) -> None:
        if self.path is not None:
            self.chosen.emit(self.path, self.mapping())
