"""What was decided about labels, as rows and edits."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from model.merged_values import Value, as_json, entity_columns, entity_value, relation_columns
from model.merging.places import Merge
from model.merging.side import change_of
from model.merging.versions import Version

if TYPE_CHECKING:
    from model.merging.label_step import LabelStep
    from model.merging.set_step import Labels, Offsets

_RAW = {"fragments": "fragments", "attributes": "attributes", "metadata": "meta"}
_PLAIN = ("note", "origin", "by", "confidence")


@dataclass
class Shown:
    """What a label is after the merge.

    ``row`` is ours, ``source`` the other's where it is taken over (``taken``: as it stands there; else what ``version`` says). ``value`` is
    None for a removed label, and need only name its label and ends. ``hidden``: a relation that cannot be shown;
    ``wanted`` is False for a label that ours does not have any more, unless a new relation ends in it.
    """

    row: Any
    source: Any
    value: Value | None
    taken: bool = False
    version: Version | None = None
    losing: tuple[Version, ...] = ()
    was_hidden: bool = False
    kept: bool = False
    wanted: bool = True
    hidden: bool = False


class LabelRows:
    """Stages the labels of one set, entities first."""

    def __init__(
        self,
        merge: Merge,
        place: tuple[int, int | None],
        ours: Labels,
        theirs: Labels,
        move: Offsets,
        target: int,
        new: bool,
    ) -> None:
        self._merge, self._place, self._ours, self._theirs = merge, place, ours, theirs
        self._move, self._target, self._new = move, target, new
        self._keys = {name: row.id for name, row in ours.entities.items() if row.set_id == target}
        self._removals: dict[str, int] = {}
        self._who = merge.here.names.get(place[1] or 0) or merge.staging.people.get(place[1] or 0, "")

    def entity(self, label_id: str, shown: Shown) -> None:
        """Stage one entity."""
        place = (*self._place, f"entity:{label_id}")
        here = shown.row if shown.row is not None and shown.row.set_id == self._target else None
        if shown.value is None:
            self._remember_removal(label_id, shown)
        if shown.taken or (shown.source is not None and shown.version is None and shown.wanted):
            self._take("entity", label_id, shown, here, self._entity_columns(shown.source))
        elif shown.version is not None and not shown.kept:
            columns = entity_columns(shown.value, self._merge.labels.stored.entity_ids) if shown.value else None
            self._become("entity", label_id, shown, here, columns)
        if shown.version is not None:
            self._merge.keep(place, shown.losing, shown.value)

    def relation(self, label_id: str, shown: Shown, step: LabelStep) -> None:
        """Stage one relation."""
        if not shown.wanted:
            return
        here = shown.row if shown.row is not None and shown.row.set_id == self._target else None
        stamp = self._stamp(shown)
        if shown.taken:
            self._take("relation", label_id, shown, here, self._relation_columns(shown.source))
        elif shown.version is not None and not shown.kept and not (shown.was_hidden and shown.hidden):
            ids = self._merge.labels.stored.relation_ids
            columns = relation_columns(shown.value, ids, self._keys) if shown.value else None
            self._become("relation", label_id, shown, here, columns)
        elif shown.hidden and here is not None and not shown.was_hidden:
            values = {"removed_by": self._marker(shown), "changed_by": change_of(here)}
            self._merge.staging.edit("relation", here.id, values)
            self._count("relation", "removed")
        hidden = stamp if shown.hidden and (here is not None or shown.taken or shown.version is not None) else ""
        if shown.version is not None or hidden:
            value = shown.value if shown.version is None else shown.version.value
            self._merge.keep((*self._place, f"relation:{label_id}"), shown.losing, value, hidden)

    def _stamp(self, shown: Shown) -> str:
        """The action that wrote what a relation is."""
        if shown.version is not None:
            return shown.version.action
        if shown.taken:
            return self._merge.there.ids.get(self._theirs.change(shown.source), "")
        return self._merge.here.ids.get(self._ours.change(shown.row), "") if shown.row is not None else ""

    def _remember_removal(self, label_id: str, shown: Shown) -> None:
        if shown.version is not None:
            self._removals[label_id] = self._merge.key_of(shown.version)
        elif shown.taken:
            self._removals[label_id] = self._merge.local(self._theirs.change(shown.source))
        elif shown.row is not None:
            self._removals[label_id] = self._ours.removed_by(shown.row) or self._merge.entry

    def _marker(self, shown: Shown) -> int:
        """What hides a relation: the action that removed its end, so that its undo brings both back; else its own."""
        value = shown.value or {}
        for side in ("source", "target"):
            if value.get(side) in self._removals:
                return self._removals[value[side]]
        action = self._stamp(shown)
        return self._merge.here.keys.get(action) or self._merge.local(self._merge.there.keys.get(action, 0))

    def _take(self, kind: str, label_id: str, shown: Shown, here: Any, columns: Value | None) -> None:
        """Take the other's row over as it stands."""
        merge, source = self._merge, shown.source
        if columns is None:
            if shown.value is not None:
                merge.result.left_out[kind] += 1
            return
        gone = self._theirs.removed_by(source)
        removed = merge.local(gone) if gone else self._marker(shown) if shown.hidden else None
        changed = None
        if source.changed_by and not (source.removed_by is None and gone):
            changed = merge.local(source.changed_by)
        if shown.hidden:
            changed = merge.local(change_of(source))
        marks = {"touched_by": merge.local(source.touched_by), "removed_by": removed, "changed_by": changed}
        if here is None:
            created = {"created_by": merge.local(source.created_by), "version": source.version}
            self._insert(kind, label_id, {**columns, **marks, **created})
        else:
            plain = {name: _plain(value) if name in _RAW else value for name, value in columns.items()}
            merge.staging.edit(kind, here.id, {**plain, **marks})
            self._count(kind, _how(self._ours.removed_by(here) is None, removed is None))

    def _become(self, kind: str, label_id: str, shown: Shown, here: Any, columns: Value | None) -> None:
        """Make our row what a version says."""
        merge = self._merge
        assert shown.version is not None
        key = merge.key_of(shown.version)
        if columns is None:
            if here is not None and self._ours.removed_by(here) is None:
                merge.staging.edit(kind, here.id, {"removed_by": key, "changed_by": None})
                self._count(kind, "removed")
            return
        marks: Value = {"touched_by": key, "removed_by": None, "changed_by": None}
        if shown.hidden:
            marks |= {"removed_by": self._marker(shown), "changed_by": key}
        if here is not None:
            merge.staging.edit(kind, here.id, {**columns, **marks})
            self._count(kind, _how(self._ours.removed_by(here) is None, not shown.hidden))
            return
        source = shown.source if shown.source is not None else shown.row
        created = merge.local(source.created_by) if shown.source is not None else source.created_by
        values = {**columns, **marks, "created_by": created, "version": source.version}
        self._insert(kind, label_id, as_json(values, *_RAW))

    def _insert(self, kind: str, label_id: str, values: Value) -> None:
        merge = self._merge
        key = merge.keys.take(kind)
        if kind == "entity":
            self._keys[label_id] = key
        values |= {"id": key, "set_id": self._target, f"{kind}_id": label_id}
        seen = values["removed_by"] is None
        merge.staging.add(kind, values, hidden_by=merge.entry if seen and not self._new else None)
        if seen:
            self._count(kind, "added")

    def _entity_columns(self, source: Any) -> Value | None:
        """The columns of the other's row, JSON as text; None when its label did not come along."""
        label = self._merge.labels.keys.get(source.label_id)
        if label is None:
            return None
        if self._move is not None:
            moved = entity_value(source, {})
            moved["spans"] = [[self._move(start), self._move(end)] for start, end in moved["spans"]]
            return {**as_json(entity_columns(moved, {"": label}), *_RAW)}
        return {
            "label_id": label,
            "start": source.start,
            "end": source.end,
            "entry": source.entry,
            **_same(source, _RAW),
        }

    def _relation_columns(self, source: Any) -> Value | None:
        label = self._merge.labels.keys.get(source.label_id)
        ends = [self._keys.get(self._theirs.by_key.get(key, "")) for key in (source.source_id, source.target_id)]
        if label is None or None in ends:
            return None
        raw = {name: source_name for name, source_name in _RAW.items() if name != "fragments"}
        return {"label_id": label, "source_id": ends[0], "target_id": ends[1], **_same(source, raw)}

    def _count(self, kind: str, how: str) -> None:
        self._merge.result.count("entities" if kind == "entity" else "relations", how)
        self._merge.result.by_annotator[self._who] += 1


def _same(source: Any, raw: dict[str, str]) -> Value:
    """Columns that are the same in both copies."""
    return {name: getattr(source, name) for name in _PLAIN} | {
        name: getattr(source, attribute) for name, attribute in raw.items()
    }


def _plain(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _how(before: bool, after: bool) -> str:
    """How a label's being there changed."""
    if before and after:
        return "changed"
    return "removed" if before else "added"
