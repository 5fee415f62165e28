"""Look a project over for damage.

Damage is what the door would never have let in: something outside the program
wrote to the file, or the disk did. Breaches of the labelling guide's span rules
are notices, not damage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotations.notices import notices
from model.address import Place
from model.damage import Damage, Finding
from model.damaged_decisions import look_at_decisions
from model.damaged_indexes import look_at_file, look_at_indexes, look_at_search
from model.damaged_labels import LABELS, look_at_texts
from model.damaged_rows import ROWS
from model.damaged_values import look_at_values
from model.database import check_header
from model.project import Project
from model.queries.corpus import Selection, corpus

Progress = Callable[[int, int], None]
"""Called with (reports done, reports in all); may raise ``Cancelled``."""

_HARMLESS = {Damage.FORBIDDEN_RELATION, Damage.DUPLICATE_ID}
"""Damage beside which all labels can be read, and fast, and looked over for notices."""


def _ignore(done: int, total: int) -> None:
    """A progress that nobody watches."""


def check(path: Place, progress: Progress = _ignore) -> tuple[Finding, ...]:
    """Everything that is wrong with a project, and its notices. Raises ``ProjectError`` when it cannot be opened."""
    check_header(path)
    broken = tuple(look_at_file(path))
    if any(finding.kind is Damage.FILE for finding in broken):
        return broken
    with Project.open(path) as project:
        with project.reading() as connection:
            values = tuple(look_at_values(connection))
            if any(finding.table == "label" for finding in values):
                return (*broken, *values)  # without the schema nothing else can be told
            rows = [finding for look in (*ROWS, *LABELS, look_at_indexes) for finding in look(connection)]
            texts = list(look_at_texts(connection, progress))
        kinds = {finding.kind for finding in (*values, *rows, *texts)}
        spans = [*_notices(project), *look_at_decisions(project)] if kinds <= _HARMLESS else []
    search = [] if Damage.REPORT_WITHOUT_TEXT in kinds else look_at_search(path)
    return (*texts, *values, *_without_echo(rows, texts), *broken, *search, *spans)


def _without_echo(rows: list[Finding], texts: list[Finding]) -> Iterator[Finding]:
    """The findings but for spans outside texts whose length is not what is written down."""
    wrong = {finding.values["report"] for finding in texts if finding.mendable}
    for finding in rows:
        if finding.kind is not Damage.SPAN_OUTSIDE_TEXT or finding.values["report"] not in wrong:
            yield finding


def _notices(project: Project) -> Iterator[Finding]:
    """Breaches of the span rules."""
    whole = corpus(project, Selection(everything=True))
    for labelled in whole:
        for labels in labelled.sets:
            for notice in notices(labelled.report.text, labels.entities, whole.schema):
                yield Finding(
                    Damage.NOTICE,
                    "{report}: {kind} at {start}–{end} (“{text}”, {annotator}).",
                    {
                        "report": labelled.report.name,
                        "kind": str(notice.kind),
                        "start": notice.start,
                        "end": notice.end,
                        "text": " ".join(labelled.report.text[notice.start : notice.end].split()),
                        "annotator": labels.annotator or "",
                    },
                )
