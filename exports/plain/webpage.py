"""Web pages: the visible text in lines, and what the page says about itself."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.errors import FormatError
from exports.plain.dates import parse_date, squeeze
from exports.plain.decode import Decoded, check_characters, decode

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED_TAGS = """
    aside audio button canvas dialog embed footer head iframe input map nav noscript object option script select
    style svg template textarea title video
"""
_ROLES = """
    alert banner complementary contentinfo dialog menu menubar navigation search
"""
_BLOCK_TAGS = """
    address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section summary
    table tbody tfoot thead tr ul
"""
_DROPPED = frozenset(_DROPPED_TAGS.split())
_FURNITURE_ROLES = frozenset(_ROLES.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SPACES = re.compile(r"[ \t\n\r\f]+")
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DATE_KEYS = (
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "published_time", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created", "date",
)  # fmt: skip
# A page with NUL is refused, so these marks are ours alone until the lines are made.
_CELL, _NEWLINE = "\x00c", "\x00n"
_SITE_TAIL = re.compile(r"\s+[|–—»-]\s+[^|–—»]{2,60}$")


@dataclass(frozen=True, slots=True)
class WebPage:
    """The text of a page and what its head says: ``title``, ``date`` (EDTF), ``site``; empty when it says nothing.

    ``title_sure`` is False for a title that may carry the site's name.
    """

    text: str
    encoding: str
    title: str = ""
    title_sure: bool = False
    date: str = ""
    site: str = ""


def read_html(data: bytes, name: str) -> WebPage:
    """The visible text of a page, a line for each paragraph, and its metadata. Raises ``FormatError``.

    Scripts, navigation, page heads and feet are left out; no entity and no address is ever followed.
    """
    decoded = _decode(data, name)
    check_characters(decoded.text, name)
    root = _parse(decoded.text, name)
    if root is None:
        return WebPage("", decoded.encoding)
    heading = _heading(root)
    meta = _meta(root)
    title = heading or squeeze(meta.get("og:title", "")) or _title_element(root)
    return WebPage(
        "\n".join(_lines(root)),
        decoded.encoding,
        title,
        bool(heading or meta.get("og:title")),
        _date(root, meta),
        squeeze(meta.get("og:site_name", "")),
    )


def _decode(data: bytes, name: str) -> Decoded:
    """Bytes that are UTF-8 are that, whatever the page says; else what it says, if Python can read it so."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    try:
        return decode(data, name)
    except FormatError:
        said = _META_CHARSET.search(data[:4096])
        # a Vietnamese page that says Western was told by its spelling above; what is left may really be foreign
        charset = said[1].decode("ascii", "replace").lower() if said else ""
        if charset in ("", "utf-8", "utf8", "utf-16") or not _is_text_codec(charset):
            raise
        try:
            return Decoded(data.decode("cp1252" if charset == "iso-8859-1" else charset), charset)
        except UnicodeDecodeError:
            pass
        raise


def _is_text_codec(charset: str) -> bool:
    try:
        return codecs.lookup(charset)._is_text_encoding
    except LookupError:
        return False


def _parse(text: str, name: str) -> _Element | None:
    from lxml import etree, html

    # huge_tree raises the depth at which libxml2 stops from 256 to 2048 elements; beyond that the page is refused
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root: _Element = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError:
        return None  # nothing but comments
    except etree.LxmlError as error:
        raise FormatError("{name} was not imported: it cannot be read as a web page.", name=name) from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise FormatError(
            "{name} was not imported: its elements are nested thousands deep, so it would be read in part only.",
            name=name,
        )
    return root


def _is_dropped(element: _Element) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _DROPPED or element.get("hidden") is not None:
        return True
    if element.get("role", "").lower() in _FURNITURE_ROLES:
        return True
    style = element.get("style", "")
    if style and "display:none" in style.replace(" ", "").lower():
        return True
    return tag == "header" and not any(up.tag in ("article", "main") for up in element.iterancestors())


def _lines(root: _Element) -> Iterator[str]:
    """The text of the page's blocks in order; the cells of a row are parted by tabs."""
    line: list[str] = []
    for event, element, text in _walk(root):
        if event == "text":
            line.append(text)
            continue
        if element.tag in ("td", "th"):
            line.append(_CELL)
        elif element.tag in _BLOCKS:
            if finished := _finish(line):
                yield from finished
            line = []
    yield from _finish(line)


def _finish(line: list[str]) -> list[str]:
    """Lines with their white space as a browser shows it, and the marks between cells as tabs; none empty."""
    lines = []
    for part in "".join(line).split(_NEWLINE):
        cells = (_SPACES.sub(" ", cell).strip(" ") for cell in part.split(_CELL))
        lines.append("\t".join(cell for cell in cells if cell.strip()))
    return [line for line in lines if line.strip()]


def _walk(root: _Element) -> Iterator[tuple[str, _Element, str]]:
    """Starts, texts and ends of what is visible, without recursion."""
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        if leaving:
            yield "end", element, ""
            if element.tail:
                yield "text", element, _spaced(element.getparent(), element.tail)
            continue
        if _is_dropped(element):
            if element.tail and element is not root:
                yield "text", element, _spaced(element.getparent(), element.tail)
            continue
        yield "start", element, ""
        if element.text:
            yield "text", element, _spaced(element, element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _spaced(element: _Element | None, text: str) -> str:
    """Newlines count in ``pre`` only; there they become a mark that ``_finish`` cuts at."""
    if "\n" in text and element is not None and (element.tag == "pre" or any(element.iterancestors("pre"))):
        return text.replace("\r\n", "\n").replace("\n", _NEWLINE)
    return text


def _heading(root: _Element) -> str:
    """The only visible ``h1`` that says something."""
    found = {squeeze(_words(h1)) for h1 in root.iter("h1")} - {""}
    return found.pop() if len(found) == 1 else ""


def _title_element(root: _Element) -> str:
    element = next(root.iter("title"), None)
    return _SITE_TAIL.sub("", squeeze(_words(element))) if element is not None else ""


def _words(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _meta(root: _Element) -> dict[str, str]:
    """``content`` of the meta elements by property, name or itemprop (small letters), the first of each."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content", "").strip()
        if key and content:
            found.setdefault(key.lower(), content)
    return found


def _date(root: _Element, meta: dict[str, str]) -> str:
    """The date of publication that the page states for machines: meta, JSON-LD, ``itemprop``, ``time``."""
    stated = [meta[key] for key in _DATE_KEYS if key in meta]
    stated += _linked_data_dates(root)
    for element in root.iter():
        if isinstance(element.tag, str) and (element.get("itemprop") or "").lower() == "datepublished":
            stated.append(element.get("datetime") or element.get("content") or _words(element))
    times = list(root.iter("time"))
    stated += [element.get("datetime") or _words(element) for element in times[:1]]
    return next((found for value in stated if (found := parse_date(value))), "")


def _linked_data_dates(root: _Element) -> Iterator[str]:
    """``datePublished`` of the JSON-LD blocks."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            waiting: list[object] = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                if isinstance(value.get("datePublished"), str):
                    yield value["datePublished"]
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(reversed(value))
