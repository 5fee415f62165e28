"""The overview workspace: progress, agreement, what annotators disagree on most, and how good suggestions are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.actions import Actions
from ui.desk import Desk
from ui.overview.agreement import AgreementSection
from ui.overview.guidelines import GuidelinesSection
from ui.overview.progress import ProgressSection
from ui.overview.suggestions import SuggestionsSection
from ui.words import tr


class OverviewPage(QWidget):
    """Sections as tabs; each reads when it is first seen. Signal: ``place_wanted(report id, start, end)`` to jump there."""

    place_wanted = Signal(str, int, int)

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overview_page")
        self.setAccessibleName(tr("Overview"))
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("overview_tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        self.progress = ProgressSection(desk, actions, self)
        self.agreement = AgreementSection(desk, self)
        self.guidelines = GuidelinesSection(desk, self)
        self.suggestions = SuggestionsSection(desk, actions, self)
        self._sections = (self.progress, self.agreement, self.guidelines, self.suggestions)
        titles = (tr("Progress"), tr("Agreement"), tr("Guidelines"), tr("Suggestions"))
        for section, title in zip(self._sections, titles, strict=True):
            self.tabs.addTab(section, title)
        self.agreement.place_wanted.connect(self.place_wanted)
        self.guidelines.place_wanted.connect(self.place_wanted)
        self.tabs.currentChanged.connect(lambda _at: self.enter())
        desk.work.changed.connect(self._on_work_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self.setFocusProxy(self.tabs)

    def _on_work_changed(self) -> None:
        if self.isVisible():
            self.enter()

    def enter(self) -> None:
        """Have the section that is seen be up to date."""
        self._sections[self.tabs.currentIndex()].enter()
