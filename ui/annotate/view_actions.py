"""Actions of the View menu that say how the text is shown: chips, arcs, numbers, relation types, zoom, setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.annotate.swatch import swatch
from ui.annotate.text_settings import TextSettings
from ui.annotate.view.looks import ArcMode
from ui.annotate.workplace import name_of
from ui.words import tr

if TYPE_CHECKING:
    from ui.annotate.page import AnnotatePage

ZOOM_STEP = 1.1


class ViewActions(QObject):
    """Puts the actions on the one list, and keeps their ticks at what the view shows."""

    def __init__(self, page: AnnotatePage) -> None:
        super().__init__(page)
        self._page, self._view = page, page.view
        self._types = QMenu(page)
        self._types.setObjectName("menu_relations_shown")
        self._types.aboutToShow.connect(self.fill_types)
        self._add()
        self.follow()

    def _add(self) -> None:
        actions, view = self._page.actions_list, self._view
        chips = actions.add(
            "action_chips", tr("Names above the text"), "F7", self.toggle_chips, menu="View", checkable=True
        )
        chips.setProperty("group_begins", True)
        actions.add("action_arcs", tr("Change which relations are drawn"), "F8", self.cycle_arcs, menu="View")
        types = actions.add("action_relation_types", tr("Relations shown"), "Ctrl+F8", self.open_types, menu="View")
        types.setMenu(self._types)
        actions.add("action_numbers", tr("Paragraph numbers"), "F9", self.toggle_numbers, menu="View", checkable=True)
        larger = actions.add("action_zoom_in", tr("Larger text"), ("Ctrl++", "Ctrl+="), self.zoom_in, menu="View")
        larger.setProperty("group_begins", True)
        actions.add("action_zoom_out", tr("Smaller text"), "Ctrl+-", self.zoom_out, menu="View")
        actions.add(
            "action_zoom_reset", tr("Usual size of the text"), "Ctrl+0", lambda: view.set_zoom(1.0), menu="View"
        )
        actions.add("action_text_settings", tr("Font, spacing, width…"), "Ctrl+T", self.open_settings, menu="View")
        alone = actions.add(
            "action_edge_alone",
            tr("Move edges alone"),
            "F4",
            self.toggle_alone,
            menu="Labels",
            context=view,
            checkable=True,
        )
        view.edge_alone_changed.connect(alone.setChecked)

    def follow(self) -> None:
        """Tick what is shown."""
        actions = self._page.actions_list
        actions["action_chips"].setChecked(self._view.chips())
        actions["action_numbers"].setChecked(self._view.numbers())

    # what they do

    def toggle_chips(self) -> None:
        """Show the names of labels above the text, or do not."""
        self._view.set_chips(not self._view.chips())
        self._changed()

    def toggle_numbers(self) -> None:
        """Number the paragraphs, or do not."""
        self._view.set_numbers(not self._view.numbers())
        self._changed()

    def cycle_arcs(self) -> None:
        """Show the relations of others, and say whose."""
        said = {
            ArcMode.HOVERED: tr("Relations are shown of the selected entity and of the one below the mouse."),
            ArcMode.SELECTED: tr("Relations are shown of the selected entity."),
            ArcMode.ALL: tr("All relations in sight are shown."),
            ArcMode.NONE: tr("No relations are shown."),
        }
        self._page.desk.say(said[self._view.cycle_arcs()])
        self._changed()

    def zoom_in(self) -> None:
        """Set the text larger."""
        self._view.set_zoom(self._view.zoom() * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Set the text smaller."""
        self._view.set_zoom(self._view.zoom() / ZOOM_STEP)

    def toggle_alone(self) -> None:
        """Let the edges of the selected entity move alone, or with the nested ones that share them."""
        if not self._view.set_edge_alone(not self._view.edge_alone()):
            self._page.desk.say(tr("Select one entity first; its edges can then be moved alone."))
        self._page.actions_list["action_edge_alone"].setChecked(self._view.edge_alone())

    def open_settings(self) -> None:
        """Open the small form for font, spacing and width."""
        TextSettings(self._view, self._page.remembering.changed, self._page.window()).open()

    # relation types

    def open_types(self) -> None:
        """Open the list of relation types at the text."""
        self._types.popup(self._view.viewport().mapToGlobal(QPoint(16, 16)))

    def fill_types(self) -> QMenu:
        """One tick for each relation type of the schema, and one for all."""
        self._types.clear()
        hidden, kinds = self._view.hidden_relations(), self._page.desk.schema.relation_types
        every = self._types.addAction(tr("All types"))
        every.setCheckable(True)
        every.setChecked(not hidden & {kind.name for kind in kinds})
        every.triggered.connect(lambda checked: self._hide([] if checked else [kind.name for kind in kinds]))
        self._types.addSeparator()
        for kind in kinds:
            action = QAction(swatch(kind.colour), name_of(kind).replace("&", "&&"), self._types)
            action.setData(kind.name)
            action.setCheckable(True)
            action.setChecked(kind.name not in hidden)
            action.triggered.connect(lambda checked, name=kind.name: self._show_type(name, checked))
            self._types.addAction(action)
        return self._types

    def _show_type(self, name: str, shown: bool) -> None:
        hidden = self._view.hidden_relations()
        self._hide(hidden - {name} if shown else hidden | {name})

    def _hide(self, names: frozenset[str] | list[str]) -> None:
        self._view.set_hidden_relations(names)
        self._changed()

    def _changed(self) -> None:
        self.follow()
        self._page.remembering.changed()
