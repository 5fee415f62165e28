"""Sentences: where they end, where they do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.sentences import sentence_at, sentence_spans


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Sáng 26/4 họp. Đồng chí An dự.", ["Sáng 26/4 họp.", "Đồng chí An dự."], id="full stop"),
        pytest.param("Tiêu đề\nLời dẫn\n\nThân bài.", ["Tiêu đề", "Lời dẫn", "Thân bài."], id="newlines"),
        pytest.param("Một.\r\nHai.", ["Một.", "Hai."], id="CRLF"),
        pytest.param("Đến TP. Nam Định và Q.1 chiều nay.", ["Đến TP. Nam Định và Q.1 chiều nay."], id="TP. and Q.1"),
        pytest.param("Dự có Th.S. Lê An.", ["Dự có Th.S. Lê An."], id="Th.S"),
        pytest.param("Mời PGS.TS. Lê An, GS. Bình.", ["Mời PGS.TS. Lê An, GS. Bình."], id="PGS.TS"),
        pytest.param("Mời Đ/c. An và đ/c. Bình.", ["Mời Đ/c. An và đ/c. Bình."], id="Đ/c"),
        pytest.param("Lúa, ngô, v.v. Hà Nam có đủ.", ["Lúa, ngô, v.v. Hà Nam có đủ."], id="v.v."),
        pytest.param("Ông A. Lê phát biểu.", ["Ông A. Lê phát biểu."], id="initial"),
        pytest.param("Bầu khóa X. Hội nghị kết thúc.", ["Bầu khóa X.", "Hội nghị kết thúc."], id="Roman numeral"),
        pytest.param("Chi 5.000 đồng ngày 29.4.2021 tại xã.", ["Chi 5.000 đồng ngày 29.4.2021 tại xã."], id="numbers"),
        pytest.param("Hết năm 2021. 15 đại biểu dự.", ["Hết năm 2021.", "15 đại biểu dự."], id="digit after"),
        pytest.param("Gồm lúa… và ngô… Sau đó nghỉ.", ["Gồm lúa… và ngô…", "Sau đó nghỉ."], id="ellipsis"),
        pytest.param("Vì sao? Vì mưa! Thế thôi.", ["Vì sao?", "Vì mưa!", "Thế thôi."], id="question"),
        pytest.param('Ông nói: "Đúng." Mọi người nghe.', ['Ông nói: "Đúng."', "Mọi người nghe."], id="quote"),
        pytest.param("Kết thúc./. Tin khác", ["Kết thúc./.", "Tin khác"], id="./."),
        pytest.param("Kết thúc./.(Tin khác)", ["Kết thúc./.", "(Tin khác)"], id="./. without a space"),
        pytest.param("1. Đồng chí An\nII. Nội dung", ["1. Đồng chí An", "II. Nội dung"], id="list items"),
        pytest.param("khu du lịch Quốc gia., đến năm 2030", ["khu du lịch Quốc gia., đến năm 2030"], id="stray stop"),
        pytest.param(" \n\t\n", [], id="nothing visible"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize("text", ["Đến TP. Nam Định. Đồng chí Ân dự.", "Ở Đ. Ấp Bắc. Ổn định."])
def test_nfd_text_splits_at_the_same_places(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", piece) for piece in pieces(decomposed)] == pieces(text)


VIETNAMESE = st.text(alphabet=st.sampled_from(list('aÁđỦ1. .…!?/\n\r\u00a0\u0301("”,-TPvX')), max_size=80)


@given(VIETNAMESE | st.text(max_size=60))
def test_spans_are_sorted_disjoint_tight_and_cover_all_that_is_visible(text: str) -> None:
    spans = sentence_spans(text)
    covered = 0
    for start, end in spans:
        assert covered <= start < end
        assert not text[covered:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        covered = end
    assert not text[covered:].strip()


def test_sentence_at() -> None:
    spans = sentence_spans("Một. Hai.\nBa.")
    assert [sentence_at(spans, offset) for offset in (0, 3, 4, 5, 12, 99)] == [
        (0, 4),
        (0, 4),
        (0, 4),
        (5, 9),
        (10, 13),
        (10, 13),
    ]
    assert sentence_at((), 3) == (0, 0)
    assert sentence_at(((2, 4),), 0) == (2, 4)
