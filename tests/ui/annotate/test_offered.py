"""What is offered beside labels: after few changes the same as worked out anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.report import AnnotationSet, Entity, Relation, entity_order
from annotations.suggest import Suggestions
from annotations.suggest.beside import entity_key
from ui.annotate.suggestions.offered import Offered

LABELS = st.sampled_from(["ORG", "TITLE", "DATE"])
spans = st.tuples(LABELS, st.integers(0, 30), st.integers(1, 8))


def entities(name: str, found: list[tuple[str, int, int]]) -> tuple[Entity, ...]:
    made = [Entity(f"{name}{n}", label, start, start + size) for n, (label, start, size) in enumerate(found)]
    return tuple(sorted(made, key=entity_order))


@given(
    st.lists(spans, max_size=12, unique=True),  # the arbiter chooses one for each label and span
    st.lists(st.lists(spans, max_size=8), min_size=1, max_size=4),
    st.integers(0, 11),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=6),
)
def test_what_is_offered_beside_changed_labels_is_what_would_be_offered_anew(
    suggested: list[tuple[str, int, int]],
    steps: list[list[tuple[str, int, int]]],
    refused: int,
    joins: list[tuple[int, int]],
) -> None:
    made = entities("s", suggested)
    ids = {one.id for one in made}
    related = tuple(
        Relation(f"r{n}", "part_of", f"s{one}", f"s{other}")
        for n, (one, other) in enumerate(joins)
        if {f"s{one}", f"s{other}"} <= ids and one != other
    )
    found = Suggestions(made, related)
    unwanted = frozenset(entity_key(one) for one in made[refused : refused + 1])
    offered = Offered(found, unwanted)
    for step in steps:
        own = AnnotationSet("lan", entities=entities("e", step))
        offered, anew = offered.beside(own), Offered(found, unwanted, own)
        assert dict(offered.entities) == dict(anew.entities)
        assert list(offered.entities) == list(anew.entities)
        assert offered.relations.items() <= anew.relations.items(), "some may come a moment later"


def test_a_relation_goes_on_from_the_label_that_its_end_became() -> None:
    body, post = Entity("b", "ORG", 7, 14), Entity("p", "TITLE", 0, 14)
    offered = Offered(Suggestions((post, body), (Relation("r", "title_at", "p", "b"),)))
    label = Entity("new", "TITLE", 0, 14)
    beside = offered.beside(AnnotationSet("lan", entities=(label,)))
    assert list(beside.entities) == ["b"]
    assert [(one.source, one.target) for one in beside.relations.values()] == [("new", "b")]
    related = AnnotationSet("lan", entities=(label,), relations=(Relation("mine", "title_at", "new", "b"),))
    assert not beside.beside(related).relations
    assert not offered.beside(AnnotationSet("lan", entities=(Entity("other", "DATE", 0, 14),))).relations
