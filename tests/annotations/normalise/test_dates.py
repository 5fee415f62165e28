"""Dates to EDTF: the labelling guide's examples, then the forms that reports use besides."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.normalise.dates import Anchor, DateReading, date_value, is_edtf, read_date

REPORT = "2021-04-29"


def reading(sentence: str, report: str = REPORT) -> DateReading | None:
    """Reads the date that stands between square brackets."""
    start = sentence.index("[")
    end = sentence.index("]") - 1
    return read_date(sentence.replace("[", "").replace("]", ""), start, end, report)


@pytest.mark.parametrize(
    ("sentence", "report", "value", "kind", "mod"),
    [
        ("[Sáng ngày 26/4], Ban Thường vụ họp.", "2021-04-29", "2021-04-26", "TIME", ""),
        ("[Sáng 15-10], Ban Thường vụ họp.", "2020-10", "2020-10-15", "TIME", ""),
        ("[Thứ 5 Ngày 29/04/2021]", "", "2021-04-29", "DATE", ""),
        ("kết quả [quý I], nhiệm vụ quý II năm 2021", "", "2021-33", "DATE", ""),
        ("kết quả quý I, nhiệm vụ [quý II năm 2021]", "", "2021-34", "DATE", ""),
        ("trong [quý II/2021]", "", "2021-34", "DATE", ""),
        ("Sơ kết [9 tháng đầu năm], nhiệm vụ quý IV năm 2020", "", "2020-01/2020-09", "DURATION", ""),
        ("kết quả [9 tháng đầu năm]", "2020-10", "2020-01/2020-09", "DURATION", ""),
        ("trong [những tháng cuối năm 2020]", "", "2020", "DATE", "END"),
        ("kiểu mẫu [giai đoạn 2021-2025]", "", "2021/2025", "DURATION", ""),
        ("sử dụng đất [thời kỳ 2021-2030]", "", "2021/2030", "DURATION", ""),
        ("trong [tháng 11-2020]", "", "2020-11", "DATE", ""),
        ("thành thị xã trước [năm 2025]", "", "2025", "DATE", "BEFORE"),
        ("tầm nhìn [2050]", "", "2050", "DATE", ""),
        ("đón [Tết Nguyên đán Tân Sửu 2021]", "", "2021-02-12", "HOLIDAY", ""),
        ("Cũng trong [sáng nay], Tỉnh ủy họp", "2021-04-29", "2021-04-29", "TIME", ""),
        ("trong [giai đoạn 5 năm tới]", "2020-10", "2021/2025", "DURATION", ""),
    ],
)
def test_examples_of_the_guide(sentence: str, report: str, value: str, kind: str, mod: str) -> None:
    assert reading(sentence, report) == DateReading(value, kind, mod)


@pytest.mark.parametrize(
    "words", ["thời gian tới", "trước mắt", "cùng kỳ", "giai đoạn mới", "giai đoạn 1", "toàn khóa", "5 năm", "31/2", ""]
)
def test_what_is_not_on_the_calendar_has_no_reading(words: str) -> None:
    assert date_value(words, Anchor(REPORT)) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("15-10", "2020-10-15"),
        ("11-2020", "2020-11"),
        ("nhiệm kỳ 2020-2025", "2020/2025"),
        ("ngày 29 tháng 4 năm 2021", "2021-04-29"),
        ("29.4.2021", "2021-04-29"),
        ("29/4/21", "2021-04-29"),
        ("30-4-96", "1996-04-30"),
        ("mùng 3 tháng 2", "2021-02-03"),
        ("ngày 26", "2021-04-26"),
        ("ngày 30", "2021-03-30"),
        ("tháng Tư", "2021-04"),
        ("tháng 12", "2020-12"),
        ("quý I và quý II năm 2021", "2021-33;2021-34"),
        ("quý I, II năm 2021", "2021-33;2021-34"),
        ("quý cuối năm 2020", "2020-36"),
        ("6 tháng cuối năm", "2021-07/2021-12"),
        ("9 tháng năm 2020", "2020-01/2020-09"),
        ("nửa đầu năm 2021", "2021-01/2021-06"),
        ("26-28/4", "2021-04-26/2021-04-28"),
        ("26/4-28/4", "2021-04-26/2021-04-28"),
        ("từ ngày 26 đến ngày 28/4/2021", "2021-04-26/2021-04-28"),
        ("trong 2 ngày 26 và 27/4", "2021-04-26;2021-04-27"),
        ("tháng 4, 5 và 6/2021", "2021-04;2021-05;2021-06"),
        ("tháng 3-4/2021", "2021-03/2021-04"),
        ("các năm 2019, 2020", "2019;2020"),
        ("năm 2016 đến nay", "2016/.."),
        ("từ năm 2021 trở đi", "2021/.."),
        ("năm 2020 trở về trước", "../2020"),
        ("hôm nay", "2021-04-29"),
        ("hôm qua", "2021-04-28"),
        ("sáng mai", "2021-04-30"),
        ("sáng nay (29/4)", "2021-04-29"),
        ("sáng nay, 29/4", "2021-04-29"),
        ("tuần này", "2021-04-26/2021-05-02"),
        ("thứ Hai tuần này", "2021-04-26"),
        ("thứ Sáu", "2021-04-23"),
        ("tháng này", "2021-04"),
        ("tháng trước", "2021-03"),
        ("quý này", "2021-34"),
        ("năm nay", "2021"),
        ("năm ngoái", "2020"),
        ("năm học 2020-2021", "2020/2021"),
        ("giai đoạn 5 năm (2016 - 2020)", "2016/2020"),
        ("10 năm qua", "2012/2021"),
        ("3 tháng tới", "2021-05/2021-07"),
        ("3 ngày qua", "2021-04-27/2021-04-29"),
        ("mùa xuân 1975", "1975-21"),
        ("thế kỷ XXI", "20XX"),
        ("những năm 1990", "199X"),
        ("năm Tân Sửu", "2021"),
    ],
)
def test_other_forms_by_the_report_date(words: str, value: str) -> None:
    found = date_value(words, Anchor(REPORT))
    assert found is not None
    assert found.value == value
    assert is_edtf(value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Tết Nguyên đán", "2021-02-12"),
        ("Tết Quý Mão", "2023-01-22"),
        ("Tết Đinh Hợi 2007", "2007-02-17"),
        ("giao thừa Tết Tân Sửu", "2021-02-11"),
        ("mùng 3 Tết", "2021-02-14"),
        ("Quốc khánh 2/9", "2020-09-02"),
        ("dịp lễ 30/4", "2020-04-30"),
        ("ngày Giải phóng miền Nam, thống nhất đất nước (30/4/2021)", "2021-04-30"),
        ("ngày Quốc tế Lao động 1/5/2021", "2021-05-01"),
        ("Tết Dương lịch 2021", "2021-01-01"),
    ],
)
def test_holidays(words: str, value: str) -> None:
    assert date_value(words, Anchor(REPORT)) == DateReading(value, "HOLIDAY")


def test_a_year_comes_from_the_nearest_date_of_the_sentence() -> None:
    assert reading("Năm 2019 đã qua; [26/4] và 30/6/2022") == DateReading("2022-04-26")
    assert reading("Kết quả quý I/2019. Sáng nay, [26/4], họp.") == DateReading("2021-04-26")


def test_horizons_intervals_and_symbols_give_no_year() -> None:
    assert reading("Sáng [26/4], bàn quy hoạch đến năm 2030") == DateReading("2021-04-26")
    assert reading("Sáng [26/4], bàn giai đoạn 2025-2030") == DateReading("2021-04-26")
    assert reading("Sáng [26/4], bàn Nghị định số 30/2020/NĐ-CP") == DateReading("2021-04-26")


@pytest.mark.parametrize(
    ("sentence", "value", "mod"),
    [
        ("trước [30/6]", "2021-06-30", "BEFORE"),
        ("đến [30/6]", "2021-06-30", "BEFORE"),
        ("đến hết [năm 2030]", "2030", "END"),
        ("sau [năm 2025]", "2025", "AFTER"),
        ("từ [ngày 1/5]", "2021-05-01", "AFTER"),
        ("vào đầu [tháng 5]", "2021-05", "START"),
        ("đến cuối [năm 2021]", "2021", "END"),
        ("[giữa tháng 5]", "2021-05", "MID"),
        ("khoảng [năm 2010]", "2010", "APPROX"),
        ("lần đầu [năm 2010]", "2010", ""),
        ("[đến cuối năm 2021]", "2021", "END"),
        ("từ [2016 đến 2020]", "2016/2020", ""),
    ],
)
def test_limits_of_the_words_before(sentence: str, value: str, mod: str) -> None:
    found = reading(sentence)
    assert found is not None
    assert (found.value, found.mod) == (value, mod)


def test_a_day_without_year_is_the_last_one_not_after_the_report() -> None:
    assert date_value("28/12", Anchor("2021-01-05")) == DateReading("2020-12-28")
    assert date_value("5/1", Anchor("2021-01-05")) == DateReading("2021-01-05")
    assert date_value("29/2", Anchor("2021-01-05")) == DateReading("2020-02-29")
    assert date_value("15/10", Anchor("2020-10")) == DateReading("2020-10-15")


def test_without_any_year_it_stays_unknown() -> None:
    assert date_value("26/4") == DateReading("XXXX-04-26")
    assert date_value("hôm nay") is None
    assert date_value("9 tháng đầu năm") is None


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("space", [" ", "\u00a0"])
def test_writings_of_one_date_read_alike(form: str, space: str) -> None:
    text = unicodedata.normalize(form, "Trước QUÝ II NĂM 2021, khoẻ.".replace(" ", space))
    start, end = len("Trước " if form == "NFC" else unicodedata.normalize(form, "Trước ")), text.index(",")
    assert read_date(text, start, end) == DateReading("2021-34", "DATE", "BEFORE")


def test_attributes_leave_out_what_is_empty() -> None:
    assert DateReading("2025").attributes() == {"value": "2025", "type": "DATE"}
    assert DateReading("2025", "DATE", "BEFORE").attributes()["mod"] == "BEFORE"


@pytest.mark.parametrize(
    "value",
    [
        *("2021-04-26", "2020-11", "2025", "2021/2025", "2021/..", "../2020", "2021-33", "2021-36", "2021-21"),
        *("2020~", "2020?", "2021-04-26%", "XXXX-04-26", "199X", "20XX", "2021-01/2021-09", "2021/", "2021-04-XX"),
        *("2021-04-26;2021-04-27", "2020-02-29", "2021-04-26T14:35"),
    ],
)
def test_is_edtf(value: str) -> None:
    assert is_edtf(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "26/4", "2021-13", "2021-02-29", "2021-4-6", "2021-Q1", "2025/2021", "../..", "/", "2021/2022/2023"),
        *("2021-37", "0000", "năm 2025", "2021-33-01", "2021-XX-05", "2021;", "X021", "2021-1X"),
    ],
)
def test_is_not_edtf(value: str) -> None:
    assert not is_edtf(value)


WORDS = """ngày tháng năm quý Tết Tân Sửu thứ hai tuần này trước qua đến hết cuối đầu những các và , - / . ( ) 0 1 4 26 30
2021 2025 9999 0000 I IV XX giai đoạn sáng nay tới từ mai 26/4 2-9 Quốc khánh mùng thế kỷ lễ u\u0309 \u00a0 31 ; x"""
PIECES = st.sampled_from(re.split(r"[ \n]", WORDS))
SPACED = st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=9).map(
    lambda found: "".join(map("".join, found))
)


@given(
    SPACED, SPACED, SPACED, st.sampled_from(["", "2021-04-29", "2020-10", "2020", "2021-36", "9999-12-31", "nonsense"])
)
def test_every_reading_is_edtf(before: str, words: str, after: str, report: str) -> None:
    text = before + words + after
    found = read_date(text, len(before), len(before) + len(words), report)
    if found is not None:
        assert is_edtf(found.value)
        assert found.type in ("DATE", "TIME", "DURATION", "HOLIDAY")
        assert found.mod in ("", "BEFORE", "AFTER", "START", "MID", "END", "APPROX")


@given(st.text(max_size=60), st.text(max_size=12))
def test_any_text_can_be_asked(words: str, report: str) -> None:
    found = read_date(words, 0, len(words), report)
    assert found is None or is_edtf(found.value)


def test_an_endless_enumeration_has_no_reading() -> None:
    assert date_value(", ".join(["1"] * 39), Anchor(REPORT)) is None
