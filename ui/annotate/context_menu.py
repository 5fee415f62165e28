"""The menu at the mouse: exactly what can be done with what is selected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from ui.actions import Actions
from ui.annotate.edits import relating
from ui.annotate.edits.sheet import Sheet
from ui.annotate.labeller import Labeller
from ui.annotate.swatch import swatch
from ui.annotate.tables.table import RowTable
from ui.annotate.workplace import Workplace, name_of, short
from ui.words import tr


class ContextMenu(QObject):
    """Builds the view's menu and that of the relation table."""

    def __init__(self, place: Workplace, actions: Actions, labeller: Labeller, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._actions, self._labeller = place, actions, labeller
        self.for_suggestions: Callable[[QMenu], None] | None = None
        place.view.context_menu_wanted.connect(self._open)

    def build(self) -> QMenu:
        """The menu for what is selected now; empty when nothing can be done."""
        menu = QMenu(self._place.view)
        menu.setObjectName("context_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet, view = self._place.sheet, self._place.view
        if sheet is None:
            return menu
        if view.selected_relation():
            return self.build_for_relations((view.selected_relation(),))
        selected = view.selected_entities()
        if view.selections():
            menu.addActions([action for _kind, action in self._labeller.labels])
            menu.addSeparator()
            menu.addAction(self._actions["action_copy"])
        elif self.for_suggestions is not None and self._place.suggesting and self._place.suggesting.selected():
            self.for_suggestions(menu)
        elif selected:
            self._for_entities(menu, sheet, selected)
        self._stack(menu, sheet, selected)
        return menu

    def add_relation_actions(self, table: RowTable) -> None:
        """Give the relation table its menu."""
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(
            lambda point: self.build_for_relations(table.selected_ids()).popup(table.viewport().mapToGlobal(point))
        )

    def build_for_relations(self, ids: tuple[str, ...]) -> QMenu:
        """The menu for selected relations."""
        menu = QMenu(self._place.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet = self._place.sheet
        relations = sheet.chosen_relations(ids) if sheet else ()
        if sheet is None or not relations:
            return menu
        if len(relations) == 1:
            one = relations[0]
            for kind in relating.new_types(sheet, one.source, one.target):
                action = menu.addAction(tr("Change to {type}", type=name_of(kind)))
                action.triggered.connect(
                    lambda _checked=False, name=kind.name: self._place.apply(relating.retype(sheet, ids, name))
                )
        if relating.reversible(sheet, ids):
            action = menu.addAction(tr("Reverse"))
            action.triggered.connect(lambda: self._place.apply(relating.reverse(sheet, ids)))
        menu.addAction(self._actions["action_delete"])
        return menu

    # own

    def _open(self, point: QPoint) -> None:
        menu = self.build()
        if menu.actions():
            menu.popup(self._place.view.viewport().mapToGlobal(point))
        else:
            menu.deleteLater()

    def _for_entities(self, menu: QMenu, sheet: Sheet, selected: tuple[str, ...]) -> None:
        if len(selected) == 1:
            for name in ("action_edit_attributes", "action_add_relation", "action_add_relation_to"):
                menu.addAction(self._actions[name])
            menu.addAction(self._actions["action_other_occurrences"])
            menu.addSeparator()
        change = menu.addMenu(tr("Change label"))
        change.addActions([action for _kind, action in self._labeller.labels])
        if len(selected) == 1:
            self._relations(menu, sheet, selected[0])
        menu.addSeparator()
        menu.addAction(self._actions["action_copy"])
        menu.addAction(self._actions["action_delete"])

    def _relations(self, menu: QMenu, sheet: Sheet, entity_id: str) -> None:
        """What can be taken away of the entity's relations."""
        ends = [one for one in sheet.labels.relations if entity_id in (one.source, one.target)]
        if not ends:
            return
        remove = menu.addMenu(tr("Delete relation"))
        for one in ends:
            kind = sheet.schema.relations_by_name.get(one.type)
            other = one.target if one.source == entity_id else one.source
            arrow = "→" if one.source == entity_id else "←"
            words = short(sheet.entities[other].surface(sheet.text), 30) if other in sheet.entities else other
            action = remove.addAction(f"{name_of(kind) if kind else one.type} {arrow} {words}".replace("&", "&&"))
            action.triggered.connect(
                lambda _checked=False, relation=one.id: self._place.apply(relating.delete_relations(sheet, (relation,)))
            )

    def _stack(self, menu: QMenu, sheet: Sheet, selected: tuple[str, ...]) -> None:
        """The other entities of the stack at the caret, to select one."""
        others = [entity for entity in self._place.view.stack() if entity.id not in selected]
        if not others:
            return
        menu.addSeparator()
        select = menu.addMenu(tr("Select"))
        for entity in others:
            kind = sheet.entity_type(entity)
            words = short(entity.surface(sheet.text), 40).replace("&", "&&")
            action = select.addAction(f"{self._place.label_name(entity.label)}: {words}")
            if kind is not None:
                action.setIcon(swatch(kind.colour))
            action.triggered.connect(
                lambda _checked=False, one=entity.id: self._place.view.select_entities((one,), scroll=False)
            )
