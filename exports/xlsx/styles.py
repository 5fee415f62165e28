"""The looks of cells: ``xl/styles.xml`` and the numbers by which cells name them.

Source: ECMA-376 part 1, 18.8. Number format 49 is text: a spreadsheet program then takes what is typed
as it stands (``1/3``, ``05-NQ/TW``, ``007``). ``quotePrefix`` keeps a text that begins like a formula a text, also after editing.
"""

from __future__ import annotations

GENERAL, TEXT, GUARDED_TEXT, WRAP, GUARDED_WRAP, LINK, GUARDED_LINK, NUMBER, NUMBER_LINK, HEADER, EDITABLE_HEADER = (
    range(11)
)
"""Style numbers; a guarded one is its text style plus 1."""

_DARK, _LIGHT = "FF202124", "FFFFFFFF"
_TEXT_XF = 'numFmtId="49" applyNumberFormat="1"'
_TOP = '<alignment vertical="top"/>'
_TOP_WRAP = '<alignment vertical="top" wrapText="1"/>'


class Styles:
    """The fixed styles and one for each colour asked for."""

    def __init__(self) -> None:
        self._colours: dict[str, int] = {}

    def colour(self, colour: str) -> int:
        """The style of a cell filled with ``#rrggbb``."""
        return self._colours.setdefault(colour.lstrip("#").upper(), EDITABLE_HEADER + 1 + len(self._colours))

    def xml(self) -> str:
        """The part ``xl/styles.xml``."""
        fills = ["FFE8EAED", "FFD6E4F5", *(f"FF{colour}" for colour in self._colours)]
        formats = [
            _xf('numFmtId="0"', _TOP),
            *(_xf(f"{_TEXT_XF}{guard}", _TOP) for guard in ("", ' quotePrefix="1"')),
            *(_xf(f"{_TEXT_XF}{guard}", _TOP_WRAP) for guard in ("", ' quotePrefix="1"')),
            *(_xf(f"{_TEXT_XF}{guard}", _TOP_WRAP, font=2) for guard in ("", ' quotePrefix="1"')),
            _xf('numFmtId="0"', _TOP),
            _xf('numFmtId="0"', _TOP, font=2),
            _xf(_TEXT_XF, _TOP_WRAP, font=1, fill=2),
            _xf(_TEXT_XF, _TOP_WRAP, font=1, fill=3),
            *(_xf(_TEXT_XF, _TOP, font=3 + _is_dark(c), fill=4 + n) for n, c in enumerate(self._colours)),
        ]
        return (
            '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f'<fonts count="5">{_font(_DARK)}{_font(_DARK, "<b/>")}{_font("FF1A5FB4", "<u/>")}{_font(_DARK)}{_font(_LIGHT)}</fonts>'
            f'<fills count="{len(fills) + 2}"><fill><patternFill patternType="none"/></fill>'
            f'<fill><patternFill patternType="gray125"/></fill>{"".join(map(_fill, fills))}</fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        )


def _xf(what: str, alignment: str, font: int = 0, fill: int = 0) -> str:
    return (
        f'<xf {what} fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyFont="1" applyFill="1" '
        f'applyAlignment="1">{alignment}</xf>'
    )


def _font(colour: str, what: str = "") -> str:
    return f'<font>{what}<sz val="11"/><color rgb="{colour}"/><name val="Calibri"/><family val="2"/></font>'


def _fill(colour: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill></fill>'
    )


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140
