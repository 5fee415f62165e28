"""RESOLUTION: numbered, of a plenum or congress, known by subject, other documents with a capital letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotations.normalise.reading import words as pattern_of
from annotations.suggest import lists
from annotations.suggest.lists import Trie
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc, key_set, keyed
from annotations.suggest.rules.bodies import body_at
from annotations.suggest.rules.meetings import meeting_at, term_node

Inner = Callable[[int, int], tuple[Node, ...]]
"""All mentions between two tokens that are no RESOLUTION."""

_KINDS = ("nghị quyết", "chỉ thị", "quyết định", "kết luận", "quy định", "quy chế", "thông báo", "hướng dẫn", "nghị định", "thông tư", "thông tư liên tịch", "nghị quyết liên tịch", "luật", "bộ luật", "pháp lệnh", "chương trình", "kế hoạch", "đề án", "quy hoạch", "công văn", "công điện", "thông tri", "hiến pháp", "điều lệ", "dự án luật", "tờ trình", "báo cáo", "văn bản", "thông báo kết luận", "chiến lược", "đề cương", "quy trình", "nội quy", "lệnh", "văn kiện")  # fmt: skip
_HEADS: Trie[str] = Trie((words, words) for words in _KINDS)
_LETTERS = r"[^\W\d_]"
_SYMBOL = rf"(?:\d+/\d{{4}}/(?:ubtv)?qh\d{{1,2}}|\d+[a-z]?(?: ?/ ?\d{{4}})? ?/ ?{_LETTERS}+\d{{0,2}} ?- ?(?:{_LETTERS}+[-.])*{_LETTERS}+\d{{0,2}}|\d+[a-z]? ?- ?{_LETTERS}+ ?/ ?{_LETTERS}+(?:-{_LETTERS}+)*|\d+[a-z]?(?:/\d{{4}})?/{_LETTERS}+|\d+-{_LETTERS}+(?![\w/]))"
_BARE = r"\d{1,4}(?![\w/%.-]*\d|[%\w]|[-/]\w)"
_ADDED = r"(?: (?:hành động|liên tịch|kết luận|công tác|phối hợp|kiểm tra))?"
_NUMBERED = pattern_of(
    rf"{_ADDED}(?: liên tịch)?(?: \([^\W\d_]{{2,3}}\))? số:? ?(?:{_SYMBOL}|{_BARE})(?:(?:, ?| và )(?:số )?(?:{_SYMBOL}|{_BARE}(?! ?(?:năm|tháng|nghị|chỉ)\b)))*"
)
_SYMBOLED = pattern_of(rf"{_ADDED} {_SYMBOL}(?:(?:, ?| và )(?:số )?{_SYMBOL})*")
_PLAIN_NUMBER = pattern_of(
    rf" {_BARE}(?:(?:, ?| và ){_BARE})*(?! ?(?:năm|tháng|ngày|điểm|tỷ|triệu|nhiệm|nội|vấn|nhóm|chỉ|mục|giải|chương|khâu|đột|trong|xã|huyện|dự|đề|nghị|người|bước|ý|đợt|lần|giờ|lĩnh|cấp|hội|đồng|đơn|tổ|phần|cán|trường|vị|-|/|%|,\d)\b)"
)
_PLENUM = pattern_of(
    r" (?:(?:hội nghị )?(?:lần thứ [\w]+ )?)?(?:ban chấp hành |bch )?(?:trung ương|tw|tư)(?: đảng)?(?: lần thứ)? ?(?:\d{1,2}|[ivx]+)\b"
)
_SHORT = key_set("nghị chỉ kết quy đề chương kế luật")
_OTHER_STOPS = key_set(
    "của do đã sẽ được là gồm xác và để nhằm trong với có tại phải cần trình như này nêu trên theo từ khi phù nên mà đề nếu bảo tạo đó vào sau cùng ở giao cho đối bao chưa vẫn các gắn còn đang không phấn đặt phê tổ trở sớm đến trước"
)
_SUBJECT_STOPS = key_set("của do đã sẽ được là gồm nhằm trình nêu này đó bao khi nếu thay")
_ISSUERS_END = (
    keyed("thực hiện"),
    keyed("ban hành"),
    keyed("sửa đổi"),
    keyed("bổ sung"),
    keyed("thay thế"),
    keyed("đúng"),
    keyed("nêu rõ"),
    keyed("hướng dẫn"),
    keyed("yêu cầu"),
    keyed("quy định"),
    keyed("phù hợp"),
    keyed("trên địa bàn"),
)
_KNOWN_BY_NAME = tuple(keyed(words) for words in ("Điều lệ Đảng", "Hiến pháp", "Cương lĩnh", "Văn kiện Đại hội"))
_SUBJECT_LONGEST, _OTHER_LONGEST = 70, 26
_AND_PARTS = key_set("giám chống an trật trách công lãng xây chỉnh thương")
_SPLITTERS = frozenset(';:.…!?\n"“”()[]')


def document_at(
    doc: Doc,
    token: int,
    dates: Mapping[int, int],
    terms: Mapping[int, int],
    inner: Inner,
    known: Trie[str] | None = None,
) -> Node | None:
    """The document that begins at ``token``."""
    found = _HEADS.longest(doc, token)
    if found is None:
        return None
    after, kind = found
    cap = doc.caps[token]
    if doc.words[token - 1] == "thảo" and not cap:
        return None
    node = _numbered(doc, token, after, cap, terms) or _plenum(doc, token, after, cap, terms, known)
    node = node or _congress(doc, token, after, terms, known, cap)
    if (
        node
        or not cap
        or kind in ("báo cáo", "tờ trình", "văn bản", "công văn", "công điện", "thông tri", "lệnh", "dự án luật")
    ):
        return node
    if doc.words[after] == "về" and kind not in ("thông báo", "quyết định", "hướng dẫn", "văn kiện"):
        return _by_subject(doc, token, after, dates, inner)
    return (
        _law(doc, token, after, inner)
        if kind in ("luật", "bộ luật", "pháp lệnh")
        else _other(doc, token, after, kind, dates, terms, inner)
    )


def _made(doc: Doc, first: int, end: int, nodes: tuple[Node, ...], sure: float) -> Node:
    after = doc.after.get(end, 0)
    if not after:  # the pattern ended inside a token: to that token's end
        after = next(place for place in range(first + 1, doc.count + 1) if doc.ends[place - 1] >= end)
    return Node("RESOLUTION", doc.starts[first], doc.ends[after - 1], after, nodes, sure=sure)


def _with_term(doc: Doc, node: Node, terms: Mapping[int, int], plain: bool = False) -> Node:
    """A directly following term in brackets (``plain``: also without) belongs to the document."""
    at = node.next
    bracket = doc.forms[at] == "("
    comma = plain and doc.forms[at] == "," and at + 1 in terms
    first = at + 1 if bracket or comma else at
    end = terms.get(first)
    if end is None or not (bracket or plain) or (bracket and doc.forms[end] != ")"):
        return node
    last = end + bracket
    return Node(
        node.label,
        node.start,
        doc.ends[last - 1],
        last,
        (*node.inner, term_node(doc, first, end)),
        node.said,
        sure=node.sure,
    )


def _numbered(doc: Doc, token: int, after: int, cap: bool, terms: Mapping[int, int]) -> Node | None:
    at = doc.ends[after - 1]
    match = _NUMBERED.match(doc.key, at) or _SYMBOLED.match(doc.key, at)
    if match is None and cap and doc.words[token] in _SHORT | {"thông", "quyết", "hướng", "nghị"}:
        match = _PLAIN_NUMBER.match(doc.key, at)
    if match is None:
        return None
    return _with_term(doc, _made(doc, token, match.end(), (), 0.97), terms)


def _plenum(
    doc: Doc, token: int, after: int, cap: bool, terms: Mapping[int, int], known: Trie[str] | None
) -> Node | None:
    """``Nghị quyết Trung ương 6 (khóa XII)``; with ``Hội nghị`` it is a meeting's (:func:`_congress`)."""
    match = _PLENUM.match(doc.key, doc.ends[after - 1])
    if match is None or not cap or doc.words[after] == "hội":
        return None
    body = body_at(doc, after, known)
    node = _made(doc, token, match.end(), (body,) if body and body.end <= match.end() else (), 0.95)
    while (
        doc.words[node.next] in (",", "và")
        and doc.forms[node.next + 1].isdecimal()
        and len(doc.forms[node.next + 1]) < 3
    ):
        node = Node(node.label, node.start, doc.ends[node.next + 1], node.next + 2, node.inner, sure=node.sure)
    return _with_term(doc, node, terms, plain=True)


