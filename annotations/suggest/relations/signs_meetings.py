"""Relations of meetings by sign words: chairs, speaks_at, attends, convenes, held_on, located_in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from annotations.normalise.reading import words
from annotations.suggest.relations.chains import actors, row_before
from annotations.suggest.relations.items import Item, Link, Scene

_CHAIRS = words(r"(?:đồng )?chủ (?:trì|tọa)|điều hành")
_SPEAKS = words(r"phát biểu|kết luận (?=hội nghị|phiên họp|buổi|cuộc|kỳ họp)")
_ATTENDS = words(
    r"(?<!\w)(?:(?:cùng |tham |đến |về |tới |trực tiếp )*dự(?! kiến| thảo| án| báo| toán| phòng| định| khuyết| lường| trữ| ước| đoán)(?:,? chỉ đạo| họp| và chỉ đạo)?|thảo luận tại|tham gia(?= hội nghị| kỳ họp))"
)
_DISCUSSED = words(r"(?<!\w)(?:tham gia |tập trung )?thảo luận(?! tại)")
_CONVENES = words(
    r"(?:đã |sẽ |vừa |cũng |vừa mới )?(?:phối hợp (?:với .{0,60})?)?(?:tiếp tục|tổ chức|khai mạc|bế mạc|triệu tập|họp|tiến hành|mở)(?: thành công)?(?: phiên họp| cuộc| buổi)?(?: phiên)?(?: họp)?"
)
_OF = words(r"(?: \(?[^,;.]{0,30}\)?)? của ")
_TOOK_PLACE = words(
    r"(?:,? ?(?:đã |sẽ |được |dự kiến |chính thức )*(?:diễn ra|tổ chức|khai mạc|tiến hành)(?: trong| vào| từ| ngày)*(?: các)?| ?\(| ?, ?| vào) ?"
)
_AT = words(r".{0,12}(?:diễn ra |được tổ chức |tổ chức |khai mạc )?(?:tại|ở) (?:trụ sở |hội trường |điểm cầu )?")
_NEAR = 45
_DAY = re.compile(r"\d{1,2}[/.-]\d|ngày|nay|sáng|chiều|tối|hôm")


def meeting_links(scene: Scene) -> Iterator[Link]:
    """All of them, sentence by sentence."""
    for number, items in scene.by_sentence.items():
        meetings = [item for item in items if item.label == "MEETING"]
        if not meetings:
            continue
        start, end = scene.sentence(number)
        yield from _acts(scene, items, meetings, start, end)
        yield from _attends(scene, items, meetings, start, end)
        yield from _discussed(scene, items, meetings, start, end)
        yield from _convenes(scene, items, meetings)
        yield from _when_and_where(scene, items, meetings, start)


def _free(items: list[Item], offset: int) -> bool:
    """Whether an offset lies in no mention."""
    before = bisect_right(items, offset, key=_start) - 1
    return before < 0 or items[before].end <= offset


def _next_meeting(meetings: list[Item], offset: int, within: int = _NEAR) -> Item | None:
    place = bisect_left(meetings, offset, key=_start)
    return meetings[place] if place < len(meetings) and meetings[place].start <= offset + within else None


def _place(items: list[Item], item: Item) -> int:
    """Where an item stands in its sentence's row."""
    return bisect_left(items, item.start, key=_start)


def _start(item: Item) -> int:
    return item.start


def _acts(scene: Scene, items: list[Item], meetings: list[Item], start: int, end: int) -> Iterator[Link]:
    for pattern, kind, labels in (
        (_CHAIRS, "chairs", ("OFFICIAL", "TITLE", "ORG")),
        (_SPEAKS, "speaks_at", ("OFFICIAL", "TITLE")),
    ):
        for sign in pattern.finditer(scene.key, start, end):
            if not _free(items, sign.start()):
                continue
            meeting = _next_meeting(meetings, sign.end())
            row = actors(row_before(scene, items, sign.start()), labels)
            if meeting is None and kind == "speaks_at" and row:
                meeting = next((item for item in reversed(meetings) if item.end <= sign.start()), None)
            if meeting is None and kind == "chairs":
                yield from _chaired_by(scene, items, meetings, sign)
            if meeting is None:
                continue
            if not row:
                row = _after(scene, items, meeting, kind)
            yield from (Link(kind, item.number, meeting.number, 0.85) for item in row)


