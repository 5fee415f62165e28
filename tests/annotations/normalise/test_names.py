"""Names in full, terms of office."""

from __future__ import annotations

import unicodedata

import pytest

from annotations.normalise.names import canonical_name, expand_org
from annotations.normalise.terms import TermReading, read_term


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Lê Thị Thủy", "Lê Thị Thủy"),
        ("LÊ THỊ\u00a0 THỦY", "Lê Thị Thủy"),
        ("đoàn hồng phong", "Đoàn Hồng Phong"),
        ("LÊ Quốc CHỈNH", "Lê Quốc Chỉnh"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        (unicodedata.normalize("NFD", "Phạm Đình Nghị"), "Phạm Đình Nghị"),
    ],
)
def test_canonical_name(surface: str, name: str) -> None:
    assert canonical_name(surface) == name


@pytest.mark.parametrize(
    ("surface", "province", "name"),
    [
        ("BTV Tỉnh ủy", "Hà Nam", "Ban Thường vụ Tỉnh ủy Hà Nam"),
        ("BTV Tỉnh ủy", "", "Ban Thường vụ Tỉnh ủy"),
        ("Ban Thường vụ (BTV) Tỉnh ủy", "", "Ban Thường vụ Tỉnh ủy"),
        ("Ban TVTU", "", "Ban Thường vụ Tỉnh ủy"),
        ("TVTU", "tỉnh Nam Định", "Ban Thường vụ Tỉnh ủy Nam Định"),
        ("BCH", "", "Ban Chấp hành"),
        ("UBKT Tỉnh ủy", "", "Ủy ban Kiểm tra Tỉnh ủy"),
        ("UBND tỉnh", "Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam"),
        ("HĐND", "", "Hội đồng nhân dân"),
        ("MTTQ", "", "Mặt trận Tổ quốc"),
        ("Đoàn ĐBQH tỉnh", "", "Đoàn đại biểu Quốc hội tỉnh"),
        ("UBKT TW", "", "Ủy ban Kiểm tra Trung ương"),
        ("BCĐ TƯ", "", "Ban Chỉ đạo Trung ương"),
        ("TU", "Hà Nội", "Thành ủy Hà Nội"),
        ("KCN Hòa Mạc", "Hà Nam", "khu công nghiệp Hòa Mạc"),
        ("TỈnh ủy", "", "Tỉnh ủy"),
        ("BTV Huyện ủy Kim Bảng", "Hà Nam", "Ban Thường vụ Huyện ủy Kim Bảng"),
        ("Tuổi trẻ", "Hà Nam", "Tuổi trẻ"),
    ],
)
def test_expand_org(surface: str, province: str, name: str) -> None:
    assert expand_org(surface, province) == name


@pytest.mark.parametrize(
    ("surface", "reading"),
    [
        ("khóa XX", TermReading("20")),
        ("khoá XVIII", TermReading("18")),
        ("khóa XI, XII", TermReading("11;12")),
        ("nhiệm kỳ 2020-2025", TermReading("", "2020/2025")),
        ("nhiệm kỳ 2021 - 2026", TermReading("", "2021/2026")),
        ("khóa XX (nhiệm kỳ 2020-2025)", TermReading("20", "2020/2025")),
        ("toàn khóa", None),
        ("nhiệm kỳ", None),
    ],
)
def test_read_term(surface: str, reading: TermReading | None) -> None:
    assert read_term(surface) == reading


def test_term_attributes_leave_out_what_is_empty() -> None:
    assert TermReading("20").attributes() == {"number": "20"}
