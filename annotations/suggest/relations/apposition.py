"""``holds_title``: a name with the posts that stand beside it: ``X, T1, T2`` and ``T X``."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.normalise.reading import words
from annotations.suggest.relations.items import Item, Link, Scene

_RANK = r"(?:(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy) |ts\.? |pgs\.?,? ?ts\.? |ths\.? |gs\.? )?"
_NEXT = words(
    r"(?: ?,| ?-| và| ?\(| kiêm|, kiêm)? ?(?:các )?(?:nguyên |cựu |quyền |hiện là |kiêm |tân |đồng thời là )?(?:đồng chí )?"
)
_BEFORE_NAME = words(
    rf"(?: ?[-:,])? ?(?:đồng chí |đ/c |ông |bà )?{_RANK}|(?:,? là| tỉnh)? (?:đồng chí |ông |bà ){_RANK}"
)
_CHAIN = words(r",? ?(?:và )?(?:nguyên |quyền )?")


def holds_title(scene: Scene) -> Iterator[Link]:
    """All name and post pairs, sentence by sentence."""
    for items in scene.by_sentence.values():
        row = [item for item in items if item.label != "TERM" and not _aside(scene, item)]
        held: set[int] = set()
        for place, item in enumerate(row):
            if item.label == "OFFICIAL":
                for title in (*_directly_before(scene, row, place, held), *_behind(scene, row, place)):
                    if title.number not in held:
                        held.add(title.number)
                        yield Link("holds_title", item.number, title.number, 0.92)


def _aside(scene: Scene, item: Item) -> bool:
    """Whether it is an abbreviation in brackets."""
    return (
        item.label == "ORG"
        and scene.key[item.start - 1 : item.start] == "("
        and scene.key[item.end : item.end + 1] == ")"
    )


def _gap(scene: Scene, first: Item, second: Item) -> str:
    """The words between, without terms of office."""
    gap = scene.between(first, second)
    for term in scene.items[first.number + 1 : second.number]:
        if term.label == "TERM" and term.start >= first.end and term.end <= second.start:
            gap = gap.replace(scene.key[term.start : term.end], "")
    return gap.replace("()", "").replace("  ", " ")


def _directly_before(scene: Scene, row: list[Item], place: int, held: set[int]) -> Iterator[Item]:
    """``T X``: no comma between; posts joined by commas before T belong to X too when nobody holds them."""
    if not place or row[place - 1].label != "TITLE" or row[place - 1].number in held:
        return
    gap = _gap(scene, row[place - 1], row[place])
    if not _BEFORE_NAME.fullmatch(gap) or "," in gap:
        return
    yield row[place - 1]
    back = place - 2
    while back >= 0 and row[back].label == "TITLE" and row[back].number not in held:
        if not _CHAIN.fullmatch(_gap(scene, row[back], row[back + 1])):
            return
        yield row[back]
        back -= 1


def _behind(scene: Scene, row: list[Item], place: int) -> Iterator[Item]:
    """``X, T1, T2``: until something else than a separator stands between."""
    last = place
    while last + 1 < len(row) and row[last + 1].label == "TITLE":
        gap = _gap(scene, row[last], row[last + 1])
        if not _NEXT.fullmatch(gap) or not gap.strip() or (last == place and gap.strip() == "và"):
            return
        if _names_next(scene, row, last + 1):
            return
        yield row[last + 1]
        last += 1


def _names_next(scene: Scene, row: list[Item], place: int) -> bool:
    """Whether a further name follows a post without a comma: then the post is that person's."""
    if place + 1 >= len(row) or row[place + 1].label != "OFFICIAL":
        return False
    gap = _gap(scene, row[place], row[place + 1])
    return "," not in gap and ";" not in gap and bool(_BEFORE_NAME.fullmatch(gap))
