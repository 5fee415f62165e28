"""Relations of documents and places by sign words: issues, implements, amends, located_in outside names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from annotations.normalise.reading import words
from annotations.suggest.relations.items import Item, Link, Scene

_OF = words(r"(?:[\s,]*(?:ngày|khóa)?[\s,]*)?(?: ?\([^)]*\))? ?(?:về [^;:.]{1,150} )?của (?:đồng chí )?")
_ISSUE = words(
    r"(?<!\w)(?:ban hành|thống nhất xây dựng|ký ban hành|xây dựng(?= (?:chương trình|đề án|kế hoạch|quy chế) ))(?!\w)"
)
_BY = words(r" do ")
_IMPLEMENTS = words(r"[^.;]{0,40}(?<!\w)(?:triển khai )?thực hiện(?: tốt| hiệu quả| nghiêm| các| có hiệu quả)* ?")
_AMENDS = words(
    r"[^.;]{0,60}(?<!\w)(?:sửa đổi|bổ sung|thay thế|bãi bỏ|điều chỉnh)(?:,? (?:và )?(?:sửa đổi|bổ sung|một số điều của|một số nội dung của|một số điều|cho))* ?"
)
_PLACED = words(r" ?,? ?(?:tại|ở|đóng tại|thuộc|trên địa bàn|đóng trên địa bàn) ")
_ISSUERS = ("ORG", "TITLE", "OFFICIAL", "MEETING")


def document_links(scene: Scene) -> Iterator[Link]:
    """All of them, sentence by sentence."""
    for items in scene.by_sentence.values():
        for first, second in itertools.pairwise(items):
            if (
                first.label in ("ORG", "PLACE")
                and second.label == "PLACE"
                and _PLACED.fullmatch(scene.between(first, second))
            ):
                yield Link("located_in", first.number, second.number, 0.7)
        documents = [item for item in items if item.label == "RESOLUTION"]
        if documents:
            yield from _document_links(scene, items, documents)


def _document_links(scene: Scene, items: list[Item], documents: list[Item]) -> Iterator[Link]:
    targets: set[int] = set()
    for link in _between_documents(scene, documents):
        targets.add(link.target)
        yield link
    issued: set[int] = set()
    for document in documents:
        issuer = _issuer_behind(scene, items, document)
        if issuer is None:
            continue
        issued.add(document.number)
        congress = next((inner for inner in scene.children(document) if inner.label == "MEETING"), None)
        if congress is not None and issuer.label == "ORG" and "_subject" not in document.node.said:
            yield Link("convenes", issuer.number, congress.number, 0.85)
        else:
            yield Link("issues", issuer.number, document.number, 0.9)
    yield from _issued_by_verb(scene, items, [item for item in documents if item.number not in issued | targets])


def _between_documents(scene: Scene, documents: list[Item]) -> Iterator[Link]:
    """R1 … thực hiện R2; R1 … thay thế R2; another mention may stand between them."""
    for first, second in itertools.pairwise(documents):
        gap = scene.between(first, second)
        if len(gap) > 110 or ";" in gap or first.sentence != second.sentence:
            continue
        tail = gap[max(0, len(gap) - 60) :]
        if _ends_with(_AMENDS, gap):
            yield Link("amends", first.number, second.number, 0.8)
        elif re.search(words(r"(?<!\w)thực hiện (?:\w+ ){0,2}$").pattern, tail) and not re.search(
            words(r"đẩy mạnh|tiếp tục|quyết liệt|, (?:đẩy|triển khai)").pattern, tail
        ):
            yield Link("implements", first.number, second.number, 0.8)


def _ends_with(pattern: re.Pattern[str], gap: str) -> bool:
    return bool(pattern.fullmatch(gap[max(0, len(gap) - 90) :])) or bool(pattern.fullmatch(gap))


def _issuer_behind(scene: Scene, items: list[Item], document: Item) -> Item | None:
    """``R của O``, also with a date, a term or a subject between; ``R do O ban hành``."""
    place = items.index(document) + 1
    while place < len(items) and items[place].label in ("DATE", "TERM") and items[place].start - document.end < 30:
        place += 1
    if place >= len(items) or items[place].label not in _ISSUERS:
        return None
    after = items[place]
    gap = scene.key[
        (items[place - 1].end if items[place - 1].number != document.number else document.end) : after.start
    ]
    if _OF.fullmatch(gap) and after.label != "MEETING":
        return after
    if _BY.fullmatch(gap) and re.match(words(r" (?:đã )?ban hành").pattern, scene.key[after.end :][:20]):
        return after
    return None


def _issued_by_verb(scene: Scene, items: list[Item], documents: list[Item]) -> Iterator[Link]:
    """``O đã ban hành R1 … và R2``; ``O thống nhất xây dựng … : R1; R2``."""
    if not documents:
        return
    start, end = items[0].start, documents[-1].start
    for sign in _ISSUE.finditer(scene.key, start, end):
        before = [item for item in items if item.end <= sign.start() and item.label in ("ORG", "TITLE", "OFFICIAL")]
        if not before or len(scene.key[before[-1].end : sign.start()]) > 45 or sign.start() - before[-1].end < 0:
            continue
        issuer = before[-1]
        for document in documents:
            if document.start >= sign.end() and _reaches(scene, sign, document, documents):
                yield Link("issues", issuer.number, document.number, 0.8)
        return


def _reaches(scene: Scene, sign: re.Match[str], document: Item, documents: list[Item]) -> bool:
    """The first document near the verb, and those joined to it."""
    near = [item for item in documents if item.start >= sign.end()]
    if not near or near[0].start - sign.end() > 60:
        return False
    return document is near[0] or bool(
        re.search(r"(?:;|,| và) (?:\w+ )?$", scene.key[max(0, document.start - 12) : document.start])
    )
