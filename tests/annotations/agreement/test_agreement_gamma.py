"""Gamma: what is said without the optional package, and its own figures with it."""

from __future__ import annotations

from typing import Any

import pytest
from several_annotators import done, labelled

from annotations.agreement import gamma as gamma_module
from annotations.agreement import measure
from annotations.agreement.figure import GAMMA_NOT_ASKED, NO_GAMMA

TWO = ("lan", "minh")
FIRST = [("ORG", 0, 9), ("PLACE", 20, 28), ("ORG", 40, 52)]
SECOND = [("ORG", 0, 9), ("PLACE", 22, 28), ("TITLE", 38, 52), ("ORG", 60, 66)]
REPORT = labelled(done("lan", FIRST), done("minh", SECOND))


def test_without_the_package_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gamma_module, "_PACKAGE", "a_package_nobody_has")
    figure = measure([REPORT], TWO, gamma=True).gamma
    assert (figure.value, figure.reason, figure.total) == (None, NO_GAMMA, 1)


def test_it_is_measured_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gamma_module, "_PACKAGE", "json")  # any module that is there
    figure = measure([REPORT], TWO).gamma
    assert (figure.value, figure.reason) == (None, GAMMA_NOT_ASKED)


def test_the_sample_is_bounded_and_random(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gamma_module, "_PACKAGE", "json")
    monkeypatch.setattr(gamma_module, "_disorders", lambda sets, seed: (0.25, 1.0))
    found = measure([REPORT] * 50, TWO, gamma=True, resamples=0).gamma
    assert (found.value, found.used, found.total) == (0.75, gamma_module.SAMPLE, 50)


def test_one_report_is_what_the_package_computes() -> None:
    package: Any = pytest.importorskip("pygamma_agreement")
    numpy: Any = pytest.importorskip("numpy")
    segment: Any = pytest.importorskip("pyannote.core").Segment
    continuum = package.Continuum()
    for place, entities in enumerate((FIRST, SECOND)):
        for label, start, end in entities:
            continuum.add(str(place), segment(start, end), label)
    numpy.random.seed(7)
    theirs = continuum.compute_gamma(package.CombinedCategoricalDissimilarity()).gamma
    ours = measure([REPORT], TWO, gamma=True, resamples=0).gamma
    assert ours.value == pytest.approx(theirs, abs=0.02)
    same = labelled(done("lan", FIRST), done("minh", FIRST))
    assert measure([same], TWO, gamma=True, resamples=0).gamma.value == 1.0
