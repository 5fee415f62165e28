"""What holds for any text: spans inside it, no crossing, no own label inside, relations of the schema; and exact offsets."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.notices import NoticeKind, notices
from annotations.report import Report
from annotations.rules import check_relation, check_spans
from annotations.suggest import Knowledge, Suggestions, suggest

_PIECES = (
    "Đồng chí", "Lê Thị Thủy", "Bí thư Tỉnh ủy", "Tỉnh uỷ", "khoá XX", "(", ")", ",", ";", ".", "\n", " ", "  ", "\u00a0", "của",
    "Đại hội", "lần thứ XIII", "Nghị quyết", "về", "số 42/NQ-CP", "giai đoạn 2021-2025", "huyện Kim Bảng", "Ban Chấp hành",
    "Đảng bộ tỉnh", "sáng ngày 26/4", "năm 2025", "tại", "chủ trì", "hội nghị", "đại biểu Quốc hội", "bầu cử", "Trưởng", "đoàn",
    "Huyện ủy", "ẢNH:", "UBND", "các cấp", "- ", "Chủ tịch", "Hồ Chí Minh", "nhiệm kỳ 2020-2025", "quý I", "Trung ương 6", "Đảng",
    "HỘI NGHỊ", "xã", "İ", "ﬁ", "😀", "e\u0301", "phát biểu", "dự", "có", "thực hiện", "tổ chức", "Công ty", "KCN Dệt may",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join) | st.text(max_size=80)


def _suggest(text: str, knowledge: Knowledge | None = None) -> Suggestions:
    return suggest(Report("r", "r.txt", text, date="2021-04-29", locality="Hà Nam"), DEFAULT_SCHEMA, knowledge)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_suggestions_obey_the_rules(text: str) -> None:
    suggestions = _suggest(text)
    labels = {entity.id: entity.label for entity in suggestions.entities}
    for entity in suggestions.entities:
        check_spans(entity.spans, len(text))
        assert entity.label in DEFAULT_SCHEMA.entities_by_name
    for relation in suggestions.relations:
        check_relation(relation.type, labels[relation.source], labels[relation.target], DEFAULT_SCHEMA)
        assert relation.source != relation.target
    breaches = {notice.kind for notice in notices(text, suggestions.entities, DEFAULT_SCHEMA)}
    assert not breaches & {NoticeKind.CROSSING, NoticeKind.OWN_LABEL, NoticeKind.NOT_EDTF}


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_relations_are_said_once(text: str) -> None:
    keys = [(link.type, link.source, link.target) for link in _suggest(text).relations]
    assert len(keys) == len(set(keys))


_TEXT = (
    "Sáng ngày 26/4, Ban Thường vụ (BTV) Tỉnh ủy họp. Đồng chí Lê Thị Thủy, Bí thư Tỉnh ủy, dự kỳ họp thứ hai,"
    " HĐND tỉnh khóa XVIII tại huyện Kim Bảng."
)


def _words(text: str) -> list[tuple[str, str]]:
    """Label and words, in one form."""
    return [
        (entity.label, " ".join(unicodedata.normalize("NFC", entity.surface(text)).split()))
        for entity in _suggest(text).entities
    ]


def test_other_forms_of_a_text_give_the_same_mentions_at_their_own_offsets() -> None:
    plain = _words(_TEXT)
    assert len(plain) == 9
    assert _words(unicodedata.normalize("NFD", _TEXT)) == plain
    assert _words(_TEXT.replace(" ", "  ")) == plain
    assert _words(_TEXT.replace(" ", "\u00a0")) == plain


def test_both_tone_styles_are_found_as_they_stand() -> None:
    text = _TEXT.replace("khóa", "khoá").replace("Tỉnh ủy", "Tỉnh uỷ")
    assert [words.replace("khoá", "khóa").replace("uỷ", "ủy") for _, words in _words(text)] == [
        words for _, words in _words(_TEXT)
    ]
    assert ("TERM", "khoá XVIII") in _words(text)


def test_an_empty_text_has_no_suggestions() -> None:
    assert _suggest("") == Suggestions()


def test_labels_that_are_switched_off_are_not_suggested() -> None:
    labels = {entity.label for entity in _suggest(_TEXT, Knowledge(labels_off=frozenset(("ORG",)))).entities}
    assert "ORG" not in labels
    assert "TITLE" in labels


def test_a_threshold_keeps_the_unsure_ones_away() -> None:
    assert _suggest(_TEXT, Knowledge(thresholds={"OFFICIAL": 0.99})).entities
    assert not [e for e in _suggest(_TEXT, Knowledge(thresholds={"OFFICIAL": 0.99})).entities if e.label == "OFFICIAL"]


def test_a_rejected_suggestion_stays_away() -> None:
    first = _suggest(_TEXT).entities[0]
    rejected = Knowledge(rejected=frozenset(((first.label, first.start, first.end),)))
    assert (first.label, first.start, first.end) not in {
        (e.label, e.start, e.end) for e in _suggest(_TEXT, rejected).entities
    }


def test_what_the_project_confirmed_is_found_again() -> None:
    text = "Ngày hội tại Làng Gạo Thơm rất vui."
    assert not [e for e in _suggest(text).entities if e.label == "PLACE"]
    knowledge = Knowledge({"PLACE": frozenset(("Làng Gạo Thơm",))})
    (place,) = (e for e in _suggest(text, knowledge).entities if e.label == "PLACE")
    assert (place.surface(text), place.by) == ("Làng Gạo Thơm", "project")
