"""Which reports and labels of a corpus go out: a corpus over a corpus, so that every format gets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from annotations.corpus import Corpus, LabelledReport
from annotations.errors import Refused
from annotations.furniture import FurnitureKind, furniture_spans
from annotations.normalise.edtf import bounds
from annotations.report import AnnotationSet, Status
from exports.label_map import ENDS_OUT, LabelMap

OTHER_STATUS = "annotation sets of another status"
REPORTS_STATUS = "reports of another status"
UNDATED = "reports without a date"
OTHER_DATE = "reports of another date"
FURNITURE = "entities in page furniture"
MACHINE = "suggestions"
"""The owner of a set of nothing but suggestions, as for a report that nobody has labelled."""


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """What goes out. ``statuses`` None: of every status. ``since`` and ``until`` are EDTF, both inclusive, empty: no limit;
    a report's date must lie within wholly. ``furniture`` False cuts off what a page showed below its text (the rest of the
    text, and so every offset, stays). ``labels`` renames labels or leaves them out. ``suggestions``: what the machine
    would label besides goes out too, marked as such (who asks for it adds it to the corpus).
    """

    statuses: frozenset[Status] | None = None
    since: str = ""
    until: str = ""
    furniture: bool = True
    labels: LabelMap = field(default_factory=LabelMap)
    suggestions: bool = False

    def about(self) -> dict[str, str]:
        """The choices in words, for summaries and the manifest."""
        made = {"status": ", ".join(sorted(self.statuses)) if self.statuses is not None else "all"}
        if self.since or self.until:
            made["dates"] = f"{self.since or '…'} – {self.until or '…'}"
        made["labels confirmed"] = "also suggestions" if self.suggestions else "confirmed only"
        made["page furniture"] = "kept" if self.furniture else "cut off"
        for name, renames in (("labels", self.labels.entities), ("relation types", self.labels.relations)):
            if renames:
                made[name] = ", ".join(f"{old} → {new or '—'}" for old, new in renames.items())
        return made


EVERYTHING = ExportFilter()
TRAINING = ExportFilter(frozenset((Status.DONE,)), furniture=False)
"""What formats for training take by default."""


class Chosen:
    """The chosen part of a corpus. ``corpus`` is it, ``left_out`` counts by reason what the last pass over it did not give.

    What the first pass gave without labels is without labels in later passes too, and what it did not give does not come: others
    may work on the project while an export runs, and a split is made by the first pass.
    """

    def __init__(self, corpus: Corpus, wanted: ExportFilter) -> None:
        wanted.labels.check(corpus.schema)
        self._corpus, self._wanted = corpus, wanted
        self._since, self._until = _limit(wanted.since, 0), _limit(wanted.until, 1)
        self._labelled: dict[str, bool] | None = None
        self.left_out: Counter[str] = Counter()
        # A selection that changes nothing says nothing about itself.
        about = corpus.about if wanted == EVERYTHING else {**corpus.about, **wanted.about()}
        schema = wanted.labels.schema(corpus.schema) if wanted.labels else corpus.schema
        self.corpus = replace(corpus, schema=schema, stream=self._stream, about=about)

    def _stream(self) -> Iterator[LabelledReport]:
        left_out = self.left_out = Counter()
        first: dict[str, bool] = {}
        for labelled in self._corpus:
            chosen = self._choose(labelled, left_out)
            if chosen is None:
                continue
            before = self._labelled.get(chosen.report.id) if self._labelled is not None else bool(chosen.sets)
            if before is None:
                continue
            if self._labelled is None:
                first[chosen.report.id] = before
            yield chosen if before else replace(chosen, sets=())
        if self._labelled is None:
            self._labelled = first

    def _choose(self, labelled: LabelledReport, left_out: Counter[str]) -> LabelledReport | None:
        if not self._dated(labelled.report.date, left_out):
            return None
        sets = labelled.sets
        statuses = self._wanted.statuses
        if statuses is not None:
            sets = tuple(labels for labels in sets if _status(labels) in statuses)
            if sets:  # what the machine adds goes with what people did
                machines = (labels for labels in labelled.sets if labels.annotator == MACHINE and labels not in sets)
                sets = (*sets, *machines)
            if not sets and (labelled.sets or Status.NEW not in statuses):
                left_out[REPORTS_STATUS] += 1
                return None
            if len(sets) < len(labelled.sets):
                left_out[OTHER_STATUS] += len(labelled.sets) - len(sets)
        chosen = labelled if sets is labelled.sets else replace(labelled, sets=sets)
        if not self._wanted.furniture:
            chosen = _without_furniture(chosen, left_out)
        if self._wanted.labels:
            chosen = replace(chosen, sets=tuple(self._wanted.labels.set(labels, left_out) for labels in chosen.sets))
        return chosen

    def _dated(self, value: str, left_out: Counter[str]) -> bool:
        if self._since is None and self._until is None:
            return True
        days = None if "X" in value[:4] else bounds(value)
        if days is None:
            left_out[UNDATED] += 1
            return False
        inside = (self._since is None or self._since <= days[0]) and (self._until is None or days[1] <= self._until)
        left_out[OTHER_DATE] += not inside
        return inside


def with_left_out(left_out: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """What was left out by a format and by a choice together, in alphabetical order."""
    both = Counter(left_out)
    both.update(more)
    return {reason: count for reason, count in sorted(both.items()) if count}


def _status(labels: AnnotationSet) -> Status:
    """What was decided in review is done."""
    return Status.DONE if labels.adjudicated else labels.status


def _limit(value: str, end: int) -> date | None:
    """The first day (``end`` 0) or last day of a limit. Raises ``Refused`` for what is no date."""
    if not value:
        return None
    days = bounds(value)
    if days is None or "X" in value:
        raise Refused("“{value}” is no date like 2021-04-29, 2021-04 or 2021. Nothing was written.", value=value)
    return days[end]


def _without_furniture(labelled: LabelledReport, left_out: Counter[str]) -> LabelledReport:
    text = labelled.report.text
    below = [piece.start for piece in furniture_spans(text) if piece.kind is FurnitureKind.PAGE]
    if not below:
        return labelled
    end = len(text[: min(below)].rstrip())
    sets = tuple(_until(labels, end, left_out) for labels in labelled.sets)
    return LabelledReport(replace(labelled.report, text=text[:end]), sets)


def _until(labels: AnnotationSet, end: int, left_out: Counter[str]) -> AnnotationSet:
    entities = tuple(entity for entity in labels.entities if entity.end <= end)
    if len(entities) == len(labels.entities):
        return labels
    ids = {entity.id for entity in entities}
    relations = tuple(one for one in labels.relations if one.source in ids and one.target in ids)
    left_out[FURNITURE] += len(labels.entities) - len(entities)
    left_out[ENDS_OUT] += len(labels.relations) - len(relations)
    return replace(labels, entities=entities, relations=relations)
