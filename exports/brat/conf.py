"""The schema as brat's ``annotation.conf`` and ``visual.conf``.

Format: https://brat.nlplab.org/configuration.html.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotations.schema import ANY, Attribute, EntityType, RelationType, Schema, shown_name
from exports.brat.names import type_name


def annotation_conf(schema: Schema) -> str:
    """Types, arguments and attributes. Entities may overlap, which brat forbids unless told."""
    lines = ["[entities]", *(type_name(kind.name) for kind in schema.entity_types), "", "[relations]"]
    lines.append("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>")
    for kind in schema.relation_types:
        lines.extend(_relation_lines(kind, schema))
    lines += ["", "[events]", "", "[attributes]"]
    for name, (labels, values) in _choices(schema).items():
        lines.append(f"{name}\tArg:{'|'.join(labels)}, Value:{'|'.join(values)}")
    return "\n".join(lines) + "\n"


def visual_conf(schema: Schema, language: str) -> str:
    """Shown names and colours."""
    lines = ["[labels]"]
    kinds: tuple[EntityType | RelationType, ...] = (*schema.entity_types, *schema.relation_types)
    for kind in kinds:
        shown = shown_name(kind, language).replace("|", "/").strip()
        lines.append(f"{type_name(kind.name)} | {' '.join(shown.split())}")
    lines += ["", "[drawing]", "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken"]
    lines += ["ARC_DEFAULT\tcolor:black, arrowHead:triangle-5"]
    for kind in kinds:
        part = "bgColor" if isinstance(kind, EntityType) else "color"
        lines.append(f"{type_name(kind.name)}\t{part}:{kind.colour}")
    return "\n".join(lines) + "\n"


def is_choice(attribute: Attribute, value: str) -> bool:
    """Whether the value can stand in an ``A`` line: a declared choice, and one word."""
    return value in attribute.choices and _is_word(attribute.name) and _is_word(value)


def _is_word(name: str) -> bool:
    return type_name(name) == name


def _relation_lines(kind: RelationType, schema: Schema) -> Iterator[str]:
    name = type_name(kind.name)
    if not kind.same_label:
        yield f"{name}\tArg1:{_ends(kind.sources)}, Arg2:{_ends(kind.targets)}"
        return
    for entity_type in schema.entity_types:
        if kind.joins(entity_type.name, entity_type.name):
            label = type_name(entity_type.name)
            yield f"{name}\tArg1:{label}, Arg2:{label}"


def _ends(labels: tuple[str, ...]) -> str:
    return "<ENTITY>" if ANY in labels else "|".join(map(type_name, labels))


def _choices(schema: Schema) -> dict[str, tuple[list[str], list[str]]]:
    """Labels and values by attribute name: brat knows each attribute once, for all its labels."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for kind in schema.entity_types:
        for attribute in kind.attributes:
            values = [value for value in attribute.choices if is_choice(attribute, value)]
            if values:
                labels, known = found.setdefault(attribute.name, ([], []))
                labels.append(type_name(kind.name))
                known.extend(value for value in values if value not in known)
    return found
