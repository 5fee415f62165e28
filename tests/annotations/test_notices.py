"""Breaches of the span rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.notices import NoticeKind, notices
from annotations.report import Entity

TEXT = "Bí thư Tỉnh ủy, “Ban Thường vụ” UVBTV Tỉnh ủy."


def entity(name: str, words: str, label: str = "ORG", **more: object) -> Entity:
    start = TEXT.index(words)
    return Entity(name, label, start, start + len(words), **more)  # type: ignore[arg-type]


def found(*entities: Entity) -> list[tuple[NoticeKind, tuple[str, ...], str]]:
    return [
        (notice.kind, notice.entity_ids, TEXT[notice.start : notice.end])
        for notice in notices(TEXT, entities, DEFAULT_SCHEMA)
    ]


def test_nesting_in_another_label_is_right() -> None:
    assert found(entity("a", "Bí thư Tỉnh ủy", "TITLE"), entity("b", "Tỉnh ủy")) == []


def test_an_edge_inside_a_syllable_is_right() -> None:
    assert found(entity("a", "UVBTV Tỉnh ủy", "TITLE"), entity("b", "BTV Tỉnh ủy")) == []


def test_touching_spans_do_not_cross() -> None:
    assert found(entity("a", "Bí thư"), entity("b", " Tỉnh ủy")) == [(NoticeKind.LOOSE_EDGE, ("b",), " ")]


def test_crossing() -> None:
    crossing = found(entity("a", "thư Tỉnh", "TITLE"), entity("b", "Tỉnh ủy"))
    assert crossing == [(NoticeKind.CROSSING, ("a", "b"), "Tỉnh")]


def test_inside_its_own_label() -> None:
    inside = found(entity("a", "Bí thư Tỉnh ủy"), entity("b", "Tỉnh ủy"), entity("c", "Bí thư Tỉnh ủy", "TITLE"))
    assert inside == [(NoticeKind.OWN_LABEL, ("a", "b"), "Tỉnh ủy")]


def test_the_same_span_twice_in_one_label() -> None:
    assert found(entity("a", "Tỉnh ủy"), entity("b", "Tỉnh ủy")) == [(NoticeKind.OWN_LABEL, ("a", "b"), "Tỉnh ủy")]


def test_loose_edges() -> None:
    assert found(entity("a", " Tỉnh ủy, “")) == [
        (NoticeKind.LOOSE_EDGE, ("a",), " "),
        (NoticeKind.LOOSE_EDGE, ("a",), ", “"),
    ]
    assert found(entity("a", "ủy.")) == [(NoticeKind.LOOSE_EDGE, ("a",), ".")]


def test_a_span_of_nothing_but_loose_characters_is_told_once() -> None:
    assert found(entity("a", ", “")) == [(NoticeKind.LOOSE_EDGE, ("a",), ", “")]


def test_fragments_are_looked_at_one_by_one() -> None:
    ban, tinh_uy = TEXT.index("Ban"), TEXT.index("Tỉnh ủy")
    split = Entity("a", "ORG", tinh_uy, ban + 3, fragments=((tinh_uy, tinh_uy + 7), (ban, ban + 3)))
    between = entity("b", "ủy, “Ban", "TITLE")
    assert [kind for kind, *_ in found(split, between)] == [NoticeKind.CROSSING]
    assert found(split, entity("c", "Ban Thường vụ", "TITLE")) == []


def test_a_date_that_is_not_edtf() -> None:
    bad = entity("a", "Tỉnh", "DATE", attributes={"value": "26/4"})
    good = entity("b", "Ban", "DATE", attributes={"value": "2021-04-26", "mod": "26/4"})
    assert found(bad, good) == [(NoticeKind.NOT_EDTF, ("a",), "Tỉnh")]


SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8), st.sampled_from(["ORG", "TITLE"])), max_size=12)


@given(SPANS)
def test_the_sweep_finds_what_comparing_all_pairs_finds(spans: list[tuple[int, int, str]]) -> None:
    entities = [Entity(f"e{n:02}", label, start, start + size) for n, (start, size, label) in enumerate(spans)]
    told = notices("a" * 30, entities, DEFAULT_SCHEMA)
    crossing = {frozenset(notice.entity_ids) for notice in told if notice.kind is NoticeKind.CROSSING}
    inner = {notice.entity_ids[1] for notice in told if notice.kind is NoticeKind.OWN_LABEL}
    pairs = [(a, b) for a in entities for b in entities if a.id != b.id]
    assert crossing == {frozenset((a.id, b.id)) for a, b in pairs if a.start < b.start < a.end < b.end}
    assert inner == {
        b.id
        for a, b in pairs
        if a.label == b.label and (a.start, -a.end, a.id) < (b.start, -b.end, b.id) and b.end <= a.end
    }
