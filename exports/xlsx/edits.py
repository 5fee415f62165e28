"""What people changed in a workbook, as values: found here, applied by a job of ``ui``.

A row says who it is by its ids and what it was by its fingerprint. Nothing is guessed: a row that is not certain is a
:class:`RowProblem` with its place and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotations.errors import ChuGiaiError, Refused
from exports.xlsx.columns import FINGERPRINT, SHEETS, fingerprinted
from exports.xlsx.fingerprint import row_fingerprint
from exports.xlsx.read import SheetRow

Key = tuple[str, str, str, str, str]
"""Table, report id, annotator, adjudicated, id of the entity or relation (empty for a report)."""
ID_COLUMN = {"Reports": "", "Entities": "entity_id", "Relations": "relation_id"}
COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell by machine key, as it was and as it is to be."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What a row changes. ``id`` is that of the entity or relation, or of the report; ``version`` the label's of now.

    ``label`` (also a relation's type), ``note``, ``entry`` are None where they stay; ``attributes`` holds what differs, an empty
    value removes; ``fields`` are a report's. ``annotator`` is whose set it is, empty for a report.
    """

    table: str
    sheet: str
    number: int
    report_id: str
    report_name: str
    annotator: str
    id: str
    cells: tuple[CellChange, ...]
    version: int = 0
    label: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    entry: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that is not taken: where it stands, whose it is (``id`` may be empty), and why."""

    sheet: str
    number: int
    id: str
    why: ChuGiaiError


@dataclass(frozen=True, slots=True)
class SheetEdits:
    """``edits`` and ``problems`` in the order of the sheets; ``untouched`` rows are as exported, ``known`` ones are so already."""

    edits: tuple[RowEdit, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    untouched: int = 0
    known: int = 0


@dataclass
class Touched:
    """Rows that differ from what was exported, by report id; the others are only counted."""

    by_report: dict[str, list[SheetRow]] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    untouched: int = 0


def touched_rows(rows: Iterable[SheetRow]) -> Touched:
    """Pass over the rows that nobody edited. Memory grows with the edited rows, and by some bytes with each other one."""
    found = Touched()
    first: dict[int, tuple[str, int]] = {}
    doubled: set[int] = set()
    for row in rows:
        key = key_of(row)
        if not key[1] or (ID_COLUMN[row.table] and not key[4]):
            found.problems.append(_problem(row, Refused(_NEW)))
            continue
        hashed = hash(key)
        if hashed in first:
            doubled.add(hashed)
            sheet, number = first[hashed]
            found.problems.append(_problem(row, Refused(_DOUBLED, sheet=sheet, number=number)))
        elif _untouched(row):
            first[hashed] = (row.sheet, row.number)
            found.untouched += 1
        else:
            first[hashed] = (row.sheet, row.number)
            found.by_report.setdefault(key[1], []).append(row)
    _leave_doubled(found, doubled)
    return found


def key_of(row: SheetRow) -> Key:
    """Who the row says it is."""
    cells = row.cells
    own = ID_COLUMN[row.table]
    return (
        row.table,
        cells.get("report_id", ""),
        cells.get("annotator", ""),
        cells.get("adjudicated", ""),
        cells.get(own, ""),
    )


def readings(cells: Mapping[str, str]) -> Iterable[Mapping[str, str]]:
    """The cells as they are, and with Excel's escapes (``_x000D_``) read: which of them is meant, the content tells."""
    yield cells
    if any("_x" in text for text in cells.values()):
        yield {key: unescaped(text) for key, text in cells.items()}


def unescaped(text: str) -> str:
    """``_x000D_`` is how Excel writes a character that XML cannot hold."""
    if "_x" not in text:
        return text
    from openpyxl.utils.escape import unescape

    read: str = unescape(text)
    return read


def _untouched(row: SheetRow) -> bool:
    keys = fingerprinted(SHEETS[row.table])
    if row.bad or row.cells.get(COMMENT, "").strip() or any(key not in row.cells for key in keys):
        return False
    cells = {key: row.cells[key] for key in keys}
    return any(row_fingerprint(read) == row.cells[FINGERPRINT] for read in readings(cells))


def _leave_doubled(found: Touched, doubled: set[int]) -> None:
    """Of a doubled row also the first one is not taken: nobody can tell which of them is meant."""
    for rows in found.by_report.values():
        for row in [row for row in rows if hash(key_of(row)) in doubled]:
            rows.remove(row)
            found.problems.append(_problem(row, Refused(_DOUBLED_FIRST)))


def _problem(row: SheetRow, why: ChuGiaiError) -> RowProblem:
    key = key_of(row)
    return RowProblem(row.sheet, row.number, key[4] or key[1], why)


_NEW = "it has no ids: new rows are not taken; label in the report instead"
_DOUBLED = "it stands twice, also on {sheet} in row {number}; delete one of them and import again"
_DOUBLED_FIRST = "it stands twice; delete one of them and import again"
