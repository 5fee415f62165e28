"""Labels kept in order while rows change: always what sorting all of them anew would give, unchanged ones the same objects."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.report import Entity, Relation
from model.kept_labels import KeptLabels, RowOf
from model.queries.labels import KeyedRelation, in_order

entity_rows = st.builds(
    lambda key, gone, start, size: (key, gone, Entity(f"e{key}", "ORG", start, start + size)),
    st.integers(1, 6),
    st.booleans(),
    st.integers(0, 9),
    st.integers(1, 5),
)
relation_rows = st.builds(
    lambda key, gone, source, target, kind: (key, gone, (source, target, Relation(f"r{key}", kind, "", ""))),
    st.integers(1, 5),
    st.booleans(),
    st.integers(1, 6),
    st.integers(1, 6),
    st.sampled_from(["part_of", "alias_of"]),
)
step = st.tuples(st.lists(entity_rows, max_size=4), st.lists(relation_rows, max_size=4))


@given(st.lists(step, min_size=1, max_size=6))
def test_kept_labels_are_those_sorted_anew(
    steps: list[tuple[list[RowOf[Entity]], list[RowOf[KeyedRelation]]]],
) -> None:
    kept = KeptLabels()
    entities: dict[int, Entity] = {}
    relations: dict[int, KeyedRelation] = {}
    for some, joins in steps:
        kept.update(some, joins)
        for key, gone, entity in some:
            entities.pop(key, None) if gone else entities.update({key: entity})
        for key, gone, relation in joins:
            relations.pop(key, None) if gone else relations.update({key: relation})
        assert kept.labels() == in_order(entities, relations.values())
    again = KeptLabels(
        [(key, False, one) for key, one in entities.items()], [(k, False, r) for k, r in relations.items()]
    )
    assert again.labels() == kept.labels()


def test_what_did_not_change_stays_the_same_object() -> None:
    rows = [(n, False, Entity(f"e{n}", "ORG", n * 10, n * 10 + 5)) for n in range(1, 5)]
    joins = [
        (1, False, (1, 2, Relation("r1", "part_of", "", ""))),
        (2, False, (3, 4, Relation("r2", "part_of", "", ""))),
    ]
    kept = KeptLabels(rows, joins)
    entities, relations = kept.labels()
    kept.update([(1, False, Entity("e1", "ORG", 99, 104))], [])
    moved, related = kept.labels()
    assert [one.id for one in moved] == ["e2", "e3", "e4", "e1"]
    assert all(one is other for one, other in zip(moved, entities[1:], strict=False))
    assert [one.id for one in related] == ["r2", "r1"]
    assert related[0] is relations[1]


def test_a_relation_comes_back_with_its_end() -> None:
    kept = KeptLabels(
        [(1, False, Entity("a", "ORG", 0, 2)), (2, False, Entity("b", "ORG", 4, 6))],
        [(1, False, (1, 2, Relation("r", "part_of", "", "")))],
    )
    kept.update([(2, True, Entity("b", "ORG", 4, 6))], [])
    assert kept.labels()[1] == ()
    kept.update([(2, False, Entity("b", "ORG", 4, 7))], [])
    assert kept.labels()[1] == (Relation("r", "part_of", "a", "b"),)
