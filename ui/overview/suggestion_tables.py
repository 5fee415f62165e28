"""Figures of suggestions as tables: by label, relation type and source, what was taken for what, over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from annotations.suggest.evaluation import Tally, total
from annotations.suggest.quality import BOUNDARY, NOTHING, Quality
from ui.overview.cells import Cell, Row
from ui.words import tr

Shown = Callable[[str], str]
"""The name of a label, relation type or source as people see it."""
Kept = tuple[str, Mapping[str, Any]]
"""When (ISO, UTC) and what: the kept figures of one report."""
Table = tuple[Sequence[str], Sequence[Row]]
"""Titles and rows."""


def latest(kept: Iterable[Kept], annotator: str = "") -> list[Kept]:
    """The last figures of each report and annotator, oldest first; of one annotator only when one is named."""
    found: dict[tuple[str, str], Kept] = {}
    for at, value in kept:
        place = (str(value.get("report", "")), str(value.get("annotator", "")))
        if not annotator or place[1] == annotator:
            found.pop(place, None)
            found[place] = (at, value)
    return list(found.values())


def summed(kept: Iterable[Kept]) -> Quality:
    """All figures together."""
    quality = Quality()
    for _, value in kept:
        quality.add(value)
    return quality


def tally_table(title: str, tallies: Mapping[str, Tally], shown: Shown) -> Table:
    """Precision, recall, F1 and counts, a row each, and one for all."""
    rows = [_row(shown(name), tallies[name]) for name in sorted(tallies)]
    if len(rows) > 1:
        rows.append(_row(tr("all"), total(tallies)))
    return (
        title,
        tr("Precision"),
        tr("Recall"),
        tr("F1"),
        tr("Suggested"),
        tr("Confirmed"),
        tr("Right"),
    ), rows


def source_table(tallies: Mapping[str, Tally], shown: Shown) -> Table:
    """How often each source was right."""
    rows = [
        [Cell(shown(name)), _figure(one.precision), _count(one.suggested), _count(one.right)]
        for name, one in sorted(tallies.items())
    ]
    return (tr("Source"), tr("Precision"), tr("Suggested"), tr("Right")), rows


def confusion_table(quality: Quality, shown: Shown) -> Table:
    """What was suggested where something else was confirmed, the most frequent first."""
    most = max(quality.confusions.values(), default=1)

    def name(label: str) -> str:
        if label == NOTHING:
            return tr("nothing")
        return tr("the same with other boundaries") if label == BOUNDARY else shown(label)

    rows = [
        [Cell(name(suggested)), Cell(name(wanted)), Cell(str(count), count, share=count / most)]
        for (suggested, wanted), count in quality.confusions.most_common()
    ]
    return (tr("Suggested"), tr("Confirmed"), tr("How often")), rows


def time_table(kept: Iterable[Kept]) -> Table:
    """The figures of each day on which reports were finished, all labels together."""
    days: dict[str, list[Kept]] = {}
    for at, value in kept:
        days.setdefault(at[:10], []).append((at, value))
    rows = []
    for day, those in sorted(days.items()):
        quality = summed(those)
        entities, relations = total(quality.labels), total(quality.relations)
        figures = [_figure(entities.precision), _figure(entities.recall), _figure(entities.f1), _figure(relations.f1)]
        rows.append([Cell(day), _count(len(those)), *figures])
    return (tr("Day"), tr("Reports"), tr("Precision"), tr("Recall"), tr("F1"), tr("F1 of relations")), rows


def _row(name: str, one: Tally) -> list[Cell]:
    figures = [_figure(one.precision), _figure(one.recall), _figure(one.f1)]
    return [Cell(name), *figures, _count(one.suggested), _count(one.wanted), _count(one.right)]


def _figure(value: float) -> Cell:
    return Cell(f"{value:.3f}", value, share=value)


def _count(value: int) -> Cell:
    return Cell(str(value), value)
