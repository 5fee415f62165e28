"""Import with a preview: choose files, look, correct, import, see what came of it. One window, no message boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from annotations.errors import Cancelled, ChuGiaiError
from exports.xlsx.read import is_own_workbook
from model.project import Project
from ui.desk import Desk
from ui.dialogs.column_page import ColumnPage
from ui.dialogs.empty_page import EmptyPage
from ui.dialogs.files import ask_files, ask_folder, ask_target
from ui.dialogs.import_result import ResultPage, first_added
from ui.dialogs.incoming_page import IncomingPage
from ui.dialogs.parts import ProgressRow, Said, button, dialog_layout, row
from ui.dialogs.preview_page import PreviewPage
from ui.dialogs.reading import Reading
from ui.dialogs.workbook_page import WorkbookPage
from ui.dropped import local_paths
from ui.jobs.importing import ImportSummary, import_files
from ui.jobs.incoming_labels import AS_THEY_ARE, IncomingLabels, Name
from ui.jobs.preview import save_preview
from ui.jobs.progress import Progress
from ui.jobs.workbook_back import WorkbookResult, import_workbook, preview_workbook
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job, project_job

FOLDER_KEY = "import_folder"
"""The setting that remembers where files were chosen last."""


class ImportDialog(QDialog):
    """Shows what ``paths`` hold, at once. Signal: ``imported(ImportSummary)`` after something came in."""

    imported = Signal(object)

    def __init__(self, desk: Desk, paths: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_dialog")
        self.setWindowTitle(tr("Import reports"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(128 * GRID, 80 * GRID)
        self._desk = desk
        self._paths: list[Path] = []
        self._mappings: dict[Path, dict[str, str]] = {}
        self._reading: Reading | None = None
        self._job: Job | None = None
        self._closing = False
        self._first: str | None = None
        self._labels: IncomingLabels | None = None
        self._settled: set[Name] = set()
        self._make_pages()
        self._make_buttons()
        self.said = Said("import_said", self)
        self.progress = ProgressRow(self)
        self.progress.cancel_wanted.connect(self.stop)
        layout = dialog_layout(self)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.said)
        layout.addWidget(self.progress)
        layout.addWidget(self.button_line)
        self._show_page(self.empty_page)
        self.add_paths(paths)

    # building

    def _make_pages(self) -> None:
        self.pages = QStackedWidget(self)
        self.empty_page = EmptyPage(self)
        self.empty_page.files_wanted.connect(self.choose_files)
        self.empty_page.folder_wanted.connect(self.choose_folder)
        self.preview_page = PreviewPage(self._desk.annotator, lambda: self._desk.workspace.schema, self)
        self.preview_page.columns_wanted.connect(self._on_columns_wanted)
        self.preview_page.labels_wanted.connect(self._on_labels_wanted)
        self.preview_page.counted.connect(self._update)
        self.preview_page.model.refused.connect(lambda sentence: self.said.warn(sentence))
        self.preview_page.model.dataChanged.connect(lambda *_: self.said.say(""))
        self.column_page = ColumnPage(self)
        self.column_page.chosen.connect(self._on_columns)
        self.column_page.left.connect(lambda: self._show_page(self.preview_page))
        self.incoming_page = IncomingPage(self)
        self.incoming_page.chosen.connect(self._on_labels)
        self.incoming_page.left.connect(lambda: self._show_page(self.preview_page))
        self.result_page = ResultPage(self)
        self.result_page.open_wanted.connect(self._on_open)
        self.result_page.more_wanted.connect(self._on_more)
        self.result_page.close_wanted.connect(self.accept)
        self.workbook_page = WorkbookPage(self)
        self.workbook_page.apply_wanted.connect(self._on_take_over)
        self.workbook_page.left.connect(self.reject)
        for page in (self.empty_page, self.preview_page, self.column_page, self.incoming_page):
            self.pages.addWidget(page)
        self.pages.addWidget(self.result_page)
        self.pages.addWidget(self.workbook_page)

    def _make_buttons(self) -> None:
        self.files_button = button(tr("&Add files…"), "import_add_files", self)
        self.files_button.clicked.connect(self.choose_files)
        self.folder_button = button(tr("Add f&older…"), "import_add_folder", self)
        self.folder_button.clicked.connect(self.choose_folder)
        self.save_button = button(tr("Save preview to E&xcel…"), "import_save_preview", self)
        self.save_button.clicked.connect(self.save_preview)
        self.import_button = button(tr("&Import"), "import_start", self, main=True)
        self.import_button.clicked.connect(self.start_import)
        self.close_button = button(tr("Cancel"), "import_close", self)
        self.close_button.clicked.connect(self.reject)
        self.button_line = QWidget(self)
        self.button_line.setLayout(
            row(self.files_button, self.folder_button, self.save_button, None, self.close_button, self.import_button)
        )

    # choosing and reading

    def choose_files(self) -> None:
        """Ask for files and show them too."""
        self.add_paths(ask_files(self, tr("Files to import"), self._folder()))

    def choose_folder(self) -> None:
        """Ask for a folder and show what is in it too."""
        folder = ask_folder(self, tr("Folder to import"), self._folder())
        self.add_paths((folder,) if folder else ())

    def add_paths(self, paths: Iterable[Path]) -> None:
        """Read these too; what was corrected stays corrected."""
        new = [path for path in dict.fromkeys(paths) if path not in self._paths]
        if not new or self._job is not None:
            return
        self._desk.settings.set(FOLDER_KEY, str(new[0].absolute().parent))
        if not self._paths and len(new) == 1 and is_own_workbook(new[0]):
            self._show_workbook(new[0])
            return
        self._paths += new
        self._read()

    def _folder(self) -> Path:
        return Path(self._desk.settings.get(FOLDER_KEY) or Path.home())

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.abandon()
        self.preview_page.model.clear()
        self.said.say("")
        self._show_page(self.preview_page)
        self.progress.begin(tr("Reading"))
        reading = Reading(self._paths, self._mappings)
        reading.rows_read.connect(self.preview_page.model.append)
        reading.progressed.connect(self.progress.show_progress)
        reading.ended.connect(self._on_read)
        self._reading = reading
        reading.start()
        self._update()

    def _on_read(self, error: ChuGiaiError | None) -> None:
        self._reading = None
        self.progress.hide()
        table = self.preview_page.table
        table.sort_read()
        if isinstance(error, Cancelled):
            self.said.say(
                tr("Reading was stopped. Files that are not listed yet will be imported as they are recognised.")
            )
        elif error is not None:
            self.said.warn(explain(error))
        if self._closing:
            super().reject()
        elif not table.hasFocus() and not self.import_button.hasFocus():
            table.setFocus()
        self._update()

    # columns of spreadsheets

    def _on_columns_wanted(self) -> None:
        self._show_page(self.column_page)
        self.column_page.show_files(self.preview_page.spreadsheets(), self._mappings)

    def _on_columns(self, path: Path, mapping: dict[str, str]) -> None:
        self._mappings[path] = mapping
        self._read()

    # labels that the schema lacks

    def _on_labels_wanted(self) -> None:
        page = self.preview_page
        self._show_page(self.incoming_page)
        self.incoming_page.begin(self._desk.workspace.schema, page.unknown, self._labels or AS_THEY_ARE, self._folder())

    def _on_labels(self, labels: IncomingLabels) -> None:
        self._labels = labels
        self._settled |= set(self.preview_page.unknown)
        self._show_page(self.preview_page)

    # an edited workbook

    def _show_workbook(self, path: Path) -> None:
        self.workbook_page.begin(path)
        self._show_page(self.workbook_page)
        job = project_job(self._desk.project.path, lambda project, progress: preview_workbook(project, path, progress))
        self._run(job, tr("Reading"), self.workbook_page.show_found)

    def _on_take_over(self) -> None:
        path, actor = self.workbook_page.path, self._desk.annotator
        self.workbook_page.apply_button.setEnabled(False)

        def work(project: Project, progress: Progress) -> WorkbookResult:
            return import_workbook(project, path, actor, progress)

        self._run(project_job(self._desk.project.path, work), tr("Reading"), self._on_taken_over)

    def _on_taken_over(self, result: WorkbookResult) -> None:
        self._desk.bus.poll()
        self._desk.say(tr("Rows of the workbook taken over: {count}", count=len(result.found.edits)), result.applied)
        self.accept()

    # saving the preview

    def save_preview(self) -> None:
        """Ask where, and write the rows as they are shown."""
        target = ask_target(self, tr("Save preview"), self._folder() / tr("preview.xlsx"), ".xlsx")
        if target is None:
            return
        rows = self.preview_page.model.rows()
        job = Job(lambda _progress: save_preview(rows, target, force=True))
        self._run(job, tr("Saving"), lambda _: self.said.say(tr("The preview was saved as {path}.", path=target)))

    # importing

    def start_import(self) -> None:
        """Import what is chosen, with what was corrected."""
        if self._job is not None or not self.import_button.isEnabled():
            return
        page = self.preview_page
        if page.default_annotator() == "":
            self.said.warn(tr("Some labels name nobody. Say by whom they are, then import."))
            page.annotator.setFocus()
            return
        if not self._settled.issuperset(page.unknown):
            self._on_labels_wanted()
            self.said.say(tr("Say what becomes of these labels, then import."))
            return
        if self._reading is not None:
            self._reading.abandon()
            self._reading = None
        paths, mappings = tuple(self._paths), dict(self._mappings)
        edits = {key: dict(values) for key, values in page.model.edits.items()}
        rows, actor = page.model.rows(), self._desk.annotator
        annotator, replace = page.default_annotator(), page.replace.isChecked()
        labels = self._labels or AS_THEY_ARE

        def work(project: Project, progress: Progress) -> tuple[ImportSummary, str | None]:
            summary = import_files(
                project, paths, annotator=annotator, actor=actor, replace=replace, mapping=mappings, edits=edits,
                labels=labels, workbooks=False, progress=progress,
            )  # fmt: skip
            return summary, first_added(project, actor, summary, rows)

        self._run(project_job(self._desk.project.path, work), tr("Importing"), self._on_imported)

    def _on_imported(self, result: tuple[ImportSummary, str | None]) -> None:
        summary, self._first = result
        self._desk.bus.poll()
        self.result_page.show_summary(summary, self._first is not None)
        self._show_page(self.result_page)
        self.imported.emit(summary)

    def _on_open(self) -> None:
        if self._first is not None:
            self._desk.open_report(self._first)
        self.accept()

    def _on_more(self) -> None:
        self._paths = []
        self._mappings = {}
        self._labels = None
        self._settled.clear()
        self.preview_page.model.clear()
        self.preview_page.model.edits.clear()
        self._show_page(self.empty_page)

    # jobs

    def _run(self, job: Job, what: str, on_done: Callable[..., None]) -> None:
        self.said.say("")
        self.progress.begin(what)
        self._job = job
        job.progressed.connect(self.progress.show_progress)
        job.done.connect(on_done)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_job_ended)
        job.start()
        self._update()

    def _on_failed(self, error: ChuGiaiError) -> None:
        if isinstance(error, Cancelled):
            self.said.say(explain(error))
        else:
            self.said.warn(explain(error))

    def _on_job_ended(self) -> None:
        self._job = None
        self.progress.hide()
        self._update()
        if self._closing:
            super().reject()

    def stop(self) -> None:
        """Stop what is running; it leaves nothing half done."""
        if self._reading is not None:
            self._reading.stop()
        if self._job is not None:
            self._job.cancel()
        self.progress.stopping()

    # window

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self._update()
        main = {
            self.empty_page: self.empty_page.files_button,
            self.preview_page: self.import_button,
            self.column_page: self.column_page.use,
            self.incoming_page: self.incoming_page.use,
        }.get(page)
        if main is not None:
            main.setDefault(True)

    def _update(self) -> None:
        page = self.pages.currentWidget()
        busy = self._job is not None
        self.preview_page.set_editable(not busy)
        self.button_line.setVisible(page in (self.empty_page, self.preview_page))
        for part in (self.files_button, self.folder_button, self.save_button):
            part.setVisible(page is self.preview_page)
            part.setEnabled(not busy)
        self.save_button.setEnabled(not busy and self.preview_page.model.rowCount() > 0)
        self.import_button.setVisible(page is self.preview_page)
        self.import_button.setEnabled(not busy and self.preview_page.reports > 0)

    def reject(self) -> None:
        """Esc goes one step back: stops what is running, leaves the columns or the labels, closes."""
        if self._reading is not None or self._job is not None:
            self.stop()
        elif self.pages.currentWidget() in (self.column_page, self.incoming_page):
            self._show_page(self.preview_page)
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when what is running has stopped."""
        if self._reading is not None or self._job is not None:
            self._closing = True
            self.stop()
            event.ignore()
        else:
            super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped here."""
        if local_paths(event.mimeData()) and self._job is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what was dropped too."""
        event.acceptProposedAction()
        self.add_paths(local_paths(event.mimeData()))
