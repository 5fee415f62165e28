"""Title, date, source and locality, read from a report's text (which stays whole).

Only the first and last lines are looked at for dates and sources: a date in running text is when something
happened, not when the report was published.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from annotations.offsets import fold
from exports.plain.dates import Stamp, day_and_month, edtf, find_stamp, machine_date, squeeze, whole_dates
from exports.plain.places import dateline, likely_province, province_in
from exports.plain.report import FIELDS, Metadata
from exports.plain.sources import source_at_end, source_at_start, standing_alone

HEAD_LINES = 12
TAIL_LINES = 8
_TITLE_LIMIT = 250

_FURNITURE_BELOW = re.compile(
    r"(?:cac )?(?:tin|bai|bai viet|tin bai|tin tuc)(?: (?:tuc|bai|viet))*"
    r"(?: (?:khac|lien quan|cung chuyen muc|cung chu de|cu hon|moi hon|da dua|moi|moi nhat|noi bat|doc nhieu))+"
    r"|y kien ban doc|binh luan|xem them|tu khoa|tags?|chia se|doc them"
)
_FURNITURE_ABOVE = re.compile(
    r"trang chu.*|(?:home|tin tuc|thoi su|chinh tri|kinh te|xa hoi|van hoa|tin trong tinh|tin noi bat|xay dung dang)"
    r"(?: ?[-–/>»|] ?.{1,40})*|in (?:bai viet|trang)|gui (?:email|bai viet|cho ban be).*|chia se.*|co chu.*|a- ?a ?a?\+?"
    r"|nghe (?:doc )?bai.*|doc bai.*|(?:facebook|twitter|zalo|email|print|share)(?: .{0,20})?|(?:so )?luot (?:xem|doc).*"
    r"|(?:tac gia|nguoi dang|bien tap) ?:.*|font(?: ?size)? ?:?.*|xem co chu|mac dinh|luu bai viet|gui mail|menu"
)
_TITLE_LABEL = re.compile(r"(?:title|ti[êe]u đề|tựa đề) ?: ?", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"(?:(?:rang )?(?:sang|trua|chieu|toi|dem)(?: nay)?,? ?)?(?:\(?(?:ngay )?)?")
_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_NAME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TEXT_YEAR = re.compile(r"(?:[Nn]ăm |[/.-]\d{1,2}[/.-]|(?<!\d)\d{1,2}/)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class _Page:
    """The first and last lines of a text: NFC, single spaces, none empty, page furniture below left out."""

    head: list[str]
    tail: list[str]


def recognise(text: str, name: str = "") -> Metadata:
    """What the text (and the year in the report's ``name``) says of title, date, source and locality.

    ``text`` may be in any normal form. Nothing is invented: what cannot be told is empty, and what is empty or
    uncertain is named in ``doubts``.
    """
    page = _page(text)
    title, title_sure, machine = _title(page)
    found, date_sure = (machine, True) if machine else _date(page, text, name)
    source, source_sure = source_at_end(page.tail)
    if not source:
        source = source_at_start(page.head[:6])
        source_sure = bool(source)
    locality, locality_sure = _locality(page, source, text)
    sure = {"title": title_sure, "date": date_sure, "source": source_sure, "locality": locality_sure}
    values = {"title": title, "date": found, "source": source, "locality": locality}
    doubts = {field for field in FIELDS if not values[field] or not sure[field]}
    return Metadata(title, found, source, locality, tuple(field for field in FIELDS if field in doubts))


def _page(text: str) -> _Page:
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    end = len(lines)
    for place in range(max(1, end - 60), end):
        if len(lines[place]) < 60 and _FURNITURE_BELOW.fullmatch(fold(squeeze(lines[place])).strip(" :.»>-")):
            end = place
            break
    return _Page(
        [_tidy(line) for line in lines[: min(HEAD_LINES, end)]], [_tidy(line) for line in lines[:end][-TAIL_LINES:]]
    )


def _tidy(line: str) -> str:
    return squeeze(unicodedata.normalize("NFC", line)).strip("\ufeff\u200b")


def _title(page: _Page) -> tuple[str, bool, str]:
    """The title, whether it is sure, and the date of a first line ``date 2020-10 <title>``."""
    stamped = False
    for line in page.head:
        folded = fold(line[:_TITLE_LIMIT])
        machine, offset = machine_date(folded)
        if machine:
            rest = line[offset:].strip(" -–:|")
            if rest:
                return rest, True, machine
            following = _title(_Page(page.head[page.head.index(line) + 1 :], []))
            return following[0], following[1], machine
        if find_stamp(line) or _is_place_stamp(line):
            stamped = True
            continue
        if _FURNITURE_ABOVE.fullmatch(folded) or standing_alone(line):
            continue
        title = _TITLE_LABEL.sub("", line, count=1) if _TITLE_LABEL.match(line) else line
        if len(title) > _TITLE_LIMIT or dateline(title)[1]:
            return "", False, ""
        sentence = title.endswith((".", ";", ":")) and len(title) > 80
        return title, not sentence and (stamped or len(page.head) > 1), ""
    return "", False, ""


def _is_place_stamp(line: str) -> Stamp | None:
    """``Hà Nam, ngày 29 tháng 4 năm 2021``, as official documents are headed."""
    _, offset = dateline(line) if len(line) < 80 else ("", 0)
    return find_stamp(line[offset:]) if offset else None


def _stamps(lines: list[str]) -> list[Stamp]:
    found = (find_stamp(line) or _is_place_stamp(line) for line in lines)
    return [stamp for stamp in found if stamp]


def _date(page: _Page, text: str, name: str) -> tuple[str, bool]:
    """The publishing date and whether it is sure: stamps above, stamps below, the dateline, the report's name."""
    partial = ""
    for stamps in (_stamps(page.head), list(reversed(_stamps(page.tail)))):
        whole = [stamp for stamp in stamps if not stamp.lacks_year]
        posted = [stamp for stamp in whole if not stamp.updated] or whole
        if posted:
            agreed = len({stamp.date for stamp in posted}) == 1
            return posted[0].date, agreed and not posted[0].doubtful
        partial = partial or next((stamp.date for stamp in stamps), "")
    opening, whole_date = _dateline_date(page)
    if whole_date:
        return whole_date, False
    partial = partial or opening
    if partial:
        return _with_year(partial, text, name), False
    match = _NAME_DATE.search(name)
    return (edtf(*map(int, match.groups())), False) if match else ("", False)


def _dateline_date(page: _Page) -> tuple[str, str]:
    """The date after a dateline such as ``(Hà Nam) - Ngày 26/4``: without a year, or else whole."""
    for line in page.head:
        _, offset = dateline(line)
        if not offset:
            continue
        rest = fold(line[offset : offset + 60])
        rest = _PART_OF_DAY.sub("", rest, count=1)  # at the start, where it always matches
        partial, _ = day_and_month(rest)
        whole = re.match(r"[\d ]{1,3}(?:[/.-]|thang)[\d ]{1,4}(?:[/.-]|nam)? ?\d{4}", rest)
        return partial, (whole_dates(whole.group()) or [""])[0] if whole else ""
    return "", ""


def _with_year(partial: str, text: str, name: str) -> str:
    """``--04-26`` with a year from the report's name, from the same day in the text, or the only year in it."""
    month, day = int(partial[2:4]), int(partial[5:7])
    named = set(_NAME_YEAR.findall(name)) | {match[1] for match in _NAME_DATE.finditer(name)}
    if len(named) == 1:
        return edtf(int(named.pop()), month, day)
    same = {found for found in whole_dates(fold(text)) if found[4:] == partial[1:]}
    if len(same) == 1:
        return same.pop()
    years = set(_TEXT_YEAR.findall(text))
    return edtf(int(years.pop()), month, day) if len(years) == 1 else ""


def _locality(page: _Page, source: str, text: str) -> tuple[str, bool]:
    """The province of the dateline or of the source, which is sure; else the one that the text speaks of."""
    for line in page.head:
        place, _ = dateline(line)
        if place:
            return place, True
    place = province_in(source)
    if place:
        return place, True
    return likely_province(text), False
