"""MEETING: from the noun that carries the number or name, with body, term and ``mở rộng``, up to ``của``; or the bare noun."""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotations.normalise.numerals import ordinal
from annotations.suggest import lists
from annotations.suggest.lists import Trie
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc, key_set, keyed
from annotations.suggest.rules.bodies import body_at
from annotations.suggest.rules.titles import title_at

_HEADS: Trie[str] = Trie(
    (words, kind)
    for kind, group in {
        "hoi_nghi": ("hội nghị", "hội nghị trực tuyến", "hội nghị toàn thể"),
        "dai_hoi": ("đại hội", "đại hội đại biểu", "đại hội đại biểu toàn quốc", "đại hội toàn quốc"),
        "ky_hop": ("kỳ họp", "phiên họp"),
        "bau_cu": ("bầu cử",),
        "le": (
            "buổi lễ",
            "lễ khai mạc",
            "lễ bế mạc",
            "lễ kỷ niệm",
            "lễ công bố",
            "lễ trao tặng",
            "lễ ra mắt",
            "lễ phát động",
            "lễ khởi công",
            "lễ khánh thành",
            "lễ ký kết",
            "lễ trao",
            "lễ dâng hương",
            "lễ truy điệu",
            "lễ mít tinh",
            "lễ tuyên dương",
            "ngày hội đại đoàn kết toàn dân tộc",
            "ngày hội đại đoàn kết",
            "ngày hội toàn dân bảo vệ an ninh Tổ quốc",
            "lễ hội",
            "lễ đón nhận",
            "lễ khởi động",
            "lễ tưởng niệm",
            "lễ viếng",
        ),
        "khac": (
            "buổi làm việc",
            "buổi gặp mặt",
            "buổi tiếp xúc",
            "buổi tiếp",
            "buổi đối thoại",
            "cuộc họp",
            "buổi họp",
            "cuộc làm việc",
            "hội thảo",
            "hội thảo khoa học",
            "tọa đàm",
            "diễn đàn",
            "buổi tọa đàm",
            "họp báo",
            "buổi tiếp dân",
            "hội thi",
            "hội đàm",
            "buổi giám sát",
            "cuộc gặp",
            "chương trình gặp mặt",
            "buổi thảo luận",
        ),
    }.items()
    for words in group
)
_ALONE = {
    "hội nghị", "đại hội", "kỳ họp", "phiên họp", "buổi lễ", "buổi làm việc", "buổi gặp mặt", "buổi tiếp xúc", "buổi tiếp", "buổi đối thoại", "cuộc họp",
    "buổi họp", "cuộc làm việc", "hội thảo", "tọa đàm", "diễn đàn", "buổi tọa đàm", "hội nghị trực tuyến", "buổi tiếp dân", "lễ kỷ niệm", "lễ công bố",
    "lễ khai mạc", "lễ bế mạc", "lễ ra mắt", "lễ phát động", "lễ khởi công", "lễ khánh thành", "lễ trao tặng", "lễ ký kết", "hội đàm", "buổi giám sát", "cuộc gặp", "lễ dâng hương", "hội thảo khoa học",
}  # fmt: skip
_NOMINAL = frozenset(keyed(words) for words in _ALONE)
_MODIFIERS: Mapping[tuple[str, ...], None] = dict.fromkeys(
    keyed(words)
    for words in (
        "đại biểu", "toàn quốc", "toàn thể", "(mở rộng)", "thường niên", "mở rộng", "bất thường và thường kỳ", "thường kỳ và bất thường", "thường kỳ", "bất thường",
        "chuyên đề", "hiệp thương", "trực tuyến", "giữa nhiệm kỳ", "giữa năm", "cuối năm", "thường lệ", "toàn tỉnh", "thành lập", "điểm", "nhiệm kỳ", "trù bị",
        "thi đua yêu nước", "cán bộ chủ chốt", "toàn tỉnh", "các dân tộc thiểu số", "cử tri", "lần này",
    )
)  # fmt: skip
_SOLO = frozenset(
    keyed(words)
    for words in (
        "trực tuyến",
        "toàn thể",
        "(mở rộng)",
        "mở rộng",
        "điểm",
        "trù bị",
        "cử tri",
        "lần này",
        "toàn tỉnh",
        "giữa năm",
        "cuối năm",
    )
)
"""Modifiers that make no name by themselves."""
_NUMBER = re.compile(r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3}|\d{1,2})")
_ORDINAL_AFTER_NTH = re.compile(r"(?:x{0,3}(?:ix|iv|v?i{0,3})|\d{1,2})")
_SPELLED = {
    keyed(words)
    for words in (
        "nhất",
        "hai",
        "ba",
        "tư",
        "bốn",
        "năm",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "mười một",
        "mười hai",
        "mười ba",
        "mười bốn",
        "mười lăm",
        "mười sáu",
        "mười bảy",
        "mười tám",
        "mười chín",
        "hai mươi",
        "hai mươi mốt",
        "hai mươi hai",
    )
}
_PLURALS = key_set("các những mỗi nhiều số từng kỳ hai ba phòng trường nhà")
_OPEN_PLURAL = key_set("các những nhiều số mọi mỗi từng")
_FOR_ALL = (
    keyed("đảng bộ các cấp"),
    keyed("đảng các cấp"),
    keyed("các cấp"),
    keyed("đảng bộ cấp"),
    keyed("đảng bộ cơ sở"),
    keyed("chi bộ"),
    keyed("đảng viên"),
    keyed("cơ sở"),
    keyed("chi, đảng bộ"),
)
_PRESENT = key_set("tại dự mạc trì luận ngày trước sau trong chức từ đến của cho mừng với triệu bầu gia về thúc")
_PARTS_OF_YEAR = key_set("đầu giữa cuối")
_LEVELS = key_set("tỉnh huyện quận xã phường")
_NOT_PARTY = key_set("bộ ủy đoàn viên")
"""Second syllables with which ``Đảng`` is another word."""


