"""How good suggestions were against what people then confirmed on a report: as plain figures that can be kept and summed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotations.report import Entity, Relation
from annotations.suggest.evaluation import Evaluation, Tally
from annotations.suggest.suggester import Suggestions

NOTHING = ""
"""In a confusion: nothing was suggested there, or nothing was confirmed."""
BOUNDARY = "boundary"
"""In a confusion: the label was right and the span was not."""


@dataclass(slots=True)
class Quality:
    """Figures over reports: entities by label, relations by type, entities by source; what was taken for what, how often.

    A confusion's key is the suggested label and the confirmed one; for the same label on another span ``BOUNDARY`` stands second.
    """

    reports: int = 0
    labels: dict[str, Tally] = field(default_factory=dict)
    relations: dict[str, Tally] = field(default_factory=dict)
    sources: dict[str, Tally] = field(default_factory=dict)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, value: Mapping[str, Any]) -> None:
        """Add the figures of one report, as :func:`figures` made them."""
        self.reports += 1
        for name, mine in (("labels", self.labels), ("relations", self.relations), ("sources", self.sources)):
            for key, (suggested, wanted, right) in value.get(name, {}).items():
                tally = mine.setdefault(key, Tally())
                tally.suggested += suggested
                tally.wanted += wanted
                tally.right += right
        for suggested, wanted, count in value.get("confusions", ()):
            self.confusions[suggested, wanted] += count


def figures(suggested: Suggestions, entities: Iterable[Entity], relations: Iterable[Relation]) -> dict[str, Any]:
    """The figures of one report as plain JSON."""
    wanted = tuple(entities)
    evaluation = Evaluation()
    evaluation.add(suggested, wanted, relations)
    return {
        "labels": _plain(evaluation.exact),
        "relations": _plain(evaluation.relations),
        "sources": _plain(evaluation.sources),
        "confusions": [[*key, count] for key, count in sorted(_confusions(suggested.entities, wanted).items())],
    }


def _plain(tallies: Mapping[str, Tally]) -> dict[str, list[int]]:
    return {name: [one.suggested, one.wanted, one.right] for name, one in tallies.items()}


def _confusions(suggested: Iterable[Entity], wanted: Iterable[Entity]) -> Counter[tuple[str, str]]:
    """What is not exactly right: another label on the same span, the same label on an overlapping one, or nothing there."""
    missed = {(one.label, one.start, one.end): one for one in wanted}
    wrong = [one for one in suggested if missed.pop((one.label, one.start, one.end), None) is None]
    found: Counter[tuple[str, str]] = Counter()
    for one in wrong:
        other = _nearest(one, missed.values())
        if other is None:
            found[one.label, NOTHING] += 1
            continue
        del missed[other.label, other.start, other.end]
        found[one.label, BOUNDARY if other.label == one.label else other.label] += 1
    for one in missed.values():
        found[NOTHING, one.label] += 1
    return found


def _nearest(one: Entity, others: Iterable[Entity]) -> Entity | None:
    """The missed label that it was meant for: on the same span, else of its label and overlapping."""
    overlapping = [other for other in others if other.start < one.end and one.start < other.end]
    same = [other for other in overlapping if (other.start, other.end) == (one.start, one.end)]
    alike = [other for other in overlapping if other.label == one.label]
    return next(iter(same or alike), None)
