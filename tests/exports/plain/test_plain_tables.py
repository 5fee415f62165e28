"""Spreadsheets: one report a row."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.errors import FormatError
from exports.plain import PlainReport, read_file, spreadsheet_columns
from exports.plain.codepages import PAGES, encode_page
from exports.plain.columns import map_columns
from exports.plain.xlsx_file import cell_text

Refusal = Callable[[str, bytes | str], str]
HEADER = ["Tiêu đề", "Nội dung", "Ngày đăng", "Nguồn", "Địa phương"]
ROWS = [
    ["Huyện ủy họp", "Hội nghị bàn ba việc, có\nhai đoạn; và “trích dẫn”.", "29/04/2021", "Báo Hà Nam", "Hà Nam"],
    ["Khai mạc kỳ họp", "Kỳ họp khai mạc sáng nay.", "2021-05", "TTXVN", "Nam Định"],
]


def comma(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def workbook(rows: Sequence[Sequence[object]], **sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Tin"
    for title, content in {"Tin": rows, **sheets}.items():
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        for row in content:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def rows_of(tmp_path: Path) -> Callable[..., list[PlainReport]]:
    def read(name: str, content: bytes | str, mapping: dict[str, str] | None = None) -> list[PlainReport]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_file(path, name, mapping=mapping))

    return read


Rows = Callable[..., list[PlainReport]]


def check_both(reports: list[PlainReport], name: str) -> None:
    first, second = reports
    assert (first.name, second.name) == (f"{name}#2", f"{name}#3")
    assert (first.title, first.date, first.source, first.locality) == (
        "Huyện ủy họp", "2021-04-29", "Báo Hà Nam", "Hà Nam")  # fmt: skip
    assert first.text == ROWS[0][1]
    assert (second.date, second.source, second.doubts) == ("2021-05", "TTXVN", ())
    assert first.source_hash == second.source_hash
    assert len(first.source_hash) == 64


def test_commas_in_a_text_part_no_columns_that_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("stt;bài\n1;Sáng, Tỉnh ủy họp, bàn, quyết định, giao việc\n", encoding="utf-8")
    assert spreadsheet_columns(path, "a.csv").headings == ("stt", "bài")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv(delimiter: str, encoding: str, rows_of: Rows) -> None:
    check_both(rows_of("a.csv", comma([HEADER, *ROWS], delimiter).encode(encoding)), "a.csv")


def test_tsv(rows_of: Rows) -> None:
    check_both(rows_of("a.tsv", comma([HEADER, *ROWS], "\t")), "a.tsv")


def test_xlsx(rows_of: Rows) -> None:
    check_both(rows_of("a.xlsx", workbook([HEADER, *ROWS])), "a.xlsx")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark(codec: str, rows_of: Rows) -> None:
    reports = rows_of("a.csv", comma([["id", "text"], ["1", "Tin ngắn"]]).encode(codec))
    assert (reports[0].text, reports[0].encoding) == ("Tin ngắn", codec)


@pytest.mark.parametrize("page", PAGES)
def test_csv_in_a_code_page(page: str, story: str, rows_of: Rows) -> None:
    lines = [line for line in story.split("\n") if line]
    (report,) = rows_of("a.csv", encode_page(comma([["tiêu đề", "nội dung"], [lines[0], story]]), page))
    assert (report.title, report.text) == (lines[0], story)


def test_the_line_that_excel_puts_before(rows_of: Rows) -> None:
    reports = rows_of("a.csv", "sep=;\r\n" + comma([["text", "title"], ["Tin, ngắn", "Tin"]], ";"))
    assert [(report.name, report.text) for report in reports] == [("a.csv#3", "Tin, ngắn")]


def test_old_mac_newlines(rows_of: Rows) -> None:
    assert [report.text for report in rows_of("a.csv", "text\rmột\rhai\r")] == ["một", "hai"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NỘI DUNG", "text"), ("noi_dung", "text"), ("Nội dung:", "text"), ("Content", "text"), ("văn bản", "text"),
        ("Title", "title"), ("Tiêu đề", "title"), ("Headline", "title"), ("Published at", "date"),
        ("Ngày xuất bản", "date"), ("Nguồn tin", "source"), ("Tỉnh/Thành phố", "locality"), ("Province", "locality"),
        ("Tên tệp", "name"), ("ID", "id"), ("Mã", "id"), ("No\u0302\u0323i dung", "text"),
    ],
)  # fmt: skip
def test_headings(heading: str, field: str) -> None:
    headings = ["text", heading] if field != "text" else ["x", heading]
    columns = map_columns(headings, None, 1, "x")
    assert columns is not None
    assert columns.places[field] == 1


def test_the_likelier_of_two_headings_is_taken() -> None:
    columns = map_columns(["Ngày", "Bài viết", "Ngày đăng", "Nội dung"], None, 1, "x")
    assert columns is not None
    assert columns.mapping == {"text": "Nội dung", "date": "Ngày đăng"}


def test_a_mapping_that_the_caller_gives(rows_of: Rows) -> None:
    content = comma([["A", "B", "Tiêu đề"], ["Tin ngắn", "1/5/2021", "T"]])
    (report,) = rows_of("a.csv", content, {"text": "a", "date": "B"})
    assert (report.text, report.date, report.title) == ("Tin ngắn", "2021-05-01", "Tin ngắn")
    assert report.metadata == {"Tiêu đề": "T"}


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({"text": "Z"}, "lacks one of the columns Z; it has A, B"),
        ({"date": "A"}, "lacks one of the columns A"),
        ({"text": "A", "writer": "B"}, "writer is not something a column can be"),
    ],
)
def test_a_mapping_that_does_not_fit(mapping: dict[str, str], reason: str, rows_of: Rows) -> None:
    with pytest.raises(FormatError, match=reason):
        rows_of("a.csv", comma([["A", "B"], ["một", "hai"]]), mapping)


def test_the_columns_are_shown_before(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["Danh sách tin"], [], ["Mã", "Nội dung", "Ghi chú"], ["1", "Tin", "x"]]))
    columns = spreadsheet_columns(path, "a.xlsx")
    assert (columns.headings, columns.row) == (("Mã", "Nội dung", "Ghi chú"), 3)
    assert columns.mapping == {"id": "Mã", "text": "Nội dung"}
    path.write_bytes(workbook([["A", "B"], ["một", "hai"]]))
    columns = spreadsheet_columns(path, "a.xlsx")
    assert (columns.headings, columns.mapping) == (("A", "B"), {})


@pytest.mark.parametrize("make", [comma, workbook])
def test_a_sheet_without_a_text_column(make: Callable[[list[list[str]]], bytes | str], refusal: Refusal) -> None:
    name = "a.csv" if make is comma else "a.xlsx"
    assert "none of its columns (A, B) is headed" in refusal(name, make([["A", "B"], ["một", "hai"]]))


@pytest.mark.parametrize("make", [comma, workbook])
def test_two_columns_with_one_heading(make: Callable[[list[list[str]]], bytes | str], refusal: Refusal) -> None:
    name = "a.csv" if make is comma else "a.xlsx"
    assert "two columns are headed Nội dung" in refusal(name, make([["Nội dung", "NỘI DUNG"], ["một", "hai"]]))


def test_other_columns_are_kept_and_doubled_ones_numbered(rows_of: Rows) -> None:
    (report,) = rows_of("a.csv", comma([["text", "Ghi chú", "Ghi chú", "", "Trống"], ["Tin", "a", "b", "c", ""]]))
    assert report.metadata == {"Ghi chú": "a", "Ghi chú (2)": "b", "column 4": "c"}


@pytest.mark.parametrize("make", [comma, workbook])
def test_a_row_with_an_empty_text_is_named(make: Callable[[list[list[str]]], bytes | str], refusal: Refusal) -> None:
    name = "a.csv" if make is comma else "a.xlsx"
    sentence = refusal(name, make([["text", "title"], ["Tin", "T"], ["", "T"], ["Tin", "T"], [" \n", "T"]]))
    assert "the text is empty in row 3, 5;" in sentence


def test_many_rows_with_empty_texts_are_not_all_named(refusal: Refusal) -> None:
    assert "row 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …;" in refusal("a.csv", comma([["text", "title"], *([["", "T"]] * 30)]))


@pytest.mark.parametrize("make", [comma, workbook])
def test_empty_rows_are_passed_over(make: Callable[[list[list[str]]], bytes | str], rows_of: Rows) -> None:
    name = "a.csv" if make is comma else "a.xlsx"
    reports = rows_of(name, make([["text", "title"], ["", ""], ["một", ""], ["", " "], ["hai", ""]]))
    assert [(report.name, report.text) for report in reports] == [(f"{name}#3", "một"), (f"{name}#5", "hai")]


def test_a_header_alone(refusal: Refusal) -> None:
    assert "no row under the header" in refusal("a.csv", "text,title\n")


def test_a_row_with_more_cells_than_the_header(refusal: Refusal) -> None:
    assert "row 3 has more cells than the header" in refusal("a.csv", "id,text\n1,một\n2,hai, ba\n")


def test_a_short_row(rows_of: Rows) -> None:
    assert rows_of("a.csv", "text,title\nmột\n")[0].text == "một"


def test_names_of_their_own(rows_of: Rows) -> None:
    reports = rows_of("a.csv", comma([["name", "text"], ["tin-1", "một"], ["tin-1", "hai"], ["", "ba"]]))
    assert [report.name for report in reports] == ["tin-1", "tin-1#3", "a.csv#4"]


def test_ids_are_names_where_there_is_none(rows_of: Rows) -> None:
    reports = rows_of("a.csv", comma([["id", "name", "text"], ["a1", "", "một"], ["a2", "tin-2", "hai"]]))
    assert [(report.name, report.metadata) for report in reports] == [("a1", {}), ("tin-2", {"id": "a2"})]


def test_real_dates_of_excel(rows_of: Rows) -> None:
    rows = [["text", "date", "Họp lúc"], ["một", datetime(2021, 4, 29), datetime(2021, 4, 29, 8, 30)],
            ["hai", date(2021, 4, 30), None], ["ba", datetime(2021, 5, 1, 23, 59), 3.0]]  # fmt: skip
    reports = rows_of("a.xlsx", workbook(rows))
    assert [report.date for report in reports] == ["2021-04-29", "2021-04-30", "2021-05-01"]
    assert reports[0].metadata == {"Họp lúc": "2021-04-29 08:30:00"}
    assert reports[2].metadata == {"Họp lúc": "3"}


def test_a_date_that_cannot_be_read_is_kept_and_doubtful(rows_of: Rows) -> None:
    (report,) = rows_of("a.csv", comma([["text", "date"], ["Tin", "hôm qua"]]))
    assert report.date == ""
    assert "date" in report.doubts
    assert report.metadata == {"date as written": "hôm qua"}


def test_what_a_row_does_not_say_is_read_from_its_text(rows_of: Rows) -> None:
    text = "Thứ Năm, 29/04/2021\nHuyện ủy họp\n\nBàn ba việc.\n\nNguồn: Báo Hà Nam"
    (report,) = rows_of("a.csv", comma([["text", "title"], [text, "Tên của bảng"]]))
    assert (report.title, report.date, report.source) == ("Tên của bảng", "2021-04-29", "Báo Hà Nam")
    assert report.text == text


def test_several_sheets(rows_of: Rows) -> None:
    content = workbook([["text"], ["một"]], Khác=[["text", "title"], ["hai", "T"]], Bảng=[["A"], ["x"]])
    reports = rows_of("a.xlsx", content)
    assert [(report.name, report.text) for report in reports] == [("a.xlsx#2", "một"), ("a.xlsx#Khác!2", "hai")]


def test_a_hidden_sheet_is_passed_over(rows_of: Rows) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([["text"], ["một"]], Ẩn=[["text"], ["hai"]])))
    book["Ẩn"].sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    assert [report.text for report in rows_of("a.xlsx", buffer.getvalue())] == ["một"]


@pytest.mark.parametrize("value", ["một\x00hai", "một\ud800"])
def test_characters_that_no_report_may_have(value: str, refusal: Refusal) -> None:
    data = comma([["id", "text"], ["1", "đầu"], ["2", value]]).encode("utf-8", "surrogatepass")
    assert refusal("a.csv", data)


def test_nul_written_the_way_of_excel_names_its_row(refusal: Refusal) -> None:
    sentence = refusal("a.xlsx", workbook([["text"], ["một"], ["hai_x0000_"]]))
    assert sentence.startswith("a.xlsx, row 3 was not imported")
    assert "NUL" in sentence


def test_returns_written_the_way_of_excel(rows_of: Rows) -> None:
    assert rows_of("a.xlsx", workbook([["text"], ["một_x000D_\nhai"]]))[0].text == "một\nhai"


def test_an_error_far_below_comes_before_the_first_report(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(comma([["text", "title"], *([["Tin", "T"]] * 5000), ["", "T"]]))
    with pytest.raises(FormatError, match="row 5002"):
        next(read_file(path, "a.csv"))


def test_a_file_that_is_utf8_at_first_only(refusal: Refusal) -> None:
    start = comma([["text"], *([["Hội nghị tỉnh ủy"]] * 20_000)]).encode()
    sentence = refusal("a.csv", start + encode_page("Hội nghị tỉnh ủy\n", "tcvn3"))
    assert "begins as UTF-8 and goes on as something else" in sentence


def test_a_code_page_that_shows_late(rows_of: Rows, story: str) -> None:
    rows = [["text"], *([["plain words"]] * 20_000), *([[story]] * 3)]
    assert rows_of("a.csv", encode_page(comma(rows), "vni"))[-1].text == story


def test_a_text_longer_than_csv_usually_takes(rows_of: Rows) -> None:
    text = "Hội nghị. " * 50_000
    assert rows_of("a.csv", comma([["text"], [text]]))[0].text == text


def test_a_quotation_mark_that_never_closes(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.plain.csv_file._LARGEST_CELL", 1000)
    assert "row 2 cannot be read" in refusal("a.csv", 'text\n"' + "Tin. " * 1000)


def test_a_size_that_was_written_wrongly_hides_nothing(rows_of: Rows) -> None:
    data = workbook([HEADER, *ROWS])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            part = old.read(info.filename)
            new.writestr(info.filename, part.replace(b'<dimension ref="A1:E3"', b'<dimension ref="A1:A1"'))
    assert buffer.getvalue() != data
    check_both(rows_of("a.xlsx", buffer.getvalue()), "a.xlsx")


def test_a_row_number_beyond_the_last_row_ends(refusal: Refusal) -> None:
    data = workbook([["text"], ["một"]])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            part = old.read(info.filename)
            if info.filename.endswith("sheet1.xml"):
                assert b'<row r="2"' in part
                part = part.replace(b'<row r="2"', b'<row r="999999999"')
            new.writestr(info.filename, part)
    assert "damaged" in refusal("a.xlsx", buffer.getvalue())


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<a", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&c;</x>'])
def test_a_workbook_with_a_broken_part(part: str, content: bytes, refusal: Refusal) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([HEADER, *ROWS]))) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == part else old.read(info.filename))
    assert refusal("a.xlsx", buffer.getvalue())


def test_cut_and_bent_workbooks_are_refused_or_read(tmp_path: Path) -> None:
    data, path = workbook([HEADER, *ROWS]), tmp_path / "a.xlsx"
    for place in range(0, len(data), len(data) // 40):
        for bent in (data[:place], data[:place] + b"\xff\xff\xff" + data[place + 3 :]):
            path.write_bytes(bent)
            try:
                reports = list(read_file(path, "a.xlsx"))
            except FormatError:
                continue
            assert [report.name for report in reports] == ["a.xlsx#2", "a.xlsx#3"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (3.0, "3"),
        (3.5, "3.5"),
        (7, "7"),
        ("05-NQ/TW", "05-NQ/TW"),
        (date(2021, 4, 29), "2021-04-29"),
    ],
)
def test_cells(value: object, text: str) -> None:
    assert cell_text(value) == text


cells = st.text(alphabet="abăđế ,;\t\"'\n0", min_size=1, max_size=30).filter(str.strip)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(cells, min_size=1, max_size=6), delimiter=st.sampled_from(",;\t"))
def test_any_texts_come_back(texts: list[str], delimiter: str, rows_of: Rows) -> None:
    reports = rows_of("a.csv", comma([["tiêu đề", "nội dung"], *(["T", text] for text in texts)], delimiter))
    assert [report.text for report in reports] == texts
