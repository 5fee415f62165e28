"""What came of an import, in words that can be copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from model.project import Project
from model.queries.reports import ReportFilter, page_of_reports
from ui.dialogs.parts import button, copy, heading, reading_box, row
from ui.jobs.importing import ImportSummary
from ui.jobs.preview import PreviewRow
from ui.theme import GRID
from ui.words import explain, tr


def import_heading(summary: ImportSummary) -> str:
    """What came of it, in one line."""
    added = summary.total("added")
    if added:
        return tr("Imported. New reports: {count}", count=added)
    if summary.total("labelled") or summary.total("replaced"):
        return tr("Imported. New annotation sets: {count}", count=summary.total("labelled"))
    if summary.refused and len(summary.refused) == len(summary.files):
        return tr("Nothing was imported")
    return tr("Nothing new: all of it is in the project already")


def import_text(summary: ImportSummary) -> str:
    """Counts, and every refused file with its reason, a line each."""
    counts = (
        (tr("Reports added: {count}"), summary.total("added")),
        (tr("Texts known already, not doubled: {count}"), summary.total("known")),
        (tr("Annotation sets added: {count}"), summary.total("labelled")),
        (tr("Annotation sets that were there already: {count}"), summary.total("unchanged")),
        (tr("Annotation sets replaced: {count}"), summary.total("replaced")),
        (tr("Entities: {count}"), summary.total("entities")),
        (tr("Relations: {count}"), summary.total("relations")),
        (tr("Files refused: {count}"), len(summary.refused)),
    )
    lines = [words.format(count=count) for words, count in counts if count] or [tr("Reports added: {count}", count=0)]
    if summary.new_labels:
        lines.append(tr("Added to the label schema: {labels}", labels=", ".join(summary.new_labels)))
    lines += ["", tr("Not imported:")] if summary.refused else []
    lines += [f"• {explain(file.refused)}" for file in summary.refused if file.refused]
    renamed = {old: new for file in summary.files for old, new in file.result.renamed.items()}
    if renamed:
        lines += ["", tr("Named otherwise, because the name was taken:")]
        lines += [f"• {old} → {new}" for old, new in renamed.items()]
    left_out: Counter[str] = Counter()
    for file in summary.files:
        left_out.update(file.result.left_out)
    if left_out:
        lines += ["", tr("Left out, because it cannot be held here:")]
        lines += [f"• {tr(reason)}: {count}" for reason, count in sorted(left_out.items())]
    return "\n".join(lines)


def first_added(project: Project, annotator: str, summary: ImportSummary, rows: Sequence[PreviewRow]) -> str | None:
    """The id of the first report that came in, in the order of the files; None when there is none."""
    names = {row.file: row.name for row in reversed(rows) if row.refused is None}
    for file in summary.files:
        if file.result.added:
            name = names.get(file.path, file.path.name)
            return _report_id(project, annotator, file.result.renamed.get(name, name))
    return None


def _report_id(project: Project, annotator: str, name: str) -> str | None:
    after = None
    while True:
        with project.reading() as connection:
            page = page_of_reports(connection, annotator, ReportFilter(words=name), after=after)
        found = next((listed.report_id for listed in page.rows if listed.name == name), None)
        if found or page.after is None:
            return found
        after = page.after


class ResultPage(QWidget):
    """Signals: ``open_wanted()``, ``more_wanted()``, ``close_wanted()``."""

    open_wanted = Signal()
    more_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_result")
        self.heading = heading("", self)
        self.heading.setObjectName("import_result_heading")
        self.text = reading_box("import_result_text", tr("What came of the import"), self)
        copied = button(tr("&Copy"), "import_result_copy", self)
        copied.clicked.connect(lambda: copy(self.text.toPlainText()))
        more = button(tr("Import &more…"), "import_more", self)
        more.clicked.connect(self.more_wanted)
        self.open = button(tr("&Open the first new report"), "import_open_first", self, main=True)
        self.open.clicked.connect(self.open_wanted)
        self.close_button = button(tr("C&lose"), "import_result_close", self)
        self.close_button.clicked.connect(self.close_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.heading)
        layout.addWidget(self.text, 1)
        layout.addLayout(row(copied, more, None, self.close_button, self.open))

    def show_summary(self, summary: ImportSummary, can_open: bool) -> None:
        """Show what came of an import."""
        self.heading.setText(import_heading(summary))
        self.text.setPlainText(import_text(summary))
        self.open.setVisible(can_open)
        focus = self.open if can_open else self.close_button
        focus.setDefault(True)
        focus.setFocus()
