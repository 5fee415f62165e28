"""The lines of an ``.ann`` file as they stand, before anything is made of them.

Format: https://brat.nlplab.org/standoff.html.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from annotations.report import Span
from exports.brat.lines import KEPT, NOTE
from exports.errors import FormatError

EVENTS = "events"
EQUIVALENCES = "equivalences"
ON_EVENTS = "attributes, notes and relations of events"
OTHER_COMMENTS = "comments of other kinds"

_MIDDLE = re.compile(r"(\S+) (\d{1,10} \d{1,10}(?:;\d{1,10} \d{1,10})*)")
_ARGUMENTS = re.compile(r"(\S+) [^\s:]+:(\S+) [^\s:]+:(\S+) *")
_MARK = re.compile(r"(\S+) (\S+)(?: (\S+))? *")


@dataclass(frozen=True, slots=True)
class TextBound:
    """A ``T`` line: spans in the order given; ``covered`` is None when the line has no text column."""

    label: str
    spans: tuple[Span, ...]
    covered: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Arc:
    """An ``R`` line."""

    type: str
    source: str
    target: str
    line: int


@dataclass(slots=True)
class Standoff:
    """All lines of a file by their id; attributes, notes and references by the id they stand on."""

    entities: dict[str, TextBound] = field(default_factory=dict)
    relations: dict[str, Arc] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    kept: dict[str, tuple[str, int]] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    left_out: Counter[str] = field(default_factory=Counter)


def parse(content: str, file: str) -> Standoff:
    """Read the lines. Raises ``FormatError`` with file and line for one that is none of brat's.

    Events, equivalences and foreign comments are counted, not taken.
    """
    found = Standoff()
    seen: set[str] = set()
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        name, tab, rest = line.partition("\t")
        if not tab or not _add(found, name, rest, number) or (name in seen and name != "*"):
            raise FormatError(
                "{file}, line {line} is not brat standoff, or its id stands twice: “{words}”. "
                "Nothing was taken from it.",
                file=file,
                line=number,
                words=line[:80],
            )
        seen.add(name)
    for targets in (found.attributes, found.notes, found.references):
        _drop_foreign(found, targets)
    return found


def _add(found: Standoff, name: str, rest: str, number: int) -> bool:
    """Take one line; False when it is malformed."""
    middle, tab, last = rest.partition("\t")
    kind = name[:1]
    if kind == "T":
        return _add_entity(found, name, middle, last if tab else None, number)
    if kind == "R":
        arc = _ARGUMENTS.fullmatch(middle)
        if arc:
            found.relations[name] = Arc(arc[1], arc[2], arc[3], number)
        return arc is not None
    if kind in ("A", "M"):
        mark = _MARK.fullmatch(middle)
        if mark:
            _add_value(found.attributes[mark[2]], mark[1], mark[3] or "true")
        return mark is not None
    if kind == "N":
        reference = _MARK.fullmatch(middle)
        if reference:
            found.references[reference[2]].append(f"{reference[3] or ''} {last}".strip())
        return reference is not None
    if kind == "#":
        return _add_comment(found, middle, last, number)
    if kind in ("E", "*"):
        found.left_out[EVENTS if kind == "E" else EQUIVALENCES] += 1
        return True
    return False


def _add_entity(found: Standoff, name: str, middle: str, covered: str | None, number: int) -> bool:
    place = _MIDDLE.fullmatch(middle)
    if place is None:
        return False
    pairs = [pair.split(" ") for pair in place[2].split(";")]
    found.entities[name] = TextBound(
        place[1], tuple((int(start), int(end)) for start, end in pairs), covered or None, number
    )
    return True


def _add_value(attributes: dict[str, str], name: str, value: str) -> None:
    attributes[name] = f"{attributes[name]};{value}" if name in attributes else value


def _add_comment(found: Standoff, middle: str, words: str, number: int) -> bool:
    kind, _, target = middle.partition(" ")
    if kind == NOTE and target:
        found.notes[target].append(words)
    elif kind == KEPT and target:
        found.kept[target] = (words, number)
    else:
        found.left_out[OTHER_COMMENTS] += 1
    return True


def _drop_foreign(found: Standoff, by_target: dict[str, dict[str, str]] | dict[str, list[str]]) -> None:
    """Count and forget what stands on neither an entity nor a relation of the file."""
    for target in [target for target in by_target if target not in found.entities and target not in found.relations]:
        found.left_out[ON_EVENTS] += len(by_target.pop(target))