def _congress(
    doc: Doc, token: int, after: int, terms: Mapping[int, int], known: Trie[str] | None, cap: bool
) -> Node | None:
    """``Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX``; a doubled ``Đại hội`` stays outside the meeting."""
    if doc.words[after] not in ("đại", "hội"):
        return None
    if not cap and doc.words[token] != "nghị":
        return None
    start = after + 2 if doc.starts_with(after, keyed("Đại hội Đại hội")) else after
    meeting = meeting_at(doc, start, terms, known, named=True)
    if meeting is None or meeting.said.get("kind") not in ("dai_hoi", "hoi_nghi"):
        return None
    if len(meeting.inner) == 1 and "ordinal" not in meeting.said and meeting.inner[0].label == "ORG" and not cap:
        return None
    return Node("RESOLUTION", doc.starts[token], meeting.end, meeting.next, (meeting,), sure=0.93)


def _by_subject(doc: Doc, token: int, after: int, dates: Mapping[int, int], inner: Inner) -> Node | None:
    """``Nghị quyết về …`` with its whole title: to its period when one stands in the clause, else to the first break."""
    at, comma, period, listed = after + 1, 0, 0, False
    while at < doc.count and at - after < _SUBJECT_LONGEST:
        word = doc.words[at]
        if doc.forms[at] == ";" and _goes_on(doc, at + 1, dates):
            at += 1
            continue
        if doc.forms[at] in _SPLITTERS or word in _SUBJECT_STOPS or _stops(doc, at):
            listed = doc.forms[at] == ";" and at - after < 30
            break
        if word in (",", "và") and (
            (_HEADS.longest(doc, at + 1) and doc.caps[at + 1]) or doc.starts_with(at + 1, keyed("trong đó"))
        ):
            break
        if at in dates:
            period = at = dates[at]
            if doc.words[at] in (",", "và") and doc.starts_with(at + 1, keyed("tầm nhìn")):
                continue
            break
        if word == ",":
            comma = comma or at
            if doc.starts_with(at + 1, keyed("thay thế")) or doc.caps[at + 1]:
                break
        at += 1
    end = period or (at if listed else comma or at)
    while end > after and not doc.forms[end - 1][0].isalnum():
        end -= 1
    if end <= after + 2:
        return None
    return Node(
        "RESOLUTION", doc.starts[token], doc.ends[end - 1], end, inner(after + 1, end), {"_subject": "1"}, sure=0.8
    )


