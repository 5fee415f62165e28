"""The parts of the package around the worksheets, and the zip file that holds them all.

Source: ECMA-376 part 2 (packaging) and part 1, 18.2 (workbook), 22.2 and 22.3 (properties).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from exports.xlsx.columns import defined_name, letters
from exports.xlsx.sheet import MAIN, Sheet
from exports.xlsx.styles import Styles
from exports.xlsx.text import attribute

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIPS = f"{_OFFICE}/relationships"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LETTERS_AT_ONCE = 1 << 16
_BIG = 1 << 30


def write_package(
    path: Path, sheets: Sequence[Sheet], styles: Styles, title: str, created: str, properties: Mapping[str, str]
) -> None:
    """Write the workbook to ``path``. ``created`` is a UTC time such as ``2021-04-29T08:00:00Z``;
    ``properties`` become custom document properties, which programs keep when they save the file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        _add(package, "[Content_Types].xml", [_content_types(len(sheets))])
        _add(package, "_rels/.rels", [_root_relationships()])
        _add(package, "docProps/core.xml", [_core(title, created)])
        _add(package, "docProps/app.xml", [_app()])
        _add(package, "docProps/custom.xml", [_custom(properties)])
        _add(package, "xl/workbook.xml", [_workbook(sheets)])
        _add(package, "xl/_rels/workbook.xml.rels", [_workbook_relationships(len(sheets))])
        _add(package, "xl/styles.xml", [styles.xml()])
        for number, sheet in enumerate(sheets, 1):
            _add(package, sheet_part(number), sheet.xml(), sheet.size())


def sheet_part(number: int) -> str:
    """The name of the part of worksheet ``number``, counted from 1."""
    return f"xl/worksheets/sheet{number}.xml"


def _add(package: zipfile.ZipFile, name: str, pieces: Iterable[str], size: int = 0) -> None:
    # Excel distrusts a small part with a 64-bit header, so only what is really big gets one.
    with package.open(name, "w", force_zip64=size > _BIG) as part:
        for chunk in _chunks(pieces):
            part.write(chunk.encode("utf-8"))


def _chunks(pieces: Iterable[str]) -> Iterator[str]:
    """Small pieces joined: each write to a zip file costs."""
    waiting = [_DECLARATION]
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size > _LETTERS_AT_ONCE:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)


def _content_types(sheet_count: int) -> str:
    parts = {
        "xl/workbook.xml": f"{_SPREADSHEET}.sheet.main+xml",
        "xl/styles.xml": f"{_SPREADSHEET}.styles+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    } | {sheet_part(number): f"{_SPREADSHEET}.worksheet+xml" for number in range(1, sheet_count + 1)}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets: Iterable[tuple[str, str]]) -> str:
    each = (
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _root_relationships() -> str:
    return _relationships(
        (
            (f"{_RELATIONSHIPS}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_RELATIONSHIPS}/extended-properties", "docProps/app.xml"),
            (f"{_RELATIONSHIPS}/custom-properties", "docProps/custom.xml"),
        )
    )


def _workbook_relationships(sheet_count: int) -> str:
    sheets = [(f"{_RELATIONSHIPS}/worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheet_count + 1)]
    return _relationships([*sheets, (f"{_RELATIONSHIPS}/styles", "styles.xml")])


def _workbook(sheets: Sequence[Sheet]) -> str:
    entries = "".join(
        f'<sheet name="{attribute(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    names = "".join(name for place, sheet in enumerate(sheets) for name in _defined_names(place, sheet))
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONSHIPS}"><workbookPr/>'
        '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="16000" tabRatio="700"/>'
        f"</bookViews><sheets>{entries}</sheets><definedNames>{names}</definedNames></workbook>"
    )


def _defined_names(place: int, sheet: Sheet) -> Iterator[str]:
    last = f"${letters(len(sheet.columns))}${sheet.row_count}"
    # Excel writes this one for every filter, and finds its filters by it.
    yield (
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
        f"'{sheet.name}'!$A$1:{last}</definedName>"
    )
    for number, column in enumerate(sheet.columns, 1):
        yield (
            f'<definedName name="{defined_name(sheet.name, column.key)}">'
            f"'{sheet.name}'!${letters(number)}$1</definedName>"
        )


def _core(title: str, created: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{attribute(title)}</dc:title><dc:creator>Chú Giải</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created></cp:coreProperties>'
    )


def _app() -> str:
    return f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>Chú Giải</Application></Properties>'


def _custom(properties: Mapping[str, str]) -> str:
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{attribute(name)}">'
        f"<vt:lpwstr>{attribute(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(properties.items(), 2)
    )
    return f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{entries}</Properties>'
