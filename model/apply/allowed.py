"""Whether the schema allows the relations that there are: changes of the schema must not forbid them."""

from __future__ import annotations

from sqlalchemy import Connection, text

from model.schema_rows import StoredSchema, read_schema

ENDS = (
    "JOIN entity e ON e.id = x.source_id JOIN entity f ON f.id = x.target_id "
    "WHERE x.removed_by IS NULL AND e.removed_by IS NULL AND f.removed_by IS NULL"
)
"""SQL after ``FROM relation x``: live relations with their live ends ``e`` and ``f``."""


def forbidden_kinds(connection: Connection, stored: StoredSchema | None = None) -> list[tuple[int, int, int]]:
    """Label ids of relation, source and target of relations that the schema does not allow.

    Labels that the schema lacks are passed over.
    """
    stored = stored or read_schema(connection)
    kinds = connection.execute(text(f"SELECT DISTINCT x.label_id, e.label_id, f.label_id FROM relation x {ENDS}"))
    found = []
    for kind, source, target in kinds:
        names = [stored.names.get(label, "") for label in (kind, source, target)]
        relation = stored.schema.relations_by_name.get(names[0])
        if relation is not None and all(names) and not relation.joins(names[1], names[2]):
            found.append((kind, source, target))
    return found
