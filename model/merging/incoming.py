"""The other's history and people: what of them is new here, and by which keys they go here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Integer, column, insert, select, table, text

from annotations.errors import Refused
from annotations.report import new_id
from model.merged_entries import KNOWN, MERGE, OWNER
from model.merging.side import Side
from model.merging.staging import Keys, Staging
from model.tables import ActionReportRow, ActionRow, AnnotatorRow

NEW = select(column("id", Integer)).select_from(table("merge_new"))
"""The keys of the new actions, in the other's snapshot."""
_AT_ONCE = 2_000


@dataclass
class Incoming:
    """Keys of the other's actions and annotators, and their keys here. ``new`` are the other's keys of new actions."""

    actions: dict[int, int] = field(default_factory=dict)
    annotators: dict[int | None, int | None] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    made: list[int] = field(default_factory=list)
    new: set[int] = field(default_factory=set)
    touches: set[str] = field(default_factory=set)
    targets: set[int] = field(default_factory=set)
    latest: str = ""


def find_new(theirs: Connection, ours: Side, there: Side) -> Incoming:
    """Which actions are new here; they are put into the table ``merge_new`` of the other's snapshot too."""
    kept = select(ActionRow.id).where(ActionRow.state != "pending", ActionRow.kind.in_((MERGE, KNOWN)))
    stay = set(theirs.execute(kept).scalars())
    found = Incoming()
    for key, action in there.ids.items():
        if action in ours.keys:
            found.actions[key] = ours.keys[action]
        elif key not in stay:
            found.new.add(key)
    theirs.execute(text("CREATE TEMPORARY TABLE IF NOT EXISTS merge_new (id INTEGER PRIMARY KEY)"))
    theirs.execute(text("DELETE FROM merge_new"))
    if found.new:
        theirs.execute(text("INSERT INTO merge_new VALUES (:id)"), [{"id": key} for key in sorted(found.new)])
    found.latest = max((there.known[there.ids[key]] for key in found.new), default="")
    return found


def map_people(ours: Connection, theirs: Connection, wanted: Mapping[str, str], found: Incoming, write: bool) -> None:
    """Which annotator here is which there: by the name that was given for it, by id, by name; else a new one.

    ``wanted`` leads from names there to names here. Raises ``Refused`` for a name that the other does not have.
    """
    people = theirs.execute(select(AnnotatorRow).order_by(AnnotatorRow.id)).all()
    unknown = set(wanted) - {row.name for row in people}
    if unknown:
        raise Refused(
            "The other copy has no annotator {name}. Nothing was changed; its annotators are {known}.",
            name=sorted(unknown)[0],
            known=", ".join(sorted(row.name for row in people)),
        )
    here = ours.execute(select(AnnotatorRow)).all()
    by_id, by_name = ({row.annotator_id: row for row in here}, {row.name: row for row in here})
    found.annotators[None] = None
    for row in people:
        given = wanted.get(row.name, "").strip()
        known = by_name.get(given) if given else by_id.get(row.annotator_id) or by_name.get(row.name)
        name = known.name if known else given or row.name
        found.people[row.name] = name
        if known is not None:
            found.annotators[row.id] = known.id
        elif write:
            found.annotators[row.id] = key = _make(ours, row, name, row.annotator_id in by_id)
            found.made.append(key)
            by_name[name] = ours.execute(select(AnnotatorRow).where(AnnotatorRow.id == key)).one()
        else:
            found.annotators[row.id] = -row.id


def _make(connection: Connection, row: Any, name: str, id_taken: bool) -> int:
    """A new annotator, as the other has her. Any: a row of ``annotator``."""
    made = connection.execute(
        insert(AnnotatorRow).values(
            annotator_id=new_id() if id_taken else row.annotator_id, name=name, created_at=row.created_at
        )
    ).inserted_primary_key
    assert made is not None
    return int(made[0])


def bring_history(theirs: Connection, after: int, keys: Keys, staging: Staging, found: Incoming) -> int:
    """Stage the next new actions after the key ``after``, oldest first; the last one's key, 0 when that was all."""
    rows = theirs.execute(
        select(ActionRow).where(ActionRow.id > after, ActionRow.id.in_(NEW)).order_by(ActionRow.id).limit(_AT_ONCE)
    ).all()
    for row in rows:
        key = found.actions[row.id] = keys.take("action")
        touches = row.payload.get("touches", [])
        found.touches.update(touches)
        target = found.actions.get(row.target) if row.target else None
        found.targets.update(() if target is None else (target,))
        staging.add(
            "action",
            {
                "id": key,
                "action_id": row.action_id,
                "annotator_id": found.annotators.get(row.annotator_id),
                "at": row.at,
                "kind": row.kind,
                "title": row.title,
                "title_values": json.dumps(row.title_values, ensure_ascii=False),
                "state": "pending",
                "target": target,
                "owner": OWNER,
                "payload": json.dumps({"touches": touches}),
            },
        )
    return int(rows[-1].id) if rows else 0


def undone_by(connection: Connection, actions: list[int]) -> dict[int, int | None]:
    """For each of these actions (keys here) that was ever undone: the undo that holds, None where it was done again.

    The last undo or redo holds, by time and id, so that every copy comes to the same.
    """
    found: dict[int, tuple[str, str, int | None]] = {}
    for at in range(0, len(actions), 500):
        rows = connection.execute(
            select(ActionRow.id, ActionRow.action_id, ActionRow.at, ActionRow.kind, ActionRow.target).where(
                ActionRow.target.in_(actions[at : at + 500])
            )
        )
        for row in rows:
            last = (row.at, row.action_id, row.id if row.kind == "undo" else None)
            found[row.target] = max(found.get(row.target, ("", "", None)), last, key=lambda one: one[:2])
    return {target: undo for target, (_, _, undo) in found.items()}


def reports_of(theirs: Connection, reports: list[int]) -> list[tuple[int, int]]:
    """Report and new action (the other's keys) wherever a new action touched one of these reports."""
    rows = theirs.execute(
        select(ActionReportRow.report_id, ActionReportRow.action_id).where(
            ActionReportRow.report_id.in_(reports), ActionReportRow.action_id.in_(NEW)
        )
    )
    return [(row.report_id, row.action_id) for row in rows]
