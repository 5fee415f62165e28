"""What both sides of one merge need at hand, and the collisions that they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from annotations.facts import Kind
from model.merged_values import dumps
from model.merging.incoming import Incoming
from model.merging.labels import LabelKeys
from model.merging.result import MergeResult
from model.merging.side import Side
from model.merging.staging import Keys, Staging
from model.merging.versions import Version, standing
from model.queries.visible import not_pending
from model.tables import FactRow

Place = tuple[int | None, int | None, str]
"""Of a collision: keys of report and annotator, and its own key."""
Value = dict[str, Any]


@dataclass
class Lost:
    """The versions that lost, at one place; ``hidden`` is the action that wrote a relation which cannot be shown."""

    key: int
    versions: tuple[Version, ...] = ()
    hidden: str = ""


@dataclass
class Merge:
    """One merge under way. ``entry`` is the key of its pending history entry."""

    ours: Connection
    theirs: Connection
    here: Side
    there: Side
    found: Incoming
    labels: LabelKeys
    keys: Keys
    staging: Staging
    entry: int
    result: MergeResult
    reports: dict[int, int] = field(default_factory=dict)
    lost_here: dict[Place, Lost] = field(default_factory=dict)
    lost_there: dict[Place, Lost] = field(default_factory=dict)

    def local(self, action: int) -> int:
        """The key here of one of the other's actions."""
        return self.found.actions.get(action, self.entry)

    def key_of(self, version: Version) -> int:
        """The key here of the action that wrote a version."""
        if version.action in self.here.keys:
            return self.here.keys[version.action]
        return self.found.actions.get(self.there.keys.get(version.action, 0), self.entry)

    def decide(
        self,
        ours: Iterable[Version],
        theirs: Iterable[Version],
        place: Place,
        their_place: Place,
        moved: Any = None,
    ) -> tuple[Version, ...]:
        """Which versions stand of one thing, the shown one first. ``moved`` brings a value of the other's into our offsets."""
        lost = self.lost_here.get(place)
        mine = {version.action: version for version in (*(lost.versions if lost else ()), *ours)}
        other = self.lost_there.get(their_place)
        yours = {version.action: version for version in (*(other.versions if other else ()), *theirs)}
        if moved is not None:
            yours = {
                action: replace(version, value=moved(version.value) if version.value else None)
                for action, version in yours.items()
            }
        return standing(mine.values(), yours.values(), self.here.known, self.there.known)

    def keep(self, place: Place, losing: tuple[Version, ...], value: Any, hidden: str = "") -> None:
        """Let the collision at a place hold just these versions; none: there is no collision (any more)."""
        before = self.lost_here.get(place)
        wanted = {"lost": [version.stored() for version in losing]} | ({"hidden": hidden} if hidden else {})
        if not losing and not hidden:
            if before is not None and (before.versions or before.hidden):
                self.staging.edit("fact", before.key, {"removed_by": self.entry, "changed_by": None})
                self.result.settled += 1
                self.lost_here[place] = Lost(before.key)
            return
        same = before is not None and before.hidden == hidden and before.versions == losing
        if same:
            return
        if before is not None:
            self.staging.edit(
                "fact", before.key, {"value": wanted, "touched_by": self.entry, "removed_by": None, "changed_by": None}
            )
            key = before.key
        else:
            key = self._new(place, wanted)
        self.lost_here[place] = Lost(key, losing, hidden)
        if hidden or any(version.value != value for version in losing):
            self.result.collisions += 1
        else:
            self.result.settled += 1

    def _new(self, place: Place, wanted: Value) -> int:
        key = self.keys.take("fact")
        self.staging.add(
            "fact",
            {
                "id": key,
                "kind": Kind.COLLISION.value,
                "report_id": place[0],
                "annotator_id": place[1],
                "key": place[2],
                "value": dumps(wanted),
                "version": 1,
                "created_by": self.entry,
                "touched_by": self.entry,
            },
            hidden_by=self.entry,
        )
        return key


def read_lost(connection: Connection) -> dict[Place, Lost]:
    """The collisions that a copy holds."""
    rows = connection.execute(
        select(FactRow.id, FactRow.report_id, FactRow.annotator_id, FactRow.key, FactRow.value).where(
            FactRow.kind == Kind.COLLISION.value, FactRow.removed_by.is_(None), not_pending(FactRow)
        )
    )
    return {(row.report_id, row.annotator_id, row.key): _lost(row.id, row.value) for row in rows}


def _lost(key: int, value: Mapping[str, Any]) -> Lost:
    return Lost(key, tuple(map(Version.read, value.get("lost", ()))), value.get("hidden", ""))
