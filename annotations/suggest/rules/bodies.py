"""ORG: head noun, what it is in charge of, whose it is, and where: ``Ban Thường vụ (BTV) Huyện ủy Kim Bảng``."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotations.suggest import lists
from annotations.suggest.lists import Head, Trie
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc, key_set, keyed
from annotations.suggest.rules.phrases import clause_end, phrase_end
from annotations.suggest.rules.places import bare_at, name_end, unit_at, viet_nam_at

_LEVELS = {
    keyed(words): level
    for words, level in (
        ("tỉnh", "province"),
        ("thành phố", ""),
        ("tp", ""),
        ("thị xã", "district"),
        ("huyện", "district"),
        ("quận", "district"),
        ("phường", "commune"),
        ("xã", "commune"),
        ("thị trấn", "commune"),
        ("Trung ương", "central"),
        ("TW", "central"),
        ("TƯ", "central"),
        ("Quốc gia", "central"),
        ("cơ sở", "commune"),
    )
}
_UNIT_LEVELS = {words: level for words, level in _LEVELS.items() if level != "central"}
_PARTY = key_set("tỉnh thành huyện thị quận")
_ALL_LEVELS = (
    keyed("các cấp"),
    keyed("các xã"),
    keyed("các huyện"),
    keyed("các phường"),
    keyed("các địa phương"),
    keyed("các tỉnh"),
    keyed("cấp"),
    keyed("hai cấp"),
    keyed("2 cấp"),
)
_ABOUT = (
    keyed("về"),
    keyed("phòng, chống"),
    keyed("phòng chống"),
    keyed("thực hiện"),
    keyed("xây dựng"),
    keyed("cải cách"),
    keyed("sắp xếp"),
)
_LAST_WORDS = key_set("ủy bộ đảng đoàn")
_PARTLY = key_set("ban văn thường cơ trung tổ đoàn đảng btv")
"""First words of heads whose system is that of the body they belong to."""
_GROUPS = key_set("đoàn tổ văn cơ")
"""First words of heads that may stand before a board (``Đoàn công tác Ban Tổ chức Trung ương``)."""
_PLURALS = key_set("các những mỗi nhiều từng")
_VILLAGES = tuple(keyed(words) for words in ("thôn", "xóm", "ấp", "bản", "làng", "khu phố", "tổ dân phố", "khối"))
_NO_CENTRE = key_set("đảng ngành cấp ban bộ quan thuộc ở từ thể phố")
"""Words after which ``Trung ương`` is a level, not the Party's centre."""
_COUNTS = key_set("hai ba bốn năm 2 3 4 5 6 7 8 9 10 11 12 một nhiều")
_NUMBER_WORD = keyed("số")
_BEFORE_DANG = key_set(
    "dựng luật trong khỏi ngoài vào cấp tác viên tịch phí đoàn huy tuổi thẻ nhập vì học sinh trường ban ngành chi chức"
)
_AFTER_DANG = key_set("viên bộ ủy phí tịch đoàn tính sâm cấp cử")
_OWNERS = key_set("của do được theo với ơn cho bởi")
_ACTS = key_set("ta và luôn đã sẽ đang")


@dataclass(slots=True)
class _Tail:
    """What follows a head noun, while it is being read."""

    next: int
    inner: list[Node] = field(default_factory=list)
    level: str = ""
    system: str = ""
    parts: int = 0
    placed: bool = False


