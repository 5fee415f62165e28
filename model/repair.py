"""Mend what can be mended without loss; a backup comes first, and the history says what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, insert, text

from annotations.report import new_id
from annotations.schema import EntityType, RelationType
from model.backup import back_up
from model.check import check
from model.clock import now
from model.damage import Damage, Finding
from model.project import Project
from model.schema_rows import definition_of
from model.search_index import create_index, index_some
from model.tables import ActionRow, Base


def repair(path: Path) -> tuple[Path | None, tuple[Finding, ...]]:
    """Back up and mend; the backup's path (None when nothing needed mending) and all findings, mended ones marked.

    What cannot be mended without losing something stays as it is and stays told.
    """
    findings = check(path)
    wanted = [finding for finding in findings if finding.mendable]
    if not wanted:
        return None, findings
    saved = back_up(path, _free_name(path))
    with Project.open(path) as project:
        with project.writing(checked=False) as connection:
            action = _entry(connection, len(wanted))
            for finding in wanted:
                _MEND[finding.kind](connection, finding, action)
        _fill_search_index(project)
    left = {(finding.kind, finding.table, finding.rows, str(finding)) for finding in check(path)}
    return saved, tuple(
        replace(finding, repaired=(finding.kind, finding.table, finding.rows, str(finding)) not in left)
        if finding.is_damage
        else finding
        for finding in findings
    )


def _entry(connection: Connection, count: int) -> int:
    made = connection.execute(
        insert(ActionRow).values(
            action_id=new_id(),
            at=now(),
            kind="do",
            title="Repair {count} places",
            title_values={"count": count},
            state="done",
            payload={"touches": ["labels", "queue", "schema"]},
        )
    ).inserted_primary_key
    assert made is not None
    return int(made[0])


def _span(connection: Connection, finding: Finding, action: int) -> None:
    """Cut an entity that runs over the end of its text back to the end."""
    connection.execute(
        text(
            'UPDATE entity SET "end" = (SELECT t.length FROM report_text t JOIN annotation_set s ON s.text_id = t.id '
            "WHERE s.id = set_id), fragments = NULL, version = version + 1, touched_by = :action WHERE id = :row"
        ),
        {"action": action, "row": finding.rows[0]},
    )


def _relation_end(connection: Connection, finding: Finding, action: int) -> None:
    """Bring hidden ends back; a relation whose end is gone for good is hidden."""
    row = {"row": finding.rows[0], "action": action}
    connection.execute(
        text(
            "UPDATE entity SET removed_by = NULL, touched_by = :action WHERE removed_by IS NOT NULL AND id IN "
            "(SELECT source_id FROM relation WHERE id = :row UNION SELECT target_id FROM relation WHERE id = :row)"
        ),
        row,
    )
    connection.execute(
        text(
            "UPDATE relation SET removed_by = :action WHERE id = :row AND (SELECT count(*) FROM entity e "
            "WHERE e.set_id = relation.set_id AND e.id IN (relation.source_id, relation.target_id)) < 2"
        ),
        row,
    )


def _label(connection: Connection, finding: Finding, action: int) -> None:
    """Bring a deleted label back to the schema; one that is gone for good comes back under a new name."""
    table, row = finding.table, finding.rows[0]
    label = connection.execute(text(f"SELECT label_id FROM {table} WHERE id = :row"), {"row": row}).scalar_one()
    known = connection.execute(text("SELECT kind FROM label WHERE id = :label"), {"label": label}).scalar()
    if known == table:
        connection.execute(text("UPDATE label SET removed_by = NULL WHERE id = :label"), {"label": label})
        return
    new: EntityType | RelationType = (EntityType if table == "entity" else RelationType)(f"LOST_{label}")
    made = Base.metadata.tables["label"]
    values = {"kind": table, "name": new.name, "position": 1000, "definition": definition_of(new)}
    if known is None:
        values["id"] = label
    key = connection.execute(insert(made).values(**values, version=1, created_by=action, touched_by=action))
    if known is not None and key.inserted_primary_key is not None:
        connection.execute(
            text(f"UPDATE {table} SET label_id = :key WHERE id = :row"),
            {"key": key.inserted_primary_key[0], "row": row},
        )


def _new_id(connection: Connection, finding: Finding, _action: int) -> None:
    """Give the later one of two rows with the same id a new one."""
    connection.execute(
        text(f"UPDATE {finding.table} SET {finding.table}_id = :id WHERE id = :row"),
        {"id": new_id(), "row": finding.rows[0]},
    )


def _index(connection: Connection, finding: Finding, _action: int) -> None:
    """Make an index anew."""
    if finding.table == "search":
        connection.exec_driver_sql("DROP TABLE IF EXISTS search")
        create_index(connection)
        return
    for table in Base.metadata.sorted_tables:
        for index in table.indexes:
            if index.name == finding.values.get("index"):
                index.create(connection)
                return
    connection.exec_driver_sql("REINDEX")


def _missing_row(connection: Connection, finding: Finding, _action: int) -> None:
    """Let rows whose history entry is gone point to the first entry."""
    if finding.values["parent"] != "action":
        return
    columns = ("created_by", "touched_by", "removed_by")
    for column in columns if finding.table in ("entity", "relation", "report", "annotation_set", "label") else ():
        connection.exec_driver_sql(
            f"UPDATE {finding.table} SET {column} = (SELECT min(id) FROM action) "
            f"WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT id FROM action)"
        )


_MEND: dict[Damage, Callable[[Connection, Finding, int], None]] = {
    Damage.SPAN_OUTSIDE_TEXT: _span,
    Damage.RELATION_WITHOUT_END: _relation_end,
    Damage.UNKNOWN_LABEL: _label,
    Damage.DUPLICATE_ID: _new_id,
    Damage.BROKEN_INDEX: _index,
    Damage.MISSING_ROW: _missing_row,
}


def _fill_search_index(project: Project) -> None:
    while True:
        with project.writing() as connection:
            if not index_some(connection):
                return


def _free_name(path: Path) -> Path:
    number = 1
    while True:
        candidate = path.with_name(f"{path.stem}.before-repair-{number}{path.suffix}")
        if not candidate.exists():
            return candidate
        number += 1
