"""Holidays that reports name: Tết by year, the fixed days of the state calendar.

The table of Tết (first day of the lunar year) was computed for the meridian of Hà Nội (UT+7) from
mean new moons with Meeus' corrections, and compared with the ``holidays`` package: the same for
every year, also where Vietnam differs from China (2007 and 2030).
"""

from __future__ import annotations

from datetime import date, timedelta

from annotations.matching import same_word_key

FIRST_YEAR = 1990
_TET = """
    0127 0215 0204 0123 0210 0131 0219 0207 0128 0216
    0205 0124 0212 0201 0122 0209 0129 0217 0207 0126
    0214 0203 0123 0210 0131 0219 0208 0128 0216 0205
    0125 0212 0201 0122 0210 0129 0217 0206 0126 0213
    0202 0123 0211 0131 0219 0208 0128 0215 0204 0124
    0212 0201 0122 0210 0130 0217 0206 0126 0214 0202
    0123
""".split()  # noqa: SIM905 (a table reads better as one)

STEMS = [same_word_key(name) for name in ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")]
BRANCHES = [
    same_word_key(name)
    for name in ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")
]
_SPELLINGS = {same_word_key(word): same_word_key(usual) for word, usual in (("Tí", "Tý"), ("Tị", "Tỵ"), ("Kỉ", "Kỷ"))}

FIXED = {
    same_word_key(name): day
    for name, day in {
        "Tết Dương lịch": (1, 1),
        "thành lập Đảng Cộng sản Việt Nam": (2, 3),
        "thành lập Đảng": (2, 3),
        "Quốc tế Phụ nữ": (3, 8),
        "thành lập Đoàn": (3, 26),
        "giải phóng hoàn toàn miền Nam, thống nhất đất nước": (4, 30),
        "giải phóng miền Nam, thống nhất đất nước": (4, 30),
        "giải phóng miền Nam": (4, 30),
        "thống nhất đất nước": (4, 30),
        "chiến thắng 30/4": (4, 30),
        "Quốc tế Lao động": (5, 1),
        "chiến thắng Điện Biên Phủ": (5, 7),
        "sinh nhật Bác": (5, 19),
        "sinh nhật Chủ tịch Hồ Chí Minh": (5, 19),
        "Quốc tế Thiếu nhi": (6, 1),
        "Báo chí Cách mạng Việt Nam": (6, 21),
        "Thương binh - Liệt sĩ": (7, 27),
        "Thương binh Liệt sĩ": (7, 27),
        "Thương binh, Liệt sĩ": (7, 27),
        "Cách mạng tháng Tám": (8, 19),
        "Quốc khánh": (9, 2),
        "Doanh nhân Việt Nam": (10, 13),
        "Phụ nữ Việt Nam": (10, 20),
        "Pháp luật Việt Nam": (11, 9),
        "Đại đoàn kết toàn dân tộc": (11, 18),
        "hội Đại đoàn kết": (11, 18),
        "Nhà giáo Việt Nam": (11, 20),
        "thành lập Quân đội nhân dân Việt Nam": (12, 22),
        "Quốc phòng toàn dân": (12, 22),
        "Giáng sinh": (12, 25),
        "Noel": (12, 25),
    }.items()
}
"""Name (as :func:`same_word_key` gives it) to month and day."""


def tet(year: int) -> date | None:
    """The first day of the lunar year that begins in ``year``; None outside 1990 to 2050."""
    place = year - FIRST_YEAR
    if not 0 <= place < len(_TET):
        return None
    return date(year, int(_TET[place][:2]), int(_TET[place][2:]))


def tet_day(year: int, words: str) -> date | None:
    """A day about Tết: ``giao thừa``, ``mùng 3``, else the first day."""
    first = tet(year)
    if first is None:
        return None
    if "giao thừa" in words:
        return first - timedelta(days=1)
    digits = "".join(letter for letter in words if letter.isdigit())
    return first + timedelta(days=int(digits) - 1) if digits and 1 <= int(digits) <= 15 else first


def year_by_name(stem: str, branch: str, near: int | None) -> int | None:
    """The year of that name (``Tân Sửu`` is 2021) nearest to ``near``; both as keys; None for no such name."""
    branch, stem = _SPELLINGS.get(branch, branch), _SPELLINGS.get(stem, stem)
    if near is None or branch not in BRANCHES or stem not in STEMS:
        return None
    for away in range(31):
        for year in (near + away, near - away):
            if (year - 4) % 10 == STEMS.index(stem) and (year - 4) % 12 == BRANCHES.index(branch):
                return year
    return None
