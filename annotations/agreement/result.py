"""What measuring gives: figures of each pair of annotators and of all together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.agreement.figure import Figure
from annotations.agreement.selector import Selector

NOTES = (
    "Figures on words (kappa, alpha) see only the outermost of nested entities, not where one entity ends and the "
    "next of the same label begins, and no relations.",
    "Alpha_U measures each label by itself; entities of one label that overlap in one annotation set count as one.",
    "Intervals are bootstrap 95 % intervals over reports.",
)
"""What the figures leave out, to be shown with them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How many labels two annotators share: F1, shared ones, and those of each one only."""

    f1: Figure
    both: int
    only_a: int
    only_b: int


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two annotators. ``reports`` were labelled by both.

    ``by_label`` and ``by_type`` hold the labels and relation types that one of them used. ``type_given_ends`` is the
    share of relations of equal type among those whose two ends match (``same_ends``). ``confusion`` counts
    (label of the first, label of the second); an empty label stands for no such mention. ``also`` holds the F1 of all
    entities by the further ways to match that were asked for.
    """

    annotators: tuple[str, str]
    reports: int
    entities: Compared
    by_label: Mapping[str, Compared]
    relations: Compared
    by_type: Mapping[str, Compared]
    same_ends: int
    type_given_ends: Figure
    kappa: Figure
    confusion: Mapping[tuple[str, str], int]
    also: Mapping[Selector, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures of one measurement.

    ``used`` of ``total`` reports have a finished set of two annotators or more. Fleiss' kappa uses the reports that
    all annotators finished.
    """

    selector: Selector
    annotators: tuple[str, ...]
    used: int
    total: int
    pairs: tuple[PairAgreement, ...]
    fleiss: Figure
    alpha: Figure
    alpha_u: Figure
    alpha_u_by_label: Mapping[str, Figure]
    gamma: Figure
    notes: tuple[str, ...] = field(default=NOTES)
