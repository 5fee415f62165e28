"""Full names: of officials in usual case, of organisations with their abbreviations written out."""

from __future__ import annotations

import re
import unicodedata

from annotations.matching import same_word_key
from annotations.normalise.issuers import bare_name

_SYLLABLE = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("AEIOUY")
_CITIES = frozenset(same_word_key(name) for name in ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ", "Huế"))
"""Run from the centre: their party committee is a Thành ủy."""

ABBREVIATIONS = {
    "BTV": "Ban Thường vụ",
    "BCH": "Ban Chấp hành",
    "TVTU": "Ban Thường vụ Tỉnh ủy",
    "UBKT": "Ủy ban Kiểm tra",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "ĐBQH": "đại biểu Quốc hội",
    "TW": "Trung ương",
    "TƯ": "Trung ương",
    "TU": "Tỉnh ủy",
    "BCĐ": "Ban Chỉ đạo",
    "KCN": "khu công nghiệp",
    "UVTW": "Ủy viên Trung ương",
    "UVBCHTW": "Ủy viên Ban Chấp hành Trung ương",
    "UVBTV": "Ủy viên Ban Thường vụ",
    "UVTVTU": "Ủy viên Ban Thường vụ Tỉnh ủy",
    "TUV": "Tỉnh ủy viên",
}
"""What reports shorten, as they write it, and the words in full."""

_SHORT = re.compile(r"(?<!\w)(?:Ban (?=TVTU))?(" + "|".join(sorted(ABBREVIATIONS, key=len, reverse=True)) + r")(?!\w)")
_ASIDE = re.compile(r" \((?:" + "|".join(ABBREVIATIONS) + r")\)")
_LOCAL_END = re.compile(r"(?:Tỉnh|Thành) (?:ủy|uỷ)$|(?<=\w )tỉnh$")


def canonical_name(surface: str) -> str:
    """A person's name in NFC, usual case, single spaces: ``LÊ THỊ  THỦY`` becomes ``Lê Thị Thủy``."""
    return _SYLLABLE.sub(_usual_case, _spaced(surface))


def expand_org(surface: str, province: str = "") -> str:
    """An organisation's name with its abbreviations written out, and with the province that it leaves unsaid.

    ``BTV Tỉnh ủy`` of a report from Hà Nam becomes ``Ban Thường vụ Tỉnh ủy Hà Nam``.
    """
    name = _ASIDE.sub("", _SYLLABLE.sub(_slipped_shift, _spaced(surface)))
    name = _SHORT.sub(lambda match: ABBREVIATIONS[match[1]], name)
    place = bare_name(unicodedata.normalize("NFC", province))
    if same_word_key(place) in _CITIES:
        name = name.replace("Tỉnh ủy", "Thành ủy") if "Tỉnh ủy" not in surface else name
    return f"{name} {place}" if place and _LOCAL_END.search(name) else name


def _spaced(surface: str) -> str:
    return " ".join(unicodedata.normalize("NFC", surface).split())


def _usual_case(match: re.Match[str]) -> str:
    """A syllable in capitals or in small letters gets one capital; mixed ones are left but for a slipped shift."""
    syllable = match.group()
    return syllable.capitalize() if syllable.isupper() or syllable.islower() else _slipped_shift(match)


def _slipped_shift(match: re.Match[str]) -> str:
    """``TỈnh`` was meant as ``Tỉnh``; ``TTg`` stays."""
    syllable = match.group()
    plain = unicodedata.normalize("NFD", syllable[1:2])[:1]
    slipped = len(syllable) > 2 and syllable[:2].isupper() and syllable[2:].islower() and plain in _VOWELS
    return syllable.capitalize() if slipped else syllable
