"""Word documents: order, tables, tracked changes, and damaged or hostile files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from exports.errors import FormatError
from exports.plain import PlainReport, read_file
from exports.plain import archive as archive_module

Read = Callable[[str, bytes | str], PlainReport]
Refusal = Callable[[str, bytes | str], str]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(xml: str) -> bytes:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:sdt {W}><w:sdtContent>{xml}</w:sdtContent></w:sdt>"))
    return saved(document)


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The archive with parts replaced (``__`` in a keyword stands for ``/``, ``_`` for a dot)."""
    wanted = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, wanted.get(info.filename, old.read(info.filename)))
    return buffer.getvalue()


def plain() -> bytes:
    document = docx.Document()
    document.add_paragraph("Thứ Năm, 29/04/2021")
    document.add_heading("Huyện ủy họp phiên thường kỳ")
    document.add_paragraph("Hội nghị bàn ").add_run("ba việc.").bold = True
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("Họ tên", "Chức vụ", "Lan", "Bí thư"), strict=True):
        cell.text = words
    document.add_paragraph("Nguồn: Báo Hà Nam")
    document.core_properties.title = "Tên khác"
    return saved(document)


def test_paragraphs_and_cells_in_their_order(one: Read) -> None:
    report = one("a.docx", plain())
    assert report.text == (
        "Thứ Năm, 29/04/2021\nHuyện ủy họp phiên thường kỳ\nHội nghị bàn ba việc.\n"
        "Họ tên\tChức vụ\nLan\tBí thư\nNguồn: Báo Hà Nam"
    )
    assert (report.title, report.date) == ("Huyện ủy họp phiên thường kỳ", "2021-04-29")
    assert (report.source, report.locality, report.doubts) == ("Báo Hà Nam", "Hà Nam", ())
    assert report.metadata["document_title"] == "Tên khác"
    assert report.encoding == ""


def test_properties_are_weak_hints(one: Read) -> None:
    document = docx.Document()
    document.add_paragraph("Sáng nay Huyện ủy họp bàn việc. " * 12)
    document.core_properties.title = "Huyện ủy họp"
    report = one("a.docx", saved(document))
    assert (report.title, report.date) == ("Huyện ủy họp", "")
    assert {"title", "date"} <= set(report.doubts)
    assert report.metadata["document_created"] == "2013-12-23"  # the library's template; so much for that date


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:p><w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:tab/><w:t>ba</w:t></w:r></w:p>", "một\nhai\tba"),
        ("<w:p><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:del><w:r><w:delText>bớt</w:delText></w:r></w:del></w:p>",
         "thêm"),
        ("<w:p><w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>mới</w:t></w:r></w:moveTo></w:p>",
         "mới"),
        ("<w:p><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink></w:p>", "liên kết"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>chữ</w:t></w:r></w:p>", "chữ"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>ô điều khiển</w:t></w:r></w:p></w:sdtContent></w:sdt>", "ô điều khiển"),
        ("<w:p><w:r><w:t>khóa</w:t></w:r><w:r><w:noBreakHyphen/><w:t>XX</w:t></w:r></w:p>", "khóa\u2011XX"),
        ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>"
         "<w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", "a\nb\nc"),
        ("<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t>"
         "</w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>", "a\tb"),
        ("<w:p><w:r><w:t>trước</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>khung</w:t></w:r></w:p>"
         "</w:txbxContent></w:pict></w:r></w:p>", "trước\nkhung"),
    ],
)  # fmt: skip
def test_what_word_can_hold(xml: str, text: str, one: Read) -> None:
    assert one("a.docx", with_body(xml)).text.rstrip("\n") == text


def test_a_merged_cell_comes_once(one: Read) -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "gộp"
    table.cell(0, 2).text = "riêng"
    assert one("a.docx", saved(document)).text == "gộp\triêng"


def test_nfd_comes_in_as_nfc(one: Read) -> None:
    document = docx.Document()
    document.add_paragraph("Ti\u0309nh u\u0309y")
    assert one("a.docx", saved(document)).text == "Tỉnh ủy"


def test_a_document_without_text(refusal: Refusal) -> None:
    assert "no text" in refusal("a.docx", saved(docx.Document()))


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_locked_or_old_file(name: str, refusal: Refusal) -> None:
    assert "password" in refusal(name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_an_encrypted_archive(refusal: Refusal) -> None:
    data = bytearray(plain())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.start_dir
    data[start + 8] |= 1  # the general purpose flag of the first entry
    assert "password" in refusal("a.docx", bytes(data))


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
@pytest.mark.parametrize("content", [b"not a zip", b"PK\x03\x04broken", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive(name: str, content: bytes, refusal: Refusal) -> None:
    assert "damaged" in refusal(name, content)


def test_a_spreadsheet_called_docx(refusal: Refusal) -> None:
    import openpyxl

    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    assert "damaged or not of the kind" in refusal("a.docx", buffer.getvalue())


@pytest.mark.parametrize("part", [b"", b"<w:document", b"<a/>", b"<!DOCTYPE x []><x>&y;</x>"])
def test_a_document_with_a_broken_part(part: bytes, refusal: Refusal) -> None:
    assert "damaged" in refusal("a.docx", repacked(plain(), word__document_xml=part))


def test_cut_and_bent_files_are_refused_or_read(tmp_path: Path) -> None:
    data, path = plain(), tmp_path / "a.docx"
    for place in range(0, len(data), len(data) // 60):
        for bent in (data[:place], data[:place] + b"\xff\xff\xff" + data[place + 3 :]):
            path.write_bytes(bent)
            try:
                (report,) = read_file(path, "a.docx")
            except FormatError:
                continue
            assert report.text.startswith("Thứ Năm")


def test_no_outside_entity_is_followed(one: Read, refusal: Refusal, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("bí mật")
    xml = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]><w:document {W}><w:body><w:p><w:r>'
        "<w:t>Tin &x; hết</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "bí mật" not in one("a.docx", repacked(plain(), word__document_xml=xml.encode())).text


def test_laughing_entities_do_not_grow(refusal: Refusal) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    xml = (
        f"<!DOCTYPE d [{entities}]><w:document {W}><w:body><w:p><w:r><w:t>Tin </w:t></w:r><w:r><w:t>&a11;</w:t></w:r>"
        "</w:p></w:body></w:document>"
    )
    assert "damaged" in refusal("a.docx", repacked(plain(), word__document_xml=xml.encode()))


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_archive_that_unpacks_to_far_too_much(name: str, refusal: Refusal) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml" if name == "a.docx" else "xl/workbook.xml", b" " * (40 * 2**20))
    assert len(buffer.getvalue()) < 100_000
    assert "would unpack to 40 MB" in refusal(name, buffer.getvalue())


def test_the_sum_of_parts_is_bounded_too(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "_TOTAL_LIMIT", 1000)
    assert "would unpack" in refusal("a.docx", plain())
