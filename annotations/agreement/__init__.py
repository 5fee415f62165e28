"""Agreement between annotators: measured figures, each with what it was measured on.

``measure`` reads the reports once and gives an :class:`Agreement`; ``behind`` lists the spans behind a figure;
``agreement_json`` is what the command line prints.
"""

from annotations.agreement.as_json import agreement_json
from annotations.agreement.behind import Behind, Part, behind, confused, relations_behind
from annotations.agreement.by_match import by_match
from annotations.agreement.figure import Figure
from annotations.agreement.measure import measure
from annotations.agreement.per_report import ReportAgreement, Shared, per_report
from annotations.agreement.result import Agreement, Compared, PairAgreement
from annotations.agreement.selector import Match, Selector

__all__ = [
    "Agreement",
    "Behind",
    "Compared",
    "Figure",
    "Match",
    "PairAgreement",
    "Part",
    "ReportAgreement",
    "Selector",
    "Shared",
    "agreement_json",
    "behind",
    "by_match",
    "confused",
    "measure",
    "per_report",
    "relations_behind",
]
