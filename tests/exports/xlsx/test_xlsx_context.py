"""The sentence around mentions."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import TextBlock

from annotations.corpus import LabelledReport
from annotations.offsets import syllables
from annotations.report import AnnotationSet, Entity, Report, Span
from exports.xlsx.context import Context

TEXT = "Tiêu đề\nCâu một có An. Câu hai có Bình và Chi. Câu ba có Dung.\n"


def _shown(spans: list[Span], text: str = TEXT) -> str:
    return "".join(f"[{piece}]" if bold else piece for piece, bold in Context(text).around(spans))


def _span(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["Bình"], "Câu hai có [Bình] và Chi."),
        (["Chi", "Bình"], "Câu hai có [Bình] và [Chi]."),
        (["Bình và Chi", "và"], "Câu hai có [Bình và Chi]."),
        (["An", "Bình"], "Câu một có [An]. Câu hai có [Bình] và Chi."),
        (["An", "Dung"], "Câu một có [An]. … Câu ba có [Dung]."),
        (["Tiêu đề", "Dung"], "[Tiêu đề] … Câu ba có [Dung]."),
        (["An. Câu"], "Câu một có [An. Câu] hai có Bình và Chi."),
        (["đề\nCâu"], "Tiêu [đề\nCâu] một có An."),
    ],
)
def test_sentences_with_bold_mentions(words: list[str], shown: str) -> None:
    assert _shown([_span(each) for each in words]) == shown


def test_a_mention_outside_every_sentence_is_shown_alone() -> None:
    assert _shown([(7, 8)]) == "[\n]"


def test_a_mention_that_begins_before_its_sentence() -> None:
    assert _shown([(1, 6)], "a.\n  bc d.") == "a[.\n  b]c d."


def test_touching_mentions_stay_apart() -> None:
    assert _shown([(0, 2), (2, 4)], "abcd") == "[ab][cd]"


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text("ab. \nÂ", min_size=1, max_size=30))
    starts = st.integers(0, len(text) - 1)
    spans = st.builds(lambda start, length: (start, min(len(text), start + length)), starts, st.integers(1, 12))
    return text, draw(st.lists(spans, min_size=1, max_size=4))


@given(texts_with_spans())
def test_every_mention_is_bold_and_nothing_is_invented(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    runs = Context(text).around(spans)
    covered = {offset for start, end in spans for offset in range(start, end)}
    assert "".join(piece for piece, bold in runs if bold) == "".join(text[offset] for offset in sorted(covered))
    for shown in "".join(piece for piece, _ in runs).split(" … "):
        assert shown in text


def test_real_reports_show_each_mention_in_its_sentence(
    real_reports: list[Path], written: Callable[..., Any], column: Callable[..., Any]
) -> None:
    reports = []
    for path in real_reports[:2]:
        text = unicodedata.normalize("NFC", path.read_text("utf-8-sig")).replace("\r\n", "\n")
        entities = tuple(Entity(f"e{start}", "ORG", start, end) for start, end in list(syllables(text))[::7])
        reports.append(LabelledReport(Report(path.name, path.name, text), (AnnotationSet("lan", entities=entities),)))
    book, summary = written(*reports)
    assert not summary.left_out
    assert column(book, "Reports", "text") == [each.report.text for each in reports]
    mentions = column(book, "Entities", "text")
    assert len(mentions) == summary.entities > 100
    for mention, sentence in zip(mentions, column(book, "Entities", "sentence"), strict=True):
        bold = sentence if isinstance(sentence, str) else "".join(str(p) for p in sentence if isinstance(p, TextBlock))
        assert bold == str(mention)
        assert "\n" not in str(sentence)
