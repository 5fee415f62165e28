"""What an answer does: the decision kept through the desk, or beside the window when it is about many reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotations.changes import Decide
from annotations.errors import ChuGiaiError
from annotations.review import Answer, ReportReview, Said
from annotations.review.cases import Case, alike
from model.project import Project
from ui.jobs.progress import Progress
from ui.jobs.reviewing import decide_all, load_report
from ui.review.deciding import verdict
from ui.review.parts import Parts
from ui.words import explain
from ui.worker import Job, project_job

if TYPE_CHECKING:
    from ui.review.page import ReviewPage

FEW = 8
"""Reports that are read at once; more are read beside the window."""


class Decider(QObject):
    """Takes the page's answers to the desk."""

    def __init__(self, page: ReviewPage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.desk
        self._job: Job | None = None
        self._parts = Parts()

    def take(self, name: str) -> None:
        """Take all from an annotator, or the point that an earlier answer left open."""
        shown = self._page.shown
        decision = shown.settled.decision if shown is not None else None
        if shown is None or decision is None or not shown.open_point:
            said_parts = self._in_parts(name)
            if said_parts is None:
                self._page.name_status()
            else:
                self.decide(said_parts)
            return
        said = Said(decision.answer, label_from=decision.label_from, attributes_from=dict(decision.attributes_from))
        kind, _, attribute = shown.open_point.partition(":")
        if attribute:
            said = replace(said, attributes_from={**said.attributes_from, attribute: name})
        elif kind == "label":
            said = replace(said, label_from=name)
        self.decide(replace(said, reason=decision.reason, note=decision.note))

    def next_part(self) -> str:
        """The part that a digit takes next, when parts are decided separately; else empty."""
        shown = self._page.shown
        if shown is None or not self._page.actions_list["action_review_parts"].isChecked():
            return ""
        return self._parts.next_point(shown.group)

    def _in_parts(self, name: str) -> Said | None:
        """The answer that takes all from an annotator, or the parts one by one; None while parts are still to be asked."""
        shown = self._page.shown
        if shown is None or not self.next_part():
            self._parts.forget()
            return Said(Answer.TAKE, name)
        return self._parts.take(shown.group, name)

    def decide(self, said: Said) -> None:
        """Keep an answer to the conflict that is shown, or to all that are alike, with the reason that was given."""
        page = self._page
        if page.shown is None or page.own_form.is_open:
            return
        reason, note = page.answers.said_reason(), page.answers.note.text().strip()
        said = replace(said, reason=reason or said.reason, note=note or said.note)
        cases = [page.shown.case]
        if page.actions_list["action_review_alike"].isChecked():
            cases = alike(page.shown.case, page.worklist.cases)
        if len({case.report_id for case in cases}) > FEW:
            self._decide_beside(cases, said)
            return
        try:
            found = verdict(cases, said, self._desk.schema, page.reading.review, self._versions(cases))
        except ChuGiaiError as error:
            self._desk.say(explain(error))
            return
        self.apply(found.change)
        if found.refused:
            self._desk.say(explain(found.refused[0]))

    def apply(self, change: Decide) -> None:
        """Keep decisions and go on to the next conflict; when it is refused, stay."""
        page = self._page
        here, order = page.shown.case.id if page.shown else "", [case.id for case in page.worklist.shown]
        outcome = self._desk.apply(change)
        if outcome is None and self._desk.saving_state.saved:
            page.refresh()
        elif change.decisions:
            page.go_on(order, here)
        else:
            page.refresh()

    def _decide_beside(self, cases: Sequence[Case], said: Said) -> None:
        """Many reports: read and written in a job, as one action."""
        annotator, schema = self._desk.annotator, self._desk.schema

        def work(project: Project, _progress: Progress) -> object:
            seen: dict[tuple[str, str], int] = {}

            def read(report_id: str) -> ReportReview | None:
                there = load_report(project, report_id)
                if there is None:
                    return None
                seen.update(((report_id, key), version) for key, version in there[0].versions.items())
                return there[1]

            found = verdict(cases, said, schema, read, seen)
            return decide_all(project, annotator, found.change.decisions, dict(found.change.seen))

        job = self._job = project_job(self._desk.project.path, work)
        job.done.connect(lambda _outcome: self._page.on_bulk())
        job.failed.connect(lambda error: self._desk.say(explain(error)))
        job.start()

    def _versions(self, cases: Sequence[Case]) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for report_id in {case.report_id for case in cases}:
            there = self._page.reading.report(report_id)
            if there is not None:
                found |= {(report_id, key): version for key, version in there[0].versions.items()}
        return found
