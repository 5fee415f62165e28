"""Feeds the brain of a window from its project: schema, choices, model, names; reads and keeps cached suggestions.

Its database work is done by the calling thread in small steps; the thinking is done aside.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from annotations.facts import Kind
from annotations.report import AnnotationSet, Entity, Origin, Relation, Report, Span, Status
from annotations.suggest import Suggestions
from annotations.suggest.beside import Refused
from annotations.suggest.quality import figures
from annotations.suggestion_choices import Choices
from model.errors import ProjectError
from model.project import Project
from model.queries.confirmed import names_of_sets, newest_sets, sets_on
from model.queries.facts import facts
from model.queries.finished import labels_since
from model.queries.labels import read_own_set, read_report
from model.schema_rows import read_schema
from model.suggestion_cache import (
    KeptSuggestions,
    add_measure,
    keep_suggestions,
    kept_model,
    kept_suggestions,
    reports_to_suggest,
)
from ui.jobs.aside import Aside
from ui.jobs.brain import Brain, Taught, Tuning, expected_benefit
from ui.jobs.training import MODEL

VERSION = 1
"""Grows when the rules change: kept suggestions of an older number are made anew."""


_SURVEYED = 8
"""Reports that are surveyed in one step: less than a second."""
MEASURE = "suggestions"
"""Kind of the figures that are kept of suggestions."""
_SETS = 500
"""So many of the newest annotation sets teach names; more would add little and take long."""
_STEP = 10
"""Sets whose names are read at once: a few milliseconds."""
_LABELS = frozenset(("OFFICIAL", "TITLE", "ORG", "PLACE", "RESOLUTION", "MEETING"))


class Feed:
    """One project's suggestions for one annotator. Used by one thread; :meth:`stop` may be called by any."""

    def __init__(self, project: Project, annotator: str) -> None:
        self._project, self._annotator = project, annotator
        self._aside = Aside(Brain)
        self._sets: list[int] | None = None
        self._tuned: Tuning | None = None
        self._model_at = ""

    def stop(self) -> None:
        """End the thinking, also in the middle of it, for good."""
        self._aside.close()

    # what the brain knows

    def tune(self) -> None:
        """Tell the brain the project's schema, choices and model as they are now."""
        with self._project.reading() as connection:
            schema = read_schema(connection).schema
            choices = Choices.of(facts(connection, Kind.SETTING, report_id=""))
            kept = kept_model(connection, MODEL)
        seen = frozenset((str(place[0]), place[1]) for place in (kept.about.get("seen", ()) if kept else ()))
        self._model_at = kept.at if kept else ""
        self._tuned = Tuning(schema, choices, kept.content if kept else None, seen)
        if self._aside.is_running:
            self._aside.call("tune", self._tuned)

    def choices(self) -> Choices:
        """The project's choices as last read."""
        return self._tuned.choices if self._tuned else Choices()

    def teach_more(self, anew: bool = False) -> bool:
        """Tell the brain a few more names of the project; False when it knows all. ``anew``: from the newest on again."""
        self._wake()
        if anew:
            self._sets = None
        with self._project.reading() as connection:
            if self._sets is None:
                self._sets = newest_sets(connection, _SETS)
            now, self._sets = self._sets[:_STEP], self._sets[_STEP:]
            if now:
                self._teach(connection, now)
        return bool(self._sets)

    def learn_again(self, report_ids: Iterable[str]) -> None:
        """Read the names of these reports anew: labels on them changed."""
        self._wake()
        with self._project.reading() as connection:
            self._teach(connection, sets_on(connection, list(report_ids)[:_SETS]))

    def _teach(self, connection: Any, set_ids: list[int]) -> None:
        names = read_schema(connection).names
        found = names_of_sets(connection, set_ids, names, _LABELS)
        self._aside.call("teach", [Taught(one.report_id, one.annotator, one.names) for one in found])

    def _wake(self) -> None:
        """See to it that a brain that is new knows the project."""
        if not self._aside.is_running or self._tuned is None:
            if self._tuned is None:
                self.tune()
            self._aside.call("tune", self._tuned)
            self._sets = None

    # suggestions

    def refused(self, report_id: str) -> Refused:
        """What the annotator does not want on a report."""
        with self._project.reading() as connection:
            found = facts(connection, Kind.REJECTION, report_id=report_id, annotator=self._annotator)
            return frozenset(fact.key for fact in found)

    def kept(self, report: Report) -> Suggestions | None:
        """Suggestions that were kept and still hold, without thinking."""
        if self._tuned is None:
            self.tune()
        with self._project.reading() as connection:
            kept = kept_suggestions(connection, report.id, self._annotator)
        return from_json(kept.content) if kept and kept.stamp == self.stamp(report) else None

    def suggest(self, report: Report, own: AnnotationSet, refused: Refused, part: Span | None = None) -> Suggestions:
        """Suggestions beside the annotator's labels."""
        self._wake()
        found: Suggestions = self._aside.call("suggest", report, self._annotator, own, refused, part)
        return found

    def keep(self, report: Report) -> None:
        """Keep what would be suggested if nobody had labelled the report; when the project is busy, another time."""
        self._wake()
        alone: Suggestions = self._aside.call("alone", report, self._annotator)
        kept = KeptSuggestions(self.stamp(report), expected_benefit(alone.entities), to_json(alone))
        try:
            with self._project.writing() as connection:
                keep_suggestions(connection, report.id, self._annotator, kept)
        except ProjectError:
            return  # a cache: nothing is lost

    def survey(self, after: str) -> str:
        """Work out and keep suggestions for the next few reports that have none, by id; the last one's id, empty at the end."""
        self._wake()
        with self._project.reading() as connection:
            ids = reports_to_suggest(connection, self._annotator, self.general_stamp(), after, _SURVEYED)
            reports = [report for one in ids if (report := read_report(connection, one)) is not None]
        found: list[tuple[str, KeptSuggestions]] = []
        for report in reports:
            alone: Suggestions = self._aside.call("alone", report, self._annotator)
            benefit = expected_benefit(alone.entities)
            found.append((report.id, KeptSuggestions(self.stamp(report), benefit, to_json(alone))))
        with self._project.writing() as connection:
            for report_id, kept in found:
                keep_suggestions(connection, report_id, self._annotator, kept)
        return ids[-1] if ids else ""

    def measure(self, report_id: str) -> bool:
        """Write down how good the suggestions were, now that the annotator is done with a report; False: nothing to compare.

        Where the model has learned from this very report nothing is written: it would flatter.
        """
        if self._tuned is None or any(place[0] == report_id for place in self._tuned.trained_on):
            return False
        with self._project.reading() as connection:
            stored = read_schema(connection)
            labels = read_own_set(connection, report_id, self._annotator, stored)
            kept = kept_suggestions(connection, report_id, self._annotator)
        if labels is None or kept is None or labels.status is not Status.DONE or not labels.entities:
            return False
        value = figures(from_json(kept.content), labels.entities, labels.relations)
        with self._project.writing() as connection:
            add_measure(connection, MEASURE, {"report": report_id, "annotator": self._annotator, **value})
        return True

    def is_training_due(self) -> bool:
        """Whether so many labels were finished since the model was trained that it should be trained anew."""
        after = self.choices().train_after
        if not after:
            return False
        with self._project.reading() as connection:
            kept = kept_model(connection, MODEL)
            return labels_since(connection, int(kept.about.get("action", 0)) if kept else 0) >= after

    def stamp(self, report: Report) -> str:
        """Names what suggestions for a report are worked out from, but for the names that the project learns as it goes."""
        told = "\0".join((report.text, report.date, report.locality))
        return f"{self.general_stamp()}-{blake2b(told.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"

    def general_stamp(self) -> str:
        """The part of :meth:`stamp` that is the same for all reports."""
        tuned = self._tuned
        if tuned is None:
            return ""
        choices = tuned.choices
        said = (
            VERSION,
            tuned.schema,
            self._model_at,
            sorted(choices.sources_off),
            sorted(choices.labels_off),
            sorted(choices.thresholds.items()),
            sorted(choices.source_thresholds.items()),
            sorted((label, sorted(names)) for label, names in choices.lists.items()),
        )
        return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def to_json(found: Suggestions) -> dict[str, Any]:
    """Suggestions as plain JSON, as they are kept."""
    entities = [
        [one.id, one.label, one.start, one.end, dict(one.attributes), one.by, one.confidence] for one in found.entities
    ]
    return {
        "entities": entities,
        "relations": [[one.id, one.type, one.source, one.target, one.by, one.confidence] for one in found.relations],
    }


def from_json(content: Any) -> Suggestions:
    """What :func:`to_json` made."""
    entities = tuple(
        Entity(id, label, start, end, attributes=said, origin=Origin.SUGGESTED, by=by, confidence=sure)
        for id, label, start, end, said, by, sure in content["entities"]
    )
    relations = tuple(
        Relation(id, kind, source, target, origin=Origin.SUGGESTED, by=by, confidence=sure)
        for id, kind, source, target, by, sure in content["relations"]
    )
    return Suggestions(entities, relations)
