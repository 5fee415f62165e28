"""What is new since the annotator was last here: what others changed, and what review made of her labels and why."""

from __future__ import annotations

import logging

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from annotations.errors import ChuGiaiError
from model.errors import ProjectError
from model.seen import mark_seen
from ui.desk import Desk
from ui.jobs.news import News, news_of
from ui.list_row import ROW_ROLE
from ui.news_model import NewsDelegate, NewsModel, NewsRow, rows_of
from ui.theme import GRID
from ui.words import explain, tr
from ui.worker import Job

log = logging.getLogger(__name__)


class NewsPanel(QWidget):
    """Reads once when the window opens, and when asked. Signal: ``counted(int)`` how many things are new."""

    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("news_panel")
        self.setAccessibleName(tr("News"))
        self._desk = desk
        self._job: Job | None = None
        self._told: News | None = None
        self._looked_at = False
        self.which = QComboBox(self)
        self.which.setObjectName("news_which")
        self.which.setAccessibleName(tr("Which news"))
        self.which.addItem(tr("Since you were last here"), False)
        self.which.addItem(tr("All that review changed of yours"), True)
        self.which.currentIndexChanged.connect(lambda _at: self.read())
        self.about = QLabel(self, wordWrap=True)
        self.about.setObjectName("news_about")
        self.about.setProperty("role", "muted")
        self.model = NewsModel(self)
        self.list = QListView(self)
        self.list.setObjectName("news_list")
        self.list.setAccessibleName(tr("What is new"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(NewsDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setTabKeyNavigation(False)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        self.noted = QPushButton(tr("Noted"), self)
        self.noted.setObjectName("news_noted")
        self.noted.setToolTip(tr("Next time only what is newer is told"))
        self.noted.clicked.connect(self.note)
        self.noted.hide()
        head = QVBoxLayout()
        head.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        head.setSpacing(GRID)
        head.addWidget(self.which)
        head.addWidget(self.about)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.noted, 0, Qt.AlignmentFlag.AlignHCenter)

    def start(self) -> None:
        """Read what is new, once the window is there; says so when there is something."""
        self.read(say=True)

    def read(self, say: bool = False) -> None:
        """Read beside the window's work."""
        if self._job is not None:
            return
        project, annotator, everything = self._desk.project, self._desk.annotator, bool(self.which.currentData())
        self._job = Job(lambda _progress: news_of(project, annotator, everything))
        self._job.done.connect(lambda news: self._show(news, say))
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def note(self) -> None:
        """Everything that is listed is known now."""
        if self._told is not None:
            self._mark(self._told.until)
            self._told = News(self._told.until)
            self._show(self._told, False)

    def close_news(self) -> None:
        """Remember how far she was told; what she did not look at is told again next time."""
        if self._job is not None:
            self._job.wait()
        told = self._told
        if told is not None and (told.first or told.is_empty or self._looked_at):
            self._mark(told.until)

    # own

    def _mark(self, number: int) -> None:
        try:
            with self._desk.project.writing() as connection:
                mark_seen(connection, self._desk.annotator, number)
        except ProjectError as error:
            log.info("how far the news were told is not remembered: %s", error)

    def _on_ended(self) -> None:
        self._job = None

    def _on_failed(self, error: ChuGiaiError) -> None:
        self.about.setText(explain(error))

    def _show(self, news: News, say: bool) -> None:
        if not news.everything:
            self._told = news
        self.model.show(rows_of(news, self._desk.schema))
        self.about.setText(_sentence(news))
        self.noted.setVisible(not news.everything and not news.is_empty)
        self.list.setVisible(bool(self.model.rows))
        self._looked_at = self._looked_at or self.isVisible()
        if not news.everything:
            self.counted.emit(len(self.model.rows))
            if say and not news.is_empty:
                self._desk.say(tr("Since you were last here: {what} See News at the left.", what=_sentence(news)))

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(row, NewsRow):
            self._desk.open_report(row.report_id, place=row.place)

    def showEvent(self, event: QShowEvent) -> None:
        """What is seen was looked at."""
        super().showEvent(event)
        self._looked_at = True


def _sentence(news: News) -> str:
    """What is new, in one or two short sentences."""
    parts = []
    if news.handed_out:
        parts.append(tr("{count} reports were handed out to you.", count=news.handed_out))
    if news.told:
        parts.append(tr("Review has {count} of your labels otherwise.", count=len(news.told)))
    if news.reports:
        parts.append(tr("Others changed {count} reports.", count=len(news.reports)))
    if parts:
        return " ".join(parts)
    if news.everything:
        return tr("Review has none of your labels otherwise.")
    return tr(
        "Nothing that others did is new. When they change reports, or review decides about your labels, it is listed here."
    )
