"""Reports of the other copy: which of ours they are, what is newer of them, and those that are new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import or_, select

from annotations.offsets import NormalForm
from model.merged_values import as_json, other_name, plain_name, report_columns, report_value
from model.merging.chunks import Chunk, read_reports
from model.merging.places import Lost, Merge, Place
from model.merging.set_step import merge_sets
from model.merging.side import change_of
from model.merging.versions import Version, standing
from model.queries.visible import not_pending
from model.tables import ReportRow, TextRow


def merge_reports(merge: Merge, theirs: Chunk) -> tuple[dict[int, int], Chunk]:
    """Merge what the other has of some reports; their keys here by their keys there, and what we have of them."""
    done: dict[int, int] = {}
    matched = match(merge, theirs)
    ours = read_reports(merge.ours, sorted(set(matched.values())))
    rows = {row.id: row for row in ours.reports}
    for report in theirs.reports:
        here = rows.get(matched.get(report.id, 0))
        if here is None:
            key = _add(merge, report, theirs.texts[report.id])
            _bring_lost(merge, report, key)
        else:
            key = here.id
            _update(merge, report, here, theirs, ours)
        merge.reports[report.id] = key
        merge.staging.reports.add(key)
        move = _offsets(theirs.texts[report.id], ours.texts.get(key))
        text_key = ours.texts[key][-1].id if here is not None else merge.staging.texts[key]
        merge_sets(merge, report.id, key, text_key, theirs, ours, move)
        done[report.id] = key
    return done, ours


def match(merge: Merge, theirs: Chunk) -> dict[int, int]:
    """Which report of ours each of theirs is: made by the same action or of the same id with the same text, else the
    same text."""
    forms = {key: rows[-1].form_hash for key, rows in theirs.texts.items()}
    columns = ReportRow.id, ReportRow.report_id, ReportRow.created_by, ReportRow.removed_by, TextRow.form_hash
    candidates: dict[str, list[Any]] = defaultdict(list)
    for row in merge.ours.execute(
        select(*columns)
        .join(TextRow, TextRow.report_id == ReportRow.id)
        .where(TextRow.form_hash.in_(sorted(set(forms.values()))), not_pending(ReportRow))
        .where(or_(ReportRow.removed_by.is_(None), ReportRow.removed_by != merge.entry))
        .order_by(ReportRow.id)
    ):
        candidates[row.form_hash].append(row)
    found: dict[int, int] = {}
    taken = set(merge.reports.values())
    for report in sorted(theirs.reports, key=lambda row: (row.removed_by is not None, row.id)):
        free = [row for row in candidates[forms[report.id]] if row.id not in taken]
        best = min(free, key=lambda row: _distance(merge, report, row), default=None)
        if best is not None and (report.removed_by is None or _distance(merge, report, best)[1] == 0):
            found[report.id] = best.id
            taken.add(best.id)
    return found


def _distance(merge: Merge, theirs: Any, ours: Any) -> tuple[bool, int]:
    """How far a report of ours is from being the same: removed ones last; same maker or id, else only the text."""
    maker = merge.there.ids.get(theirs.created_by)
    same = theirs.report_id == ours.report_id or (maker is not None and merge.here.ids.get(ours.created_by) == maker)
    gone = ours.removed_by is not None
    if gone and not same:
        return True, 2
    return gone, 0 if same else 1


def _offsets(theirs: list[Any], ours: list[Any] | None) -> Any:
    """What brings the other's offsets into our form of the text; None where the texts are equal."""
    if not ours or theirs[-1].stored_hash == ours[-1].stored_hash:
        return None
    there, here = NormalForm(theirs[-1].content), NormalForm(ours[-1].content)
    return lambda offset: here.from_form(there.to_form(offset))


