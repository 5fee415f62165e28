"""Random reports with labels, for the properties that every format must have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from hypothesis import strategies as st

from annotations.corpus import Corpus, LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import (
    AnnotationSet,
    Entity,
    Origin,
    Relation,
    Report,
    Status,
    entity_order,
    make_fragments,
)

# Astral, tabs, no-break, zero-width and other spaces, every kind of line break but CR, marks, quotes, underscores.
_PIECES = st.sampled_from(
    [
        *("Hội nghị", "Tỉnh uỷ", unicodedata.normalize("NFD", "Tỉnh ủy khoá"), "khóa XX", "05-NQ/TW", "29/4/2021", "a"),
        *("😀", "𠀀", "\u0301", "đ", "“", "”", '"', "\\", "_", ".", ". ", ";", "{", "#", "=", "T1", "…", "Ð"),
        *(" ", "  ", "\t", "\u00a0", "\u200b", "\ufeff", "\u3000", "\n", "\n\n", " \n ", "\u2028", "\x85", "\x0b"),
        *("\x0c", "\x1c", "\x01"),
    ]
)
texts = st.lists(_PIECES, min_size=1, max_size=25).map("".join)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
names = words.filter(bool)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
# Also names that occur as keys of the formats themselves.
metadata = st.dictionaries(
    st.sampled_from(["start", "target", "x", "source_path", '"start": ']), json_values, max_size=2
)
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(["kind", "system", "status", "canonical", "value", "tự do", "start"]),
    st.sampled_from(["zone", "party", "former", "2021-04-26", "11;12", "hai từ", ""]) | words,
    max_size=3,
)


@st.composite
def entities(draw: st.DrawFn, text: str, entity_id: str) -> Entity:
    edges = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted))
    spans = tuple(zip(edges[::2], edges[1::2], strict=False))
    start, end, fragments = make_fragments(spans)
    return Entity(
        entity_id,
        draw(st.sampled_from([kind.name for kind in DEFAULT_SCHEMA.entity_types] + ["nhãn lạ"])),
        start,
        end,
        fragments,
        draw(_ATTRIBUTES),
        draw(st.none() | words),
        draw(st.none() | words),
        draw(st.sampled_from(Origin)),
        draw(st.none() | words),
        draw(st.none() | st.floats(0, 1)),
        draw(metadata),
    )


@st.composite
def annotation_sets(draw: st.DrawFn, text: str, annotator: str | None) -> AnnotationSet:
    ids = draw(st.lists(names, max_size=5, unique=True)) if len(text) > 1 else []
    made = sorted((draw(entities(text, entity_id)) for entity_id in ids), key=entity_order)
    relations = []
    for relation_id in draw(st.lists(names, max_size=3, unique=True)) if ids else []:
        ends = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
        relations.append(
            Relation(
                relation_id,
                draw(st.sampled_from(["holds_title", "title_at", "quan hệ"])),
                *ends,
                draw(_ATTRIBUTES),
                draw(st.none() | words),
                draw(st.sampled_from(Origin)),
                draw(st.none() | words),
                draw(st.none() | st.floats(0, 1)),
                draw(metadata),
            )
        )
    return AnnotationSet(annotator, draw(st.sampled_from(Status)), tuple(made), tuple(relations), annotator is None)


@st.composite
def labelled_reports(draw: st.DrawFn, number: int) -> LabelledReport:
    text = draw(texts)
    title, date, source, locality = (draw(words) for _ in range(4))
    report = Report(f"id{number}", draw(names) + str(number), text, title, date, source, locality, draw(metadata))
    owners = draw(st.lists(st.sampled_from(["lan", "Minh Đức", "LAN", "adjudicated"]), max_size=2, unique=True))
    sets = [draw(annotation_sets(text, owner)) for owner in sorted(owners)]
    if draw(st.booleans()):
        sets.append(draw(annotation_sets(text, None)))
    return LabelledReport(report, tuple(sets))


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    count = draw(st.integers(0, 3))
    return corpus_of(sorted((draw(labelled_reports(n)) for n in range(count)), key=lambda one: one.report.name))


def corpus_of(reports: Iterable[LabelledReport]) -> Corpus:
    """A corpus of the default schema over these reports."""
    kept = tuple(reports)
    return Corpus(DEFAULT_SCHEMA, lambda: iter(kept), len(kept))
