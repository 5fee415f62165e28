"""What stands in a cell is the text that was put there, up to the losses that are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.report import Entity
from exports.xlsx.text import CELL_LIMIT, CUT, REPLACED, Runs, fit_runs, fit_text, units

Any_ = Callable[..., Any]
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Markup, escapes of the format, formulas, controls, both ends of the planes: what text alone seldom draws.
TRICKY = [*"=+-@\t\r\n <>&\"'_x0041_", "_x000D_", "\x00", "\x0b", "\x7f", "\x85", "\ufffe", "\ud800", "😀", "ệ", "]]>"]
strings = st.lists(st.sampled_from(TRICKY) | st.text(max_size=3), max_size=8).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "05-NQ/TW",
        "1/3",
        "007",
        "2021-04-26",
        "1e5",
        "TRUE",
        "12:30",
        "=1+1",
        "+84",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        '=HYPERLINK("http://x")',
        "  rìa  ",
        "a\nb",
        "_x0041_",
        "_x005F_",
        "a_x0041_x0042_",
        "]]>",
        "😀" * 3,
        "&amp;",
    ],
)
def test_a_text_stays_that_text(text: str, one_report: Any_, written: Any_, column: Any_) -> None:
    entity = Entity("e", "ORG", 0, 3, note=text, entry=text, attributes={"canonical": text})
    book, summary = written(one_report("abc", entity, title=text, locality=text))
    for sheet, key in (("Entities", "note"), ("Entities", "entry"), ("Entities", "value"), ("Reports", "title")):
        assert str(column(book, sheet, key)[0]) == text
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            assert all(cell.number_format == "@" for cell in row if cell.data_type == "s")
    assert not summary.left_out


@pytest.mark.parametrize(("text", "guarded"), [("=1", True), ("-1", True), ("+", True), ("@a", True), ("a=1", False)])
def test_what_looks_like_a_formula_is_marked_as_text(text: str, guarded: bool, one_report: Any_, written: Any_) -> None:
    book, _ = written(one_report("abc", source=text))
    assert bool(book["Reports"]["D2"].quotePrefix) == guarded


def test_empty_cells_are_text_cells_for_what_will_be_typed_there(reports: Any_, written: Any_) -> None:
    book, _ = written(*reports)
    for sheet, letter in (("Entities", "J"), ("Entities", "F"), ("Relations", "K"), ("Reports", "J")):
        assert book[sheet].column_dimensions[letter].number_format == "@"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(strings, strings, strings)
def test_any_string_comes_back(one_report: Any_, written: Any_, column: Any_, name: str, note: str, text: str) -> None:
    text = f"x{text}y"
    entity = Entity("e", "ORG", 0, len(text), note=note, attributes={"canonical": name})
    book, summary = written(one_report(text, entity, title=name))
    for sheet, key, put in (
        ("Reports", "title", name),
        ("Reports", "text", text),
        ("Entities", "value", name),
        ("Entities", "note", note),
        ("Entities", "text", text),
        ("Entities", "sentence", text),
    ):
        assert str(column(book, sheet, key)[0]) == ILLEGAL.sub("\ufffd", put)
    lost = 2 * len(ILLEGAL.findall(name)) + len(ILLEGAL.findall(note)) + 3 * len(ILLEGAL.findall(text))
    assert summary.left_out.get(REPLACED, 0) == lost


def test_control_characters_are_replaced_and_counted(one_report: Any_, written: Any_, column: Any_) -> None:
    book, summary = written(one_report("abc", title="a\x01b\x0cc"))
    assert column(book, "Reports", "title") == ["a\ufffdb\ufffdc"]
    assert summary.left_out == {REPLACED: 2}
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert about[f"Left out or changed: {REPLACED}"] == "2"


@pytest.mark.parametrize(("letter", "kept"), [("x", CELL_LIMIT - 40), ("😀", (CELL_LIMIT - 40) // 2)])
def test_a_long_text_is_cut_where_one_sees_it(
    letter: str, kept: int, one_report: Any_, written: Any_, column: Any_
) -> None:
    book, summary = written(one_report(letter * 40_000))
    (cell,) = column(book, "Reports", "text")
    assert cell == f"{letter * kept}… [cut: {40_000 - kept} characters]"
    assert units(cell) <= CELL_LIMIT
    assert summary.left_out == {CUT: 1}


def test_a_text_that_just_fits_is_whole(one_report: Any_, written: Any_, column: Any_) -> None:
    text = "ắ" * (CELL_LIMIT - 2) + "😀"
    assert units(text) == CELL_LIMIT
    book, summary = written(one_report(text))
    assert column(book, "Reports", "text") == [text]
    assert not summary.left_out


def test_units_are_those_of_utf_16() -> None:
    assert [units(text) for text in ("abc", "ắc", "a😀")] == [3, 2, 3]


@pytest.mark.parametrize("place", [0, 100, 32_000, 45_000, 89_990])
def test_a_long_sentence_keeps_its_mention(place: int) -> None:
    losses: Counter[str] = Counter()
    runs: Runs = tuple(
        run for run in (("x" * place, False), ("MENTION", True), ("y" * (89_993 - place), False)) if run[0]
    )
    fitted = fit_runs(runs, losses)
    assert ("MENTION", True) in fitted
    shown = "".join(piece for piece, _ in fitted)
    assert units(shown) <= CELL_LIMIT
    cut = sum(int(number) for number in re.findall(r"\[cut: (\d+) characters\]", shown))
    assert cut + len(re.sub(r"\[cut: \d+ characters\] …|… \[cut: \d+ characters\]", "", shown)) == 90_000
    assert losses == {CUT: 1}


def test_a_mention_longer_than_a_cell_is_cut() -> None:
    fitted = fit_runs((("x" * 10, False), ("😀" * 40_000, True), ("y", False)), Counter())
    shown = "".join(piece for piece, _ in fitted)
    assert CELL_LIMIT - 100 < units(shown) <= CELL_LIMIT
    assert shown.endswith("characters]")


@given(strings.map(lambda text: text * 2000), st.integers(0, 50_000))
@settings(max_examples=30, deadline=None)
def test_fitted_texts_always_fit(text: str, bold_from: int) -> None:
    losses: Counter[str] = Counter()
    assert units(fit_text(text, losses)) <= CELL_LIMIT
    fitted = fit_runs(((text[:bold_from], False), (text[bold_from:], True)), losses)
    assert units("".join(piece for piece, _ in fitted)) <= CELL_LIMIT
    assert not any(ILLEGAL.search(piece) for piece, _ in fitted)
