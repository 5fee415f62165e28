"""Suggestions for an annotator know nothing of what others labelled on the same report."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.default_schema import DEFAULT_SCHEMA
from ui.jobs.brain import Brain, Taught, Tuning

REPORTS, PEOPLE = ("r1", "r2", "r3"), ("lan", "minh", None)
NAMES = st.frozensets(st.tuples(st.sampled_from(["OFFICIAL", "ORG"]), st.sampled_from("ABCDE")), max_size=4)
PLACES = st.tuples(st.sampled_from(REPORTS), st.sampled_from(PEOPLE))


@given(
    st.lists(st.tuples(PLACES, NAMES), max_size=12), st.sampled_from(REPORTS), st.sampled_from(["lan", "minh", "thu"])
)
def test_only_names_of_other_reports_and_her_own(
    taught: list[tuple[tuple[str, str | None], frozenset[tuple[str, str]]]], report: str, annotator: str
) -> None:
    brain = Brain()
    brain.tune(Tuning(DEFAULT_SCHEMA))
    brain.teach(Taught(*place, names) for place, names in taught)
    standing = dict(taught)
    allowed = {
        name for (where, who), names in standing.items() if where != report or who == annotator for name in names
    }
    known = brain.knowledge(report, annotator).names
    assert {(label, surface) for label, surfaces in known.items() for surface in surfaces} == allowed
