"""Other occurrences of the selected entity's words: how many, and the dialog that labels them."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QObject

from annotations.matching import MatchText
from annotations.report import Entity
from ui.annotate.edits.sheet import Sheet
from ui.annotate.occurrences_dialog import OccurrencesDialog
from ui.annotate.workplace import Workplace
from ui.words import tr

_LONGEST = 200_000
"""In longer texts the status line does not count: a key must not wait for it."""
_MOST = 100


class Others(QObject):
    """Counts for the status line and opens the dialog."""

    def __init__(self, place: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._match: MatchText | None = None

    def count(self) -> int:
        """Places with the words of the one selected entity that do not carry its label yet; at most 100."""
        found = self._source()
        if found is None or len(found[0].text) > _LONGEST:
            return 0
        sheet, entity = found
        if self._match is None or self._match.text is not sheet.text:
            self._match = MatchText(sheet.text)
        taken = {(one.start, one.end) for one in sheet.labels.entities if one.label == entity.label}
        hits = self._match.find_all(entity.surface(sheet.text))
        return sum(1 for _hit in islice((hit for hit in hits if hit not in taken), _MOST))

    def open_dialog(self) -> OccurrencesDialog | None:
        """Open the dialog for the selected entity; None, with a notice, when there is none."""
        found = self._source()
        if found is None:
            self._place.desk.say(tr("Select one entity first; its other occurrences are then offered."))
            return None
        dialog = OccurrencesDialog(self._place, *found, self._place.view.window())
        dialog.open()
        return dialog

    def _source(self) -> tuple[Sheet, Entity] | None:
        sheet, selected = self._place.sheet, self._place.view.selected_entities()
        if sheet is None or len(selected) != 1 or selected[0] not in sheet.entities:
            return None
        entity = sheet.entities[selected[0]]
        return None if entity.fragments else (sheet, entity)
