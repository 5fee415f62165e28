"""Attributes proposed from text and report date: dates as EDTF, identifiers of resolutions."""

from __future__ import annotations

from annotations.report import Entity, Report
from annotations.schema import Schema
from ui.annotate.edits.sheet import Sheet


def proposed(sheet: Sheet, label: str, start: int, end: int) -> dict[str, str]:
    """What the text of a span says of the attributes of ``label``; empty when nothing can be read."""
    return proposed_in(sheet.report, sheet.schema, label, start, end)


def proposed_in(report: Report, schema: Schema, label: str, start: int, end: int) -> dict[str, str]:
    """As :func:`proposed`, for any report. Which normalisation reads the text, the schema's attributes say."""
    entity_type = schema.entities_by_name.get(label)
    if entity_type is None or start >= end:
        return {}
    kinds = {attribute.kind for attribute in entity_type.attributes}
    read: dict[str, str] = {}
    if "edtf" in kinds:
        read.update(_date(report, start, end))
    if "resolution" in kinds:
        read.update(_resolution(report, start, end))
    known = {attribute.name for attribute in entity_type.attributes}
    return {name: value for name, value in read.items() if value and name in known}


def refreshed(sheet: Sheet, entity: Entity, label: str, start: int, end: int) -> dict[str, str]:
    """What to set when an entity gets another label or other boundaries; empty when nothing is to be set.

    A value that still is what was proposed for its former text follows the new
    text; one that a person wrote or emptied stays.
    """
    before = proposed(sheet, entity.label, entity.start, entity.end)
    after = proposed(sheet, label, start, end)
    has = entity.attributes
    if any(has.get(name, "") != value for name, value in before.items()):
        return {}  # a person had a hand in it: the attributes belong together, none of them is changed
    wanted = {name: value for name, value in after.items() if name in before or not has.get(name)}
    gone = {name: "" for name in before if name not in after and label == entity.label}
    return {name: value for name, value in {**gone, **wanted}.items() if has.get(name, "") != value}


def _date(report: Report, start: int, end: int) -> dict[str, str]:
    from annotations.normalise.dates import read_date

    reading = read_date(report.text, start, end, report.date)
    return reading.attributes() if reading else {}


def _resolution(report: Report, start: int, end: int) -> dict[str, str]:
    from annotations.normalise.resolutions import read_resolution

    reading = read_resolution(report.text, start, end, report.locality)
    return reading.attributes() if reading else {}
