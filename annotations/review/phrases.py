"""Conflicts about the same phrase over the corpus, to be decided at once; the most frequent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotations.matching import same_word_key
from annotations.report import Span
from annotations.review.decide import Decided, decide
from annotations.review.decision import Answer, Said
from annotations.review.differences import values_of
from annotations.review.group import ENTRY, EntityGroup, Kind
from annotations.review.report_review import ReportReview
from annotations.schema import Schema


@dataclass(frozen=True, slots=True, order=True)
class Variant:
    """One opinion on a phrase: label, spans counted from the phrase's start, and the attributes in question.

    An empty label stands for nothing there.
    """

    label: str
    spans: tuple[Span, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Open conflicts with the same phrase (whatever case, tone style, normal form), kinds and opinions.

    ``phrase`` is as it stands in the first of them. Each conflict comes with the length of its report's text.
    """

    phrase: str
    kinds: tuple[Kind, ...]
    variants: tuple[Variant, ...]
    conflicts: tuple[tuple[EntityGroup, int], ...]


Key = tuple[str, tuple[Kind, ...], tuple[Variant, ...]]


def phrases(reviews: Iterable[tuple[ReportReview, str]]) -> list[PhraseGroup]:
    """The open entity conflicts of all reports (each with its text), by phrase; most frequent first."""
    found: dict[Key, list[tuple[EntityGroup, int]]] = {}
    shown: dict[Key, str] = {}
    for review, text in reviews:
        for group in review.open_conflicts:
            if isinstance(group, EntityGroup):
                phrase = text[group.start : group.end]
                key = (same_word_key(phrase), group.kinds, tuple(sorted({variant for _, variant in opinions(group)})))
                found.setdefault(key, []).append((group, review.length))
                shown.setdefault(key, phrase)
    groups = [PhraseGroup(shown[key], key[1], key[2], tuple(conflicts)) for key, conflicts in found.items()]
    return sorted(groups, key=lambda group: (-len(group.conflicts), group.phrase, group.kinds, group.variants))


def opinions(group: EntityGroup) -> Iterator[tuple[str, Variant]]:
    """Each annotator's opinion, in order of name."""
    for name in group.annotators:
        entity = group.members.get(name)
        if entity is None:
            yield name, Variant("")
            continue
        spans = tuple((start - group.start, end - group.start) for start, end in entity.spans)
        attributes = [
            (key, ";".join(sorted(values_of(entity.attributes.get(key, "")))))
            for key in group.differing
            if key != ENTRY
        ]
        if ENTRY in group.differing:
            attributes.append((ENTRY, entity.entry or ""))
        yield name, Variant(entity.label, spans, tuple(attributes))


def decide_phrase(
    phrase: PhraseGroup, answer: Variant | Answer, schema: Schema, said: Mapping[str, str] | None = None
) -> list[Decided]:
    """The same answer for every conflict of the phrase: one of its variants, or union, intersection, neither….

    ``said`` may give ``reason``, ``note``, ``by`` and ``at``.
    """
    more = dict(said or {})
    decided = []
    for group, length in phrase.conflicts:
        if isinstance(answer, Answer):
            decided.append(decide(group, Said(answer, **more), schema, length))  # type: ignore[arg-type]
        else:
            holder = next(name for name, variant in opinions(group) if variant == answer)
            decided.append(decide(group, Said(Answer.TAKE, holder, **more), schema, length))  # type: ignore[arg-type]
    return decided
