"""Gamma (Mathet, Widlöcher and Métivier 2015), by the optional package pygamma-agreement.

Gamma aligns the annotators' entities and measures boundaries and labels at once. It is slow, so it is measured on a
sample of the reports; the figure says on how many. Disorder adds up over reports in proportion to their entities.
Source: The unified and holistic method gamma for inter-annotator agreement measure and alignment, Computational
Linguistics 41 (2015).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from annotations.agreement.figure import GAMMA_NOT_ASKED, NO_GAMMA, NO_REPORTS, NO_UNITS, ONE_VALUE, Figure
from annotations.report import AnnotationSet

SAMPLE = 20
"""Most reports that gamma is measured on."""
_PACKAGE = "pygamma_agreement"


def is_installed() -> bool:
    """Whether the optional package is there."""
    return find_spec(_PACKAGE) is not None


class GammaSample:
    """Keeps a random sample of the reports (seeded) and measures gamma on it."""

    def __init__(self, asked: bool, seed: int, size: int = SAMPLE) -> None:
        self._asked = asked and is_installed()
        self._why = NO_GAMMA if not is_installed() else GAMMA_NOT_ASKED
        self._random = random.Random(seed)
        self._seed = seed
        self._size = size
        self._seen = 0
        self._kept: list[Mapping[int, AnnotationSet]] = []

    def offer(self, sets: Mapping[int, AnnotationSet]) -> None:
        """Takes a report into the sample, or not; every report has the same chance."""
        if not self._asked or sum(1 for labels in sets.values() if labels.entities) < 2:
            return
        self._seen += 1
        if len(self._kept) < self._size:
            self._kept.append(sets)
        elif (place := self._random.randrange(self._seen)) < self._size:
            self._kept[place] = sets

    def figure(self, total: int) -> Figure:
        """Gamma of the sample, or why there is none; no interval, the sample is too small for one."""
        if not self._asked:
            return Figure(None, self._why, total=total)
        if not self._kept:
            return Figure(None, NO_UNITS if total else NO_REPORTS, total=total)
        observed = expected = 0.0
        for sets in self._kept:
            own_observed, own_expected = _disorders(sets, self._seed)
            entities = sum(len(labels.entities) for labels in sets.values()) / len(sets)
            observed += own_observed * entities
            expected += own_expected * entities
        if not expected:
            return Figure(None, ONE_VALUE, used=len(self._kept), total=total)
        return Figure(1 - observed / expected, used=len(self._kept), total=total)


def _disorders(sets: Mapping[int, AnnotationSet], seed: int) -> tuple[float, float]:
    """Observed and expected disorder of one report."""
    package: Any = import_module(_PACKAGE)  # Any: the package has no types
    segment: Any = import_module("pyannote.core").Segment
    numpy: Any = import_module("numpy")
    continuum = package.Continuum()
    for place, labels in sets.items():
        continuum.add_annotator(str(place))
        for entity in labels.entities:
            continuum.add(str(place), segment(entity.start, entity.end), entity.label)
    state = numpy.random.get_state()
    numpy.random.seed(seed)
    try:
        found = continuum.compute_gamma(package.CombinedCategoricalDissimilarity())
    finally:
        numpy.random.set_state(state)
    return float(found.observed_disorder), float(found.expected_disorder)
