"""Attributes and normalised values of what the rules found, as far as the words say them."""

from __future__ import annotations

from annotations.matching import same_word_key
from annotations.normalise.dates import read_date
from annotations.normalise.issuers import bare_name
from annotations.normalise.names import canonical_name, expand_org
from annotations.normalise.resolutions import read_resolution
from annotations.normalise.terms import read_term
from annotations.report import Report
from annotations.suggest.node import Node

_FORMER = ("nguyên", "cựu")
_ACTING = "quyền"


class Values:
    """Reads the attributes of one report's mentions; spans are of the stored text."""

    def __init__(self, report: Report) -> None:
        self._text = report.text
        self._date = report.date
        self._province = province_of(report.locality)

    def of(self, node: Node, start: int, end: int) -> dict[str, str]:
        """The attributes of one mention that are not empty."""
        found = {name: value for name, value in node.said.items() if value and not name.startswith("_")}
        found.update(self._read(node, start, end))
        if node.label in ("ORG", "TITLE"):
            found.update(self._place_in_system(node, start, end))
        return {name: value for name, value in found.items() if value}

    def _read(self, node: Node, start: int, end: int) -> dict[str, str]:
        if node.label == "DATE":
            date = read_date(self._text, start, end, self._date)
            return date.attributes() if date else {}
        if node.label == "TERM":
            term = read_term(self._text[start:end])
            return term.attributes() if term else {}
        if node.label == "RESOLUTION":
            document = read_resolution(self._text, start, end, self._province)
            return document.attributes() if document else {"kind": "khac"}
        if node.label == "OFFICIAL":
            return {"canonical": canonical_name(self._text[start:end])}
        return {}

    def _place_in_system(self, node: Node, start: int, end: int) -> dict[str, str]:
        level = node.said.get("_level", "")
        province = self._province if level in ("", "province") else ""
        found = {
            "canonical": expand_org(self._text[start:end], province),
            "system": node.said.get("_system", ""),
            "level": level,
        }
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
