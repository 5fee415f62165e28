"""A decision as a plain JSON value, to be kept under its conflict's id, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotations.report import Entity, Origin, Relation
from annotations.review.decision import Answer, Decision, Seen, Source, fingerprint

Json = dict[str, Any]
"""Any: plain JSON values."""


def decision_value(decision: Decision) -> Json:
    """All of a decision but the report and the conflict it is about; what is empty is left out."""
    value: Json = {
        "answer": str(decision.answer),
        "taken": decision.taken,
        "label_from": decision.label_from,
        "attributes_from": dict(decision.attributes_from),
        "own": label_value(decision.own),
        "result": label_value(decision.result),
        "open": list(decision.open_points),
        "source": str(decision.source),
        "reason": decision.reason,
        "note": decision.note,
        "by": decision.by,
        "at": decision.at,
        "seen": [[seen.annotator, seen.label_id, seen.digest] for seen in decision.seen],
        "relation": decision.about_relation,
    }
    return {name: kept for name, kept in value.items() if kept}


def decision_from(value: Mapping[str, Any], report_id: str, conflict_id: str) -> Decision:
    """The decision that such a value stands for. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for another one."""
    about_relation = bool(value.get("relation"))
    seen = tuple(Seen(*map(str, each)) for each in value.get("seen", ()))
    return Decision(
        conflict_id=conflict_id,
        report_id=report_id,
        answer=Answer(value["answer"]),
        taken=value.get("taken", ""),
        label_from=value.get("label_from", ""),
        attributes_from=value.get("attributes_from", {}),
        own=_label(value.get("own"), about_relation),
        result=_label(value.get("result"), about_relation),
        open_points=tuple(value.get("open", ())),
        source=Source(value.get("source", Source.DECIDED)),
        reason=value.get("reason", ""),
        note=value.get("note", ""),
        by=value.get("by", ""),
        at=value.get("at", ""),
        seen=seen,
        fingerprint=fingerprint(seen),
        about_relation=about_relation,
    )


def label_value(label: Entity | Relation | None) -> Json | None:
    """An adjudicated label without what it does not have."""
    if label is None:
        return None
    value: Json = {"id": label.id, "attributes": dict(label.attributes)}
    if isinstance(label, Entity):
        value |= {"label": label.label, "start": label.start, "end": label.end, "entry": label.entry}
        value["fragments"] = [list(span) for span in label.fragments]
    else:
        value |= {"type": label.type, "source": label.source, "target": label.target}
    return {name: kept for name, kept in value.items() if kept or name in ("start", "end")}


def _label(value: Mapping[str, Any] | None, is_relation: bool) -> Entity | Relation | None:
    if value is None:
        return None
    attributes = value.get("attributes", {})
    if is_relation:
        return Relation(
            value.get("id", ""), value["type"], value["source"], value["target"], attributes, origin=Origin.ADJUDICATED
        )
    fragments = tuple((int(start), int(end)) for start, end in value.get("fragments", ()))
    return Entity(
        value.get("id", ""),
        value["label"],
        int(value["start"]),
        int(value["end"]),
        fragments,
        attributes,
        entry=value.get("entry"),
        origin=Origin.ADJUDICATED,
    )


def same_decision(one: Decision, other: Decision) -> bool:
    """Whether two say the same, whoever said it when."""
    return _said(one) == _said(other)


def _said(decision: Decision) -> Json:
    value = decision_value(decision)
    for name in ("at", "by"):
        value.pop(name, None)
    return value


def source_of(decision: Decision) -> Json:
    """Where the adjudicated label comes from, as it is kept with the label: rule or reviewer, from whom, why, when."""
    value: Json = {
        "conflict": decision.conflict_id,
        "source": str(decision.source),
        "answer": str(decision.answer),
        "from": decision.taken,
        "by": decision.by,
        "reason": decision.reason,
        "note": decision.note,
        "at": decision.at,
    }
    return {name: kept for name, kept in value.items() if kept}
