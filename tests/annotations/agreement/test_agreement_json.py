"""What ``chugiai agreement --json`` prints."""

from __future__ import annotations

import json

from several_annotators import done, labelled

from annotations.agreement import Match, Selector, agreement_json, measure
from annotations.report import Relation

ORG, PLACE = ("ORG", 29, 43), ("PLACE", 78, 87)


def _relation(kind: str) -> list[Relation]:
    return [Relation("r0", kind, "e0", "e1")]


def _json(match: Match = Match.EXACT) -> dict[str, object]:
    reports = [
        labelled(
            done("lan", [ORG, PLACE], _relation("located_in")),
            done("minh", [ORG, PLACE], _relation(kind)),
            report_id=f"r{number}",
        )
        for number, kind in enumerate(["located_in", "part_of"])
    ]
    found = agreement_json(measure(reports, ("lan", "minh"), Selector(match), resamples=50))
    return dict(json.loads(json.dumps(found, allow_nan=False)))


def test_the_structure_scripts_rely_on() -> None:
    found = _json()
    assert found["match"] == "exact"
    assert found["reports"] == {"used": 2, "total": 2}
    (pair,) = found["pairs"]  # type: ignore[misc]
    assert pair["annotators"] == ["lan", "minh"]
    assert {key: pair["entities"][key] for key in ("f1", "both", "only_a", "only_b")} == {
        "f1": 1.0,
        "both": 4,
        "only_a": 0,
        "only_b": 0,
    }
    assert set(pair["entities"]["by_label"]) == {"ORG", "PLACE"}
    assert pair["relations"]["f1"] == 0.5
    assert (pair["relations"]["both"], pair["relations"]["only_a"], pair["relations"]["only_b"]) == (1, 1, 1)
    assert pair["relations"]["type_given_ends"] == 0.5
    part_of = pair["relations"]["by_type"]["part_of"]
    assert (part_of["f1"], part_of["both"], part_of["only_a"], part_of["only_b"]) == (0.0, 0, 0, 1)
    assert pair["kappa"] == 1.0
    assert found["alpha"] == found["alpha_u"] == 1.0


def test_what_is_undefined_is_null_with_its_reason() -> None:
    found = _json()
    assert found["gamma"] is None
    assert found["gamma_reason"]
    assert found["fleiss_kappa"] is None
    assert "three" in str(found["fleiss_kappa_reason"])


def test_an_overlap_names_its_threshold() -> None:
    assert _json(Match.OVERLAP)["threshold"] == 0.5
    assert "threshold" not in _json()
