"""Lanes, the index by block, and sums of heights: no window needed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.report import Entity, Relation, entity_order
from ui.annotate.view.heights import Heights
from ui.annotate.view.index import EntityIndex, assign_lanes
from ui.annotate.view.layout import LONGEST, block_spans
from ui.annotate.view.steps import next_run, previous_run

STARTS = [0, 10, 20, 30]
SPANS = st.tuples(st.integers(0, 39), st.integers(1, 25)).map(lambda pair: (pair[0], min(40, sum(pair))))
LABELS = st.lists(SPANS, max_size=12).map(
    lambda spans: tuple(sorted((Entity(f"e{n}", "X", *span) for n, span in enumerate(spans)), key=entity_order))
)


def test_an_outer_entity_lies_below_its_inner_ones() -> None:
    nest = [Entity("d", "X", 0, 40), Entity("c", "X", 5, 30), Entity("b", "X", 5, 12), Entity("a", "X", 20, 25)]
    assert assign_lanes(nest) == {"a": 0, "b": 0, "c": 1, "d": 2}


def test_stacked_entities_lie_in_order_of_their_ids() -> None:
    assert assign_lanes([Entity("b", "Y", 3, 9), Entity("a", "X", 3, 9)]) == {"a": 0, "b": 1}


@given(LABELS)
def test_overlapping_entities_never_share_a_lane(entities: tuple[Entity, ...]) -> None:
    lanes = assign_lanes(entities)
    for one in entities:
        for other in entities:
            if one is not other and one.start < other.end and other.start < one.end:
                assert lanes[one.id] != lanes[other.id]
                if one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start:
                    assert lanes[one.id] > lanes[other.id]


@given(LABELS, LABELS)
def test_an_updated_index_equals_a_new_one_and_names_the_changed_blocks(
    before: tuple[Entity, ...], after: tuple[Entity, ...]
) -> None:
    index = EntityIndex(STARTS, before)
    was = [index.of_block(number) for number in range(4)]
    changed, _relations = index.update(after, ())
    for number in range(4):
        last = STARTS[number + 1] if number < 3 else 99
        now = index.of_block(number)
        assert now == [one for one in after if one.start < last and one.end > STARTS[number]]
        assert (number in changed) or now == was[number]
    assert index.in_order == list(after)
    assert index.by_id == {one.id: one for one in after}


@settings(max_examples=60)
@given(st.data())
def test_few_changes_among_many_entities_are_found(data: st.DataObject) -> None:
    many = [Entity(f"e{n}", "X", n * 5, n * 5 + 4) for n in range(400)]
    index = EntityIndex(range(0, 2_100, 100), many)
    for number in data.draw(st.sets(st.integers(0, 399), max_size=4)):
        many[number] = replace(many[number], label="Y")
    for number in sorted(data.draw(st.sets(st.integers(0, 395), max_size=3)), reverse=True):
        del many[number]
    many = sorted([*many, Entity("long", "X", data.draw(st.integers(0, 1_000)), 1_990)], key=entity_order)
    index.update(many, ())
    assert index.in_order == many
    assert index.by_id == {one.id: one for one in many}
    assert [one.id for one in index.touching(1_800, 1_810)] == [
        one.id for one in many if one.start < 1_810 and one.end > 1_800
    ]


def test_equal_entities_of_a_newer_version_are_taken_over() -> None:
    many = [Entity(f"e{n}", "X", n * 5, n * 5 + 4) for n in range(200)]
    index = EntityIndex([0], many)
    newer = [replace(one, version=2) for one in many]
    assert index.update(newer, ()) == (set(), False)
    assert {one.version for one in (*index.by_id.values(), *index.in_order)} == {2}


def test_entities_out_of_order_are_put_in_order() -> None:
    inner, outer = Entity("b", "X", 3, 5), Entity("a", "X", 1, 9)
    assert EntityIndex([0], (inner, outer)).in_order == [outer, inner]


@given(LABELS, st.integers(0, 39))
def test_entities_at_an_offset_are_those_that_cover_it(entities: tuple[Entity, ...], offset: int) -> None:
    found = EntityIndex(STARTS, entities).at(offset)
    assert {one.id for one in found} == {one.id for one in entities if one.start <= offset < one.end}
    assert [one.end - one.start for one in found] == sorted(one.end - one.start for one in found)


def test_the_gap_of_a_discontinuous_entity_is_not_covered() -> None:
    index = EntityIndex(STARTS, (Entity("e", "X", 2, 25, fragments=((2, 5), (22, 25))),))
    assert [bool(index.at(offset)) for offset in (4, 5, 15, 22, 25)] == [True, False, False, True, False]
    assert [len(index.of_block(number)) for number in range(4)] == [1, 1, 1, 0]


def test_relations_are_found_from_both_ends() -> None:
    entities = (Entity("a", "X", 0, 2), Entity("b", "X", 3, 5))
    relation = Relation("r", "of", "a", "b")
    index = EntityIndex(STARTS, entities, (relation,))
    assert index.relations_of("a") == index.relations_of("b") == [relation]
    assert index.update(entities, ()) == (set(), True)
    assert index.relations_of("a") == []


@given(st.lists(st.integers(0, 50), min_size=1, max_size=700), st.data())
def test_heights_sum_like_a_list(heights: list[int], data: st.DataObject) -> None:
    kept = Heights(heights)
    number = data.draw(st.integers(0, len(heights) - 1))
    kept[number] = heights[number] = data.draw(st.integers(0, 99))
    assert kept.total == sum(heights)
    assert kept.top(number) == sum(heights[:number])
    y = data.draw(st.integers(-5, kept.total + 5))
    found = kept.at(y)
    if 0 <= y < kept.total:
        assert kept.top(found) <= y < kept.top(found) + kept[found]
    else:
        assert found == (0 if y < 0 and heights[0] else found)


@given(st.lists(st.sampled_from(("a", " ", "\n", "ab " * 5_000, "x" * 20_000)), max_size=8).map("".join))
def test_blocks_cover_the_text_and_are_short(text: str) -> None:
    spans = list(block_spans(text))
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    for (_start, end), (following, _end) in pairwise(spans):
        assert text[end:following] in ("", "\n")
    assert all(end - start <= 2 * LONGEST for start, end in spans)


def test_runs_are_names_numbers_and_phrases() -> None:
    text = "Đồng chí Lê Thị Thủy, Ủy viên Trung ương, dự hội nghị số 05-NQ/TW."
    starts, offset = [], 0
    while offset < len(text):
        starts.append(text[offset:].split()[0])
        offset = next_run(text, offset)
    assert starts == ["Đồng", "Lê", "Ủy", "Trung", "dự", "05-NQ/TW."]
    assert previous_run(text, text.index("Thị")) == text.index("Lê")
