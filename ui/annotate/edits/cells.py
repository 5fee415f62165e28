"""What an edited table cell means as a change; also for several rows at once."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.changes import (
    Change,
    SetEntityAttributes,
    SetEntityEntry,
    SetEntityNote,
    SetRelationNote,
)
from annotations.report import Entity
from annotations.schema import EntityType, RelationType
from ui.annotate.edits.edges import move_edge
from ui.annotate.edits.labelling import relabel
from ui.annotate.edits.relating import retype
from ui.annotate.edits.sheet import Sheet, seen, together

_USUAL = ("canonical", "value", "norm")


def main_attribute(entity_type: EntityType | None) -> str:
    """Name of the attribute that holds the label's normalised value; empty when it has none.

    The one that a normalisation proposes, else ``canonical``, else ``value``, else the first.
    """
    attributes = entity_type.attributes if entity_type else ()
    names = [attribute.name for attribute in attributes]
    for attribute in attributes:
        if attribute.kind:
            return attribute.name
    return next((name for name in _USUAL if name in names), names[0] if names else "")


def set_label(sheet: Sheet, entity_ids: Iterable[str], label: str) -> Change | None:
    """Another label for the rows: by its own name, or as it is shown in any language."""
    return relabel(sheet, entity_ids, _own_name(sheet.schema.entity_types, label))


def set_value(sheet: Sheet, entity_ids: Iterable[str], value: str) -> Change | None:
    """The normalised value of the rows: each label has its own attribute for it."""
    by_name: dict[str, list[Entity]] = {}
    for entity in sheet.chosen(entity_ids):
        name = main_attribute(sheet.entity_type(entity))
        if name and entity.attributes.get(name, "") != value.strip():
            by_name.setdefault(name, []).append(entity)
    return together(
        [
            SetEntityAttributes(sheet.report.id, tuple(one.id for one in found), {name: value.strip()}, seen(found))
            for name, found in by_name.items()
        ],
        "Set values",
    )


def set_note(sheet: Sheet, entity_ids: Iterable[str], note: str) -> Change | None:
    """The note of the rows; empty removes it."""
    changed = [one for one in sheet.chosen(entity_ids) if (one.note or "") != note.strip()]
    if not changed:
        return None
    return SetEntityNote(sheet.report.id, tuple(one.id for one in changed), note.strip(), seen(changed))


def set_entry(sheet: Sheet, entity_ids: Iterable[str], entry: str) -> Change | None:
    """The registry entry that the rows refer to; empty removes the link."""
    changed = [one for one in sheet.chosen(entity_ids) if (one.entry or "") != entry.strip()]
    if not changed:
        return None
    return SetEntityEntry(sheet.report.id, tuple(one.id for one in changed), entry.strip(), seen(changed))


def set_edge(sheet: Sheet, entity_id: str, start: int | None = None, end: int | None = None) -> Change | None:
    """A boundary typed as a number, in code points; None leaves that edge."""
    entity = sheet.entities.get(entity_id)
    if entity is None:
        return None
    return move_edge(sheet, entity_id, entity.start if start is None else start, entity.end if end is None else end)


def set_attributes(sheet: Sheet, entity_id: str, attributes: dict[str, str], note: str) -> Change | None:
    """All that the attribute form holds, as one action; only what differs."""
    entity = sheet.entities.get(entity_id)
    if entity is None:
        return None
    changed = {
        name: value.strip() for name, value in attributes.items() if entity.attributes.get(name, "") != value.strip()
    }
    changes: list[Change] = []
    if changed:
        changes.append(SetEntityAttributes(sheet.report.id, (entity_id,), changed, seen((entity,))))
    if note.strip() != (entity.note or ""):
        changes.append(SetEntityNote(sheet.report.id, (entity_id,), note.strip(), {} if changed else seen((entity,))))
    return together(changes, "Edit attributes")


def set_type(sheet: Sheet, relation_ids: Iterable[str], kind: str) -> Change | None:
    """Another type for the rows of the relation table: by its own name, or as it is shown in any language."""
    return retype(sheet, relation_ids, _own_name(sheet.schema.relation_types, kind))


def set_relation_note(sheet: Sheet, relation_ids: Iterable[str], note: str) -> Change | None:
    """The note of relations; empty removes it."""
    changed = [one for one in sheet.chosen_relations(relation_ids) if (one.note or "") != note.strip()]
    if not changed:
        return None
    return SetRelationNote(sheet.report.id, tuple(one.id for one in changed), note.strip(), seen(changed))


def _own_name(kinds: Iterable[EntityType | RelationType], written: str) -> str:
    """The name of the kind that was written; what is none stays, for the door to refuse."""
    wanted, kinds = written.strip(), tuple(kinds)
    if any(kind.name == wanted for kind in kinds):
        return wanted
    shown = (kind.name for kind in kinds if wanted.casefold() in {one.casefold() for one in kind.names.values()})
    return next(shown, wanted)
