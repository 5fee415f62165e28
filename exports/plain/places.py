"""The provinces and cities of Vietnam, as a report's locality.

The 63 units up to June 2025; the 34 since 1 July 2025 (Resolution 202/2025/QH15) carry names out of them,
``Huế`` instead of ``Thừa Thiên Huế``. Hà Tây and Hà Nam Ninh stand for older reports.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_CITY = "TP. Hồ Chí Minh"
_NAMES = [
    "An Giang",
    "Bà Rịa - Vũng Tàu",
    "Bạc Liêu",
    "Bắc Giang",
    "Bắc Kạn",
    "Bắc Ninh",
    "Bến Tre",
    "Bình Dương",
    "Bình Định",
    "Bình Phước",
    "Bình Thuận",
    "Cà Mau",
    "Cao Bằng",
    "Cần Thơ",
    "Đà Nẵng",
    "Đắk Lắk",
    "Đắk Nông",
    "Điện Biên",
    "Đồng Nai",
    "Đồng Tháp",
    "Gia Lai",
    "Hà Giang",
    "Hà Nam",
    "Hà Nội",
    "Hà Tĩnh",
    "Hải Dương",
    "Hải Phòng",
    "Hậu Giang",
    "Hòa Bình",
    "Huế",
    "Hưng Yên",
    "Khánh Hòa",
    "Kiên Giang",
    "Kon Tum",
    "Lai Châu",
    "Lạng Sơn",
    "Lào Cai",
    "Lâm Đồng",
    "Long An",
    "Nam Định",
    "Nghệ An",
    "Ninh Bình",
    "Ninh Thuận",
    "Phú Thọ",
    "Phú Yên",
    "Quảng Bình",
    "Quảng Nam",
    "Quảng Ngãi",
    "Quảng Ninh",
    "Quảng Trị",
    "Sóc Trăng",
    "Sơn La",
    "Tây Ninh",
    "Thái Bình",
    "Thái Nguyên",
    "Thanh Hóa",
    "Thừa Thiên Huế",
    "Tiền Giang",
    "Trà Vinh",
    "Tuyên Quang",
    "Vĩnh Long",
    "Vĩnh Phúc",
    "Yên Bái",
    "Hà Tây",
    "Hà Nam Ninh",
]
_VARIANTS = {
    "Bà Rịa–Vũng Tàu": "Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu": "Bà Rịa - Vũng Tàu",
    "Bà Rịa – Vũng Tàu": "Bà Rịa - Vũng Tàu", "BR-VT": "Bà Rịa - Vũng Tàu", "BRVT": "Bà Rịa - Vũng Tàu",
    "Bắc Cạn": "Bắc Kạn", "Đắc Lắc": "Đắk Lắk", "Đắk Lắc": "Đắk Lắk", "Đắc Lắk": "Đắk Lắk", "Đăk Lăk": "Đắk Lắk",
    "Đăk Lắk": "Đắk Lắk", "Đắc Nông": "Đắk Nông", "Đăk Nông": "Đắk Nông", "Hoà Bình": "Hòa Bình",
    "Khánh Hoà": "Khánh Hòa", "Thanh Hoá": "Thanh Hóa", "Thừa Thiên - Huế": "Thừa Thiên Huế",
    "Thừa Thiên-Huế": "Thừa Thiên Huế", "Thừa Thiên – Huế": "Thừa Thiên Huế", "KonTum": "Kon Tum", "Kontum": "Kon Tum",
    "TP. Hồ Chí Minh": _CITY, "TP Hồ Chí Minh": _CITY, "TP.Hồ Chí Minh": _CITY, "Thành phố Hồ Chí Minh": _CITY,
    "thành phố Hồ Chí Minh": _CITY, "TPHCM": _CITY, "TP.HCM": _CITY, "TP. HCM": _CITY, "TP HCM": _CITY,
}  # fmt: skip

PROVINCES: dict[str, str] = {
    **{name: name for name in _NAMES},
    **_VARIANTS,
}
"""Spelling → name, in the capitals of running text."""

_SPELLINGS = {spelling.upper(): name for spelling, name in PROVINCES.items()}
_LEADS = ("ỉnh ", "ỈNH ", "hành phố ", "HÀNH PHỐ ", "ủy ", "uỷ ", "ỦY ", "UỶ ", "Báo ", "BÁO ", "TP. ", "TP ")
_CITY_LEADS = ("hành phố ", "HÀNH PHỐ ", "TP. ", "TP ")


def _pattern(spellings: list[str]) -> str:
    return "(?:" + "|".join(re.escape(name) for name in sorted(spellings, key=len, reverse=True)) + r")(?!\w)"


_ANY_CASE = [name for spelling in PROVINCES for name in (spelling, spelling.upper())]
_NAME = re.compile(_pattern(_ANY_CASE))
_ANYWHERE = re.compile(r"(?<!\w)" + _pattern(_ANY_CASE))
_BARE_CITY = re.compile(_pattern(["Hồ Chí Minh", "HỒ CHÍ MINH"]))
_DATELINE = re.compile(
    rf"[(\[]?(?P<place>{_NAME.pattern})(?:[ ,/–-]+(?P<agency>TTXVN|[A-ZĐ]{{2,8}}))?[)\]]?(?: \([^()]{{2,24}}\))? ?[-–—:,] ?(?=\S)"
)


def province_in(words: str) -> str:
    """The one province that a short text (a source, a header) names; empty for none or several."""
    found = {_SPELLINGS[match.group().upper()] for match in _ANYWHERE.finditer(words)}
    return found.pop() if len(found) == 1 else ""


def dateline(line: str) -> tuple[str, int]:
    """``(Hà Nam) - Sáng 26/4…``: the province that the NFC line opens with and the offset after it; else ``("", 0)``."""
    match = _DATELINE.match(line)
    return (_SPELLINGS[match["place"].upper()], match.end()) if match else ("", 0)


def likely_province(text: str) -> str:
    """The province a text is about: named after *tỉnh*, *Tỉnh ủy*, *thành phố*… far more often than any other.

    Empty when two names are near to each other. A bare name does not count: people are called Thái Bình too.
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = text.replace("\u00a0", " ")
    counts: Counter[str] = Counter()
    for lead in _LEADS:
        place = text.find(lead)
        while place >= 0:
            place += len(lead)
            if match := _NAME.match(text, place):
                counts[_SPELLINGS[match.group().upper()]] += 1
            elif lead in _CITY_LEADS and _BARE_CITY.match(text, place):
                counts[_CITY] += 1
            place = text.find(lead, place)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 3 * ranked[1][1]):
        return ""
    return ranked[0][0]