def _chaired_by(scene: Scene, items: list[Item], meetings: list[Item], sign: re.Match[str]) -> Iterator[Link]:
    """``M … dưới sự chủ trì của T X``, ``M do đồng chí X chủ trì``."""
    meeting = next((item for item in reversed(meetings) if item.end <= sign.start()), None)
    if meeting is None:
        return
    behind = re.match(words(r" của (?:các )?(?:đồng chí |ông |bà )?").pattern, scene.key[sign.end() :][:30])
    if behind:
        later = [item for item in items if item.start >= sign.end() and item.label in ("OFFICIAL", "TITLE")]
        people = [item for item in later[:3] if item.label == "OFFICIAL"][:1] or later[:1]
        yield from (Link("chairs", item.number, meeting.number, 0.8) for item in people)
    elif re.search(r"(?<!\w)do(?!\w)", scene.key[meeting.end : sign.start()]):
        row = actors(row_before(scene, items, sign.start()), ("OFFICIAL", "TITLE", "ORG"))
        yield from (Link("chairs", item.number, meeting.number, 0.8) for item in row)


def _after(scene: Scene, items: list[Item], meeting: Item, kind: str) -> list[Item]:
    """``Phát biểu kết luận hội nghị, đồng chí X …``; ``Chủ trì hội nghị có các đồng chí: X; Y``."""
    later = [item for item in items if item.start >= meeting.end]
    people = [item for item in later if item.label == "OFFICIAL"]
    if kind == "chairs":
        lead = scene.key[meeting.end : later[0].start] if later else ""
        return people if re.search(r"(?<!\w)(?:có|là|gồm)(?!\w)", lead) or ":" in lead else []
    if people:
        return people[:1]
    return [item for item in later if item.label == "TITLE"][:1]


def _attends(scene: Scene, items: list[Item], meetings: list[Item], start: int, end: int) -> Iterator[Link]:
    for sign in _ATTENDS.finditer(scene.key, start, end):
        if not _free(items, sign.start()):
            continue
        meeting = _next_meeting(meetings, sign.end(), 25)
        if meeting is None:
            continue
        before = row_before(scene, items, sign.start())
        row = actors(before, ("OFFICIAL", "TITLE", "ORG"))
        if any(item.label == "OFFICIAL" for item in row):
            row = row + [item for item in before if item.label == "ORG"]
        if not row:
            row = _listed(scene, items, meeting, discusses="luận" in sign.group())
        yield from (Link("attends", item.number, meeting.number, 0.8) for item in row)


def _discussed(scene: Scene, items: list[Item], meetings: list[Item], start: int, end: int) -> Iterator[Link]:
    """``Tại M, các đồng chí T đã thảo luận``."""
    for sign in _DISCUSSED.finditer(scene.key, start, end):
        meeting = next((item for item in meetings if item.end <= sign.start() and item.start - start < 12), None)
        if meeting is None or not scene.key.startswith(words("tại ").pattern, start) or not _free(items, sign.start()):
            continue
        row = actors(row_before(scene, items, sign.start()), ("OFFICIAL", "TITLE"))
        yield from (Link("attends", item.number, meeting.number, 0.7) for item in row)


def _listed(scene: Scene, items: list[Item], meeting: Item, discusses: bool) -> list[Item]:
    """Everybody named behind ``Dự hội nghị có …``: persons, posts without a person, bodies that are represented."""
    later = [item for item in items if item.start >= meeting.end]
    if discusses:
        return [item for item in later if item.label == "OFFICIAL"]
    if not later or not re.search(r"(?<!\w)(?:có|gồm|còn có)(?!\w)|:", scene.key[meeting.end : later[0].start]):
        return []
    found: list[Item] = []
    held = False
    for place, item in enumerate(later):
        before = later[place - 1] if place else None
        gap = scene.key[before.end : item.start] if before else scene.key[meeting.end : item.start]
        held = held and _belongs(before, gap) if item.label == "TITLE" else item.label == "OFFICIAL"
        if (
            item.label == "OFFICIAL"
            or (
                item.label == "TITLE"
                and not held
                and not (
                    place + 1 < len(later)
                    and later[place + 1].label == "OFFICIAL"
                    and later[place + 1].start - item.end < 12
                    and "," not in scene.key[item.end : later[place + 1].start]
                )
            )
            or (item.label == "ORG" and not re.search(r" - |thuộc|\(", gap))
        ):
            found.append(item)
    return found


def _belongs(before: Item | None, gap: str) -> bool:
    """Whether a post stands in apposition to what is before it."""
    if before is None or before.label not in ("OFFICIAL", "TITLE", "TERM") or ";" in gap:
        return False
    return "các" not in gap.split() and "đại" not in gap.split() and not re.search(r"\d", gap)


