"""The content of ``.spacy`` files, decoded and checked without building documents: a damaged one must not crash spaCy.

A file is zlib-packed msgpack: columns of 64-bit values for the tokens of all documents, strings by hash, span groups and user
data by document (spacy/tokens/_serialize.py, spacy/tokens/span_group.pyx).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from exports.errors import FormatError
from exports.spacy_docbin import REL, SPANS, SUFFIX

UNPACKED_LIMIT = 512 * 1024 * 1024
"""Bytes of one file at most, unpacked."""

_CHUNK = 1024 * 1024
_SPAN = struct.Struct(">QQQllll")
_DAMAGED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, struct.error)


@dataclass(frozen=True, slots=True)
class BinSpan:
    """A span of tokens; ``id`` and ``kb_id`` are empty when there is none."""

    first: int
    last: int
    label: str
    id: str
    kb_id: str


@dataclass(frozen=True, slots=True)
class BinDoc:
    """A document: tokens, ``doc.ents``, span groups by name, and user data as it was unpacked."""

    words: list[str]
    spaces: list[bool]
    entities: list[BinSpan]
    groups: dict[str, list[BinSpan]]
    user_data: dict[Any, Any]


def files(path: Path) -> list[Path]:
    """The ``.spacy`` files of a folder in order of path, or the one file."""
    return sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]


def documents(file: Path) -> Iterator[BinDoc]:
    """The documents of a file. Raises ``FormatError`` for what is no DocBin, or a damaged one."""
    try:
        packed = _Packed(_unpacked(file))
        for number in range(len(packed.lengths)):
            yield packed.document(number)
    except (zlib.error, *_DAMAGED) as error:
        raise FormatError(
            "{file} is no spaCy DocBin, or a damaged one; nothing was taken from it.", file=file.name
        ) from error
    except OSError as error:
        raise FormatError("{path} could not be read: {why}.", path=file, why=error.strerror or error) from error


def counts(folder: Path) -> tuple[int, int, int]:
    """Documents, spans and relations in all files."""
    found = spans = relations = 0
    for file in files(folder):
        for doc in documents(file):
            found += 1
            spans += len(doc.groups.get(SPANS, ()))
            relations += sum(len(kinds) for kinds in doc.user_data[REL].values())
    return found, spans, relations


def _unpacked(file: Path) -> bytes:
    unpacker = zlib.decompressobj()
    made = bytearray()
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            made += unpacker.decompress(chunk, UNPACKED_LIMIT + 1 - len(made))
            if len(made) > UNPACKED_LIMIT or unpacker.unconsumed_tail:
                raise FormatError(
                    "{file} unpacks to more than {limit} MB; nothing was taken from it.",
                    file=file.name,
                    limit=UNPACKED_LIMIT >> 20,
                )
    if not unpacker.eof:
        raise ValueError("cut off")
    return bytes(made)


class _Packed:
    """The message of a file, with its columns as arrays."""

    def __init__(self, content: bytes) -> None:
        import numpy
        from spacy.strings import StringStore

        codes: Any = import_module("spacy.attrs")
        self._loads: Callable[..., Any] = import_module("srsly").msgpack_loads
        message = self._loads(content)
        attributes = [int(attribute) for attribute in message["attrs"]]
        # Raises KeyError for the hash of an unknown string.
        self._strings: Any = StringStore([str(string) for string in message["strings"]])
        self.lengths = [int(length) for length in numpy.frombuffer(message["lengths"], dtype="int32")]
        tokens = numpy.frombuffer(message["tokens"], dtype="uint64").reshape((-1, len(attributes)))
        spaces = numpy.frombuffer(message["spaces"], dtype=bool)
        if min(self.lengths, default=0) < 0 or not sum(self.lengths) == len(tokens) == len(spaces):
            raise ValueError("lengths")
        self._spaces = spaces
        self._columns = {
            name: tokens[:, attributes.index(code)] if code in attributes else None
            for name, code in (
                ("orth", codes.ORTH),
                ("iob", codes.ENT_IOB),
                ("type", codes.ENT_TYPE),
                ("kb_id", codes.ENT_KB_ID),
                ("id", codes.ENT_ID),
            )
        }
        self._starts = [0]
        for length in self.lengths:
            self._starts.append(self._starts[-1] + length)
        empty: list[Any] = [None] * len(self.lengths)
        self._groups = message.get("span_groups") or empty
        self._user_data = message.get("user_data") or empty
        self._flags = message.get("flags") or [{}] * len(self.lengths)

    def document(self, number: int) -> BinDoc:
        words = [self._strings[code] for code in self._column("orth", number)]
        spaces = [bool(space) for space in self._spaces[self._starts[number] : self._starts[number + 1]]]
        if self._flags[number].get("has_unknown_spaces"):
            spaces = [place + 1 < len(words) for place in range(len(words))]
        data = self._user_data[number]
        user_data = self._loads(data, use_list=False) if data else {}
        if not isinstance(user_data, dict):
            raise TypeError("user data")
        return BinDoc(words, spaces, list(self._entities(number)), self._span_groups(number, len(words)), user_data)

    def _column(self, name: str, number: int) -> list[int]:
        column = self._columns[name]
        if column is None:
            return [0] * self.lengths[number]
        made: list[int] = column[self._starts[number] : self._starts[number + 1]].tolist()
        return made

    def _entities(self, number: int) -> Iterator[BinSpan]:
        """``doc.ents`` from its tokens: 3 begins an entity, 1 goes on."""
        tags = self._column("iob", number)
        kinds, kb_ids, ids = (self._column(name, number) for name in ("type", "kb_id", "id"))
        begun = None
        for place, tag in enumerate((*tags, 2)):
            if tag != 1 and begun is not None:
                codes = kinds[begun], ids[begun], kb_ids[begun]
                yield BinSpan(begun, place, *(self._strings[code] for code in codes))
                begun = None
            if tag == 3:
                begun = place

    def _span_groups(self, number: int, length: int) -> dict[str, list[BinSpan]]:
        packed = self._groups[number]
        found = self._loads(packed) if packed else []
        # An old file has a list of groups, a new one a mapping of groups to their names.
        named = found.items() if isinstance(found, dict) else [(group, None) for group in found]
        made: dict[str, list[BinSpan]] = {}
        for group, names in named:
            content = self._loads(group)
            spans = [self._span(packed_span, length) for packed_span in content["spans"]]
            for name in names or [content["name"]]:
                made[str(name)] = spans
        return made

    def _span(self, packed: bytes, length: int) -> BinSpan:
        span_id, kb_id, label, first, last, _, _ = _SPAN.unpack(packed)
        if not 0 <= first < last <= length:
            raise ValueError("a span outside of its document")
        return BinSpan(first, last, self._strings[label], self._known(span_id), self._known(kb_id))

    def _known(self, code: int) -> str:
        """The string of an id; empty for a bare number, as some give their spans."""
        try:
            return str(self._strings[code])
        except KeyError:
            return ""
