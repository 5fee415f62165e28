"""Reading one file into plain reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from exports.errors import FormatError
from exports.plain.decode import clean, decode
from exports.plain.files import SUFFIXES, TABLE, TEXT, WEB, check_readable, load, shown_path
from exports.plain.recognise import recognise
from exports.plain.report import Metadata, PlainReport


def read_file(path: Path, name: str, *, mapping: Mapping[str, str] | None = None) -> Iterator[PlainReport]:
    """The reports of a file: one, or one for each row of a spreadsheet.

    ``mapping`` (field → heading, see ``columns.FIELDS``) says which column of a spreadsheet is what; without it the
    headings tell. Raises ``FormatError`` before the first report is given when the file cannot be taken whole.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        check_readable(path, name)
        raise FormatError(
            "{name} was not imported: it is not a kind of file that can be read ({known}).",
            name=name,
            known=", ".join(SUFFIXES),
        )
    if suffix in TABLE:
        from exports.plain.table import read_table

        yield from read_table(path, name, mapping)
    elif suffix in TEXT:
        yield _read_text(path, name)
    elif suffix in WEB:
        yield _read_page(path, name)
    else:
        yield _read_document(path, name)


def _read_text(path: Path, name: str) -> PlainReport:
    data = load(path, name)
    decoded = decode(data, name)
    text = clean(decoded.text, name)
    return _report(path, name, data, text, decoded.encoding, recognise(text, name))


def _read_page(path: Path, name: str) -> PlainReport:
    from exports.plain.webpage import read_html

    data = load(path, name)
    page = read_html(data, name)
    text = clean(page.text, name)
    told = recognise(text, name)
    hints = {"title": page.title if page.title_sure or "title" in told.doubts else "", "date": page.date}
    if not told.source:
        hints["source"] = page.site
    known = told.with_hints(hints)
    if page.title and not page.title_sure and hints["title"]:
        known = _doubting(known, "title")
    if page.date and told.date and "date" not in told.doubts and not page.date.startswith(told.date):
        known = _doubting(known, "date")  # the machines' date and the readers' date differ
    return _report(path, name, data, text, page.encoding, known)


def _read_document(path: Path, name: str) -> PlainReport:
    from exports.plain.word import read_docx

    data = load(path, name)
    body, properties = read_docx(path, data, name)
    text = clean(body, name)
    known = recognise(text, name)
    if not known.title and properties.get("document_title"):
        known = _doubting(known.with_hints({"title": properties["document_title"]}), "title")
    return _report(path, name, data, text, "", known, properties)


def _doubting(known: Metadata, field: str) -> Metadata:
    doubts = (*(name for name in known.doubts if name != field), field)
    return Metadata(known.title, known.date, known.source, known.locality, doubts)


def _report(
    path: Path,
    name: str,
    data: bytes,
    text: str,
    encoding: str,
    known: Metadata,
    metadata: Mapping[str, object] | None = None,
) -> PlainReport:
    return PlainReport(
        name, text, known.title, known.date, known.source, known.locality,
        encoding, hashlib.sha256(data).hexdigest(), shown_path(path), known.doubts, metadata or {},
    )  # fmt: skip
