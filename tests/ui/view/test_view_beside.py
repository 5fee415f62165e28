"""Suggestions among labels, in text order, after any changes of both."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.report import AnnotationSet, Entity, Relation, entity_order
from ui.annotate.view.beside import Beside

made = st.builds(
    lambda key, start, size: Entity(f"e{key}", "ORG", start, start + size),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(1, 4),
)
some = st.lists(made, max_size=6, unique_by=lambda one: one.id).map(
    lambda found: tuple(sorted(found, key=entity_order))
)


@given(st.lists(st.tuples(some, some), min_size=1, max_size=6))
def test_all_are_in_text_order_after_any_changes(steps: list[tuple[tuple[Entity, ...], tuple[Entity, ...]]]) -> None:
    beside = Beside()
    for labels, suggested in steps:
        shown, _joins = beside.update(AnnotationSet("lan", entities=labels), suggested, ())
        taken = {one.id for one in labels}
        left = [one for one in suggested if one.id not in taken]
        assert list(shown) == sorted([*labels, *left], key=entity_order)
        assert beside.pending == {one.id for one in left}


def test_relations_are_taken_over_too() -> None:
    beside, mine = Beside(), Relation("r", "part_of", "a", "b")
    labels = AnnotationSet("lan", relations=(mine,))
    assert beside.update(labels, (), (mine, Relation("s", "part_of", "b", "a")))[1][1:] == (
        Relation("s", "part_of", "b", "a"),
    )
    assert beside.pending == {"s"}
    assert beside.update(labels, (), ()) == ((), (mine,))
    assert beside.pending == frozenset()
    assert beside.update(None, (), ()) == ((), ())
