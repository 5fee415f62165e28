"""The fewest keys that select and label a target: a search over what the keys of the report view do to a selection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt

from annotations.candidates import next_candidate
from annotations.report import Entity, Span
from ui.annotate.view import steps
from ui.annotate.view.steps import TextSelection

Key, Mod = Qt.Key, Qt.KeyboardModifier
Press = tuple[Qt.Key, Qt.KeyboardModifier]
Way = Callable[[str, int], int]
_PLAIN, _SHIFT, _CTRL, _ALT = Mod.NoModifier, Mod.ShiftModifier, Mod.ControlModifier, Mod.AltModifier
_SIDE = {1: Key.Key_Right, -1: Key.Key_Left}
_DEEPEST = 14
_FARTHEST = 9


@dataclass(frozen=True)
class Plan:
    """Keys that select something, the target whose digit comes then, keys that move its edges to where they belong."""

    select: tuple[Press, ...]
    target: Entity
    adjust: tuple[Press, ...]

    @property
    def cost(self) -> int:
        return len(self.select) + 1 + len(self.adjust)


@dataclass(frozen=True)
class State:
    """A text selection; ``end`` is where the selected entity ends, None when text or nothing is selected."""

    selection: TextSelection
    end: int | None = None


class Planner:
    """Plans on one text with the labels that are there."""

    def __init__(self, text: str, labelled: Sequence[Entity]) -> None:
        self._text, self._labelled = text, labelled
        self._spans = [span for one in labelled for span in one.spans]
        self._candidates: dict[int, Span | None] = {}

    def cheapest(self, here: State, targets: Sequence[Entity]) -> Plan:
        """The cheapest way to one of ``targets``; of equal ones to the longest target."""
        best: Plan | None = None
        seen = {here}
        level: list[tuple[State, tuple[Press, ...]]] = [(here, ())]
        for depth in range(_DEEPEST):
            for state, path in level:
                for plan in self._goals(state, path, targets):
                    if best is None or _rank(plan) < _rank(best):
                        best = plan
            if best is not None and depth + 2 >= best.cost:
                break
            further: list[tuple[State, tuple[Press, ...]]] = []
            for state, path in level:
                for press, after in self._after(state):
                    if after not in seen:
                        seen.add(after)
                        further.append((after, (*path, press)))
            level = further
        assert best is not None
        return best

    # what keys do

    def _after(self, state: State) -> Iterator[tuple[Press, State]]:
        selection, text = state.selection, self._text
        start, end = selection.span
        for step in (1, -1):
            if start < end:
                there = end if step > 0 else start
            else:
                there = (steps.next_start if step > 0 else steps.previous_start)(text, selection.caret)
            yield (_SIDE[step], _PLAIN), _at(there, there)
            there = (steps.next_run if step > 0 else steps.previous_run)(text, selection.caret)
            yield (_SIDE[step], _CTRL), _at(there, there)
            if state.end is None:
                yield from self._extended(selection, step)
        found = self._candidate(max(end, state.end or 0))
        if found is not None:
            yield (Key.Key_Space, _PLAIN), _at(*found)

    def _extended(self, selection: TextSelection, step: int) -> Iterator[tuple[Press, State]]:
        start, end = selection.span
        anchor = selection.anchor if start == end else (end if selection.caret == start else start)
        for held, by_run in ((_SHIFT, False), (_SHIFT | _CTRL, True)):
            head = steps.extended(self._text, anchor, selection.caret, step, by_run=by_run)
            yield (_SIDE[step], held), State(TextSelection.snapped(self._text, anchor, head))
        head = max(0, min(len(self._text), selection.caret + step))
        yield (_SIDE[step], _SHIFT | _ALT), _at(anchor, head)

    def _candidate(self, offset: int) -> Span | None:
        if offset not in self._candidates:
            found = next_candidate(self._text, self._spans, offset) or next_candidate(self._text, self._spans, 0)
            self._candidates[offset] = found
        return self._candidates[offset]

    # ways to a target

    def _goals(self, state: State, path: tuple[Press, ...], targets: Sequence[Entity]) -> Iterator[Plan]:
        start, end = state.selection.span
        if state.end is not None or start == end:
            return
        for target in targets:
            adjust = self._adjust((start, end), target)
            if adjust is not None:
                yield Plan(path, target, adjust)

    def _adjust(self, span: Span, target: Entity) -> tuple[Press, ...] | None:
        """The keys that move the edges of a new entity; None where other entities would be touched or grow into it."""
        if span == (target.start, target.end):
            return ()
        if any(one.label == target.label and one.start < span[1] and span[0] < one.end for one in self._labelled):
            return None
        starts, ends = sorted((span[0], target.start)), sorted((span[1], target.end))
        for one in self._labelled:
            if span[0] != target.start and starts[0] <= one.start <= starts[1]:
                return None
            if span[1] != target.end and ends[0] <= one.end <= ends[1]:
                return None
        right = self._moves(span[1], target.end, (steps.next_end, steps.previous_end))
        left = self._moves(span[0], target.start, (steps.next_start, steps.previous_start))
        if right is None or left is None or min(span[1], target.end) <= max(span[0], target.start):
            return None
        return (*((_SIDE[step], _SHIFT) for step in right), *((_SIDE[step], _SHIFT | _CTRL) for step in left))

    def _moves(self, here: int, there: int, ways: tuple[Way, Way]) -> list[int] | None:
        step = 1 if there > here else -1
        move = ways[0] if step > 0 else ways[1]
        made: list[int] = []
        while here != there:
            here = move(self._text, here)
            made.append(step)
            if (here - there) * step > 0 or len(made) > _FARTHEST:
                return None
        return made


def _at(anchor: int, head: int) -> State:
    return State(TextSelection.exact(anchor, head))


def _rank(plan: Plan) -> tuple[int, int]:
    return plan.cost, plan.target.start - plan.target.end
