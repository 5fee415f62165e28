"""Writes the conflicts of a corpus as a workbook that colleagues fill in and send back.

Sheets: Conflicts (one row each), Agreement, Confusion, Codebook; Answers holds what the drop-downs offer, Rows which
rows went out. The drop-down of a row is looked up by the row's own list of answers, so that sorting does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from annotations.agreement import Match, Selector, measure
from annotations.corpus import Corpus
from annotations.report import Entity, Relation, Status
from exports.files import check_counts, writing
from exports.protocol import ExportSummary, Options, Progress, Tally, no_progress
from exports.xlsx.about import program_version
from exports.xlsx.codebook import codebook_rows
from exports.xlsx.columns import Column, letters
from exports.xlsx.parts import write_package
from exports.xlsx.read import REVIEW_MARK
from exports.xlsx.scan import count_rows
from exports.xlsx.sheet import Sheet
from exports.xlsx.styles import Styles
from exports.xlsx.table import MAX_ROWS
from exports.xlsx_review.columns import (
    AGREEMENT,
    AGREEMENT_COLUMNS,
    ANSWER_COLUMNS,
    ANSWERS,
    CODEBOOK,
    CODEBOOK_COLUMNS,
    CONFLICTS,
    CONFUSION,
    CONFUSION_COLUMNS,
    ROW_COLUMNS,
    ROWS,
    SENTENCE,
    conflict_columns,
)
from exports.xlsx_review.figures import agreement_rows, confusion_rows
from exports.xlsx_review.rows import Frame, Reviewed, fingerprint_of
from exports.xlsx_review.words import ENGLISH_REASONS, VIETNAMESE_REASONS, letters_of, possible_words

LAYOUT = "1"
LEFT_OUT = "conflicts beyond the last row of a sheet"


class ReviewWorkbook:
    """One row for each conflict, with a drop-down of exactly the possible answers. Reads the corpus three times."""

    key: ClassVar[str] = "xlsx-review"
    title: ClassVar[str] = "Excel workbook of conflicts"
    suffix: ClassVar[str] = ".xlsx"
    folder: ClassVar[bool] = False

    def __init__(self, max_rows: int = MAX_ROWS) -> None:
        self._max_rows = max_rows

    def write(
        self, corpus: Corpus, path: Path, options: Options | None = None, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the workbook; see :class:`exports.protocol.Exporter`. The corpus's reports have all their sets and decisions."""
        options = options or Options()
        with writing(path, options.force) as beside, ExitStack() as stack:
            book = _Book(corpus, _annotators(corpus), options.language, self._max_rows, stack)
            for done, labelled in enumerate(corpus, 1):
                book.add(Reviewed(labelled, book.frame))
                progress(done, corpus.total)
            book.finish(beside)
            check_counts(path, tuple(sheet.row_count for sheet in book.sheets), count_rows(beside, len(book.sheets)))
            return book.tally.summary(path)


def _annotators(corpus: Corpus) -> list[str]:
    """Everybody who finished a report that somebody else finished too, by name."""
    found: set[str] = set()
    for labelled in corpus:
        names = {each.annotator for each in labelled.sets if each.annotator and each.status is Status.DONE}
        if len(names) > 1:
            found |= names
    return sorted(found)


