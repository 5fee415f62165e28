"""One conflict as a row: the same cells when it goes out and when what came back is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotations.corpus import LabelledReport
from annotations.report import Entity, Relation
from annotations.review import Decision, EntityGroup, Group, ReportReview, decision_value, review_report
from annotations.review.decision import fingerprint, seen_of
from annotations.review.group import digest
from annotations.review.settle import State
from exports.xlsx.context import Context
from exports.xlsx.fingerprint import row_fingerprint
from exports.xlsx.text import Runs
from exports.xlsx_review.columns import choice_key
from exports.xlsx_review.words import choice, decision_word, phrase, possible_words, reason_word


@dataclass(frozen=True, slots=True)
class Frame:
    """What all rows of a workbook share: the annotators with their letters, and the language."""

    letters: Mapping[str, str]
    language: str = "en"


class Reviewed:
    """One report under review, its conflicts as rows."""

    def __init__(self, labelled: LabelledReport, frame: Frame) -> None:
        self.labelled = labelled
        self.review: ReportReview = review_report(labelled, labelled.decisions)
        self._frame = frame
        self.places: dict[tuple[str, str], Entity] = {
            (name, entity.id): entity for group in self.review.entities for name, entity in group.members.items()
        }
        self._context: Context | None = None

    def conflicts(self) -> Iterator[Group]:
        """The conflicts in order, entities first; decided ones too."""
        yield from self.review.conflicts

    def find(self, conflict_id: str) -> Group | None:
        """The conflict of this id, None when there is none any more."""
        return next((group for group in self.review.conflicts if group.id == conflict_id), None)

    def cells(self, group: Group) -> dict[str, str]:
        """All cells but the sentence, by column key."""
        frame, text, report = self._frame, self.labelled.report.text, self.labelled.report
        decision = self.review.state(group).decision
        label, own_text = _own(decision, text)
        cells = {
            "report_name": report.name,
            "kind": kind(group, self.review),
            "phrase": phrase(group, text, self.places),
            "decision": decision_word(decision, frame.letters, frame.language),
            "label": label,
            "text": own_text,
            "reason": reason_word(decision.reason, frame.language) if decision else "",
            "note": decision.note if decision else "",
            "answers": ", ".join(possible_words(group, frame.letters, frame.language)),
            "report_id": report.id,
            "conflict_id": group.id,
            "state": state(group, decision),
        }
        for number, name in enumerate(frame.letters, 1):
            cells[choice_key(number)] = choice(group, name, text, self.places)
        return cells

    def sentence(self, group: Group) -> Runs:
        """The sentence, or sentences, with what the conflict is about in bold."""
        if self._context is None:
            self._context = Context(self.labelled.report.text)
        return self._context.around(sorted({span for entity in self._entities(group) for span in entity.spans}))

    def _entities(self, group: Group) -> Iterator[Entity]:
        if isinstance(group, EntityGroup):
            yield from group.members.values()
            return
        for name, relation in group.members.items():
            for end in (relation.source, relation.target):
                if (name, end) in self.places:
                    yield self.places[name, end]


def kind(group: Group, review: ReportReview) -> str:
    """What the annotators differ in, by its names in the program."""
    if not group.kinds:
        return str(State.RETURNED)
    said = [str(each) for each in group.kinds]
    if review.state(group).state is State.RETURNED:
        said.append(str(State.RETURNED))
    return ", ".join(said)


def state(group: Group, decision: Decision | None) -> str:
    """A hash of the labels and of what is decided: it changes when somebody changes either."""
    value = decision_value(decision) if decision is not None else {}
    said = sorted((name, repr(kept)) for name, kept in value.items() if name not in ("at", "by"))
    return "s" + digest(fingerprint(seen_of(group)), said)


def fingerprint_of(cells: Mapping[str, str]) -> str:
    """The row's fingerprint, over all cells but the sentence."""
    return row_fingerprint(cells)


def _own(decision: Decision | None, text: str) -> tuple[str, str]:
    """Label and text of an own answer that was given."""
    own = decision.own if decision is not None else None
    if isinstance(own, Entity):
        return own.label, " ".join(own.surface(text).split())
    if isinstance(own, Relation):
        return own.type, ""
    return "", ""