def meeting_at(
    doc: Doc,
    token: int,
    terms: Mapping[int, int],
    known: Trie[str] | None = None,
    *,
    named: bool = False,
    dates: Mapping[int, int] | None = None,
) -> Node | None:
    """The meeting that begins at ``token``; ``named`` refuses the bare noun."""
    found = _HEADS.longest(doc, token)
    if found is None:
        return None
    after, kind = found
    words = tuple(doc.words[token:after])
    if words == ("phiên", "họp") or words == ("cuộc", "họp"):
        again = _HEADS.longest(doc, after)
        if again:
            return None
    if doc.starts_with(after, keyed("đại hội")):  # "Đại hội Đại hội lần thứ XIII": the copy that carries the number
        return None
    if kind == "bau_cu":
        return _election(doc, token, after, terms, known)
    if any(doc.starts_with(after, plural) for plural in _FOR_ALL) and not doc.starts_with(
        after, keyed("đảng bộ cơ sở số")
    ):
        return None
    if (body := lists.bodies().longest(doc, after)) and any(doc.starts_with(body[0], plural) for plural in _FOR_ALL):
        return None
    made = _named(doc, token, after, kind, terms, known, dates or {})
    return made or (None if named else _nominal(doc, token, after, kind, words))


def _named(
    doc: Doc,
    token: int,
    after: int,
    kind: str,
    terms: Mapping[int, int],
    known: Trie[str] | None,
    dates: Mapping[int, int],
) -> Node | None:
    """Reads number, body, term, ``mở rộng`` in any order."""
    at, inner, number, strong = after, list[Node](), "", len(doc.words[token:after]) > 3
    while at < doc.count:
        if (modifier := _modifier(doc, at)) is not None:
            strong = strong or modifier not in _SOLO
            at += len(modifier)
        elif at in dates and doc.words[at] in _PARTS_OF_YEAR and kind == "ky_hop":
            inner.append(Node("DATE", doc.starts[at], doc.ends[dates[at] - 1], dates[at]))
            at, strong = dates[at], True
        elif not number and doc.words[at] in _LEVELS and _nth(doc, at + 1) is not None:
            at += 1
        elif not number and (nth := _nth(doc, at)) is not None:
            at, number = nth
            strong = True
        elif (term := _term(doc, at, terms)) is not None:
            inner.append(term[0])
            at, strong = term[1], True
        elif not any(node.label == "ORG" for node in inner) and (body := _body(doc, at, known)) is not None:
            inner.append(body)
            at, strong = body.next, True
        else:
            break
    if not strong or (at == after and (kind != "le" or after - token < 4)):
        return None
    said = {"kind": kind, "mention": "named", **({"ordinal": number} if number else {})}
    at = at if at <= doc.count else doc.count
    return Node("MEETING", doc.starts[token], doc.ends[at - 1], at, tuple(inner), said, sure=0.9)


