"""The same words in any case, tone style and normal form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.matching import MatchText, same_word_key

LETTERS = st.text(alphabet=st.sampled_from(list("aoAuUyỷỦỳếoáòHhnTỉ đĐß\u00a0 \u0301\u0323\u0302İq")), max_size=30)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tỉnh uỷ", "Tỉnh ủy"),
        ("Tỉnh ủy", "TỈNH ỦY"),
        ("TỈnh ủy", "Tỉnh uỷ"),
        ("khoá XX", "khóa xx"),
        ("Khoẻ", "khỏe"),
        ("Tỉnh\u00a0 ủy ", "Tỉnh ủy"),
        (unicodedata.normalize("NFD", "Hội nghị Tỉnh uỷ"), "hội nghị tỉnh ủy"),
    ],
)
def test_the_same_words(first: str, second: str) -> None:
    assert same_word_key(first) == same_word_key(second)


@pytest.mark.parametrize(("first", "second"), [("Tỉnh ủy", "tinh uy"), ("Đảng", "Dảng"), ("bí thư", "bi thư")])
def test_diacritics_count(first: str, second: str) -> None:
    assert same_word_key(first) != same_word_key(second)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_finds_every_writing_in_its_own_offsets(form: str) -> None:
    text = unicodedata.normalize(form, "Ở Tỉnh uỷ, TỈNH\u00a0ỦY và Tỉnh ủy viên; tinh uy.")
    found = [unicodedata.normalize("NFC", text[start:end]) for start, end in MatchText(text).find_all("tỉnh ủy")]
    assert found == ["Tỉnh uỷ", "TỈNH\u00a0ỦY", "Tỉnh ủy"]


def test_whole_words_only_when_asked() -> None:
    text = MatchText("TW, TWA")
    assert list(text.find_all("tw")) == [(0, 2)]
    assert list(text.find_all("tw", whole_word=False)) == [(0, 2), (4, 6)]


def test_nothing_is_found_for_nothing() -> None:
    assert list(MatchText("Tỉnh ủy").find_all(" ")) == []


def test_letters_that_fold_into_two_keep_their_place() -> None:
    text = "Straße Tỉnh ủy"
    assert [text[start:end] for start, end in MatchText(text).find_all("tỉnh ủy")] == ["Tỉnh ủy"]
    assert list(MatchText("aß").find_all("as", whole_word=False)) == [(0, 2)]


@given(LETTERS, LETTERS, LETTERS)
def test_a_hit_is_the_same_words_as_the_needle(before: str, needle: str, after: str) -> None:
    text = before + " " + needle + " " + after
    hits = list(MatchText(text).find_all(needle, whole_word=False))
    assert all(start < end <= len(text) for start, end in hits)
    assert hits == sorted(hits)
    assert bool(hits) == bool(needle.split())
