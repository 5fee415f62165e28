"""More rows and links than a sheet holds, memory, cancel, and a file that is counted before it is placed."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotations.corpus import Corpus, LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.errors import Cancelled
from annotations.report import AnnotationSet, Entity, Relation, Report
from exports.errors import FormatError
from exports.protocol import Options
from exports.xlsx import Workbook
from exports.xlsx import exporter as exporter_module
from exports.xlsx.links import Links
from exports.xlsx.parts import write_package
from exports.xlsx.scan import count_rows
from exports.xlsx.table import MAX_ROWS

Any_ = Callable[..., Any]


def test_a_sheet_holds_what_excel_holds() -> None:
    assert MAX_ROWS == 1_048_576


def test_more_rows_go_on_in_a_second_sheet(reports: Any_, written: Any_, column: Any_) -> None:
    book, summary = written(*reports, max_rows=7)
    assert book.sheetnames[1:4] == ["Entities", "Entities 2", "Entities 3"]
    assert [book[name].max_row for name in book.sheetnames[1:4]] == [7, 7, 4]
    assert summary.entities == 15
    ids = [value for name in book.sheetnames[1:4] for value in column(book, name, "entity_id")]
    assert ids == ["e1", "e2", "e3", "e4", "e5"] * 3
    for name in book.sheetnames[1:4]:
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref == book[name].dimensions
        assert len(book[name].data_validations.dataValidation) == 1


def test_links_find_their_way_into_the_second_sheet(reports: Any_, written: Any_, column: Any_) -> None:
    book, _ = written(*reports, max_rows=7)
    for row in book["Relations"].iter_rows(min_row=2):
        for cell, wanted in ((row[3], row[19].value), (row[5], row[20].value)):
            sheet, place = cell.hyperlink.location.replace("'", "").split("!")
            assert column(book, sheet, "entity_id")[int(place[1:]) - 2] == wanted
    assert book["Reports"]["A4"].hyperlink.location == "'Entities 2'!A6"


def test_a_link_to_the_first_row_of_a_sheet_to_come(reports: Any_, written: Any_) -> None:
    book, _ = written(*reports, max_rows=11)
    assert book["Reports"]["A4"].hyperlink.location == "'Entities 2'!A2"
    assert book["Entities 2"]["A2"].hyperlink.location == "Reports!A4"


def test_more_links_than_a_sheet_holds_become_one_for_each_report() -> None:
    links = Links(limit=3)
    for row, place in ((2, "Reports!A2"), (3, "Reports!A2"), (4, "Reports!A3")):
        links.add("A", row, place)
        links.add("D", row, "Entities!A9")
    assert "".join(links.xml()).count("<hyperlink ") == 2
    assert 'ref="A2:A3" location="Reports!A2"' in "".join(links.xml())
    assert links.left_out() == 3
    links.close()


def test_links_up_to_the_limit_stay_single() -> None:
    links = Links(limit=2)
    for row in (2, 3):
        links.add("A", row, "Reports!A2")
    assert "".join(links.xml()).count("<hyperlink ") == 2
    assert links.left_out() == 0
    links.close()


def _big(count: int) -> Corpus:
    labels = AnnotationSet(
        "lan",
        entities=tuple(Entity(f"e{n}", "ORG", n, n + 1) for n in range(4)),
        relations=tuple(Relation(f"r{n}", "part_of", f"e{n}", f"e{n + 1}") for n in range(2)),
    )

    def stream() -> Iterator[LabelledReport]:
        for number in range(count):
            yield LabelledReport(Report(f"id{number}", f"{number}.txt", "Một câu văn bản tin ngắn."), (labels,))

    return Corpus(DEFAULT_SCHEMA, stream, count)


def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            Workbook().write(_big(count), tmp_path / f"{count}.xlsx")
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # what is loaded and compiled once
    assert peak(2000) < peak(200) * 1.3 + 100_000


def test_cancel_leaves_nothing(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        Workbook().write(_big(9), tmp_path / "x.xlsx", Options(), progress)
    assert seen == [(1, 9), (2, 9), (3, 9)]
    assert list(tmp_path.iterdir()) == []


def test_an_existing_workbook_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(FormatError):
        Workbook().write(_big(1), path)

    def broken() -> Iterator[LabelledReport]:
        yield from _big(2).stream()
        raise OSError(28, "No space left on device")

    with pytest.raises(FormatError, match="disk is full"):
        Workbook().write(Corpus(DEFAULT_SCHEMA, broken), path, Options(force=True))
    assert path.read_bytes() == b"mine"
    assert [file.name for file in tmp_path.iterdir()] == ["x.xlsx"]


def _damaged(path: Path, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, change(data) if "sheet2" in name else data)


def test_a_lost_row_is_found_before_the_file_is_placed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(path: Path, *rest: Any) -> None:
        write_package(path, *rest)
        _damaged(path, lambda data: data.replace(b'<row r="5">', b"<lost>"))

    monkeypatch.setattr(exporter_module, "write_package", losing)
    with pytest.raises(FormatError, match="was not placed"):
        Workbook().write(_big(2), tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_rows_are_counted_across_pieces(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    Workbook().write(_big(300), path)
    assert count_rows(path, 6)[:4] == (301, 1201, 601, 1)


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    Workbook().write(_big(50), path)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(FormatError, match="cannot be read back"):
        count_rows(path, 6)


def test_a_flipped_byte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    Workbook().write(_big(50), path)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        place = package.getinfo("xl/worksheets/sheet2.xml").header_offset + 400
    data[place] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(FormatError, match="cannot be read back"):
        count_rows(path, 6)


def test_small_parts_have_plain_headers(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    Workbook().write(_big(5), path)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        for part in package.infolist():
            needed = int.from_bytes(data[part.header_offset + 4 : part.header_offset + 6], "little")
            assert needed == part.extract_version == 20
