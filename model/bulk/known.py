"""Is a report of this id, text or name in the project already, and whose labels does it have?

Looks in the rows (also the batch's own, not yet visible ones) once for each
step of the batch, and in what the running step has added.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from annotations.corpus import ImportedRecord
from model.tables import ReportRow, SetRow, TextRow


@dataclass(slots=True)
class KnownReport:
    """A report with its newest text: row keys, its id, the hash of its NFC/LF form."""

    key: int
    text: int
    report_id: str
    name: str
    form_hash: str
    new: bool = False
    sets: dict[int | None, int] = field(default_factory=dict)


class Known:
    """The reports that a step's records could be."""

    def __init__(self, connection: Connection, records: list[ImportedRecord], form_hashes: list[str]) -> None:
        self._connection = connection
        self.by_id: dict[str, KnownReport] = {}
        self.by_form: dict[str, KnownReport] = {}
        self.names: set[str] = set()
        ids = [record.report.id for record in records if record.report.id]
        names = [record.report.name for record in records]
        for condition in (ReportRow.report_id.in_(ids), TextRow.form_hash.in_(form_hashes)):
            self._read(condition)
        taken = select(ReportRow.name).where(ReportRow.name.in_(names), ReportRow.removed_by.is_(None))
        self.names.update(connection.execute(taken).scalars())

    def _read(self, condition: Any) -> None:
        rows = self._connection.execute(
            select(ReportRow.id, ReportRow.report_id, ReportRow.name, TextRow.id.label("text"), TextRow.form_hash)
            .join(TextRow, TextRow.report_id == ReportRow.id)
            .where(condition, ReportRow.removed_by.is_(None))
            .order_by(TextRow.number)
        ).all()
        found = [KnownReport(row.id, row.text, row.report_id, row.name, row.form_hash) for row in rows]
        found = [self.by_id.get(report.report_id, report) for report in found]
        sets = select(SetRow.report_id, SetRow.annotator_id, SetRow.id).where(
            SetRow.report_id.in_([report.key for report in found]), SetRow.removed_by.is_(None)
        )
        by_key = {report.key: report for report in found}
        for report_key, annotator, set_key in self._connection.execute(sets):
            by_key[report_key].sets[annotator] = set_key
        for report in found:
            self.add(report)

    def add(self, report: KnownReport) -> None:
        """Remember a report that the step itself adds."""
        self.by_id[report.report_id] = report
        self.by_form[report.form_hash] = report
        self.names.add(report.name)

    def free_name(self, name: str) -> str:
        """``name``, or ``name (2)``, ``name (3)``… when it is taken."""
        if name not in self.names:
            return name
        number = 2
        while True:
            candidate = f"{name} ({number})"
            taken = select(ReportRow.id).where(ReportRow.name == candidate, ReportRow.removed_by.is_(None))
            if candidate not in self.names and self._connection.execute(taken).first() is None:
                return candidate
            number += 1
