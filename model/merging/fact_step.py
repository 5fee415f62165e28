"""Facts of the other copy: assignments, decisions, rejections, entries of the registry, settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from model.merged_values import dumps
from model.merging.places import Merge, Place
from model.merging.side import Side, change_of

_Key = tuple[str, int | None, str]
"""Kind, key of the annotator, key of the fact."""


def merge_facts(merge: Merge, report: int | None, their_report: int | None, theirs: list[Any], ours: list[Any]) -> None:
    """Merge the facts about one report (keys here and there), or about none."""
    here = _heads(merge.here, ours)
    for key, there in _heads(merge.there, theirs).items():
        kind, annotator, name = key
        local = merge.found.annotators.get(annotator)
        place: Place = (report, local, f"fact:{kind}:{name}")
        their_place: Place = (their_report, annotator, f"fact:{kind}:{name}")
        collided = place in merge.lost_here or their_place in merge.lost_there
        if change_of(there) in merge.found.new or collided:
            _merge_fact(merge, there, here.get((kind, local, name)), place, their_place)


def _heads(side: Side, rows: Iterable[Any]) -> dict[_Key, Any]:
    """Of each fact the row that stands, or else the one that was removed last."""
    heads: dict[_Key, Any] = {}
    for row in rows:
        key = (row.kind, row.annotator_id, row.key)
        if key not in heads or _rank(side, row) > _rank(side, heads[key]):
            heads[key] = row
    return heads


def _rank(side: Side, row: Any) -> tuple[bool, str, int]:
    return row.removed_by is None, side.known.get(side.ids.get(change_of(row), ""), ""), row.id


def _merge_fact(merge: Merge, there: Any, here: Any, place: Place, their_place: Place) -> None:
    mine = merge.here.version(change_of(here), _value(here)) if here is not None else ()
    yours = merge.there.version(change_of(there), _value(there))
    versions = merge.decide(mine, yours, place, their_place)
    if not versions:
        return
    first = versions[0]
    kind = f"fact:{there.kind}"
    stands = here is not None and here.removed_by is None
    if not any(version.action == first.action for version in mine):
        key = merge.key_of(first)
        if first.value is None:
            if stands:
                merge.staging.edit("fact", here.id, {"removed_by": key, "changed_by": None})
                merge.result.count(kind, "removed")
            elif here is None:
                _add(merge, there, place, dict(there.value), None)
        elif stands:
            values = {"value": dict(first.value), "touched_by": key, "changed_by": None}
            merge.staging.edit("fact", here.id, values)
            if first.value != _value(here):
                merge.result.count(kind, "changed")
        else:
            _add(merge, there, place, dict(first.value), key)
            merge.result.count(kind, "added")
        merge.found.touches.add(kind)
    merge.keep(place, versions[1:], first.value)


def _value(row: Any) -> dict[str, Any] | None:
    return None if row.removed_by is not None else dict(row.value)


def _add(merge: Merge, there: Any, place: Place, value: dict[str, Any], touched: int | None) -> None:
    """Stage a fact; without what ``touched`` it, as removed as it is there: the next copy has to know."""
    merge.staging.add(
        "fact",
        {
            "id": merge.keys.take("fact"),
            "kind": there.kind,
            "report_id": place[0],
            "annotator_id": place[1],
            "key": there.key,
            "value": dumps(value),
            "version": there.version,
            "created_by": merge.local(there.created_by),
            "touched_by": touched or merge.local(there.touched_by),
            "removed_by": merge.local(there.removed_by) if touched is None else None,
            "changed_by": merge.local(there.changed_by) if touched is None and there.changed_by else None,
        },
        hidden_by=merge.entry if touched is not None else None,
    )
