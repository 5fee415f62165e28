"""The bar at the top: menus made from the actions, workspaces, search, undo and redo, and whether everything is saved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QMenuBar, QToolButton, QWidget

from ui.actions import Actions, menu_titles
from ui.icons import SIZE, icon
from ui.queue.search import SearchBox
from ui.status_line import SavedState
from ui.theme import GRID
from ui.words import tr


class TopBar(QWidget):
    """Holds ``search`` and ``saved``; its menus fill when they are opened."""

    def __init__(self, actions: Actions, annotator: str, workspaces: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._actions = actions
        self._menus: dict[str, QMenu] = {}
        self.search = SearchBox(self)
        self.saved = SavedState(self)
        who = QLabel(annotator, self)
        who.setObjectName("annotator_label")
        who.setProperty("role", "muted")
        who.setToolTip(tr("You label as {annotator}", annotator=annotator))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, 4, 2 * GRID, 4)
        layout.setSpacing(GRID)
        layout.addWidget(self._make_menus())
        layout.addSpacing(2 * GRID)
        layout.addWidget(workspaces)
        layout.addStretch()
        layout.addWidget(self.search)
        layout.addSpacing(GRID)
        for name in ("undo", "redo"):
            layout.addWidget(self._button(name))
        layout.addSpacing(GRID)
        layout.addWidget(who)
        layout.addSpacing(GRID)
        layout.addWidget(self.saved)
        self._colour_icons()

    def _make_menus(self) -> QMenuBar:
        bar = QMenuBar(self)
        for title, shown in menu_titles().items():
            menu = QMenu(f"&{shown}", bar)
            menu.setToolTipsVisible(True)
            menu.setObjectName(f"menu_{title.lower()}")
            menu.aboutToShow.connect(lambda title=title: self.fill(title))
            bar.addMenu(menu)
            self._menus[title] = menu
        self._actions.changed.connect(self._show_needed)
        self._show_needed()
        return bar

    def fill(self, title: str) -> QMenu:
        """Put the actions of today into a menu (English title)."""
        menu = self._menus[title]
        menu.clear()
        for action in self._actions.menu(title):
            if action.property("group_begins") and not menu.isEmpty():
                menu.addSeparator()
            menu.addAction(action)
        return menu

    def _show_needed(self) -> None:
        for title, menu in self._menus.items():
            menu.menuAction().setVisible(bool(self._actions.menu(title)))

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(self._actions[f"action_{name}"])
        button.setObjectName(f"button_{name}")
        button.setProperty("flat", True)
        button.setIconSize(QSize(SIZE, SIZE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Take the icons in the colours of now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour_icons()

    def _colour_icons(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.WindowText).name()
        faded = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name()
        for name in ("undo", "redo"):
            self._actions[f"action_{name}"].setIcon(icon(name, colour, faded))