def _add(merge: Merge, report: Any, texts: list[Any]) -> int:
    """Stage a report that we lack."""
    key = merge.keys.take("report")
    gone = report.removed_by is not None
    report_id = report.report_id if gone else _free_id(merge, report, texts[-1].form_hash)
    name = report.name if gone else _free_name(merge, plain_name(report.name, report.report_id), report_id, report)
    if name != report.name:
        merge.result.renamed[report.name] = name
    values = report_columns({**report_value(report), "name": name})
    marks = {
        "id": key,
        "report_id": report_id,
        "version": report.version,
        "created_by": merge.local(report.created_by),
        "touched_by": merge.local(report.touched_by),
        "removed_by": merge.local(report.removed_by) if gone else None,
        "changed_by": merge.local(report.changed_by) if report.changed_by else None,
    }
    staged = as_json({**values, **marks}, "metadata")
    merge.staging.add("report", staged, hidden_by=None if gone else merge.entry)
    for row in texts:
        text_key = merge.keys.take("report_text")
        merge.staging.rows["report_text"].append(
            (text_key, key, row.number, row.length, row.source_hash, row.stored_hash, row.form_hash, row.content)
        )
        merge.staging.texts[key] = text_key
    if not gone:
        merge.result.count("reports", "added")
    return key


def _bring_lost(merge: Merge, report: Any, key: int) -> None:
    """Take along the collision that the other holds on a report that is new here."""
    lost = merge.lost_there.get((report.id, None, "report:"))
    if lost is not None:
        merge.keep((key, None, "report:"), lost.versions, report_value(report))


def _free_id(merge: Merge, report: Any, form_hash: str) -> str:
    """The report's id; with the text's hash behind it when another text of ours has it."""
    taken = merge.ours.execute(
        select(ReportRow.id).where(ReportRow.report_id == report.report_id, ReportRow.removed_by.is_(None))
    ).first()
    return f"{report.report_id}-{form_hash[:8]}" if taken else str(report.report_id)


def _free_name(merge: Merge, name: str, report_id: str, report: Any) -> str:
    """The name, when no other report has it or an older one gives way; else one with the id behind it."""
    there = merge.staging.by_name.get(name)
    older = there
    if there is None:
        row = merge.ours.execute(
            select(ReportRow.id, ReportRow.report_id, ReportRow.created_by, ReportRow.title).where(
                ReportRow.name == name, ReportRow.removed_by.is_(None), ReportRow.report_id != report_id
            )
        ).first()
        if row is not None and row.id not in merge.staging.given_way:
            made = merge.here.ids.get(row.created_by, "")
            older = (merge.here.known.get(made, ""), made, row.report_id, row.id, row.title)
    maker = merge.there.ids.get(report.created_by, "")
    mine = (merge.there.known.get(maker, ""), maker, report_id, 0, "")
    if older is None or mine[:3] < older[:3]:
        if older is not None and older[3]:
            _give_way(merge, older, name)
        merge.staging.by_name[name] = mine
        return name
    return other_name(name, report_id)


def _give_way(merge: Merge, older: tuple[str, str, str, int, str], name: str) -> None:
    """Give a report of ours the other name, because the older report of this name is the other copy's."""
    values = report_columns({"name": other_name(name, older[2]), "title": older[4]})
    merge.staging.edit("report", older[3], {"name": values["name"], "folded": values["folded"]})
    merge.staging.given_way.add(older[3])
    merge.result.renamed[name] = values["name"]


