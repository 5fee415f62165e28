"""The columns of each sheet: machine keys that stay, titles in two languages, what may be edited.

The machine key of a column is the defined name ``chugiai.<sheet>.<key>`` that points to its title
cell (``chugiai.entities.label`` → ``Entities!$D$1``; ``chugiai.entities_2.label`` on ``Entities 2``). Spreadsheet
programs keep defined names when a column is moved, a title is translated, rows are sorted or
filtered and the file is saved again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

PREFIX = "chugiai"


class Kind(Enum):
    """How the cells of a column look; all but numbers are text cells, empty ones too."""

    TEXT = "text"
    WRAP = "wrap"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``identity`` says which row it is and ``editable`` what may come back: both are fingerprinted.

    ``width`` is in characters, as in spreadsheet programs.
    """

    key: str
    en: str
    vi: str
    width: int = 16
    kind: Kind = Kind.TEXT
    identity: bool = False
    editable: bool = False

    def title(self, language: str) -> str:
        """The title in ``vi``, else in English."""
        return self.vi if language == "vi" else self.en


FINGERPRINT = "row_fingerprint"
_COMMENT = Column("comment", "Comment", "Nhận xét", 30, Kind.WRAP)
_FINGERPRINT = Column(FINGERPRINT, "Row fingerprint", "Dấu vân hàng", 22)
_REPORT_ID = Column("report_id", "Report id", "Mã bản tin", 20, identity=True)
_REPORT_NAME = Column("report_name", "Report", "Bản tin", 28)
_REPORT_DATE = Column("report_date", "Report date", "Ngày bản tin", 12)
_ANNOTATOR = Column("annotator", "Annotator", "Người gán nhãn", 14, identity=True)
_ADJUDICATED = Column("adjudicated", "Adjudicated", "Đã phân xử", 11, identity=True)
_METADATA = Column("metadata", "Other data (JSON)", "Dữ liệu khác (JSON)", 16)
_SENTENCE = Column("sentence", "Sentence", "Câu", 80, Kind.WRAP)
_ATTRIBUTES = Column("attributes", "Other attributes", "Thuộc tính khác", 32, editable=True)
_NOTE = Column("note", "Note", "Ghi chú", 24, Kind.WRAP, editable=True)
_MADE = (
    Column("origin", "Origin", "Nguồn gốc nhãn", 12),
    Column("by", "Suggested by", "Gợi ý bởi", 14),
    Column("confidence", "Confidence", "Độ tin cậy", 10, Kind.NUMBER),
)

REPORTS = (
    Column("name", "Report", "Bản tin", 28),
    Column("title", "Title", "Tiêu đề", 60, Kind.WRAP, editable=True),
    Column("date", "Date", "Ngày", 12, editable=True),
    Column("source", "Source", "Nguồn", 20, editable=True),
    Column("locality", "Locality", "Địa phương", 18, editable=True),
    Column("annotators", "Annotators", "Người gán nhãn", 20),
    Column("status", "Status", "Tình trạng", 14),
    Column("entities", "Entities", "Số thực thể", 10, Kind.NUMBER),
    Column("relations", "Relations", "Số quan hệ", 10, Kind.NUMBER),
    _COMMENT,
    Column("length", "Length", "Độ dài", 10, Kind.NUMBER),
    Column("text", "Text", "Văn bản", 40),
    _METADATA,
    _REPORT_ID,
    _FINGERPRINT,
)

ENTITIES = (
    _REPORT_NAME,
    _REPORT_DATE,
    _ANNOTATOR,
    Column("label", "Label", "Nhãn", 14, editable=True),
    Column("text", "Text", "Văn bản", 32, Kind.WRAP),
    Column("value", "Value", "Giá trị", 24, editable=True),
    _ATTRIBUTES,
    Column("entry", "Registry entry", "Mục từ", 22, editable=True),
    _NOTE,
    _COMMENT,
    _SENTENCE,
    Column("start", "Start", "Đầu", 8, Kind.NUMBER),
    Column("end", "End", "Cuối", 8, Kind.NUMBER),
    Column("length", "Length", "Độ dài", 8, Kind.NUMBER),
    Column("fragments", "Fragments", "Các mảnh", 14),
    *_MADE,
    _ADJUDICATED,
    _METADATA,
    _REPORT_ID,
    Column("entity_id", "Entity id", "Mã thực thể", 20, identity=True),
    _FINGERPRINT,
)

RELATIONS = (
    _REPORT_NAME,
    _REPORT_DATE,
    _ANNOTATOR,
    Column("source_text", "Source", "Từ", 30, Kind.WRAP),
    Column("type", "Relation", "Quan hệ", 14, editable=True),
    Column("target_text", "Target", "Đến", 30, Kind.WRAP),
    Column("source_label", "Source label", "Nhãn từ", 14),
    Column("target_label", "Target label", "Nhãn đến", 14),
    _ATTRIBUTES,
    _NOTE,
    _COMMENT,
    _SENTENCE,
    *_MADE,
    _ADJUDICATED,
    _METADATA,
    _REPORT_ID,
    Column("relation_id", "Relation id", "Mã quan hệ", 20, identity=True),
    Column("source_id", "Source id", "Mã từ", 20),
    Column("target_id", "Target id", "Mã đến", 20),
    _FINGERPRINT,
)

