"""Metadata of one or several reports in a small form; what is not touched stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from annotations.changes import EditReports
from annotations.report import Report
from model.queries.reports import ListedReport
from ui.theme import GRID
from ui.words import tr

FIELDS = ("title", "date", "source", "locality", "name")


class MetadataDialog(QDialog):
    """Asks for title, date, source, locality and name; several reports share what is typed (names stay)."""

    def __init__(self, reports: Sequence[Report | ListedReport], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("metadata_dialog")
        self._reports = reports
        one = len(reports) == 1
        self.setWindowTitle(tr("Report") if one else tr("{count} reports", count=len(reports)))
        self.setMinimumWidth(60 * GRID)
        self._before = {name: self._common(name) for name in FIELDS}
        self.edits: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setSpacing(GRID)
        for name, words in self._labels().items():
            edit = QLineEdit(self._before[name] or "", self)
            edit.setObjectName(f"metadata_{name}")
            if self._before[name] is None:
                edit.setPlaceholderText(tr("different values; stays as it is"))
            self.edits[name] = edit
            form.addRow(words, edit)
        if not one:
            form.setRowVisible(self.edits["name"], False)
        self.edits["date"].setToolTip(tr("EDTF: 2021-04-29, 2020-10 or 2020; empty when unknown"))
        self.edits["date"].textChanged.connect(self._check)
        self._said = QLabel(self, wordWrap=True)
        self._said.setObjectName("metadata_problem")
        self._said.setProperty("role", "warning")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(form)
        layout.addWidget(self._said)
        layout.addWidget(self._buttons)
        self._check()

    def change(self) -> EditReports | None:
        """What is to be changed; None when nothing was."""
        fields = {name: edit.text().strip() for name, edit in self.edits.items() if self._is_changed(name)}
        if not fields:
            return None
        return EditReports({_id(report): fields for report in self._reports})

    @staticmethod
    def _labels() -> dict[str, str]:
        return {
            "title": tr("Title"),
            "date": tr("Date"),
            "source": tr("Source"),
            "locality": tr("Locality"),
            "name": tr("Name"),
        }

    def _common(self, name: str) -> str | None:
        values = {str(getattr(report, name)) for report in self._reports}
        return values.pop() if len(values) == 1 else None

    def _is_changed(self, name: str) -> bool:
        text = self.edits[name].text().strip()
        before = self._before[name]
        return text != "" if before is None else text != before

    def _check(self) -> None:
        from annotations.normalise.edtf import is_edtf

        date = self.edits["date"].text().strip()
        good = not date or not self._is_changed("date") or is_edtf(date)
        sentence = tr(
            "“{date}” is not a date such as 2021-04-29, 2020-10 or 2020; leave it empty if unknown.", date=date
        )
        self._said.setText("" if good else sentence)
        self._said.setVisible(not good)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(good)


def _id(report: Report | ListedReport) -> str:
    return report.id if isinstance(report, Report) else report.report_id
