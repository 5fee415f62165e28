"""Labels, relabels, moves edges and deletes what is selected; owns the actions of the labels."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from annotations.changes import AddEntity, Change, SetSpans, Together
from annotations.schema import EntityType
from ui.actions import Actions, is_safe
from ui.annotate.edits.edges import move_edge
from ui.annotate.edits.labelling import delete_entities, label_selection, relabel
from ui.annotate.swatch import swatch
from ui.annotate.workplace import Workplace, name_of
from ui.words import tr


class Labeller(QObject):
    """Signals: ``labels_made()`` when the label actions were made anew; ``labelled(id)`` a selection got a label."""

    labels_made = Signal()
    labelled = Signal(str)

    def __init__(self, place: Workplace, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._actions = actions
        self.labels: list[tuple[EntityType, QAction]] = []
        place.view.edge_moved.connect(self.move_edge)

    def make_actions(self) -> None:
        """One action for each entity type of the schema, with its key; beyond nine, Alt and a digit."""
        for label, _action in self.labels:
            self._actions.remove(f"action_label_{label.name}")
        self.labels = []
        types = self._place.desk.schema.entity_types
        taken = {kind.key for kind in types}
        spare = iter([key for key in (f"Alt+{digit}" for digit in range(1, 10)) if key not in taken])
        for kind in types:
            key = kind.key if kind.key and is_safe(QKeySequence(kind.key)) else next(spare, None)
            action = self._actions.add(
                f"action_label_{kind.name}",
                name_of(kind).replace("&", "&&"),
                key,
                partial(self.label, kind.name),
                menu="Labels",
                context=self._place.view,
            )
            action.setIcon(swatch(kind.colour))
            self.labels.append((kind, action))
        self.labels_made.emit()

    def digit(self, digit: str) -> None:
        """A digit typed where the labels' shortcuts do not reach."""
        wanted = QKeySequence(digit)
        for _kind, action in self.labels:
            if wanted in action.shortcuts():
                action.trigger()

    def label(self, label: str) -> None:
        """Label the selected text, or relabel the selected entities."""
        sheet, view, suggesting = self._place.sheet, self._place.view, self._place.suggesting
        if sheet is None:
            return
        spans = view.selections()
        if spans:
            change = label_selection(sheet, spans, label)
            self._place.apply(change)
            self._select(_entity_of(change))
        elif suggesting is not None and suggesting.relabel_selected(label):
            return
        elif view.selected_entities():
            self._place.apply(relabel(sheet, view.selected_entities(), label))
        else:
            self._place.desk.say(tr("Select text first, then press the label's key."))

    def move_edge(self, entity_id: str, start: int, end: int, alone: bool) -> None:
        """Move an entity's edges, with the nested ones that share them unless ``alone``."""
        suggesting = self._place.suggesting
        if suggesting is not None and suggesting.move(entity_id, start, end):
            return
        if self._place.sheet is not None:
            self._place.apply(move_edge(self._place.sheet, entity_id, start, end, alone))

    def delete(self) -> None:
        """Delete the selected entities, and go on from where they stood."""
        sheet, view, suggesting = self._place.sheet, self._place.view, self._place.suggesting
        if sheet is None or (suggesting is not None and suggesting.reject_selected()):
            return
        change = delete_entities(sheet, view.selected_entities())
        if change is None:
            self._place.desk.say(tr("Select an entity or a relation to delete it."))
            return
        self._place.apply(change)

    def _select(self, entity_id: str | None) -> None:
        sheet = self._place.sheet
        if entity_id is not None and sheet is not None and entity_id in sheet.entities:
            self._place.view.select_entities((entity_id,), scroll=False)
            self.labelled.emit(entity_id)


def _entity_of(change: Change | None) -> str | None:
    """The entity that a labelled selection has become."""
    first = change.changes[0] if isinstance(change, Together) else change
    if isinstance(first, AddEntity):
        return first.entity.id
    if isinstance(first, SetSpans):
        return next(iter(first.spans))
    return None
