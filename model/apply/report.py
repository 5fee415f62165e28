"""Reports: metadata, the status of one's own sets, removal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from annotations.changes.report import COMMENT, EDITABLE, DeleteReports, EditReports, SetStatus
from annotations.errors import Refused
from annotations.offsets import fold
from model.apply.action import Action
from model.apply.rows import Title, counted, cut
from model.tables import ReportRow, SetRow


def folded(name: str, title: str) -> str:
    """Name and title as the list's filter sees them."""
    return fold(f"{name} {title}")


def edit_reports(action: Action, change: EditReports) -> Title:
    """Set metadata of reports; names stay unique."""
    for report_id, fields in change.fields.items():
        unknown = set(fields) - {*EDITABLE, COMMENT}
        if unknown:
            raise ValueError(f"not a field of a report that can be edited: {unknown}")
        row_id = action.report(report_id)
        row = action.connection.execute(
            select(ReportRow.name, ReportRow.title, ReportRow.meta.label("meta")).where(ReportRow.id == row_id)
        ).one()
        values: dict[str, Any] = {name: value for name, value in fields.items() if name != COMMENT}
        if COMMENT in fields:
            values["meta"] = _commented(row.meta or {}, fields[COMMENT])
        if "name" in fields and fields["name"] != row.name:
            check_name(action, fields["name"])
        if "name" in fields or "title" in fields:
            values["folded"] = folded(fields.get("name", row.name), fields.get("title", row.title))
        if action.edit(ReportRow, row_id, values):
            action.touches.add("reports")
    names = list(dict.fromkeys(name for fields in change.fields.values() for name in fields))
    return "Edit {names} of {count} reports", {"names": ", ".join(names), "count": len(change.fields)}


def _commented(metadata: dict[str, Any], comment: str) -> dict[str, Any] | None:
    """The metadata with the comment, or without one when it is empty."""
    rest = {key: value for key, value in metadata.items() if key != COMMENT}
    return {**rest, **({COMMENT: comment} if comment else {})} or None


def check_name(action: Action, name: str) -> None:
    if not name.strip():
        raise Refused("A report needs a name. Nothing was changed.")
    if action.connection.execute(
        select(ReportRow.id).where(ReportRow.name == name, ReportRow.removed_by.is_(None))
    ).first():
        raise Refused("Another report is called {name}. Nothing was changed; choose another name.", name=name)


def set_status(action: Action, change: SetStatus) -> Title:
    """Say how far the acting annotator's sets are; a set is made where there is none."""
    for report_id in change.report_ids:
        own = action.make_or_find_set(report_id, change.status)
        if action.edit(SetRow, own.id, {"status": change.status.value}):
            action.touches.add("reports")
    return "Mark {count} reports as {status}", {"count": len(change.report_ids), "status": change.status.value}


def delete_reports(action: Action, change: DeleteReports) -> Title:
    """Take reports out of the project; their labels are hidden with them."""
    rows = [action.report(report_id) for report_id in change.report_ids]
    name = action.connection.execute(select(ReportRow.name).where(ReportRow.id.in_(rows[:1]))).scalar() or ""
    action.remove(ReportRow, rows)
    action.touches.add("queue")
    return "Remove report {what}", {"what": counted([cut(name)], len(rows))}
