"""brat's ``annotation.conf`` with the ``visual.conf`` beside it, as a schema.

Format: https://brat.nlplab.org/configuration.html. Macros (``<NAME>=A|B``), groups that are not assigned (``!Name``) and types
below others (indented) are understood; events and arguments of more than two are not taken. brat knows neither keys nor
descriptions: those of ``like`` are kept for labels of the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from annotations.errors import Refused
from annotations.schema import ANY, Attribute, EntityType, RelationType, Schema, check_schema
from exports.errors import FormatError

ANNOTATION, VISUAL = "annotation.conf", "visual.conf"
_LIMIT = 1 << 20
_SECTION = re.compile(r"\[(\w+)\]")
_MACRO = re.compile(r"<([^<>=]+)>=(.*)")
_ENTITY = "<ENTITY>"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_Line = tuple[int, str]
"""Number of a line and what stands in it."""


def read_conf(path: Path, like: Schema | None = None) -> Schema:
    """The schema of ``annotation.conf``. Raises ``FormatError`` with the line at fault."""
    sections = _sections(path)
    entities = _entities(sections.get("entities", []), path)
    relations = _relations(sections.get("relations", []), [kind.name for kind in entities], path)
    entities = _with_attributes(entities, sections.get("attributes", []), path)
    visual = path.with_name(VISUAL)
    drawn = _sections(visual) if visual.is_file() else {}
    names, colours = dict(_names(drawn.get("labels", []))), dict(_colours(drawn.get("drawing", [])))
    before = like or Schema("brat")
    made = Schema(
        before.id,
        tuple(_entity_like(kind, before, names, colours) for kind in entities),
        tuple(_relation_like(kind, before, names, colours) for kind in relations),
        before.version,
    )
    try:
        check_schema(made)
    except Refused as error:
        raise FormatError("{path} is no label schema: " + error.sentence, path=path, **error.values) from error
    return made


def _sections(path: Path) -> dict[str, list[_Line]]:
    """The lines of each section without comments, macros filled in."""
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise FormatError("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise FormatError("{path} is not UTF-8 text; nothing was read from it.", path=path) from error
    if len(data) > _LIMIT or "\0" in text:
        raise FormatError("{path} is no configuration of brat; nothing was read from it.", path=path)
    found: dict[str, list[_Line]] = {}
    macros: dict[str, str] = {}
    section: list[_Line] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        kept = line.rstrip()
        if not kept.strip() or kept.lstrip().startswith("#") or set(kept.strip()) == {"-"}:
            continue
        if match := _SECTION.fullmatch(kept.strip()):
            section = found.setdefault(match[1], [])
        elif section is None:
            raise _bad(path, number, "it stands before the first section")
        elif match := _MACRO.fullmatch(kept.strip()):
            macros[f"<{match[1]}>"] = match[2].strip()
        else:
            section.append((number, _filled(kept, macros)))
    return found


def _filled(line: str, macros: dict[str, str]) -> str:
    for name, value in macros.items():
        line = line.replace(name, value)
        if len(line) > _LIMIT:
            return line[:_LIMIT]
    return line


def _entities(lines: Sequence[_Line], path: Path) -> list[EntityType]:
    found: dict[str, EntityType] = {}
    for number, line in lines:
        name = line.strip()
        if name.startswith("!"):
            continue
        if any(map(str.isspace, name)):
            raise _bad(path, number, "an entity type is one word")
        found[name] = EntityType(name)
    return list(found.values())


def _relations(lines: Sequence[_Line], labels: Sequence[str], path: Path) -> list[RelationType]:
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for number, line in lines:
        name, _, rest = line.strip().partition("\t")
        if name.startswith("<"):
            continue  # what may overlap
        ends = dict(part.strip().partition(":")[::2] for part in rest.split(","))
        arguments = [value for key, value in ends.items() if not key.startswith("<")]
        if len(arguments) != 2 or any(map(str.isspace, name)):
            raise _bad(path, number, "a relation type has a name, a tab and two arguments")
        source, target = (_ends(value) for value in arguments)
        for label in (*source, *target):
            if label != ANY and label not in labels:
                raise _bad(path, number, f"{label} is no entity type of this file")
        found.setdefault(name, []).append((source, target))
    return [_relation(name, pairs, labels) for name, pairs in found.items()]


def _ends(value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in value.split("|") if name.strip()))
    return (ANY,) if _ENTITY in names or "<ANY>" in names else names


def _relation(
    name: str, pairs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], labels: Sequence[str]
) -> RelationType:
    """Several lines of one type: each of one label with itself means two ends of the same label, else all that any line allows."""
    sources = tuple(dict.fromkeys(label for source, _ in pairs for label in source))
    targets = tuple(dict.fromkeys(label for _, target in pairs for label in target))
    same = len(pairs) > 1 and all(source == target and len(source) == 1 for source, target in pairs)
    if same and set(sources) == set(labels):
        sources = targets = (ANY,)
    return RelationType(
        name,
        sources=(ANY,) if ANY in sources else sources,
        targets=(ANY,) if ANY in targets else targets,
        same_label=same,
    )


def _with_attributes(entities: list[EntityType], lines: Sequence[_Line], path: Path) -> list[EntityType]:
    found: dict[str, list[Attribute]] = {}
    for number, line in lines:
        name, tab, rest = line.strip().partition("\t")
        if not tab or any(map(str.isspace, name)):
            raise _bad(path, number, "an attribute has a name, a tab and what it is of")
        parts = dict(part.strip().partition(":")[::2] for part in rest.split(","))
        choices = tuple(value for value in parts.get("Value", "").split("|") if value)
        labels = _ends(parts.get("Arg", ""))
        for kind in entities:
            if kind.name in labels or ANY in labels:
                found.setdefault(kind.name, []).append(Attribute(name, choices=choices))
    return [replace(kind, attributes=tuple(found.get(kind.name, ()))) for kind in entities]


def _names(lines: Sequence[_Line]) -> Iterator[tuple[str, str]]:
    for _, line in lines:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > 1 and parts[1]:
            yield parts[0], parts[1]


def _colours(lines: Sequence[_Line]) -> Iterator[tuple[str, str]]:
    for _, line in lines:
        name, _, rest = line.strip().partition("\t")
        parts = dict(part.strip().partition(":")[::2] for part in rest.split(","))
        colour = parts.get("bgColor") or parts.get("color") or ""
        if _COLOUR.fullmatch(colour):
            yield name, colour


def _entity_like(kind: EntityType, like: Schema, names: dict[str, str], colours: dict[str, str]) -> EntityType:
    known = like.entities_by_name.get(kind.name)
    if known is not None:
        there = {attribute.name for attribute in known.attributes}
        more = tuple(attribute for attribute in kind.attributes if attribute.name not in there)
        return replace(known, colour=colours.get(kind.name, known.colour), attributes=(*known.attributes, *more))
    return replace(kind, names=_shown(kind.name, names), colour=colours.get(kind.name, kind.colour))


def _relation_like(kind: RelationType, like: Schema, names: dict[str, str], colours: dict[str, str]) -> RelationType:
    known = like.relations_by_name.get(kind.name)
    if known is not None:
        ends = {"sources": kind.sources, "targets": kind.targets, "same_label": kind.same_label}
        if set(known.sources) == set(kind.sources) and set(known.targets) == set(kind.targets):
            ends = {"sources": known.sources, "targets": known.targets, "same_label": kind.same_label}
        return replace(known, colour=colours.get(kind.name, known.colour), **ends)  # type: ignore[arg-type]
    return replace(kind, names=_shown(kind.name, names), colour=colours.get(kind.name, kind.colour))


def _shown(name: str, names: dict[str, str]) -> dict[str, str]:
    shown = names.get(name, name)
    return {} if shown == name else {"vi": shown, "en": shown}


def _bad(path: Path, line: int, why: str) -> FormatError:
    return FormatError(
        "{path}, line {line} is not what brat's configuration has there: {why}. Nothing was read from it.",
        path=path,
        line=line,
        why=why,
    )
