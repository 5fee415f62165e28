"""Words: laid over the text whatever the segmenter makes of its spelling."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.words import word_spans, words_version

_PIECES = st.sampled_from(
    [
        *("Hội nghị", "Tỉnh uỷ", "khoá XVIII", "nghành", "Ðảng", "hoà", "😀", "đ", "TP.", "v.v...", "05-NQ/TW", "12%"),
        *(
            unicodedata.normalize("NFD", "Tỉnh ủy khoá nghành"),
            "\u0301",
            "ệ",
            "http://a.vn/b_c",
            "1.234,5",
            "29/4/2021",
        ),
        *(
            " ",
            "  ",
            "\t",
            "\u00a0",
            "\u200b",
            "\ufeff",
            "\n",
            "\u2028",
            "\x1c",
            "\x01",
            "_",
            "ﬁ",
            "\uac00",
            "\u1100\u1161",
        ),
    ]
)

MARKS = "\u0300\u0301\u0303\u0323"


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in word_spans(text)]


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_words_cover_all_that_is_visible_in_order(text: str) -> None:
    spans = word_spans(text)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert all(start < end for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(start == 0 or text[start] not in MARKS or text[start - 1].isspace() for start, _ in spans)
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hội nghị Tỉnh uỷ", ["Hội nghị", "Tỉnh", "uỷ"]),
        ("Hội \u00a0 nghị", ["Hội \u00a0 nghị"]),
        ("😀 Bác sĩ", ["😀", "Bác sĩ"]),
        ("", []),
        (" \n", []),
    ],
)
def test_words_keep_the_spelling_of_the_text(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


def test_a_correction_that_drops_a_letter_does_not_shift_the_words() -> None:
    assert words("các nghành, Hội nghị")[-2:] == [",", "Hội nghị"]


def test_corrections_that_drop_and_add_a_letter_do_not_cancel_out() -> None:
    """As many letters as before, but not the same ones: the words between must not shift."""
    assert words("nghành Hội nghị bíết")[:2] == ["nghành", "Hội nghị"]


def test_decomposed_text_has_the_same_words() -> None:
    text = "Hội nghị Tỉnh uỷ khoá XX"
    decomposed = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", word) for word in words(decomposed)] == words(text)
    assert sum(map(len, words(decomposed))) > sum(map(len, words(text)))


def test_the_segmenter_is_named_with_its_version() -> None:
    name, version, _ = words_version().split()
    assert name == "underthesea"
    assert version[0].isdigit()
