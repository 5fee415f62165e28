"""Identifiers of resolutions and other documents: ``ISSUER:KIND:NUMBER[:YEAR]``.

State symbols are ``number[/year]/KIND-ISSUER``, party symbols ``number-KIND/ISSUER``. Offsets are code
points, half-open; the text is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from annotations.matching import one_tone_style
from annotations.normalise.issuers import issuer_after, issuer_code, place_after, placed
from annotations.normalise.numerals import ORDINAL, ordinal
from annotations.normalise.reading import words
from annotations.normalise.terms import term_numbers

_KINDS = (
    ("nghị quyết", "nghi_quyet", "NQ"),
    ("chỉ thị", "chi_thi", "CT"),
    ("quyết định", "quyet_dinh", "QĐ"),
    ("kết luận", "ket_luan", "KL"),
    ("quy định", "quy_dinh", "QyĐ"),
    ("quy chế", "quy_che", "QC"),
    ("thông báo", "thong_bao", "TB"),
    ("hướng dẫn", "huong_dan", "HD"),
    ("nghị định", "nghi_dinh", "NĐ"),
    ("thông tư", "thong_tu", "TT"),
    ("chương trình", "chuong_trinh", "CTr"),
    ("kế hoạch", "ke_hoach", "KH"),
    ("đề án", "de_an", "ĐA"),
)
_UNCODED = (("luật", "luat"), ("bộ luật", "luat"), ("quy hoạch", "quy_hoach"))
_KIND_OF_CODE = {code.casefold(): kind for _, kind, code in _KINDS}
_CODE_OF_KIND = {kind: code for _, kind, code in _KINDS}
_HEADS = tuple(
    (words(rf"(?:dự thảo )?{head}\b"), kind) for head, kind in [*((head, kind) for head, kind, _ in _KINDS), *_UNCODED]
)
_CODE_HEAD = re.compile(r"([^\W\d_]{2,3})(?: số)? ?(?=\d)")

_LETTERS = r"[^\W\d_]"
_PARTY = re.compile(rf"(?<![\w/-])((?:\d+[a-z]?(?:, ?| và ))*\d+[a-z]?) ?[-–] ?({_LETTERS}+) ?/ ?({_LETTERS}+)(?!\w)")
_STATE = re.compile(
    rf"(?<![\w/-])(\d+[a-z]?)(?:/(\d{{4}}))?/({_LETTERS}+) ?[-–] ?((?:{_LETTERS}+[-–])*{_LETTERS}+)(?!\w)"
)
_ASSEMBLY = re.compile(r"(?<![\w/-])(\d+)/(\d{4})/((?:ubtv)?qh)(\d{1,2})(?!\w)")
_BARE_NUMBER = words(r"(?: liên tịch)?(?: số)?:? ?(\d{1,4})(?![\w/%]|[.,-]\d| năm\b| tháng\b)")
_TERM = words(rf"(?:,? ?\(?| )(?:nhiệm kỳ )?khóa ({ORDINAL}(?:(?:, | và ){ORDINAL})*)")
_PLENUM = words(
    rf"(?:hội nghị )?(?:(?:lần thứ|lần) (?P<first>{ORDINAL}) )?(?:của )?"
    rf"(?:(?:ban chấp hành|bch) )?(?:trung ương|tw|tư)(?: đảng)?(?: lần thứ)?(?: (?P<second>{ORDINAL})\b)?"
)
_CONGRESS = words(
    rf"(?:đại hội ?)+(?:đại biểu )?(?P<party>đảng bộ|đảng)?(?P<rest>[^();]*?)(?:lần thứ |lần |khóa |\b)(?P<number>{ORDINAL})\b"
)
_REACH = 120


@dataclass(frozen=True, slots=True)
class ResolutionReading:
    """Proposed attributes of a RESOLUTION; what is not known is empty, several values are joined by ``;``."""

    kind: str
    number: str = ""
    symbol: str = ""
    norm: str = ""

    def attributes(self) -> dict[str, str]:
        """The attributes that are not empty, by name."""
        return {name: text for name in ("kind", "number", "symbol", "norm") if (text := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class _Words:
    """A mention as written (composed, single spaces), its key of the same length, the same of what follows it."""

    plain: str
    key: str
    plain_after: str
    key_after: str
    province: str


def read_resolution(text: str, start: int, end: int, province: str = "") -> ResolutionReading | None:
    """The reading of the document ``text[start:end]``; ``province`` is what ``Tỉnh ủy`` means in this report.

    The issuer may stand after the mention (``của Bộ Chính trị``). None when the words name no document.
    """
    plain, after = _plain(text[start:end]), _plain(text[end : end + _REACH].split("\n")[0])
    said = _Words(plain, _key(plain), after, _key(after), unicodedata.normalize("NFC", province))
    kind, rest = _kind(said.key)
    symbols = _symbols(said, kind)
    if symbols:
        return symbols
    if not kind:
        return None
    return _plenum(said, kind, rest) or _congress(said, kind, rest) or _numbered(said, kind, rest)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))


def _key(plain: str) -> str:
    lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in plain)
    return one_tone_style(lowered)


def _kind(key: str) -> tuple[str, int]:
    """The kind that the words begin with, and where they go on; no kind when they begin with none."""
    for head, kind in _HEADS:
        match = head.match(key)
        if match:
            return kind, match.end()
    match = _CODE_HEAD.match(key)
    kind = _KIND_OF_CODE.get(match[1], "") if match else ""
    return kind, len(match[1]) if match and kind else 0


def _padded(number: str) -> str:
    return number.zfill(2) if number.isdecimal() else number


def _symbols(said: _Words, kind: str) -> ResolutionReading | None:
    """All written symbols of the mention."""
    found: list[tuple[str, str, str, str | None]] = []
    for match in _PARTY.finditer(said.key):
        for number in re.split(r", ?| và ", match[1]):
            found.append(
                (number, said.plain[slice(*match.span())], match[2], _norm(said, kind, number, match[2], match[3]))
            )
    for match in _STATE.finditer(said.key):
        norm = _norm(said, kind, match[1], match[3], match[4], match[2])
        found.append((match[1], said.plain[slice(*match.span())], match[3], norm))
    for match in _ASSEMBLY.finditer(said.key):
        code = _CODE_OF_KIND.get(kind, "")
        norm = _norm(said, kind, match[1], code, match[3], match[2]) if code else None
        found.append((match[1], said.plain[slice(*match.span())], code, norm))
    if not found:
        return None
    norms = [norm for *_, norm in found if norm]
    return ResolutionReading(
        kind or _KIND_OF_CODE.get(found[0][2], "khac"),
        ";".join(number for number, *_ in found),
        ";".join(dict.fromkeys(symbol for _, symbol, *_ in found)),
        ";".join(norms) if len(norms) == len(found) else "",
    )


def _norm(said: _Words, kind: str, number: str, code: str, issuer: str, year: str | None = None) -> str | None:
    """The identifier of one symbol; None when its kind or its issuer's place is not known."""
    # Party papers write QĐ (also QĐi) for a regulation; the head noun tells it from a decision.
    known = _CODE_OF_KIND.get("quy_dinh" if kind == "quy_dinh" else _KIND_OF_CODE.get(code.casefold(), ""))
    body = issuer_code(issuer)
    after = issuer_after(said.plain_after, said.key_after, said.province)
    place = after.partition("-")[2] if after and after.partition("-")[0] == body else ""
    whole = placed(body, place, said.province)
    return ":".join([whole, known, _padded(number), *([year] if year else [])]) if whole and known else None


