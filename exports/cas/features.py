"""Labels and reports as features (names with texts) of a layer, and back.

What has a feature of its own can be edited in the other tool, and then that value holds. The rest stands as JSON
in the feature ``chugiai``, with the exact form of what a feature cannot hold (control characters, empty texts).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping
from typing import NoReturn

from annotations.report import AnnotationSet, Entity, Relation, Report
from exports.carried import entity_part, owner_part, relation_part, report_part
from exports.cas.layers import CARRIED, ENTRY, LABEL, NOTE
from exports.json_records import Json
from exports.jsonl.values import check_strings

EXACT = "exact"
CONTROLS = "controls"
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, not even escaped."""

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def _no_number(literal: str) -> NoReturn:
    raise ValueError(f"{literal} is no JSON number")


def _finite(literal: str) -> float:
    number = float(literal)
    return number if math.isfinite(number) else _no_number(literal)


_decode = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite).decode
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, default=dict).encode


def entity_features(entity: Entity, attributes: Collection[str], more: Json | None = None) -> dict[str, str]:
    """The features of an entity. ``attributes`` are those that have a feature; ``more`` is carried with the rest."""
    plain, carried = _split(entity.label, entity, attributes, entity_part(entity))
    if entity.entry is not None:
        plain[ENTRY] = entity.entry
        del carried["entry"]
    return _packed(plain, {**carried, **(more or {})})


def relation_features(relation: Relation, attributes: Collection[str]) -> dict[str, str]:
    """The features of a relation, without its ends."""
    return _packed(*_split(relation.type, relation, attributes, relation_part(relation)))


def info_feature(report: Report, labels: AnnotationSet | None, more: Json | None = None) -> str:
    """What is known of the report and its annotation set, without text and labels."""
    return encoded({**report_part(report), **owner_part(labels), **(more or {})})


def encoded(carried: Mapping[str, object]) -> str:
    """JSON that XML and a line of TSV can hold."""
    made = _encode(carried)
    return _UNFIT.sub(lambda found: f"\\u{ord(found.group()):04x}", made) if _UNFIT.search(made) else made


def _split(label: str, one: Entity | Relation, known: Collection[str], carried: Json) -> tuple[dict[str, str], Json]:
    plain = {LABEL: label}
    plain.update((name, value) for name, value in one.attributes.items() if name in known)
    if one.note is not None:
        plain[NOTE] = one.note
        del carried["note"]
    if "attributes" in carried:
        rest = {name: value for name, value in one.attributes.items() if name not in known}
        carried["attributes"] = rest
        if not rest:
            del carried["attributes"]
    return plain, carried


def _packed(plain: dict[str, str], carried: Json) -> dict[str, str]:
    features: dict[str, str] = {}
    exact: dict[str, str] = {}
    for name, value in plain.items():
        shown = fitting(value)
        if shown:
            features[name] = shown
        if shown != value or not value:
            exact[name] = value
    if exact:
        carried[EXACT] = exact
    features[CARRIED] = encoded(carried)
    return features


def fitting(value: str) -> str:
    """The value with a space for each character that a feature cannot hold."""
    return _UNFIT.sub(" ", value) if _UNFIT.search(value) else value


def unpacked(features: Mapping[str, str]) -> tuple[dict[str, str], Json]:
    """The features in their exact form, where they still are as written, and what is carried.

    Raises ``Wrong`` for NUL and lone surrogates; a ``chugiai`` that is no JSON carries nothing.
    """
    plain = {name: value for name, value in features.items() if name != CARRIED}
    carried = decoded(features.get(CARRIED))
    exact = carried.pop(EXACT, None)
    for name, value in exact.items() if type(exact) is dict else ():
        if type(value) is str and fitting(value) == features.get(name, ""):
            plain[name] = value
    return plain, carried


def decoded(written: str | None) -> Json:
    """The JSON object at ``chugiai``; empty when there is none, or it was damaged."""
    try:
        carried = _decode(written or "{}")
    except (ValueError, RecursionError):
        return {}
    if type(carried) is not dict:
        return {}
    check_strings(carried)
    return carried


def without_controls(text: str) -> tuple[str, list[list[int]]]:
    """The text with a space for each character that XML cannot hold, and which stood where (code points)."""
    found = [[match.start(), ord(match.group())] for match in ILLEGAL.finditer(text)]
    return (ILLEGAL.sub(" ", text) if found else text), found


def with_controls(text: str, controls: object) -> str:
    """The text as it was before ``without_controls``; a place that no longer holds a space stays as it is."""
    if type(controls) is not list or not controls:
        return text
    letters = list(text)
    for pair in controls:
        if type(pair) is list and len(pair) == 2 and all(type(one) is int for one in pair):
            place, code = pair
            inside = 0 <= place < len(letters) and 0 < code <= 0xFFFF and not 0xD800 <= code <= 0xDFFF
            if inside and letters[place] == " " and ILLEGAL.match(chr(code)):
                letters[place] = chr(code)
    return "".join(letters)