OFFICIALS = (
    Column("official", "Official", "Cán bộ", 24),
    Column("official_value", "Full name", "Tên đầy đủ", 24),
    Column("official_entry", "Registry entry", "Mục từ", 22),
    Column("title", "Title", "Chức danh", 36, Kind.WRAP),
    Column("title_value", "Full title", "Chức danh đầy đủ", 30, Kind.WRAP),
    Column("title_status", "Title status", "Tình trạng chức danh", 12),
    Column("organisation", "Organisation", "Tổ chức", 30, Kind.WRAP),
    Column("organisation_value", "Full organisation", "Tổ chức đầy đủ", 30, Kind.WRAP),
    Column("organisation_by", "Organisation found by", "Tổ chức xác định theo", 14),
    _REPORT_DATE,
    _REPORT_NAME,
    _SENTENCE,
    _ANNOTATOR,
    _ADJUDICATED,
    _REPORT_ID,
    Column("official_id", "Official id", "Mã cán bộ", 20),
    Column("title_id", "Title id", "Mã chức danh", 20),
    Column("organisation_id", "Organisation id", "Mã tổ chức", 20),
    Column("holds_title_id", "holds_title id", "Mã holds_title", 20),
    Column("title_at_id", "title_at id", "Mã title_at", 20),
)

_EVIDENCE = (
    Column("first_date", "First evidence", "Chứng cứ đầu", 12),
    Column("first_report", "First report", "Bản tin đầu", 24),
    Column("first_sentence", "First sentence", "Câu đầu", 60, Kind.WRAP),
    Column("last_date", "Last evidence", "Chứng cứ cuối", 12),
    Column("last_report", "Last report", "Bản tin cuối", 24),
    Column("last_sentence", "Last sentence", "Câu cuối", 60, Kind.WRAP),
)

REGISTRY = (
    Column("name", "Name", "Tên", 32),
    Column("label", "Label", "Nhãn", 14),
    Column("aliases", "Other names", "Tên khác", 32, Kind.WRAP),
    Column("note", "Note", "Ghi chú", 24, Kind.WRAP),
    Column("mentions", "Mentions", "Số lần nhắc", 10, Kind.NUMBER),
    *_EVIDENCE,
    Column("entry_id", "Registry entry", "Mục từ", 22),
    Column("merged_ids", "Merged entries", "Mục đã gộp", 22),
)

POSTS = (
    Column("post", "Post", "Chức vụ", 44, Kind.WRAP),
    Column("holder", "Official", "Cán bộ", 24),
    *_EVIDENCE,
    Column("mentions", "Mentions", "Số lần nhắc", 10, Kind.NUMBER),
    Column("basis", "Date basis", "Căn cứ ngày", 14),
    Column("between", "Until the next holder", "Đến người kế tiếp", 40, Kind.WRAP),
    Column("entry_id", "Registry entry", "Mục từ", 22),
)

CODEBOOK = (
    Column("kind", "Kind", "Loại mục", 16),
    Column("name", "Name", "Tên", 18),
    Column("of", "Of", "Của", 16),
    Column("name_vi", "Vietnamese name", "Tên tiếng Việt", 24),
    Column("name_en", "English name", "Tên tiếng Anh", 24),
    Column("key", "Key", "Phím", 6),
    Column("colour", "Colour", "Màu", 10),
    Column("sources", "From", "Từ", 30, Kind.WRAP),
    Column("targets", "To", "Đến", 30, Kind.WRAP),
    Column("same_label", "Same label", "Cùng nhãn", 10),
    Column("choices", "Usual values", "Giá trị thường dùng", 50, Kind.WRAP),
    Column("normalisation", "Normalisation", "Chuẩn hóa", 14),
    Column("description", "Description", "Mô tả", 70, Kind.WRAP),
)

ABOUT = (
    Column("item", "Item", "Mục", 34, Kind.WRAP),
    Column("value", "Value", "Giá trị", 90, Kind.WRAP),
)

SHEETS: dict[str, tuple[Column, ...]] = {
    "Reports": REPORTS,
    "Entities": ENTITIES,
    "Relations": RELATIONS,
    "Officials": OFFICIALS,
    "Registry": REGISTRY,
    "Posts": POSTS,
    "Codebook": CODEBOOK,
    "About": ABOUT,
}
"""The sheets in their order. Their names are the same in every language."""
IF_ANY = frozenset(("Registry", "Posts"))
"""Sheets that are left out when they have no rows."""


def fingerprinted(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Keys of the columns that :func:`exports.xlsx.fingerprint.row_fingerprint` covers: ids and editable ones."""
    if not any(column.key == FINGERPRINT for column in columns):
        return ()
    return tuple(column.key for column in columns if column.identity or column.editable)


def defined_name(sheet: str, key: str) -> str:
    """The defined name that carries a column's machine key on ``sheet``."""
    return f"{PREFIX}.{sheet.lower().replace(' ', '_')}.{key}"


def letters(number: int) -> str:
    """The spreadsheet's name of column ``number``, counted from 1."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
