"""The workbook as openpyxl reads it: sheets, rows, ids, links, keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from annotations.corpus import Corpus, LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Relation, Report
from annotations.schema import EntityType, Schema
from exports.formats import exporter
from exports.protocol import Options
from exports.xlsx import Workbook
from exports.xlsx.columns import IF_ANY, SHEETS

Any_ = Callable[..., Any]


def test_the_list_of_formats_has_it(reports: Any_, corpus_of: Any_, tmp_path: Path) -> None:
    summary = exporter("xlsx").write(corpus_of(*reports), tmp_path / "out.xlsx", Options())
    assert (summary.reports, summary.sets, summary.entities, summary.relations) == (3, 3, 15, 6)
    assert summary.by_label == {"DATE": 3, "OFFICIAL": 3, "ORG": 3, "RESOLUTION": 3, "TITLE": 3}
    assert summary.by_type == {"holds_title": 3, "issues": 3}
    assert not summary.left_out
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


def test_sheets_and_their_rows(reports: Any_, written: Any_) -> None:
    book, _ = written(*reports)
    assert book.sheetnames == ["Reports", "Entities", "Relations", "Officials", "Codebook", "About"]
    assert [book[name].max_row for name in ("Reports", "Entities", "Relations", "Officials")] == [4, 16, 7, 4]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_titles_follow_the_language_and_keys_stay(reports: Any_, written: Any_, language: str) -> None:
    book, _ = written(*reports, language=language)
    for sheet, columns in SHEETS.items():
        if sheet in IF_ANY:  # tests/exports/xlsx/test_xlsx_registry.py
            continue
        assert [cell.value for cell in book[sheet][1]] == [column.title(language) for column in columns]
        for place, column in enumerate(columns):
            name = book.defined_names[f"chugiai.{sheet.lower()}.{column.key}"]
            assert name.attr_text == f"'{sheet}'!${book[sheet][1][place].column_letter}$1"


def test_titles_and_keys_are_told_apart() -> None:
    for columns in SHEETS.values():
        for titles in ([c.en for c in columns], [c.vi for c in columns], [c.key for c in columns]):
            assert len(set(titles)) == len(titles)


def test_frozen_title_filter_and_widths(reports: Any_, written: Any_) -> None:
    book, _ = written(*reports)
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(4 < dimension.width <= 100 for dimension in sheet.column_dimensions.values())
    assert book["Entities"].column_dimensions["K"].width == 80


def test_report_rows(reports: Any_, written: Any_, column: Any_) -> None:
    book, _ = written(*reports)
    assert column(book, "Reports", "report_id") == ["id-1", "id-2", "id-3"]
    assert column(book, "Reports", "name") == ["a.txt", "b.txt", "c.txt"]
    assert column(book, "Reports", "date") == ["2021-04-29", "", "2020-10"]
    assert column(book, "Reports", "annotators") == ["lan; mai", "", "(adjudicated)"]
    assert column(book, "Reports", "status") == ["done; in_progress", "", "in_progress"]
    assert column(book, "Reports", "entities") == [10, 0, 5]
    assert column(book, "Reports", "relations") == [4, 0, 2]
    assert column(book, "Reports", "metadata")[0] == '{"source_path": "a/b.txt"}'
    assert column(book, "Reports", "text")[1] == "Không có nhãn."


def test_entity_rows(reports: Any_, written: Any_, column: Any_) -> None:
    book, _ = written(reports[0])
    first = {c.key: column(book, "Entities", c.key)[0] for c in SHEETS["Entities"]}
    assert first | {"sentence": "", "row_fingerprint": ""} == {
        "report_name": "a.txt",
        "report_date": "2021-04-29",
        "annotator": "lan",
        "label": "DATE",
        "text": "ngày 26/4",
        "value": "2021-04-26",
        "attributes": "type=DATE",
        "start": 26,
        "end": 35,
        "length": 9,
        "origin": "manual",
        "report_id": "id-1",
        "entity_id": "e1",
        **dict.fromkeys(("entry", "note", "comment", "fragments", "by", "confidence", "adjudicated", "metadata"), ""),
        "sentence": "",
        "row_fingerprint": "",
    }
    assert column(book, "Entities", "value") == ["2021-04-26", "Trần Văn An", "", "", "05-NQ/TW"] * 2
    assert column(book, "Entities", "entry")[1] == "an-1"
    assert column(book, "Entities", "note")[3] == "một ghi chú"
    assert column(book, "Entities", "annotator") == ["lan"] * 5 + ["mai"] * 5


def test_the_reviewed_result_says_so(reports: Any_, written: Any_, column: Any_) -> None:
    book, _ = written(reports[2])
    for sheet in ("Entities", "Relations", "Officials"):
        assert set(column(book, sheet, "adjudicated")) == {"yes"}
        assert set(column(book, sheet, "annotator")) == {""}


def test_suggestions_say_by_what_and_how_sure(one_report: Any_, written: Any_, column: Any_) -> None:
    from annotations.report import Origin

    book, _ = written(one_report("abc", Entity("e", "ORG", 0, 3, origin=Origin.SUGGESTED, by="rules", confidence=0.5)))
    assert [column(book, "Entities", key) for key in ("origin", "by", "confidence")] == [
        ["suggested"],
        ["rules"],
        [0.5],
    ]


def test_discontinuous_entities(one_report: Any_, written: Any_, column: Any_) -> None:
    entity = Entity("e", "ORG", 0, 8, fragments=((0, 3), (6, 8)))
    book, _ = written(one_report("abc dehi.", entity))
    assert column(book, "Entities", "text") == ["abc hi"]
    assert column(book, "Entities", "fragments") == ["0-3; 6-8"]
    assert column(book, "Entities", "length") == [5]
    assert [(str(p), isinstance(p, TextBlock)) for p in column(book, "Entities", "sentence")[0]] == [
        ("abc", True),
        (" de", False),
        ("hi", True),
        (".", False),
    ]


def test_the_mention_is_bold_in_its_sentence(reports: Any_, written: Any_, column: Any_) -> None:
    book, _ = written(reports[0])
    sentence = column(book, "Entities", "sentence")[0]
    assert isinstance(sentence, CellRichText)
    assert str(sentence) == "Sáng ngày 26/4, Ban Thường vụ Tỉnh ủy họp."
    assert [str(piece) for piece in sentence if isinstance(piece, TextBlock) and piece.font.b] == ["ngày 26/4"]
    evidence = column(book, "Relations", "sentence")[1]
    bold = [str(piece) for piece in evidence if isinstance(piece, TextBlock)]
    assert bold == ["Trần Văn An", "Nghị quyết số 05-NQ/TW"]


def test_relation_rows(reports: Any_, written: Any_, column: Any_) -> None:
    book, _ = written(reports[2])
    assert column(book, "Relations", "relation_id") == ["r1", "r2"]
    assert column(book, "Relations", "type") == ["holds_title", "issues"]
    assert column(book, "Relations", "source_id") == ["e2", "e2"]
    assert column(book, "Relations", "target_id") == ["e3", "e5"]
    assert column(book, "Relations", "source_label") == ["OFFICIAL", "OFFICIAL"]
    assert column(book, "Relations", "target_text") == ["Bí thư Tỉnh ủy", "Nghị quyết số 05-NQ/TW"]
    assert column(book, "Relations", "attributes") == ["", "a=b"]
    assert column(book, "Relations", "note") == ["1/3", ""]


def test_a_relation_without_an_end_is_counted_not_written(one_report: Any_, written: Any_) -> None:
    lost = one_report("abc", Entity("e", "ORG", 0, 3), relations=(Relation("r", "alias_of", "e", "gone"),))
    book, summary = written(lost)
    assert book["Relations"].max_row == 1
    assert summary.left_out == {"relations without one of their ends": 1}
    assert summary.relations == 0
    assert "alias_of" not in summary.by_type


def test_links_lead_to_the_right_rows(reports: Any_, written: Any_, column: Any_) -> None:
    book, _ = written(*reports)

    def follow(sheet: str, key: str, row: int) -> tuple[str, int]:
        cell = next(c for c, col in zip(book[sheet][row], SHEETS[sheet], strict=True) if col.key == key)
        target, place = cell.hyperlink.location.split("!")
        return target, int(place[1:])

    def value(sheet: str, key: str, row: int) -> object:
        return column(book, sheet, key)[row - 2]

    for row in range(2, 17):
        sheet, there = follow("Entities", "report_name", row)
        assert value(sheet, "report_id", there) == value("Entities", "report_id", row)
    for row, first in ((2, 2), (4, 12)):
        assert follow("Reports", "name", row) == ("Entities", first)
        assert value("Entities", "report_id", first) == value("Reports", "report_id", row)
    assert book["Reports"]["A3"].hyperlink is None
    for row in range(2, 8):
        for end in ("source", "target"):
            sheet, there = follow("Relations", f"{end}_text", row)
            for key in ("report_id", "annotator"):
                assert value(sheet, key, there) == value("Relations", key, row)
            assert value(sheet, "entity_id", there) == value("Relations", f"{end}_id", row)
    for row in range(2, 5):
        sheet, there = follow("Officials", "title", row)
        assert value(sheet, "entity_id", there) == "e3"


def test_the_codebook_is_the_schema(written: Any_, column: Any_) -> None:
    book, _ = written()
    names = column(book, "Codebook", "name")
    assert names[:23] == [kind.name for kind in (*DEFAULT_SCHEMA.entity_types, *DEFAULT_SCHEMA.relation_types)]
    attributes = [a.name for kind in DEFAULT_SCHEMA.entity_types for a in kind.attributes]
    assert names[23:] == attributes
    assert column(book, "Codebook", "name_vi")[0] == "Cán bộ, lãnh đạo"
    assert column(book, "Codebook", "targets")[8] == "TITLE"
    for row, kind in enumerate(DEFAULT_SCHEMA.entity_types, 2):
        cell = book["Codebook"][f"G{row}"]
        assert cell.value == kind.colour
        assert cell.fill.fgColor.rgb == "FF" + kind.colour[1:].upper()


def test_a_colour_that_is_none_is_written_as_it_stands(tmp_path: Path) -> None:
    schema = Schema("x", (EntityType("A", colour="red"), EntityType("B", colour="#00ff00")))
    Workbook().write(Corpus(schema, lambda: iter(())), tmp_path / "x.xlsx")
    page = load_workbook(tmp_path / "x.xlsx")["Codebook"]
    assert (page["G2"].value, page["G2"].fill.fill_type) == ("red", None)
    assert page["G3"].fill.fgColor.rgb == "FF00FF00"


def test_labels_are_offered_from_the_codebook(reports: Any_, written: Any_) -> None:
    book, _ = written(*reports)
    (offer,) = book["Entities"].data_validations.dataValidation
    assert (str(offer.sqref), offer.formula1) == ("D2:D16", "Codebook!$B$2:$B$9")
    (offer,) = book["Relations"].data_validations.dataValidation
    assert offer.formula1 == "Codebook!$B$10:$B$24"


def test_about(reports: Any_, written: Any_) -> None:
    book, _ = written(*reports)
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert about["Project"] == "Dự án thử"
    assert about["Selected: annotators"] == "all"
    assert about["Schema"] == "vn-political-news/1"
    assert about["Schema version"] == "1"
    assert (about["Reports"], about["Entities"], about["Relations"], about["Rows of Officials"]) == (
        "3",
        "15",
        "6",
        "3",
    )
    assert "code points" in about["Start and End"]
    assert about["Left out or changed"] == "nothing"
    properties = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert properties["chugiai.workbook"] == "1"
    assert properties["chugiai.schema"] == "vn-political-news/1 (1)"


def test_an_empty_corpus_is_a_workbook_too(written: Any_) -> None:
    book, summary = written()
    assert book["Entities"].max_row == 1
    assert summary.reports == 0


def test_a_label_that_the_schema_lacks_goes_out_all_the_same(one_report: Any_, written: Any_, column: Any_) -> None:
    book, _ = written(one_report("abc", Entity("e", "STRANGE", 0, 3, attributes={"value": "x"})))
    assert column(book, "Entities", "label") == ["STRANGE"]
    assert column(book, "Entities", "attributes") == ["value=x"]


def test_two_reports_with_the_same_entity_ids_keep_their_own_links(written: Any_) -> None:
    labels = AnnotationSet("lan", entities=(Entity("e", "ORG", 0, 1), Entity("f", "ORG", 1, 2)))
    labels = AnnotationSet("lan", entities=labels.entities, relations=(Relation("r", "part_of", "e", "f"),))
    book, _ = written(*(LabelledReport(Report(f"id{n}", f"{n}", "ab"), (labels,)) for n in range(2)))
    assert [book["Relations"][f"F{row}"].hyperlink.location for row in (2, 3)] == ["Entities!A3", "Entities!A5"]
