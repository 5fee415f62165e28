"""Annotation sets: one annotator's labels on one report, in both copies, merged label by label by id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from model.merging.chunks import Chunk
from model.merging.label_step import LabelStep
from model.merging.places import Merge
from model.merging.side import Side, change_of
from model.merging.versions import Version, standing

Offsets = Callable[[int], int] | None


@dataclass
class Labels:
    """What a copy has of one annotator on one report: her set (the live one) and label rows by id.

    Rows of removed sets count as removed, by what removed the set; a row of the live set goes before them.
    """

    live: Any = None
    gone: list[Any] = field(default_factory=list)
    entities: dict[str, Any] = field(default_factory=dict)
    relations: dict[str, Any] = field(default_factory=dict)
    set_of: dict[int, Any] = field(default_factory=dict)
    by_key: dict[int, str] = field(default_factory=dict)

    def removed_by(self, row: Any) -> int | None:
        """What removed a label, itself or with its set."""
        home = self.set_of[row.set_id]
        return row.removed_by or (None if self.live is not None and home.id == self.live.id else home.removed_by)

    def change(self, row: Any) -> int:
        """The key of the action that changed a label last, itself or by removing its set."""
        if row.removed_by is None and self.removed_by(row) is not None:
            return change_of(self.set_of[row.set_id])
        return change_of(row)


def labels_of(chunk: Chunk, sets: Iterable[Any]) -> Labels:
    """The rows of one annotator's sets on one report."""
    found = Labels()
    for each in sorted(sets, key=lambda row: (row.removed_by is None, row.id)):  # the live one last: it goes before
        found.set_of[each.id] = each
        if each.removed_by is None:
            found.live = each
        else:
            found.gone.append(each)
        for row in chunk.entities[each.id]:
            found.entities[row.entity_id] = row
            found.by_key[row.id] = row.entity_id
        for row in chunk.relations[each.id]:
            found.relations[row.relation_id] = row
    return found


def merge_sets(
    merge: Merge, their_report: int, report: int, text: int, theirs: Chunk, ours: Chunk, move: Offsets
) -> None:
    """Merge all sets of one report; ``report`` and ``text`` are keys here."""
    there: dict[int | None, list[Any]] = defaultdict(list)
    here: dict[int | None, list[Any]] = defaultdict(list)
    for row in theirs.sets[their_report]:
        there[row.annotator_id].append(row)
    for row in ours.sets[report]:
        here[row.annotator_id].append(row)
    for annotator, sets in there.items():
        local = merge.found.annotators[annotator]
        _merge_set(
            merge,
            (report, text, local),
            (their_report, annotator),
            labels_of(theirs, sets),
            labels_of(ours, here[local]),
            move,
        )


def _merge_set(
    merge: Merge,
    place: tuple[int, int, int | None],
    their_place: tuple[int, int | None],
    theirs: Labels,
    ours: Labels,
    move: Offsets,
) -> None:
    report, _text, annotator = place
    unknown = ours.live is None and not ours.gone
    step = LabelStep(merge, (report, annotator), their_place, theirs, ours, move)
    step.decide()
    target = _status(merge, place, theirs, ours, step.any_live)
    if target is None and unknown:  # removed there, and never known here: the next copy has to know
        target = _add(merge, place, theirs, ours, None, gone=True)
    if target is None:
        target = int(ours.gone[-1].id)
    step.write(target, new=ours.live is None)


def _status(
    merge: Merge, place: tuple[int, int, int | None], theirs: Labels, ours: Labels, any_live: bool
) -> int | None:
    """The key of the set that holds the labels from now on: ours, or a new one; None when there is none."""
    versions = standing(
        _set_version(merge.here, ours), _set_version(merge.there, theirs), merge.here.known, merge.there.known
    )
    first = versions[0] if versions else None
    stands = any_live or (first is not None and first.value is not None)
    if ours.live is None:
        if not stands or (theirs.live is None and not any_live):
            return None
        return _add(merge, place, theirs, ours, first)
    if not stands and first is not None:
        merge.staging.edit("annotation_set", ours.live.id, {"removed_by": merge.key_of(first), "changed_by": None})
        merge.result.count("sets", "removed")
    elif first is not None and first.value is not None and first.value["status"] != ours.live.status:
        key = merge.key_of(first)
        values = {"status": first.value["status"], "touched_by": key, "changed_by": None}
        merge.staging.edit("annotation_set", ours.live.id, values)
        merge.result.count("sets", "changed")
    elif first is not None and first.value is not None and _newer(merge, first, ours.live):
        merge.staging.edit("annotation_set", ours.live.id, {"touched_by": merge.key_of(first), "changed_by": None})
    return int(ours.live.id)


def _newer(merge: Merge, version: Version, row: Any) -> bool:
    """Whether a version is not the one that our row bears."""
    return merge.here.ids.get(change_of(row)) != version.action


def _set_version(side: Side, labels: Labels) -> tuple[Version, ...]:
    row = labels.live or max(
        labels.gone, key=lambda each: side.known.get(side.ids.get(change_of(each), ""), ""), default=None
    )
    if row is None:
        return ()
    return side.version(change_of(row), None if row.removed_by is not None else {"status": row.status})


def _add(
    merge: Merge,
    place: tuple[int, int, int | None],
    theirs: Labels,
    ours: Labels,
    version: Version | None,
    gone: bool = False,
) -> int:
    """Stage a set; ``gone``: as removed as it is there."""
    report, text, annotator = place
    key = merge.keys.take("annotation_set")
    source = theirs.live or (ours.gone or theirs.gone)[-1]
    status = version.value["status"] if version is not None and version.value is not None else source.status
    local = merge.local if theirs.live is not None or not ours.gone else (lambda action: action)
    touched = merge.key_of(version) if version is not None and version.value is not None else local(source.touched_by)
    merge.staging.add(
        "annotation_set",
        {
            "id": key,
            "report_id": report,
            "text_id": text,
            "annotator_id": annotator,
            "status": status,
            "schema_number": source.schema_number,
            "version": source.version,
            "created_by": local(source.created_by),
            "touched_by": touched,
            "removed_by": merge.local(source.removed_by) if gone else None,
            "changed_by": merge.local(source.changed_by) if gone and source.changed_by else None,
        },
        hidden_by=None if gone else merge.entry,
    )
    if not gone:
        merge.result.count("sets", "added")
    return key
