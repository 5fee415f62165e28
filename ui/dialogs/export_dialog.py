"""Export: format, whose labels, where to; then what was written and what the format left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotations.errors import Cancelled, ChuGiaiError
from exports.formats import FormatInfo, formats
from exports.protocol import ExportSummary, Options
from model.errors import ProjectError
from model.queries.corpus import Selection
from ui.desk import Desk
from ui.dialogs.export_choices import WORD_LEVEL, ZIPPED, choices, target_name, with_suffix
from ui.dialogs.export_result import ExportResult, export_text
from ui.dialogs.files import ask_target
from ui.dialogs.parts import ProgressRow, Said, button, dialog_layout, named, quiet, row
from ui.jobs.exporting import export_corpus
from ui.theme import GRID
from ui.words import explain, language, tr
from ui.worker import Job, project_job

MOST_LINES = 8
"""How many formats are seen at once."""
FOLDER_KEY = "export_folder"
"""The setting that remembers where the last export went."""
FORMAT_KEY = "export_format"
"""The setting that remembers the last format."""


class ExportDialog(QDialog):
    """An existing target is only replaced when that was ticked; Esc stops a running export and leaves nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(80 * GRID, 60 * GRID)
        self._desk = desk
        self._infos: Sequence[FormatInfo] = [info for info in formats() if info.writes]
        self._job: Job | None = None
        self._closing = False
        self._exported: tuple[ExportSummary, FormatInfo] | None = None
        self.pages = QStackedWidget(self)
        self.choice_page = QWidget(self)
        self._make_choice_page()
        self.result_page = ExportResult(self)
        self.result_page.save_wanted.connect(self.save_summary)
        self.result_page.again_wanted.connect(self._on_again)
        self.result_page.close_wanted.connect(self.accept)
        self.pages.addWidget(self.choice_page)
        self.pages.addWidget(self.result_page)
        self.said = Said("export_said", self)
        self.progress = ProgressRow(self)
        self.progress.cancel_wanted.connect(self.stop)
        self.export_button = button(tr("&Export"), "export_start", self, main=True)
        self.export_button.clicked.connect(self.start_export)
        self.close_button = button(tr("Cancel"), "export_close", self)
        self.close_button.clicked.connect(self.reject)
        self.button_line = QWidget(self)
        self.button_line.setLayout(row(None, self.close_button, self.export_button))
        layout = dialog_layout(self)
        for part, stretch in ((self.pages, 1), (self.said, 0), (self.progress, 0), (self.button_line, 0)):
            layout.addWidget(part, stretch)
        self._fill()

    # building

    def _make_choice_page(self) -> None:
        self.format_list = QListWidget(self)
        self.format_list.setObjectName("export_format")
        self.format_list.setAccessibleName(tr("Format"))
        self.format_list.setFrameShape(QListWidget.Shape.NoFrame)
        self.format_list.currentRowChanged.connect(lambda _: self._on_format())
        self.holds = quiet("", self)
        self.loses = quiet("", self)
        self.whose = QComboBox(self)
        self.whose.setObjectName("export_whose")
        self.word_level = QCheckBox(tr("&Words instead of syllables (takes longer)"), self)
        self.word_level.setObjectName("export_words")
        self.zipped = QCheckBox(tr("One &zip file instead of a folder"), self)
        self.zipped.setObjectName("export_zip")
        self.zipped.toggled.connect(lambda _: self._fit_target())
        self.target = QLineEdit(self)
        self.target.setObjectName("export_target")
        self.target.textChanged.connect(lambda _: self._check())
        browse = button(tr("&Browse…"), "export_browse", self)
        browse.clicked.connect(self.browse)
        self.replace = QCheckBox(self)
        self.replace.setObjectName("export_replace")
        self.replace.toggled.connect(lambda _: self._check())
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(named(tr("&Labels of"), self.whose), self.whose)
        form.addRow("", self.word_level)
        form.addRow("", self.zipped)
        form.addRow(named(tr("&To"), self.target), row(self.target, browse))
        form.addRow("", self.replace)
        self._form = form
        layout = QVBoxLayout(self.choice_page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(named(tr("&Format"), self.format_list))
        layout.addWidget(self.format_list)
        layout.addWidget(self.holds)
        layout.addWidget(self.loses)
        layout.addSpacing(GRID)
        layout.addLayout(form)
        layout.addStretch(1)

    def _fill(self) -> None:
        folder = Path(self._desk.settings.get(FOLDER_KEY) or self._desk.project.path.parent)
        for info in self._infos:
            item = QListWidgetItem(
                tr(info.title) + f"  ({info.suffix or (tr('folder or .zip') if info.key in ZIPPED else tr('folder'))})"
            )
            item.setSizeHint(QSize(0, 3 * GRID))
            self.format_list.addItem(item)
        self.format_list.setFixedHeight(min(len(self._infos), MOST_LINES) * 3 * GRID)
        try:
            found = choices(self._desk.project, self._desk.annotator)
        except ProjectError as error:
            found = ()
            self.said.warn(explain(error))
        for words, selection, count in found:
            self.whose.addItem(tr("{whose} – reports: {count}", whose=words, count=count), selection)
        self.target.setText(str(folder / self._desk.project.path.stem))
        known = [info.key for info in self._infos]
        last = self._desk.settings.get(FORMAT_KEY)
        self.format_list.setCurrentRow(known.index(last) if last in known else 0)
        self.target.setText(str(folder / target_name(self._desk.project.path.stem, self.info, False)))
        if len(found) == 1 and not found[0][2]:
            self.said.say(tr("There are no reports in this project yet. Import some first."))
        elif len(found) == 1:
            self.said.say(tr("Nothing is labelled yet: only texts and their metadata would be exported."))
        elif not self._desk.saving_state.saved:
            self.said.warn(tr("Some changes are not saved yet; they would not be in the export."))
        self.format_list.setFocus()

    # choosing

    @property
    def info(self) -> FormatInfo:
        """The chosen format."""
        return self._infos[max(0, self.format_list.currentRow())]

    @property
    def path(self) -> Path:
        """Where to; a relative name lies beside the project."""
        return self._desk.project.path.parent / Path(self.target.text().strip()).expanduser()

    def _is_zip(self) -> bool:
        return self.info.key in ZIPPED and self.zipped.isChecked()

    def _on_format(self) -> None:
        info = self.info
        self.holds.setText(tr("Holds: {what}", what=tr(info.holds)))
        self.loses.setText(tr("Does not hold: {what}", what=tr(info.loses)))
        self._form.setRowVisible(self.word_level, info.key in WORD_LEVEL)
        self._form.setRowVisible(self.zipped, info.key in ZIPPED)
        self._fit_target()

    def _fit_target(self) -> None:
        """Give the target the suffix of the format."""
        text = self.target.text().strip()
        if not text:
            return
        known = (*(info.suffix for info in self._infos if info.suffix), ".zip")
        path = Path(text)
        stem = self._desk.project.path.stem
        if path.name in {target_name(stem, info, zipped) for info in self._infos for zipped in (False, True)}:
            fitted = path.with_name(target_name(stem, self.info, self._is_zip()))
        else:
            fitted = with_suffix(path, self.info, self._is_zip(), known)
        self.target.setText(str(fitted))

    def browse(self) -> None:
        """Ask where to."""
        suffix = self.info.suffix or (".zip" if self._is_zip() else "")
        chosen = ask_target(self, tr("Export"), self.path, suffix, replace=False)
        if chosen is not None:
            self.target.setText(str(chosen))

    def _check(self) -> None:
        there = bool(self.target.text().strip())
        exists = there and self.path.exists()
        if not exists:
            self.replace.setChecked(False)
        self.replace.setText(tr("{name} exists already; &replace it", name=self.path.name.replace("&", "&&")))
        self._form.setRowVisible(self.replace, exists)
        self.export_button.setEnabled(
            self._job is None and there and self.whose.count() > 0 and (not exists or self.replace.isChecked())
        )

    # exporting

    def start_export(self) -> None:
        """Write what is chosen."""
        if not self.export_button.isEnabled():
            return
        info, path = self.info, self.path
        found = self.whose.currentData()
        selection = found if isinstance(found, Selection) else Selection(everything=True)
        options = Options(
            force=self.replace.isChecked(),
            word_level=info.key in WORD_LEVEL and self.word_level.isChecked(),
            language=language(),
        )
        self._desk.settings.set(FOLDER_KEY, str(path.parent))
        self._desk.settings.set(FORMAT_KEY, info.key)
        job = project_job(
            self._desk.project.path,
            lambda project, progress: export_corpus(project, path, info.key, selection, options, progress),
        )
        self.said.say("")
        self.progress.begin(tr("Exporting"))
        job.progressed.connect(self.progress.show_progress)
        job.done.connect(lambda summary: self._on_exported(summary, info))
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        self._job = job
        self._update()
        job.start()

    def _on_exported(self, summary: ExportSummary, info: FormatInfo) -> None:
        self._exported = (summary, info)
        self.pages.setCurrentWidget(self.result_page)
        self.result_page.show_summary(summary, info)

    def _on_failed(self, error: ChuGiaiError) -> None:
        if isinstance(error, Cancelled):
            self.said.say(explain(error))
        else:
            self.said.warn(explain(error))

    def _on_ended(self) -> None:
        self._job = None
        self.progress.hide()
        self._update()
        if self._closing:
            super().reject()

    def save_summary(self) -> None:
        """Ask where, and write the summary as text."""
        if self._exported is None:
            return
        summary, info = self._exported
        proposed = summary.path.with_name(f"{summary.path.stem}-{tr('summary')}.txt")
        target = ask_target(self, tr("Save summary"), proposed, ".txt")
        if target is None:
            return
        from exports.files import writing

        try:
            with writing(target, force=True) as part:
                part.write_text(export_text(summary, info) + "\n", encoding="utf-8")
        except ChuGiaiError as error:
            self.said.warn(explain(error))
        else:
            self.said.say(tr("The summary was saved as {path}.", path=target))

    def _on_again(self) -> None:
        self.said.say("")
        self.pages.setCurrentWidget(self.choice_page)
        self._update()
        self._check()
        self.export_button.setDefault(True)
        self.format_list.setFocus()

    def stop(self) -> None:
        """Stop the export; nothing is left of it."""
        if self._job is not None:
            self._job.cancel()
            self.progress.stopping()

    # window

    def _update(self) -> None:
        self.choice_page.setEnabled(self._job is None)
        self.button_line.setVisible(self.pages.currentWidget() is self.choice_page)
        self._check()

    def reject(self) -> None:
        """Esc stops a running export, or closes."""
        if self._job is not None:
            self.stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when what is running has stopped."""
        if self._job is not None:
            self._closing = True
            self.stop()
            event.ignore()
        else:
            super().closeEvent(event)
