"""Suggestions for a report of about 10,000 characters against underthesea's ``ner()`` on the same text.

Aim: a ratio of at most 0.25, and well under 0.1 s. Times are those of the processor.
"""

from __future__ import annotations

import time

import pytest

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import Report
from annotations.suggest import suggest
from exports.jsonl import JsonLines
from ui.demo import demo_reports

LONG = 10_000
AIM = 0.25


def _text() -> str:
    with demo_reports() as path:
        text = "\n".join(dict.fromkeys(record.report.text for record in JsonLines().read(path)))
    return text[:LONG]


def _seconds(text: str) -> float:
    report = Report("r", "r.txt", text, date="2023-04-07", locality="Lam Giang")
    suggest(report, DEFAULT_SCHEMA)  # the lists are read once
    times = []
    for _ in range(3):
        before = time.process_time()
        suggest(report, DEFAULT_SCHEMA)
        times.append(time.process_time() - before)
    return min(times)


def test_a_report_takes_a_fraction_of_what_a_tagger_takes() -> None:
    underthesea = pytest.importorskip("underthesea")
    text = _text()
    underthesea.ner(text[:200])
    before = time.process_time()
    underthesea.ner(text)
    tagger = time.process_time() - before
    own = _seconds(text)
    print(f"\nsuggest {own * 1000:.0f} ms, underthesea.ner {tagger * 1000:.0f} ms, ratio {own / tagger:.3f}")  # noqa: T201
    assert own / tagger <= AIM


def test_ten_times_the_text_takes_no_more_than_fifteen_times_as_long() -> None:
    text = _text()
    assert _seconds(text * 10) <= 15 * _seconds(text)
