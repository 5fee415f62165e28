"""Runs of capitalised syllables: ``Lê Thị Thủy``, ``Ban Thường vụ (BTV) Tỉnh ủy``.

Works on composed text; offsets are code points of it, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.matching import one_tone_style
from annotations.report import Span

_SYLLABLE = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_ROMAN = re.compile(r"[IVX]+")


def _listed(words: str) -> list[str]:
    return one_tone_style(words).split(",")


# Vietnamese capitalises the first syllable of a common word in a name only: these go on in small letters.
_PAIRS = frozenset(
    tuple(pair.split())
    for pair in _listed(
        "tỉnh ủy,thành ủy,huyện ủy,thị ủy,quận ủy,đảng ủy,đảng bộ,đảng viên,chi bộ,bí thư,chủ tịch,ủy viên,ủy ban,"
        "thường vụ,thường trực,chấp hành,trung ương,hội đồng,đồng nhân,ban nhân,nhân dân,quốc hội,thủ tướng,chính phủ,"
        "chính trị,mặt trận,tổ quốc,đại biểu,trưởng đoàn,đoàn đại,trưởng ban,phó ban,bộ trưởng,thứ trưởng,giám đốc,"
        "kiểm tra,tổ chức,tuyên giáo,dân vận,nội chính,văn phòng,công an,quân sự,chỉ huy,cán sự,chỉ đạo,công tác,"
        "viện trưởng,kiểm sát,tòa án,liên đoàn,lao động,phụ nữ,thanh niên,cựu chiến,chiến binh,nông dân,giáo dục,đào tạo,"
        "tài chính,kế hoạch,đầu tư,xây dựng,nông nghiệp,công thương,y tế,tư pháp,nội vụ,thanh tra,thống kê,tổng cục,"
        "bệnh viện,đa khoa,nhà máy,nhiệt điện,kinh tế,trung tâm,thông tin,truyền thông,phát triển,nông thôn,"
        "nghị quyết,chỉ thị,kết luận,quyết định,quy định,quy chế,thông báo,hướng dẫn,nghị định,thông tư,chương trình,"
        "hành động,quy hoạch,đề án,đại hội,hội nghị,hội thảo,kỳ họp,tổng bí,phó chủ,phó bí,hiệp hội,học viện,"
        "đại học,tổng công,công ty,tập đoàn,ban bí,toàn quốc,tỉnh lộ,quốc lộ,khu kinh,khu trung,khu du,du lịch,dệt may,"
        "công nghiệp,văn hóa,thể thao,giao thông,vận tải,tài nguyên,môi trường"
    )
)
_HEADS = frozenset(
    _listed(
        "tỉnh ủy,thành ủy,huyện ủy,thị ủy,quận ủy,đảng ủy,bí thư,chủ tịch,quốc hội,thủ tướng,chính phủ,trung ương,"
        "nghị quyết,chỉ thị,kết luận,quyết định,quy định,quy chế,quy hoạch,thông báo,nghị định,thông tư,chương trình,đề án,"
        "đại hội,hội nghị,kỳ họp"
    )
)
"""Pairs that are a mention by themselves even at the beginning of a sentence."""
_NEVER = frozenset(_listed("quốc,nhà,covid,kt xh,cbđv,grdp"))
"""Runs that are no mention: Quốc (gia), Nhà (nước), Covid-19, KT-XH…"""
_CLAUSE = re.compile(r"[;:…]\s*[-–+*]?\s*$|(?:^|\n)\s*[-–+*]\s*$|\d[.)]\s*$")
_BODY_ENDS = frozenset(_listed("dân,hội,bộ,khoa"))
_UNITS = frozenset(["tỉnh", "huyện", "xã", "phường", "quận"])
_OPENERS = frozenset(
    _listed(
        "các,những,một,đồng,ông,bà,anh,chị,theo,tại,trong,với,để,từ,ngày,giao,dự,do,của,về,và,nhưng,cũng,cùng,sau,trước,"
        "khi,nếu,vì,nguồn,ảnh,sáng,chiều,tối,trưa,đêm,đến,tới,này,đó,đây,ngoài,trên,dưới,giữa,qua,đã,đang,sẽ,cho,nhiều,"
        "mỗi,toàn,cả,ở,có,không,hiện,nay"
    )
)
"""Common words that are capitalised only because a sentence begins with them."""


@dataclass(frozen=True, slots=True)
class _Syllable:
    start: int
    end: int
    word: str
    lower: str

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()


def capital_runs(line: str, first: int, last: int) -> Iterator[Span]:
    """The runs of one sentence ``line[first:last]``, left to right, without a mere sentence-initial capital."""
    syllables = [
        _Syllable(*match.span(), match.group(), one_tone_style(match.group().lower()))
        for match in _SYLLABLE.finditer(line, first, last)
    ]
    place = 0
    while place < len(syllables):
        if not syllables[place].capital:
            place += 1
            continue
        end = _run_end(line, syllables, place)
        opens = place == 0 or bool(_CLAUSE.search(line, max(first, syllables[place].start - 8), syllables[place].start))
        begin = place + 1 if opens and syllables[place].lower in _OPENERS else place
        if begin < end and not _is_plain(syllables[begin:end], opens and begin == place):
            yield syllables[begin].start, syllables[end - 1].end
        place = end


def _run_end(line: str, syllables: list[_Syllable], place: int) -> int:
    """The place after the last syllable of the run that begins at ``place``."""
    place += 1
    while place < len(syllables) and _goes_on(line, syllables, place):
        place += 1
    return place


def _goes_on(line: str, syllables: list[_Syllable], place: int) -> bool:
    before, this = syllables[place - 1], syllables[place]
    gap = line[before.end : this.start]
    if gap == " (":
        after = syllables[place + 1] if place + 1 < len(syllables) else None
        return _is_short(this) and after is not None and after.capital and line[this.end : after.start] == ") "
    if gap == ") ":
        return this.capital and line[before.start - 1 : before.start] == "("
    if gap.strip() or not gap:
        return gap == "-" and this.capital and before.capital
    if this.capital:
        return True
    if (before.lower, this.lower) in _PAIRS:
        return True
    # "UBND tỉnh", "BTV Huyện ủy": the level after a body
    return this.lower in _UNITS and (before.lower in _BODY_ENDS or before.word.isupper()) and len(before.word) > 1


def _is_short(syllable: _Syllable) -> bool:
    """Whether it is an abbreviation: capitals that are no Roman number."""
    return len(syllable.word) > 1 and syllable.word.isupper() and not _ROMAN.fullmatch(syllable.word)


def _is_plain(run: list[_Syllable], opens: bool) -> bool:
    """Whether the run is no name: a known word, or a common one, capital because its clause begins with it."""
    if " ".join(syllable.lower for syllable in run) in _NEVER:
        return True
    if not opens or sum(syllable.capital for syllable in run) > 1:
        return False
    if len(run) == 1:
        return not _is_short(run[0])
    return " ".join(syllable.lower for syllable in run[:2]) not in _HEADS