def _modifier(doc: Doc, token: int) -> tuple[str, ...] | None:
    found = [words for words in _MODIFIERS if doc.starts_with(token, words)]
    best = max(found, key=len, default=None)
    if best in (keyed("nhiệm kỳ"), keyed("điểm")) and doc.forms[token + len(best or ())][:1].isdecimal():
        return None
    if best in (keyed("cuối năm"), keyed("giữa năm")) and doc.forms[token + 2][:1].isdecimal():
        return None
    return None if best == keyed("nhiệm kỳ") or best == keyed("thành lập") else best


def _nth(doc: Doc, token: int) -> tuple[int, str] | None:
    """``lần thứ XIII``, ``thứ mười bốn``, ``XIII``; an ordinal behind ``(`` is not read."""
    at = token
    if doc.words[at] in (",",) and doc.words[at + 1] == "lần":
        at += 1
    marked = False
    for words in (keyed("lần thứ"), keyed("lần"), keyed("thứ"), keyed("số")):
        if doc.starts_with(at, words):
            at += len(words)
            marked = True
            break
    if marked:
        for length in (3, 2, 1):
            if tuple(doc.words[at : at + length]) in _SPELLED:
                return at + length, str(
                    ordinal(" ".join(doc.words[at : at + length])) or _spelled(doc.words[at : at + length])
                )
    word = doc.words[at]
    pattern = _ORDINAL_AFTER_NTH if marked else _NUMBER
    if (
        word
        and pattern.fullmatch(word)
        and (
            marked
            or doc.forms[at].isupper()
            or (doc.forms[at].isdecimal() and doc.words[at - 1] in ("ương", "tw", "tư"))
        )
    ):
        if doc.words[at + 1] in ("/", "%", "năm", "tháng", "ngày") and not marked:
            return None
        return at + 1, str(ordinal(word) or "")
    return None


def _spelled(words: list[str]) -> str:
    tens = {"mười": 10, "hai": 20}
    ones = {
        "nhất": 1,
        "một": 1,
        "mốt": 1,
        "hai": 2,
        "ba": 3,
        "tư": 4,
        "bốn": 4,
        "lăm": 5,
        "năm": 5,
        "sáu": 6,
        "bảy": 7,
        "tám": 8,
        "chín": 9,
    }
    if len(words) == 1:
        return str(ones.get(words[0], ""))
    return str(tens.get(words[0], 0) + (ones.get(words[-1], 0) if words[-1] != "mươi" else 0))


def _term(doc: Doc, token: int, terms: Mapping[int, int]) -> tuple[Node, int] | None:
    """A term behind nothing, a comma or an opening bracket (which is then closed)."""
    at = token
    bracket = doc.forms[at] == "("
    if bracket or (doc.forms[at] == "," and token + 1 in terms):
        at += 1
    end = terms.get(at)
    if end is None or (bracket and doc.forms[end] != ")"):
        return None
    return term_node(doc, at, end), end + bracket


