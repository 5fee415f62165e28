"""PLACE: administrative units, facilities, zones, routes, known names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotations.suggest import lists
from annotations.suggest.lists import Trie
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc, key_set, keyed
from annotations.suggest.rules.phrases import WORD_ENDS, phrase_end

_UNITS: Trie[str] = Trie(
    (words, level)
    for words, level in (
        ("tỉnh", "province"),
        ("thành phố", "district"),
        ("tp", "district"),
        ("t.p", "district"),
        ("thị xã", "district"),
        ("tx", "district"),
        ("huyện", "district"),
        ("quận", "district"),
        ("phường", "commune"),
        ("xã", "commune"),
        ("thị trấn", "commune"),
    )
)
_VIET_NAM = keyed("Việt Nam")
_CITY_OF_A_PERSON = keyed("Hồ Chí Minh")
_NUMBERED = key_set("quận phường")
_SITE_LEVELS = key_set("tỉnh huyện quận xã phường")
_PLURALS = key_set("các những hai ba bốn 2 3 4 5")
_ROMANS = ("I", "II", "III", "IV", "V", "VI")
_DOTTED = key_set("tp tx ql đt")
_NOT_NAMES = key_set("khóa nhiệm lần ủy đảng nhà các những và của là ubnd hđnd mttq bộ sở ban tp tỉnh huyện xã")
_DIRECTIONS = keyed("Bắc - Nam")
_LONGEST_NAME = 4
_ROUTE = re.compile(r"(?:ql|tl|đt|hl|đh)\d{1,3}[a-z]?")
_FIRST_HALVES = key_set(
    "yêu nhu toàn địa gia chính thành con mở chủ triều cơ an tỉnh đô thủ phiên ban nhân bảo giao hải khai"
)


def unit_level(doc: Doc, token: int) -> tuple[int, str] | None:
    """A unit word at ``token``: the token after it (and its full stop), and its level."""
    found = _UNITS.longest(doc, token)
    if found is None:
        return None
    after, level = found
    if doc.forms[after] == "." and doc.words[token] in _DOTTED:
        after += 1
    return after, level


def unit_at(doc: Doc, token: int, known: Trie[str] | None = None) -> Node | None:
    """``tỉnh Hà Nam``, ``TP. Nam Định``, ``quận 1``."""
    unit = unit_level(doc, token)
    if unit is None:
        return None
    after, level = unit
    if doc.words[token - 1] in _PLURALS:
        return _several(doc, token, after, level, known)
    if doc.words[token] in _NUMBERED and doc.forms[after].isdecimal() and len(doc.forms[after]) < 3:
        return _node(doc, token, after + 1, level)
    if doc.starts[after : after + 1] and doc.starts[after] - doc.ends[after - 1] > 1:
        return None
    end = name_end(doc, after, known, communal=level == "commune")
    return _node(doc, token, end, level) if end > after else None


def _several(doc: Doc, token: int, after: int, level: str, known: Trie[str] | None) -> Node | None:
    """``các huyện Kim Bảng, Lý Nhân``: one span, for the others would be without their head noun."""
    at, end, count = after, after, 0
    while (name := name_end(doc, at, known, communal=level == "commune")) > at + 1:
        end, count = name, count + 1
        if doc.words[end] not in (",", "và"):
            break
        at = end + 1
    return _node(doc, token, end, level, sure=0.9) if count > 1 else None


def _node(doc: Doc, first: int, after: int, level: str, kind: str = "admin", sure: float = 0.95) -> Node:
    said = {"kind": kind} if kind else {}
    return Node("PLACE", doc.starts[first], doc.ends[after - 1], after, said={**said, "_level": level}, sure=sure)


def name_end(doc: Doc, token: int, known: Trie[str] | None = None, communal: bool = False) -> int:
    """The token after the proper name that begins at ``token``; ``token`` when there is none."""
    from annotations.suggest.rules.people import person_shape

    run = doc.cap_run(token)
    if run == token or doc.words[token] in _NOT_NAMES:
        return token
    listed = _listed(doc, token, known)
    if listed and (listed >= run or doc.shouted[token] or person_shape(doc, listed) or _follows(doc, listed)):
        return listed
    for cut in range(token + 2, min(run, token + _LONGEST_NAME)):
        if person_shape(doc, cut, least=3) == run and doc.words[cut] in lists.surnames()[0]:
            return cut
    if not doc.shouted[token] and doc.words[token] in lists.surnames()[0] and person_shape(doc, token, least=3) == run:
        return run if communal and run - token == 3 and _is_street_name(doc, token) else token
    if doc.shouted[token]:
        return token
    end = min(run, token + _LONGEST_NAME)
    return stop_before_head(doc, token, end)


def stop_before_head(doc: Doc, token: int, end: int) -> int:
    """The end of a run of capitals without the first syllable of a post or body (``Hà Loan Bí`` thư)."""
    for place in range(token + 1, end):
        for head in (lists.titles(), lists.bodies()):
            found = head.longest(doc, place)
            if found and found[0] > place + 1:
                return place
    return end


def _is_street_name(doc: Doc, token: int) -> bool:
    """People that wards are named after."""
    name = " ".join(doc.words[token : token + 3])
    return name in _FAMOUS


_FAMOUS = frozenset(
    " ".join(keyed(name))
    for name in (
        "Trần Hưng Đạo",
        "Lê Hồng Phong",
        "Hoàng Văn Thụ",
        "Hai Bà Trưng",
        "Lương Khánh Thiện",
        "Trần Quang Khải",
        "Phan Đình Phùng",
        "Ngô Thì Nhậm",
        "Trần Tế Xương",
        "Trần Đăng Ninh",
        "Nguyễn Văn Trỗi",
        "Lý Thường Kiệt",
        "Nguyễn Đình Chiểu",
        "Nguyễn Thái Học",
    )
)


def _listed(doc: Doc, token: int, known: Trie[str] | None) -> int:
    """The token after a listed name; names of the report itself may be longer. 0 when there is none."""
    ends = [found[0] for trie in (lists.places(), known) if trie is not None and (found := trie.longest(doc, token))]
    ends = [end for end in ends if all(doc.caps[place] or not doc.is_word(place) for place in range(token, end))]
    return max(ends, default=0)


def bare_at(doc: Doc, token: int, known: Trie[str] | None = None) -> Node | None:
    """A known name without its unit word, that is no part of a longer capitalised run."""
    from annotations.suggest.rules.people import person_shape

    found = lists.places().longest(doc, token)
    end, kind, level, by = (
        (found[0], found[1].kind, found[1].level, "gazetteer") if found else (0, "admin", "", "rules")
    )
    if known is not None and (own := known.longest(doc, token)) and own[0] > end:
        end, kind, level, by = own[0], "admin", own[1], "rules"
    if not end or (doc.shouted[token] and end - token < 2) or doc.starts_with(token, _CITY_OF_A_PERSON):
        return None
    if not all(doc.caps[place] or not doc.is_word(place) for place in range(token, end) if kind == "admin"):
        return None
    if end - token == 1 and (level or len(doc.forms[token]) < 3):
        return None
    if (
        token
        and doc.joined(token)
        and doc.caps[token - 1]
        and doc.is_word(token - 1)
        and not doc.shouted[token]
        and not doc.opens[token - 1]
    ):
        return None
    if (
        doc.caps[end]
        and doc.joined(end)
        and not doc.shouted[token]
        and not person_shape(doc, end)
        and not _follows(doc, end)
    ):
        return None
    node = _node(doc, token, end, level, kind, 0.85)
    return Node(node.label, node.start, node.end, node.next, said=node.said, by=by, sure=node.sure)


def _follows(doc: Doc, token: int) -> bool:
    """Whether a body or post begins here."""
    return any(
        (found := trie.longest(doc, token)) and found[0] > token + 1 for trie in (lists.titles(), lists.bodies())
    )


def site_at(doc: Doc, token: int) -> Node | None:
    """``khu công nghiệp Đồng Sỏi``, ``Tỉnh lộ 485B, 487B``, ``Bệnh viện Đa khoa tỉnh``."""
    if _ROUTE.fullmatch(doc.words[token]):
        return _node(doc, token, token + 1, "", "route")
    found = lists.sites().longest(doc, token)
    if found is None or found[1].needs == "x":
        return None
    after, site = found
    if doc.forms[after] == "." and doc.words[token] in _DOTTED:
        after += 1
    if after - token == 1 and _is_other_word(doc, token):
        return None
    if site.needs == "A":
        return _node(doc, token, after, "", site.kind) if doc.caps[token] else None
    end = _numbers_end(doc, after) if site.kind == "route" else after
    if end == after:
        end = _site_name_end(doc, after, short=after - token == 1 and not doc.forms[token].isupper())
    if end == after and site.needs == "u" and doc.caps[token] and (unit := unit_at(doc, after)):
        end = unit.next
    if end == after and site.needs == "u" and doc.words[after] in _SITE_LEVELS and doc.caps[token]:
        end = after + 1
    if end == after:
        return None
    return _node(doc, token, end, "", site.kind, 0.9 if after - token > 1 or site.kind == "route" else 0.75)


def _is_other_word(doc: Doc, token: int) -> bool:
    """Whether a head of one syllable is the end of another word (``yêu cầu``) or a family name (``Hồ Sỹ Trạc``)."""
    from annotations.suggest.rules.people import person_shape

    if doc.words[token - 1] in _FIRST_HALVES and doc.joined(token):
        return True
    return doc.caps[token] and bool(person_shape(doc, token))


def _numbers_end(doc: Doc, token: int) -> int:
    """``485B, 487B và 488B``."""
    end = token
    while doc.forms[end][:1].isdecimal() and len(doc.forms[end]) < 6:
        end += 1
        more = end + (doc.words[end] in (",", "và"))
        if more > end and doc.forms[more][:1].isdecimal() and doc.forms[more][-1:].isalpha():
            end = more
    return end


def _site_name_end(doc: Doc, token: int, short: bool) -> int:
    """The proper name of a site: capitals, small letters between them for words of two syllables, a number."""
    if short and not doc.caps[token]:
        return token
    listed = _listed(doc, token, None)
    end = max(doc.cap_run(token), listed)
    if end == token:
        end = _descriptive(doc, token)
        if end == token:
            return token
    end = stop_before_head(doc, token, end)
    if not short and doc.words[end] in WORD_ENDS and doc.joined(end) and doc.caps[end + 1]:
        end = max(end, phrase_end(doc, token))
    while doc.forms[end] in ("-", "–") and doc.caps[end + 1] and doc.is_word(end + 1):
        end = doc.cap_run(end + 1)
    if (end > token and doc.forms[end - 1] in _ROMANS) or _is_short_number(doc, end):
        end += _is_short_number(doc, end)
        while doc.words[end] in (",", "và") and _is_short_number(doc, end + 1):
            end += 2
    return end


def _is_short_number(doc: Doc, token: int) -> bool:
    return doc.forms[token] in _ROMANS or (doc.forms[token].isdecimal() and len(doc.forms[token]) < 3)


_DESCRIPTIONS: Mapping[tuple[str, ...], None] = dict.fromkeys(
    keyed(words)
    for words in (
        "lễ hội văn hóa",
        "du lịch",
        "sinh thái",
        "tâm linh",
        "đa khoa",
        "nhiệt điện",
        "may",
        "dệt may",
        "liên hợp",
        "quốc tế",
    )
)


def _descriptive(doc: Doc, token: int) -> int:
    """Lower-case words between head and name (``Khu trung tâm`` lễ hội văn hóa ``Trần``)."""
    for words in _DESCRIPTIONS:
        after = token + len(words)
        if doc.starts_with(token, words) and doc.cap_run(after) > after:
            return doc.cap_run(after)
    return token


def viet_nam_at(doc: Doc, token: int) -> Node | None:
    """``Việt Nam`` inside a body's name."""
    return _node(doc, token, token + 2, "") if doc.caps[token] and doc.starts_with(token, _VIET_NAM) else None