def _update(merge: Merge, theirs: Any, ours: Any, their_chunk: Chunk, our_chunk: Chunk) -> None:
    """Take what is newer of a report that both have."""
    place, their_place = (ours.id, None, "report:"), (theirs.id, None, "report:")
    mine = _versions(merge.here, ours, merge.lost_here.get(place))
    yours = _versions(merge.there, theirs, merge.lost_there.get(their_place))
    if any(version.value is None for version in (*mine, *yours)):
        content_here = _content(merge.here, our_chunk, ours, merge.there.known, merge.lost_here)
        content_there = _content(merge.there, their_chunk, theirs, merge.here.known, merge.lost_there)
        mine = _needed(mine, content_there, merge.there.known)
        yours = _needed(yours, content_here, merge.here.known)
    versions = standing(mine, yours, merge.here.known, merge.there.known)
    _adopt_id(merge, theirs, ours)
    if not versions:
        return
    first = versions[0]
    change = merge.here.ids.get(change_of(ours), "")
    kept = first.value is None and first.needed
    if kept and (ours.removed_by is not None or change != first.action):
        merge.staging.edit("report", ours.id, {"removed_by": None, "changed_by": merge.key_of(first)})
        merge.result.count("reports", "changed" if ours.removed_by is None else "added")
    elif not kept and change != first.action:
        _become(merge, ours, first, theirs)
    shown = report_value(ours) if kept else first.value
    merge.keep(place, versions if kept else versions[1:], shown)


def _versions(side: Any, row: Any, lost: Lost | None) -> list[Version]:
    """The versions that a copy holds of a report: a report that is needed bears the removal that does not count."""
    found = {version.action: version for version in (lost.versions if lost else ())}
    for version in side.version(change_of(row), None if row.removed_by is not None else report_value(row)):
        found.setdefault(version.action, version)
    return list(found.values())


def _needed(versions: list[Version], content: bool, known: Container[str]) -> list[Version]:
    """Mark the removals that the other copy did not know of when it went on working on the report."""
    return [
        replace(version, needed=True) if content and version.value is None and version.action not in known else version
        for version in versions
    ]


def _content(side: Any, chunk: Chunk, report: Any, known: Container[str], lost: Mapping[Place, Lost]) -> bool:
    """Whether anything was done to labels of the report that the other copy does not know."""
    changes = {
        side.ids.get(change_of(row), "")
        for each in chunk.sets[report.id]
        for row in (each, *chunk.entities[each.id], *chunk.relations[each.id])
    }
    kept = (one for place, one in lost.items() if place[0] == report.id and place[2] != "report:")
    changes.update(version.action for one in kept for version in one.versions)
    return any(action and action not in known for action in changes)


def _become(merge: Merge, ours: Any, version: Version, theirs: Any) -> None:
    """Stage what the shown version makes of our row."""
    key = merge.key_of(version)
    if version.value is None:
        merge.staging.edit("report", ours.id, {"removed_by": key, "changed_by": None})
        merge.result.count("reports", "removed")
        return
    name = plain_name(version.value["name"], ours.report_id)
    if name != plain_name(ours.name, ours.report_id) or ours.removed_by is not None:
        name = _free_name(merge, name, ours.report_id, theirs)
    else:
        name = ours.name
    values = report_columns({**version.value, "name": name})
    marks = {"removed_by": None, "touched_by": key, "changed_by": None}
    merge.staging.edit("report", ours.id, {**values, **marks})
    if ours.removed_by is not None or version.value != report_value(ours):
        merge.result.count("reports", "changed" if ours.removed_by is None else "added")


def _adopt_id(merge: Merge, theirs: Any, ours: Any) -> None:
    """Where both copies imported the same text, the older report's id and maker hold, in every copy."""
    made_here, made_there = merge.here.ids.get(ours.created_by), merge.there.ids.get(theirs.created_by)
    if made_there is None or made_here == made_there:
        return
    if made_here is not None and (merge.here.known[made_here], made_here) < (merge.there.known[made_there], made_there):
        return
    values: dict[str, Any] = {"created_by": merge.local(theirs.created_by)}
    taken = merge.ours.execute(
        select(ReportRow.id).where(ReportRow.report_id == theirs.report_id, ReportRow.removed_by.is_(None))
    ).first()
    if theirs.report_id != ours.report_id and taken is None:
        values["report_id"] = theirs.report_id
    merge.staging.edit("report", ours.id, values)
