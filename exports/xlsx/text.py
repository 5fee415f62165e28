"""Text in cells: what a workbook cannot hold is replaced or cut where it can be seen, and counted.

Source: ECMA-376 part 1, 18.4 and 22.9.2.19 (``ST_Xstring``); XML 1.0, production ``Char``.
"""

from __future__ import annotations

import re
from collections import Counter

Runs = tuple[tuple[str, bool], ...]
"""Pieces of one cell's text, each with whether it is bold."""

CELL_LIMIT = 32_767
"""What a cell holds, in UTF-16 units."""
CUT = "cells longer than 32,767 characters, cut"
REPLACED = "control characters, replaced by U+FFFD"

_ROOM = 40  # for "… [cut: N characters]"
_BEFORE = 200  # what is kept before a mention when its sentence is cut in front
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MARKUP = re.compile("[&<>\r]")
# Excel reads _x0041_ as A. Cut into two runs it is no escape, for any program, and reads back as it was.
_ESCAPE = re.compile("(?<=_x)(?=[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_BOLD = '<rPr><b/><sz val="11"/><rFont val="Calibri"/><family val="2"/></rPr>'


def units(text: str) -> int:
    """The length of ``text`` in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit_text(text: str, losses: Counter[str]) -> str:
    """``text`` as a cell can hold it."""
    if _ILLEGAL.search(text):
        text = _replaced(text, losses)
    if len(text) * 2 > CELL_LIMIT and units(text) > CELL_LIMIT:
        losses[CUT] += 1
        kept = _first(text, CELL_LIMIT - _ROOM)
        text = kept + _mark_after(len(text) - len(kept))
    return text


def fit_runs(runs: Runs, losses: Counter[str]) -> Runs:
    """``runs`` as a cell can hold them; the first bold piece is kept in sight."""
    joined = "".join([piece for piece, _ in runs])
    if _ILLEGAL.search(joined):
        runs = tuple((_replaced(piece, losses), bold) for piece, bold in runs)
    if len(joined) * 2 <= CELL_LIMIT or units(joined) <= CELL_LIMIT:
        return runs
    losses[CUT] += 1
    before, bold_end = _first_bold(runs)
    in_sight = units(joined[:bold_end]) <= CELL_LIMIT - 2 * _ROOM
    dropped = 0 if in_sight else max(0, before - _BEFORE)
    start = [(f"[cut: {dropped} characters] …", False)] if dropped else []
    return (*start, *_window(runs, dropped, CELL_LIMIT - 2 * _ROOM))


def text_xml(text: str) -> str:
    """The inside of an ``<is>`` element for a fitted text."""
    if "_x" in text and _ESCAPE.search(text):
        return runs_xml(((text, False),))
    if _MARKUP.search(text):
        text = escaped(text)
    return f'<t xml:space="preserve">{text}</t>' if text[0].isspace() or text[-1].isspace() else f"<t>{text}</t>"


def runs_xml(runs: Runs) -> str:
    """The inside of an ``<is>`` element for fitted runs."""
    return "".join(
        [
            f'<r>{_BOLD if bold else ""}<t xml:space="preserve">{escaped(part)}</t></r>'
            for piece, bold in runs
            for part in (_ESCAPE.split(piece) if "_x" in piece else (piece,))
            if part
        ]
    )


def escaped(text: str) -> str:
    """Text or attribute value for XML; a carriage return survives as a character reference."""
    return _MARKUP.sub(lambda found: _ENTITIES[found.group()], text) if _MARKUP.search(text) else text


def attribute(text: str) -> str:
    """``text`` for an XML attribute in double quotes; what XML cannot hold becomes U+FFFD."""
    return escaped(_ILLEGAL.sub("\ufffd", text)).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _replaced(text: str, losses: Counter[str]) -> str:
    text, count = _ILLEGAL.subn("\ufffd", text)
    losses[REPLACED] += count
    return text


def _first(text: str, limit: int) -> str:
    """As much of ``text`` as fits in ``limit`` UTF-16 units; no character is halved."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")


def _first_bold(runs: Runs) -> tuple[int, int]:
    """Start and end of the first bold piece, in code points of the joined runs; ``(0, 0)`` without any."""
    place = 0
    for piece, bold in runs:
        if bold:
            return place, place + len(piece)
        place += len(piece)
    return 0, 0


def _mark_after(count: int) -> str:
    return f"… [cut: {count} characters]"


def _window(runs: Runs, dropped: int, limit: int) -> Runs:
    """``runs`` from the code point ``dropped`` on, as far as ``limit`` UTF-16 units reach, and the mark."""
    kept: list[tuple[str, bool]] = []
    left_out = 0
    for piece, bold in runs:
        part = piece[dropped:]
        dropped = max(0, dropped - len(piece))
        shown = _first(part, limit) if limit > 0 else ""
        limit -= units(shown)
        left_out += len(part) - len(shown)
        if len(shown) < len(part):
            limit = 0
        kept.append((shown, bold))
    if left_out:
        kept.append((_mark_after(left_out), False))
    return tuple(kept)