def body_at(
    doc: Doc, token: int, known: Trie[str] | None = None, *, inside: bool = False, generic: bool = False
) -> Node | None:
    """The body that begins at ``token``.

    ``inside`` a title the head may be lower case; ``generic`` allows ``các cấp`` behind it.
    """
    found = lists.bodies().longest(doc, token)
    if found is None:
        return None
    after, head = found
    if doc.words[token - 1] == "các" and "f" in head.follow and (row := _shared_head(doc, token, after)):
        return row
    if "D" in head.follow:
        return _party(doc, token)
    if "d" in head.follow:
        return _state(doc, token)
    tail = _tail(doc, after, head, known)
    every = not generic and not tail.placed and "e" not in head.follow and for_all(doc, tail.next)
    if every or not _stands(doc, token, head, tail, inside):
        return None
    said = {"_system": _system(doc, token, head, tail), "_level": tail.level or head.level}
    sure = 0.95 if tail.parts or "O" in head.follow else 0.8
    return Node("ORG", doc.starts[token], doc.ends[tail.next - 1], tail.next, tuple(tail.inner), said, sure=sure)


def _shared_head(doc: Doc, token: int, after: int) -> Node | None:
    """``các Bộ: Giáo dục và Đào tạo, Y tế``: one span, for the others would be without their head."""
    at = after + (doc.forms[after] == ":")
    end, fields = at, 0
    while field := _field(doc, at):
        end, fields = field, fields + 1
        if doc.words[end] not in (",", "và", ";"):
            break
        at = end + 1
    if fields < 2 or not doc.caps[token]:
        return None
    return Node("ORG", doc.starts[token], doc.ends[end - 1], end, said={"_system": "state"}, sure=0.7)


def _system(doc: Doc, token: int, head: Head, tail: _Tail) -> str:
    if tail.system and head.words[0] in _PARTLY:
        return tail.system if head.system in ("other", "state") or head.words[:2] == ("thường", "trực") else head.system
    return head.system


def _stands(doc: Doc, token: int, head: Head, tail: _Tail, inside: bool) -> bool:
    """Whether what was read is a name: enough behind the head, or a head that stands alone."""
    cap = doc.caps[token] or inside
    if len(head.words) == 2 and head.words[0] == "trung" and not tail.parts and doc.words[token - 1] in _NO_CENTRE:
        return False
    if token and doc.words[token - 1] in _PLURALS and not tail.parts:
        return False
    if "m" in head.follow and not cap:
        return False
    if "O" in head.follow or (tail.parts and (cap or len(head.words) > 1)):
        return True
    return (
        "o" in head.follow
        and doc.caps[token]
        and (len(head.words) > 1 or not doc.opens[token] or doc.forms[token].isupper())
    )


def for_all(doc: Doc, token: int) -> bool:
    """``các cấp`` and the like: every body of the kind, so none."""
    if doc.words[token] in _COUNTS and doc.words[token + 1] in ("xã", "huyện", "phường", "tỉnh", "địa"):
        return True
    return any(doc.starts_with(token, words) for words in _ALL_LEVELS)


def _tail(doc: Doc, token: int, head: Head, known: Trie[str] | None) -> _Tail:
    tail = _Tail(token)
    for _ in range(5):
        before = tail.next
        _part(doc, tail, head, known)
        if tail.next == before and not _aside(doc, tail, head, known):
            break
        if tail.next == before:
            break
    return tail


def _aside(doc: Doc, tail: _Tail, head: Head, known: Trie[str] | None) -> bool:
    """``(BTV)`` in the middle of the name: kept when the name goes on behind it."""
    at = tail.next
    if (
        doc.forms[at] != "("
        or doc.forms[at + 2] != ")"
        or not doc.forms[at + 1].isupper()
        or len(doc.forms[at + 1]) < 2
    ):
        return False
    tail.next = at + 3
    _part(doc, tail, head, known)
    if tail.next == at + 3:
        tail.next = at
        return False
    return True


