"""The agreement as the command line prints it: plain dicts, lists, strings and numbers."""

from __future__ import annotations

from collections.abc import Mapping

from annotations.agreement.figure import Figure
from annotations.agreement.result import Agreement, Compared, PairAgreement
from annotations.agreement.selector import Match

Json = dict[str, object]


def agreement_json(agreement: Agreement) -> Json:
    """The structure that scripts rely on.

    A figure is a number, or null with ``…_reason`` beside it; ``…_interval`` is its ``[low, high]`` or null with
    ``…_interval_reason``; ``…_reports`` says how many were used of how many.
    """
    selector = agreement.selector
    found: Json = {"match": str(selector.match)}
    if selector.match is Match.OVERLAP:
        found["threshold"] = selector.threshold
    found["annotators"] = list(agreement.annotators)
    found["reports"] = {"used": agreement.used, "total": agreement.total}
    found["pairs"] = [_pair(pair, agreement.total) for pair in agreement.pairs]
    for name, figure in (
        ("fleiss_kappa", agreement.fleiss),
        ("alpha", agreement.alpha),
        ("alpha_u", agreement.alpha_u),
        ("gamma", agreement.gamma),
    ):
        found |= _figure(name, figure) | {f"{name}_reports": {"used": figure.used, "total": figure.total}}
    found["alpha_u_by_label"] = {
        label: _figure("alpha_u", figure) for label, figure in agreement.alpha_u_by_label.items()
    }
    found["notes"] = list(agreement.notes)
    return found


def _pair(pair: PairAgreement, total: int) -> Json:
    return {
        "annotators": list(pair.annotators),
        "reports": {"used": pair.reports, "total": total},
        "entities": _compared(pair.entities) | {"by_label": _by_name(pair.by_label)},
        "relations": _compared(pair.relations)
        | {"same_ends": pair.same_ends}
        | _figure("type_given_ends", pair.type_given_ends)
        | {"by_type": _by_name(pair.by_type)},
        **_figure("kappa", pair.kappa),
        "confusion": [
            {"labels": [one or None, other or None], "count": count} for (one, other), count in pair.confusion.items()
        ],
    }


def _by_name(compared: Mapping[str, Compared]) -> Json:
    return {name: _compared(each) for name, each in compared.items()}


def _compared(compared: Compared) -> Json:
    return _figure("f1", compared.f1) | {
        "both": compared.both,
        "only_a": compared.only_a,
        "only_b": compared.only_b,
    }


def _figure(name: str, figure: Figure) -> Json:
    found: Json = {name: figure.value}
    if figure.value is None:
        found[f"{name}_reason"] = figure.reason
        return found
    if figure.low is None or figure.high is None:
        found[f"{name}_interval"] = None
        found[f"{name}_interval_reason"] = figure.interval_reason
    else:
        found[f"{name}_interval"] = [figure.low, figure.high]
    return found
