"""The other's schema: which of its labels are ours, which are added, and what is said differently."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select, text

from annotations.errors import Refused
from annotations.schema import ANY, EntityType, RelationType, check_schema
from model.merging.incoming import Incoming
from model.merging.result import MergeResult
from model.merging.side import Side, change_of
from model.merging.staging import Keys, Staging
from model.schema_rows import ENTITY, RELATION, StoredSchema, definition_of
from model.tables import LabelRow, SchemaRow

Label = EntityType | RelationType


@dataclass
class LabelKeys:
    """Keys of the other's labels → keys here; ``stored`` is our schema with what is added."""

    stored: StoredSchema
    keys: dict[int, int] = field(default_factory=dict)


@dataclass
class _Work:
    ours: Connection
    theirs: Connection
    here: Side
    there: Side
    found: Incoming
    keys: Keys
    staging: Staging
    entry: int
    result: MergeResult


def map_labels(
    ours: Connection,
    theirs: Connection,
    sides: tuple[Side, Side],
    found: Incoming,
    keys: Keys,
    staging: Staging,
    entry: int,
    result: MergeResult,
) -> LabelKeys:
    """Stage what we lack of the other's schema; what contradicts ours is told, and ours stays."""
    work = _Work(ours, theirs, *sides, found, keys, staging, entry, result)
    mapped = LabelKeys(sides[0].stored)
    rows = theirs.execute(select(LabelRow).order_by(LabelRow.kind, LabelRow.position, LabelRow.id)).all()
    same = _same_rows(ours, sides[0])
    used = _used(theirs)
    for row in rows:  # entity types first: relation types name them
        known = _ids(mapped.stored, row.kind).get(row.name)
        if known is None or row.removed_by is not None:
            twin = same.get((row.id, row.kind, sides[1].ids.get(row.created_by, "")))
            known = twin if twin in mapped.stored.names else known
        if known is not None:
            mapped.keys[row.id] = known
            if row.removed_by is None:
                _compare(work, row, mapped, known)
        elif row.removed_by is None and (row.id in used or change_of(row) in found.new):
            _add(work, row, mapped)
    added = result.counts["labels", "added"]
    if added:
        head = ours.execute(select(SchemaRow.id, SchemaRow.number)).one()
        staging.edit("schema", head.id, {"number": head.number + 1})
    return mapped


def _ids(stored: StoredSchema, kind: str) -> dict[str, int]:
    return stored.entity_ids if kind == ENTITY else stored.relation_ids


def _same_rows(ours: Connection, here: Side) -> dict[tuple[int, str, str], int]:
    """Our labels by row key, kind and the action that made them: a label that was renamed in one copy is found by it."""
    rows = ours.execute(select(LabelRow.id, LabelRow.kind, LabelRow.created_by)).all()
    return {(row.id, row.kind, here.ids.get(row.created_by, "?")): row.id for row in rows}


def _used(theirs: Connection) -> set[int]:
    """The other's labels that its new or changed labels in reports bear."""
    changed = "coalesce(changed_by, removed_by, touched_by) IN (SELECT id FROM merge_new)"
    statement = " UNION ".join(f"SELECT DISTINCT label_id FROM {kind} WHERE {changed}" for kind in (ENTITY, RELATION))
    return set(theirs.execute(text(statement)).scalars())


def _shown(work: _Work, row: Any, mapped: LabelKeys) -> Label:
    """The other's label in our words: ends by our names of them."""
    ends = {
        name: mapped.stored.names.get(mapped.keys.get(key, 0), "") for name, key in work.there.stored.entity_ids.items()
    }
    by_name = work.there.stored.schema.relations_by_name if row.kind == RELATION else {}
    if row.kind == ENTITY:
        return work.there.stored.schema.entities_by_name[row.name]
    relation = by_name[row.name]
    return replace(
        relation,
        sources=tuple(
            name if name == ANY else ends.get(name, "") for name in relation.sources if name == ANY or ends.get(name)
        ),
        targets=tuple(
            name if name == ANY else ends.get(name, "") for name in relation.targets if name == ANY or ends.get(name)
        ),
    )


def _compare(work: _Work, row: Any, mapped: LabelKeys, known: int) -> None:
    """Tell how a label that both have is described differently."""
    name = mapped.stored.names[known]
    schema = mapped.stored.schema
    ours: Label = schema.entities_by_name[name] if row.kind == ENTITY else schema.relations_by_name[name]
    theirs = _shown(work, row, mapped)
    if theirs.name != name:
        work.result.differences.append(
            ("{label} is called {name} in the other copy; ours stays.", {"label": name, "name": theirs.name})
        )
    mine, yours = definition_of(ours), definition_of(theirs)
    parts = [part for part in mine if mine[part] != yours.get(part)]
    if parts:
        work.result.differences.append(
            ("{label} is described differently ({parts}); ours stays.", {"label": name, "parts": ", ".join(parts)})
        )


def _add(work: _Work, row: Any, mapped: LabelKeys) -> None:
    """Stage a label that we lack; one that does not go with our schema is told and left out."""
    label = _shown(work, row, mapped)
    schema = mapped.stored.schema
    if any(label.key and label.key == each.key for each in schema.entity_types):
        label = replace(label, key="")
    if isinstance(label, EntityType):
        schema = replace(schema, entity_types=(*schema.entity_types, label))
    else:
        schema = replace(schema, relation_types=(*schema.relation_types, label))
    ends_gone = isinstance(label, RelationType) and not (label.sources and label.targets)
    try:
        check_schema(schema)
    except Refused:
        ends_gone = True
    if ends_gone:
        work.result.differences.append(
            ("{label} of the other copy does not go with our schema; it was left out.", {"label": label.name})
        )
        return
    key = work.keys.take("label")
    created = work.found.actions.get(row.created_by, work.entry)
    values = {
        "id": key,
        "kind": row.kind,
        "name": label.name,
        "position": len(mapped.stored.names) + row.position,
        "definition": json.dumps(definition_of(label), ensure_ascii=False),
        "version": 1,
        "created_by": created,
        "touched_by": work.found.actions.get(row.touched_by, created),
    }
    work.staging.add("label", values, hidden_by=work.entry)
    work.result.count("labels", "added")
    work.result.differences.append(("{label} is new: our schema gets it.", {"label": label.name}))
    is_entity = row.kind == ENTITY
    before = mapped.stored
    mapped.stored = StoredSchema(
        schema,
        {**before.entity_ids, label.name: key} if is_entity else before.entity_ids,
        before.relation_ids if is_entity else {**before.relation_ids, label.name: key},
        {**before.names, key: label.name},
    )
    mapped.keys[row.id] = key