def term_node(doc: Doc, first: int, after: int) -> Node:
    """A TERM."""
    return Node("TERM", doc.starts[first], doc.ends[after - 1], after, sure=0.97)


def _body(doc: Doc, token: int, known: Trie[str] | None) -> Node | None:
    """The body in the name; behind a comma only when it has a level (``kỳ họp thứ hai, HĐND tỉnh``)."""
    if doc.words[token] == "," and doc.words[token + 1] in ("hđnd", "hội", "quốc") and doc.caps[token + 1]:
        body = body_at(doc, token + 1, known)
        return body if body and body.said["_system"] == "assembly" else None
    if doc.forms[token] == "Đảng" and doc.words[token + 1] not in _NOT_PARTY:
        return Node(
            "ORG", doc.starts[token], doc.ends[token], token + 1, said={"_system": "party", "_level": "central"}
        )
    if not doc.caps[token] and doc.words[token] not in ("đảng",):
        return None
    body = body_at(doc, token, known)
    return body if body and (doc.caps[token] or body.inner or body.next - token > 2) else None


def _election(doc: Doc, token: int, after: int, terms: Mapping[int, int], known: Trie[str] | None) -> Node | None:
    """``bầu cử đại biểu Quốc hội khóa XV và đại biểu HĐND các cấp nhiệm kỳ 2021-2026``."""
    if doc.words[token - 1] in ("ban", "khu", "tổ", "luật") or doc.words[token - 2 : token] == list(keyed("ủy ban")):
        return None
    at, inner = after, list[Node]()
    while (title := title_at(doc, at, known, joins=False)) is not None and title.said.get("_system") == "assembly":
        inner.append(title)
        at = title.next
        if doc.starts_with(at, keyed("các cấp")):
            at += 2
        while (term := _term(doc, at, terms)) is not None:
            inner.append(term[0])
            at = term[1]
        joined = doc.words[at] in ("và", ",")
        if not joined or title_at(doc, at + 1, known, joins=False) is None or doc.words[at + 1] != "đại":
            break
        at += 1
    if not inner:
        if doc.words[token - 1] == "cuộc":
            return Node(
                "MEETING",
                doc.starts[token],
                doc.ends[after - 1],
                after,
                said={"kind": "bau_cu", "mention": "nominal"},
                sure=0.6,
            )
        return None
    said = {"kind": "bau_cu", "mention": "named"}
    return Node("MEETING", doc.starts[token], doc.ends[at - 1], at, tuple(inner), said, sure=0.9)


def _is_asked(doc: Doc, token: int) -> bool:
    """Whether somebody is asked to hold it: then it is no meeting of the report."""
    for back in range(token - 1, max(0, token - 60), -1):
        if (doc.opens[back] and doc.forms[back][0].isalnum()) or doc.forms[back] == "\n":
            return False
        if (doc.words[back] == "nghị" and doc.words[back - 1] == "đề") or (
            doc.words[back] == "cầu" and doc.words[back - 1] == "yêu"
        ):
            return True
    return False


def _nominal(doc: Doc, token: int, after: int, kind: str, words: tuple[str, ...]) -> Node | None:
    """The bare noun, when it means one meeting."""
    before = doc.words[token - 1] if token else ""
    if words not in _NOMINAL or before in _OPEN_PLURAL or (before in ("kỳ", "phòng") and words[0] != "buổi"):
        return None
    if words == ("đại", "hội") and not doc.caps[token] and before not in _PRESENT:
        return None
    if before == "chức" and _is_asked(doc, token):
        return None
    if doc.words[after] in ("các", "trường") and doc.words[after + 1] in ("cấp", "bộ"):
        return None
    said = {"kind": kind, "mention": "nominal"}
    return Node("MEETING", doc.starts[token], doc.ends[after - 1], after, said=said, sure=0.8)
