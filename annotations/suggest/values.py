"""Attributes and normalised values of what the rules found, as far as the words and the report say them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from annotations.matching import same_word_key
from annotations.normalise.dates import DateReading, read_date
from annotations.normalise.issuers import bare_name
from annotations.normalise.names import canonical_name, expand_org
from annotations.normalise.reading import words
from annotations.normalise.resolutions import read_resolution
from annotations.normalise.terms import read_term
from annotations.report import Entity, Report
from annotations.suggest.node import Node

_FORMER = ("nguyên", "cựu")
_ACTING = "quyền"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PART_OF_DAY = words(r"buổi (?:sáng|trưa|chiều|tối)")
_SAME_DAY = words(r"(?:\w+ )?cùng ngày")
_DISTRICT_END = words(r".*(?:huyện ủy|thị ủy|quận ủy|(?<=\w )huyện|(?<=\w )thị xã|(?<=\w )quận)")
_SHORT_ASIDE = re.compile(r" \([A-ZĐƯ]{2,6}\)")


class Values:
    """Reads the attributes of one report's mentions, which must come in text order; spans are of the stored text.

    ``units`` gives the name with its unit word (``huyện Kim Bảng``) for keys of bare place names.
    """

    def __init__(self, report: Report, units: Mapping[str, str]) -> None:
        self._text = report.text
        self._date = report.date
        self._province = province_of(report.locality)
        self._district = district_of(report.locality)
        self._units = units
        self._day = ""

    def of(self, node: Node, start: int, end: int) -> dict[str, str]:
        """The attributes of one mention that are not empty."""
        found = {name: value for name, value in node.said.items() if value and not name.startswith("_")}
        found.update(self._read(node, start, end))
        if node.label in ("ORG", "TITLE"):
            found.update(self._place_in_system(node, start, end))
        return {name: value for name, value in found.items() if value}

    def _read(self, node: Node, start: int, end: int) -> dict[str, str]:
        surface = self._text[start:end]
        if node.label == "DATE":
            return self._date_of(surface, start, end)
        if node.label == "TERM":
            term = read_term(surface)
            return term.attributes() if term else {}
        if node.label == "RESOLUTION":
            document = read_resolution(self._text, start, end, self._province)
            return document.attributes() if document else {"kind": "khac"}
        if node.label == "OFFICIAL":
            return {"canonical": canonical_name(surface)}
        if node.label == "PLACE":
            full = self._units.get(same_word_key(surface), "")
            return {"canonical": full} if full and same_word_key(full) != same_word_key(surface) else {}
        return {}

    def _date_of(self, surface: str, start: int, end: int) -> dict[str, str]:
        """A part of a day and ``cùng ngày`` mean the day that was told last."""
        key = same_word_key(surface)
        reading = read_date(self._text, start, end, self._date)
        if _PART_OF_DAY.fullmatch(key) or _SAME_DAY.fullmatch(key):
            kind = "TIME" if key.split()[0] != "cùng" else "DATE"
            reading = DateReading(self._day or self._date, kind) if self._day or self._date else reading
        elif reading is not None and _DAY.fullmatch(reading.value):
            self._day = reading.value
        return reading.attributes() if reading else {}

    def _place_in_system(self, node: Node, start: int, end: int) -> dict[str, str]:
        level = node.said.get("_level", "")
        surface = self._text[start:end]
        name = expand_org(_SHORT_ASIDE.sub("", surface), self._province if level in ("", "province") else "")
        if level == "district" and self._district and _DISTRICT_END.fullmatch(same_word_key(surface)):
            name = f"{name} {self._district}"
        found = {"canonical": name, "system": node.said.get("_system", ""), "level": level}
        if node.label == "TITLE":
            before = same_word_key(self._text[max(0, start - 12) : start]).split()
            if before and before[-1] in _FORMER:
                found["status"] = "former"
            elif before and before[-1] == _ACTING:
                found["status"] = "acting"
        return found


def province_of(locality: str) -> str:
    """The province that a report's locality names (``Hà Loan, Lam Giang`` means Lam Giang), without its unit word."""
    return bare_name(locality.split(",")[-1]) if locality.strip() else ""


def district_of(locality: str) -> str:
    """The district of a locality of two parts, without its unit word; else nothing."""
    parts = locality.split(",")
    return (
        re.sub(r"^(?:huyện|thị xã|quận|thành phố)\s+", "", parts[-2].strip(), flags=re.IGNORECASE)
        if len(parts) > 1
        else ""
    )


def fullest_names(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """``Bà Thủy`` gets the canonical name of the one person of the report whose name ends so."""
    full: dict[str, set[str]] = {}
    for entity in entities:
        name = entity.attributes.get("canonical", "")
        if entity.label == "OFFICIAL" and " " in name:
            full.setdefault(name.split()[-1], set()).add(name)
    return tuple(_with_fullest(entity, full) for entity in entities)


def _with_fullest(entity: Entity, full: Mapping[str, set[str]]) -> Entity:
    names = full.get(entity.attributes.get("canonical", ""), ()) if entity.label == "OFFICIAL" else ()
    if len(names) != 1:
        return entity
    return replace(entity, attributes={**entity.attributes, "canonical": next(iter(names))})
