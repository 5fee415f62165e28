"""Who leads the work, what is handed out to whom, and what an assignment says: as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from annotations.changes.fact import SetFacts
from annotations.facts import Fact, Kind

LEAD = "lead"
"""Key of the project's setting that names who leads the work: ``{"name": …}``."""


_HAND_OUT = "Hand out {count} reports to {names}"
_TAKE_BACK = "Take back {count} reports from {names}"
_LOCK = "Lock {count} reports of {names}"
_REOPEN = "Reopen {count} reports of {names}"
_BLIND = "Make {count} reports blind for {names}"
_SEEING = "End blind work on {count} reports of {names}"
_LEADS = "{name} leads the work"
ASSIGNING_TITLES = (_HAND_OUT, _TAKE_BACK, _LOCK, _REOPEN, _BLIND, _SEEING, _LEADS)
"""How the history names what is done to assignments."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """An annotator is to label a report.

    ``blind``: nothing of what others labelled there is shown to her; ``locked``: her labels there cannot be changed.
    """

    report_id: str
    annotator: str
    blind: bool = False
    locked: bool = False

    @classmethod
    def of(cls, fact: Fact) -> Assignment:
        """What a fact of the kind ``ASSIGNMENT`` says."""
        value = fact.value or {}
        return cls(fact.report_id, fact.annotator, bool(value.get("blind")), bool(value.get("locked")))

    def fact(self) -> Fact:
        """The assignment as a fact."""
        return Fact(Kind.ASSIGNMENT, "", self.value(), self.report_id, self.annotator)

    def value(self) -> Mapping[str, Any]:
        """What the fact holds; only what is so."""
        return {name: True for name in ("blind", "locked") if getattr(self, name)}


def assign(wanted: Iterable[Assignment], lead_by: str = "") -> SetFacts:
    """The change that makes these assignments; with ``lead_by`` this person leads the work from then on."""
    made = tuple(wanted)
    first = (lead_fact(lead_by),) if lead_by else ()
    return SetFacts((*first, *(one.fact() for one in made)), _HAND_OUT, _named(made))


def lock(wanted: Iterable[Assignment], locked: bool) -> SetFacts:
    """The change that locks these assignments, or reopens them."""
    made = tuple(replace(one, locked=locked) for one in wanted)
    return SetFacts(tuple(one.fact() for one in made), _LOCK if locked else _REOPEN, _named(made))


def set_blind(wanted: Iterable[Assignment], blind: bool) -> SetFacts:
    """The change that makes the work on these assignments blind, or ends that."""
    made = tuple(replace(one, blind=blind) for one in wanted)
    return SetFacts(tuple(one.fact() for one in made), _BLIND if blind else _SEEING, _named(made))


def take_back(unwanted: Iterable[Assignment]) -> SetFacts:
    """The change that removes these assignments; labels stay."""
    gone = tuple(unwanted)
    facts = tuple(Fact(Kind.ASSIGNMENT, "", None, one.report_id, one.annotator) for one in gone)
    return SetFacts(facts, _TAKE_BACK, _named(gone))


def lead(name: str) -> SetFacts:
    """The change that says who leads the work."""
    return SetFacts((lead_fact(name),), _LEADS, {"name": name})


def lead_fact(name: str) -> Fact:
    """Who leads the work, as a fact."""
    return Fact(Kind.SETTING, LEAD, {"name": name})


def _named(assignments: Iterable[Assignment]) -> dict[str, object]:
    """How the history names them: so many reports, these people."""
    found = list(assignments)
    names = sorted({one.annotator for one in found})
    return {"count": len({one.report_id for one in found}), "names": ", ".join(names)}
