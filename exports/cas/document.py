"""What a file of the CAS family holds: its text and the annotations that may be labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from exports.cas.layers import CARRIED, DOCUMENT, INFO, META, NAMED_ENTITY, SENTENCE, SOFA, SOURCE, TARGET, TOKEN
from exports.errors import FormatError
from exports.utf16 import Utf16

OTHER_VIEW = "annotations of other views"

_NO_LABELS = frozenset((TOKEN, SENTENCE, META, DOCUMENT, SOFA))
_OWN = frozenset(("begin", "end", "sofa", SOURCE, TARGET))


@dataclass(frozen=True, slots=True)
class Found:
    """A feature structure as its file has it: offsets in UTF-16 units, all values as texts."""

    key: str
    type: str
    features: dict[str, str]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation of a span layer. ``begin`` and ``end`` are code points; ``key`` is unique in its document."""

    key: str
    layer: str
    begin: int
    end: int
    features: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Arc:
    """An annotation of a relation layer; ``source`` and ``target`` are keys of marks."""

    layer: str
    source: str
    target: str
    features: Mapping[str, str]


@dataclass(slots=True)
class Document:
    """``info`` is what our own files say of the report and its annotation set, as JSON."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    arcs: list[Arc] = field(default_factory=list)
    info: str | None = None
    left_out: Counter[str] = field(default_factory=Counter)


def may_be_label(kind: str) -> bool:
    """Whether structures of this type are kept: not the many tokens, and nothing of UIMA's own."""
    return kind not in _NO_LABELS and not kind.startswith(("uima.cas.", "uima.tcas."))


def is_entity_layer(name: str) -> bool:
    """Whether the annotations of a span layer are entities: layers that people made, and named entities."""
    return name == NAMED_ENTITY or name.startswith(("custom.", "webanno.custom."))


def document(place: str, text: str, sofa: str, structures: Iterable[Found]) -> Document:
    """The structures on the sofa of this text; structures without a place in it are none of ours.

    Raises ``FormatError`` with line and id for offsets that are not in the text, or inside of a character.
    """
    made = Document(text)
    units = Utf16(text)
    length = units.units(len(text))
    for found in structures:
        features = found.features
        if features.get("sofa", sofa) != sofa:
            made.left_out[OTHER_VIEW] += 1
        elif SOURCE in features and TARGET in features:
            made.arcs.append(Arc(found.type, features[SOURCE], features[TARGET], _values(features)))
        elif found.type == INFO:
            made.info = made.info or features.get(CARRIED)
        elif "begin" in features or "end" in features:
            begin, end = _offsets(place, found, units, length)
            made.marks.append(Mark(found.key, found.type, begin, end, _values(features)))
    return made


def _values(features: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in features.items() if name not in _OWN}


def _offsets(place: str, found: Found, units: Utf16, length: int) -> tuple[int, int]:
    begin, end = _number(found.features.get("begin")), _number(found.features.get("end"))
    if begin is not None and end is not None and begin <= end <= length:
        span = units.code_points(begin), units.code_points(end)
        if (units.units(span[0]), units.units(span[1])) == (begin, end):
            return span
    raise FormatError(
        "{place}, {line}annotation {key} ({kind}): {begin}–{end} is no place in the text. Nothing was taken from it.",
        place=place,
        line=f"line {found.line}, " if found.line else "",
        key=found.key,
        kind=found.type.rpartition(".")[2],
        begin=found.features.get("begin", "")[:20],
        end=found.features.get("end", "")[:20],
    )


def _number(written: str | None) -> int | None:
    plain = written is not None and written.isascii() and written.isdigit() and len(written) < 12
    return int(written) if written is not None and plain else None


def damaged(place: str, why: object) -> FormatError:
    """The refusal of a file that is not of its format."""
    return FormatError("{place} cannot be read ({why}). Nothing was taken from it.", place=place, why=why)
