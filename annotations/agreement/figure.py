"""A measured figure: its value, how sure it is, what it was measured on, or why it is undefined."""

from __future__ import annotations

from dataclasses import dataclass

NO_REPORTS = "No report has a finished annotation set of each of these annotators."
NO_LABELS = "Neither annotator has such a label in these reports."
NO_ENDS = "No relation of one annotator joins the same two mentions as a relation of the other."
ONE_VALUE = "Everything has one and the same label, so agreement cannot be told from chance."
NO_TOKENS = "The reports compared have no words."
NO_UNITS = "None of the annotators has such a label in these reports, so there is nothing to compare."
TWO_ONLY = "Fleiss' kappa is for three and more annotators; for two there is Cohen's."
NO_GAMMA = "The optional package pygamma-agreement is not installed."
GAMMA_NOT_ASKED = "Gamma was not asked for: it takes seconds for each report."
NOT_RESAMPLED = "No interval was asked for."
FEW_REPORTS = "An interval needs at least two reports."
SHAKY = "The figure is undefined in too many resamples for an interval."
TOO_LARGE = "The counts are too large to be resampled."


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    ``value`` is None when it is undefined, and ``reason`` says why (an English sentence, else empty).
    ``low`` and ``high`` bound the bootstrap 95 % interval over reports; they are None when there is none, and
    ``interval_reason`` says why. ``used`` of ``total`` reports were measured.
    """

    value: float | None
    reason: str = ""
    low: float | None = None
    high: float | None = None
    interval_reason: str = ""
    used: int = 0
    total: int = 0


Value = tuple[float | None, str]
"""A value, or None with the reason."""


def f1(both: int, only_a: int, only_b: int) -> Value:
    """F1 of one set against the other (the same from either side): 2·both / (2·both + only_a + only_b)."""
    if not both and not only_a and not only_b:
        return None, NO_LABELS
    return 2 * both / (2 * both + only_a + only_b), ""
