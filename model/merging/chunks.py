"""The other's reports that hold something new, a few at a time, with all that is needed to merge them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from annotations.facts import Kind
from model.queries.merged_rows import ENTITIES, FACTS, RELATIONS, REPORTS, SETS, TEXTS
from model.queries.visible import not_pending
from model.tables import EntityRow, FactRow, RelationRow, ReportRow, SetRow, TextRow

_NEW = "coalesce({0}changed_by, {0}removed_by, {0}touched_by) IN (SELECT id FROM merge_new)"
_WORK = f"""
SELECT id FROM report WHERE {_NEW.format("")}
UNION SELECT report_id FROM annotation_set WHERE {_NEW.format("")}
UNION SELECT s.report_id FROM entity e JOIN annotation_set s ON s.id = e.set_id WHERE {_NEW.format("e.")}
UNION SELECT s.report_id FROM relation r JOIN annotation_set s ON s.id = r.set_id WHERE {_NEW.format("r.")}
UNION SELECT report_id FROM fact WHERE report_id IS NOT NULL AND ({_NEW.format("")} OR kind = '{Kind.COLLISION.value}')
"""


@dataclass
class Chunk:
    """Rows of some reports: ``sets`` and ``facts`` by report; ``entities`` and ``relations`` by set. Any: rows."""

    reports: list[Any] = field(default_factory=list)
    texts: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    sets: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    entities: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    relations: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[int | None, list[Any]] = field(default_factory=lambda: defaultdict(list))


def work(theirs: Connection, also: Iterable[int]) -> list[int]:
    """Keys of the reports in which something is new, and of these others that are ``also`` asked for."""
    return sorted({*theirs.execute(text(_WORK)).scalars(), *also})


def read_reports(connection: Connection, keys: list[int]) -> Chunk:
    """Everything of these reports but what is under way."""
    chunk = Chunk()
    chunk.reports = list(connection.execute(REPORTS.where(ReportRow.id.in_(keys), not_pending(ReportRow))))
    for row in connection.execute(TEXTS.where(TextRow.report_id.in_(keys)).order_by(TextRow.number)):
        chunk.texts[row.report_id].append(row)
    set_keys = []
    for row in connection.execute(SETS.where(SetRow.report_id.in_(keys), not_pending(SetRow)).order_by(SetRow.id)):
        chunk.sets[row.report_id].append(row)
        set_keys.append(row.id)
    for row in connection.execute(ENTITIES.where(EntityRow.set_id.in_(set_keys)).order_by(EntityRow.id)):
        chunk.entities[row.set_id].append(row)
    for row in connection.execute(RELATIONS.where(RelationRow.set_id.in_(set_keys)).order_by(RelationRow.id)):
        chunk.relations[row.set_id].append(row)
    standing = FACTS.where(FactRow.report_id.in_(keys), FactRow.kind != Kind.COLLISION.value, not_pending(FactRow))
    for row in connection.execute(standing):
        chunk.facts[row.report_id].append(row)
    return chunk


def read_project_facts(connection: Connection) -> list[Any]:
    """The facts about no report."""
    return list(
        connection.execute(
            FACTS.where(FactRow.report_id.is_(None), FactRow.kind != Kind.COLLISION.value, not_pending(FactRow))
        )
    )
