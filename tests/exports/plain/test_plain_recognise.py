"""Title, date, source and locality of whole texts."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.plain import FIELDS, Metadata, read_file, recognise

TITLE = "Ban Thường vụ Huyện ủy họp phiên thường kỳ"
BODY = "Hội nghị nghe báo cáo về công tác cán bộ.\n\nCác đại biểu thống nhất cao với dự thảo."


def test_the_first_real_report(real_reports: list[Path]) -> None:
    path = next(path for path in real_reports if path.name.startswith("000_"))
    (report,) = read_file(path, path.name)
    assert report.title == path.read_text().split("\n")[2].strip()
    assert (report.date, report.source, report.locality) == ("2021-04-29", "Báo Hà Nam", "Hà Nam")
    assert report.doubts == ()
    assert report.text.endswith("Các tin khác")
    assert report.text.startswith("Thứ 5 Ngày 29/04/2021\n")


def test_the_second_real_report(real_reports: list[Path]) -> None:
    path = next(path for path in real_reports if path.name.startswith("004_"))
    (report,) = read_file(path, path.name)
    assert report.title == "Hội nghị lần thứ hai Ban Chấp hành Đảng bộ tỉnh khóa XX"
    assert (report.date, report.source, report.locality) == ("2020-10", "", "Nam Định")
    assert report.doubts == ("source", "locality")
    assert report.text == unicodedata.normalize("NFC", path.read_text())


def test_the_real_reports_say_the_same_in_nfd(real_reports: list[Path]) -> None:
    for path in real_reports:
        text = path.read_text()
        assert recognise(unicodedata.normalize("NFD", text), path.name) == recognise(text, path.name)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Thứ Sáu, 12/08/2022 | 14:35 GMT+7", "2022-08-12"),
        ("Cập nhật lúc 08:15, 03/02/2023", "2023-02-03"),
        ("Ngày đăng: 5-3-2024", "2024-03-05"),
        ("2021-04-29", "2021-04-29"),
        ("Thứ 5 Ngày 29/04/2021", "2021-04-29"),
        ("Hà Nam, ngày 29 tháng 4 năm 2021", "2021-04-29"),
    ],
)
def test_a_header_above_or_under_the_title(header: str, expected: str) -> None:
    for text in (f"{header}\n\n{TITLE}\n\n{BODY}", f"{TITLE}\n{header}\n{BODY}", f"{TITLE}\n\n{BODY}\n\n{header}"):
        for form in ("NFC", "NFD"):
            found = recognise(unicodedata.normalize(form, text), "a.txt")
            assert (found.title, found.date) == (TITLE, expected)
            assert "date" not in found.doubts


def test_a_date_and_title_in_one_line() -> None:
    found = recognise(f" date 2020-10 {TITLE}\n\n{BODY}")
    assert (found.title, found.date) == (TITLE, "2020-10")
    assert found.doubts == ("source", "locality")


def test_a_machine_date_alone_on_its_line() -> None:
    found = recognise(f"date: 2021-04-29\n\n{TITLE}\n\n{BODY}")
    assert (found.title, found.date) == (TITLE, "2021-04-29")


@pytest.mark.parametrize(
    ("more", "name", "expected"),
    [
        ("", "a.txt", ""),
        ("Hội nghị bàn nhiệm vụ năm 2021.", "a.txt", "2021-04-26"),
        ("Năm 2020 đạt, năm 2021 phấn đấu.", "a.txt", ""),
        ("Năm 2020 đạt. Trước đó, ngày 26/4/2021, đoàn đã đến.", "a.txt", "2021-04-26"),
        ("Năm 2020 đạt, năm 2021 phấn đấu.", "2021/a.txt", "2021-04-26"),
        ("", "tin-20210430.txt", "2021-04-26"),
    ],
)
def test_a_dateline_without_a_year(more: str, name: str, expected: str) -> None:
    found = recognise(f"{TITLE}\n\n(Hà Nam) - Ngày 26/4, Huyện ủy họp. {more}\n\n{BODY}", name)
    assert (found.title, found.locality, found.date) == (TITLE, "Hà Nam", expected)
    assert found.doubts == ("date", "source")


@pytest.mark.parametrize(
    ("line", "locality", "expected"),
    [
        ("(Hà Nam) – Sáng ngày 26/4/2021, Tỉnh ủy họp.", "Hà Nam", "2021-04-26"),
        ("HÀ NAM - Chiều 26-4-2021, Tỉnh ủy họp.", "Hà Nam", "2021-04-26"),
        ("Hà Nội (TTXVN 29/4) - Sáng 29/4/2021, đoàn làm việc.", "Hà Nội", "2021-04-29"),
        ("(Khánh Hoà) - Tỉnh ủy họp.", "Khánh Hòa", ""),
        ("TP.HCM - Tối 26/4/2021, Thành ủy họp.", "TP. Hồ Chí Minh", "2021-04-26"),
        ("Đắc Lắc: Sáng 31/2/2021 họp.", "Đắk Lắk", ""),
    ],
)
def test_datelines(line: str, locality: str, expected: str) -> None:
    found = recognise(f"{TITLE}\n\n{line}\n\n{BODY}")
    assert (found.locality, found.date) == (locality, expected)
    assert "date" in found.doubts
    assert "locality" not in found.doubts


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\nSáng 26/4/2021, Huyện ủy họp.\n\n{BODY}",
        f"{TITLE}\n\nThứ sáu ngày 12/8/2022, Huyện ủy họp.\n\n{BODY}",
        f"{TITLE}\n\n{BODY}\n\nNghị quyết có hiệu lực từ ngày 01/01/2022.",
        f"{TITLE}\n\n{BODY}\n\nCác tin khác\n\n12/08/2022\n\nThứ Sáu, 12/08/2022",
        f"{TITLE}\n\n{BODY}\n\nTin liên quan:\nNgày đăng: 5-3-2024",
        f"{TITLE}\n" + "Đoạn văn.\n" * 15 + "12/08/2022\n" + "Đoạn văn.\n" * 15,
        f"31/02/2021\n{TITLE}\n{BODY}",
    ],
)
def test_dates_that_are_not_the_publishing_date(text: str) -> None:
    found = recognise(text)
    assert found.date == ""
    assert "date" in found.doubts


def test_the_day_of_posting_wins_over_the_update() -> None:
    found = recognise(f"Cập nhật lúc 08:15, 06/03/2024\nNgày đăng: 5-3-2024\n{TITLE}\n{BODY}")
    assert found.date == "2024-03-05"
    assert "date" not in found.doubts


def test_two_headers_that_differ_are_doubtful() -> None:
    found = recognise(f"Ngày 5/3/2024\n{TITLE}\nNgày 6/3/2024\n{BODY}")
    assert found.date == "2024-03-05"
    assert "date" in found.doubts


def test_a_date_in_the_name_is_a_doubtful_last_resort() -> None:
    found = recognise(f"{TITLE}\n{BODY}", "2021-04-29_hop.txt")
    assert found.date == "2021-04-29"
    assert "date" in found.doubts


@pytest.mark.parametrize(
    ("end", "source"),
    [
        ("Nguồn Báo Hà Nam\n\nCác tin khác", "Báo Hà Nam"),
        ("Nguồn: Báo Hà Nam", "Báo Hà Nam"),
        ("Nguồn tin: Báo Hà Nam.", "Báo Hà Nam"),
        ("(Nguồn: Báo Hà Nam)", "Báo Hà Nam"),
        ("Theo Báo Nhân Dân", "Báo Nhân Dân"),
        ("(Theo Báo Nhân Dân)", "Báo Nhân Dân"),
        ("Theo: TTXVN", "TTXVN"),
        ("Theo Lan Anh/Báo Hà Nam", "Lan Anh/Báo Hà Nam"),
        ("Báo Hà Nam", "Báo Hà Nam"),
        ("TTXVN", "TTXVN"),
        ("Hải An/TTXVN", "TTXVN"),
        ("Cổng thông tin điện tử Chính phủ", "Cổng thông tin điện tử Chính phủ"),
        ("Nguồn: Cổng thông tin điện tử tỉnh Nam Định", "Cổng thông tin điện tử tỉnh Nam Định"),
        ("Đoàn đã đến thăm các hộ dân./. (TTXVN)", "TTXVN"),
        ("Đoàn đã đến thăm các hộ dân. (Theo baochinhphu.vn)", "baochinhphu.vn"),
        ("Nguồn: baohanam.com.vn", "baohanam.com.vn"),
        ("Theo báo điện tử Đảng Cộng sản Việt Nam", "báo điện tử Đảng Cộng sản Việt Nam"),
    ],
)
def test_sources(end: str, source: str) -> None:
    for form in ("NFC", "NFD"):
        found = recognise(unicodedata.normalize(form, f"{TITLE}\n\n{BODY}\n\n{end}"))
        assert found.source == source
        assert "source" not in found.doubts


@pytest.mark.parametrize(
    "end",
    [
        "Theo đó, các đơn vị tiếp tục triển khai.",
        "Theo kế hoạch",
        "Theo Kết luận của Tỉnh ủy, các địa phương rà soát, bổ sung, báo cáo.",
        "Báo cáo của Ban Thường vụ",
        "Nguồn lực đầu tư tiếp tục tăng",
        "Nguồn Ngân sách tỉnh",
        "Ảnh: TTXVN",
        "Báo Hà Nam đã đưa tin",
        "Các tin khác\nNguồn: Báo Hà Nam",
    ],
)
def test_what_is_no_source(end: str) -> None:
    found = recognise(f"{TITLE}\n\n{BODY}\n\n{end}")
    assert found.source == ""
    assert "source" in found.doubts


def test_a_source_above() -> None:
    assert recognise(f"{TITLE}\nNguồn: Báo Hà Nam\n{BODY}").source == "Báo Hà Nam"
    assert recognise(f"{TITLE}\n(TTXVN) - Huyện ủy họp.\n{BODY}").source == "TTXVN"
    assert recognise(f"BÁO HÀ NAM ĐIỆN TỬ\n{TITLE}\n{BODY}").title == TITLE


@pytest.mark.parametrize(
    ("text", "locality"),
    [
        ("Tỉnh ủy Nam Định họp. Lãnh đạo tỉnh Nam Định dự.", "Nam Định"),
        ("Thành ủy Hà Nội họp.", "Hà Nội"),
        ("TỈNH ỦY HÒA BÌNH họp.", "Hòa Bình"),
        ("UBND Thành phố Hồ Chí Minh báo cáo.", "TP. Hồ Chí Minh"),
        ("UBND tỉnh Bà Rịa – Vũng Tàu báo cáo.", "Bà Rịa - Vũng Tàu"),
        ("tỉnh\u00a0Hà\u00a0Nam", "Hà Nam"),
        ("Đồng chí Nguyễn Hòa Bình dự.", ""),
        ("Đoàn Thanh niên Cộng sản Hồ Chí Minh.", ""),
        ("Tỉnh ủy Nam Định và tỉnh Hà Nam ký kết.", ""),
        ("tỉnh Hà Nam Ninh (cũ)", "Hà Nam Ninh"),
        ("giữ gìn hòa bình", ""),
    ],
)
def test_the_locality_that_a_text_speaks_of_is_a_doubtful_guess(text: str, locality: str) -> None:
    found = recognise(f"{TITLE}\n\n{text}")
    assert found.locality == locality
    assert "locality" in found.doubts


@pytest.mark.parametrize(
    "line",
    ["Trang chủ » Tin tức", "Chính trị", "Cỡ chữ: A- A+", "Chia sẻ", "Tác giả: Lan Anh", "Lượt xem: 12", "Gửi email"],
)
def test_page_furniture_is_no_title(line: str) -> None:
    assert recognise(f"{line}\n{TITLE}\n{BODY}").title == TITLE


def test_a_labelled_title() -> None:
    assert recognise(f"Tiêu đề: {TITLE}\n{BODY}").title == TITLE


def test_a_first_paragraph_is_not_taken_for_a_title() -> None:
    found = recognise("Sáng nay Huyện ủy họp bàn việc. " * 20)
    assert found.title == ""
    assert "title" in found.doubts


def test_a_first_sentence_is_a_doubtful_title() -> None:
    sentence = "Sáng nay, Ban Thường vụ Huyện ủy tổ chức phiên họp thường kỳ đánh giá kết quả công tác xây dựng Đảng."
    found = recognise(f"{sentence}\n{BODY}")
    assert found.title == sentence
    assert "title" in found.doubts


@pytest.mark.parametrize("line", ["Thứ 5 Ngày 29/0//", "Thứ 5 Ngày 0/4", "Thứ 5 Ngày 0/0", "Thứ 5 Ngày 29/0/2021"])
def test_a_day_or_month_of_zero_is_no_date(line: str) -> None:
    """Found by atheris."""
    found = recognise(line + "\nTỉnh ủy họp bàn năm 2021.", "a.txt")
    assert found.date in ("", "2021"), found.date


def test_nothing_is_known_of_nothing() -> None:
    assert recognise("") == Metadata(doubts=FIELDS)


@given(st.text(alphabet=st.sampled_from("\n \u00a0|-:/.,()0123456789aăđNgàythángTheoBáonguồnHàNam"), max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    found = recognise(text, "2021/a.txt")
    for field in FIELDS:
        value = getattr(found, field)
        assert value or field in found.doubts
        assert value == value.strip()
    for field in ("title", "source"):
        assert getattr(found, field) in " ".join(unicodedata.normalize("NFC", text).split())
