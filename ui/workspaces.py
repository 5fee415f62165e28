"""The workspaces of the window: Annotate, Review, Overview. One is shown at a time, made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from ui.actions import Actions
from ui.words import tr


@dataclass(slots=True)
class _Place:
    """One workspace: its name, what makes its page, and the page once it was made."""

    name: str
    make: Callable[[], QWidget]
    says: QWidget | None = None
    page: QWidget | None = None


class Workspaces(QObject):
    """``bar`` goes into the top bar, ``stack`` into the middle of the window.

    A page that has ``enter()`` is told each time it comes to be shown; one that has ``leave()``, when it goes. The
    page's focus proxy gets the focus. What a page has for the status line it tells by a signal
    ``status_text_changed(str)`` and a method ``status_text()``; only the shown page is passed on.
    Signals: ``changed(name)`` after another workspace came to be shown; ``hint(sentence)`` for the status line.
    """

    changed = Signal(str)
    hint = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._places: list[_Place] = []
        self._own_actions: dict[str, tuple[str, ...]] = {}
        self._put_off: list[str] = []
        self.stack = QStackedWidget(parent)
        self.bar = QTabBar(parent)
        self.bar.setObjectName("workspace_bar")
        self.bar.setAccessibleName(tr("Workspaces"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar.hide()
        self.bar.currentChanged.connect(self._on_tab)

    @property
    def current(self) -> str:
        """Name of the workspace that is shown."""
        at = self.bar.currentIndex()
        return self._places[at].name if at >= 0 else ""

    def add(self, name: str, title: str, make: Callable[[], QWidget], key: str, says: QWidget | None = None) -> None:
        """Add a workspace at the right end, with an action ``action_workspace_<name>``; the first is shown at once.

        ``make`` makes the page when it is first wanted; ``says`` tells what the status line says, if not the page.
        """
        place = _Place(name, make, says)
        self._places.append(place)
        action = self._actions.add(f"action_workspace_{name}", title, key, partial(self.show, name), menu="View")
        action.setProperty("group_begins", len(self._places) == 1)
        at = self.bar.addTab(title)
        self.bar.setTabToolTip(at, f"{title} ({key})")
        self.bar.setVisible(self.bar.count() > 1)
        if self.bar.count() == 1:
            self._show(place)

    def own(self, name: str, actions: Iterable[str]) -> None:
        """Say which actions mean something in one workspace only: in the others they are put off."""
        self._own_actions[name] = tuple(actions)

    def allow(self, name: str, allowed: bool, why_not: str) -> None:
        """Let a workspace be shown, or say in its tooltip why not; one that is shown then gives way to the first."""
        at = next(at for at, place in enumerate(self._places) if place.name == name)
        action = self._actions[f"action_workspace_{name}"]
        if not allowed and self.bar.currentIndex() == at:
            self.bar.setCurrentIndex(0)
        self.bar.setTabEnabled(at, allowed)
        self.bar.setTabToolTip(at, action.toolTip() if allowed else why_not)
        action.setEnabled(allowed)

    def page(self, name: str) -> QWidget | None:
        """The page of a workspace, None while nobody wanted it."""
        return next((place.page for place in self._places if place.name == name), None)

    def show(self, name: str) -> QWidget:
        """Show a workspace; returns its page."""
        at = next(at for at, place in enumerate(self._places) if place.name == name)
        self.bar.setCurrentIndex(at)
        page = self._places[at].page
        assert page is not None, "a shown page was made"
        return page

    def _on_tab(self, at: int) -> None:
        if 0 <= at < len(self._places):
            self._show(self._places[at])

    def _show(self, place: _Place) -> None:
        before = self.stack.currentWidget()
        if place.page is None:
            place.page = place.make()
            self.stack.addWidget(place.page)
            place.says = place.says or place.page
            told = getattr(place.says, "status_text_changed", None)
            if told is not None:
                told.connect(partial(self._on_said, place))
        if before is place.page:
            return
        _tell(before, "leave")
        self.stack.setCurrentWidget(place.page)
        self._give_actions(place.name)
        _tell(place.page, "enter")
        if before is not None:
            place.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(place.name)
        said = getattr(place.says, "status_text", None)
        self.hint.emit(said() if callable(said) else "")

    def _on_said(self, place: _Place, sentence: str) -> None:
        if place.name == self.current:
            self.hint.emit(sentence)

    def _give_actions(self, shown: str) -> None:
        """Put off the actions of other workspaces; those that are of this one, or of none, are as they were."""
        back, self._put_off = self._put_off, []
        for name in back:
            if name in self._actions:
                self._actions[name].setEnabled(True)
        for workspace, names in self._own_actions.items():
            for name in names if workspace != shown else ():
                if name in self._actions and self._actions[name].isEnabled():
                    self._actions[name].setEnabled(False)
                    self._put_off.append(name)


def _tell(page: QWidget | None, what: str) -> None:
    heard = getattr(page, what, None)
    if callable(heard):
        heard()
