"""Reading CoNLL-U as records: one per document, put together from tokens and the white space that is stated."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotations.corpus import ImportedRecord
from annotations.report import make_fragments, new_id
from exports.carried import KEY, native_entity, native_relation, native_report
from exports.conllu.misc import label_of, unescaped
from exports.errors import FormatError
from exports.json_records import Json, imported
from exports.jsonl.values import Wrong, check_strings
from exports.text_lines import check_length, text_lines

_BRACKET = re.compile(
    r"\((?P<opened>[^\s()\[\]\-]+)(?:\[(?P<part>\d+)/\d+\])?(?:-(?P<label>[^()-]*))?[^()]*(?P<single>\))?|"
    r"(?P<closed>[^\s()\[\]\-]+)(?:\[\d+/\d+\])?\)"
)
_TAG = re.compile(r"(?:(?:name|NE)=)?(?:([BILUSE])-(.+)|O)")
_ID = re.compile(r"[1-9]\d{0,8}(?:([-.])\d{1,9})?|0\.\d{1,9}")
_SPACES = ("SpaceAfter", "SpacesAfter", "SpacesBefore", "SpacesInToken", "Entity", "name", "NE")

CHAINS = "coreference between mentions"
BROKEN = "entities whose brackets do not close in their sentence"
_LOOKED_AT = 1000


@dataclass
class _Mention:
    """The label of a mention and its spans, of which a continuous one has one."""

    label: str
    spans: list[tuple[int, int]]


@dataclass
class _Document:
    """What was read of the document at hand."""

    place: str
    name: str = ""
    carried: Json = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    waiting: str = ""
    """White space behind the last token; a plain space only counts when a token follows."""
    stated: bool = False
    tokens: int = 0
    mentions: dict[str, list[_Mention]] = field(default_factory=dict)
    """By the name in their brackets; in files with coreference several have one."""
    open: dict[str, list[int]] = field(default_factory=dict)
    """Where the brackets of a name were opened."""
    tagged: list[Json] = field(default_factory=list)
    skip_until: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def recognises(path: Path) -> bool:
    """Whether the first line that is no comment has ten columns and begins with a number."""
    try:
        if path.is_file():
            for number, (_, line) in enumerate(text_lines(path)):
                if line and not line.startswith("#"):
                    columns = line.split("\t")
                    return len(columns) == 10 and _ID.fullmatch(columns[0]) is not None
                if number > _LOOKED_AT:
                    break
    except FormatError:
        pass
    return False


def read(path: Path) -> Iterator[ImportedRecord]:
    """The records, in file order; a file without ``# newdoc`` is one.

    Raises ``FormatError`` with the line at the first thing that is wrong.
    """
    document: _Document | None = None
    number = 0
    for place, line in text_lines(path):
        if line.startswith("#"):
            name, _, value = line[1:].strip().partition("=")
            if name.split()[:1] == ["newdoc"]:
                if document is not None and (document.pieces or document.name):
                    number += 1
                    yield _record(document, path, number)
                document = _Document(place, unescaped(value.strip()))
            elif name.strip() == KEY:
                document = document or _Document(place)
                document.carried = _carried(value, place)
        elif line.strip():
            document = document or _Document(place)
            _take(document, line, place)
        elif document is not None:
            _end_sentence(document)
    if document is not None:
        yield _record(document, path, number + 1)


def _carried(value: str, place: str) -> Json:
    try:
        made = json.loads(value)
        check_strings(made)
    except (ValueError, RecursionError):
        made = None
    except Wrong as wrong:
        raise wrong.at(place) from wrong
    if type(made) is not dict:
        raise FormatError("{place} is not what an export wrote there; nothing was taken from this file.", place=place)
    return made


def _take(document: _Document, line: str, place: str) -> None:
    """Take one token line."""
    columns = line.split("\t")
    number = _ID.fullmatch(columns[0])
    if len(columns) != 10 or number is None or not columns[1]:
        raise FormatError(
            "{place} is no line of CoNLL-U: it has not ten columns that begin with a number and a form. "
            "Nothing was taken from this file.",
            place=place,
        )
    if number[1] == ".":
        return
    stated = [value.partition("=") for value in columns[9].split("|")]
    misc = {key: value for key, _, value in stated if key in _SPACES}
    if number[1] is None and int(columns[0]) <= document.skip_until:
        # A word of a token that was taken as a whole: its entities begin and end with that token.
        span = (document.length - len(document.pieces[-1]), document.length)
    else:
        document.skip_until = int(columns[0].split("-")[1]) if number[1] == "-" else 0
        span = _add_token(document, columns[1], misc)
    check_length(document.length, place)
    if "Entity" in misc:
        _take_brackets(document, misc["Entity"], span, place)
    else:
        tag = next((match for value in columns[9].split("|") if (match := _TAG.fullmatch(value))), None)
        if tag is not None and tag[1]:
            _take_tag(document, tag[1], label_of(tag[2]), span)


def _add_token(document: _Document, form: str, misc: dict[str, str]) -> tuple[int, int]:
    document.add(document.waiting)
    document.add(unescaped(misc.get("SpacesBefore", "")))
    document.add(unescaped(misc["SpacesInToken"]) if "SpacesInToken" in misc else form)
    span = (document.length - len(document.pieces[-1]), document.length)
    document.tokens += 1
    document.stated = "SpacesAfter" in misc
    if document.stated:
        document.waiting = unescaped(misc["SpacesAfter"])
    else:
        document.waiting = "" if misc.get("SpaceAfter") == "No" else " "
    return span


def _take_brackets(document: _Document, value: str, span: tuple[int, int], place: str) -> None:
    done = 0
    for match in _BRACKET.finditer(value):
        name = match["opened"] or match["closed"]
        if match.start() != done or (match["closed"] and not document.open.get(name)):
            break
        done = match.end()
        mentions = document.mentions.setdefault(name, [])
        if match["opened"]:
            if match["part"] in (None, "1") or not mentions:
                mentions.append(_Mention(label_of(match["label"] or ""), []))
            if match["single"]:
                mentions[-1].spans.append(span)
            else:
                # Where it will end is filled in when it is closed.
                mentions[-1].spans.append((span[0], -1))
                document.open.setdefault(name, []).append(span[0])
        else:
            _close(mentions, document.open[name].pop(), span[1])
    if done != len(value):
        raise FormatError(
            "{place}: Entity={value} does not open and close entities as CorefUD does; nothing was taken from this file.",
            place=place,
            value=value[:80],
        )


def _close(mentions: list[_Mention], start: int, end: int) -> None:
    for mention in reversed(mentions):
        if (start, -1) in mention.spans:
            mention.spans[mention.spans.index((start, -1))] = (start, end)
            return


def _take_tag(document: _Document, prefix: str, label: str, span: tuple[int, int]) -> None:
    last = document.tagged[-1] if document.tagged else None
    if prefix in "ILE" and last is not None and (last["label"], last["token"]) == (label, document.tokens - 1):
        last["end"] = span[1]
    else:
        last = {"label": label, "start": span[0], "end": span[1]}
        document.tagged.append(last)
    last["token"] = document.tokens


def _end_sentence(document: _Document) -> None:
    for name in [name for name, starts in document.open.items() if starts]:
        mentions = document.mentions[name]
        document.mentions[name] = [mention for mention in mentions if all(end >= 0 for _, end in mention.spans)]
        document.left_out[BROKEN] += len(mentions) - len(document.mentions[name])
    document.open.clear()
    document.skip_until = 0


def _record(document: _Document, path: Path, number: int) -> ImportedRecord:
    _end_sentence(document)
    if document.stated:
        document.add(document.waiting)
    native = native_report(document.carried, "".join(document.pieces))
    if not document.carried and document.name:
        native["name"] = document.name
    parts = document.carried.get("entities")
    known = parts if type(parts) is dict else {}
    native["entities"] = []
    ids: dict[str, str] = {}
    for name, mentions in document.mentions.items():
        document.left_out[CHAINS] += max(0, len(mentions) - 1)
        for mention in mentions:
            start, end, fragments = make_fragments(tuple(mention.spans))
            own: Json = {"label": mention.label or "ENTITY", "start": start, "end": end}
            entity = native_entity(own, None if name in ids else known.get(name), document.left_out)
            entity.pop("fragments", None)
            if fragments:
                entity["fragments"] = [list(span) for span in fragments]
            entity.setdefault("id", new_id())
            ids.setdefault(name, entity["id"])
            native["entities"].append(entity)
    if not document.mentions:
        native["entities"] = [{key: one[key] for key in ("label", "start", "end")} for one in document.tagged]
    native["entities"].sort(key=lambda one: (one["start"], -one["end"], str(one.get("id"))))
    native["relations"] = list(_relations(document.carried.get("relations"), ids))
    return imported(native, document.place, f"{path.stem}-{number}", document.left_out)


def _relations(values: object, ids: dict[str, str]) -> Iterator[Json]:
    for value in values if type(values) is list else ():
        if type(value) is list and [type(part) for part in value] == [str, str, str, dict]:
            kind, source, target, part = value
            if source in ids and target in ids:
                yield native_relation({"type": kind, "source": ids[source], "target": ids[target]}, part)
