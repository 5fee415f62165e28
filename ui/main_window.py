"""The main window: builds the panels and connects them, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QPixmap
from PySide6.QtWidgets import QMainWindow, QMessageBox, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from annotations.report import Report
from ui.actions import Actions
from ui.annotate.page import AnnotatePage
from ui.annotate.suggestions.service import SuggestionService
from ui.commands import Commands
from ui.daily_backup import DailyBackup
from ui.desk import Desk
from ui.dropped import is_project, local_paths
from ui.history_panel import HistoryPanel
from ui.queue.indexing import Indexing
from ui.queue.panel import ReportPanel
from ui.queue.search import SearchResults
from ui.queue.selected import SelectedReports
from ui.registry.annotating import RegistryAnnotating
from ui.registry.shelf import Shelf
from ui.status_line import StatusLine
from ui.theme import GRID
from ui.top_bar import TopBar
from ui.words import tr
from ui.workspaces import Workspaces

if TYPE_CHECKING:
    from ui.news_panel import NewsPanel

_WIDEST = 20_000  # pixels; more is no size of a window
_SIDE = 36 * GRID  # width of the left panel at first
_ALL = QRect(QPoint(0, 0), QSize(-1, -1))  # what Qt takes for "all of it"


class MainWindow(QMainWindow):
    """The window of one open project.

    Attributes: ``desk``, ``actions_list`` (the ``Actions``), ``page``, ``view``.
    Signals, for the one who holds the windows: ``open_wanted(path)``, ``new_wanted()``, ``choose_wanted()``,
    ``appearance_wanted(name)``, ``closed()``.
    """

    open_wanted = Signal(object)
    new_wanted = Signal()
    choose_wanted = Signal()
    database_wanted = Signal()
    appearance_wanted = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setAccessibleName(tr("Chú Giải"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setAcceptDrops(True)
        self.desk = desk
        desk.setParent(self)
        name = desk.project.path.name
        self.setWindowTitle(tr("{project} — {annotator} — Chú Giải", project=name, annotator=desk.annotator))
        self.actions_list = Actions(self, desk.settings)
        self.commands = Commands(self, desk, self.actions_list)
        self.page = AnnotatePage(desk, self.actions_list, self)
        self.view = self.page.view
        self._suggestions = SuggestionService(desk, self.page.suggesting, self.actions_list)
        self._build()
        self._connect()
        self.shelf = Shelf(desk)
        self._linking = RegistryAnnotating(self.page, self.shelf, self.actions_list, self)
        desk.work.changed.connect(self._allow_review)
        self._allow_review()
        self.workspaces.add("overview", tr("Overview"), self._make_overview, "Ctrl+3")
        self.workspaces.add("registry", tr("Registry"), self._make_registry, "Ctrl+4")
        self._indexing = Indexing(desk)
        self._backup = DailyBackup(desk)
        self._news: NewsPanel | None = None
        self._is_closed = False

    # starting and ending

    def start(self) -> None:
        """Show the project as it was left: report, caret, scroll, filters, sizes."""
        state = self.desk.settings.project(self.desk.project.project_id)
        self._restore_sizes(state)
        self.reports.start(state.get("filters", {}))
        last = state.get("report")
        if isinstance(last, str) and self.desk.open_report(last, quiet=True):
            self._return_to(state)
        else:
            self.desk.open_first()
        if self.desk.project.warning:
            self.desk.say(tr(self.desk.project.warning, path=self.desk.project.path))
        self.view.setFocus()
        QTimer.singleShot(0, self, self._tell_news)
        QTimer.singleShot(0, self, self._suggestions.start)

    def remember(self) -> None:
        """Keep where the project is left, for this account."""
        report = self.desk.report
        offset, pixels = self.view.scroll_position() if report else (0, 0)
        self.desk.settings.set_project(
            self.desk.project.project_id,
            report=report.id if report else None,
            caret=self.view.caret() if report else 0,
            scroll=[offset, pixels],
            filters=self.reports.state(),
            geometry=_text(self.saveGeometry()),
            size=[self.width(), self.height()],
            splitter=_text(self._splitter.saveState()),
        )

    # what actions do to the window

    def focus_search(self) -> None:
        """Put the caret into the search box."""
        self._top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._top.search.selectAll()

    def show_workspace(self, name: str) -> QWidget:
        """Show Annotate, Review or Overview (by name, in small letters); returns its page."""
        return self.workspaces.show(name)

    def show_history(self) -> None:
        """Show the history of the open report at the left."""
        self.workspaces.show("annotate")
        self._side.setCurrentWidget(self.history)
        self.history.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def news(self) -> NewsPanel:
        """What is new since the annotator was last here; made when it is first wanted, after the window is there."""
        if self._news is None:
            from ui.news_panel import NewsPanel

            self._news = NewsPanel(self.desk, self)
            at = self._side.addTab(self._news, tr("News"))
            self._news.counted.connect(
                lambda count: self._side.setTabText(at, tr("News {count}", count=count) if count else tr("News"))
            )
        return self._news

    def show_news(self) -> None:
        """Show at the left what is new."""
        self.workspaces.show("annotate")
        self._side.setCurrentWidget(self.news)
        self.news.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell_news(self) -> None:
        if not self._is_closed:
            self.news.start()

    def show_reports(self) -> None:
        """Show the report list at the left."""
        self.workspaces.show("annotate")
        self._side.setCurrentIndex(0)
        self._queue.setCurrentWidget(self.reports)
        self.reports.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_appearance(self, name: str) -> None:
        """Ask for light or dark colours, or those of the system."""
        self.appearance_wanted.emit(name)

    # own

    def _build(self) -> None:
        self.workspaces = Workspaces(self.actions_list, self)
        self._top = TopBar(self.actions_list, self.desk.annotator, self.workspaces.bar, self)
        self.setMenuWidget(self._top)
        self.reports = ReportPanel(self.desk, self.actions_list, self)
        self.results = SearchResults(self.desk, self)
        self.history = HistoryPanel(self.desk, self)
        self._selected = SelectedReports(self.reports, self.desk, self.actions_list)
        self._queue = QStackedWidget(self)
        self._queue.addWidget(self.reports)
        self._queue.addWidget(self.results)
        self._side = QTabWidget(self)
        self._side.setObjectName("side_tabs")
        self._side.setDocumentMode(True)
        self._side.tabBar().setExpanding(False)
        self._side.tabBar().setDrawBase(False)
        self._side.addTab(self._queue, tr("Reports"))
        self._side.addTab(self.history, tr("History"))
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._side)
        self._splitter.addWidget(self.page)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_SIDE, 1000])
        self._side.setMinimumWidth(22 * GRID)
        self._status = StatusLine(self)
        centre = QWidget(self)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.workspaces.stack, 1)
        layout.addWidget(self._status)
        self.setCentralWidget(centre)
        self._splitter.setFocusProxy(self.view)
        self.workspaces.add("annotate", tr("Annotate"), lambda: self._splitter, "Ctrl+1", self.page)
        self.workspaces.own("annotate", _of_annotate(self.actions_list))
        self.workspaces.add("review", tr("Review"), self._make_review, "Ctrl+2")
        self.resize(180 * GRID, 108 * GRID)

    def _make_overview(self) -> QWidget:
        from ui.overview.page import OverviewPage

        page = OverviewPage(self.desk, self.actions_list, self)
        page.place_wanted.connect(self._show_label)
        return page

    def _show_label(self, report_id: str, start: int, end: int) -> None:
        """Show a place in its report; an own entity that is just there is selected."""
        if self.desk.open_report(report_id, place=(start, end)):
            own = self.desk.annotation_set.entities
            there = [one.id for one in own if (one.start, one.end) == (start, end)]
            if there:
                self.view.select_entities(there)

    def _make_registry(self) -> QWidget:
        from ui.registry.page import RegistryPage

        return RegistryPage(self.desk, self.shelf, self)

    def _allow_review(self) -> None:
        """Who works blind on a report is not shown what others labelled, unless she leads."""
        why_not = tr("Your work is blind: what others labelled is shown when the lead has ended that.")
        self.workspaces.allow("review", self.desk.work.work.sees_others, why_not)

    def _make_review(self) -> QWidget:
        from ui.review.page import ReviewPage

        page = ReviewPage(self.desk, self.actions_list, self)
        page.report_wanted.connect(lambda report, start, end: self.desk.open_report(report, place=(start, end)))
        return page

    def _connect(self) -> None:
        desk = self.desk
        desk.saving_changed.connect(self._top.saved.show_state)
        self.reports.survey_wanted.connect(self._suggestions.survey)
        self._suggestions.source.surveyed.connect(self.reports.surveyed)
        desk.notice.connect(self._status.say)
        desk.trouble.connect(self._status.warn)
        self.workspaces.hint.connect(self._status.set_hint)
        desk.place_wanted.connect(self._show_place)
        desk.report_opened.connect(self._on_report_opened)
        desk.reports_changed.connect(self._open_something)
        self._status.undo_wanted.connect(desk.undo)
        search = self._top.search
        search.wanted.connect(self._on_search)
        search.entered.connect(self.results.open_current)
        search.left.connect(self._on_search_left)
        self.results.opened.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.results.left.connect(search.clear)
        self.results.left.connect(lambda: self._on_search_left(False))

    def _on_search(self, words: str) -> None:
        if words:
            self.workspaces.show("annotate")
            self._side.setCurrentIndex(0)
            self.results.look_for(words)
        self._queue.setCurrentWidget(self.results if words else self.reports)

    def _on_search_left(self, down: bool) -> None:
        target: QWidget = self.results.list if down else self.reports.list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_place(self, start: int, end: int) -> None:
        self.workspaces.show("annotate")
        self.view.select(start, end)

    def _on_report_opened(self, report: Report | None) -> None:
        if report is None:
            self._open_something()
        else:
            self.desk.settings.set_project(self.desk.project.project_id, report=report.id, caret=0, scroll=[0, 0])

    def _open_something(self) -> None:
        """When no report is open and there are some, open one, after all panels have heard what changed."""
        if self.desk.report is None:
            QTimer.singleShot(0, self, lambda: self.desk.report is None and self.desk.open_first())

    def _return_to(self, state: object) -> None:
        """Put caret and scroll where they were; a text that is shorter now does no harm."""
        remembered = cast(dict[str, object], state)
        caret, scroll = remembered.get("caret"), remembered.get("scroll")
        if isinstance(caret, int):
            self.view.set_caret(caret)
        match scroll:
            case [int(offset), int(pixels)]:
                self._when_shown(lambda: self.view.set_scroll_position((offset, pixels)))

    def _when_shown(self, do: Callable[[], None]) -> None:
        """Do something once the view has its size."""
        QTimer.singleShot(0, self, do)

    def _restore_sizes(self, state: object) -> None:
        remembered = cast(dict[str, object], state)
        match remembered.get("size"):
            case [int(width), int(height)] if 0 < width < _WIDEST and 0 < height < _WIDEST:
                self.resize(width, height)
        for name, restore in (("geometry", self._restore_geometry), ("splitter", self._splitter.restoreState)):
            value = remembered.get(name)
            if isinstance(value, str):
                restore(QByteArray.fromBase64(value.encode()))

    def _restore_geometry(self, value: QByteArray) -> None:
        """Where the window was; without a screen only its size counts, which Qt would fit to a small one."""
        if QGuiApplication.platformName() != "offscreen":
            self.restoreGeometry(value)

    def grab(self, rectangle: QRect = _ALL) -> QPixmap:
        """A picture of the window as it stands; the tables too, which otherwise wait for the text to be painted."""
        self.page.paint_tables()
        return super().grab(rectangle)

    # Qt's events

    def event(self, event: QEvent) -> bool:
        """A key that is sent to this window means what it means here, also while another window is the active one."""
        if event.type() == QEvent.Type.ShortcutOverride and not self.isActiveWindow():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody needed dismisses the notice."""
        if event.key() != Qt.Key.Key_Escape or not self._status.dismiss():
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped: a project to open, reports to import."""
        if local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the project that was dropped, or import the reports."""
        paths = local_paths(event.mimeData())
        event.acceptProposedAction()
        projects = [path for path in paths if is_project(path)]
        if projects:
            self.open_wanted.emit(projects[0])
        elif paths:
            self.commands.import_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep where things are left; ask when something is not saved."""
        if self._is_closed:
            return
        self.desk.saving.retry()
        if not self.desk.saving_state.saved and not self._gives_up():
            event.ignore()
            return
        self._is_closed = True
        self.remember()
        self._indexing.close()
        self.shelf.close()
        self._backup.close()
        self._suggestions.close()
        self.reports.close_count()
        if self._news is not None:
            self._news.close_news()
        self.desk.close()
        event.accept()
        self.closed.emit()

    def _gives_up(self) -> bool:
        state = self.desk.saving_state
        said = tr("{count} changes are not saved yet: {problem}", count=state.waiting, problem=state.problem)
        box = QMessageBox(QMessageBox.Icon.Warning, tr("Not saved"), said, parent=self)
        box.setObjectName("unsaved_question")
        stay = box.addButton(tr("Keep the window open"), QMessageBox.ButtonRole.RejectRole)
        lose = box.addButton(tr("Close and lose them"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is lose


_EVERYWHERE = ("action_undo", "action_redo", "action_schema", "action_search")


def _of_annotate(actions: Actions) -> list[str]:
    """The actions that mean something while one annotates only: those without a place of their own, and of the report."""
    names = [(one.action.objectName(), one) for one in actions.registered()]
    return [
        name
        for name, one in names
        if one.context is None and one.menu in ("Edit", "Labels", "Go", "View") and name not in _EVERYWHERE
        if not name.startswith(("action_workspace", "action_appearance", "action_next_panel", "action_previous_panel"))
    ]


def _text(value: QByteArray) -> str:
    return bytes(value.toBase64().data()).decode()