def _term(said: _Words, offset: int) -> list[int]:
    match = _TERM.match(said.key, offset) or (_TERM.match(said.key_after) if offset >= len(said.key) else None)
    return term_numbers(match[1]) if match else []


def _plenum(said: _Words, kind: str, rest: int) -> ResolutionReading | None:
    """``Nghị quyết Trung ương 6 (khóa XII)``."""
    match = _PLENUM.match(said.key, rest + 1)
    number = ordinal(match["first"] or match["second"] or "") if match else None
    if match is None or number is None:
        return None
    code, terms = _CODE_OF_KIND.get(kind), _term(said, match.end())
    norm = ";".join(f"TW:{code}:HN{number}:K{term}" for term in terms) if code else ""
    return ResolutionReading(kind, norm=norm)


def _congress(said: _Words, kind: str, rest: int) -> ResolutionReading | None:
    """``Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX``; a congress of no party committee is the national one."""
    match = _CONGRESS.match(said.key, rest + 1)
    number = ordinal(match["number"]) if match else None
    code = _CODE_OF_KIND.get(kind)
    if match is None or number is None or code is None:
        return None
    issuer: str | None = "DH"
    if match["party"] == "đảng bộ":
        unit = match["rest"].strip()
        place = place_after(said.plain, said.key, match.end("party"))
        issuer = placed("DHDB", place, said.province, district=not unit.startswith("tỉnh"))
    elif "các cấp" in match["rest"]:
        issuer = None
    return ResolutionReading(kind, norm=f"{issuer}:{code}:K{number}" if issuer else "")


def _numbered(said: _Words, kind: str, rest: int) -> ResolutionReading:
    """``Chỉ thị 05`` with the issuer after ``của``; a document known by its subject has its kind only."""
    match = _BARE_NUMBER.match(said.key, rest)
    if match is None:
        return ResolutionReading(kind)
    number, code = match[1], _CODE_OF_KIND.get(kind)
    issuer = issuer_after(
        said.plain[match.end() :] + said.plain_after, said.key[match.end() :] + said.key_after, said.province
    )
    return ResolutionReading(kind, number, norm=f"{issuer}:{code}:{_padded(number)}" if issuer and code else "")
