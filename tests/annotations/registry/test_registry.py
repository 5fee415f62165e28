"""The registry as values: whom a mention means, who held which post when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from annotations.changes import SetEntityEntry, SetFacts, Together
from annotations.corpus import LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.registry import Chronicle, Mention, Registry, RegistryEntry, gaps, is_sure, mentions_of, proposals
from annotations.registry.cite import entry_text
from annotations.registry.edits import merge, split
from annotations.registry.linking import link, plan
from annotations.report import AnnotationSet, Entity, Relation, Report, entity_order

SECRETARY = (
    "Sáng nay, đồng chí Lê Thị Thủy, Bí thư Tỉnh ủy, chủ trì. Bà Thủy phát biểu. Đồng chí Bí thư Tỉnh ủy kết luận."
)


def report(number: int, text: str, date: str, locality: str = "Hà Nam") -> Report:
    return Report(f"r{number}", f"{number}.txt", text, date=date, locality=locality, source="Báo Hà Nam")


def labelled(
    made: Report, spans: Sequence[tuple[str, str, int]], holds: Sequence[tuple[int, int]] = (), annotator: str = "lan"
) -> LabelledReport:
    """Entities by label, text and occurrence; relations by number of entity."""
    entities = []
    for number, (label, words, nth) in enumerate(spans):
        start = -1
        for _ in range(nth + 1):
            start = made.text.index(words, start + 1)
        entities.append(Entity(f"e{number}", label, start, start + len(words)))
    relations = tuple(Relation(f"r{s}{t}", "holds_title", f"e{s}", f"e{t}") for s, t in holds)
    return LabelledReport(
        made, (AnnotationSet(annotator, entities=tuple(sorted(entities, key=entity_order)), relations=relations),)
    )


def mentions(one: LabelledReport) -> list[Mention]:
    return list(mentions_of(one, DEFAULT_SCHEMA))


FIRST = labelled(
    report(1, SECRETARY, "2021-04-29"),
    [
        ("OFFICIAL", "Lê Thị Thủy", 0),
        ("TITLE", "Bí thư Tỉnh ủy", 0),
        ("OFFICIAL", "Thủy", 1),
        ("TITLE", "Bí thư Tỉnh ủy", 1),
        ("ORG", "Tỉnh ủy", 0),
        ("ORG", "Tỉnh ủy", 1),
    ],
    [(0, 1)],
)
THUY = RegistryEntry("p1", "OFFICIAL", "Lê Thị Thủy")


def linked(one: LabelledReport, entry: str, *texts: str) -> list[Mention]:
    return [replace(mention, entry=entry) if mention.text in texts else mention for mention in mentions(one)]


def test_mentions_say_what_they_call_it_and_which_posts() -> None:
    found = [(one.label, one.text, one.name, one.posts) for one in mentions(FIRST)]
    post = "Bí thư Tỉnh ủy Hà Nam"
    assert found == [
        ("OFFICIAL", "Lê Thị Thủy", "Lê Thị Thủy", (post,)),
        ("ORG", "Tỉnh ủy", "Tỉnh ủy Hà Nam", ()),
        ("OFFICIAL", "Thủy", "Thủy", ()),
        ("TITLE", "Bí thư Tỉnh ủy", post, (post,)),
        ("ORG", "Tỉnh ủy", "Tỉnh ủy Hà Nam", ()),
    ]
    assert mentions(FIRST)[2].evidence == "Bà Thủy phát biểu."


def test_one_span_of_several_annotators_is_one_mention() -> None:
    (lan,) = FIRST.sets
    both = replace(FIRST, sets=(lan, replace(lan, annotator="minh"), replace(lan, annotator=None, adjudicated=True)))
    assert [one.text for one in mentions(both)] == [one.text for one in mentions(FIRST)]
    assert mentions(both)[0].owners == (("", "e0"), ("lan", "e0"), ("minh", "e0"))


def test_the_same_person_by_name_short_name_and_title() -> None:
    here = mentions(FIRST)
    made = plan(Chronicle(Registry(())), here)
    assert {entry.name for entry in made.made} == {"Lê Thị Thủy", "Tỉnh ủy Hà Nam"}
    by_text = {(mention.label, mention.text): entry for mention, entry in made.links}
    assert by_text["OFFICIAL", "Thủy"] == by_text["OFFICIAL", "Lê Thị Thủy"]
    assert [mention.text for mention in made.left] == ["Bí thư Tỉnh ủy"], "nobody is known to hold the post yet"
    known = Registry([THUY], linked(FIRST, "p1", "Lê Thị Thủy"))
    (title,) = [one for one in here if one.label == "TITLE"]
    found = proposals(Chronicle(known), title, linked(FIRST, "p1", "Lê Thị Thủy"))
    assert [(one.entry_id, one.why) for one in found] == [("p1", ("post", "report"))]
    assert is_sure(found)


@pytest.mark.parametrize("name", ["LÊ THỊ THỦY", "Lê Thị Thuỷ", "Lê Thị Thủy"])
def test_a_name_in_another_spelling_is_the_same(name: str) -> None:
    later = labelled(
        report(2, f"{name}, Bí thư Tỉnh ủy, dự.", "2021-06-01"),
        [("OFFICIAL", name, 0), ("TITLE", "Bí thư Tỉnh ủy", 0)],
        [(0, 1)],
    )
    chronicle = Chronicle(Registry([THUY], linked(FIRST, "p1", "Lê Thị Thủy")))
    found = proposals(chronicle, mentions(later)[0])
    assert (found[0].entry_id, found[0].why) == ("p1", ("name", "post"))
    assert is_sure(found)


def test_two_people_of_one_name_stay_two() -> None:
    other = labelled(
        report(3, "Chị Lê Thị Thủy, Bí thư Huyện đoàn Ý Yên, phát biểu.", "2021-05-02", "Nam Định"),
        [("OFFICIAL", "Lê Thị Thủy", 0), ("TITLE", "Bí thư Huyện đoàn Ý Yên", 0)],
        [(0, 1)],
    )
    chronicle = Chronicle(Registry([THUY], linked(FIRST, "p1", "Lê Thị Thủy")))
    found = proposals(chronicle, mentions(other)[0])
    assert found[0].why == ("name", "other post")
    assert not is_sure(found)
    assert plan(chronicle, mentions(other)).left == tuple(mentions(other)[:1])
    both = Registry(
        [THUY, RegistryEntry("p2", "OFFICIAL", "Lê Thị Thủy")],
        [*linked(FIRST, "p1", "Lê Thị Thủy"), *linked(other, "p2", "Lê Thị Thủy")],
    )
    again = proposals(Chronicle(both), mentions(other)[0])
    assert [one.entry_id for one in again] == ["p2", "p1"]
    assert is_sure(again)


def test_merging_and_splitting() -> None:
    alias = RegistryEntry("p2", "OFFICIAL", "Bà Thủy", version=3)
    seen = [*linked(FIRST, "p1", "Lê Thị Thủy"), *linked(FIRST, "p2", "Thủy")]
    registry = Registry([THUY, alias], seen)
    change = merge(registry, "p2", "p1")
    assert isinstance(change, SetFacts)
    assert change.seen == {change.facts[0].place: 3}
    joined = Registry([THUY, RegistryEntry.of_fact(change.facts[0])], seen)
    assert [entry.id for entry in joined.entries] == ["p1"]
    assert [mention.text for mention in joined.mentions("p2")] == ["Lê Thị Thủy", "Thủy"]
    assert joined.names("p1") == {"lê thị thủy", "bà thủy"}
    assert [entry.id for entry in joined.merged("p1")] == ["p2"]
    apart = split(joined, "p2")
    assert isinstance(apart, SetFacts)
    assert RegistryEntry.of_fact(apart.facts[0]).same_as == ""


def test_entries_merged_in_a_ring_end_somewhere() -> None:
    ring = Registry([replace(THUY, same_as="p2"), RegistryEntry("p2", "OFFICIAL", "Thủy", same_as="p1")])
    assert ring.resolve("p1") in {"p1", "p2"}


def test_an_id_without_an_entry_is_one() -> None:
    registry = Registry((), linked(FIRST, "Q42", "Lê Thị Thủy"))
    assert [(entry.id, entry.name, entry.label) for entry in registry.entries] == [("Q42", "Q42", "OFFICIAL")]


def test_a_post_and_its_holders() -> None:
    def secretary(number: int, name: str, date: str) -> LabelledReport:
        text = f"Đồng chí {name}, Bí thư Tỉnh ủy, dự."
        return labelled(report(number, text, date), [("OFFICIAL", name, 0), ("TITLE", "Bí thư Tỉnh ủy", 0)], [(0, 1)])

    people = {"p1": "Lê Thị Thủy", "p2": "Trương Quốc Huy", "p3": "Phạm Sỹ Lợi"}
    dated = [
        ("p1", "2020-10"),
        ("p1", "2021-04-29"),
        ("p2", "2021-04-29"),
        ("p2", "2022-01-05"),
        ("p3", "2022-03-01"),
        ("p3", ""),
    ]
    seen = [
        mention
        for number, (who, date) in enumerate(dated)
        for mention in linked(secretary(number, people[who], date), who, people[who])
    ]
    chronicle = Chronicle(Registry([RegistryEntry(key, "OFFICIAL", name) for key, name in people.items()], seen))
    (key,) = chronicle.posts
    assert chronicle.posts[key] == "Bí thư Tỉnh ủy Hà Nam"
    found = [(one.entry_id, str(one.since), str(one.until), one.count) for one in chronicle.holders(key)]
    assert found == [
        ("p1", "2020-10-01", "2021-04-29", 2),
        ("p2", "2021-04-29", "2022-01-05", 2),
        ("p3", "2022-03-01", "2022-03-01", 2),
    ]
    between = [
        (gap.before.entry_id, gap.after.entry_id, gap.overlap, str(gap.since)) for gap in gaps(chronicle.holders(key))
    ]
    assert between == [("p1", "p2", True, "2021-04-29"), ("p2", "p3", False, "2022-01-05")]


def test_linking_changes_ones_own_entities_as_one_action() -> None:
    (lan,) = FIRST.sets
    both = mentions(replace(FIRST, sets=(lan, replace(lan, annotator="minh"))))
    made = plan(Chronicle(Registry(())), both)
    change = link(made.links, made.made, "minh")
    assert isinstance(change, Together)
    facts, *links = change.changes
    assert isinstance(facts, SetFacts)
    assert {fact.key for fact in facts.facts} == {entry.id for entry in made.made}
    assert all(isinstance(one, SetEntityEntry) for one in links)
    assert link(made.links, made.made, "hoa") is None


def test_a_body_is_one_entry_over_reports_of_its_province() -> None:
    def committee(number: int, words: str, locality: str) -> Mention:
        return mentions(labelled(report(number, f"{words} họp.", "2021-01-01", locality), [("ORG", words, 0)]))[0]

    first = committee(1, "BTV Tỉnh ủy", "Hà Nam")
    chronicle = Chronicle(Registry([RegistryEntry("o1", "ORG", first.name)], [replace(first, entry="o1")]))
    assert is_sure(proposals(chronicle, committee(2, "Ban Thường vụ Tỉnh uỷ", "Hà Nam")))
    assert proposals(chronicle, committee(3, "BTV Tỉnh ủy", "Nam Định")) == ()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Giám đốc Sở Nội vụ", "Giám đốc Sở Nội vụ Hà Nam"),
        ("Tỉnh ủy viên", "Tỉnh ủy viên Hà Nam"),
        ("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh Hà Nam"),
        ("Bí thư Tỉnh ủy Hà Nam", "Bí thư Tỉnh ủy Hà Nam"),
        ("Ủy viên Trung ương Đảng", "Ủy viên Trung ương Đảng"),
    ],
)
def test_a_post_has_the_province_that_its_text_leaves_out(title: str, name: str) -> None:
    assert mentions(labelled(report(1, f"Đồng chí {title} dự.", "2021"), [("TITLE", title, 0)]))[0].name == name


def test_in_words_with_citations() -> None:
    chronicle = Chronicle(Registry([THUY], linked(FIRST, "p1", "Lê Thị Thủy")))
    said = entry_text("Lê Thị Thủy", chronicle.timeline("p1"), str)
    assert said.splitlines() == [
        "Lê Thị Thủy",
        "",
        "Bí thư Tỉnh ủy Hà Nam: 2021-04-29",
        "  first: “Sáng nay, đồng chí Lê Thị Thủy, Bí thư Tỉnh ủy, chủ trì.” (Báo Hà Nam, 2021-04-29, 1.txt)",
    ]
