"""What colleagues decided in a workbook of conflicts, as decisions; what is not certain is named and left.

A row that still gives its fingerprint was not filled in. One that was is taken when the conflict, as it stands now, gives
the fingerprint that the row had: then nobody changed it inside, and nothing but the columns to be filled was changed outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotations.errors import Refused
from annotations.review import (
    Answer,
    Decision,
    EntityGroup,
    Group,
    Said,
    adjudicated_set,
    decide,
    decide_relation,
    labels_of_ends,
    review_report,
    same_decision,
)
from annotations.rules import check_relation
from annotations.schema import Schema
from exports.xlsx.columns import FINGERPRINT
from exports.xlsx.edits import CellChange, RowEdit, RowProblem, readings
from exports.xlsx_review.columns import CONFLICTS, EDITED
from exports.xlsx_review.own import own_entity, own_relation
from exports.xlsx_review.read import ConflictBook, ConflictRow
from exports.xlsx_review.rows import Reviewed, fingerprint_of
from exports.xlsx_review.words import read_answer, read_reason


@dataclass
class Filled:
    """Rows that somebody filled in, by report id; the others are only counted."""

    by_report: dict[str, list[ConflictRow]] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    untouched: int = 0


@dataclass
class Taken:
    """What the rows of one report decide. ``withdrawn`` are conflicts whose decision was emptied."""

    edits: list[RowEdit] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    known: int = 0


def filled_rows(book: ConflictBook) -> Filled:
    """The rows that are not as they went out; doubled ones and those that were deleted are problems."""
    found = Filled()
    counted = Counter(row.cells.get("conflict_id", "") for row in book.rows)
    for row in book.rows:
        conflict, report = row.cells.get("conflict_id", ""), row.cells.get("report_id", "")
        if not conflict or not report:
            found.problems.append(_problem(row, Refused(_NO_ID)))
        elif counted[conflict] > 1:
            found.problems.append(_problem(row, Refused(_DOUBLED)))
        elif _untouched(row):
            found.untouched += 1
        else:
            found.by_report.setdefault(report, []).append(row)
    for conflict, number in book.exported.items():
        if conflict not in counted:
            found.problems.append(RowProblem(book.sheet, number, conflict, Refused(_DELETED)))
    return found


def decisions_of(rows: Iterable[ConflictRow], reviewed: Reviewed, book: ConflictBook, schema: Schema) -> Taken:
    """What the filled rows of one report decide, as it stands now."""
    taken = Taken()
    for row in rows:
        try:
            _take(row, reviewed, book, schema, taken)
        except Refused as why:
            taken.problems.append(_problem(row, why))
    _leave_forbidden(taken, reviewed, schema)
    return taken


def _take(row: ConflictRow, reviewed: Reviewed, book: ConflictBook, schema: Schema, taken: Taken) -> None:
    group = reviewed.find(row.cells["conflict_id"])
    if group is None:
        raise Refused(_GONE)
    for key in EDITED:
        if key in row.bad:
            raise Refused(_BAD_CELL, column=key, why=row.bad[key])
    now = reviewed.cells(group)
    wanted = {key: row.cells.get(key, now[key]).strip() for key in EDITED}
    if all(_same(wanted[key], now[key]) for key in EDITED) and _is_known(row, now):
        taken.known += 1
        return
    if fingerprint_of(now) != row.cells.get(FINGERPRINT, ""):
        if _says_what_is_decided(wanted, group, reviewed, book, schema):
            taken.known += 1
            return
        raise Refused(_TAMPERED if row.cells.get("state") == now["state"] else _MEANWHILE, now=now["decision"] or "–")
    changed = [key for key in now if key not in EDITED and key in row.cells and not _same(row.cells[key], now[key])]
    if changed:
        raise Refused(_NOT_TO_EDIT, column=changed[0])
    said = _said(wanted, group, reviewed, book)
    cells = tuple(CellChange(key, now[key], wanted[key]) for key in EDITED if not _same(wanted[key], now[key]))
    report = reviewed.labelled.report
    edit = RowEdit(CONFLICTS, row.sheet, row.number, report.id, report.name, "", group.id, cells)
    if said is None:
        decision = reviewed.review.state(group).decision
        if decision is not None:
            taken.withdrawn.append(decision.conflict_id)
            taken.edits.append(edit)
        return
    taken.decisions.append(_decided(group, said, reviewed, schema))
    taken.edits.append(edit)


def _says_what_is_decided(
    wanted: Mapping[str, str], group: Group, reviewed: Reviewed, book: ConflictBook, schema: Schema
) -> bool:
    """Whether the cells, in other words, give the very decision that stands: the workbook was imported already."""
    decision = reviewed.review.state(group).decision
    try:
        said = _said(wanted, group, reviewed, book)
        return (
            said is not None
            and decision is not None
            and same_decision(_decided(group, said, reviewed, schema), decision)
        )
    except Refused:
        return False


def _said(wanted: Mapping[str, str], group: Group, reviewed: Reviewed, book: ConflictBook) -> Said | None:
    """The answer that the cells give; None for an empty Decision. Raises ``Refused`` when it is none."""
    word, label, text = wanted["decision"], wanted["label"], wanted["text"]
    if not word:
        if any(wanted[key] for key in EDITED):
            raise Refused(_NO_DECISION)
        return None
    found = read_answer(word, group, book.frame.letters)
    if found is None:
        raise Refused(_NO_ANSWER, word=word, known=reviewed.cells(group)["answers"])
    answer, name = found
    if answer is not Answer.OWN:
        if label or text:
            raise Refused(_NOT_OWN, word=word)
        return Said(answer, name, reason=read_reason(wanted["reason"]), note=wanted["note"])
    if isinstance(group, EntityGroup):
        own = own_entity(group, label, text, reviewed)
        return Said(answer, own=own, reason=read_reason(wanted["reason"]), note=wanted["note"])
    return Said(answer, own=own_relation(group, label, text), reason=read_reason(wanted["reason"]), note=wanted["note"])


def _decided(group: Group, said: Said, reviewed: Reviewed, schema: Schema) -> Decision:
    review = reviewed.review
    before = review.state(group).before
    if isinstance(group, EntityGroup):
        found = decide(group, said, schema, review.length, before=before)
    else:
        found = decide_relation(group, said, schema, labels_of_ends(review), before=before)
    if found.breaches:
        raise found.breaches[0]
    return found.decision


def _leave_forbidden(taken: Taken, reviewed: Reviewed, schema: Schema) -> None:
    """Leave rows that, with the others, would relate what the schema does not let be related."""
    if _breach(taken.decisions, taken.withdrawn, reviewed, schema) is None:
        return
    kept: list[Decision] = []
    for decision in list(taken.decisions):
        why = _breach([*kept, decision], taken.withdrawn, reviewed, schema)
        if why is None:
            kept.append(decision)
            continue
        edit = next(each for each in taken.edits if each.id == decision.conflict_id)
        taken.edits.remove(edit)
        taken.problems.append(RowProblem(edit.sheet, edit.number, edit.id, why))
    taken.decisions = kept


def _breach(
    decisions: Iterable[Decision], withdrawn: Iterable[str], reviewed: Reviewed, schema: Schema
) -> Refused | None:
    after = {each.conflict_id: each for each in reviewed.labelled.decisions if each.conflict_id not in set(withdrawn)}
    after |= {each.conflict_id: each for each in decisions}
    wanted = adjudicated_set(review_report(reviewed.labelled, after.values()), unanimous=False)
    labels = {entity.id: entity.label for entity in wanted.entities}
    for relation in wanted.relations:
        try:
            check_relation(relation.type, labels[relation.source], labels[relation.target], schema)
        except Refused as why:
            return why
    return None


def _untouched(row: ConflictRow) -> bool:
    cells = {key: text for key, text in row.cells.items() if key not in (FINGERPRINT, "sentence")}
    return not row.bad and any(fingerprint_of(read) == row.cells.get(FINGERPRINT) for read in readings(cells))


def _is_known(row: ConflictRow, now: Mapping[str, str]) -> bool:
    """Whether the row says what is decided already, and is about what the project has there."""
    return all(_same(row.cells.get(key, ""), now[key]) for key in ("conflict_id", "report_id", "answers"))


def _same(one: str, other: str) -> bool:
    """Whether two cells say the same; spreadsheet programs change white space."""
    return " ".join(one.split()) == " ".join(other.split())


def _problem(row: ConflictRow, why: Refused) -> RowProblem:
    return RowProblem(row.sheet, row.number, row.cells.get("conflict_id", ""), why)


_NO_ID = "it has no ids: new rows are not taken; label in the report instead"
_DOUBLED = "its conflict stands in the sheet twice; delete one of the rows and import again"
_DELETED = "this row, as it was exported, was deleted; nothing is decided by that"
_GONE = "its conflict is no longer there: the labels were changed in the project; export again"
_BAD_CELL = "the cell {column} cannot be taken: {why}"
_MEANWHILE = "the conflict was changed in the project meanwhile (decision now: {now}); export again"
_TAMPERED = "its fingerprint is not that of the conflict: cells were mixed up or changed; export again"
_NOT_TO_EDIT = "the cell {column} was changed, and is not to be edited; put it back as it was"
_NO_DECISION = "the Decision is empty, and other cells are filled; choose an answer"
_NO_ANSWER = "“{word}” is no answer here; the answers are {known}"
_NOT_OWN = "Label and Text are for the answer “own”, and the Decision is “{word}”"
