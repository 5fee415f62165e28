"""Where dates and terms of office stand. What they mean is read by ``annotations.normalise``."""

from __future__ import annotations

import re

from annotations.matching import one_tone_style
from annotations.normalise.holidays import BRANCHES, FIXED, STEMS
from annotations.normalise.reading import NUMBER, QUARTER, words
from annotations.report import Span
from annotations.suggest.prepared import Doc

_D, _M = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)", r"(?:1[0-2]|0?[1-9])(?!\d)"
_Y = r"(?:1[89]|20)\d\d"
_PART = r"(?:rạng sáng|sáng sớm|đầu giờ sáng|đầu giờ chiều|cuối giờ chiều|buổi sáng|buổi chiều|buổi tối|sáng|trưa|chiều tối|chiều|tối|đêm)"
_WEEK = r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật),? ?)"
_FULL = rf"{_D}(?: ?([/.-]) ?{_M} ?\1 ?{_Y}| ?- ?{_M}/{_Y})"
_SHORT = rf"{_D} ?[/-] ?{_M}(?![/-]?\d)"
_YEARS = rf"{_Y} ?- ?(?:{_Y}|\d\d(?!\d))"
_LEAD = rf"(?:(?:{_PART},? (?:hôm )?(?:ngày )?)(?:{_WEEK},? ?)?|{_WEEK}|hôm )?"
_MEETINGS = frozenset(one_tone_style(name) for name in ("đại đoàn kết toàn dân tộc", "hội đại đoàn kết"))
"""Days that are told as a gathering (``Ngày hội Đại đoàn kết``), so no DATE."""
_HOLIDAY = "|".join(sorted((re.escape(name) for name in FIXED if name not in _MEETINGS), key=len, reverse=True))
_LUNAR = rf"(?:{'|'.join(STEMS)}) (?:{'|'.join(BRANCHES)})"
_DAY_LIST = rf"{_D}(?:, {_D})*(?: và | đến | ?- ?){_D}"

_DATES = words(
    r"(?<![\w/.,-])(?:"
    # full days, and days without a year behind a word that says so
    rf"{_LEAD}\(?(?:các |những )?(?:ngày )?{_FULL}(?![/-]\w)"
    rf"|{_LEAD}\(?ngày (?:mùng |mồng )?{_D}[ /-]tháng {_M}(?:(?:,? năm |[/-]| ){_Y})?"
    rf"|{_LEAD}(?:các ngày |ngày |mùng |mồng ){_DAY_LIST} ?(?:[/.-]|[/ ]?tháng ){_M}(?:(?:[/.-]|,? năm ){_Y})?(?![\d/])"
    rf"|(?:{_PART},? (?:hôm |ngày )?(?:{_WEEK})?(?:\()?(?:ngày )?|{_WEEK}\(?(?:ngày )?|(?:hôm )?ngày (?:mùng |mồng )?|hôm ){_SHORT}(?:,? năm {_Y})?"
    rf"|(?:đêm |ngày |sáng |chiều )?(?:mùng|mồng) {_D} tết"
    rf"|(?:{_PART},? )?ngày {_D}(?! ?[%/.,-]?\d| công| người| giờ)"
    # months, quarters, parts of a year
    rf"|(?:(?:đầu|giữa|cuối|trung tuần|thượng tuần|hạ tuần) )?tháng {_M} ?(?:,? năm |[/.-]|) ?{_Y}"
    rf"|(?:(?:đầu|giữa|cuối|trung tuần|thượng tuần|hạ tuần) )?tháng {_M}(?! ?[%/.,-]?\d|\w| (?:đầu|cuối) năm)"
    rf"|tháng (?:giêng|chạp|tư|mười một|mười hai|mười)(?!\w)"
    rf"|(?:đầu |giữa |cuối )?(?:các )?quý {QUARTER}(?:(?:, | và |- ?){QUARTER}(?!\w))*(?:(?:,? năm |/| ?- ?| ){_Y}(?!\d))?(?!\w)"
    rf"|(?:{NUMBER}|những|các|mấy) tháng (?:đầu|cuối)(?: của)? năm(?: học)?(?:[ /]{_Y}| nay| này)?"
    rf"|{NUMBER} tháng(?:,? năm |/| năm ){_Y}"
    rf"|(?:{NUMBER}|những|các) quý (?:đầu|cuối) năm(?:[ /]{_Y})?"
    rf"|nửa (?:đầu|cuối)(?: của)? năm(?:[ /]{_Y}| nay)?"
    # stretches of years
    rf"|(?:giai đoạn|thời kỳ)(?: từ)?(?: năm)?(?: \d{{1,2}} năm)? \(?{_YEARS}\)?"
    rf"|(?:giai đoạn|thời kỳ) (?:từ )?(?:năm )?{_Y} đến (?:năm )?{_Y}"
    rf"|(?:giai đoạn|thời kỳ) \d{{1,2}} năm (?:tới|tiếp theo|qua)"
    rf"|(?:\d{{1,2}} năm,? \(?)?(?:(?:các |những )?năm (?:học )?)?{_YEARS}(?![/\w-])"
    rf"|(?:các |những )?năm {_Y}(?:(?:, ){_Y})*(?:,? và ){_Y}(?!\d)"
    rf"|{NUMBER} năm (?:qua|tới|vừa qua|gần đây|tiếp theo)(?!\w)"
    rf"|(?:những )?(?:ngày |tháng )?(?:đầu |giữa |cuối )?(?:năm (?:học )?){_Y}(?! ?[-/]? ?\d)"
    rf"|(?:đầu |giữa |cuối )?năm (?:nay|ngoái)(?!\w)"
    rf"|(?<=từ )đầu năm(?= đến nay)|(?:{_D}|\d{{1,2}})[/-]{_Y}(?![/-]?\w)"
    # words that point
    rf"|(?:{_PART} |hôm |ngày )(?:nay|qua|mai)(?!\w)|(?:{_PART} )?cùng ngày(?!\w)|buổi (?:sáng|chiều|tối)(?! nay)"
    rf"|(?:cuối |đầu |giữa )?(?:tuần|tháng|quý) (?:này|tới|trước|vừa qua|qua)(?!\w)"
    # holidays
    rf"|tết (?:nguyên đán|cổ truyền)(?: dân tộc)?(?:(?: xuân| năm)? {_LUNAR})?(?:(?:,? năm| -| \()? ?{_Y}\)?)?"
    rf"|tết {_LUNAR}(?:(?:,? năm| -)? {_Y})?|tết (?:dương lịch|trung thu|độc lập|đoan ngọ)(?: {_Y})?|xuân {_LUNAR}(?:(?:,? năm| -)? {_Y})?"
    rf"|(?:ngày )?(?:lễ )?(?:{_HOLIDAY})(?: việt nam| tncs hồ chí minh| cộng sản việt nam)?(?:,? \(?(?:ngày )?{_D} ?[/.-] ?{_M}(?:[/.-]{_Y}(?: ?- ?{_D}[/.-]{_M}[/.-]{_Y})?)?\)?)?(?: (?:năm )?{_Y})?(?!\w)"
    rf"|(?:thế kỷ (?:thứ )?[xvi]+|thập niên \d0|những năm {_Y})(?!\w)"
    r")"
)
_SLASHED = words(rf"(?<![\w/.,-]){_D}[/]{_M}(?![\d/-]|,\d| ?%)(?: năm {_Y})?")
_HORIZON = words(
    rf"(?<=tầm nhìn )(?:năm )?{_Y}(?!\d)|(?<=tầm nhìn đến )(?:năm )?{_Y}(?!\d)|(?<=\d, ){_Y}(?=(?: và tầm nhìn|, tầm nhìn))"
)
_COUNTED = words(
    r"\s*(?:xã|huyện|chỉ tiêu|phường|tổ|thôn|đại biểu|đảng viên|hộ|đơn vị|tiêu chí|người|phiếu|ý kiến|công trình|dự án|số|sở|tỉnh|bộ|nhóm|cơ sở|chi|đảng|trường|tổng|thành viên|cán bộ|nhiệm vụ|nội dung|cơ quan)\b"
)
_ANNIVERSARY = words(r"(?:kỷ niệm|mừng|chào mừng|chào đón) $")

