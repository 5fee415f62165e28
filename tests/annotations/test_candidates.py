"""Places where an unlabelled mention may stand."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.candidates import candidates, next_candidate

REPORTS = Path(__file__).parents[3] / "shared" / "reports"


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in candidates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Đồng chí Lê Thị Thủy phát biểu.", ["Lê Thị Thủy"], id="a name"),
        pytest.param("do Ban Thường vụ Tỉnh ủy họp", ["Ban Thường vụ Tỉnh ủy"], id="small letters inside a body"),
        pytest.param("do Ban Thường vụ (BTV) Tỉnh ủy họp", ["Ban Thường vụ (BTV) Tỉnh ủy"], id="an aside"),
        pytest.param("do Ban Chấp hành (BCH), họp", ["Ban Chấp hành", "BCH"], id="an abbreviation after the name"),
        pytest.param("là Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh", ["Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh"], id="posts"),
        pytest.param("Sáng 26/4, trời mưa", ["Sáng 26/4"], id="a day"),
        pytest.param("theo 42/NQ-CP và 05-CT/TW", ["42/NQ-CP", "05-CT/TW"], id="symbols"),
        pytest.param("trong quý II/2021 và năm 2025", ["quý II/2021", "năm 2025"], id="quarter and year"),
        pytest.param("giai đoạn 2021-2025", ["giai đoạn 2021-2025"], id="years"),
        pytest.param("khóa XX (nhiệm kỳ 2020-2025)", ["khóa XX", "nhiệm kỳ 2020-2025"], id="terms"),
        pytest.param("theo Nghị quyết số 42/NQ-CP.", ["Nghị quyết số 42/NQ-CP"], id="a document"),
        pytest.param("theo Chỉ thị 05.", ["Chỉ thị 05"], id="a bare number"),
        pytest.param("Nghị quyết Trung ương 4 (khóa XI, XII)", ["Nghị quyết Trung ương 4 (khóa XI, XII)"], id="plenum"),
        pytest.param("chủ trì hội nghị lần thứ 18 sáng nay", ["hội nghị lần thứ 18", "sáng nay"], id="a meeting"),
        pytest.param("xây dựng huyện Kim Bảng", ["huyện Kim Bảng"], id="a place with its unit"),
        pytest.param("của tỉnh và huyện", [], id="bare units"),
        pytest.param("Các đại biểu thảo luận. Trước mắt, làm tốt.", [], id="capitals of a sentence"),
        pytest.param("nêu rõ; Đẩy mạnh cải cách; Tập trung làm", [], id="capitals of a clause"),
        pytest.param("tăng 5,87% so với Quốc gia, đạt 5 lần", [], id="plain numbers"),
    ],
)
def test_candidates(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", ["do Ban Thường vụ\u00a0Tỉnh uỷ họp sáng\u00a0nay", "Quý I/2021 tại huyện Kim Bảng"])
def test_decomposed_text_has_the_same_candidates(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", piece) for piece in found(decomposed)] == found(text)
    assert len(found(text)) == 2


def test_next_goes_through_the_lines() -> None:
    text = "Sáng 26/4\nđồng chí Lê Thị Thủy\n\ntheo 42/NQ-CP"
    spans, offset = [], 0
    while (span := next_candidate(text, (), offset)) is not None:
        spans.append(text[slice(*span)])
        offset = span[1]
    assert spans == ["Sáng 26/4", "Lê Thị Thủy", "42/NQ-CP"]


def test_what_entities_cover_is_passed_over() -> None:
    text = "bà Lê Thị Thủy, Bí thư Tỉnh ủy"
    name, post, body = (3, 14), (16, 30), (23, 30)
    assert next_candidate(text, [name], 0) == post
    assert next_candidate(text, [name, post], 0) is None
    assert next_candidate(text, [name, body], 0) == post
    assert next_candidate(text, [(3, 9), (10, 14)], 0) == post


def test_nothing_at_the_end() -> None:
    assert next_candidate("Sáng 26/4", (), 5) is None
    assert next_candidate("", (), 0) is None


@given(st.text(alphabet=st.sampled_from(list("AĐbủỷ (),.;/-\n\u00a0\u0309269XI")), max_size=60))
def test_candidates_are_in_order_apart_and_tight(text: str) -> None:
    before = 0
    for start, end in candidates(text):
        assert before <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        before = end


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize(
    ("name", "mentions"),
    [
        (
            "000_d082221407fe48d0.txt",
            ["Lê Thị Thủy", "Sáng ngày 26/4", "huyện Kim Bảng", "Trương Quốc Huy", "Báo Hà Nam"],
        ),
        (
            "004_738a84c577e5193f.txt",
            ["Đoàn Hồng Phong", "Thông báo 722", "tháng 11-2020", "khoá XVIII", "kỳ họp bất thường"],
        ),
    ],
)
def test_mentions_of_the_real_reports_are_candidates(name: str, mentions: list[str]) -> None:
    candidates_there = found((REPORTS / name).read_text(encoding="utf-8"))
    assert set(mentions) <= set(candidates_there)
    assert not {"Các", "Đồng", "Theo", "Tập", "Đẩy"} & set(candidates_there)
