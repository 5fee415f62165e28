"""Dates as newspapers write them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.plain.dates import edtf, find_stamp, machine_date, parse_date, squeeze


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Thứ 5 Ngày 29/04/2021", "2021-04-29"),
        ("Thứ Sáu, 12/08/2022 | 14:35 GMT+7", "2022-08-12"),
        ("Cập nhật lúc 08:15, 03/02/2023", "2023-02-03"),
        ("Ngày đăng: 5-3-2024", "2024-03-05"),
        ("2021-04-29", "2021-04-29"),
        ("2020-10", "2020-10"),
        ("2021/04/29", "2021-04-29"),
        ("2021-04-29T08:15:00+07:00", "2021-04-29"),
        ("2021-04-28T23:30:00Z", "2021-04-29"),
        ("ngày 5 tháng 3 năm 2024", "2024-03-05"),
        ("Chủ Nhật, ngày 5 tháng 5 năm 2024", "2024-05-05"),
        ("CN, 05/05/2024", "2024-05-05"),
        ("T6, 12/8/2022", "2022-08-12"),
        ("thứ  sáu - 12.08.2022", "2022-08-12"),
        ("THỨ SÁU, 12/08/2022", "2022-08-12"),
        ("Thu sau, 12/08/2022", "2022-08-12"),
        ("Thứ\u00a0Sáu,\u00a012/08/2022", "2022-08-12"),
        ("Thứ Bẩy, 13/08/2022", "2022-08-13"),
        ("Friday, 12/08/2022 02:35 PM", "2022-08-12"),
        ("5 Tháng Tám, 2021", "2021-08-05"),
        ("Tháng Tám 5, 2021", "2021-08-05"),
        ("5 Tháng Mười Hai, 2021", "2021-12-05"),
        ("5 tháng Chạp năm 2021", "2021-12-05"),
        ("5 tháng năm năm 2021", "2021-05-05"),
        ("29 thg 4, 2021", "2021-04-29"),
        ("April 29, 2021", "2021-04-29"),
        ("Tháng 10/2020", "2020-10"),
        ("tháng 10 năm 2020", "2020-10"),
        ("(29/04/2021 14:35:20)", "2021-04-29"),
        ("14h35' ngày 29/4/2021", "2021-04-29"),
        ("Thứ năm, 14 giờ 35 phút ngày 29 tháng 4 năm 2021", "2021-04-29"),
        ("Đăng lúc: 14:35 - 29/04/2021 - Lượt xem: 1.234", "2021-04-29"),
        ("Chính trị | Thứ Năm, 29/4/2021", "2021-04-29"),
        ("Ngày đăng: 5-3-2024 | Cập nhật: 6-3-2024", "2024-03-05"),
        ("Posted on 29/04/2021 by admin", "2021-04-29"),
        ("Thứ 7 1 - 5 - 2021", "2021-05-01"),
    ],
)
def test_stamps(line: str, expected: str) -> None:
    for form in ("NFC", "NFD"):
        stamp = find_stamp(squeeze(unicodedata.normalize(form, line)))
        assert stamp is not None
        assert stamp.date == expected
        assert not stamp.doubtful


@pytest.mark.parametrize(
    "line",
    [
        "31/02/2021",
        "Ngày 31 tháng 2 năm 2021",
        "Ngày 0/4/2021",
        "Tháng 13/2021",
        "2021-13-01",
        "99/99/2021",
        "26/4",
        "Sáng ngày 26/4/2021, Tỉnh ủy tổ chức hội nghị",
        "Thứ sáu ngày 12/8/2022, Ban Thường vụ họp",
        "Nhiệm kỳ 2020-2025",
        "Nghị quyết số 05-NQ/TW ngày 1/11/2016",
        "Quý I/2021",
        "1.234.567 đồng",
        "Điện thoại: 0226.3852.773",
        "Chương trình 12/08/2022",
        "",
    ],
)
def test_what_is_no_stamp(line: str) -> None:
    assert find_stamp(squeeze(line)) is None


def test_a_day_without_its_year() -> None:
    stamp = find_stamp("Ngày 26/4")
    assert stamp is not None
    assert (stamp.date, stamp.lacks_year) == ("--04-26", True)
    assert find_stamp("Ngày 31/2") is None


def test_a_weekday_that_is_not_that_days_is_doubtful() -> None:
    stamp = find_stamp("Thứ Tư, 29/04/2021")
    assert stamp is not None
    assert (stamp.date, stamp.doubtful) == ("2021-04-29", True)


def test_a_year_of_two_digits_is_doubtful_and_needs_a_sign() -> None:
    stamp = find_stamp("Thứ Năm, 29/04/21")
    assert stamp is not None
    assert (stamp.date, stamp.doubtful) == ("2021-04-29", True)
    assert find_stamp("29/04/21") is None


def test_an_update_is_marked() -> None:
    stamp = find_stamp("Cập nhật: 14:35 | 29/04/2021")
    assert stamp is not None
    assert stamp.updated


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("date 2020-10 hoi nghi", ("2020-10", 12)),
        ("date 2020-10-05 hoi nghi", ("2020-10-05", 15)),
        ("date: 2020 hoi nghi", ("2020", 10)),
        ("date 5/3/2024 hoi nghi", ("2024-03-05", 13)),
        ("date 2020-13 hoi nghi", ("", 0)),
        ("date 2020-2025 hoi nghi", ("", 0)),
        ("dates 2020-10", ("", 0)),
        ("update 2020-10", ("", 0)),
    ],
)
def test_machine_dates(line: str, expected: tuple[str, int]) -> None:
    assert machine_date(line) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021", "2021"),
        ("2021-04", "2021-04"),
        ("29/4/2021", "2021-04-29"),
        ("Thứ Năm, 29/04/2021", "2021-04-29"),
        ("2021-04-28T18:00:00.000Z", "2021-04-29"),
        ("2021-04-29 08:00:00", "2021-04-29"),
        ("29/4", ""),
        ("hôm qua", ""),
        ("31/02/2021", ""),
        ("44315", ""),
        ("9999-12-31T23:00:00-23:59", ""),
        ("", ""),
        ("x" * 1000, ""),
    ],
)
def test_whole_values(value: str, expected: str) -> None:
    assert parse_date(value) == expected


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_every_spelling(day: date) -> None:
    iso = day.isoformat()
    weekday = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"][day.weekday()]
    for line in (
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{weekday}, ngày {day.day} tháng {day.month} năm {day.year}",
        f"{weekday}, {day.day:02}.{day.month:02}.{day.year} | 07:05 GMT+7",
        iso,
    ):
        stamp = find_stamp(line)
        assert stamp is not None, line
        assert (stamp.date, stamp.doubtful) == (iso, False)
        assert parse_date(line.split(" | ")[0]) == iso


@given(st.integers(-10, 3000), st.integers(-5, 20), st.integers(-5, 40))
def test_edtf_is_a_day_that_is_or_nothing(year: int, month: int, day: int) -> None:
    found = edtf(year, month, day)
    if found and month and day:
        assert date.fromisoformat(found) == date(year, month, day)


@given(st.text(max_size=170))
def test_any_line_can_be_tried(line: str) -> None:
    find_stamp(squeeze(line))
    parse_date(line)
