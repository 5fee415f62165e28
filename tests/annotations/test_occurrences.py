"""Hits of a text that is to be labelled everywhere."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.occurrences import Occurrence, occurrences
from annotations.report import Entity

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
TEXT = "Bí thư Tỉnh uỷ (TỈNH ỦY), Tỉnh\u00a0ủy họp.\nTỉnh ủy viên; tinh uy."


def entity(name: str, words: str, label: str, text: str = TEXT) -> Entity:
    start = text.index(words)
    return Entity(name, label, start, start + len(words))


def surfaces(hits: tuple[Occurrence, ...], text: str = TEXT) -> list[str]:
    return [text[slice(*hit.span)] for hit in hits]


def test_every_writing_of_the_words_is_found() -> None:
    assert surfaces(occurrences(TEXT, "Tỉnh ủy", (), "ORG")) == ["Tỉnh uỷ", "TỈNH ỦY", "Tỉnh\u00a0ủy", "Tỉnh ủy"]


def test_a_hit_inside_a_longer_entity_starts_unticked() -> None:
    outer = entity("t", "Bí thư Tỉnh uỷ", "TITLE")
    first, *others = occurrences(TEXT, "tỉnh ủy", [outer], "ORG")
    assert (first.inside, first.group, first.ticked) == ("t", "TITLE", False)
    assert all(hit.inside is None and hit.ticked for hit in others)


def test_a_hit_that_carries_the_label_is_taken() -> None:
    same, other = entity("a", "Tỉnh uỷ", "ORG"), entity("b", "TỈNH ỦY", "PLACE")
    hits = occurrences(TEXT, "Tỉnh ủy", [same, other], "ORG")
    assert [hit.taken for hit in hits] == [True, False, False, False]
    assert [hit.inside for hit in hits] == [None] * 4
    assert [hit.ticked for hit in hits] == [False, True, True, True]


def test_the_nearest_longer_entity_holds_the_hit() -> None:
    wide, near = entity("w", "Bí thư Tỉnh uỷ (TỈNH ỦY)", "X"), entity("n", "thư Tỉnh uỷ", "TITLE")
    assert occurrences(TEXT, "tỉnh ủy", [wide, near], "ORG")[0].inside == "n"


def test_the_gap_of_a_discontinuous_entity_holds_nothing() -> None:
    start = TEXT.index("Tỉnh uỷ")
    split = Entity("d", "ORG", 0, start + 20, fragments=((0, 6), (start + 16, start + 20)))
    assert occurrences(TEXT, "Tỉnh uỷ", [split], "ORG")[0].inside is None


def test_groups_are_the_word_before() -> None:
    groups = [hit.group for hit in occurrences(TEXT, "Tỉnh ủy", (), "ORG")]
    assert groups == ["thư", "ủy", "", ""]


def test_context_stays_in_its_line_and_is_cut_at_words() -> None:
    text = "Dòng trước\nSáng nay, Tỉnh ủy họp " + "bàn việc " * 20
    (hit,) = occurrences(text, "Tỉnh ủy", (), "ORG")
    left, surface, right = hit.context
    assert (left, surface) == ("Sáng nay, ", "Tỉnh ủy")
    assert right.startswith(" họp bàn việc")
    assert right.split()[-1] in ("bàn", "việc")


def test_parts_of_words_only_when_asked() -> None:
    assert occurrences("BTVTU", "TU", (), "ORG") == ()
    assert len(occurrences("BTVTU", "TU", (), "ORG", whole_word=False)) == 1


def test_decomposed_text_gives_whole_letters() -> None:
    text = unicodedata.normalize("NFD", TEXT)
    hits = occurrences(text, "Tỉnh ủy", (), "ORG")
    assert [unicodedata.normalize("NFC", found) for found in surfaces(hits, text)] == surfaces(
        occurrences(TEXT, "Tỉnh ủy", (), "ORG")
    )
    assert [hit.group for hit in hits] == ["thư", "ủy", "", ""]


@given(st.text(alphabet="aàá b\n,(", max_size=40), st.text(alphabet="aàá b", max_size=4))
def test_hits_are_found_in_order_and_apart(text: str, needle: str) -> None:
    hits = occurrences(text, needle, [Entity("all", "X", 0, len(text))] if text else [], "ORG")
    ends = [0, *(hit.span[1] for hit in hits)]
    assert all(before <= hit.span[0] for before, hit in zip(ends, hits, strict=False))
    assert all(hit.inside == "all" or hit.span == (0, len(text)) for hit in hits)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
def test_tinh_uy_in_the_real_reports() -> None:
    """Of 32 places 15 are that organisation: 3 alone and 12 inside posts; 17 belong to other bodies' names."""
    post = re.compile(r"(?:Phó )?Bí thư (?:Thường trực )?T[Ỉỉ]nh ủy")
    body = re.compile(r"(?:(?:Ban Thường vụ \()?BTV\)?|Ban Thường vụ|(?<!thư )Thường trực|UBKT) Tỉnh ủy")
    groups = Counter[str]()
    for path in sorted(REPORTS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        longer = [("TITLE", match) for match in post.finditer(text)] + [("ORG", match) for match in body.finditer(text)]
        entities = [Entity(f"e{n}", label, *match.span()) for n, (label, match) in enumerate(longer)]
        found = occurrences(text, "Tỉnh ủy", entities, "ORG")
        groups.update(hit.group for hit in found)
        assert all(hit.ticked == (hit.group == "của") for hit in found)
    assert groups == {"TITLE": 12, "ORG": 17, "của": 3}
