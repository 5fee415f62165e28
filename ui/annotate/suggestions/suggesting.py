"""Suggestions on the annotate page: shown in the view, walked, confirmed, corrected, refused."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from annotations.changes.outcome import Changed
from annotations.report import Relation, Report
from annotations.suggest import Suggestions
from annotations.suggest.beside import Refused
from ui.annotate.suggestions import deeds
from ui.annotate.suggestions.deeds import Deed
from ui.annotate.suggestions.offered import Item, Offered, Order
from ui.annotate.suggestions.source import Answer, Ask, SuggestionSource
from ui.annotate.suggestions.words import item_words
from ui.annotate.workplace import Workplace
from ui.words import tr

AGAIN_MS = 150
"""Pause after a change before suggestions are worked out again: never while a person types."""


class Suggesting(QObject):
    """Holds what is offered for the open report. Signals: ``changed()``; ``came()`` suggestions of a report came first."""

    changed = Signal()
    came = Signal()

    def __init__(self, place: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._source: SuggestionSource | None = None
        self._rejected: Refused = frozenset()
        self._rejecting = False
        self._walked: tuple[Order, tuple[str, ...], int] | None = None
        self._current = ""
        self._fresh = True
        self._number = 0
        self.offered = Offered()
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(lambda: self._ask(False))
        place.suggesting = self
        place.view.entities_selected.connect(self._on_selected)
        place.desk.bus.changed.connect(self._on_changed)

    # where they come from

    def attach(self, source: SuggestionSource) -> None:
        """Take suggestions from here on, for the open report at once."""
        self._source = source
        source.came.connect(self._on_answer)
        source.tuned.connect(lambda _choices: self._ask(False))
        source.start()
        self._ask(True)

    def show(self, found: Suggestions, refused: Refused = frozenset()) -> None:
        """Show these suggestions for the open report."""
        sheet = self._place.sheet
        if sheet is None:
            return
        offered = Offered(found, refused | self._rejected, sheet.labels)
        if offered == self.offered and not self._fresh:
            return  # worked out again, and nothing came of it
        self.offered = offered
        self._place.view.set_suggestions(self.offered.entities.values(), self.offered.relations.values())
        if self._fresh and self.offered.in_order:
            self._fresh = False
            self.came.emit()
        self.changed.emit()

    def report_opened(self, report: Report | None) -> None:
        """Another report, or none, lies on the desk."""
        self.offered, self._rejected, self._walked, self._current = Offered(), frozenset(), None, ""
        self._fresh = True
        self._number += 1
        self._again.stop()
        self.changed.emit()
        self._ask(True)

    def beside_labels(self) -> Suggestions:
        """What is still offered beside the labels as they are now; relations are looked for again in a moment."""
        sheet = self._place.sheet
        if sheet is not None and self.offered.own is not sheet.labels:
            self.offered = self.offered.beside(sheet.labels)
            if self._source is not None:
                self._again.start()
        return Suggestions(tuple(self.offered.entities.values()), tuple(self.offered.relations.values()))

    # what is selected

    def selected(self) -> tuple[str, ...]:
        """Ids of the selected suggestions: a relation that is walked, else the suggested entities among the selected."""
        if self._current in self.offered.relations:
            return (self._current,)
        return tuple(one for one in self._place.view.selected_entities() if one in self.offered.entities)

    def words(self) -> str:
        """The one selected suggestion, for the status line; empty when there is none."""
        chosen = self.selected()
        item = self.offered.item(chosen[0]) if len(chosen) == 1 else None
        return item_words(self._place, self.offered, item) if item is not None else ""

    def where(self) -> tuple[int, int]:
        """Number of the walked one (0: none), and how many are left."""
        chosen, order = self.selected(), self.offered.in_order
        if len(chosen) != 1:
            return 0, len(order)
        return next((at for at, (_key, item) in enumerate(order, 1) if item.id == chosen[0]), 0), len(order)

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) suggestion, round the end."""
        order = self.offered.in_order
        if not order:
            self._place.desk.say(tr("No suggestions are left in this report."))
            return
        here, keys = self._here(), [key for key, _ in order]
        at = bisect_right(keys, here) if step > 0 else bisect_left(keys, here) - 1
        self.go_to(order[at % len(order)][1])

    def go_to(self, item: Item) -> None:
        """Select a suggestion; of a relation both ends."""
        view = self._place.view
        ids = (item.source, item.target) if isinstance(item, Relation) else (item.id,)
        self._current = ""
        view.select_entities(ids)
        if isinstance(item, Relation):
            self._current = item.id
        self._stay(self.offered.order(item))
        self.changed.emit()

    # what is done with them; True: there was something to do it with

    def confirm_selected(self) -> bool:
        """Confirm what is selected (Enter)."""
        return self.confirm(self.selected())

    def confirm(self, ids: Iterable[str]) -> bool:
        """Confirm these suggestions, as one action."""
        sheet, wanted = self._place.sheet, tuple(ids)
        return sheet is not None and self._do(deeds.confirm(sheet, self.offered, wanted), wanted)

    def relabel_selected(self, label: str) -> bool:
        """Confirm what is selected with another label (a label's key)."""
        sheet, chosen = self._place.sheet, self.selected()
        if sheet is None or not chosen:
            return False
        if self._current in chosen:
            self._place.desk.say(tr("A relation is suggested here: Enter confirms it, Delete rejects it."))
            return True
        ids = self._place.view.selected_entities()
        return self._do(deeds.relabel(sheet, self.offered, ids, label), ids)

    def move(self, entity_id: str, start: int, end: int) -> bool:
        """Confirm an entity with other boundaries."""
        sheet = self._place.sheet
        if sheet is None or entity_id not in self.offered.entities:
            return False
        self._do(deeds.move(sheet, self.offered, entity_id, start, end), (entity_id,))
        return True

    def relate(self, source: str, target: str, kind: str) -> Deed:
        """The change that relates two entities of which some are suggestions."""
        sheet = self._place.sheet
        return deeds.relate(sheet, self.offered, source, target, kind) if sheet else Deed(None, {})

    def reject_selected(self) -> bool:
        """Refuse what is selected (Delete); labels that are selected too stay."""
        return self.reject(self.selected())

    def reject(self, ids: Iterable[str]) -> bool:
        """Refuse these suggestions for good on this report, as one action."""
        sheet, wanted = self._place.sheet, tuple(ids)
        if sheet is None:
            return False
        change, keys = deeds.reject(sheet, self.offered, wanted)
        if change is None:
            return False
        item = self.offered.item(wanted[0])
        order = self.offered.order(item) if item is not None else None
        self._rejecting = True
        outcome = self._place.desk.apply(change)
        self._rejecting = False
        if outcome is not None or not self._place.desk.saving_state.saved:
            self._rejected |= keys
            self._current = ""
            self.show(self.offered.found, self.offered.refused)
            if order is not None:
                self._stay(order)
        return True

    # own

    def _do(self, deed: Deed, ids: tuple[str, ...]) -> bool:
        if deed.change is None:
            return False
        order = self.offered.order(item) if ids and (item := self.offered.item(ids[0])) is not None else None
        chosen = self._place.view.selected_entities()
        self._current = ""
        self._place.apply(deed.change)
        self._place.view.select_entities([deed.became.get(one, one) for one in chosen], scroll=False)
        if order is not None:
            self._stay(order)
        self.changed.emit()
        return True

    def _here(self) -> Order:
        """From where the walk goes on: what was dealt with last, as long as nothing else is selected since."""
        view = self._place.view
        if self._walked is not None and self._walked[1:] == (view.selected_entities(), view.caret()):
            return self._walked[0]
        chosen = [self.offered.ends[one] for one in view.selected_entities() if one in self.offered.ends]
        if chosen:
            return chosen[0].start, 0, -chosen[0].end, "~"
        return view.caret(), -1, 0, ""

    def _stay(self, order: Order) -> None:
        view = self._place.view
        self._walked = (order, view.selected_entities(), view.caret())

    def _on_selected(self, _ids: object) -> None:
        self._current = ""

    def _on_changed(self, changed: Changed) -> None:
        if "rejection" in changed.facts and not self._rejecting:
            self._rejected = frozenset()
            self._again.start()

    def _ask(self, opening: bool) -> None:
        sheet, view = self._place.sheet, self._place.view
        if self._source is None:
            return
        if sheet is None:
            self._source.ask(None)
            return
        seen = view.entities_in_sight()
        start = view.scroll_position()[0]
        end = max([start + _IN_SIGHT, *(one.end for one in seen)])
        self._source.ask(Ask(sheet.report, sheet.labels, (start, end), opening, self._number))

    def _on_answer(self, answer: Answer) -> None:
        sheet = self._place.sheet
        if sheet is not None and answer.number == self._number:
            self.show(answer.found, answer.refused)


_IN_SIGHT = 6_000
"""Characters that a window shows at most, about."""
