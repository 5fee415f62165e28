"""Small corpora by hand, and workbooks written from them and read by openpyxl."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook as OpenpyxlWorkbook
from openpyxl.worksheet.worksheet import Worksheet

from annotations.corpus import Corpus, LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Relation, Report, Status
from exports.protocol import ExportSummary, Options
from exports.xlsx import Workbook

TEXT = (
    "Hội nghị tỉnh Hà Nam\n"
    "Sáng ngày 26/4, Ban Thường vụ Tỉnh ủy họp. Đồng chí Trần Văn An, Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh, chủ trì. "
    "Hội nghị bàn Nghị quyết số 05-NQ/TW.\n"
)


def _entity(entity_id: str, label: str, words: str, **more: object) -> Entity:
    start = TEXT.index(words)
    return Entity(entity_id, label, start, start + len(words), **more)  # type: ignore[arg-type]


def _labels(annotator: str | None, **more: object) -> AnnotationSet:
    return AnnotationSet(
        annotator,
        entities=(
            _entity("e1", "DATE", "ngày 26/4", attributes={"value": "2021-04-26", "type": "DATE"}),
            _entity("e2", "OFFICIAL", "Trần Văn An", attributes={"canonical": "Trần Văn An"}, entry="an-1"),
            _entity("e3", "TITLE", "Bí thư Tỉnh ủy", attributes={"status": "former"}),
            _entity("e4", "ORG", "Tỉnh ủy, Chủ", note="một ghi chú"),
            _entity(
                "e5", "RESOLUTION", "Nghị quyết số 05-NQ/TW", attributes={"norm": "05-NQ/TW", "kind": "nghi_quyet"}
            ),
        ),
        relations=(
            Relation("r1", "holds_title", "e2", "e3", note="1/3"),
            Relation("r2", "issues", "e2", "e5", attributes={"a": "b"}),
        ),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def reports() -> tuple[LabelledReport, ...]:
    """Three reports: two annotators, nobody, the review."""
    return (
        LabelledReport(
            Report("id-1", "a.txt", TEXT, "Hội nghị", "2021-04-29", "Báo Hà Nam", "Hà Nam", {"source_path": "a/b.txt"}),
            (_labels("lan", status=Status.DONE), _labels("mai")),
        ),
        LabelledReport(Report("id-2", "b.txt", "Không có nhãn.")),
        LabelledReport(Report("id-3", "c.txt", TEXT, date="2020-10"), (_labels(None, adjudicated=True),)),
    )


def _corpus(*reports: LabelledReport, total: int = 0) -> Corpus:
    def stream() -> Iterator[LabelledReport]:
        return iter(reports)

    return Corpus(DEFAULT_SCHEMA, stream, total or len(reports), "Dự án thử", {"annotators": "all"})


@pytest.fixture
def corpus_of() -> Callable[..., Corpus]:
    """A corpus of the reports given."""
    return _corpus


@pytest.fixture
def one_report() -> Callable[..., LabelledReport]:
    """A report with one annotation set of the entities given."""

    def make(text: str, *entities: Entity, relations: tuple[Relation, ...] = (), **more: str) -> LabelledReport:
        return LabelledReport(
            Report("id", "name", text, **more), (AnnotationSet("lan", entities=entities, relations=relations),)
        )

    return make


Written = tuple[OpenpyxlWorkbook, ExportSummary]


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Written]:
    """Writes a corpus of reports and opens it with openpyxl, rich texts as such."""

    def write(*reports: LabelledReport, language: str = "en", max_rows: int | None = None) -> Written:
        exporter = Workbook(max_rows) if max_rows else Workbook()
        path = tmp_path / "book.xlsx"
        summary = exporter.write(_corpus(*reports), path, Options(force=True, language=language))
        return load_workbook(path, rich_text=True), summary

    return write


@pytest.fixture
def column() -> Callable[..., list[object]]:
    """The cells of a column, named by its machine key, without the title; ``""`` for an empty cell."""

    def cells(book: OpenpyxlWorkbook, sheet: str, key: str) -> list[object]:
        name = book.defined_names[f"chugiai.{sheet.lower().replace(' ', '_')}.{key}"]
        ((_, place),) = name.destinations
        page: Worksheet = book[sheet]
        letter = place.split("$")[1]
        return ["" if cell.value is None else cell.value for cell in page[letter][1:]]

    return cells
