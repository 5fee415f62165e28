"""Labels of a passage copied to where its words stand again."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from annotations.passages import LEAST_WORDS, Mapping, Words, copied, repeats, shared
from annotations.report import AnnotationSet, Entity, Origin, Relation

LEDE = "Sáng 26/4, Tỉnh ủy Hà Nam tổ chức hội nghị."
TEXT = f"{LEDE}\nẢnh: Báo.\nSáng  26/4, Tỉnh uỷ Hà Nam tổ chức HỘI NGHỊ.\n"
LABELS = AnnotationSet(
    "lan",
    entities=(
        Entity("d", "DATE", 0, 9, attributes={"value": "2021-04-26"}),
        Entity("o", "ORG", 11, 25, entry="e7"),
        Entity("p", "PLACE", 19, 25),
        Entity("m", "MEETING", 34, 42),
    ),
    relations=(Relation("r", "convenes", "o", "m"), Relation("s", "located_in", "o", "p")),
)


def _to_the_repeat(there: AnnotationSet = LABELS) -> tuple[list[tuple[str, str]], list[str]]:
    words = Words(TEXT)
    (match,) = repeats(words, 0, len(LEDE))
    made = copied(LABELS, LABELS.entities, there, Mapping(words, words, [match]))
    return [(one.label, one.surface(TEXT)) for one in made.entities], [one.type for one in made.relations]


def test_spelling_of_tones_case_and_blanks_make_no_other_passage() -> None:
    entities, relations = _to_the_repeat()
    assert entities == [
        ("DATE", "Sáng  26/4"),
        ("ORG", "Tỉnh uỷ Hà Nam"),
        ("PLACE", "Hà Nam"),
        ("MEETING", "HỘI NGHỊ"),
    ]
    assert relations == ["convenes", "located_in"]


def test_values_links_and_origin_go_along() -> None:
    words = Words(TEXT)
    (match,) = repeats(words, 0, len(LEDE))
    made = copied(LABELS, LABELS.entities, LABELS, Mapping(words, words, [match]))
    assert made.entities[0].attributes == {"value": "2021-04-26"}
    assert (made.entities[1].entry, made.entities[1].origin, made.entities[1].by) == ("e7", Origin.PROPAGATED, "o")
    assert not {one.id for one in made.entities} & {one.id for one in LABELS.entities}


def test_what_stands_there_already_is_not_doubled_but_related() -> None:
    at = TEXT.index("Tỉnh uỷ")
    there = AnnotationSet("lan", entities=(*LABELS.entities, Entity("x", "ORG", at, at + 14)))
    entities, relations = _to_the_repeat(there)
    assert ("ORG", "Tỉnh uỷ Hà Nam") not in entities
    assert relations == ["convenes", "located_in"]


def test_few_words_are_no_passage() -> None:
    assert not list(repeats(Words("Hà Nam. Hà Nam."), 0, 6))


def test_nearly_the_same_text_takes_what_is_whole_there() -> None:
    other = "Tin mới\n" + unicodedata.normalize("NFD", LEDE).replace("26/4", "27/4")
    source, target = Words(LEDE), Words(other)
    made = copied(LABELS, LABELS.entities, AnnotationSet("lan"), Mapping(source, target, shared(source, target)))
    assert [unicodedata.normalize("NFC", one.surface(other)) for one in made.entities] == [
        "Tỉnh ủy Hà Nam",
        "Hà Nam",
        "hội nghị",
    ]


@given(st.text(alphabet="abđ ,\n", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_mapping_leads_to_the_same_words(text: str, one: int, other: int) -> None:
    source, target = Words(text), Words("đầu " + text + " cuối")
    found = Mapping(source, target, shared(source, target)).span(min(one, other), max(one, other))
    if found is not None:
        words = text[min(one, other) : max(one, other)]
        assert ("đầu " + text + " cuối")[slice(*found)].split() == words.split()
        assert len(source.keys) >= LEAST_WORDS
