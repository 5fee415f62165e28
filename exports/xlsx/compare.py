"""Edited rows against what the project holds now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from annotations.corpus import LabelledReport
from annotations.errors import ChuGiaiError, Refused
from annotations.report import AnnotationSet, Entity, Relation, Report
from annotations.schema import Schema
from exports.xlsx.attributes import main_attributes
from exports.xlsx.columns import FINGERPRINT, SHEETS, fingerprinted
from exports.xlsx.context import Context
from exports.xlsx.edits import COMMENT, CellChange, RowEdit, RowProblem, key_of, unescaped
from exports.xlsx.fingerprint import row_fingerprint
from exports.xlsx.read import SheetRow
from exports.xlsx.rows import YES, entity_row, relation_row, report_row
from exports.xlsx.sheet import Cell, Linked
from exports.xlsx.text import fit_text
from exports.xlsx.wanted import WANTED, Now

_FINGERPRINT = re.compile(r"w1-[0-9a-f]{16}")
_FIXED = {"Entities": ("start", "end", "fragments"), "Relations": ("source_id", "target_id")}
_BREAK = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class _Today:
    """A row as it would be exported now: its raw texts, and as cells hold them."""

    now: Now
    raw: Mapping[str, str]
    cells: Mapping[str, str]
    fingerprint: str


class Comparison:
    """The touched rows of one report. ``known`` counts those whose edits the project has already."""

    def __init__(self, labelled: LabelledReport | None, schema: Schema) -> None:
        self._labelled = labelled
        self._schema = schema
        self._main = main_attributes(schema)
        self._context: Context | None = None
        self._prints: frozenset[str] | None = None
        self.known = 0

    def look(self, rows: Iterable[SheetRow]) -> Iterator[RowEdit | RowProblem]:
        """What each row changes, or why it is not taken; nothing for rows that change nothing."""
        for row in rows:
            try:
                edit = self._look(row)
            except ChuGiaiError as why:
                key = key_of(row)
                yield RowProblem(row.sheet, row.number, key[4] or key[1], why)
                continue
            if edit is None:
                self.known += 1
            else:
                yield edit

    def _look(self, row: SheetRow) -> RowEdit | None:
        today = self._today(row)
        changed = {key: self._meant(text) for key, text in row.cells.items() if self._differs(row, today, key)}
        comment = self._meant(row.cells.get(COMMENT, ""))
        stored = row.cells[FINGERPRINT]
        try:
            self._check_cells(row, today, changed, comment)
            edit = self._edit(row, today, changed, comment)
        except Refused:
            if stored == today.fingerprint:
                raise
            edit = None
        else:
            if edit is None and _FINGERPRINT.fullmatch(stored):
                return None
        self._check_state(row, today, stored)
        return edit

    def _edit(self, row: SheetRow, today: _Today, changed: Mapping[str, str], comment: str) -> RowEdit | None:
        wanted = WANTED[row.table](today.now, changed, comment, self._schema)
        if not wanted:
            return None
        shown = tuple(CellChange(key, today.raw[key], text) for key, text in changed.items())
        said = (CellChange(COMMENT, "", comment),) if comment and ("note" in wanted or "fields" in wanted) else ()
        key, labels = key_of(row), today.now.labels
        assert self._labelled is not None
        edit = RowEdit(
            row.table,
            row.sheet,
            row.number,
            key[1],
            self._labelled.report.name,
            (labels.annotator or "") if labels else "",
            key[4] or key[1],
            (*shown, *said),
            today.now.version,
        )
        return replace(edit, **wanted)

    def _check_cells(self, row: SheetRow, today: _Today, changed: Mapping[str, str], comment: str) -> None:
        for key, why in row.bad.items():
            if key in changed or (key == COMMENT and comment) or key in (FINGERPRINT, "report_id"):
                raise Refused(_CELL + why, column=self._title(row, key))
        for key, text in {**changed, COMMENT: comment}.items():
            if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
                raise Refused("“{column}” holds a character that no text can hold", column=self._title(row, key))
        for key in changed:
            if today.raw[key] != today.cells[key]:
                raise Refused(
                    "“{column}” was cut for the workbook, so that its whole value is not there; edit it in the program",
                    column=self._title(row, key),
                )

    def _check_state(self, row: SheetRow, today: _Today, stored: str) -> None:
        """Raise ``Refused`` when the row is not what was exported."""
        if not _FINGERPRINT.fullmatch(stored):
            raise Refused("its row fingerprint was altered; take the row over from the workbook as it was exported")
        if stored != today.fingerprint:
            if stored in self._all_prints():
                raise Refused("its ids were altered: the row fingerprint is that of another row")
            raise Refused("it was changed in the project since the export; export again and edit there")
        for key in _FIXED.get(row.table, ()):
            if key in row.cells and row.cells[key].strip() != today.raw[key]:
                raise Refused(
                    "“{column}” is not what the project has: it was edited, which does not come back, or the project "
                    "changed since the export; export again",
                    column=self._title(row, key),
                )
        if today.now.labels is not None and today.now.labels.adjudicated:
            raise Refused("it is adjudicated; change it in the review")

    def _differs(self, row: SheetRow, today: _Today, key: str) -> bool:
        column = next(column for column in SHEETS[row.table] if column.key == key)
        if not column.editable:
            return False
        text, now = _lines(row.cells[key]), _lines(today.cells[key])
        return text != now and unescaped(text).strip() != now.strip()

    def _meant(self, text: str) -> str:
        return _lines(unescaped(text)).strip()

    def _title(self, row: SheetRow, key: str) -> str:
        return row.titles.get(key) or next(column.en for column in SHEETS[row.table] if column.key == key)

    # what the project holds now

    def _today(self, row: SheetRow) -> _Today:
        table, _, annotator, adjudicated, label_id = key_of(row)
        if self._labelled is None:
            raise Refused("its report is not in the project (any more)")
        report = self._labelled.report
        if table == "Reports":
            return self._shown(table, Now(report), report_row(self._labelled, "", ""))
        labels = self._set_of(annotator, adjudicated == YES)
        found: Entity | Relation | None
        if table == "Entities":
            found = next((entity for entity in labels.entities if entity.id == label_id), None)
        else:
            found = next((relation for relation in labels.relations if relation.id == label_id), None)
        if found is None:
            raise Refused("there is no such label in the project (any more): it was deleted, or the id was altered")
        return self._label(report, labels, found)

    def _set_of(self, annotator: str, adjudicated: bool) -> AnnotationSet:
        assert self._labelled is not None
        for labels in self._labelled.sets:
            if labels.adjudicated == adjudicated and (labels.annotator or "") == annotator:
                return labels
        raise Refused("the project has no labels of “{annotator}” on this report", annotator=annotator or YES)

    def _label(self, report: Report, labels: AnnotationSet, found: Entity | Relation) -> _Today:
        context = self._context = self._context or Context(report.text)
        now = Now(report, labels, found)
        if isinstance(found, Entity):
            main = self._main.get(found.label, "")
            return self._shown("Entities", now, entity_row(report, labels, found, main, context, ""))
        entities = {entity.id: entity for entity in labels.entities}
        ends = ((entities[found.source], ""), (entities[found.target], ""))
        return self._shown("Relations", now, relation_row(report, labels, found, ends, context, ""))

    def _shown(self, table: str, now: Now, values: list[Cell]) -> _Today:
        columns = SHEETS[table]
        raw = {column.key: _plain(value) for column, value in zip(columns, values, strict=False)}
        lost: Counter[str] = Counter()
        cells = {key: fit_text(text, lost) if text else text for key, text in raw.items()}
        return _Today(now, raw, cells, row_fingerprint({key: cells[key] for key in fingerprinted(columns)}))

    def _all_prints(self) -> frozenset[str]:
        """The fingerprints of all rows of this report as they would be exported now."""
        if self._prints is None:
            assert self._labelled is not None
            report = self._labelled.report
            found: set[str] = set()
            for labels in self._labelled.sets:
                found.update(self._label(report, labels, entity).fingerprint for entity in labels.entities)
                found.update(self._label(report, labels, relation).fingerprint for relation in labels.relations)
            self._prints = frozenset(found)
        return self._prints


_CELL = "“{column}” cannot be taken: "


def _plain(value: Cell) -> str:
    if isinstance(value, Linked):
        value = value.value
    return "" if value is None or isinstance(value, tuple) else str(value)


def _lines(text: str) -> str:
    return _BREAK.sub("\n", text)
