"""CAS JSON 0.4, out and in: types, feature structures and views in one object; offsets are UTF-16 units.

Format: https://github.com/apache/uima-uimaj-io-jsoncas, "UIMA CAS JSON 0.4.0". JSON holds every character of a report, so nothing
is replaced in the text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from annotations.report import AnnotationSet, Report
from exports.cas.document import Document, Found, damaged, document, may_be_label
from exports.cas.layers import SOFA, SOURCE, TARGET, VIEW, Layers
from exports.cas.structures import FIRST, structures
from exports.errors import FormatError
from exports.jsonl.values import Wrong, check_strings

TYPES = "%TYPES"
STRUCTURES = "%FEATURE_STRUCTURES"

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode
_Json = dict[str, Any]  # Any: what JSON holds is checked where it is used


def casjson(report: Report, labels: AnnotationSet | None, layers: Layers, types: str) -> str:
    """The report and one of its annotation sets, or none; ``types`` is ``types_json(layers)``."""
    made = structures(report, labels, layers, report.text, [])
    sofa = {"%ID": 1, "%TYPE": SOFA, "sofaNum": 1, "sofaID": VIEW, "mimeType": "text", "sofaString": report.text}
    lines = ",\n".join([_encode(sofa), *_lines(made)])
    members = list(range(FIRST, FIRST + len(made)))
    view = {VIEW: {"%SOFA": 1, "%MEMBERS": members}}
    return f'{{"{TYPES}": {types},\n"{STRUCTURES}": [\n{lines}],\n"%VIEWS": {_encode(view)}}}\n'


def types_json(layers: Layers) -> str:
    """The type system, for every file of an export."""
    return _encode(layers.json())


def _lines(made: Iterable[Any]) -> Iterator[str]:
    for number, (kind, begin, end, features, ends) in enumerate(made, FIRST):
        start = f'{{"%ID": {number}, "%TYPE": "{kind}", "@sofa": 1, "begin": {begin}, "end": {end}'
        if ends:
            start += f', "@{SOURCE}": {ends[0]}, "@{TARGET}": {ends[1]}'
        if not features:
            yield start + "}"
        else:
            values: _Json = dict(features)
            if "isLastSegment" in values:
                values["isLastSegment"] = False
            yield f"{start}, {_encode(values)[1:]}"


def _refuse(literal: str) -> NoReturn:
    raise ValueError(f"{literal} is no JSON number")


def _finite(literal: str) -> float:
    number = float(literal)
    return number if math.isfinite(number) else _refuse(literal)


_decode = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite).decode


def read_casjson(content: bytes, place: str) -> Document:
    """What the file holds. Raises ``FormatError`` for what is no CAS JSON, or not safe."""
    try:
        written = content.decode("utf-8-sig")
        whole = _decode(written)
        if "\\u" in written:
            check_strings(whole)
    except RecursionError as error:
        raise FormatError("{place} is nested too deeply. Nothing was taken from it.", place=place) from error
    except Wrong as wrong:
        raise wrong.at(place) from wrong
    except ValueError as error:
        raise damaged(place, error) from error
    given = whole.get(STRUCTURES) if type(whole) is dict else None
    if type(given) is dict:
        given = [{**one, "%ID": key} if type(one) is dict else one for key, one in given.items()]
    if type(given) is not list:
        raise damaged(place, f"it has no {STRUCTURES}")
    return _document(given, place)


def _document(given: list[Any], place: str) -> Document:
    sofas: dict[str, tuple[str, str]] = {}
    found: list[Found] = []
    for one in given:
        kind, key = (one.get("%TYPE"), str(one.get("%ID"))) if type(one) is dict else (None, "")
        if type(kind) is not str:
            raise damaged(place, f"a member of {STRUCTURES} has no %TYPE")
        text = one.get("sofaString")
        if kind == SOFA and type(text) is str:
            sofas.setdefault(str(one.get("sofaID")), (key, text))
        elif may_be_label(kind):
            found.append(Found(key, kind, dict(_features(one))))
    sofa = sofas.get(VIEW) or next(iter(sofas.values()), None)
    if sofa is None:
        raise damaged(place, "it has no text")
    return document(place, sofa[1], sofa[0], found)


def _features(one: _Json) -> Iterator[tuple[str, str]]:
    """Features as texts; references by their number. Lists of texts are joined, what else there is, is no label's."""
    for name, value in one.items():
        plain = name.lstrip("@#^")
        if name.startswith("%"):
            continue
        if type(value) is str:
            yield plain, value
        elif type(value) is bool:
            yield plain, "true" if value else "false"
        elif type(value) in (int, float):
            yield plain, str(value)
