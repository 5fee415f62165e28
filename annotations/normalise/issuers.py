"""Who issued a document: codes of the bodies, from a symbol's last part or from the words after ``của``."""

from __future__ import annotations

import re

from annotations.normalise.reading import words

_USUAL = {"ttg": "TTg", "tư": "TW", "tw": "TW", "ubkttw": "UBKTTW", "ubkttư": "UBKTTW"}
LOCAL = frozenset({"TU", "HU", "HĐND", "UBND", "DHDB"})
"""Bodies that every province or district has: their code is followed by the place's name."""

_BODIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (words(r"(?:ubkt|ủy ban kiểm tra)(?: tw| tư| trung ương)"), "UBKTTW"),
    (words(r"bộ chính trị|ban bí thư|(?:(?:ban chấp hành|bch) )?(?:trung ương|tw\b|tư\b)"), "TW"),
    (words(r"thủ tướng"), "TTg"),
    (words(r"chính phủ"), "CP"),
    (words(r"(?:ủy ban thường vụ|ubtv) quốc hội"), "UBTVQH"),
    (words(r"quốc hội"), "QH"),
    (
        words(r"(?:(?:btv|bch|ban thường vụ|ban chấp hành|thường trực) )?(?:tỉnh ủy|thành ủy|đảng bộ tỉnh)|tvtu|tu\b"),
        "TU",
    ),
    (words(r"(?:(?:btv|bch|ban thường vụ|ban chấp hành|thường trực) )?(?:huyện ủy|thị ủy|quận ủy)"), "HU"),
    (words(r"(?:thường trực )?(?:hđnd|hội đồng nhân dân)"), "HĐND"),
    (words(r"(?:chủ tịch )?(?:ubnd|ủy ban nhân dân)"), "UBND"),
)
_UNIT = words(r" ?(?:tỉnh|thành phố|tp\.?|thị xã|huyện|quận)\b")
_DISTRICT = words(r" ?(?:thị xã|huyện|quận)\b")
_OF = words(r"[\s(),]*(?:(?:ngày|khóa|nhiệm kỳ) [\w./-]+[\s),]*)*của ")
_PROPER = re.compile(r" ?((?:[A-ZĐÀ-Ỹ][^\W\d_]*(?:[ -](?=[A-ZĐÀ-Ỹ]))?)+)")
_STOPWORDS = frozenset({"Đảng", "Nhà", "Trung"})


def issuer_code(symbol: str) -> str:
    """The usual writing of an issuer in a symbol (``TTg``, ``TW``, ``HĐND``); any case."""
    return _USUAL.get(symbol.casefold(), symbol.upper())


def issuer_after(plain: str, key: str, province: str) -> str | None:
    """The issuer after ``của`` at the start of a text (``plain``, and ``key`` of the same length); with its place."""
    link = _OF.match(key)
    if link is None:
        return None
    for pattern, code in _BODIES:
        body = pattern.match(key, link.end())
        if body:
            return placed(code, place_after(plain, key, body.end()), province, bool(_DISTRICT.match(key, body.end())))
    return None


def place_after(plain: str, key: str, offset: int) -> str:
    """The proper name that follows ``offset``, behind ``tỉnh``, ``huyện``…; or nothing."""
    unit = _UNIT.match(key, offset)
    name = _PROPER.match(plain, unit.end() if unit else offset)
    return name[1].strip() if name and name[1].split()[0] not in _STOPWORDS else ""


def placed(code: str, place: str, province: str, district: bool = False) -> str | None:
    """The code with its place; None for a local body whose place is not known."""
    if code not in LOCAL:
        return code
    known = place or ("" if district or code == "HU" else bare_name(province))
    return f"{code}-{known}" if known else None


def bare_name(province: str) -> str:
    """``Hà Nam`` for ``tỉnh Hà Nam``."""
    return re.sub(r"^(?:tỉnh|thành phố|tp\.?)\s+", "", " ".join(province.split()), flags=re.IGNORECASE)
