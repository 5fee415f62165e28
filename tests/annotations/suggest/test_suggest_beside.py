"""Suggestions beside labels, refusals, choices of a project, figures of quality."""

from __future__ import annotations

import pytest

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.facts import Fact, Kind
from annotations.report import AnnotationSet, Entity, Relation, Report
from annotations.suggest import Knowledge, Suggestions, suggest
from annotations.suggest.beside import entities_beside, entity_key, relation_key, relations_beside
from annotations.suggest.quality import BOUNDARY, NOTHING, Quality, figures
from annotations.suggestion_choices import Choices, set_label, set_list, set_source, set_training

ORG = Entity("s1", "ORG", 10, 20)
TITLE = Entity("s2", "TITLE", 5, 20)
JOIN = Relation("j", "title_at", "s2", "s1")
FOUND = Suggestions((TITLE, ORG), (JOIN,))


@pytest.mark.parametrize(
    ("label", "stays"),
    [
        (Entity("a", "ORG", 10, 20), False),  # the same
        (Entity("a", "PLACE", 10, 20), False),  # the same span
        (Entity("a", "PLACE", 15, 25), False),  # crossing
        (Entity("a", "ORG", 12, 15), False),  # inside one of its own label
        (Entity("a", "PLACE", 12, 15), True),
        (Entity("a", "TITLE", 5, 20), True),
        (Entity("a", "ORG", 20, 30), True),
    ],
)
def test_labels_decide_what_can_still_be_suggested(label: Entity, stays: bool) -> None:
    assert (ORG in entities_beside([ORG], AnnotationSet("lan", entities=(label,)))) is stays


def test_a_refused_entity_takes_its_relations_along() -> None:
    nobody = AnnotationSet("lan")
    shown = entities_beside(FOUND.entities, nobody, frozenset({entity_key(ORG)}))
    assert shown == (TITLE,)
    assert relations_beside(FOUND, shown, nobody) == ()


def test_a_refused_relation_leaves_its_ends() -> None:
    nobody = AnnotationSet("lan")
    refused = frozenset({relation_key(JOIN, {"s1": ORG, "s2": TITLE})})
    assert refused == {"title_at 5 20 > 10 20"}
    shown = entities_beside(FOUND.entities, nobody, refused)
    assert len(shown) == 2
    assert relations_beside(FOUND, shown, nobody, refused) == ()


def test_an_end_that_was_confirmed_is_the_label() -> None:
    own = AnnotationSet("lan", entities=(Entity("mine", "ORG", 10, 20),))
    shown = entities_beside(FOUND.entities, own)
    (relation,) = relations_beside(FOUND, shown, own)
    assert (relation.source, relation.target) == ("s2", "mine")


def test_two_that_are_related_are_not_related_again() -> None:
    own = AnnotationSet(
        "lan",
        entities=(Entity("t", "TITLE", 5, 20), Entity("o", "ORG", 10, 20)),
        relations=(Relation("r", "title_at", "t", "o"),),
    )
    assert relations_beside(FOUND, (), own) == ()


TEXT = "Đồng chí Lê Thị Mai thăm tổ hợp tác sông xanh ở Hà Nam.\nTổ hợp tác Sông Xanh đón khách."
REPORT = Report("r", "r.txt", TEXT, date="2021-04-29")


def _facts(*changes: object) -> list[Fact]:
    return [fact for change in changes for fact in change.facts]  # type: ignore[attr-defined]


def test_choices_are_settings_and_come_back_from_them() -> None:
    made = _facts(
        set_source("model", True, 0), set_label("ORG", False, 0.8), set_list("ORG", [" A  b ", "A b"]), set_training(0)
    )
    choices = Choices.of(made)
    assert choices == Choices(frozenset({"model"}), frozenset(), {"ORG": 0.8}, {}, {"ORG": frozenset({"A b"})}, 0)
    assert {fact.kind for fact in made} == {Kind.SETTING}


def test_what_is_as_it_is_by_itself_needs_no_setting() -> None:
    assert [fact.value for fact in _facts(set_source("rules", False, 0), set_list("ORG", ["  "]))] == [None, None]


def test_settings_that_cannot_be_read_are_not_said() -> None:
    odd = [
        Fact(Kind.SETTING, "suggest:label:ORG", {"least": "much"}),
        Fact(Kind.SETTING, "suggest:list:ORG", {"names": 3}),
    ]
    assert Choices.of([*odd, Fact(Kind.SETTING, "lead", {"name": "lan"})]) == Choices()


def test_labels_and_sources_are_switched_off_and_have_thresholds() -> None:
    def labels(known: Knowledge) -> set[str]:
        return {one.label for one in suggest(REPORT, DEFAULT_SCHEMA, known).entities}

    assert {"OFFICIAL", "PLACE"} <= labels(Knowledge())
    assert "PLACE" not in labels(Knowledge(labels_off=frozenset({"PLACE"})))
    assert "PLACE" not in labels(Knowledge(thresholds={"PLACE": 1.0}))
    without = suggest(REPORT, DEFAULT_SCHEMA, Knowledge(source_thresholds={"rules": 1.0})).entities
    assert "rules" not in {one.by for one in without}


def test_a_projects_own_list_is_found_in_any_case_and_tone_style() -> None:
    known = Knowledge(lists={"ORG": frozenset({"tổ hợp tác sông xanh"})})
    found = [
        one.surface(TEXT)
        for one in suggest(REPORT, DEFAULT_SCHEMA, known).entities
        if one.by == "gazetteer" and one.label == "ORG"
    ]
    assert found == ["tổ hợp tác sông xanh", "Tổ hợp tác Sông Xanh"]


def test_quality_counts_what_was_right_missed_and_taken_for_something_else() -> None:
    suggested = Suggestions(
        (
            Entity("1", "ORG", 0, 5, by="rules"),
            Entity("2", "ORG", 10, 15, by="rules"),
            Entity("3", "DATE", 20, 25, by="model"),
            Entity("4", "TERM", 40, 45, by="model"),
        )
    )
    confirmed = [
        Entity("a", "ORG", 0, 5),
        Entity("b", "PLACE", 10, 15),
        Entity("c", "DATE", 20, 28),
        Entity("d", "TITLE", 60, 65),
    ]
    quality = Quality()
    quality.add(figures(suggested, confirmed, ()))
    quality.add(figures(suggested, confirmed, ()))
    assert quality.reports == 2
    assert (quality.labels["ORG"].suggested, quality.labels["ORG"].right, quality.sources["model"].right) == (4, 2, 0)
    assert dict(quality.confusions) == {
        ("ORG", "PLACE"): 2,
        ("DATE", BOUNDARY): 2,
        ("TERM", NOTHING): 2,
        (NOTHING, "TITLE"): 2,
    }
