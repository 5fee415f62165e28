"""The entities and relations of one set, decided by id and then written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from model.merged_values import Value, entity_value, relation_value
from model.merging.label_rows import LabelRows, Shown
from model.merging.places import Merge, Place
from model.merging.versions import Version

if TYPE_CHECKING:
    from model.merging.set_step import Labels, Offsets


class LabelStep:
    """Merges one annotator's labels on one report: ``decide``, then ``write`` into the set that holds them."""

    def __init__(
        self,
        merge: Merge,
        place: tuple[int, int | None],
        their_place: tuple[int, int | None],
        theirs: Labels,
        ours: Labels,
        move: Offsets,
    ) -> None:
        self._merge, self._place, self._their_place = merge, place, their_place
        self._theirs, self._ours, self._move = theirs, ours, move
        stored = merge.labels.stored
        self._names_here = stored.names
        self._names_there = {key: stored.names.get(local, "") for key, local in merge.labels.keys.items()}
        self.entities: dict[str, Shown] = {}
        self.relations: dict[str, Shown] = {}

    @property
    def any_live(self) -> bool:
        """Whether any label is there after the merge."""
        return any(shown.value is not None for shown in (*self.entities.values(), *self.relations.values()))

    def decide(self) -> None:
        """Which version of every label stands."""
        self._decide("entity", self._theirs.entities, self._ours.entities, self.entities)
        self._decide("relation", self._theirs.relations, self._ours.relations, self.relations)
        self._look_at_ends()

    def _decide(self, kind: str, theirs: Mapping[str, Any], ours: Mapping[str, Any], shown: dict[str, Shown]) -> None:
        merge = self._merge
        for label_id in {**ours, **theirs}:
            here, there = ours.get(label_id), theirs.get(label_id)
            key = f"{kind}:{label_id}"
            place: Place = (*self._place, key)
            their_place: Place = (*self._their_place, key)
            if place in merge.lost_here or their_place in merge.lost_there:
                shown[label_id] = self._collide(kind, here, there, place, their_place)
            elif there is None or (here is not None and self._theirs.change(there) not in merge.found.new):
                shown[label_id] = Shown(here, None, self._quick(kind, here, ours=True))
            elif here is None or merge.here.ids.get(self._ours.change(here), "") in merge.there.known:
                if here is None and self._theirs.change(there) not in merge.found.new:
                    # Known here and not there any more, or the end of a new relation.
                    shown[label_id] = Shown(None, there, self._quick(kind, there, ours=False), wanted=False)
                else:
                    shown[label_id] = Shown(here, there, self._quick(kind, there, ours=False), taken=True)
            else:
                shown[label_id] = self._collide(kind, here, there, place, their_place)

    def _quick(self, kind: str, row: Any, ours: bool) -> Value | None:
        """What a row says, as far as the ends of relations need it; None when it was removed."""
        side = self._ours if ours else self._theirs
        if row is None or side.removed_by(row) is not None:
            return None
        names = self._names_here if ours else self._names_there
        if kind == "entity":
            return {"label": names.get(row.label_id, "")}
        ends = side.by_key
        return {
            "label": names.get(row.label_id, ""),
            "source": ends.get(row.source_id, ""),
            "target": ends.get(row.target_id, ""),
        }

    def _collide(self, kind: str, here: Any, there: Any, place: Place, their_place: Place) -> Shown:
        """Decide between versions that do not all know of each other."""
        merge = self._merge
        mine, hidden_here = self._versions(kind, here, place, ours=True)
        yours, _ = self._versions(kind, there, their_place, ours=False)
        versions = merge.decide(mine, yours, place, their_place, self._moved if kind == "entity" else None)
        if not versions:
            return Shown(here, None, self._quick(kind, here, ours=True))
        first = versions[0]
        by_us = next((version for version in mine if version.action == first.action), None)
        return Shown(
            here,
            None if by_us is not None else there,
            None if first.value is None else dict(first.value),
            version=first,
            losing=versions[1:],
            was_hidden=hidden_here,
            kept=by_us is not None and not hidden_here,
        )

    def _versions(self, kind: str, row: Any, place: Place, ours: bool) -> tuple[tuple[Version, ...], bool]:
        """The version that a copy shows, and whether it is a relation that could not be shown."""
        side, labels = (self._merge.here, self._ours) if ours else (self._merge.there, self._theirs)
        lost = (self._merge.lost_here if ours else self._merge.lost_there).get(place)
        if row is None:
            return (), False
        value = self.value(kind, row, ours)
        if lost is not None and lost.hidden and labels.removed_by(row) is not None:
            action = lost.hidden
            return (Version(action, side.known.get(action, ""), value, side.authors.get(action, "")),), True
        gone = labels.removed_by(row) is not None
        return side.version(labels.change(row), None if gone else value), False

    def value(self, kind: str, row: Any, ours: bool) -> Value:
        """What a row says, in names and ids; offsets are those of its own copy."""
        names = self._names_here if ours else self._names_there
        if kind == "entity":
            return entity_value(row, names)
        return relation_value(row, names, (self._ours if ours else self._theirs).by_key)

    def _moved(self, value: Mapping[str, Any]) -> Value:
        """An entity of the other's with offsets in our text."""
        if self._move is None:
            return dict(value)
        return {**value, "spans": [[self._move(start), self._move(end)] for start, end in value["spans"]]}

    def _look_at_ends(self) -> None:
        """Find the relations that cannot be shown: an end was removed, or the schema does not allow them."""
        schema = self._merge.labels.stored.schema
        for shown in self.relations.values():
            if shown.value is None or not shown.wanted:
                continue
            ends = [self.entities.get(shown.value[side]) for side in ("source", "target")]
            labels = [end.value["label"] if end is not None and end.value is not None else "" for end in ends]
            for end in ends:
                if end is not None:
                    end.wanted = True
            kind = schema.relations_by_name.get(shown.value["label"])
            shown.hidden = not all(labels) or kind is None or not kind.joins(*labels)

    def write(self, target: int, new: bool) -> None:
        """Stage the rows and edits; ``target`` is the set's key, ``new`` when this merge made it."""
        rows = LabelRows(self._merge, self._place, self._ours, self._theirs, self._move, target, new)
        for label_id, shown in self.entities.items():
            rows.entity(label_id, shown)
        for label_id, shown in self.relations.items():
            rows.relation(label_id, shown, self)
