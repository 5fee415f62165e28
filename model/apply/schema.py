"""The label schema: how changes to it become rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, select

from annotations.changes.schema import AddLabel, DeleteLabel, EditLabel, RenameLabel, ReplaceSchema
from annotations.errors import Refused
from annotations.facts import Kind
from annotations.schema import EntityType, RelationType, check_schema
from model.apply.action import Action
from model.apply.allowed import forbidden_kinds
from model.apply.rows import Title
from model.schema_rows import ENTITY, RELATION, StoredSchema, definition_of, kind_of, read_schema
from model.tables import EntityRow, FactRow, LabelRow, RelationRow, SchemaRow

Label = EntityType | RelationType


def add_label(action: Action, change: AddLabel) -> Title:
    """Add a label at the end of the schema."""
    if change.label.name in _ids(action, kind_of(change.label)):
        raise Refused("The schema has a label {label} already. Nothing was changed.", label=change.label.name)
    last = action.connection.execute(select(func.max(LabelRow.position))).scalar() or 0
    _insert(action, change.label, last + 1)
    _finish(action)
    return "Add label {label}", {"label": change.label.name}


def edit_label(action: Action, change: EditLabel) -> Title:
    """Give a label other names, colour, key, pairs or attributes."""
    row_id = _need(action, change.label.name, kind_of(change.label))
    action.edit(LabelRow, row_id, {"definition": definition_of(change.label)})
    _finish(action)
    return "Edit label {label}", {"label": change.label.name}


def rename_label(action: Action, change: RenameLabel) -> Title:
    """Rename a label: labels point to its row, so they are renamed with it."""
    kind = RELATION if change.relation else ENTITY
    row_id = _need(action, change.name, kind)
    if change.new_name != change.name and change.new_name in _ids(action, kind):
        raise Refused("The schema has a label {label} already. Nothing was changed.", label=change.new_name)
    action.edit(LabelRow, row_id, {"name": change.new_name})
    if kind == ENTITY:
        for relation in action.stored.schema.relation_types:
            _rename_end(action, relation, change)
    _finish(action)
    _rename_in_decisions(action, change)
    return "Rename label {label} to {name}", {"label": change.name, "name": change.new_name}


def _rename_in_decisions(action: Action, change: RenameLabel) -> None:
    """Review is only read when something was decided."""
    decided = select(FactRow.id).where(FactRow.kind == Kind.DECISION.value, FactRow.removed_by.is_(None)).limit(1)
    if action.connection.execute(decided).first() is not None:
        from model.apply.decisions_renamed import rename_in_decisions

        rename_in_decisions(action, change)


def _rename_end(action: Action, relation: RelationType, change: RenameLabel) -> None:
    """Let a relation type that names the label as an end name it anew."""
    definition = definition_of(relation)
    for side in ("sources", "targets"):
        definition[side] = tuple(change.new_name if name == change.name else name for name in definition[side])
    if definition != definition_of(relation):
        action.edit(LabelRow, action.stored.relation_ids[relation.name], {"definition": definition})


def delete_label(action: Action, change: DeleteLabel) -> Title:
    """Delete a label that nothing uses."""
    kind = RELATION if change.relation else ENTITY
    row_id = _need(action, change.name, kind)
    _check_unused(action, row_id, change.name, kind)
    if kind == ENTITY:
        for relation in action.stored.schema.relation_types:
            if change.name in (*relation.sources, *relation.targets):
                raise Refused(
                    "The relation {relation} names the label {label}. Nothing was changed; edit the relation first.",
                    relation=relation.name,
                    label=change.name,
                )
    action.remove(LabelRow, [row_id])
    _finish(action)
    return "Delete label {label}", {"label": change.name}


def replace_schema(action: Action, change: ReplaceSchema) -> Title:
    """Take another schema: labels of the same name stay the same labels."""
    new: list[Label] = [*change.schema.entity_types, *change.schema.relation_types]
    wanted = {(kind_of(label), label.name) for label in new}
    for kind in (ENTITY, RELATION):
        for name, row_id in _ids(action, kind).items():
            if (kind, name) not in wanted:
                _check_unused(action, row_id, name, kind)
                action.remove(LabelRow, [row_id])
    for position, label in enumerate(new):
        row_id = _ids(action, kind_of(label)).get(label.name, 0)
        if row_id:
            action.edit(LabelRow, row_id, {"definition": definition_of(label), "position": position})
        else:
            _insert(action, label, position)
    if change.schema.id != action.stored.schema.id:
        head = action.connection.execute(select(SchemaRow.id)).scalar_one()
        action.edit(SchemaRow, head, {"schema_id": change.schema.id})
    _finish(action)
    return "Take schema {schema}", {"schema": change.schema.id}


def _ids(action: Action, kind: str) -> dict[str, int]:
    return action.stored.entity_ids if kind == ENTITY else action.stored.relation_ids


def _need(action: Action, name: str, kind: str) -> int:
    row_id = _ids(action, kind).get(name)
    if row_id is None:
        raise Refused("The schema has no label {label}. Nothing was changed.", label=name)
    return row_id


def _insert(action: Action, label: Label, position: int) -> None:
    action.connection.execute(
        insert(LabelRow).values(
            kind=kind_of(label),
            name=label.name,
            position=position,
            definition=definition_of(label),
            created_by=action.id,
            touched_by=action.id,
        )
    )
    action.mark(action.created, LabelRow)


def _check_unused(action: Action, row_id: int, name: str, kind: str) -> None:
    table: type[Any] = EntityRow if kind == ENTITY else RelationRow
    used = action.connection.execute(
        select(func.count()).select_from(table).where(table.label_id == row_id, table.removed_by.is_(None))
    ).scalar_one()
    if used:
        raise Refused(
            "The label {label} is used {count} times. Nothing was changed; relabel or delete these first.",
            label=name,
            count=used,
        )


def _finish(action: Action) -> None:
    """Count a new version of the schema, after checking that it is one."""
    if not action.did_something:
        return
    stored = read_schema(action.connection)
    check_schema(stored.schema)
    _check_relations(action, stored)
    head = action.connection.execute(select(SchemaRow.id)).scalar_one()
    action.edit(SchemaRow, head, {"number": stored.schema.version + 1})
    action.stored = read_schema(action.connection)
    action.touches.update(("schema", "labels"))


def _check_relations(action: Action, stored: StoredSchema) -> None:
    """Refuse a schema that does not allow relations that there are."""
    changed = {row_id for table, row_id, *_ in action.edits if table == LabelRow.__tablename__}
    if not changed.intersection(stored.relation_ids.values()):
        return
    before = forbidden_kinds(action.connection, action.stored)
    for kind, source, target in forbidden_kinds(action.connection, stored):
        if (kind, source, target) in before:
            continue  # damage is for the repair
        raise Refused(
            "There are relations {relation} from {source} to {target}, which this schema would not allow. "
            "Nothing was changed; delete or change them first.",
            relation=stored.names[kind],
            source=stored.names[source],
            target=stored.names[target],
        )
