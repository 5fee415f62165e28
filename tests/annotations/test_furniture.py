"""Captions, source lines, page furniture and repeated ledes, told apart from running text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.furniture import FurnitureKind, furniture_spans

LEDE = "Sáng 6/4, Tỉnh ủy Lam Giang tổ chức hội nghị đánh giá kết quả công tác quý I, bàn nhiệm vụ trọng tâm quý II."
BODY = "Theo báo cáo, ba tháng đầu năm, tốc độ tăng trưởng kinh tế của tỉnh ước đạt 6,8%; thu ngân sách đạt 28%. " * 3
MORE = "Về công tác xây dựng Đảng, các cấp ủy đã tập trung lãnh đạo, chỉ đạo thực hiện tốt nhiệm vụ được giao. " * 3


def told(text: str) -> list[tuple[str, str]]:
    return [(one.kind.value, text[one.start : one.end]) for one in furniture_spans(text)]


def test_a_whole_report() -> None:
    text = "\n\n".join(
        (
            "Thứ 6 Ngày 07/04/2023",
            "Hội nghị lần thứ 12 Ban Chấp hành Đảng bộ tỉnh khóa XX",
            LEDE,
            LEDE,
            "Các đại biểu dự hội nghị.",
            BODY,
            "Quang cảnh hội nghị. Ảnh: Minh Đạt",
            "Nguồn Báo Lam Giang",
            "Các tin khác",
            "Khai mạc kỳ họp thứ 9",
        )
    )
    assert told(text) == [
        ("lede", LEDE),
        ("caption", "Các đại biểu dự hội nghị."),
        ("caption", "Quang cảnh hội nghị. Ảnh: Minh Đạt"),
        ("source", "Nguồn Báo Lam Giang"),
        ("page", "Các tin khác"),
        ("page", "Khai mạc kỳ họp thứ 9"),
    ]
    assert furniture_spans(text)[0].start > text.index(LEDE)


@pytest.mark.parametrize(
    "line",
    [
        "Các đồng chí Thường trực Tỉnh ủy chủ trì hội nghị.",
        "Đồng chí Phan Đức Lữ, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy phát biểu kết luận hội nghị.",
        "Toàn cảnh kỳ họp",
        "Công nhân lao động dự buổi lễ. Ảnh: Thế Vinh",
    ],
)
def test_captions(line: str) -> None:
    assert told(f"Đầu đề\n\n{BODY}\n{line}\n{MORE}") == [("caption", line)]
    decomposed = unicodedata.normalize("NFD", f"Đầu đề\n\n{BODY}\n{line}\n{MORE}")
    assert [one.kind for one in furniture_spans(decomposed)] == [FurnitureKind.CAPTION]


@pytest.mark.parametrize(
    "line",
    [
        "Các đại biểu đã thảo luận, góp ý vào dự thảo báo cáo trình hội nghị.",
        "Đồng chí Lê Văn A phát biểu khẳng định: Đây là việc hệ trọng.",
        "Hội nghị bế mạc. Các đại biểu dự buổi lễ dâng hương.",
        "Nhiệm vụ và giải pháp",
    ],
)
def test_short_running_text_is_none(line: str) -> None:
    assert told(f"Đầu đề\n\n{BODY}\n{line}\n{MORE}") == []


def test_of_a_lede_that_goes_on_the_shorter_one_is_meant() -> None:
    text = f"Đầu đề\n{LEDE}\n{LEDE} {BODY}"
    assert told(text) == [("lede", LEDE)]
    assert furniture_spans(text)[0].start == text.index(LEDE)


def test_a_page_word_in_the_middle_of_a_long_text_is_text() -> None:
    assert told("\n".join(["Đầu đề", "Bình luận", *(f"{n}. {BODY}" for n in range(80))])) == []


@given(st.lists(st.sampled_from((LEDE, BODY, "", "  ", " Các tin khác ", "Nguồn: Báo A", "Ảnh: B", "x")), max_size=12))
def test_spans_are_trimmed_sorted_and_apart(parts: list[str]) -> None:
    text = "\n".join(parts)
    found = furniture_spans(text)
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] != "" for one in found)
    assert all(first.end < second.start for first, second in pairwise(found))


def test_real_reports(real_reports: list[Path]) -> None:
    for path in real_reports:
        kinds = [one.kind.value for one in furniture_spans(path.read_text("utf-8"))]
        wanted = {"000": ["lede", *["caption"] * 4, "source", "page"], "004": ["caption"] * 2}
        assert kinds == wanted.get(path.name[:3], kinds)
