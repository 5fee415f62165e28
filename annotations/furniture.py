"""Paragraphs of a report that are no running text: captions, the source line, what a page puts below, a repeated lede.

Only for a quieter look: furniture is labelled like all other text. Offsets are code points, half-open; spans are
whole paragraphs without outer white space. Looks at the ends of a text and at short paragraphs only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from annotations.offsets import trim
from annotations.report import Span

_CAPTION = 200
_SHORT = 60
_LEDE = 80
"""Letters that a paragraph must have at least to be a lede when it comes again."""
_HEAD = 8
_TAIL = 60
"""Paragraphs at the ends of a text among which ledes and page furniture are looked for."""

_PHOTO = re.compile(r"(?:^|[\s(.;])(?:Ảnh|Anh|Ảnh minh họa|Nguồn ảnh|Clip|Video) ?:", re.IGNORECASE)
_SCENE = re.compile(
    r"(?:(?:quang|toàn) cảnh|các (?:đại biểu|vị đại biểu|đồng chí)|(?:các )?đại biểu|(?:đồng chí|ông|bà|lãnh đạo) )[^;:]*?"
    r"(?:dự|chủ trì|phát biểu|kết luận|trao|tặng|thăm|tham quan|biểu quyết|chụp ảnh|kiểm tra|dâng hương|báo cáo|trình bày"
    r"|buổi lễ|hội nghị|đại hội|kỳ họp|phiên họp|buổi làm việc)\b[^;:]*",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:cho biết|khẳng định|yêu cầu|đề nghị|nhấn mạnh|cho rằng|đã|sẽ|cũng|gồm|sau đó)\b", re.IGNORECASE
)
_SOURCE = re.compile(
    r"\(?(?:theo|nguồn)(?: tin)?(?: ?: ?| )\S.*|(?:báo|đài|cổng|trang|tạp chí|ttxvn)\b.*", re.IGNORECASE
)
_BELOW = re.compile(
    r"(?:các )?(?:tin|bài|bài viết|tin bài|tin tức)(?: (?:tức|bài|viết))*"
    r"(?: (?:khác|liên quan|cùng chuyên mục|cùng chủ đề|cũ hơn|mới hơn|đã đưa|mới|mới nhất|nổi bật|đọc nhiều))+"
    r"|ý kiến bạn đọc|bình luận|xem thêm|từ khóa|từ khoá|tags?|chia sẻ|đọc thêm",
    re.IGNORECASE,
)


class FurnitureKind(StrEnum):
    """What a piece of furniture is."""

    CAPTION = "caption"
    SOURCE = "source"
    PAGE = "page"
    LEDE = "lede"


@dataclass(frozen=True, slots=True)
class Furniture:
    """One paragraph of furniture, ``text[start:end]``."""

    kind: FurnitureKind
    start: int
    end: int


def furniture_spans(text: str) -> tuple[Furniture, ...]:
    """The furniture of ``text``, sorted and disjoint. Of a lede that comes twice, the second one is meant."""
    paragraphs = list(_paragraphs(text))
    below = _first_below(text, paragraphs)
    found = dict.fromkeys(paragraphs[below:], FurnitureKind.PAGE)
    body = paragraphs[:below]
    for span in _repeated(text, body):
        found[span] = FurnitureKind.LEDE
    if len(body) > 2 and _is_source(_words(text, body[-1])):
        found[body[-1]] = FurnitureKind.SOURCE
    for span in body[1:]:  # the first one is the title or the date
        if span not in found and span[1] - span[0] <= _CAPTION and _is_caption(_words(text, span)):
            found[span] = FurnitureKind.CAPTION
    return tuple(Furniture(found[span], *span) for span in sorted(found))


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and not line.isspace():
            yield trim(text, start, end) if line[0].isspace() or line[-1].isspace() else (start, end)
        start = end + 1


def _words(text: str, span: Span) -> str:
    return " ".join(unicodedata.normalize("NFC", text[span[0] : span[1]]).split())


def _first_below(text: str, paragraphs: list[Span]) -> int:
    """From which paragraph on a text is what its page showed below it."""
    for number in range(max(1, len(paragraphs) - _TAIL), len(paragraphs)):
        start, end = paragraphs[number]
        if end - start < _SHORT and _BELOW.fullmatch(_words(text, (start, end)).strip(" :.»>-")):
            return number
    return len(paragraphs)


def _repeated(text: str, paragraphs: list[Span]) -> Iterator[Span]:
    """The paragraphs near the beginning that repeat one before them, word for word; the shorter when one goes on."""
    heads = [(span, _words(text, span)) for span in paragraphs[:_HEAD] if _LEDE <= span[1] - span[0] <= 4_000]
    for number, (span, words) in enumerate(heads):
        for before, earlier in heads[:number]:
            if earlier.startswith(words):
                yield span
            elif words.startswith(earlier):
                yield before


def _is_source(words: str) -> bool:
    return len(words) < _SHORT and not words.endswith((".", "!", "?", ";")) and _SOURCE.fullmatch(words) is not None


def _is_caption(words: str) -> bool:
    """Whether a short paragraph says what a picture shows: a credit, or who is doing what, without a story."""
    if _PHOTO.search(words):
        return True
    sentences = words.rstrip(".").count(". ")
    return sentences == 0 and _SCENE.fullmatch(words) is not None and not _TELLS.search(words)
