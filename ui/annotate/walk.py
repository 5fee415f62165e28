"""What Tab walks: suggestions, entities, open points (breaches of the span rules) or find hits; and Space, the next candidate."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from annotations.notices import Notice, NoticeKind
from ui.annotate.find_bar import FindBar
from ui.annotate.open_points import OpenPoints
from ui.annotate.workplace import Workplace
from ui.words import tr


class WalkKind(StrEnum):
    """What is walked."""

    SUGGESTIONS = "suggestions"
    ENTITIES = "entities"
    POINTS = "open points"
    HITS = "find hits"


class Walker(QObject):
    """Steps through the report. Signal: ``changed()`` when another kind is walked."""

    changed = Signal()

    def __init__(self, place: Workplace, find: FindBar, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._find = find
        self.kind = WalkKind.ENTITIES
        self._before = WalkKind.ENTITIES
        self._chosen = False
        self._points = OpenPoints(place, self)
        self._points.found.connect(self._on_points)
        place.view.walked.connect(self.step)
        find.hits_changed.connect(self._on_hits)
        find.closed.connect(self._on_closed)

    def change_kind(self) -> None:
        """Walk the next kind (F3)."""
        self._chosen = True
        kinds = [kind for kind in WalkKind if self._is_there(kind)]
        self._set(kinds[(kinds.index(self.kind) + 1) % len(kinds) if self.kind in kinds else 0])

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) one."""
        view = self._place.view
        suggesting = self._place.suggesting
        if self.kind is WalkKind.SUGGESTIONS and suggesting is not None:
            suggesting.step(step)
        elif self.kind is WalkKind.ENTITIES:
            view.walk_entities(step)
        elif self.kind is WalkKind.HITS:
            self._find.step(step)
        else:
            self._step_point(step)

    def next_candidate(self) -> None:
        """Select the next unlabelled place where a mention may stand, from the caret on, round the end."""
        from annotations.candidates import next_candidate

        sheet, view = self._place.sheet, self._place.view
        if sheet is None:
            return
        spans = [span for entity in sheet.labels.entities for span in entity.spans]
        selected = sheet.chosen(view.selected_entities())
        here = max([view.selection()[1], *(entity.end for entity in selected)])
        found = next_candidate(sheet.text, spans, here) or next_candidate(sheet.text, spans, 0)
        if found is None:
            self._place.desk.say(tr("Nothing unlabelled is left that looks like a mention."))
            return
        view.select(*found)

    def points(self) -> tuple[Notice, ...]:
        """The open points of the report as it is now."""
        return self._points.now()

    def words(self) -> str:
        """What is walked and where one is, for the status line."""
        at, count = self._where()
        if self.kind is WalkKind.SUGGESTIONS:
            if not count:
                return tr("no suggestions are left — F3 walks something else")
            if not at:
                return tr("{count} suggestions — Tab next, F3 other", count=count)
            return tr(
                "walking suggestions, {at} of {count} — Enter confirms, Delete rejects, Tab next, F3 other",
                at=at,
                count=count,
            )
        if self.kind is WalkKind.HITS:
            return tr("walking find hits, {at} of {count} — Tab next, F3 other", at=at, count=count)
        if self.kind is WalkKind.POINTS:
            if not count:
                return tr("no open points — F3 walks something else")
            return tr("walking open points, {at} of {count} — Tab next, F3 other", at=at, count=count)
        if not count:
            return tr("Space finds the next place to label")
        return tr("walking entities, {at} of {count} — Tab next, F3 other", at=at, count=count)

    def point_words(self) -> str:
        """What is wrong with the selected entity; empty when nothing is, or open points are not walked."""
        selected = set(self._place.view.selected_entities())
        if self.kind is not WalkKind.POINTS or not selected:
            return ""
        found = next((one for one in self._points.known() if selected <= set(one.entity_ids)), None)
        return _explained(found.kind) if found else ""

    # own

    def _where(self) -> tuple[int, int]:
        """Number of the current one (0: none), and how many there are."""
        sheet = self._place.sheet
        if sheet is None:
            return 0, 0
        if self.kind is WalkKind.SUGGESTIONS and self._place.suggesting is not None:
            return self._place.suggesting.where()
        selected = self._place.view.selected_entities()
        if self.kind is WalkKind.HITS:
            return self._find.current + 1, len(self._find.hits)
        if self.kind is WalkKind.POINTS:
            points = self._points.known()
            return next((at for at, one in enumerate(points, 1) if one.entity_ids == selected), 0), len(points)
        order = list(sheet.entities)
        return (order.index(selected[0]) + 1 if selected and selected[0] in sheet.entities else 0), len(order)

    def _step_point(self, step: int) -> None:
        points, view = self.points(), self._place.view
        if not points:
            self._place.desk.say(tr("There are no open points in this report."))
            return
        at, count = self._where()
        if at:
            wanted = (at - 1 + step) % count
        else:
            before = sum(one.start < view.caret() for one in points)
            wanted = before % count if step > 0 else (before - 1) % count
        view.select_entities(points[wanted].entity_ids)
        self.changed.emit()

    def suggestions_came(self) -> None:
        """Suggestions are shown: they are what is walked, unless the person chose something else."""
        if self.kind is WalkKind.ENTITIES and not self._chosen:
            self._set(WalkKind.SUGGESTIONS)

    def _is_there(self, kind: WalkKind) -> bool:
        """Whether there can be something of a kind to walk."""
        if kind is WalkKind.SUGGESTIONS:
            suggesting = self._place.suggesting
            return self.kind is kind or bool(suggesting is not None and suggesting.offered.in_order)
        return kind is not WalkKind.HITS or bool(self._find.hits)

    def _set(self, kind: WalkKind) -> None:
        self.kind = kind
        if kind is WalkKind.POINTS:
            self.points()
        self.changed.emit()

    def labels_changed(self) -> None:
        """Other labels are shown: their open points are marked in a moment."""
        self._points.look_soon()

    def _on_points(self) -> None:
        if self.kind is WalkKind.POINTS:
            self.changed.emit()

    def _on_hits(self) -> None:
        if self._find.hits and self.kind is not WalkKind.HITS:
            self._before = self.kind
            self._set(WalkKind.HITS)
        else:
            self.changed.emit()

    def _on_closed(self) -> None:
        if self.kind is WalkKind.HITS:
            self._set(self._before)


def _explained(kind: NoticeKind) -> str:
    """What the rules advise against, in words."""
    if kind is NoticeKind.CROSSING:
        return tr("these two cross: spans should nest or stand apart")
    if kind is NoticeKind.OWN_LABEL:
        return tr("this lies inside one of its own label")
    if kind is NoticeKind.LOOSE_EDGE:
        return tr("outer spaces, commas, quotation marks and full stops are left out")
    return tr("the value is no EDTF date, such as 2021-04-26")
