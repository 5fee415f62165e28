"""Who does it: the row of names, posts and bodies that stands directly before or after a sign word."""

from __future__ import annotations

from bisect import bisect_right

from annotations.normalise.reading import words
from annotations.suggest.relations.items import Item, Scene

_JOINT = words(
    r"[\s,;:()–-]*(?:(?:và|cùng|với|các|nguyên|cựu|quyền|đồng chí|đ/c|đồng|ông|bà|đã|cùng với|gồm|là|có|đại diện|lãnh đạo|thay mặt|vừa|kiêm|tại|đến|được|gs|pgs|ts|ths|\.|(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy))[\s,;:.]+)*"
)
_BEFORE_SIGN = words(
    r"[\s,()]*(?:gồm \d+ \w+\s)?(?:(?:đã|đến|cùng|đồng|sẽ|đang|về|trực tiếp|tới|và|thay mặt|tại|hội nghị)[\s,]*)*"
)


def row_before(scene: Scene, items: list[Item], offset: int) -> list[Item]:
    """The joined row that ends directly before ``offset``, in text order."""
    row: list[Item] = []
    reach = offset
    pattern = _BEFORE_SIGN
    for place in range(bisect_right(items, offset, key=_end) - 1, -1, -1):
        item = items[place]
        if item.label not in ("OFFICIAL", "TITLE", "ORG", "TERM") or not pattern.fullmatch(scene.key[item.end : reach]):
            break
        reach = item.start
        if item.label != "TERM":
            row.append(item)
            pattern = _JOINT
    return row[::-1]


def _end(item: Item) -> int:
    return item.end


def actors(row: list[Item], labels: tuple[str, ...]) -> list[Item]:
    """The persons of a row; without any, the posts, else the bodies."""
    for label in ("OFFICIAL", "TITLE", "ORG"):
        found = [item for item in row if item.label == label]
        if found and label in labels:
            return found if label == "OFFICIAL" else found[-1:] if label == "TITLE" else found
    return []
