"""The last, small transaction of a merge."""

from __future__ import annotations

import json

from sqlalchemy import Connection, insert, or_, select, update

from annotations.report import new_id
from model.clock import later
from model.merged_entries import KNOWN, MERGED, OWNER
from model.merging.incoming import undone_by
from model.merging.places import Merge
from model.moment import moment
from model.tables import ActionReportRow, ActionRow


class Moved(Exception):
    """Somebody changed meanwhile what the merge changes: it starts again."""


def publish(connection: Connection, merge: Merge, entry: int, name: str) -> None:
    """Show everything, with the history that came along, and complete the merge's own entry. Raises ``Moved``."""
    _check_meanwhile(connection, merge, entry)
    merge.staging.publish(connection, entry)
    _tell_undone(connection, merge.found.targets)
    connection.execute(
        update(ActionRow).where(ActionRow.state == "pending", ActionRow.owner == OWNER).values(state=MERGED)
    )
    at = max(moment(connection), later(merge.found.latest))
    touches = {"labels", "queue", "reports", "others", *merge.found.touches} - {"schema"}
    if merge.result.counts["labels", "added"]:
        touches.add("schema")
    if merge.result.collisions or merge.result.settled:
        touches.add("fact:collision")
    connection.execute(
        update(ActionRow)
        .where(ActionRow.id == entry)
        .values(
            state="done",
            at=at,
            owner=None,
            heartbeat=None,
            payload={"touches": sorted(touches), "counts": json.loads(_counts(merge))},
        )
    )
    connection.execute(  # the newest entry bears the latest time: later ones go by it
        insert(ActionRow).values(
            action_id=new_id(), at=later(at), kind=KNOWN, title="", title_values={}, state="done", payload={}
        )
    )


def _counts(merge: Merge) -> str:
    return json.dumps({f"{what} {how}": number for (what, how), number in sorted(merge.result.counts.items())})


def _check_meanwhile(connection: Connection, merge: Merge, entry: int) -> None:
    """Raise ``Moved`` when somebody changed the schema, or one of the reports, while the merge was written."""
    rows = connection.execute(
        select(ActionRow.id, ActionRow.payload).where(
            ActionRow.id > entry, or_(ActionRow.owner.is_(None), ActionRow.owner != OWNER)
        )
    ).all()
    for row in rows:
        touches = set(row.payload.get("touches", ()))
        reports = set(
            connection.execute(select(ActionReportRow.report_id).where(ActionReportRow.action_id == row.id)).scalars()
        )
        of_project = not reports and any(touch.startswith("fact:") for touch in touches)
        if "schema" in touches or of_project or reports & merge.staging.reports:
            raise Moved


def _tell_undone(connection: Connection, targets: set[int]) -> None:
    """Let actions that were undone or done again in the other copy say so."""
    states = {}
    ordered = sorted(targets)
    for at in range(0, len(ordered), 500):
        some = select(ActionRow.id, ActionRow.state).where(ActionRow.id.in_(ordered[at : at + 500]))
        states.update({row.id: row.state for row in connection.execute(some)})
    for action, undo in undone_by(connection, ordered).items():
        state = states[action]
        if state not in ("pending", MERGED):
            if undo is not None:
                state = state if state in ("undone", "discarded") else "discarded"
            elif state in ("undone", "discarded"):
                state = MERGED
        connection.execute(update(ActionRow).where(ActionRow.id == action).values(state=state, undone_by=undo))