_QUANTIFIED = tuple(one_tone_style(f"{many} {unit}") for many in ("các", "những") for unit in ("ngày", "năm", "quý"))
_ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})"
_NTH = rf"(?:{_ROMAN}|\d{{1,2}})"
_TERMS = words(
    rf"(?<!\w)(?:khóa (?:thứ )?{_NTH}(?:(?:, | và |,){_NTH})*(?![\w/])|(?:nhiệm kỳ|nk) (?:thứ )?(?:\(?{_Y} ?- ?{_Y}\)?(?:(?: và |, ){_Y} ?- ?{_Y})*|{_ROMAN}(?!\w)|{_Y}(?! ?[-/]\d)))"
)
_TERM_YEARS = words(rf"(?<!\w){_Y} ?- ?{_Y}(?=\))")
_SYMBOL_NEAR = words(r"(?:số:? ?|[\w]/)$")


def date_spans(doc: Doc) -> dict[int, int]:
    """First token to the token after, of every date."""
    return _tokens(
        doc, [*_matches(doc, _DATES), *_slashed(doc), *((m.start(), m.end()) for m in _HORIZON.finditer(doc.key))]
    )


def term_spans(doc: Doc) -> dict[int, int]:
    """First token to the token after, of every term of office."""
    spans = _matches(doc, _TERMS)
    for match in _TERM_YEARS.finditer(doc.key):  # "khóa XX (2020-2025)"
        before = doc.key[: match.start()].rstrip("( ")
        if any(end == len(before) for _, end in spans):
            spans.append(match.span())
    return _tokens(doc, spans)


def _matches(doc: Doc, pattern: re.Pattern[str]) -> list[Span]:
    found = []
    for match in pattern.finditer(doc.key):
        start, end = match.span()
        while end > start and not doc.plain[end - 1].isalnum():
            end -= 1
        if doc.plain[start:end].count("(") > doc.plain[start:end].count(")") and doc.plain[end : end + 1] == ")":
            end += 1
        if doc.plain[start] == "(":
            start += 1
        if doc.key.startswith(_QUANTIFIED, start):
            start = doc.key.index(" ", start) + 1
        if not (doc.plain[start].isdecimal() and _SYMBOL_NEAR.search(doc.key[max(0, start - 8) : start])):
            found.append((start, end))
    return found


def _slashed(doc: Doc) -> list[Span]:
    """``26/4`` alone: a day, unless it counts something (``7/12 xã``)."""
    return [
        match.span()
        for match in _SLASHED.finditer(doc.key)
        if not _COUNTED.match(doc.key, match.end())
        and not _SYMBOL_NEAR.search(doc.key[max(0, match.start() - 8) : match.start()])
    ]


def _tokens(doc: Doc, spans: list[Span]) -> dict[int, int]:
    """Token bounds; of overlapping spans the one that begins first, then the longest."""
    found: dict[int, int] = {}
    last = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        first, after = doc.at.get(start), doc.after.get(end)
        if start >= last and first is not None and after is not None:
            found[first] = after
            last = end
    return found
