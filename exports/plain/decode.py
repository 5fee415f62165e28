"""Bytes to text: Unicode forms by their marks, old Vietnamese code pages by their spelling.

A wrong guess is worse than a refusal: a code page is taken only when the text it gives is spelled like
Vietnamese and no other page gives a different text that is nearly as good.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from exports.errors import FormatError
from exports.plain.codepages import PAGES, decode_page
from exports.plain.vietnamese import spelling

SAMPLE = 200_000
"""Bytes from the start of a file that a code page is told by."""

_THRESHOLD = 0.85
_MARGIN = 0.2
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as it was decoded (newlines and normal form untouched) and the name of its encoding."""

    text: str
    encoding: str


def decode(data: bytes, name: str) -> Decoded:
    """The text of ``data``. Raises ``FormatError`` when it is not Unicode and no code page can be told."""
    for bom, encoding, codec in _BOMS:
        if data.startswith(bom):
            return Decoded(_decode_unicode(data[len(bom) :], codec, name), encoding)
    codec = utf16_without_mark(data)
    if codec:
        return Decoded(_decode_unicode(data, codec, name), codec)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        page = tell_page(data, name)
    else:
        page = _page_of_few_bytes(data, text)
        if not page:
            return Decoded(text, "utf-8")
    return Decoded(decode_page(data, page), page)


def _page_of_few_bytes(data: bytes, text: str) -> str:
    """The code page of a short text that is UTF-8 only by accident (two letters of VISCII can be)."""
    if len(data) > 400 or text.isascii() or spelling(text).good:
        return ""
    return _best_page(data)


def clean(text: str, name: str) -> str:
    """``text`` as it is stored: NFC, LF, no mark of byte order.

    Raises ``FormatError`` for NUL characters, lone surrogates and a text without anything to read.
    """
    check_characters(text, name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if is_blank(text):
        raise FormatError("{name} was not imported: there is no text in it.", name=name)
    return unicodedata.normalize("NFC", text)


def is_blank(text: str) -> bool:
    """Whether nothing in ``text`` can be seen."""
    return not text or text.isspace() or not text.strip().strip(_INVISIBLE).strip()


def check_characters(text: str, name: str) -> None:
    """Raise ``FormatError`` when ``text`` has characters that no report may have."""
    if "\x00" in text:
        raise FormatError(
            "{name} was not imported: it holds NUL characters, so it is damaged or not a text; save it again as text.",
            name=name,
        )
    if not text.isascii() and _LONE_SURROGATE.search(text):
        raise _surrogates(name)


def utf16_without_mark(data: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` when the bytes are laid out like that, else an empty string."""
    sample = data[:SAMPLE]
    if len(data) < 2 or len(data) % 2 or b"\x00" not in sample:
        return ""
    pairs = len(sample) // 2
    first, second = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if second >= 0.3 and first < 0.01:
        return "utf-16-le"
    if first >= 0.3 and second < 0.01:
        return "utf-16-be"
    return ""


def tell_page(data: bytes, name: str) -> str:
    """The code page that ``data`` is written in. Raises ``FormatError`` when it cannot be told."""
    if b"\x00" in data:
        check_characters("\x00", name)
    if _only_surrogates_are_wrong(data, "utf-8"):
        raise _surrogates(name)
    page = _best_page(data[:SAMPLE])
    if not page:
        raise FormatError(
            "{name} was not imported: its encoding cannot be told; save it as UTF-8 and import it again.", name=name
        )
    return page


def _best_page(sample: bytes) -> str:
    """The code page whose reading is spelled like Vietnamese, alone among all; empty when there is none."""
    readings = [(page, decode_page(sample, page)) for page in PAGES]
    spelled = {page: spelling(text) for page, text in readings}
    # VN1 and VN3 differ in a few capitals and in punctuation: VN1 only where VN3 cannot be read.
    if spelled["tcvn5712-1"].bad >= spelled["tcvn3"].bad:
        readings = [(page, text) for page, text in readings if page != "tcvn5712-1"]
    else:
        readings = [(page, text) for page, text in readings if page != "tcvn3"]
    page, text = max(readings, key=lambda reading: spelled[reading[0]].share)  # of equals the likelier one
    best = spelled[page].share
    rival = max((spelled[other].share for other, reading in readings if reading != text), default=0.0)
    return page if best >= _THRESHOLD and best - rival >= _MARGIN else ""


def _decode_unicode(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        if _only_surrogates_are_wrong(data, codec):
            raise _surrogates(name) from error
        raise FormatError(
            "{name} was not imported: it says it is {encoding}, but byte {offset} is not; save it as UTF-8 again.",
            name=name,
            encoding=codec.upper(),
            offset=error.start,
        ) from error


def _only_surrogates_are_wrong(data: bytes, codec: str) -> bool:
    """Whether bytes that are not ``codec`` would be, were lone surrogates allowed."""
    try:
        data.decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _surrogates(name: str) -> FormatError:
    return FormatError(
        "{name} was not imported: it holds half characters (lone surrogates), so it was cut or damaged; "
        "save it again as UTF-8.",
        name=name,
    )
