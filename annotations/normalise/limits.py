"""Words around a date that are not the date: limits, day parts, weekdays, clock times."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.normalise.reading import words

# Longest first; what stands closest to the date and narrows it (đầu, giữa, cuối) wins over what limits it.
_LIMITS = (
    (words(r"(?:đến|tới)? ?hết"), "END"),
    (words(r"(?:đến |tới )?trước"), "BEFORE"),
    (words(r"(?:chậm|muộn) nhất(?: là)?(?: đến| vào| trong| trước)?|không quá|đến|tới"), "BEFORE"),
    (words(r"(?:từ )?sau|kể từ|từ"), "AFTER"),
    (words(r"(?:(?:những|các|mấy) )?(?:(?:ngày|tuần|tháng) )?(?:ngay )?đầu|thượng tuần"), "START"),
    (words(r"(?:(?:những|các|mấy) )?(?:(?:ngày|tuần|tháng) )?giữa|trung tuần"), "MID"),
    (words(r"(?:(?:những|các|mấy) )?(?:(?:ngày|tuần|tháng) )?cuối|hạ tuần"), "END"),
    (words(r"khoảng(?: giữa)?|gần|độ"), "APPROX"),
)
_AT_START = tuple((words(rf"(?:{pattern.pattern}) "), limit) for pattern, limit in _LIMITS)
_AT_END = tuple(
    (words(rf"(?:^|[\s(,])(?<!lần )(?<!bước )(?<!hàng )(?<!dẫn )(?:{pattern.pattern})$"), limit)
    for pattern, limit in _LIMITS
)
_LINKS = words(r"(?:cũng |ngay )?(?:trong|vào|tại|của|cho|lúc|dịp|nhân dịp|tầm nhìn|là)(?: vào)? ")
_CLOCK = words(
    r"(?:(?:từ |lúc |vào )?\d{1,2}(?: ?(?:giờ|h) ?(?:\d{1,2})?(?: ?phút)?|:\d{2}),? )(?:(?:sáng|trưa|chiều|tối|đêm),? )?"
)
_DAYPART = words(r"(?:buổi |vào )?(?:rạng sáng|sáng sớm|sáng|trưa|chiều tối|chiều|tối|nửa đêm|đêm|khuya),? (?:hôm )?")
_WEEKDAY = words(
    r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|cn),? (?:hôm )?(?!tuần)|hôm (?=\d|ngày)|(?:hai|ba|bốn|\d) (?=ngày \d|năm \d{4})"
)
_NARROW = ("START", "MID", "END", "APPROX")


@dataclass(frozen=True, slots=True)
class Peeled:
    """What is left of a date's words, the limit (``mod``) taken off, and whether a part of the day was said."""

    rest: str
    limit: str = ""
    time: bool = False


def peel(key: str) -> Peeled:
    """Takes the outer words off the front of a date, one by one."""
    limit, time = "", False
    while True:
        for pattern, found in _AT_START:
            match = pattern.match(key)
            if match and match.end() < len(key):
                limit = found if found in _NARROW or not limit else limit
                break
        else:
            match = _CLOCK.match(key) or _DAYPART.match(key)
            if match:
                time = True
            else:
                match = _WEEKDAY.match(key) or _LINKS.match(key)
        if not match or match.end() >= len(key):
            return Peeled(key, limit, time)
        key = key[match.end() :]


def limit_before(before: str) -> str:
    """The limit that the words directly before a date say (a key of them), or nothing."""
    tail = before[-60:]
    for pattern, limit in _AT_END:
        if pattern.search(tail):
            return limit
    return ""
