"""The Vietnamese code pages that Python lacks: VISCII, TCVN 5712 (VN1 and VN3, "ABC") and VNI for Windows.

Sources: VISCII is RFC 1456. TCVN 5712:1993 VN1 as GNU libc's TCVN5712-1 has it (both tables
were compared byte by byte with ``iconv``). VN3, which people call TCVN3 or ABC, is its small letters and
``ĂÂÊÔƠƯĐ`` at the same places; toned capitals came from fonts of capitals, and 0x80–0x9F is the punctuation
of Windows. VNI writes a letter of Windows-1252 for a vowel and a second one for its marks
(the VNI Software Company's table for Windows).

A byte that a page does not use becomes U+FFFD, which the reader takes as a sign that the page is another one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

UNKNOWN = "\ufffd"

_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "Õắằặấầẩậẽẹếềểễệố"
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉ"
    "đựòóôõỏọụùúũủýợỮ"
)

_VN1_LOW = {
    0x01: "Ú", 0x02: "Ụ", 0x04: "Ừ", 0x05: "Ử", 0x06: "Ữ",
    0x11: "Ứ", 0x12: "Ự", 0x13: "Ỳ", 0x14: "Ỷ", 0x15: "Ỹ", 0x16: "Ý", 0x17: "Ỵ",
}  # fmt: skip
_VN1_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ"
    "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
_VN3_CAPITALS = "ĂÂÊÔƠƯĐ"

_WINDOWS_PUNCTUATION = bytes(range(0x80, 0xA1)).decode("cp1252", "replace")

_TONES = "\u0301\u0300\u0309\u0303\u0323"  # in VNI's order: acute, grave, hook, tilde, dot below
_VNI_MARKS: tuple[tuple[str, str, str], ...] = (
    # vowel, what the five tones are written with, the vowel that is meant
    ("aeouôö", "ùøûõï", ""),
    ("y", "ùøûõ", ""),
    ("aeo", "áàåãä", "\u0302"),
    ("a", "éèúüë", "\u0306"),
)
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _eight_bit(low: Mapping[int, str], high: str) -> str:
    """The 256 characters of a page, for ``codecs``-like use with ``str.translate``."""
    return "".join(low.get(byte, chr(byte)) for byte in range(0x80)) + high


def _vn3_high() -> str:
    letters = [c if c.islower() or c in _VN3_CAPITALS else UNKNOWN for c in _VN1_HIGH[0x21:]]
    return _WINDOWS_PUNCTUATION + "".join(letters)


def _vni_pairs() -> dict[str, str]:
    """What VNI writes for each letter, as Windows-1252 text → the letter; both cases and mixed case."""
    pairs: dict[str, str] = {}

    def add(written: str, meant: str) -> None:
        pairs[written] = meant
        pairs[written.upper()] = meant.upper()
        if len(written) == 2:
            pairs[written[0].upper() + written[1]] = meant.upper()

    for vowels, marks, accent in _VNI_MARKS:
        for vowel in vowels:
            base = _nfc(_VNI_SINGLE.get(vowel, vowel) + accent)
            for mark, tone in zip(marks, _TONES, strict=False):
                add(vowel + mark, _nfc(base + tone))
    for vowel in "aeo":
        add(vowel + "â", _nfc(vowel + "\u0302"))
    add("aê", "ă")
    for written, meant in _VNI_SINGLE.items():
        add(written, meant)
    return pairs


_VISCII = _eight_bit(_VISCII_LOW, _VISCII_HIGH)
_VN1 = _eight_bit(_VN1_LOW, _VN1_HIGH)
_VN3 = _eight_bit({}, _vn3_high())
_VNI = _vni_pairs()
_VNI_WRITTEN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)) + "|[\u00a1-\u00ff]")
_VNI_SYMBOLS = "°·±×÷§«»®©½¼¾²³µ"

PAGES: tuple[str, ...] = ("windows-1258", "tcvn3", "vni", "viscii", "tcvn5712-1")
"""The code pages by name, the likelier first."""


def decode_page(data: bytes, page: str) -> str:
    """``data`` read as ``page`` (one of ``PAGES``), NFC; U+FFFD where the page has nothing."""
    if page == "windows-1258":
        return _nfc(data.decode("cp1258", "replace"))
    if page == "vni":
        return _VNI_WRITTEN.sub(_vni_letter, data.decode("cp1252", "replace"))
    table = {"viscii": _VISCII, "tcvn3": _VN3, "tcvn5712-1": _VN1}[page]
    return _nfc(data.decode("latin-1").translate(table))


def _vni_letter(match: re.Match[str]) -> str:
    written = match.group()
    return _VNI.get(written) or (written if written in _VNI_SYMBOLS else UNKNOWN)


def encode_page(text: str, page: str) -> bytes:
    """The bytes of ``text`` in ``page``: the way back of ``decode_page``, for letters the page has.

    Raises ``UnicodeEncodeError`` for a character that the page cannot write.
    """
    text = _nfc(text)
    if page == "windows-1258":
        return "".join(map(_split_tone, text)).encode("cp1258")
    if page == "vni":
        meant = {letter: written for written, letter in reversed(_VNI.items())}
        return "".join(meant.get(letter, letter) for letter in text).encode("cp1252")
    table = {"viscii": _VISCII, "tcvn3": _VN3, "tcvn5712-1": _VN1}[page]
    known = {letter: byte for byte, letter in enumerate(table) if letter != UNKNOWN}
    for offset, letter in enumerate(text):
        if letter not in known:
            raise UnicodeEncodeError(page, text, offset, offset + 1, "not in this code page")
    return bytes(known[letter] for letter in text)


def _split_tone(letter: str) -> str:
    """A vowel and its tone apart, as Windows-1258 writes them (``ấ`` is ``â`` and an acute)."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(c for c in parts if c in _TONES)
    return _nfc("".join(c for c in parts if c not in _TONES)) + tone
