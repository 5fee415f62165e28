"""How each kind of damage is mended, inside the repair's transaction."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import DBAPIError

from annotations.report import make_fragments, new_id
from model.clock import now
from model.damage import Damage, Finding
from model.damaged_labels import read_fragments
from model.engines import door
from model.lost_label import lost_label
from model.schema_rows import definition_of
from model.search_index import create_index
from model.tables import Base

log = logging.getLogger(__name__)


def mend(connection: Connection, finding: Finding, action: int) -> None:
    """Mend one finding as part of the history entry ``action``; what resists stays as it was."""
    try:
        with connection.begin_nested():
            _MEND[finding.kind](connection, finding, action)
    except DBAPIError as error:
        log.info("not mended: %s: %s", finding, error)  # the next check tells that it is still there


def _length(connection: Connection, finding: Finding, _action: int) -> None:
    """Write down how long a text is: its hash says that it is the right one."""
    row = finding.rows[0]
    content = connection.execute(text("SELECT content FROM report_text WHERE id = :row"), {"row": row}).scalar_one()
    connection.execute(
        text("UPDATE report_text SET length = :length WHERE id = :row"), {"length": len(content), "row": row}
    )


def _span(connection: Connection, finding: Finding, action: int) -> None:
    """Cut an entity that runs over the end of its text back to the end, also its pieces."""
    row = connection.execute(
        text(
            "SELECT e.start, e.end, e.fragments, t.length FROM entity e JOIN annotation_set s ON s.id = e.set_id "
            "JOIN report_text t ON t.id = s.text_id WHERE e.id = :row"
        ),
        {"row": finding.rows[0]},
    ).one()
    pieces = read_fragments(row.fragments) or ((row.start, row.end),)
    inside = tuple((start, min(end, row.length)) for start, end in pieces if start < min(end, row.length))
    start, end, fragments = make_fragments(inside or ((row.start, row.length),))
    connection.execute(
        text(
            'UPDATE entity SET start = :start, "end" = :end, fragments = :fragments, version = version + 1, '
            "touched_by = :action, changed_by = NULL WHERE id = :row"
        ),
        {
            "start": start,
            "end": end,
            "fragments": json.dumps(fragments) if fragments else None,
            "action": action,
            "row": finding.rows[0],
        },
    )


def _relation_end(connection: Connection, finding: Finding, action: int) -> None:
    """Bring hidden ends back; a relation whose end is gone for good is hidden."""
    row = {"row": finding.rows[0], "action": action}
    connection.execute(
        text(
            "UPDATE entity SET removed_by = NULL, touched_by = :action, changed_by = NULL "
            "WHERE removed_by IS NOT NULL AND id IN "
            "(SELECT source_id FROM relation WHERE id = :row UNION SELECT target_id FROM relation WHERE id = :row)"
        ),
        row,
    )
    connection.execute(
        text(
            "UPDATE relation SET removed_by = :action, changed_by = NULL "
            "WHERE id = :row AND (SELECT count(*) FROM entity e WHERE e.set_id = relation.set_id "
            "AND e.id IN (relation.source_id, relation.target_id)) < 2"
        ),
        row,
    )


def _label(connection: Connection, finding: Finding, action: int) -> None:
    """Bring a deleted label back to the schema; one that is gone for good is made anew."""
    table, row = finding.table, finding.rows[0]
    label = connection.execute(text(f"SELECT label_id FROM {table} WHERE id = :row"), {"row": row}).scalar_one()
    known = connection.execute(text("SELECT kind FROM label WHERE id = :label"), {"label": label}).scalar()
    if known == table:
        connection.execute(text("UPDATE label SET removed_by = NULL WHERE id = :label"), {"label": label})
        _rename_twin(connection, label)
        return
    lost = lost_label(connection, table, label)
    there = connection.execute(
        text("SELECT id FROM label WHERE name = :name AND kind = :kind AND removed_by IS NULL"),
        {"name": lost.name, "kind": table},
    ).scalar()
    if there is None:
        values = {"kind": table, "name": lost.name, "position": label - 1, "definition": definition_of(lost)}
        if known is None:
            values["id"] = label
        made = insert(Base.metadata.tables["label"]).values(**values, version=1, created_by=action, touched_by=action)
        there = (connection.execute(made).inserted_primary_key or [label])[0]
    connection.execute(text(f"UPDATE {table} SET label_id = :there WHERE id = :row"), {"there": there, "row": row})


def _rename_twin(connection: Connection, label: int) -> None:
    """A label that came back while another took its name gets a name of its own."""
    connection.execute(
        text(
            "UPDATE label SET name = name || '_' || id WHERE id = :label AND EXISTS (SELECT 1 FROM label o "
            "WHERE o.id != label.id AND o.kind = label.kind AND o.name = label.name AND o.removed_by IS NULL)"
        ),
        {"label": label},
    )


def _new_id(connection: Connection, finding: Finding, _action: int) -> None:
    """Give the later one of two rows with the same id (or name) one of its own."""
    table, _, column = finding.table.partition(".")
    column = column or f"{table}_id"
    value = f"{finding.values['report']} ({new_id()[:6]})" if column == "name" else new_id()
    connection.execute(
        text(f"UPDATE {table} SET {column} = :value WHERE id = :row"), {"value": value, "row": finding.rows[0]}
    )


def _index(connection: Connection, finding: Finding, _action: int) -> None:
    """Make an index anew."""
    if finding.table == "search":
        door(connection).drop_search(connection)
        create_index(connection)
        return
    name = finding.values["index"]
    known = {str(index.name): index for table in Base.metadata.sorted_tables for index in table.indexes}
    if name in known:
        connection.exec_driver_sql(f'DROP INDEX IF EXISTS "{name}"')
        known[name].create(connection)
    else:
        door(connection).remake_index(connection, name)


def _missing_row(connection: Connection, finding: Finding, action: int) -> None:
    """Let rows whose history entry is gone belong to the repair; make annotators that are gone anew."""
    parent = finding.values["parent"]
    if parent == "action":
        connection.exec_driver_sql("DELETE FROM action_report WHERE action_id NOT IN (SELECT id FROM action)")
    for table, column in _pointing_to(parent):
        lost = f"{column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {parent})"
        if parent == "action":
            connection.execute(text(f"UPDATE {table} SET {column} = :action WHERE {lost}"), {"action": action})
            continue
        for gone in connection.execute(text(f"SELECT DISTINCT {column} FROM {table} WHERE {lost}")).scalars().all():
            made = {"id": gone, "annotator_id": new_id(), "name": f"annotator {gone}", "created_at": now()}
            connection.execute(insert(Base.metadata.tables["annotator"]).values(**made))


def _pointing_to(parent: str) -> Iterator[tuple[str, str]]:
    """The tables and columns that point to the table ``parent``."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == parent:
                yield table.name, key.parent.name


_MEND: dict[Damage, Callable[[Connection, Finding, int], None]] = {
    Damage.TEXT_CHANGED: _length,
    Damage.MISSING_ROW: _missing_row,
    Damage.UNKNOWN_LABEL: _label,
    Damage.SPAN_OUTSIDE_TEXT: _span,
    Damage.RELATION_WITHOUT_END: _relation_end,
    Damage.DUPLICATE_ID: _new_id,
    Damage.BROKEN_INDEX: _index,
}
ORDER = tuple(_MEND)
"""The kinds of damage that can be mended, in the order in which they are: rows first, indexes over them last."""