def _part(doc: Doc, tail: _Tail, head: Head, known: Trie[str] | None) -> None:
    """Reads one further part of the name, if one stands there."""
    at, follow = tail.next, head.follow
    if not doc.words[at] or doc.forms[at] == "\n":
        return
    if not tail.parts and _number(doc, tail, follow):
        return
    if "s" in follow and doc.words[at] == "đảng":
        _take(tail, at + 1)
    elif "k" in follow and not tail.parts and (end := phrase_end(doc, at, company=True)) > at:
        _take(tail, end)
    elif "f" in follow and not tail.parts and (end := _field(doc, at)):
        more = "t" in follow and doc.words[end] in ("và", "-", ",", "&") and doc.caps[end + 1]
        _take(tail, max(end, phrase_end(doc, at)) if more else end)
    elif "p" in follow and not tail.placed and (parent := _parent(doc, at, known, head)):
        _take(tail, parent.next, parent.inner, parent.said.get("_level", ""))
        tail.system, tail.placed = parent.said.get("_system", ""), True
    elif "v" in follow and (nation := viet_nam_at(doc, at)):
        _take(tail, nation.next, (nation,), "central" if not tail.level else tail.level)
    elif "B" in follow and not tail.parts:
        _paper(doc, tail, known)
    elif "r" in follow and (end := _about(doc, at)):
        _take(tail, end)
    elif not tail.placed and _area(doc, tail, head, known):
        return
    elif ("t" in follow or "T" in follow) and not tail.parts and (end := phrase_end(doc, at)) > at:
        _take(tail, end)


def _take(tail: _Tail, after: int, inner: tuple[Node, ...] = (), level: str = "") -> None:
    tail.next = after
    tail.inner.extend(inner)
    tail.level = level or tail.level
    tail.parts += 1


def _number(doc: Doc, tail: _Tail, follow: frozenset[str]) -> bool:
    """``Đoàn công tác số 2``, ``Ban Chỉ đạo 35``, ``Quân khu 3``, ``Vụ Địa phương I``."""
    at = tail.next + (doc.words[tail.next] == "số")
    if "#" not in follow or not (doc.forms[at].isdecimal() and len(doc.forms[at]) < 4) or doc.words[at + 1] == "năm":
        return False
    _take(tail, at + 1)
    return True


def _field(doc: Doc, token: int) -> int:
    found = lists.names_of("fields.txt").longest(doc, token)
    if found is None or not (doc.caps[token] or doc.words[token] in ("các", "khối")):
        return 0
    after = found[0]
    return after + 1 if doc.forms[after] in ("I", "II", "III", "IV", "V") else after


def _parent(doc: Doc, token: int, known: Trie[str] | None, head: Head) -> Node | None:
    """The body whose part this is; ``của`` only inside the names of assembly boards and working groups."""
    if doc.words[token] == "của":
        if head.system == "assembly" or "c" in head.follow:
            parent = body_at(doc, token + 1, known)
            return parent if parent and (parent.said["_system"] == "assembly" or "C" in head.follow) else None
        return None
    found = lists.bodies().longest(doc, token)
    if (
        found is None
        or (not doc.caps[token] and "O" not in found[1].follow)
        or (found[1].words[0] in ("báo", "công") and head.words[-1] not in ("bộ", "ủy"))
    ):
        return None
    if found[1].words[0] in ("ban", "btv", "bch") and head.words[0] not in _GROUPS:
        return None
    if doc.words[token] == "đảng" and found[0] == token + 1:
        return Node(
            "ORG", doc.starts[token], doc.ends[token], token + 1, said={"_system": "party", "_level": "central"}
        )
    return body_at(doc, token, known)


def _paper(doc: Doc, tail: _Tail, known: Trie[str] | None) -> None:
    """``Báo Nhân Dân``, ``Báo Hà Nam điện tử``."""
    at = tail.next
    listed = lists.names_of("media.txt").longest(doc, at)
    if listed and doc.caps[at]:
        _take(tail, listed[0])
    elif place := bare_at(doc, at, known) or _proper(doc, at, known):
        _take(tail, place.next, (place,), "province")
    else:
        return
    if doc.starts_with(tail.next, keyed("điện tử")):
        tail.next += 2


def _about(doc: Doc, token: int) -> int:
    """``về phòng, chống tham nhũng, tiêu cực``: what a steering committee is for."""
    if not any(doc.starts_with(token, words) for words in _ABOUT):
        return 0
    return clause_end(doc, token)


