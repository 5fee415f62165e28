"""What an export wrote and what it left out, in words that can be copied and saved."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from exports.formats import FormatInfo
from exports.protocol import ExportSummary
from ui.dialogs.parts import button, copy, heading, reading_box, row
from ui.theme import GRID
from ui.words import tr


def export_text(summary: ExportSummary, info: FormatInfo) -> str:
    """Counts, labels by kind, what was left out and why."""
    lines = [
        str(summary.path),
        tr("Format: {title}", title=info.title),
        "",
        tr("Reports: {count}", count=summary.reports),
        tr("Annotation sets: {count}", count=summary.sets),
        tr("Entities: {count}", count=summary.entities),
        *_counts(summary.by_label),
        tr("Relations: {count}", count=summary.relations),
        *_counts(summary.by_type),
        "",
    ]
    if summary.left_out:
        lines += [tr("Left out, because the format cannot hold it:"), *_counts(summary.left_out)]
    else:
        lines.append(tr("Nothing was left out."))
    if summary.off_tokens:
        lines += ["", tr("Not on token boundaries (all are in the manifest):")]
        lines += [f"    {one}" for one in summary.off_tokens]
    if summary.about:
        lines += ["", *(f"{tr(name)}: {value}" for name, value in summary.about.items())]
    return "\n".join(lines)


def _counts(counts: Mapping[str, int]) -> list[str]:
    return [f"    {tr(name)}: {count}" for name, count in counts.items()]


class ExportResult(QWidget):
    """Signals: ``save_wanted()``, ``again_wanted()``, ``close_wanted()``."""

    save_wanted = Signal()
    again_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_result")
        self.heading = heading("", self)
        self.text = reading_box("export_result_text", tr("What was exported"), self)
        copied = button(tr("&Copy"), "export_result_copy", self)
        copied.clicked.connect(lambda: copy(self.text.toPlainText()))
        save = button(tr("&Save summary…"), "export_result_save", self)
        save.clicked.connect(self.save_wanted)
        again = button(tr("Export &more…"), "export_again", self)
        again.clicked.connect(self.again_wanted)
        self.close_button = button(tr("C&lose"), "export_result_close", self, main=True)
        self.close_button.clicked.connect(self.close_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.heading)
        layout.addWidget(self.text, 1)
        layout.addLayout(row(copied, save, again, None, self.close_button))

    def show_summary(self, summary: ExportSummary, info: FormatInfo) -> None:
        """Show what an export wrote."""
        left_out = sum(summary.left_out.values())
        done = tr("Exported: {name}", name=summary.path.name)
        self.heading.setText(
            tr("Exported: {name}. Left out: {count}", name=summary.path.name, count=left_out) if left_out else done
        )
        self.text.setPlainText(export_text(summary, info))
        self.close_button.setDefault(True)
        self.close_button.setFocus()
