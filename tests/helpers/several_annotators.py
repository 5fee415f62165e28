"""Reports labelled by several annotators, for the tests of agreement and of review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from annotations.corpus import LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Report, Span, Status, entity_order, make_fragments

TEXT = "Đồng chí Trần Văn An, Bí thư Tỉnh ủy Hà Nam chủ trì hội nghị ngày 26/4 tại huyện Kim Bảng."
LABELS = ("OFFICIAL", "TITLE", "ORG", "PLACE")
TYPES = ("holds_title", "title_at", "alias_of")
Brief = tuple[str, int, int]
"""Label, start, end."""


def done(name: str, entities: Sequence[Brief | Entity] = (), relations: Sequence[Relation] = ()) -> AnnotationSet:
    """A finished set; brief entities get the ids ``e0``, ``e1``…."""
    whole = [each if isinstance(each, Entity) else Entity(f"e{n}", *each) for n, each in enumerate(entities)]
    return AnnotationSet(name, Status.DONE, tuple(sorted(whole, key=entity_order)), tuple(relations))


def labelled(*sets: AnnotationSet, report_id: str = "r1", text: str = TEXT, date: str = "") -> LabelledReport:
    """A report with these sets."""
    return LabelledReport(Report(report_id, f"{report_id}.txt", text, date=date), sets)


def by_name(**entities: Sequence[Brief | Entity]) -> LabelledReport:
    """A report with a finished set of each annotator named."""
    return labelled(*(done(name, own) for name, own in entities.items()))


@st.composite
def random_sets(
    draw: st.DrawFn, names: Sequence[str] = ("lan", "minh", "thu"), flat: bool = False, length: int = len(TEXT)
) -> Mapping[str, AnnotationSet]:
    """Finished sets that are alike: each annotator has most of a common stock, some of it otherwise, and own ones.

    ``flat`` sets have no two entities that share a character.
    """
    stock = draw(st.lists(_spans(length), max_size=6))
    found = {}
    for name in draw(st.permutations(names)):
        spans = [draw(_changed(span, length)) for span in stock if draw(st.integers(0, 5))]
        spans += draw(st.lists(_spans(length), max_size=2))
        entities = [_entity(draw, f"e{number}", own, flat) for number, own in enumerate(draw(st.permutations(spans)))]
        kept = _apart(entities) if flat else entities
        found[name] = done(name, kept, draw(_relations(kept)))
    return found


def _spans(length: int) -> st.SearchStrategy[Span]:
    starts = st.integers(0, length - 1)
    return st.tuples(starts, st.integers(1, 20)).map(lambda each: (each[0], min(length, each[0] + each[1])))


@st.composite
def _changed(draw: st.DrawFn, span: Span, length: int) -> Span:
    if draw(st.integers(0, 2)):
        return span
    start = max(0, span[0] + draw(st.integers(-3, 3)))
    return min(start, length - 1), max(min(start, length - 1) + 1, min(length, span[1] + draw(st.integers(-3, 3))))


def _entity(draw: st.DrawFn, entity_id: str, span: Span, flat: bool) -> Entity:
    spans: tuple[Span, ...] = (span,)
    if not flat and span[1] - span[0] > 4 and not draw(st.integers(0, 5)):
        spans = ((span[0], span[0] + 2), (span[1] - 1, span[1]))
    attributes = draw(st.dictionaries(st.sampled_from(["kind", "value"]), st.sampled_from(["1", "2"]), max_size=1))
    return Entity(entity_id, draw(st.sampled_from(LABELS)), *make_fragments(spans), attributes=attributes)


def _apart(entities: Sequence[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in sorted(entities, key=entity_order):
        if not kept or entity.start >= kept[-1].end:
            kept.append(entity)
    return kept


def _relations(entities: Sequence[Entity]) -> st.SearchStrategy[list[Relation]]:
    if len(entities) < 2:
        return st.just([])
    ids = st.sampled_from([entity.id for entity in entities])
    pairs = st.lists(st.tuples(st.sampled_from(TYPES), ids, ids), max_size=4, unique=True)
    return pairs.map(lambda found: [Relation(f"r{number}", *each) for number, each in enumerate(found)])