def _area(doc: Doc, tail: _Tail, head: Head, known: Trie[str] | None) -> bool:
    """Level word or place."""
    at, follow = tail.next, head.follow
    if "c" in follow and doc.words[at] == "của" and (level := _level(doc, at + 1)):
        _take(tail, level[0], (), level[1])
        tail.placed = True
        return True
    if not follow & {"l", "n"}:
        return False
    place = unit_at(doc, at, known) or (_village(doc, at, known) if "n" in follow else None)
    if place is None and "n" in follow:
        place = bare_at(doc, at, known) or (
            _proper(doc, at, known) if head.words[-1] in _LAST_WORDS or head.system == "other" else None
        )
    if place is not None:
        _take(tail, place.next, (place,), head.level or place.said.get("_level", ""))
        tail.placed = True
        return True
    level = _level(doc, at)
    if (
        level is None
        or ("l" not in follow and not follow & {"n"})
        or (head.words[-1] == "ủy" and head.words[0] in _PARTY)
    ):
        return False
    _take(tail, level[0], (), level[1])
    tail.placed = True
    return True


def _village(doc: Doc, token: int, known: Trie[str] | None) -> Node | None:
    """The name behind ``thôn``, ``tổ dân phố``…; the noun is no part of the place."""
    for words in _VILLAGES:
        after = token + len(words)
        if doc.starts_with(token, words) and (end := name_end(doc, after, known)) > after:
            said = {"kind": "admin", "_level": "commune"}
            return Node("PLACE", doc.starts[after], doc.ends[end - 1], end, said=said, sure=0.8)
    return None


def _level(doc: Doc, token: int) -> tuple[int, str] | None:
    for length in (2, 1):
        level = _LEVELS.get(tuple(doc.words[token : token + length]))
        if level is not None:
            return token + length, level
    return None


def _proper(doc: Doc, token: int, known: Trie[str] | None) -> Node | None:
    """A proper name that no list has, behind a party committee (``Huyện ủy Hà Loan``)."""
    from annotations.suggest.rules.people import person_shape

    if doc.shouted[token] or person_shape(doc, token, least=3):
        return None
    end = name_end(doc, token, known)
    if not 2 <= end - token <= 3 or (doc.forms[token].isupper() and len(doc.forms[token]) > 1):
        return None
    found = lists.bodies().longest(doc, token) or lists.titles().longest(doc, token)
    if found is not None:
        return None
    return Node("PLACE", doc.starts[token], doc.ends[end - 1], end, said={"kind": "admin"}, sure=0.8)


def _party(doc: Doc, token: int) -> Node | None:
    """``Đảng`` alone, as one who acts or after ``của``."""
    if doc.forms[token] != "Đảng" or doc.words[token + 1] in _AFTER_DANG or doc.words[token - 1] in _BEFORE_DANG:
        return None
    paired = doc.words[token + 1] in (",", "và") and doc.words[token + 2 : token + 4] == list(keyed("Nhà nước"))
    acts = doc.words[token + 1] in _ACTS and doc.words[token - 1] != "tổ"
    if not (paired or acts or doc.words[token - 1] in _OWNERS):
        return None
    return Node(
        "ORG", doc.starts[token], doc.ends[token], token + 1, said={"_system": "party", "_level": "central"}, sure=0.8
    )


def _state(doc: Doc, token: int) -> Node | None:
    """``Nhà nước`` beside ``Đảng`` or after ``của``."""
    beside = doc.words[token - 1] in (",", "và") and doc.forms[token - 2] == "Đảng"
    if not doc.caps[token] or not (beside or doc.words[token - 1] == "của"):
        return None
    return Node(
        "ORG",
        doc.starts[token],
        doc.ends[token + 1],
        token + 2,
        said={"_system": "state", "_level": "central"},
        sure=0.7,
    )
