"""Looks that need more than SQL: texts against their hashes, fragments, relations against the schema."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from itertools import pairwise

from sqlalchemy import Connection, text

from annotations.report import Span
from model.apply.allowed import ENDS, forbidden_kinds
from model.damage import Damage, Finding
from model.damaged_rows import MINE, SET, WHO
from model.schema_rows import read_schema

_AT_ONCE = 50  # texts read at once: they are big


def look_at_texts(connection: Connection, progress: Callable[[int, int], None]) -> Iterator[Finding]:
    """Texts that differ from their hash, and lengths that differ from their text."""
    total = int(connection.exec_driver_sql("SELECT count(*) FROM report_text").scalar_one())
    rows = connection.exec_driver_sql(
        "SELECT t.id, t.stored_hash, t.content, t.length, r.name FROM report_text t JOIN report r ON r.id = t.report_id",
        execution_options={"yield_per": _AT_ONCE},
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
        elif len(row.content) != row.length:
            yield Finding(
                Damage.TEXT_CHANGED,
                "{report}: the text has {found} characters, but {length} are written down.",
                {"report": row.name, "found": len(row.content), "length": row.length},
                "report_text",
                (row.id,),
                mendable=True,
            )
        progress(done, total)


def read_fragments(stored: str | None) -> tuple[Span, ...] | None:
    """The pieces of an entity as they are stored; None when they cannot be read."""
    try:
        return tuple((int(start), int(end)) for start, end in json.loads(stored or "null") or ())
    except (ValueError, TypeError):
        return None


def _fragments(connection: Connection) -> Iterator[Finding]:
    """Pieces of entities that cannot be read, cross each other or leave the entity's span."""
    rows = connection.execute(
        text(
            f"SELECT x.id, {WHO}, x.entity_id, x.start, x.end, x.fragments FROM entity x {SET} "
            "WHERE x.fragments IS NOT NULL AND x.removed_by IS NULL"
        )
    )
    for row in rows:
        pieces = read_fragments(row.fragments)
        if pieces is not None and (not pieces or _fit(pieces, row.start, row.end)):
            continue
        yield Finding(
            Damage.SPAN_OUTSIDE_TEXT,
            "{report}: the pieces of the entity {id} of {annotator} do not fit its span ({start}–{end}).",
            dict(zip((*MINE, "start", "end"), row[1:6], strict=True)),
            "entity",
            (row.id,),
        )


def _fit(pieces: tuple[Span, ...], start: int, end: int) -> bool:
    """Whether the pieces are in order, apart, not empty, and reach from ``start`` to ``end``."""
    edges = [edge for piece in pieces for edge in piece]
    return edges[0] == start and edges[-1] == end and all(a < b for a, b in pairwise(edges))


def _forbidden(connection: Connection) -> Iterator[Finding]:
    """Relations that the schema does not allow between these labels."""
    stored = read_schema(connection)
    for kind, source, target in forbidden_kinds(connection, stored):
        names = [stored.names[label] for label in (kind, source, target)]
        rows = connection.execute(
            text(
                f"SELECT x.id, {WHO}, x.relation_id FROM relation x {SET} {ENDS} "
                "AND x.label_id = :kind AND e.label_id = :source AND f.label_id = :target"
            ),
            {"kind": kind, "source": source, "target": target},
        )
        for row in rows:
            yield Finding(
                Damage.FORBIDDEN_RELATION,
                "{report}: the relation {id} of {annotator} goes from {source} to {target}, "
                "which the schema does not allow for {type}.",
                {**dict(zip(MINE, row[1:], strict=True)), "type": names[0], "source": names[1], "target": names[2]},
                "relation",
                (row.id,),
            )


LABELS: tuple[Callable[[Connection], Iterator[Finding]], ...] = (_fragments, _forbidden)
"""The looks at labels, in the order in which they are told."""
