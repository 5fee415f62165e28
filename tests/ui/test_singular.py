"""One of something is told as one."""

from __future__ import annotations

import re

import pytest
from source_sentences import collect

from ui.singular import SINGULAR
from ui.words import tr


def test_one_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUGIAI_LANGUAGE", "en")
    assert [tr("{count} reports", count=count) for count in (0, 1, 2)] == ["0 reports", "1 report", "2 reports"]
    assert tr("Mark {count} reports as {status}", count=1, status="done") == "Mark 1 report as done"


def test_vietnamese_has_one_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUGIAI_LANGUAGE", "vi")
    assert tr("{count} reports", count=1) == tr("{count} reports", count=2).replace("2", "1")


def test_every_sentence_is_one_of_the_program_and_keeps_its_places() -> None:
    said = {english for _context, english in collect()}
    assert set(SINGULAR) <= said
    for many, one in SINGULAR.items():
        assert sorted(re.findall(r"{\w+}", many)) == sorted(re.findall(r"{\w+}", one))
