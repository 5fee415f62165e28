"""The columns of the sheets of a workbook of conflicts."""

from __future__ import annotations

from collections.abc import Mapping

from exports.xlsx.columns import FINGERPRINT, SHEETS, Column, Kind

CONFLICTS = "Conflicts"
EDITED = ("decision", "label", "text", "reason", "note")
"""Keys of the columns that colleagues fill."""
IDENTITY = ("report_id", "conflict_id", "state", "answers")
SENTENCE = "sentence"
ANSWERS, ROWS, AGREEMENT, CONFUSION, CODEBOOK = "Answers", "Rows", "Agreement", "Confusion", "Codebook"
MOST_ANSWERS = 40
"""Answers in one drop-down at most."""
AGREEMENT_COLUMNS = (
    Column("annotators", "Annotators", "Người gán nhãn", 24),
    Column("what", "Figure", "Chỉ số", 30),
    Column("value", "Value", "Giá trị", 10, Kind.NUMBER),
    Column("low", "95 % from", "95 % từ", 10, Kind.NUMBER),
    Column("high", "95 % to", "95 % đến", 10, Kind.NUMBER),
    Column("both", "Both", "Cả hai", 10, Kind.NUMBER),
    Column("only_a", "Only the first", "Chỉ người thứ nhất", 12, Kind.NUMBER),
    Column("only_b", "Only the second", "Chỉ người thứ hai", 12, Kind.NUMBER),
    Column("used", "Reports measured", "Số bản tin đã đo", 14, Kind.NUMBER),
    Column("total", "Reports in all", "Tổng số bản tin", 14, Kind.NUMBER),
    Column("reason", "Why there is none", "Vì sao không có", 60, Kind.WRAP),
)
CONFUSION_COLUMNS = (
    Column("first", "First annotator", "Người thứ nhất", 18),
    Column("second", "Second annotator", "Người thứ hai", 18),
    Column("first_label", "Label of the first", "Nhãn của người thứ nhất", 22),
    Column("second_label", "Label of the second", "Nhãn của người thứ hai", 22),
    Column("count", "Mentions", "Số lượt", 10, Kind.NUMBER),
)
ANSWER_COLUMNS = (
    Column("answers", "Answers", "Các câu trả lời", 40),
    *(Column(f"answer_{number}", f"Answer {number}", f"Câu trả lời {number}", 14) for number in range(1, MOST_ANSWERS)),
)
ROW_COLUMNS = (
    Column("row", "Row as exported", "Hàng lúc xuất", 14, Kind.NUMBER),
    Column("conflict_id", "Conflict id", "Mã xung đột", 20),
    Column("report_name", "Report", "Bản tin", 28),
)
CODEBOOK_COLUMNS = SHEETS[CODEBOOK]


def conflict_columns(letters: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns of the sheet Conflicts; one for each annotator, called by letter and name."""
    choices = tuple(
        Column(choice_key(number), f"{letter}: {name}", f"{letter}: {name}", 30, Kind.WRAP)
        for number, (name, letter) in enumerate(letters.items(), 1)
    )
    return (
        Column("report_name", "Report", "Bản tin", 28),
        Column("kind", "Conflict", "Xung đột", 18),
        Column("phrase", "Phrase", "Cụm từ", 32, Kind.WRAP),
        Column(SENTENCE, "Sentence", "Câu", 70, Kind.WRAP),
        *choices,
        Column("decision", "Decision", "Quyết định", 14, editable=True),
        Column("label", "Label (own)", "Nhãn (tự ghi)", 16, editable=True),
        Column("text", "Text (own)", "Văn bản (tự ghi)", 30, Kind.WRAP, editable=True),
        Column("reason", "Reason", "Lý do", 20, editable=True),
        Column("note", "Note", "Ghi chú", 30, Kind.WRAP, editable=True),
        Column("answers", "Possible answers", "Các câu trả lời có thể", 24, identity=True),
        Column("report_id", "Report id", "Mã bản tin", 20, identity=True),
        Column("conflict_id", "Conflict id", "Mã xung đột", 20, identity=True),
        Column("state", "State", "Trạng thái", 18, identity=True),
        Column(FINGERPRINT, "Row fingerprint", "Dấu vân hàng", 22),
    )


def choice_key(number: int) -> str:
    """The key of an annotator's column, counted from 1. Letters only: it becomes part of a defined name."""
    word = ""
    while number:
        number, rest = divmod(number - 1, 26)
        word = chr(ord("a") + rest) + word
    return f"choice_{word}"
