"""Where a report was taken from: ``Nguồn: …``, ``(Theo Báo …)``, ``TTXVN``, in its first and last lines.

Lines are NFC with single spaces. What is found is words of the text, never put together.
"""

from __future__ import annotations

import re

_BIG = "A-ZĐ" + "".join(c for c in map(chr, [*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)]) if c.isupper())
_KIND = (
    rf"(?:(?:[Bb]áo(?: điện tử)?|BÁO|Tạp chí|Thông tấn xã|Bản tin)(?= [{_BIG}])(?! CÁO)"
    r"|(?:Đài (?:Phát thanh|Truyền hình|PT|TH)|Trang (?:TTĐT|[Tt]hông tin điện tử|tin)|Website"
    r"|Cổng (?:TTĐT|[Tt]hông tin(?: điện tử)?|[Gg]iao tiếp điện tử))(?!\w))"
)
_OUTLET = (
    r"(?:TTXVN|VOV|VTV|VnExpress|Vnexpress|VietNamNet|Vietnamnet|VietnamPlus|Vietnam\+|VGP|ĐCSVN|HNM|Hànộimới"
    r"|Dân trí|Tuổi [Tt]rẻ|Thanh Niên|Tiền Phong|Lao [Đđ]ộng|Nhân Dân|Zing|Người Lao Động)(?!\w)"
)
_SITE = r"(?:https?://)?(?:[\w-]+\.)+(?:vn|com|net|org|info)(?:/\S*)?"
_KNOWN = re.compile(rf"(?:{_KIND}|{_OUTLET}|{_SITE})")
_TRIM = ' .:-–—/,;()[]*"“”'

_NAMED = re.compile(
    r"[(\[*]?\s*(?:Nguồn|NGUỒN)(?: (?:tin|bài|tin bài|bài viết))? ?(?P<mark>[:：\-–])? ?(?P<who>\S.{1,118})$"
)
_THEO = re.compile(r"[(\[*]?\s*(?:Theo|THEO) ?:? (?P<who>\S.{1,78})$")
_BRACKET = re.compile(
    r"[(\[](?:(?:Theo|Nguồn(?: tin)?) ?:? ?(?P<said>[^()\[\]]{2,80})|(?P<bare>[^()\[\]]{2,60}))[)\]]\s*\.?$"
)
_OPENING = re.compile(rf"[(\[](?:[^()\[\]]{{2,20}}[-–/,] ?)?(?P<who>{_OUTLET})(?: ?[,-]? ?\d[\d/ -]*)?[)\]]")
_SENTENCE = re.compile(r"[.!?;] \S|, \S.*, ")


def source_at_end(lines: list[str]) -> tuple[str, bool]:
    """The source that the last lines name, and whether that is sure; ``("", False)`` when they name none."""
    for line in reversed(lines):
        if found := named_source(line):
            return found, True
        if found := _after_theo(line):
            return found, bool(_KNOWN.search(found))
        if found := _in_bracket(line):
            return found, True
        if found := standing_alone(line):
            return found, True
    return "", False


def source_at_start(lines: list[str]) -> str:
    """The source that one of the first lines names (``Nguồn: …``, ``(TTXVN)``), else empty."""
    for line in lines:
        found = named_source(line, needs_mark=True) or standing_alone(line)
        opening = _OPENING.match(line[:80]) or re.match(rf"[^()]{{2,30}}{_OPENING.pattern}", line[:80])
        if found or opening:
            return found or (opening["who"] if opening else "")
    return ""


def named_source(line: str, needs_mark: bool = False) -> str:
    """What stands after ``Nguồn``; without a colon only when it is the name of a newspaper, agency or site."""
    match = _NAMED.match(line)
    if match is None:
        return ""
    who = match["who"].strip(_TRIM)
    if match["mark"]:
        return "" if _SENTENCE.search(who) else who
    return who if not needs_mark and _KNOWN.match(who) and not _SENTENCE.search(who) else ""


def _after_theo(line: str) -> str:
    match = _THEO.match(line)
    if match is None or len(line.split()) > 12:
        return ""
    who = match["who"].strip(_TRIM)
    if _SENTENCE.search(who) or "," in who:
        return ""
    return who if _KNOWN.search(who) or (len(who.split()) <= 5 and _all_names(who)) else ""


def _in_bracket(line: str) -> str:
    match = _BRACKET.search(line[-100:])
    if match is None:
        return ""
    if match["said"]:
        return match["said"].strip(_TRIM)
    bare = match["bare"].strip(_TRIM)
    return bare if _KNOWN.match(bare) else ""


def standing_alone(line: str) -> str:
    """A short line that is nothing but a newspaper's or agency's name, perhaps after the writer's."""
    if len(line) > 80 or len(line.split()) > 14 or _SENTENCE.search(line):
        return ""
    words = line.strip(_TRIM)
    if (
        words[:1].isupper()
        and re.fullmatch(rf"{_KIND}(?: [^,.:]+)?", words)
        and not re.search(r"\b(?:đã|sẽ|đăng|đưa tin|cho biết|viết)\b", words)
    ):
        return words
    match = re.fullmatch(rf"(?:[^/|,.:]{{2,40}} ?[/|–-] ?)?(?P<who>{_OUTLET}|{_SITE})", words)
    return match["who"] if match else ""


def _all_names(words: str) -> bool:
    return all(re.match(rf"[{_BIG}]", word) for word in re.split(r"[ /&+-]+", words) if word)
