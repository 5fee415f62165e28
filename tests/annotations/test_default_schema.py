"""The default schema is the labelling guide's sections 1 and 2."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.schema import ANY

LABELS = {"OFFICIAL", "TITLE", "ORG", "PLACE", "DATE", "RESOLUTION", "MEETING", "TERM"}


def test_labels_in_order_with_their_keys() -> None:
    assert DEFAULT_SCHEMA.id == "vn-political-news/1"
    assert [(label.name, label.key) for label in DEFAULT_SCHEMA.entity_types] == [
        ("OFFICIAL", "1"),
        ("TITLE", "2"),
        ("ORG", "3"),
        ("PLACE", "4"),
        ("DATE", "5"),
        ("RESOLUTION", "6"),
        ("MEETING", "7"),
        ("TERM", "8"),
    ]


@pytest.mark.parametrize(
    ("label", "attributes"),
    [
        ("OFFICIAL", ["canonical", "person_id"]),
        ("TITLE", ["canonical", "system", "level", "rank", "status"]),
        ("ORG", ["canonical", "system", "level"]),
        ("PLACE", ["kind", "canonical", "code"]),
        ("DATE", ["value", "type", "mod"]),
        ("RESOLUTION", ["kind", "number", "symbol", "norm", "status"]),
        ("MEETING", ["kind", "ordinal", "mention", "canonical"]),
        ("TERM", ["number", "value"]),
    ],
)
def test_attributes(label: str, attributes: list[str]) -> None:
    assert [attribute.name for attribute in DEFAULT_SCHEMA.entities_by_name[label].attributes] == attributes


def test_normalised_attributes_name_their_kind() -> None:
    kinds = {
        (label.name, attribute.name): attribute.kind
        for label in DEFAULT_SCHEMA.entity_types
        for attribute in label.attributes
        if attribute.kind
    }
    assert kinds == {("DATE", "value"): "edtf", ("RESOLUTION", "norm"): "resolution"}


@pytest.mark.parametrize(
    ("relation", "sources", "targets"),
    [
        ("holds_title", {"OFFICIAL"}, {"TITLE"}),
        ("title_at", {"TITLE"}, {"ORG"}),
        ("chairs", {"OFFICIAL", "TITLE", "ORG"}, {"MEETING"}),
        ("speaks_at", {"OFFICIAL", "TITLE"}, {"MEETING"}),
        ("attends", {"OFFICIAL", "TITLE", "ORG"}, {"MEETING"}),
        ("convenes", {"ORG"}, {"MEETING"}),
        ("held_on", {"MEETING"}, {"DATE"}),
        ("issues", {"ORG", "TITLE", "OFFICIAL", "MEETING"}, {"RESOLUTION"}),
        ("implements", {"RESOLUTION"}, {"RESOLUTION"}),
        ("amends", {"RESOLUTION"}, {"RESOLUTION"}),
        ("applies_to", {"RESOLUTION"}, {"DATE", "PLACE"}),
        ("of_term", {"ORG", "TITLE", "MEETING", "RESOLUTION"}, {"TERM"}),
        ("part_of", {"ORG"}, {"ORG"}),
        ("located_in", {"ORG", "PLACE", "MEETING"}, {"PLACE"}),
        ("alias_of", {ANY}, {ANY}),
    ],
)
def test_relation_pairs(relation: str, sources: set[str], targets: set[str]) -> None:
    kind = DEFAULT_SCHEMA.relations_by_name[relation]
    assert (set(kind.sources), set(kind.targets)) == (sources, targets)
    assert len(DEFAULT_SCHEMA.relation_types) == 15


def test_alias_joins_one_label_only() -> None:
    alias = DEFAULT_SCHEMA.relations_by_name["alias_of"]
    assert all(alias.joins(label, label) for label in LABELS)
    assert not any(alias.joins(first, second) for first, second in combinations(sorted(LABELS), 2))


def test_every_name_is_vietnamese_and_english() -> None:
    named = [*DEFAULT_SCHEMA.entity_types, *DEFAULT_SCHEMA.relation_types]
    attributes = [attribute for label in DEFAULT_SCHEMA.entity_types for attribute in label.attributes]
    assert all(set(thing.names) == {"vi", "en"} and all(thing.names.values()) for thing in [*named, *attributes])
    assert all(thing.description for thing in named)


def test_colours_are_distinct() -> None:
    for kinds in (DEFAULT_SCHEMA.entity_types, DEFAULT_SCHEMA.relation_types):
        colours = [kind.colour for kind in kinds]
        assert len(set(colours)) == len(colours)
        assert all(re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) for colour in colours)
