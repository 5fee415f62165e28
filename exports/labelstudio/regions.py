"""The results of one annotation as entities and relations of a native record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from annotations.report import new_id
from exports.carried import KEY, Carried, native_entity, native_relation
from exports.json_records import Json, list_of
from exports.jsonl.values import Wrong, wrong_type
from exports.utf16 import Utf16

OTHER_KINDS = "results of other kinds"
NO_LABEL = "regions and relations without a label"
TWO_WAY = "second directions of two-way relations"

_ANSWERS = {"choices": "choices", "textarea": "text", "taxonomy": "taxonomy", "rating": "rating", "number": "number"}


class Regions:
    """``entities`` and ``relations`` of the results on ``text``; what cannot be taken is counted in ``left_out``.

    Raises ``Wrong`` for regions that are none or do not fit the text, and for relations of no region.
    """

    def __init__(self, text: object, results: list[Any], carried: object, left_out: Counter[str]) -> None:
        self.entities: list[Json] = []
        self.relations: list[Json] = []
        self._text = text if type(text) is str else ""
        self._offsets = Utf16(self._text)
        self._left_out = left_out
        self._by_region: dict[str, list[Json]] = {}
        self._ids: set[object] = set()
        for result in results:
            if type(result) is not dict:
                raise wrong_type("result", "a list of objects")
            if result.get("type") == "labels":
                self._add_region(result)
        waiting = Carried(_parts(carried))
        for result in results:
            if result.get("type") == "relation":
                self._add_relation(result, waiting)
            elif result.get("type") != "labels":
                self._add_answer(result)

    def _add_region(self, result: Json) -> None:
        value = result.get("value")
        if type(value) is not dict:
            raise wrong_type("value of a region", "an object")
        start, end = self._span(value)
        stated = result.get("meta")
        meta: Json = stated if type(stated) is dict else {}
        labels = list_of(value, "labels")
        if not labels:
            self._left_out[NO_LABEL] += 1
        region = result.get("id")
        for label in labels:
            made = native_entity({"label": label, "start": start, "end": end}, meta.get(KEY), self._left_out)
            made["id"] = region if type(region) is str and region and region not in self._ids else new_id()
            self._ids.add(made["id"])
            if meta.get("text"):
                made["note"] = _joined(meta["text"], "\n")
            if type(result.get("score")) in (int, float) and KEY not in meta:
                made["confidence"] = result["score"]
            self.entities.append(made)
            if type(region) is str:
                self._by_region.setdefault(region, []).append(made)

    def _span(self, value: Json) -> tuple[int, int]:
        """The region in code points: read as UTF-16 units, or as code points where only that fits its text."""
        start, end, stated = value.get("start"), value.get("end"), value.get("text")
        if type(start) is not int or type(end) is not int:
            raise wrong_type("start or end of a region", "a whole number")
        units = self._offsets.code_points(start), self._offsets.code_points(end)
        for span in (units, (start, end)):
            # White space may have changed on its way through a browser.
            if type(stated) is not str or "".join(self._text[slice(*span)].split()) == "".join(stated.split()):
                return span
        raise Wrong(
            "{place}: the text of a region is “{stated}”, but {start}–{end} covers “{covered}”; "
            "nothing was taken from this file.",
            stated=" ".join(str(stated).split())[:80],
            start=start,
            end=end,
            covered=" ".join(self._text[slice(*units)].split())[:80],
        )

    def _add_relation(self, result: Json, waiting: Carried) -> None:
        ends = [result.get("from_id"), result.get("to_id")]
        regions = [self._by_region.get(end) if type(end) is str else None for end in ends]
        if regions[0] is None or regions[1] is None:
            raise Wrong(
                "{place}: a relation joins the region {id}, which is not there; nothing was taken from this file.",
                id=ends[0] if regions[0] is None else ends[1],
            )
        source, target = regions[0][0]["id"], regions[1][0]["id"]
        direction = result.get("direction", "right")
        if direction == "left":
            source, target = target, source
        self._left_out[TWO_WAY] += direction == "bi"
        kinds = list_of(result, "labels")
        if not kinds:
            self._left_out[NO_LABEL] += 1
        for kind in kinds:
            own = {"type": kind, "source": source, "target": target}
            key = (kind, source, target) if type(kind) is str else None
            self.relations.append(native_relation(own, waiting.take(key)))

    def _add_answer(self, result: Json) -> None:
        """An answer for a region becomes an attribute of its first entity."""
        kind, region, value, name = result.get("type"), result.get("id"), result.get("value"), result.get("from_name")
        key = _ANSWERS.get(kind) if type(kind) is str else None
        entities = self._by_region.get(region) if type(region) is str else None
        if key is None or not entities or type(value) is not dict or type(name) is not str:
            self._left_out[OTHER_KINDS] += 1
            return
        attributes = entities[0].get("attributes")
        entities[0]["attributes"] = {
            **(attributes if type(attributes) is dict else {}),
            name: _joined(value.get(key), ";"),
        }


def _joined(value: object, between: str) -> str:
    """One text of a value or of a list of values, nested or not."""
    return between.join(_texts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str | int | float):
        yield str(value)


def _parts(values: object) -> Iterator[tuple[object, Json]]:
    """Carried parts of relations with their keys; what is damaged is nothing carried."""
    for value in values if type(values) is list else ():
        if type(value) is list and [type(part) for part in value] == [str, str, str, dict]:
            yield tuple(value[:3]), value[3]
