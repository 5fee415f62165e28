"""Identifiers of documents: the labelling guide's examples first."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.normalise.resolutions import ResolutionReading, read_resolution


def reading(sentence: str, province: str = "Hà Nam") -> ResolutionReading | None:
    """Reads the document that stands between square brackets."""
    start = sentence.index("[")
    end = sentence.index("]") - 1
    return read_resolution(sentence.replace("[", "").replace("]", ""), start, end, province)


@pytest.mark.parametrize(
    ("sentence", "kind", "number", "norm"),
    [
        ("[Nghị quyết số 42/NQ-CP] của Chính phủ", "nghi_quyet", "42", "CP:NQ:42"),
        ("[Chỉ thị số 11/CT-TTg] của Thủ tướng", "chi_thi", "11", "TTg:CT:11"),
        ("[Nghị định số 30/2020/NĐ-CP]", "nghi_dinh", "30", "CP:NĐ:30:2020"),
        ("[Chỉ thị 05-CT/TW]", "chi_thi", "05", "TW:CT:05"),
        ("[Kết luận số 43-KL/TU]", "ket_luan", "43", "TU-Hà Nam:KL:43"),
        ("[Chỉ thị 05] của Bộ Chính trị", "chi_thi", "05", "TW:CT:05"),
        ("[Thông báo 722] của UBKT Trung ương", "thong_bao", "722", "UBKTTW:TB:722"),
        ("[Kết luận 43] của Tỉnh ủy", "ket_luan", "43", "TU-Hà Nam:KL:43"),
        ("[Quy định số 08] về trách nhiệm nêu gương", "quy_dinh", "08", ""),
        ("[Nghị quyết Trung ương 6 (khóa XII)] của Đảng", "nghi_quyet", "", "TW:NQ:HN6:K12"),
        ("[Nghị quyết Trung ương 4 (khóa XI, XII)]", "nghi_quyet", "", "TW:NQ:HN4:K11;TW:NQ:HN4:K12"),
        ("[Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII]", "nghi_quyet", "", "DH:NQ:K13"),
        ("[Nghị quyết Đại hội Đại hội lần thứ XIII] của Đảng", "nghi_quyet", "", "DH:NQ:K13"),
        ("[Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX]", "nghi_quyet", "", "DHDB-Hà Nam:NQ:K20"),
        (
            "[Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX (nhiệm kỳ 2020-2025)]",
            "nghi_quyet",
            "",
            "DHDB-Hà Nam:NQ:K20",
        ),
        ("[Nghị quyết về xây dựng nông thôn mới giai đoạn 2021-2025]", "nghi_quyet", "", ""),
        ("[Quy chế làm việc] của Tỉnh ủy", "quy_che", "", ""),
        ("[Chương trình hành động] thực hiện", "chuong_trinh", "", ""),
        ("[Quy hoạch sử dụng đất thời kỳ 2021-2030]", "quy_hoach", "", ""),
    ],
)
def test_examples_of_the_guide(sentence: str, kind: str, number: str, norm: str) -> None:
    found = reading(sentence)
    assert found is not None
    assert (found.kind, found.number, found.norm) == (kind, number, norm)


@pytest.mark.parametrize(
    ("sentence", "norm"),
    [
        ("[Nghị quyết Trung ương 6] khoá XII", "TW:NQ:HN6:K12"),
        ("[Nghị quyết Trung ương 6]", ""),
        ("[Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII]", "TW:NQ:HN6:K12"),
        ("[Kết luận Hội nghị Trung ương 4 khóa XIII]", "TW:KL:HN4:K13"),
        ("[Nghị quyết Đại hội XIII] của Đảng", "DH:NQ:K13"),
        ("[Nghị quyết Đại hội Đảng bộ các cấp]", ""),
        ("[Nghị quyết Đại hội Đảng bộ huyện Kim Bảng lần thứ XXVI]", "DHDB-Kim Bảng:NQ:K26"),
        ("[Nghị quyết Đại hội Đảng bộ tỉnh Nam Định lần thứ XX]", "DHDB-Nam Định:NQ:K20"),
        ("[Kết luận số 43-KL/TU] của Tỉnh ủy Nam Định", "TU-Nam Định:KL:43"),
        ("[Kết luận 12] của Huyện ủy Kim Bảng", "HU-Kim Bảng:KL:12"),
        ("[Kết luận 12] của Huyện ủy", ""),
        ("[Nghị quyết số 15/NQ-HĐND] của HĐND tỉnh", "HĐND-Hà Nam:NQ:15"),
        ("[Quy định 08-QĐi/TW]", "TW:QyĐ:08"),
        ("[Quyết định số 07-QĐ/TW]", "TW:QĐ:07"),
        ("[Nghị quyết số 18, 19-NQ/TW]", "TW:NQ:18;TW:NQ:19"),
        ("[Nghị quyết 42/2017/QH14]", "QH:NQ:42:2017"),
        ("[Luật số 34/2019/QH14]", ""),
        ("[05-CT/TW]", "TW:CT:05"),
        ("[NQ 42] của Chính phủ", "CP:NQ:42"),
        ("[Nghị quyết số 8] của Chính phủ", "CP:NQ:08"),
        ("[CHỈ THỊ SỐ 05-CT/TW]", "TW:CT:05"),
        ("[Chỉ thị\u00a0số\u00a011/CT-TTg]", "TTg:CT:11"),
        ("[Công văn 123-CV/TU]", ""),
    ],
)
def test_other_writings(sentence: str, norm: str) -> None:
    found = reading(sentence)
    assert found is not None
    assert found.norm == norm


def test_a_local_body_without_a_known_place_has_no_identifier() -> None:
    for sentence in (
        "[Kết luận 43-KL/TU]",
        "[Kết luận 43] của Tỉnh ủy",
        "[Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX]",
    ):
        found = reading(sentence, province="")
        assert found is not None
        assert (found.kind in ("ket_luan", "nghi_quyet"), found.norm) == (True, "")


def test_the_province_may_be_given_with_its_unit_word() -> None:
    found = reading("[43-KL/TU]", province="tỉnh Hà Nam")
    assert found == ResolutionReading("ket_luan", "43", "43-KL/TU", "TU-Hà Nam:KL:43")


def test_an_issuer_in_the_next_line_does_not_count() -> None:
    found = reading("[Chỉ thị 05]\ncủa Bộ Chính trị")
    assert found == ResolutionReading("chi_thi", "05")


@pytest.mark.parametrize("words", ["đồng chí", "42", "", "Tỉnh ủy"])
def test_what_is_no_document_has_no_reading(words: str) -> None:
    assert read_resolution(words, 0, len(words)) is None


def test_decomposed_text_reads_alike() -> None:
    text = unicodedata.normalize("NFD", "Kết luận 43 của Tỉnh uỷ Nam Định")
    end = text.index(" của") if " của" in text else text.index(unicodedata.normalize("NFD", " của"))
    found = read_resolution(text, 0, end, unicodedata.normalize("NFD", "Hà Nam"))
    assert found == ResolutionReading("ket_luan", "43", "", "TU-Nam Định:KL:43")


def test_attributes_leave_out_what_is_empty() -> None:
    assert ResolutionReading("chi_thi", "05").attributes() == {"kind": "chi_thi", "number": "05"}


WORDS = """Nghị quyết,Đại hội,Đảng bộ,tỉnh,lần thứ,XX,(khóa,XI;,XII),Trung ương,6,số,42/NQ-CP,05-CT/TW,1/2/3-4,của,Tỉnh ủy,
Huyện ủy,Kim Bảng,-,İ,ß,\u0301"""
DOCUMENT = st.lists(
    st.sampled_from(WORDS.replace(",\n", ",").split(",")),
    max_size=8,
).map(" ".join)


@given(DOCUMENT | st.text(max_size=40), DOCUMENT, st.sampled_from(["", "Hà Nam", "tỉnh"]))
def test_any_words_can_be_asked(words: str, after: str, province: str) -> None:
    found = read_resolution(f"{words} {after}", 0, len(words), province)
    if found is not None:
        assert found.kind
        assert "None" not in found.norm
        assert all(part.count(":") >= 2 for part in found.norm.split(";") if part)
