"""Dates with their values, identifiers, posts' rank and status: the labelling guide, sections 4.5 and 5."""

from __future__ import annotations

import pytest

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import Entity, Origin, Report
from annotations.suggest import Knowledge, suggest


def entities(text: str, date: str = "2021-04-29", locality: str = "Hà Nam") -> tuple[Entity, ...]:
    """The suggested entities."""
    return suggest(Report("r", "r.txt", text, date=date, locality=locality), DEFAULT_SCHEMA).entities


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("Sáng ngày 26/4, Tỉnh ủy họp.", "2021-04-29", [("Sáng ngày 26/4", "2021-04-26", "TIME", None)]),
        ("Sáng 15-10, Tỉnh ủy họp.", "2020-10", [("Sáng 15-10", "2020-10-15", "TIME", None)]),
        ("Thứ 5 Ngày 29/04/2021", "", [("Thứ 5 Ngày 29/04/2021", "2021-04-29", "DATE", None)]),
        (
            "kết quả quý I, nhiệm vụ quý II năm 2021",
            "2021-04-29",
            [("quý I", "2021-33", "DATE", None), ("quý II năm 2021", "2021-34", "DATE", None)],
        ),
        ("công tác quý II/2021.", "2021-04-29", [("quý II/2021", "2021-34", "DATE", None)]),
        ("trong 9 tháng đầu năm,", "2020-10", [("9 tháng đầu năm", "2020-01/2020-09", "DURATION", None)]),
        (
            "trong những tháng cuối năm 2020, các cấp",
            "2020-10",
            [("những tháng cuối năm 2020", "2020", "DATE", "END")],
        ),
        ("giai đoạn 2021-2025", "2020-10", [("giai đoạn 2021-2025", "2021/2025", "DURATION", None)]),
        ("trong tháng 11-2020;", "2020-10", [("tháng 11-2020", "2020-11", "DATE", None)]),
        ("trở thành thị xã trước năm 2025", "2021-04-29", [("năm 2025", "2025", "DATE", "BEFORE")]),
        ("tầm nhìn 2050 trong", "2021-04-29", [("2050", "2050", "DATE", None)]),
        (
            "đón Tết Nguyên đán Tân Sửu 2021 vui tươi",
            "2020-10",
            [("Tết Nguyên đán Tân Sửu 2021", "2021-02-12", "HOLIDAY", None)],
        ),
        ("Ngày 20 tháng 11 năm 2020, họp", "2020-12", [("Ngày 20 tháng 11 năm 2020", "2020-11-20", "DATE", None)]),
        ("thời gian tới, trước mắt, cùng kỳ, giai đoạn mới, giai đoạn 1", "2020-10", []),
        ("đạt 17/19 tiêu chí, 7/12 xã, tăng 5,87%", "2020-10", []),
        ("theo Nghị quyết số 11/2020/NQ-HĐND", "2020-10", []),
    ],
)
def test_dates(text: str, date: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    found = [
        (entity.surface(text), entity.attributes["value"], entity.attributes["type"], entity.attributes.get("mod"))
        for entity in entities(text, date)
        if entity.label == "DATE"
    ]
    assert found == expected


def test_the_same_day_is_the_day_told_last() -> None:
    text = "Sáng 11/7, tại Hà Nội, HĐND tỉnh họp.\nChiều cùng ngày, HĐND tỉnh nghe báo cáo."
    values = [entity.attributes["value"] for entity in entities(text, "2023-07-12") if entity.label == "DATE"]
    assert values == ["2023-07-11", "2023-07-11"]


def test_a_resolution_has_its_identifier() -> None:
    (document,) = (e for e in entities("theo Nghị quyết số 42/NQ-CP của Chính phủ") if e.label == "RESOLUTION")
    assert document.attributes == {"kind": "nghi_quyet", "number": "42", "symbol": "42/NQ-CP", "norm": "CP:NQ:42"}


def test_a_post_says_rank_system_level_and_status() -> None:
    titles = list(entities("ông Bùi An, nguyên Phó Chủ tịch UBND tỉnh; bà Lê Na, quyền Chủ tịch HĐND huyện"))
    former, acting = (entity.attributes for entity in titles if entity.label == "TITLE")
    assert (former["rank"], former["system"], former["level"], former["status"]) == (
        "deputy",
        "state",
        "province",
        "former",
    )
    assert (acting["rank"], acting["system"], acting["level"], acting["status"]) == (
        "head",
        "assembly",
        "district",
        "acting",
    )


def test_a_body_is_written_out_with_the_province_understood() -> None:
    (body,) = entities("giao BTV Tỉnh ủy chỉ đạo")
    assert body.attributes["canonical"] == "Ban Thường vụ Tỉnh ủy Hà Nam"


def test_a_suggestion_says_that_it_is_one() -> None:
    (body,) = entities("giao BTV Tỉnh ủy chỉ đạo")
    assert body.origin is Origin.SUGGESTED
    assert body.by == "rules"
    assert body.confidence is not None
    assert 0 < body.confidence <= 1


def test_a_given_name_gets_the_full_name_of_the_report() -> None:
    text = "Đồng chí Lê Thị Thủy, Bí thư Tỉnh ủy phát biểu. Bà Thủy nhấn mạnh."
    assert [e.attributes["canonical"] for e in entities(text) if e.label == "OFFICIAL"] == ["Lê Thị Thủy"] * 2


def test_two_persons_of_one_given_name_stay_two() -> None:
    text = "Đồng chí Lê Thị Thủy và đồng chí Bùi Văn Thủy dự. Bà Thủy nhấn mạnh."
    assert [e.attributes["canonical"] for e in entities(text) if e.label == "OFFICIAL"][-1] == "Thủy"


def test_the_registry_knows_the_name() -> None:
    knowledge = Knowledge(canonical={("ORG", "BTV Tỉnh ủy"): "Ban Thường vụ Tỉnh ủy Ninh Bình"})
    report = Report("r", "r.txt", "giao BTV Tỉnh ủy chỉ đạo")
    (body,) = suggest(report, DEFAULT_SCHEMA, knowledge).entities
    assert body.attributes["canonical"] == "Ban Thường vụ Tỉnh ủy Ninh Bình"
