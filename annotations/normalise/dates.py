"""The date door: from the words of a DATE to EDTF, its type and its limit.

Reads the words only; the text is never changed. Offsets are code points, half-open.
"""

from __future__ import annotations

from dataclasses import replace

from annotations.normalise.anchor import Anchor
from annotations.normalise.date_phrases import date_value, with_limit
from annotations.normalise.edtf import is_edtf
from annotations.normalise.limits import Peeled, limit_before
from annotations.normalise.reading import DateReading
from annotations.normalise.surroundings import surroundings

__all__ = ["Anchor", "DateReading", "date_value", "is_edtf", "read_date"]


def read_date(text: str, start: int, end: int, report_date: str = "") -> DateReading | None:
    """The reading of the DATE ``text[start:end]`` in its sentence and in a report of that date (EDTF).

    A missing year comes from the nearest other date of the sentence, else from the report's date; the
    limit (``trước``, ``đến hết``, ``cuối``…) also from the words before. None for what is not on the calendar.
    """
    before, anchor = surroundings(text, start, end, report_date)
    limit = limit_before(before)
    reading = date_value(text[start:end], replace(anchor, limited=limit in ("BEFORE", "AFTER", "END")))
    return reading if reading is None or reading.mod else with_limit(reading, Peeled("", limit=limit))