def _goes_on(doc: Doc, token: int, dates: Mapping[int, int]) -> bool:
    """Whether small letters lead from a semicolon to the period that ends the title."""
    if doc.caps[token]:
        return False
    for at in range(token, min(token + 30, doc.count)):
        if at in dates:
            return doc.words[at] in ("giai", "thời")
        if doc.forms[at] in _SPLITTERS or (doc.caps[at] and _HEADS.longest(doc, at)):
            return False
    return False


def _stops(doc: Doc, token: int) -> bool:
    return any(doc.starts_with(token, words) for words in _ISSUERS_END) and doc.words[token] not in ("bổ",)


def _law(doc: Doc, token: int, after: int, inner: Inner) -> Node | None:
    """``Luật Đất đai (sửa đổi)``: from the list of laws, else to the end of its small letters."""
    listed = lists.names_of("laws.txt").longest(doc, after)
    if listed and doc.caps[after]:
        end = listed[0]
        if doc.starts_with(end, keyed("năm")) and doc.forms[end + 1].isdecimal():
            end += 2
        return Node(
            "RESOLUTION", doc.starts[token], doc.ends[end - 1], end, inner(after, end), {"_subject": "1"}, sure=0.9
        )
    if not doc.caps[after] or not doc.is_word(after):
        return None
    end = after
    while end < doc.count and end - after < 12 and doc.is_word(end) and doc.words[end] not in _OTHER_STOPS - {"và"}:
        end += 1
    return Node("RESOLUTION", doc.starts[token], doc.ends[end - 1], end, inner(after, end), {"_subject": "1"}, sure=0.6)


