"""Export: format, whose labels, where to; then what was written and what the format left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from annotations.errors import Cancelled, ChuGiaiError
from exports.formats import FormatInfo, formats
from exports.label_map import LabelMap
from exports.manifest import manifest_path
from exports.needs import need
from exports.protocol import ExportSummary
from model.errors import ProjectError
from model.project import Project
from model.queries.corpus import Selection
from ui.desk import Desk
from ui.dialogs.export_choices import choices, target_name, with_suffix
from ui.dialogs.export_form import ExportForm
from ui.dialogs.export_result import ExportResult, export_text
from ui.dialogs.files import ask_target
from ui.dialogs.label_map_page import LabelMapPage
from ui.dialogs.parts import ProgressRow, Said, button, column, dialog_layout, named, quiet, row
from ui.jobs.exporting import export_corpus, usual_filter
from ui.jobs.progress import Progress
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job, project_job

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
        self.resize(120 * GRID, 76 * GRID)
        self._desk = desk
        self._infos: Sequence[FormatInfo] = [info for info in formats() if info.writes]
        self._job: Job | None = None
        self._closing = False
        self._missing = False
        self._exported: tuple[ExportSummary, FormatInfo] | None = None
        self.pages = QStackedWidget(self)
        self.choice_page = QWidget(self)
        self._make_choice_page()
        self.result_page = ExportResult(self)
        self.result_page.save_wanted.connect(self.save_summary)
        self.result_page.again_wanted.connect(self._on_again)
        self.result_page.close_wanted.connect(self.accept)
        self.map_page = LabelMapPage(self)
        self.map_page.chosen.connect(self._on_mapping)
        self.map_page.left.connect(lambda: self._show_page(self.choice_page))
        for page in (self.choice_page, self.map_page, self.result_page):
            self.pages.addWidget(page)
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
        self.format_list.setMinimumWidth(46 * GRID)
        self.format_list.currentRowChanged.connect(lambda _: self._on_format())
        self.holds = quiet("", self)
        self.loses = quiet("", self)
        self.form = ExportForm(self)
        self.form.changed.connect(self._fit_target)
        self.form.mapping_wanted.connect(self._on_mapping_wanted)
        self.whose, self.word_level, self.zipped = self.form.whose, self.form.word_level, self.form.zipped
        self.target = QLineEdit(self)
        self.target.setObjectName("export_target")
        self.target.textChanged.connect(lambda _: self._check())
        browse = button(tr("&Browse…"), "export_browse", self)
        browse.clicked.connect(self.browse)
        self.replace = QCheckBox(self)
        self.replace.setObjectName("export_replace")
        self.replace.toggled.connect(lambda _: self._check())
        self.form.form.addRow(named(tr("&To"), self.target), row(self.target, browse))
        self.form.form.addRow("", self.replace)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        layout = QHBoxLayout(self.choice_page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addLayout(column(named(tr("&Format"), self.format_list), self.format_list))
        right = column(self.holds, self.loses)
        right.addSpacing(GRID)
        right.addWidget(area, 1)
        layout.addLayout(right, 1)

    def _fill(self) -> None:
        folder = Path(self._desk.settings.get(FOLDER_KEY) or self._desk.project.path.parent)
        for info in self._infos:
            item = QListWidgetItem(
                tr(info.title) + f"  ({info.suffix or (tr('folder or .zip') if info.zips else tr('folder'))})"
            )
            item.setSizeHint(QSize(0, 3 * GRID))
            self.format_list.addItem(item)
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
        self.target.setText(str(folder / target_name(self._desk.project.path.stem, self.info, self._suffix())))
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

    def _suffix(self) -> str:
        """The suffix of what is written; empty for a folder."""
        if self.form.is_folder:
            return ".zip" if self.form.is_zip else ""
        return self.info.suffix

    def _on_format(self) -> None:
        info = self.info
        self.holds.setText(tr("Holds: {what}", what=tr(info.holds)))
        self.loses.setText(tr("Does not hold: {what}", what=tr(info.loses)))
        self.form.show_format(info)
        self._fit_target()
        self._say_what_is_missing()

    def _say_what_is_missing(self) -> None:
        """A format whose library is not installed can be looked at, and how to get it stands there."""
        self._missing = False
        try:
            if self.info.needs:
                need(self.info.needs, self.info.key)
        except ChuGiaiError as error:
            self._missing = True
            self.said.warn(explain(error))
        else:
            self.said.say("")
        self._check()

    # renaming labels

    def _on_mapping_wanted(self) -> None:
        folder = Path(self._desk.settings.get(FOLDER_KEY) or self._desk.project.path.parent)
        self.map_page.begin(self._desk.workspace.schema, self.form.labels, folder)
        self._show_page(self.map_page)

    def _on_mapping(self, labels: LabelMap) -> None:
        self.form.set_labels(labels)
        self._show_page(self.choice_page)

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self._update()

    def _fit_target(self) -> None:
        """Give the target the suffix of the format."""
        text = self.target.text().strip()
        if not text:
            return
        known = (*(info.suffix for info in self._infos if info.suffix), ".zip")
        path, suffix = Path(text), self._suffix()
        stem = self._desk.project.path.stem
        if path.name in {target_name(stem, info, one) for info in self._infos for one in ("", ".zip", info.suffix)}:
            fitted = path.with_name(target_name(stem, self.info, suffix))
        else:
            fitted = with_suffix(path, suffix, known)
        self.target.setText(str(fitted))
        self._check()

    def browse(self) -> None:
        """Ask where to."""
        chosen = ask_target(self, tr("Export"), self.path, self._suffix(), replace=False)
        if chosen is not None:
            self.target.setText(str(chosen))

    def _check(self) -> None:
        there = bool(self.target.text().strip())
        exists = there and (self.path.exists() or manifest_path(self.path).exists())
        if not exists:
            self.replace.setChecked(False)
        self.replace.setText(tr("{name} exists already; &replace it", name=self.path.name.replace("&", "&&")))
        self.form.form.setRowVisible(self.replace, exists)
        may_write = there and not self._missing and (not exists or self.replace.isChecked())
        self.export_button.setEnabled(self._job is None and may_write and self.whose.count() > 0)

    # exporting

    def start_export(self) -> None:
        """Write what is chosen."""
        if not self.export_button.isEnabled():
            return
        info, path = self.info, self.path
        found = self.whose.currentData()
        selection = found if isinstance(found, Selection) else Selection(everything=True)
        options, choose = self.form.options(self.replace.isChecked()), self.form.choice()
        self._desk.settings.set(FOLDER_KEY, str(path.parent))
        self._desk.settings.set(FORMAT_KEY, info.key)

        def work(project: Project, progress: Progress) -> ExportSummary:
            wanted = choose(usual_filter(project, info.key, selection))
            return export_corpus(project, path, info.key, selection, options, progress, wanted)

        job = project_job(self._desk.project.path, work)
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
        page = self.pages.currentWidget()
        self.button_line.setVisible(page is self.choice_page)
        main = self.map_page.use if page is self.map_page else self.export_button
        main.setDefault(page is not self.result_page)
        self._check()

    def reject(self) -> None:
        """Esc stops a running export, leaves the names of labels, or closes."""
        if self._job is not None:
            self.stop()
        elif self.pages.currentWidget() is self.map_page:
            self._show_page(self.choice_page)
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
