"""Word documents: paragraphs and table cells in document order."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from exports.plain.archive import check_office_file, damaged

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INLINE = {f"{_W}t": None, f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
# What is struck out, what stands elsewhere on the page, and the second copy of what an older Word could not show.
_SKIPPED = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}pPr",
    f"{_W}rPr",
    f"{_W}instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_DEEPEST = 100


def read_docx(path: Path, data: bytes, name: str) -> tuple[str, dict[str, str]]:
    """The text of a document, and its properties ``document_title`` and ``document_created`` (weak hints).

    Each paragraph is a line; the cells of a table row are joined by tabs while each is one line, else they follow each
    other. Headers, footers, notes and what is marked as deleted are left out. Raises ``FormatError``.
    """
    check_office_file(path, name, "word/")
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(BytesIO(data))
        lines = list(_blocks(document.element.body, 0))
        properties = document.core_properties
        hints = {"document_title": properties.title or ""}
        hints["document_created"] = properties.created.date().isoformat() if properties.created else ""
    except (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, AttributeError, TypeError,
            IndexError, EOFError, OSError, NotImplementedError) as error:  # fmt: skip
        # the library meets a damaged document with any of these
        raise damaged(name) from error
    return "\n".join(lines), {key: value for key, value in hints.items() if value}


def _blocks(parent: _Element, depth: int) -> Iterator[str]:
    """The lines of the paragraphs and tables under ``parent``, through content controls and tracked insertions."""
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    for child in parent:
        tag = child.tag
        if tag == f"{_W}p":
            yield from _paragraph(child)
        elif tag == f"{_W}tr":
            yield from _row(child, depth)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            yield from _blocks(child, depth + 1)


def _row(row: _Element, depth: int) -> Iterator[str]:
    cells = [
        [line for line in _blocks(cell, depth + 1) if line.strip()]
        for cell in row.iter(f"{_W}tc")
        if next(cell.iterancestors(f"{_W}tr")) is row
    ]
    if all(len(cell) <= 1 for cell in cells):
        yield "\t".join(cell[0] if cell else "" for cell in cells).rstrip("\t")
    else:
        for cell in cells:
            yield from cell


def _paragraph(paragraph: _Element) -> Iterator[str]:
    """The paragraph's own lines, then those of text boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[_Element] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag in _INLINE:
            pieces.append(_INLINE[tag] or element.text or "")
        elif tag == f"{_W}txbxContent":
            boxes.append(element)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            waiting.extend(reversed(element))
    yield from "".join(pieces).split("\n")
    for box in boxes:
        yield from _blocks(box, _DEEPEST - 10)
