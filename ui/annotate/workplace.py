"""What the controllers of the annotate page share: the desk, the report view, and the sheet an edit is made on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.changes import Change
from annotations.changes.outcome import Outcome
from annotations.schema import Attribute, EntityType, RelationType, shown_name
from ui.annotate.edits.sheet import Sheet
from ui.annotate.view.view import ReportView
from ui.desk import Desk
from ui.words import language

if TYPE_CHECKING:
    from ui.annotate.suggestions.offered import Offered
    from ui.annotate.suggestions.suggesting import Suggesting


class Workplace:
    """The desk and the view, as one thing to hand around."""

    def __init__(self, desk: Desk, view: ReportView) -> None:
        self.desk = desk
        self.view = view
        self._sheet: Sheet | None = None
        self._whole: tuple[Sheet, Offered, Sheet] | None = None
        self.suggesting: Suggesting | None = None

    @property
    def sheet(self) -> Sheet | None:
        """The open report with the labels that are shown; None when no report is open. The same object until they change."""
        report, labels, schema = self.desk.report, self.desk.annotation_set, self.desk.schema
        if report is None:
            self._sheet = None
        elif (
            self._sheet is None
            or self._sheet.report is not report
            or self._sheet.labels is not labels
            or self._sheet.schema is not schema
        ):
            self._sheet = Sheet(report, labels, schema)
        return self._sheet

    @property
    def whole(self) -> Sheet | None:
        """The sheet with what is suggested taken for labels: to look things up in, not to edit."""
        sheet, offered = self.sheet, self.suggesting.offered if self.suggesting else None
        if sheet is None or offered is None:
            return sheet
        if self._whole is None or self._whole[0] is not sheet or self._whole[1] is not offered:
            self._whole = (sheet, offered, offered.with_labels(sheet))
        return self._whole[2]

    def apply(self, change: Change | None) -> Outcome | None:
        """Carry out a change; None when there is none, or it was refused, or waits to be saved."""
        return self.desk.apply(change) if change is not None else None

    def label_name(self, label: str) -> str:
        """A label's name in the interface language."""
        found = self.desk.schema.entities_by_name.get(label)
        return shown_name(found, language()) if found else label


def name_of(label: EntityType | RelationType | Attribute) -> str:
    """A label's or attribute's name in the interface language."""
    return shown_name(label, language())


def short(text: str, longest: int = 40) -> str:
    """``text`` on one line, cut to at most ``longest`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