class _Book:
    """The sheets of one workbook in the making."""

    def __init__(
        self, corpus: Corpus, annotators: Sequence[str], language: str, max_rows: int, stack: ExitStack
    ) -> None:
        self.tally = Tally()
        self.frame = Frame(letters_of(annotators), language)
        self._corpus, self._annotators, self._max_rows, self._stack = corpus, annotators, max_rows, stack
        self._answers: dict[str, tuple[str, ...]] = {}
        self._columns = conflict_columns(self.frame.letters)
        self._conflicts = self._sheet(CONFLICTS, self._columns)
        self._rows = self._sheet(ROWS, ROW_COLUMNS)
        self.sheets: list[Sheet] = []

    def _sheet(self, name: str, columns: Sequence[Column]) -> Sheet:
        sheet = Sheet(name, columns, self.frame.language, self.tally.left_out)
        self._stack.callback(sheet.close)
        return sheet

    def add(self, reviewed: Reviewed) -> None:
        """Rows of a report's conflicts."""
        self.tally.reports += reviewed.review.is_compared
        self.tally.sets += len(reviewed.review.annotators)
        for group in reviewed.conflicts():
            if self._conflicts.row_count >= self._max_rows:
                self.tally.left_out[LEFT_OUT] += 1
                continue
            cells = reviewed.cells(group)
            self._answers.setdefault(cells["answers"], possible_words(group, self.frame.letters, self.frame.language))
            fitted = dict(zip(cells, self._conflicts.fitted(list(cells.values())), strict=True))
            shown = {key: str(value or "") for key, value in fitted.items()}
            values = [
                reviewed.sentence(group) if column.key == SENTENCE else shown.get(column.key, "")
                for column in self._columns[:-1]
            ]
            self._conflicts.append([*self._conflicts.fitted(values), fingerprint_of(shown)])
            self._rows.append([self._conflicts.row_count, cells["conflict_id"], shown["report_name"]])
            for member in list(group.members.values())[:1]:
                if isinstance(member, Entity):
                    self.tally.labels[member.label] += 1
                elif isinstance(member, Relation):
                    self.tally.types[member.type] += 1

    def finish(self, path: Path) -> None:
        """The other sheets, then the file."""
        styles = Styles()
        self.tally.about["conflicts"] = str(self._conflicts.row_count - 1)
        agreement = self._sheet(AGREEMENT, AGREEMENT_COLUMNS)
        confusion = self._sheet(CONFUSION, CONFUSION_COLUMNS)
        if len(self._annotators) > 1:
            figures = measure(self._corpus, self._annotators, Selector(Match.EXACT))
            for row in agreement_rows(figures):
                agreement.append(agreement.fitted(row))
            for row in confusion_rows(figures):
                confusion.append(confusion.fitted(row))
        codebook = self._sheet(CODEBOOK, CODEBOOK_COLUMNS)
        for row in codebook_rows(self._corpus.schema, styles):
            codebook.append(codebook.fitted(row))
        answers = self._answer_sheet()
        self._offer()
        self.sheets = [self._conflicts, agreement, confusion, codebook, answers, self._rows]
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        properties = {
            REVIEW_MARK: LAYOUT,
            "chugiai.program": f"Chú Giải {program_version()}".strip(),
            "chugiai.schema": f"{self._corpus.schema.id} ({self._corpus.schema.version})",
            "chugiai.language": self.frame.language,
            "chugiai.annotators": json.dumps(list(self._annotators), ensure_ascii=False),
        }
        write_package(path, self.sheets, styles, self._corpus.project_name, now, properties)

    def _answer_sheet(self) -> Sheet:
        sheet = self._sheet(ANSWERS, ANSWER_COLUMNS)
        room = len(ANSWER_COLUMNS) - 1
        for key, words in self._answers.items():
            sheet.append([key, *words[:room], *([""] * (room - len(words)))])
        return sheet

    def _offer(self) -> None:
        """Which cells offer what."""
        keys = [column.key for column in self._columns]
        last = max(2, len(self._answers) + 1)
        row = f"MATCH(${letters(keys.index('answers') + 1)}2,{ANSWERS}!$A$1:$A${last},0)-1"
        words = f"OFFSET({ANSWERS}!$B$1,{row},0,1,{len(ANSWER_COLUMNS) - 1})"
        names = len(self._corpus.schema.entity_types) + len(self._corpus.schema.relation_types)
        vietnamese = self.frame.language == "vi"
        self._conflicts.choices = {
            "decision": f"OFFSET({ANSWERS}!$B$1,{row},0,1,COUNTA({words}))",
            "label": f"{CODEBOOK}!$B$2:$B${names + 1}",
            "reason": '"' + ",".join(VIETNAMESE_REASONS if vietnamese else ENGLISH_REASONS) + '"',
        }
        self._conflicts.strict = frozenset(("decision",))
