"""TITLE: the post with the body it is held in: ``Phó Bí thư Thường trực Tỉnh ủy``."""

from __future__ import annotations

from annotations.suggest import lists
from annotations.suggest.lists import Head, Trie
from annotations.suggest.node import Node
from annotations.suggest.prepared import Doc, key_set, keyed
from annotations.suggest.rules.bodies import body_at, for_all
from annotations.suggest.rules.people import person_after
from annotations.suggest.rules.places import bare_at, unit_at, unit_level

_MODIFIERS = tuple(
    keyed(words)
    for words in (
        "Thường trực",
        "phụ trách",
        "chuyên trách",
        "danh dự",
        "thứ nhất",
        "dự khuyết",
        "kiêm nhiệm",
        "điều hành",
    )
)
_GENERAL = (keyed("Thanh tra Chính phủ"), keyed("Kiểm toán Nhà nước"))
_ELECTED = key_set("quốc hđnd hội")
_SECRETARIAT = keyed("Ban Bí thư")
_TWO_WORDS = (keyed("văn phòng"), keyed("thanh tra"), keyed("tiểu ban"))
"""Heads of bodies at the end of a post's head word."""
_LEVEL_POSTS = key_set("tỉnh huyện xã phường quận")


def title_at(
    doc: Doc, token: int, known: Trie[str] | None = None, *, held: bool = False, joins: bool = True
) -> Node | None:
    """The post that begins at ``token``; ``held`` says that a person's name or another post of theirs stands before."""
    found = lists.titles().longest(doc, token)
    if found is None:
        return None
    after, head = found
    if "m" in head.follow and not doc.caps[token]:
        return None
    node = _with_body(doc, token, after, head, known) or _alone(doc, token, after, head, held, known)
    if node is None or not joins:
        return node
    if (
        doc.words[node.next] == "-"
        and doc.caps[node.next + 1]
        and (second := title_at(doc, node.next + 1, known, held=True))
    ):
        said = {**node.said, "_two": "1"}
        return Node("TITLE", node.start, second.end, second.next, node.inner + second.inner, said, sure=node.sure)
    return node


def _with_body(doc: Doc, token: int, after: int, head: Head, known: Trie[str] | None) -> Node | None:
    after = _modified(doc, after)
    body = _body(doc, token, after, head, known)
    if body is not None and "q" not in head.follow and not body.inner and for_all(doc, body.next):
        return None
    if body is not None:
        return _node(doc, token, body.next, head, (body,), doc.caps[token])
    if "w" in head.follow:
        body = Node(
            "ORG",
            doc.starts[token],
            doc.ends[token + 1],
            token + 2,
            said={"_system": "party", "_level": _committee_level(doc, token)},
        )
        place = bare_at(doc, after, known) or unit_at(doc, after, known)
        return _node(doc, token, place.next if place else after, head, (body, *((place,) if place else ())), True)
    if ("l" in head.follow or "f" in head.follow) and not doc.opens[token]:
        return _of_area(doc, token, after, head, known)
    return None


def _committee_level(doc: Doc, token: int) -> str:
    return {"tỉnh": "province", "thành": "province", "đảng": "commune"}.get(doc.words[token], "district")


def _modified(doc: Doc, token: int) -> int:
    """Behind ``Thường trực``, ``phụ trách``… when they belong to the rank."""
    for words in _MODIFIERS:
        if doc.starts_with(token, words):
            return token + len(words)
    return token


def _body(doc: Doc, token: int, after: int, head: Head, known: Trie[str] | None) -> Node | None:
    """The body inside the title."""
    if "u" in head.follow:
        return _body_in_word(doc, token, known)
    if "g" in head.follow:
        return body_at(doc, after, known) if any(doc.starts_with(after, words) for words in _GENERAL) else None
    if "s" in head.follow:
        return body_at(doc, after, known) if doc.starts_with(after, _SECRETARIAT) else None
    if "q" in head.follow:
        elected = doc.words[after] in _ELECTED and not doc.starts_with(after, keyed("hội nghị"))
        body = body_at(doc, after, known, inside=True, generic=True) if elected else None
        return body if body and body.said["_system"] == "assembly" else None
    if not head.follow & {"b", "p"}:
        return None
    if "p" in head.follow:
        own = 2 if head.words[-2:] in _TWO_WORDS else 1
        body = body_at(doc, token + len(head.words) - own, known, inside=True)
        if body is not None and body.next > after:
            return body
    return body_at(doc, after, known, inside=True, generic=True)


def _body_in_word(doc: Doc, token: int, known: Trie[str] | None) -> Node | None:
    """``UVBTV Tỉnh ủy``: the body begins behind the first two letters."""
    parent = body_at(doc, token + 1, known)
    if parent is None:
        return None
    return Node("ORG", doc.starts[token] + 2, parent.end, parent.next, parent.inner, parent.said, sure=0.85)


def _of_area(doc: Doc, token: int, after: int, head: Head, known: Trie[str] | None) -> Node | None:
    """``Chủ tịch huyện Kim Bảng``, ``Phó Chủ tịch tỉnh``."""
    if not doc.caps[token] or "l" not in head.follow:
        return None
    place = unit_at(doc, after, known)
    if place is not None:
        return _node(doc, token, place.next, head, (place,), True)
    level = unit_level(doc, after)
    return _node(doc, token, level[0], head, (), True) if level and doc.words[after] in _LEVEL_POSTS else None


def _alone(doc: Doc, token: int, after: int, head: Head, held: bool, known: Trie[str] | None) -> Node | None:
    """A post without its body: one that needs none, or one that a name follows."""
    cap = doc.caps[token]
    end = _modified(doc, after)
    if "A" in head.follow or ("a" in head.follow and cap):
        if doc.words[token - 1] in ("các", "những") and "A" not in head.follow:
            return None
        return _node(doc, token, end, head, (), cap)
    if "n" in head.follow and (place := bare_at(doc, after, known)):
        return _node(doc, token, place.next, head, (place,), cap)
    if not cap or "N" not in head.follow or doc.words[end] in ("các", "những"):
        return None
    joined = (
        doc.words[end] in (",", "và")
        and (follower := _plain_title(doc, end + 1, known)) is not None
        and follower.next > end + 2
    )
    dashed = doc.words[end] == "-" and _plain_title(doc, end + 1, known) is not None
    given = doc.words[token - 1] in ("chức", "vụ", "danh") and doc.words[token - 2] in ("giữ", "chức", "nhiệm", "danh")
    if given or (held and doc.words[token - 1] in (",", "-", "(")) or joined or dashed or person_after(doc, end):
        return _node(doc, token, end, head, (), cap)
    return None


def _plain_title(doc: Doc, token: int, known: Trie[str] | None) -> Node | None:
    if doc.words[token] == "các":
        token += 1
    found = lists.titles().longest(doc, token)
    return _with_body(doc, token, found[0], found[1], known) if found else None


def _node(doc: Doc, first: int, after: int, head: Head, inner: tuple[Node, ...], cap: bool) -> Node:
    said = {"rank": head.rank, "_system": head.system}
    for node in inner:
        if node.label == "ORG":
            said["_system"] = head.system or node.said.get("_system", "")
            said["_level"] = node.said.get("_level", "")
        elif node.label == "PLACE":
            said.setdefault("_level", node.said.get("_level", ""))
    return Node("TITLE", doc.starts[first], doc.ends[after - 1], after, inner, said, sure=0.95 if cap else 0.8)
