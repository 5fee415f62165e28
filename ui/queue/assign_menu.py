"""Handing out selected reports by hand: a submenu with one tick for each annotator, and locking."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu

from annotations.work import Assignment, assign, lock, set_blind, take_back
from model.annotators import annotator_names
from model.errors import ProjectError
from model.queries.assignments import assignments
from ui.desk import Desk
from ui.words import explain, tr

MOST = 500
"""With more selected reports the dialog is the way: a menu must not wait for what is read for each."""


class AssignMenu(QMenu):
    """Offered for up to ``MOST`` reports. A ticked annotator has all of the reports; choosing one gives or takes all."""

    def __init__(self, desk: Desk, report_ids: Sequence[str], parent: QMenu) -> None:
        super().__init__(tr("Assign to"), parent)
        self.setObjectName("assign_menu")
        self._desk = desk
        self._ids = tuple(report_ids)
        self.setEnabled(len(self._ids) <= MOST)
        if self.isEnabled():
            self._fill()

    def _fill(self) -> None:
        try:
            with self._desk.project.reading() as connection:
                names = annotator_names(connection)
                standing = list(assignments(connection, self._ids))
        except ProjectError as error:
            self._desk.trouble.emit(explain(error))
            return
        for name in names:
            own = [one for one in standing if one.annotator == name]
            some = 0 < len(own) < len(self._ids)
            words = tr("{name} (has {count} of {total})", name=name, count=len(own), total=len(self._ids))
            action = self.addAction(words if some else name)
            action.setCheckable(True)
            action.setChecked(len(own) == len(self._ids))
            action.triggered.connect(lambda wanted, name=name, own=own: self._toggle(name, own, wanted))
        self.addSeparator()
        blind = [one for one in standing if one.blind]
        locked = [one for one in standing if one.locked]
        open_ones = [one for one in standing if not one.locked]
        self._add(tr("Lock for everybody"), "assign_lock", open_ones, lambda: self._desk.apply(lock(open_ones, True)))
        self._add(tr("Reopen for everybody"), "assign_reopen", locked, lambda: self._desk.apply(lock(locked, False)))
        self._add(tr("End blind work"), "assign_end_blind", blind, lambda: self._desk.apply(set_blind(blind, False)))
        self._add(
            tr("Take back from everybody"), "assign_nobody", standing, lambda: self._desk.apply(take_back(standing))
        )

    def _add(self, text: str, name: str, about: Sequence[Assignment], do: Callable[[], object]) -> None:
        action = self.addAction(text)
        action.setObjectName(name)
        action.setEnabled(bool(about))
        action.triggered.connect(lambda _checked=False: do())

    def _toggle(self, name: str, own: Sequence[Assignment], wanted: bool) -> None:
        """Give the reports to an annotator who lacks some, or take all of them back."""
        if not wanted:
            self._desk.apply(take_back(own))
            return
        has = {one.report_id for one in own}
        first = "" if self._desk.work.work.lead else self._desk.annotator
        new = [Assignment(one, name) for one in self._ids if one not in has]
        self._desk.apply(assign(new, first))