def _other(
    doc: Doc, token: int, after: int, kind: str, dates: Mapping[int, int], terms: Mapping[int, int], inner: Inner
) -> Node | None:
    """``Quy chế làm việc``, ``Quy hoạch sử dụng đất thời kỳ 2021-2030``: kind and identifying words."""
    if kind in (
        "nghị quyết",
        "chỉ thị",
        "quyết định",
        "kết luận",
        "thông báo",
        "nghị định",
        "thông tư",
        "luật",
        "hướng dẫn",
    ):
        return None
    at = after
    dated = False
    while at < doc.count and at - after < _OTHER_LONGEST:
        word = doc.words[at]
        if at in dates or at in terms:
            dated, at = True, dates.get(at) or terms[at]
            if doc.forms[at] == "," and doc.starts_with(at + 1, keyed("tầm nhìn")):
                at += 3 + (doc.words[at + 3] == "đến")
                continue
            break
        if doc.forms[at] in _SPLITTERS or _stops(doc, at):
            break
        if (
            word in _OTHER_STOPS
            and not (word in ("và", "các", "ở", "với", "không", "trong") and _dated_ahead(doc, at, dates, terms))
            and not (word == "đến" and at + 1 in dates and doc.words[at - 1] != "từ")
        ):
            break
        if word == "," and not (doc.words[at + 1] in _AND_PARTS or _dated_ahead(doc, at, dates, terms)):
            break
        at += 1
    end = at
    while end > after and not doc.forms[end - 1][0].isalnum():
        end -= 1
    if kind == "điều lệ" and doc.words[after] == "đảng":
        return Node("RESOLUTION", doc.starts[token], doc.ends[after], after + 1, (), {"_subject": "1"}, sure=0.6)
    if end == after or (
        not dated and (doc.forms[after].isdecimal() or (end - after < 2 and not _is_short(doc, after)))
    ):
        return None
    if doc.opens[token] and not dated and not (doc.words[end] == "của" and doc.caps[end + 1]):
        return None
    return Node("RESOLUTION", doc.starts[token], doc.ends[end - 1], end, inner(after, end), {"_subject": "1"}, sure=0.7)


def _is_short(doc: Doc, token: int) -> bool:
    """``Chương trình OCOP``: an abbreviation identifies by itself."""
    return doc.forms[token].isupper() and len(doc.forms[token]) > 2 and not doc.shouted[token]


def _dated_ahead(doc: Doc, token: int, dates: Mapping[int, int], terms: Mapping[int, int]) -> bool:
    """Whether a period follows soon in the same clause: then the name goes on to it."""
    for at in range(token + 1, min(token + 14, doc.count)):
        if doc.words[at] in ("giai", "thời", "nhiệm", "năm") and (at in dates or at in terms):
            return True
        if (
            doc.forms[at] in _SPLITTERS
            or doc.words[at] in ("của", "đã", "sẽ", "được")
            or (doc.caps[at] and _HEADS.longest(doc, at))
        ):
            return False
    return False
