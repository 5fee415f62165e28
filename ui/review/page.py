"""The review page: the list of conflicts, the text with everybody's labels in lanes, the answers.

The page builds its parts and connects them. An answer is one key; the next conflict comes by itself.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSplitter, QVBoxLayout, QWidget

from annotations.changes import Decide
from annotations.changes.outcome import Changed
from annotations.report import Entity, Relation
from annotations.review import Answer, EntityGroup, Said
from annotations.review.cases import UNANIMOUS, Case, CaseFilter, alike, names_in
from annotations.review.decision import possible_answers
from ui.actions import Actions
from ui.desk import Desk
from ui.jobs.reviewing import Overview
from ui.review.answers import OTHERS, TAKES, AnswerPanel
from ui.review.case_list import CaseList, CaseModel, CaseRow
from ui.review.conflict_text import ConflictText
from ui.review.decider import FEW, Decider
from ui.review.filters import FilterBar
from ui.review.own_form import OwnForm
from ui.review.reading import Reading
from ui.review.review_actions import add_actions
from ui.review.showing import Shown, show_case
from ui.review.status import empty_words, status_words
from ui.review.worklist import Worklist
from ui.theme import GRID
from ui.words import tr

SAMPLE = 50


class ReviewPage(QWidget):
    """Reads the desk's project, writes through the desk. Signals: ``status_text_changed(str)``; ``report_wanted(id, start,
    end)`` to show a place in the annotate page."""

    status_text_changed = Signal(str)
    report_wanted = Signal(str, int, int)

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review_page")
        self.desk, self.actions_list = desk, actions
        self.worklist = Worklist()
        self.reading = Reading(desk, self)
        self.shown: Shown | None = None
        self._loaded = False
        self._stale: set[str] | None = None
        self.decider = Decider(self)
        add_actions(self, actions)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._show_case(None)

    def _make_widgets(self) -> None:
        self.model = CaseModel(self.worklist)
        self.list = CaseList(self.model, self)
        self.list.setItemDelegate(CaseRow(self.list, self.worklist.count, lambda: self.desk.schema))
        self.filters = FilterBar(self)
        self.counts = QLabel(self)
        self.counts.setObjectName("conflict_counts")
        self.bar = QProgressBar(self)
        self.bar.setObjectName("progress_bar")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Decided"))
        self.empty = QLabel(self)
        self.empty.setObjectName("conflicts_empty")
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.waiting = QPushButton(self)
        self.waiting.setObjectName("unanimous_waiting")
        self.waiting.setFlat(True)
        self.waiting.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.text = ConflictText(self)
        self.answers = AnswerPanel(self.actions_list, self)
        self.own_form = OwnForm(self)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self.refresh)

    def _lay_out(self) -> None:
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(GRID, GRID, GRID, 0)
        column.setSpacing(GRID)
        top = QHBoxLayout()
        title = QLabel(tr("Conflicts"), self)
        title.setProperty("role", "heading")
        top.addWidget(title)
        top.addStretch()
        top.addWidget(self.counts)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(self.filters)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.waiting)
        middle = QWidget(self)
        right = QVBoxLayout(middle)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.text, 1)
        right.addWidget(self.own_form)
        right.addWidget(self.answers)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(side)
        self.splitter.addWidget(middle)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([44 * GRID, 1000])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)

    def _connect(self) -> None:
        self.desk.bus.changed.connect(self._on_changed)
        self.reading.loaded.connect(self._on_loaded)
        self.reading.sampled.connect(self._on_sampled)
        self.reading.progressed.connect(self._on_progress)
        self.reading.ended.connect(self._show_counts)
        self.list.current_changed.connect(self._on_row)
        self.filters.changed.connect(self._on_filter)
        for guard_left in (self.filters.left, self.answers.guard.left, self.answers.guard.entered):
            guard_left.connect(self.list.setFocus)
        self.own_form.given.connect(self._on_own)
        self.own_form.spans_changed.connect(self.text.set_own)
        self.own_form.closed.connect(self._on_own_closed)
        self.text.text_selected.connect(self._on_text_selected)
        self.waiting.clicked.connect(self.open_bulk)

    # coming and going

    def enter(self) -> None:
        """The page comes to be shown: read what it does not know yet."""
        self.refresh()

    def leave(self) -> None:
        """The page goes: what is being read for it is given up."""
        self.reading.cancel()

    def reload(self) -> None:
        """Read all conflicts anew, beside the window; what changes meanwhile is read once more."""
        self._loaded, self._stale = False, set()
        self.reading.load()
        self._show_counts()

    def hideEvent(self, event: QHideEvent) -> None:
        """An own answer that was begun is not kept; a window that closes reads no more."""
        self.own_form.close_form()
        if not event.spontaneous():
            self.reading.cancel()
        super().hideEvent(event)

    # what the person does

    def take(self, number: int) -> None:
        """Take what an annotator says, by her place among A, B, C…; or, where only a point is open, that of her."""
        if self.shown is not None and number < len(self.shown.order):
            self.decider.take(self.shown.order[number])

    def answer(self, answer: Answer) -> None:
        """Give another answer."""
        self.decider.decide(Said(answer))

    def own(self) -> None:
        """Open the form for an own answer, filled with what is most likely meant."""
        shown = self.shown
        if shown is None or self.own_form.is_open:
            return
        group = shown.group
        decided = shown.settled.decision.result if shown.settled.decision is not None else None
        if isinstance(group, EntityGroup):
            start_with = decided if isinstance(decided, Entity) else group.members[next(iter(group.members))]
            self.own_form.open_entity(group, start_with, shown.text, self.desk.schema)
        else:
            relation = decided if isinstance(decided, Relation) else group.members[next(iter(group.members))]
            ends = next(iter(group.ends.values()))
            self.own_form.open_relation(group, relation, ends, shown.case.phrase, self.desk.schema)
        self.answers.setVisible(False)
        self.name_status()

    def move_edge(self, left: bool, step: int) -> None:
        """Move an edge of the own answer."""
        self.own_form.move_edge(left, step)

    def reopen(self) -> None:
        """Take back what was decided, so that the conflict is open again."""
        decision = self.shown.settled.decision if self.shown is not None else None
        if decision is not None:
            self.decider.apply(Decide(withdrawn={decision.report_id: (decision.conflict_id,)}))

    def focus_reason(self) -> None:
        """Put the caret where the reason is given."""
        self.answers.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_names(self) -> None:
        """Show letters only in place of names, or both."""
        self._show_filters()
        self._show_case(self.shown.case if self.shown is not None else None)

    @property
    def names_hidden(self) -> bool:
        """Whether it is hidden who is who."""
        return self.actions_list["action_review_names"].isChecked()

    def show_report(self) -> None:
        """Show the place in the annotate page."""
        if self.shown is not None:
            self.report_wanted.emit(self.shown.case.report_id, *self.shown.focus)

    def open_bulk(self) -> None:
        """Decide many at once, after a preview."""
        from ui.review.bulk_dialog import BulkDialog

        dialog = BulkDialog(self.desk, self)
        dialog.decided.connect(self.on_bulk)
        dialog.open()

    def toggle_sample(self) -> None:
        """List a random sample of the unanimous in place of the conflicts, or the conflicts again."""
        if self.actions_list["action_review_sample"].isChecked():
            self.reading.draw_sample(SAMPLE, seed=7)
        else:
            self._show_list(lambda: self.worklist.set_sample([]))

    def go_on(self, order: list[str], here: str) -> None:
        """Go to the next undecided conflict after ``here`` in the ``order`` that was shown."""
        self.own_form.close_form()
        self.refresh()
        if self.shown is not None and self.shown.case.id == here and self.shown.open_point:
            self._show_case(self.worklist.shown[self.worklist.place(here)])
            return
        self.answers.forget()
        row = order.index(here) + 1 if self.worklist.sample else self.worklist.next_after(order, here)
        if 0 <= row < len(self.worklist.shown):
            self.list.go_to(row)
        elif not self.worklist.shown:
            self._show_case(None)

    def _on_own(self, label: Entity | Relation) -> None:
        self.own_form.close_form()
        self.decider.decide(Said(Answer.OWN, own=label))

    def _on_own_closed(self) -> None:
        self.answers.setVisible(self.shown is not None)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name_status()

    def _on_text_selected(self, start: int, end: int) -> None:
        """Text that is marked becomes the extent of an own answer."""
        if self.shown is None or not isinstance(self.shown.group, EntityGroup):
            return
        if not self.own_form.is_open:
            self.own()
        self.own_form.set_span(start, end)

    # what is shown

    def _on_loaded(self, found: Overview) -> None:
        self._loaded = True
        self._show_list(lambda: self.worklist.fill(found.cases, found.unanimous))
        self._show_filters()
        if self._stale or self._stale is None:
            self._settle.start()

    def _on_sampled(self, cases: list[Case]) -> None:
        self._show_list(lambda: self.worklist.set_sample(cases))
        if not cases:
            self.actions_list["action_review_sample"].setChecked(False)
            self.desk.say(tr("There is nothing unanimous yet."))

    def _on_filter(self, wanted: CaseFilter) -> None:
        self._show_list(lambda: self.worklist.set_filter(wanted))

    def _show_list(self, change: object) -> None:
        """Change what the list shows; the conflict that is looked at stays, when it can."""
        here = self.shown.case.id if self.shown is not None else ""
        at = max(0, self.list.currentIndex().row())
        self.model.begin()
        assert callable(change), "what changes the list"
        change()
        self.model.end()
        self._show_counts()
        row = self.worklist.place(here)
        if row < 0:
            row = min(at, len(self.worklist.shown) - 1)
        if row >= 0:
            self.list.go_to(row)
        else:
            self._show_case(None)

    def _show_filters(self) -> None:
        labels, annotators = names_in(self.worklist.cases, self.desk.schema)
        self.filters.show_names(labels, annotators, self.desk.schema, self.names_hidden)

    def _show_counts(self) -> None:
        undecided, decided = self.worklist.undecided, self.worklist.decided
        self.counts.setText(tr("{undecided} undecided · {decided} decided", undecided=undecided, decided=decided))
        self.bar.setRange(0, max(1, undecided + decided))
        self.bar.setValue(decided)
        waits = self.worklist.unanimous
        self.waiting.setVisible(waits > 0)
        self.waiting.setText(tr("{count} unanimous labels to accept…", count=waits))
        empty = not self.worklist.shown
        if empty and self.list.hasFocus():
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)  # else a field gets it, and keys would be typed there
        self.setFocusProxy(self.text if empty else self.list)
        self.list.setVisible(not empty)
        if not empty and self.text.hasFocus() and not self.own_form.is_open:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.empty.setVisible(empty)
        self.empty.setText(empty_words(self))
        self.name_status()

    def _on_progress(self, done: int, total: int, what: str) -> None:
        if not self.worklist.shown:
            self.empty.setText(tr("{what}: {done} of {total}", what=what, done=done, total=total))

    def _on_row(self, row: int) -> None:
        self._show_case(self.worklist.shown[row] if 0 <= row < len(self.worklist.shown) else None)

    def _show_case(self, case: Case | None) -> None:
        there = self.reading.report(case.report_id) if case is not None else None
        if case is None or self.shown is None or case.id != self.shown.case.id:
            self.own_form.close_form()
        self.shown = show_case(self, case, there) if case is not None and there is not None else None
        if self.shown is None:
            self.text.clear()
        self.answers.setVisible(self.shown is not None and not self.own_form.is_open)
        self._enable()
        self.name_status()

    def _enable(self) -> None:
        shown = self.shown
        answers = possible_answers(shown.group) if shown is not None else ()
        for number in range(TAKES):
            enabled = shown is not None and number < len(shown.order)
            self.actions_list[f"action_review_take_{number + 1}"].setEnabled(enabled)
        for name in OTHERS:
            self.actions_list[f"action_review_{name}"].setEnabled(name in answers)
        has_decision = shown is not None and shown.settled.decision is not None
        self.actions_list["action_review_reopen"].setEnabled(has_decision)
        count = len(alike(shown.case, self.worklist.cases)) if shown is not None else 0
        self.answers.show_alike(count if shown is not None and shown.case.kind != UNANIMOUS else 0)

    # what changed

    def _on_changed(self, changed: Changed) -> None:
        if not self._loaded and not self.reading.running:
            return
        if changed.schema or changed.queue:
            self._stale = None
        elif self._stale is not None and (changed.labels or changed.reports or "decision" in changed.facts):
            self._stale |= changed.labels | changed.reports
        if self.isVisible():
            self._settle.start()

    def refresh(self) -> None:
        """Show what reports have become, unless they are too many to read at once."""
        self._settle.stop()
        stale = self._stale
        if not self._loaded or stale is None or len(stale) > FEW:
            if self._loaded or not self.reading.running:
                self.reload()
            return
        self._stale = set()
        if not stale:
            return

        def refresh() -> None:
            sampled = {case.id for case in self.worklist.sample}
            for report_id in stale:
                cases, waiting = self.reading.cases(report_id), self.reading.waiting(report_id)
                self.worklist.replace_report(report_id, cases, waiting)
                self.worklist.renew_sample(self.reading.groups(report_id, sampled) if sampled else ())

        self._show_list(refresh)

    def on_bulk(self) -> None:
        """Many were decided beside the window."""
        self.desk.bus.poll()
        self.answers.forget()
        self.reload()

    # the status line

    def status_text(self) -> str:
        """What the keys do now, for the window's status line."""
        return status_words(self)

    def name_status(self) -> None:
        """Say in the status line what the keys do."""
        self.status_text_changed.emit(self.status_text())
