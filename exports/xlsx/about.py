"""Rows of the sheet About: what the workbook holds, where it comes from, what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from annotations.corpus import Corpus
from exports.protocol import ExportSummary
from exports.xlsx.sheet import Cell

_WORDS = {
    "project": ("Project", "Dự án"),
    "written": ("Written (UTC)", "Thời điểm xuất (UTC)"),
    "program": ("Program", "Chương trình"),
    "schema": ("Schema", "Lược đồ nhãn"),
    "schema_version": ("Schema version", "Phiên bản lược đồ"),
    "reports": ("Reports", "Số bản tin"),
    "sets": ("Annotation sets", "Số bộ nhãn"),
    "entities": ("Entities", "Số thực thể"),
    "relations": ("Relations", "Số quan hệ"),
    "officials": ("Rows of Officials", "Số hàng Officials"),
    "left_out": ("Left out or changed: {what}", "Bỏ lại hoặc thay đổi: {what}"),
    "nothing": ("Left out or changed", "Bỏ lại hoặc thay đổi"),
    "none": ("nothing", "không có"),
    "selected": ("Selected: {what}", "Lựa chọn: {what}"),
    "offsets": ("Start and End", "Đầu và Cuối"),
    "offsets_are": (
        "Offsets in Unicode code points of the report's stored text, counted from 0; End is the place after the last character.",
        "Vị trí tính theo điểm mã Unicode trong văn bản lưu của bản tin, đếm từ 0; Cuối là vị trí sau ký tự cuối cùng.",
    ),
    "officials_from": ("How Officials is made", "Cách lập trang Officials"),
    "officials_are": (
        "One row for each holds_title relation and organisation. title_at: the organisation is the target of a title_at relation "
        "of the title. nested: the title has none, so it is the outermost organisation labelled inside the title.",
        "Mỗi hàng là một quan hệ holds_title và một tổ chức. title_at: tổ chức là đích của quan hệ title_at của chức danh. "
        "nested: chức danh không có quan hệ đó nên lấy tổ chức ngoài cùng được gán nhãn bên trong chức danh.",
    ),
    "value": ("Value and Other attributes", "Giá trị và Thuộc tính khác"),
    "value_is": (
        "Value is the main attribute of the label (DATE value, RESOLUTION norm, else value or canonical). The others are "
        "name=value; name=value, with a backslash before a semicolon, an equals sign in a name, or a backslash.",
        "Giá trị là thuộc tính chính của nhãn (value của DATE, norm của RESOLUTION, hoặc value, canonical). Các thuộc tính khác "
        "viết tên=giá trị; tên=giá trị, có dấu \\ trước dấu chấm phẩy, dấu bằng trong tên, hoặc dấu \\.",
    ),
    "edit": ("What may be edited", "Những gì được sửa"),
    "edit_is": (
        "Columns with a blue title, and Comment. Titles may be translated and columns moved: each column is known by its "
        "defined name (chugiai.entities.label). Leave ids and Row fingerprint as they are.",
        "Các cột có tiêu đề màu xanh và cột Nhận xét. Có thể dịch tiêu đề và chuyển chỗ cột: mỗi cột được nhận ra nhờ tên vùng "
        "đã đặt (chugiai.entities.label). Giữ nguyên các mã và Dấu vân hàng.",
    ),
}


def about_rows(
    corpus: Corpus, summary: ExportSummary, officials: int, written: str, language: str
) -> Iterator[list[Cell]]:
    """Item and value, one row each; call it when everything else is written."""

    def say(word: str, **values: object) -> str:
        return _WORDS[word][language == "vi"].format(**values) if values else _WORDS[word][language == "vi"]

    yield [say("project"), corpus.project_name]
    yield [say("written"), written]
    yield [say("program"), f"Chú Giải {program_version()}".strip()]
    yield [say("schema"), corpus.schema.id]
    yield [say("schema_version"), str(corpus.schema.version)]
    for what, chosen in corpus.about.items():
        yield [say("selected", what=what), chosen]
    for word in ("reports", "sets", "entities", "relations"):
        yield [say(word), str(getattr(summary, word))]
    yield [say("officials"), str(officials)]
    for counts in (summary.by_label, summary.by_type):
        for name, count in counts.items():
            yield [f"  {name}", str(count)]
    for what, count in summary.left_out.items():
        yield [say("left_out", what=what), str(count)]
    if not summary.left_out:
        yield [say("nothing"), say("none")]
    for topic in ("offsets", "value", "edit"):
        yield [say(topic), say(f"{topic}_{'are' if topic == 'offsets' else 'is'}")]
    yield [say("officials_from"), say("officials_are")]


def program_version() -> str:
    """The installed version of Chú Giải; empty in a bare checkout."""
    try:
        return version("chugiai")
    except PackageNotFoundError:
        return ""
