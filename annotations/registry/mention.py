"""Mentions of what a registry may hold, with what a curator needs to tell whom they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.corpus import LabelledReport
from annotations.entries import LABELS
from annotations.matching import same_word_key
from annotations.normalise.names import canonical_name, expand_org
from annotations.posts import HOLDS, inner_bodies, post_name, posts, stated_bodies
from annotations.report import AnnotationSet, Entity, Report, Span
from annotations.schema import Schema
from annotations.sentences import sentence_at, sentence_spans

TITLE = "TITLE"


@dataclass(frozen=True, slots=True)
class Mention:
    """One labelled span of a report, of all annotation sets that have it; offsets in code points, half-open.

    ``owners`` are (annotator, entity id), annotator empty for the adjudicated set, which comes first. ``name`` is what the mention calls
    it in full. ``posts`` are the posts that the sentence gives an official, or the post that a title alone stands for.
    ``date`` is the report's (EDTF), ``sentence`` the span of the sentence around it.
    """

    report_id: str
    report_name: str
    source: str
    date: str
    label: str
    start: int
    end: int
    text: str
    name: str
    entry: str
    posts: tuple[str, ...]
    sentence: Span
    evidence: str
    owners: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """Equal for mentions that call it the same."""
        return same_word_key(self.name)


def mentions_of(labelled: LabelledReport, schema: Schema) -> Iterator[Mention]:
    """The mentions of a report in text order; a span that several sets label alike is one mention.

    Titles count where no ``holds_title`` ends in them: they may stand for their holder.
    """
    report = labelled.report
    sentences = sentence_spans(report.text)
    found: dict[tuple[str, tuple[Span, ...]], list[tuple[AnnotationSet, Entity]]] = {}
    held: dict[tuple[str, str], list[str]] = {}
    taken: set[tuple[str, str]] = set()
    for labels in sorted(labelled.sets, key=lambda one: (not one.adjudicated, one.annotator or "")):
        who = labels.annotator or ""
        taken.update((who, relation.target) for relation in labels.relations if relation.type == HOLDS)
        for post in posts(labels, schema):
            held.setdefault((who, post.official.id), []).append(post_name(report, post.title, post.organisation))
        for entity in labels.entities:
            if entity.label in LABELS or entity.label == TITLE:
                found.setdefault((entity.label, entity.spans), []).append((labels, entity))
    for (label, _), owners in sorted(found.items(), key=lambda one: (one[1][0][1].start, -one[1][0][1].end)):
        ids = [(labels.annotator or "", entity.id) for labels, entity in owners]
        if label == TITLE and any(each in taken for each in ids):
            continue
        named = [name for each in ids for name in held.get(each, ())]
        if label == TITLE:
            named = [_own_post(report, *owners[0], schema)]
        yield _mention(report, owners, ids, tuple(dict.fromkeys(named)), sentence_at(sentences, owners[0][1].start))


def _own_post(report: Report, labels: AnnotationSet, title: Entity, schema: Schema) -> str:
    """The post that a title alone names."""
    at = stated_bodies(labels).get(title.id)
    bodies = [one for one in labels.entities if at and one.id == at[0].target] or inner_bodies(title, labels, schema)
    return post_name(report, title, bodies[0] if bodies else None)


def _mention(
    report: Report,
    owners: list[tuple[AnnotationSet, Entity]],
    ids: list[tuple[str, str]],
    held: tuple[str, ...],
    sentence: Span,
) -> Mention:
    entity = owners[0][1]
    return Mention(
        report_id=report.id,
        report_name=report.name,
        source=report.source,
        date=report.date,
        label=entity.label,
        start=entity.start,
        end=entity.end,
        text=entity.surface(report.text),
        name=_name(report, entity, held),
        entry=next((each.entry for _, each in owners if each.entry), ""),
        posts=held,
        sentence=sentence,
        evidence=" ".join(report.text[slice(*sentence)].split()),
        owners=tuple(ids),
    )


def _name(report: Report, entity: Entity, held: tuple[str, ...]) -> str:
    """What the mention calls it, in full: its normalised value where it has one."""
    surface = entity.surface(report.text)
    if entity.label == TITLE:
        return held[0]
    given = entity.attributes.get("norm" if entity.label == "RESOLUTION" else "canonical", "")
    if given:
        return given
    if entity.label == "OFFICIAL":
        return canonical_name(surface)
    return expand_org(surface, report.locality) if entity.label == "ORG" else " ".join(surface.split())
