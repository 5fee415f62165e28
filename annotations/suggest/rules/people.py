"""OFFICIAL: names of persons, by their shape and by what stands before them."""

from __future__ import annotations

from annotations.suggest import lists
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc, key_set, keyed

_LONGEST = 5
_NO_NAMES = key_set(
    "tỉnh ngành mttq ubnd hđnd btv bch đảng bộ sở ban hội đoàn ubkt các những quốc nhà việt tp huyện xã phường thủ nghị chỉ đại"
    " đbqh tư ttxvn qh phó bí giám trưởng chánh ủy chi khối trung thường theo trong từ tại để vì khi với công ngày sáng chiều nguồn báo"
)


_PRESIDENT = keyed("Hồ Chí Minh")
"""A city is called after him: his name is on the list of places."""
_MIDDLES = key_set(
    "thị văn đức hữu đình công xuân quang ngọc minh thanh bá duy trọng quốc hồng viết mạnh thế huy khắc sỹ như kim phú"
)


def person_shape(doc: Doc, token: int, least: int = 2) -> int:
    """The token after a full name (family name first) of ``least`` to five syllables; 0 when there is none."""
    if doc.words[token] not in lists.surnames()[1] or not doc.caps[token]:
        return 0
    end = _name_run(doc, token)
    return end if least <= end - token <= _LONGEST else 0


def _name_run(doc: Doc, token: int) -> int:
    """The end of a run of capitals that holds no post, body or abbreviation."""
    end = token
    run = doc.cap_run(token)
    while end < run and end - token < _LONGEST + 1:
        form = doc.forms[end]
        if len(form) > 1 and form.isupper() and not doc.shouted[token]:
            break
        if end > token and (doc.caps[end] and _is_head(doc, end)):
            break
        end += 1
    return end


def _is_head(doc: Doc, token: int) -> bool:
    return any(
        (found := trie.longest(doc, token)) and found[0] > token + 1 for trie in (lists.titles(), lists.bodies())
    )


def person_after(doc: Doc, token: int) -> Node | None:
    """A name where one is expected: behind an address or a post; the family name may be missing."""
    if not doc.caps[token] or not doc.is_word(token):
        return None
    end = person_shape(doc, token)
    if not end:
        end = _name_run(doc, token)
        if end - token > 4 or end == token or doc.words[token] in _NO_NAMES or _is_head(doc, token):
            return None
        if lists.places().longest(doc, token) and end - token < 3:
            return None
    return _node(doc, token, end, 0.95)


def person_anywhere(doc: Doc, token: int) -> Node | None:
    """A full name of three or more syllables with a common family name, that is no place."""
    common, every = lists.surnames()
    if doc.shouted[token] or not (
        doc.words[token] in common or (doc.words[token] in every and doc.words[token + 1] in _MIDDLES)
    ):
        return None
    if token and doc.caps[token - 1] and doc.joined(token) and doc.is_word(token - 1) and not doc.opens[token - 1]:
        return None
    end = person_shape(doc, token, least=3)
    listed = lists.places().longest(doc, token)
    if not end or (listed and listed[0] >= end and not doc.starts_with(token, _PRESIDENT)) or _is_head(doc, token):
        return None
    return _node(doc, token, end, 0.8)


def _node(doc: Doc, first: int, after: int, sure: float) -> Node:
    return Node("OFFICIAL", doc.starts[first], doc.ends[after - 1], after, sure=sure)


def honorific_end(doc: Doc, token: int) -> int:
    """The token after addresses and ranks (``đồng chí Thượng tướng``); ``token`` when there are none."""
    end = token
    while found := lists.names_of("honorifics.txt").longest(doc, end):
        end = found[0]
        if doc.forms[end] == ".":
            end += 1
    return end


def credits(doc: Doc) -> list[Node]:
    """Names in by-lines and photo credits: paragraphs that are nothing but names, and what follows ``Ảnh:``."""
    found: list[Node] = []
    first = 0
    for token in range(doc.count + 1):
        if token == doc.count or doc.forms[token] == "\n":
            found.extend(_line(doc, first, token))
            first = token + 1
    return found


_BY = frozenset(("tin", "bài", "ảnh", "pv", "clip", "video", "và", "nhóm", "tác", "giả"))
_BETWEEN = frozenset("-,&–/.()") | {"và"}


def _line(doc: Doc, first: int, last: int) -> list[Node]:
    """By-line, or the credit at the end of a caption."""
    for token in range(max(first, last - 14), last):
        if (
            doc.words[token] in ("ảnh", "bài", "tin", "clip")
            and doc.forms[token + 1] == ":"
            and (doc.caps[token] or doc.words[first] in _BY)
        ):
            return _names(doc, token + 2, last)
    bracket = next((token for token in range(first + 1, last) if doc.forms[token] == "("), last)
    last = bracket
    if 1 < last - first <= 14 and first > 0 and (names := _names(doc, first, last)):
        return names
    return []


def _names(doc: Doc, token: int, last: int) -> list[Node]:
    """The names that fill ``token`` to ``last`` (a bracket may follow); nothing when other words stand there."""
    found: list[Node] = []
    while token < last:
        if doc.forms[token] in _BETWEEN or doc.words[token] in _BY:
            token += 1
            continue
        end = _name_run(doc, token)
        if not 1 <= end - token <= 4 or _refused(doc, token, end):
            return []
        if end - token == 1 and not (found or doc.forms[token - 1] == ":"):
            return []
        found.append(_node(doc, token, end, 0.85))
        token = end
    return found


def _refused(doc: Doc, token: int, end: int) -> bool:
    listed = lists.places().longest(doc, token)
    return (
        any(doc.words[place] in _NO_NAMES for place in range(token, end))
        or _is_head(doc, token)
        or bool(listed and listed[0] >= end)
        or bool(lists.names_of("media_alone.txt").longest(doc, token))
    )
