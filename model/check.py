"""Look a project over for damage, and mend what can be mended without loss.

Damage is what the door would never have let in: something outside the program
wrote to the file, or the disk did. Breaches of the labelling guide's span rules
are notices, not damage.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from annotations.errors import ChuGiaiError
from annotations.notices import notices
from model.damage import Damage, Finding
from model.damaged_rows import LOOKS
from model.errors import ProjectError
from model.database import check_header
from model.project import Project
from model.queries.corpus import Selection, corpus

Progress = Callable[[int, int], None]
"""Called with (reports done, reports in all); may raise ``Cancelled``."""


def _ignore(done: int, total: int) -> None:
    """A progress that nobody watches."""


def check(path: Path, progress: Progress = _ignore) -> tuple[Finding, ...]:
    """Everything that is wrong with a project, worst first. Raises ``ProjectError`` when it is none at all."""
    check_header(path)
    broken = tuple(_file(path))
    if any(not finding.mendable for finding in broken):
        return broken
    with Project.open(path) as project:
        with project.reading() as connection:
            rows = [finding for look in LOOKS for finding in look(connection)]
            texts = list(_texts(connection, progress))
        damaged = any(finding.kind is not Damage.BROKEN_INDEX for finding in rows)
        spans = [] if damaged else list(_notices(project))
    return (*broken, *rows, *texts, *spans)


def _file(path: Path) -> Iterator[Finding]:
    """What SQLite itself finds wrong with its pages and indexes."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    except sqlite3.DatabaseError as error:
        said = [str(error)]
    for line in said:
        if line != "ok":
            index = "index" in line
            yield Finding(
                Damage.BROKEN_INDEX if index else Damage.FILE,
                "The file is damaged: {reason}.",
                {"reason": line},
                mendable=index,
            )


def _texts(connection: Connection, progress: Progress) -> Iterator[Finding]:
    """Texts that differ from their hash."""
    total = int(connection.exec_driver_sql("SELECT count(*) FROM report_text").scalar_one())
    rows = connection.execution_options(yield_per=50).exec_driver_sql(
        "SELECT t.id, t.stored_hash, t.content, t.length, r.name FROM report_text t JOIN report r ON r.id = t.report_id"
    )
    for done, row in enumerate(rows, 1):
        if hashlib.sha256(row.content.encode("utf-8", "surrogatepass")).hexdigest() != row.stored_hash:
            yield Finding(
                Damage.TEXT_CHANGED,
                "{report}: the text is not the one that was imported (its hash differs).",
                {"report": row.name},
                "report_text",
                (row.id,),
            )
        progress(done, total)


def _notices(project: Project) -> Iterator[Finding]:
    """Breaches of the span rules."""
    try:
        whole = corpus(project, Selection(everything=True))
    except ChuGiaiError as error:
        raise ProjectError(error.sentence, **error.values) from error
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
