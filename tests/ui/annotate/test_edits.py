"""From what is selected to a change: labelling, edges, relations, cells. No window."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.changes import (
    AddEntity,
    AddRelations,
    Change,
    DeleteEntities,
    Relabel,
    SetEntityAttributes,
    SetEntityNote,
    SetSpans,
    Together,
)
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Relation, Report, entity_order, make_fragments
from annotations.sentences import sentence_spans
from ui.annotate.edits import cells, relating
from ui.annotate.edits.edges import move_edge
from ui.annotate.edits.labelling import delete_entities, label_selection, relabel
from ui.annotate.edits.sheet import Sheet

TEXT = "Sáng ngày 26/4, đồng chí Lê Thị Mai, Bí thư Tỉnh ủy, chủ trì hội nghị.\nTỉnh ủy ban hành Chỉ thị 05-CT/TU.\n"


def span(words: str, after: int = 0) -> tuple[int, int]:
    start = TEXT.index(words, after)
    return start, start + len(words)


def entity(entity_id: str, label: str, words: str, **more: Any) -> Entity:
    start, end = span(words)
    return Entity(entity_id, label, start, end, **more)


def sheet(*entities: Entity, relations: tuple[Relation, ...] = (), text: str = TEXT, locality: str = "") -> Sheet:
    report = Report("r1", "one.txt", text, date="2021-04-29", locality=locality)
    labels = AnnotationSet("lan", entities=tuple(sorted(entities, key=entity_order)), relations=relations)
    return Sheet(report, labels, DEFAULT_SCHEMA)


def added(change: Change | None) -> Entity:
    assert isinstance(change, AddEntity)
    return change.entity


def parts(change: Change | None) -> tuple[Change, ...]:
    assert change is not None
    return change.changes if isinstance(change, Together) else (change,)


# labelling


def test_a_selection_becomes_an_entity() -> None:
    made = added(label_selection(sheet(), [span("Lê Thị Mai")], "OFFICIAL"))
    assert (made.start, made.end, made.label, made.fragments) == (*span("Lê Thị Mai"), "OFFICIAL", ())


def test_outer_white_space_is_left_out() -> None:
    start, end = span("Tỉnh ủy")
    assert added(label_selection(sheet(), [(start - 1, end)], "ORG")).start == start


def test_white_space_alone_is_nothing() -> None:
    assert label_selection(sheet(), [(4, 5)], "ORG") is None


def test_several_fragments_become_one_discontinuous_entity() -> None:
    made = added(label_selection(sheet(), [span("Bí thư"), span("hội nghị")], "TITLE"))
    assert made.spans == (span("Bí thư"), span("hội nghị"))


def test_the_same_span_and_label_again_is_nothing() -> None:
    assert label_selection(sheet(entity("a", "ORG", "Tỉnh ủy")), [span("Tỉnh ủy")], "ORG") is None


def test_another_label_on_the_same_span_stacks() -> None:
    assert added(label_selection(sheet(entity("a", "ORG", "Tỉnh ủy")), [span("Tỉnh ủy")], "TITLE")).label == "TITLE"


def test_an_overlapping_entity_of_the_same_label_is_re_extended() -> None:
    shown = entity("a", "TITLE", "Bí thư", version=3)
    change = label_selection(sheet(shown), [span("Bí thư Tỉnh ủy")], "TITLE")
    assert change == SetSpans("r1", {"a": (span("Bí thư Tỉnh ủy"),)}, {"a": 3})


def test_of_several_the_one_with_the_largest_overlap_is_re_extended() -> None:
    both = (entity("a", "TITLE", "Bí"), entity("b", "TITLE", "Tỉnh ủy"))
    change = label_selection(sheet(*both), [span("Bí thư Tỉnh ủy")], "TITLE")
    assert isinstance(change, SetSpans)
    assert set(change.spans) == {"b"}


def test_touching_is_not_overlapping() -> None:
    start, end = span("Lê Thị Mai")
    assert isinstance(
        label_selection(sheet(Entity("a", "OFFICIAL", start, start + 2)), [(start + 3, end)], "OFFICIAL"), AddEntity
    )


# proposed values


def test_a_date_is_proposed_from_text_and_report() -> None:
    made = added(label_selection(sheet(), [span("Sáng ngày 26/4")], "DATE"))
    assert made.attributes == {"value": "2021-04-26", "type": "TIME"}


def test_a_resolution_is_read_with_the_reports_place() -> None:
    made = added(label_selection(sheet(locality="Hà Nam"), [span("Chỉ thị 05-CT/TU")], "RESOLUTION"))
    assert made.attributes["kind"] == "chi_thi"
    assert made.attributes["norm"].endswith(":CT:05")


def test_a_proposed_value_follows_the_boundaries() -> None:
    shown = entity("a", "DATE", "ngày 26/4", attributes={"value": "2021-04-26", "type": "DATE"}, version=2)
    moved, set_ = parts(label_selection(sheet(shown), [span("Sáng ngày 26/4")], "DATE"))
    assert isinstance(moved, SetSpans)
    assert moved.seen == {"a": 2}
    assert isinstance(set_, SetEntityAttributes)
    assert set_.attributes == {"type": "TIME"}
    assert set_.seen == {}, "the first part of the action has made a newer version already"


@pytest.mark.parametrize("value", ["2021-04-27", ""])
def test_a_hand_made_value_stays(value: str) -> None:
    shown = entity("a", "DATE", "ngày 26/4", attributes={"value": value} if value else {"type": "DATE"})
    assert isinstance(label_selection(sheet(shown), [span("Sáng ngày 26/4")], "DATE"), SetSpans)


# relabelling and deleting


def test_relabel_leaves_out_what_has_the_label() -> None:
    shown = (entity("a", "ORG", "Tỉnh ủy"), entity("b", "PLACE", "hội nghị", version=2))
    assert relabel(sheet(*shown), ("a", "b"), "ORG") == Relabel("r1", ("b",), "ORG", {"b": 2})


def test_relabel_does_not_double_an_entity() -> None:
    shown = (entity("a", "ORG", "Tỉnh ủy"), entity("b", "PLACE", "Tỉnh ủy"))
    assert relabel(sheet(*shown), ("b",), "ORG") is None


def test_relabel_to_a_date_proposes_its_value() -> None:
    first, second = parts(relabel(sheet(entity("a", "TERM", "ngày 26/4")), ("a",), "DATE"))
    assert isinstance(first, Relabel)
    assert isinstance(second, SetEntityAttributes)
    assert second.attributes["value"] == "2021-04-26"


def test_delete_carries_the_versions_that_are_shown() -> None:
    shown = (entity("a", "ORG", "Tỉnh ủy", version=4), entity("b", "MEETING", "hội nghị"))
    assert delete_entities(sheet(*shown), ("a", "gone")) == DeleteEntities("r1", ("a",), {"a": 4})
    assert delete_entities(sheet(*shown), ("gone",)) is None


# edges


def test_an_edge_takes_nested_entities_that_share_it_along() -> None:
    shown = (entity("outer", "TITLE", "Bí thư Tỉnh ủy"), entity("inner", "ORG", "Tỉnh ủy"))
    start, end = span("Bí thư Tỉnh ủy")
    for moved, (left, right) in (("outer", (start, end)), ("inner", span("Tỉnh ủy"))):
        change = move_edge(sheet(*shown), moved, left, right - len(" ủy"))
        assert isinstance(change, SetSpans)
        assert {one: spans[0][1] for one, spans in change.spans.items()} == {"outer": end - 3, "inner": end - 3}


def test_alone_moves_only_this_one() -> None:
    shown = (entity("outer", "TITLE", "Bí thư Tỉnh ủy"), entity("inner", "ORG", "Tỉnh ủy"))
    start, end = span("Bí thư Tỉnh ủy")
    change = move_edge(sheet(*shown), "outer", start, end - 3, alone=True)
    assert isinstance(change, SetSpans)
    assert set(change.spans) == {"outer"}


def test_an_inner_one_that_would_be_empty_stays() -> None:
    shown = (entity("outer", "TITLE", "Bí thư Tỉnh ủy"), entity("inner", "ORG", "Tỉnh ủy"))
    change = move_edge(sheet(*shown), "outer", *span("Bí thư"))
    assert isinstance(change, SetSpans)
    assert set(change.spans) == {"outer"}


def test_an_edge_is_made_tight() -> None:
    start, _end = span("Bí thư Tỉnh ủy")
    change = move_edge(sheet(entity("a", "TITLE", "Bí thư Tỉnh ủy")), "a", start, start + len("Bí thư "))
    assert isinstance(change, SetSpans)
    assert change.spans == {"a": (span("Bí thư"),)}


@pytest.mark.parametrize("edges", [(20, 20), (30, 20), (4, 5)])
def test_an_empty_entity_is_not_made(edges: tuple[int, int]) -> None:
    assert move_edge(sheet(entity("a", "ORG", "Tỉnh ủy")), "a", *edges) is None


def test_a_fragment_is_not_emptied() -> None:
    first, last = span("Bí thư"), span("hội nghị")
    shown = sheet(Entity("a", "TITLE", first[0], last[1], (first, last)))
    assert move_edge(shown, "a", first[1] + 2, last[1]) is None
    change = move_edge(shown, "a", first[0], last[1] - 5)
    assert isinstance(change, SetSpans)
    assert change.spans == {"a": (first, (last[0], last[0] + 3))}


def test_an_entity_that_is_gone_is_nothing() -> None:
    assert move_edge(sheet(), "gone", 0, 4) is None


_spans = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20)), min_size=1, max_size=6)


@given(_spans, st.data())
def test_moved_edges_leave_tight_spans_inside_the_text(drawn: list[tuple[int, int]], data: st.DataObject) -> None:
    text = TEXT[:100] + "  \n " + TEXT[:16]
    entities = tuple(
        Entity(f"e{at}", "ORG" if at % 2 else "TITLE", start, min(len(text), start + length))
        for at, (start, length) in enumerate(drawn)
        if text[start : start + length].strip()
    )
    if not entities:
        return
    shown = sheet(*entities, text=text)
    chosen = data.draw(st.sampled_from(entities))
    start, end = data.draw(st.tuples(st.integers(-5, len(text) + 5), st.integers(-5, len(text) + 5)))
    change = move_edge(shown, chosen.id, start, end, alone=data.draw(st.booleans()))
    if change is None:
        return
    moves = parts(change)[0]
    assert isinstance(moves, SetSpans)
    for spans in moves.spans.values():
        assert all(0 <= left < right <= len(text) for left, right in spans)
    own = moves.spans.get(chosen.id)
    if own is not None:
        surface = text[own[0][0] : own[-1][1]]
        assert surface == surface.strip()
    for other_id, spans in moves.spans.items():
        other = shown.entities[other_id]
        hull = make_fragments(spans)[:2]
        assert other_id == chosen.id or other.start == chosen.start or other.end == chosen.end
        assert hull[0] in (other.start, (own or chosen.spans)[0][0])


# relations


def people() -> Sheet:
    return sheet(
        entity("mai", "OFFICIAL", "Lê Thị Mai"),
        entity("post", "TITLE", "Bí thư Tỉnh ủy"),
        entity("body", "ORG", "Tỉnh ủy"),
        entity("meeting", "MEETING", "hội nghị"),
        Entity("later", "ORG", TEXT.index("\n") + 1, TEXT.index("\n") + 8),
        entity("day", "DATE", "Sáng ngày 26/4"),
    )


def test_targets_of_the_same_sentence_come_first_then_the_nearest() -> None:
    shown = people()
    found = relating.choices(shown, "post", sentence_spans(TEXT))
    assert [(one.number, one.entity.id) for one in found] == [("1", "body"), ("2", "meeting"), ("3", "later")]
    assert [kind.name for kind in found[1].types] == ["chairs", "speaks_at", "attends"]


def test_the_other_direction_offers_sources() -> None:
    found = relating.choices(people(), "meeting", sentence_spans(TEXT), forward=False)
    assert {one.entity.id for one in found} == {"mai", "post", "body", "later"}


def test_what_is_related_already_is_not_offered() -> None:
    shown = people()
    related = Sheet(
        shown.report,
        AnnotationSet("lan", entities=shown.labels.entities, relations=(Relation("r", "title_at", "post", "body"),)),
        DEFAULT_SCHEMA,
    )
    assert "body" not in {one.entity.id for one in relating.choices(related, "post", sentence_spans(TEXT))}


def test_more_than_nine_in_a_sentence_get_two_digits() -> None:
    text = "Mai " + "họp " * 12
    titles = [Entity(f"t{at}", "TITLE", 4 + 4 * at, 7 + 4 * at) for at in range(12)]
    shown = sheet(Entity("mai", "OFFICIAL", 0, 3), *titles, text=text)
    found = relating.choices(shown, "mai", sentence_spans(text))
    assert [one.number for one in found] == [str(number) for number in range(10, 22)]


def test_far_targets_are_offered_when_asked_for() -> None:
    text = "Mai.\n" + "họp\n" * 12
    titles = [Entity(f"t{at}", "TITLE", 5 + 4 * at, 8 + 4 * at) for at in range(12)]
    shown = sheet(Entity("mai", "OFFICIAL", 0, 3), *titles, text=text)
    assert len(relating.choices(shown, "mai", sentence_spans(text))) == 9
    assert len(relating.choices(shown, "mai", sentence_spans(text), far=True)) == 12


def test_a_relation_is_added() -> None:
    change = relating.relate(people(), "mai", "post", "holds_title")
    assert isinstance(change, AddRelations)
    assert [(one.type, one.source, one.target) for one in change.relations] == [("holds_title", "mai", "post")]


def test_pairs_that_the_schema_forbids_have_no_type() -> None:
    assert relating.types_between(people(), "mai", "day") == ()
    assert relating.types_between(people(), "mai", "mai") == ()


def test_only_a_relation_that_is_allowed_both_ways_can_be_reversed() -> None:
    shown = people()
    relations = (Relation("one", "part_of", "body", "later"), Relation("two", "holds_title", "mai", "post"))
    both = Sheet(
        shown.report, AnnotationSet("lan", entities=shown.labels.entities, relations=relations), DEFAULT_SCHEMA
    )
    assert relating.reversible(both, ("one",))
    assert not relating.reversible(both, ("one", "two"))
    assert not relating.reversible(both, ())


# cells


@pytest.mark.parametrize(
    ("label", "attribute"),
    [("DATE", "value"), ("RESOLUTION", "norm"), ("ORG", "canonical"), ("PLACE", "canonical"), ("TERM", "value")],
)
def test_each_label_has_its_main_value(label: str, attribute: str) -> None:
    assert cells.main_attribute(DEFAULT_SCHEMA.entities_by_name[label]) == attribute


def test_a_value_for_rows_of_several_labels_is_one_action() -> None:
    shown = sheet(entity("a", "ORG", "Tỉnh ủy", version=2), entity("b", "DATE", "ngày 26/4"))
    change = cells.set_value(shown, ("a", "b"), " x ")
    assert {
        part.entity_ids: dict(part.attributes) for part in parts(change) if isinstance(part, SetEntityAttributes)
    } == {
        ("a",): {"canonical": "x"},
        ("b",): {"value": "x"},
    }


def test_what_a_cell_holds_already_is_no_change() -> None:
    shown = sheet(entity("a", "ORG", "Tỉnh ủy", note="so", entry="e1", attributes={"canonical": "Tỉnh ủy Hà Nam"}))
    assert cells.set_value(shown, ("a",), "Tỉnh ủy Hà Nam") is None
    assert cells.set_note(shown, ("a",), "so ") is None
    assert cells.set_entry(shown, ("a",), "e1") is None
    assert cells.set_edge(shown, "a", start=shown.entities["a"].start) is None
    assert cells.set_attributes(shown, "a", {"canonical": "Tỉnh ủy Hà Nam", "level": ""}, "so") is None


def test_the_form_saves_only_what_differs_as_one_action() -> None:
    shown = sheet(entity("a", "ORG", "Tỉnh ủy", version=2, attributes={"canonical": "x", "level": "province"}))
    first, second = parts(cells.set_attributes(shown, "a", {"canonical": "", "level": "province"}, "n"))
    assert first == SetEntityAttributes("r1", ("a",), {"canonical": ""}, {"a": 2})
    assert second == SetEntityNote("r1", ("a",), "n", {})


def test_a_boundary_is_typed_as_a_number() -> None:
    start, end = span("Bí thư Tỉnh ủy")
    change = cells.set_edge(sheet(entity("a", "TITLE", "Bí thư")), "a", end=end)
    assert isinstance(change, SetSpans)
    assert change.spans == {"a": ((start, end),)}
