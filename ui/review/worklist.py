"""The conflicts of the project in the order in which they are worked through, and what of them is shown. No Qt here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from annotations.review.cases import Case, CaseFilter, most_frequent_first


class Worklist:
    """All cases, most frequent phrase first; ``shown`` are those that the filter takes.

    The order stays while one works: a report that was decided on keeps its places. ``sample``, when not empty, is shown
    in place of the conflicts.
    """

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self.shown: list[Case] = []
        self.filter = CaseFilter()
        self.sample: list[Case] = []
        self._counts: Counter[str] = Counter()
        self._waiting: dict[str, int] = {}

    def fill(self, cases: Iterable[Case], waiting: Mapping[str, int] | None = None) -> None:
        """Take all conflicts of the project; ``waiting`` says how many unanimous groups nobody accepted, by report."""
        self.cases = most_frequent_first(cases)
        self._counts = Counter(case.key for case in self.cases)
        self._waiting = dict(waiting or {})
        self._show()

    @property
    def unanimous(self) -> int:
        """How many unanimous groups wait to be accepted."""
        return sum(self._waiting.values())

    def replace_report(self, report_id: str, cases: Sequence[Case], waiting: int = 0) -> None:
        """Take what a report's conflicts are now; those that stay keep their place, new ones come beside their phrase."""
        self._waiting[report_id] = waiting
        new = {case.id: case for case in cases}
        kept: list[Case] = []
        last_of: dict[str, int] = {}
        for case in self.cases:
            if case.report_id != report_id:
                kept.append(case)
            elif case.id in new:
                kept.append(new.pop(case.id))
            else:
                continue
            last_of[case.key] = len(kept)
        for case in sorted(new.values(), key=lambda case: -last_of.get(case.key, len(kept))):
            kept.insert(last_of.get(case.key, len(kept)), case)
        self.cases = kept
        self._counts = Counter(case.key for case in kept)
        self._show()

    def set_filter(self, wanted: CaseFilter) -> None:
        """Show other cases."""
        self.filter = wanted
        self._show()

    def renew_sample(self, cases: Iterable[Case]) -> None:
        """Take what cases of the sample are now."""
        fresh = {case.id: case for case in cases}
        self.sample = [fresh.get(case.id, case) for case in self.sample]
        self._show()

    def set_sample(self, cases: Sequence[Case]) -> None:
        """Show these in place of the conflicts; none: the conflicts again."""
        self.sample = list(cases)
        self._show()

    def count(self, case: Case) -> int:
        """How many conflicts are about the same words."""
        return self._counts[case.key]

    @property
    def undecided(self) -> int:
        """How many conflicts are left to decide, shown or not."""
        return sum(case.is_open for case in self.cases)

    @property
    def decided(self) -> int:
        """How many conflicts were decided."""
        return len(self.cases) - self.undecided

    def place(self, conflict_id: str) -> int:
        """Where a conflict is shown; -1 when it is not."""
        return next((at for at, case in enumerate(self.shown) if case.id == conflict_id), -1)

    def next_after(self, order: Sequence[str], here: str) -> int:
        """Where to go on: the first undecided case that stood after ``here`` in the ``order`` shown before, else the
        first undecided one; -1 when all are decided."""
        places = {case.id: at for at, case in enumerate(self.shown) if case.is_open}
        start = order.index(here) + 1 if here in order else 0
        for conflict_id in (*order[start:], *order[:start]):
            if conflict_id in places and conflict_id != here:
                return places[conflict_id]
        return next(iter(places.values()), -1)

    def _show(self) -> None:
        self.shown = self.sample if self.sample else [case for case in self.cases if self.filter.takes(case)]
