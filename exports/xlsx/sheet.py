"""One worksheet, written row by row: rows and links wait in temporary files, so memory stays the same.

Source: ECMA-376 part 1, 18.3.1 (order of the elements of ``worksheet``).
"""

from __future__ import annotations

import math
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.xlsx.columns import Column, Kind, letters
from exports.xlsx.links import Links
from exports.xlsx.styles import EDITABLE_HEADER, HEADER, LINK, NUMBER, NUMBER_LINK, TEXT, WRAP
from exports.xlsx.text import Runs, escaped, fit_runs, fit_text, runs_xml, text_xml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = {Kind.TEXT: TEXT, Kind.WRAP: WRAP, Kind.NUMBER: NUMBER}
_FORMULA_LIKE = frozenset("=+-@\t\r\n")


@dataclass(frozen=True, slots=True)
class Linked:
    """A cell that leads to another place in the workbook (``Entities!A17``)."""

    value: str | int
    place: str


@dataclass(frozen=True, slots=True)
class Coloured:
    """A text cell with a style of its own."""

    value: str
    style: int


Cell = str | int | float | Runs | Linked | Coloured | None


class Sheet:
    """A worksheet in the making.

    ``row_count`` counts all rows, the header too. ``choices`` gives a column, by key, the cells
    whose values are offered in it (``Codebook!$B$2:$B$9``, or a formula that gives them); in the ``strict`` columns
    nothing else can be typed.
    """

    def __init__(self, name: str, columns: Sequence[Column], language: str, losses: Counter[str]) -> None:
        self.name = name
        self.columns = columns
        self.row_count = 0
        self.choices: Mapping[str, str] = {}
        self.strict: frozenset[str] = frozenset()
        self._losses = losses
        self._letters = [letters(number) for number in range(1, len(columns) + 1)]
        self._styles = [_STYLES[column.kind] for column in columns]
        self._rows = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - closed by close()
        self.links = Links()
        self.append(
            [Coloured(column.title(language), EDITABLE_HEADER if column.editable else HEADER) for column in columns]
        )

    def append(self, values: Sequence[Cell]) -> None:
        """Write the next row; texts are fitted already (:meth:`fitted`)."""
        self.row_count += 1
        row = str(self.row_count)
        cells = [f'<row r="{row}">']
        for letter, style, value in zip(self._letters, self._styles, values, strict=True):
            if type(value) is str:
                if value:
                    cells.append(_text_cell(letter + row, style, value))
            elif value is not None:
                cells.append(self._other_cell(letter, row, style, value))
        cells.append("</row>")
        self._rows.write("".join(cells))

    def fitted(self, values: Sequence[Cell]) -> list[Cell]:
        """``values`` as cells can hold them; what is lost is counted."""
        return [self._fit(value) if value else value for value in values]

    def xml(self) -> Iterator[str]:
        """The worksheet part, in pieces."""
        last = f"{self._letters[-1]}{self.row_count}"
        yield f'<worksheet xmlns="{MAIN}"><dimension ref="A1:{last}"/>'
        yield (
            '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
            'state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
            '<sheetFormatPr defaultRowHeight="15"/><cols>'
        )
        for number, (column, style) in enumerate(zip(self.columns, self._styles, strict=True), 1):
            yield f'<col min="{number}" max="{number}" width="{column.width}" style="{style}" customWidth="1"/>'
        yield "</cols><sheetData>"
        yield from self._body()
        yield f'</sheetData><autoFilter ref="A1:{last}"/>'
        yield from self._validations()
        yield from self.links.xml()
        yield '<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'

    def size(self) -> int:
        """About how many bytes :meth:`xml` will give."""
        self._rows.flush()
        return os.fstat(self._rows.fileno()).st_size + self.links.size()

    def close(self) -> None:
        """Throw the temporary files away."""
        self._rows.close()
        self.links.close()

    def _body(self) -> Iterator[str]:
        self._rows.seek(0)
        while piece := self._rows.read(1 << 18):
            yield piece

    def _validations(self) -> Iterator[str]:
        offered = [
            f'<dataValidation type="list" errorStyle="{"stop" if column.key in self.strict else "warning"}" '
            f'allowBlank="1" showErrorMessage="1" sqref="{letter}2:{letter}{max(2, self.row_count)}">'
            f"<formula1>{escaped(self.choices[column.key])}</formula1></dataValidation>"
            for letter, column in zip(self._letters, self.columns, strict=True)
            if column.key in self.choices
        ]
        if offered:
            yield f'<dataValidations count="{len(offered)}">{"".join(offered)}</dataValidations>'

    def _fit(self, value: Cell) -> Cell:
        match value:
            case str():
                return fit_text(value, self._losses)
            case Linked(str() as text, place):
                return Linked(fit_text(text, self._losses), place)
            case Linked():
                return value
            case Coloured(text, style):
                return Coloured(fit_text(text, self._losses), style)
            case tuple():
                return fit_runs(value, self._losses)
            case _:
                return value

    def _other_cell(self, letter: str, row: str, style: int, value: Cell) -> str:
        match value:
            case Linked(shown, place):
                if shown == "":
                    return ""
                self.links.add(letter, int(row), place)
                return (
                    _text_cell(letter + row, LINK, shown)
                    if isinstance(shown, str)
                    else _number(letter + row, NUMBER_LINK, shown)
                )
            case Coloured(text, own_style):
                return _text_cell(letter + row, own_style, text) if text else ""
            case tuple():
                return f'<c r="{letter}{row}" s="{style}" t="inlineStr"><is>{runs_xml(value)}</is></c>' if value else ""
            case int() | float():
                return _number(letter + row, style, value)
            case _:
                raise TypeError(type(value))


def _text_cell(place: str, style: int, text: str) -> str:
    if text[0] in _FORMULA_LIKE and style in (TEXT, WRAP, LINK):
        style += 1
    return f'<c r="{place}" s="{style}" t="inlineStr"><is>{text_xml(text)}</is></c>'


def _number(place: str, style: int, value: float) -> str:
    if not math.isfinite(value):
        return _text_cell(place, TEXT, str(value))
    return f'<c r="{place}" s="{style}"><v>{value!r}</v></c>'