def _convenes(scene: Scene, items: list[Item], meetings: list[Item]) -> Iterator[Link]:
    for meeting in meetings:
        place = _place(items, meeting)
        inner = {child.node.start for child in scene.children(meeting) if child.label == "ORG"}
        after = items[place + 1] if place + 1 < len(items) else None
        if (
            after is not None
            and after.label == "ORG"
            and _OF.fullmatch(scene.between(meeting, after))
            and "," not in scene.between(meeting, after)
        ):
            yield Link("convenes", after.number, meeting.number, 0.9)
        elif meeting.node.said.get("kind") != "bau_cu" or not inner:
            yield from _conveners_before(scene, items, place)


def _conveners_before(scene: Scene, items: list[Item], place: int) -> Iterator[Link]:
    """``O1, O2 tổ chức M``; a term may stand behind the body."""
    meeting, back = items[place], place - 1
    while back >= 0 and (items[back].label == "TERM" or (back > 0 and _is_aside(scene, items[back]))):
        back -= 1
    if back < 0 or items[back].label != "ORG":
        return
    gap = scene.key[max(items[place - 1].end, items[back].end) : meeting.start].strip(" ()")
    if not _CONVENES.fullmatch(gap):
        return
    yield Link("convenes", items[back].number, meeting.number, 0.88)
    while (
        back > 0
        and items[back - 1].label == "ORG"
        and scene.between(items[back - 1], items[back]).strip() in (",", "và", ", phối hợp với", "phối hợp với")
    ):
        back -= 1
        yield Link("convenes", items[back].number, meeting.number, 0.85)


def _is_aside(scene: Scene, item: Item) -> bool:
    """Whether it is an abbreviation in brackets: the full name before it is meant."""
    return item.label == "ORG" and scene.key[item.start - 1] == "(" and scene.key[item.end : item.end + 1] == ")"


def _when_and_where(scene: Scene, items: list[Item], meetings: list[Item], start: int) -> Iterator[Link]:
    """The day and place that open the sentence belong to its first meeting that is convened; others stand behind it."""
    opened = False
    for meeting in meetings:
        place = _place(items, meeting)
        if not opened and _is_told(scene, items, place):
            opened = True
            dates = [
                item
                for item in items[:place]
                if item.label == "DATE" and item.start - start < 40 and _is_day(scene, item)
            ]
            yield from (Link("held_on", meeting.number, item.number, 0.85) for item in dates[:1])
            for item in items[:place]:
                if (
                    item.label == "PLACE"
                    and re.search(
                        r"(?<!\w)(?:tại|ở)(?: \w+){0,2} $", scene.key[max(start, item.start - 20) : item.start]
                    )
                    and item.start - start < 90
                ):
                    yield Link("located_in", meeting.number, item.number, 0.75)
                    break
        yield from _behind(scene, items, place)


def _is_told(scene: Scene, items: list[Item], place: int) -> bool:
    """Whether the sentence tells that the meeting takes place."""
    meeting = items[place]
    lead = scene.key[(items[place - 1].end if place else meeting.start - 1) : meeting.start]
    trail = scene.key[meeting.end : meeting.end + 40]
    if len(lead) > 70 or re.search(words(r"chuẩn bị|kết quả|sau khi|thực hiện").pattern, lead):
        return False
    return bool(
        re.search(
            words(r"tổ chức|khai mạc|tiếp tục|diễn ra|triệu tập|họp|bế mạc|tiến hành|chủ trì|dự|bước vào").pattern,
            lead + " " + trail.split(",")[0],
        )
    )


def _is_day(scene: Scene, item: Item) -> bool:
    said = scene.key[item.start : item.end]
    return bool(_DAY.search(said)) and not said.startswith(("năm", "tháng", "giai", "đầu", "cuối", "giữa"))


def _behind(scene: Scene, items: list[Item], place: int) -> Iterator[Link]:
    if place + 1 >= len(items):
        return
    meeting, after = items[place], items[place + 1]
    gap = scene.between(meeting, after)
    told = "diễn ra" in gap
    if (
        after.label == "DATE"
        and _TOOK_PLACE.fullmatch(gap)
        and gap.strip() not in (",", "")
        and (told or _is_day(scene, after))
    ):
        yield Link("held_on", meeting.number, after.number, 0.8)
        then = items[place + 2] if place + 2 < len(items) else None
        if then is not None and then.label == "PLACE" and _AT.fullmatch(scene.between(after, then)):
            yield Link("located_in", meeting.number, then.number, 0.75)
    elif after.label == "PLACE" and _AT.fullmatch(gap):
        yield Link("located_in", meeting.number, after.number, 0.75)
