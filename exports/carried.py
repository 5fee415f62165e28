"""What a format has no field for, carried beside its own fields so that it comes back.

Tools keep keys that they do not know (doccano and Label Studio in the metadata, Prodigy and spaCy where they
stand), but a person may have moved, relabelled or deleted labels there. So the tool's own fields always win: what is
carried adds to a label that is still there, and never brings one back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from annotations.report import AnnotationSet, Entity, Relation, Report
from exports.json_records import Json

KEY = "chugiai"
"""The key under which a record, an entity or a relation carries it."""

FRAGMENTS = "gaps of discontinuous entities that were changed elsewhere"
_REPORT = ("id", "name", "title", "date", "source", "locality", "metadata")
_OWNER = ("annotator", "adjudicated", "status")
_LABEL = ("attributes", "note", "entry", "origin", "by", "confidence", "metadata")


def report_part(report: Report) -> Json:
    """The report without its text."""
    made: Json = {key: getattr(report, key) for key in _REPORT if getattr(report, key)}
    if report.metadata:
        made["metadata"] = dict(report.metadata)
    return made


def owner_part(labels: AnnotationSet | None) -> Json:
    """Whose annotation set it is and how far; empty for a report without one."""
    if labels is None:
        return {}
    owner: Json = {"adjudicated": True} if labels.adjudicated else {"annotator": labels.annotator}
    return {**owner, "status": str(labels.status)}


def entity_part(entity: Entity) -> Json:
    """The entity without its label and hull."""
    made = _label_part(entity)
    if entity.entry is not None:
        made["entry"] = entity.entry
    if entity.fragments:
        made["fragments"] = [list(span) for span in entity.fragments]
    return made


def relation_part(relation: Relation) -> Json:
    """The relation without its type and ends."""
    return _label_part(relation)


def _label_part(label: Entity | Relation) -> Json:
    made: Json = {"id": label.id}
    if label.attributes:
        made["attributes"] = dict(label.attributes)
    if label.note is not None:
        made["note"] = label.note
    made["origin"] = str(label.origin)
    if label.by is not None:
        made["by"] = label.by
    if label.confidence is not None:
        made["confidence"] = label.confidence
    if label.metadata:
        made["metadata"] = dict(label.metadata)
    return made


def native_report(carried: object, text: object) -> Json:
    """The beginning of a native record: the carried report and owner, with the text as it stands."""
    known = carried if type(carried) is dict else {}
    return {**{key: known[key] for key in (*_REPORT, *_OWNER) if key in known}, "text": text}


def native_entity(own: Json, carried: object, left_out: Counter[str]) -> Json:
    """An entity of a native record: ``own`` (label, start, end) with what is carried for it.

    Carried fragments that no longer go from start to end are counted in ``left_out``.
    """
    known = carried if type(carried) is dict else {}
    made = {**{key: known[key] for key in ("id", *_LABEL) if key in known}, **own}
    fragments = known.get("fragments")
    if fragments is not None:
        if _hull(fragments) == [own["start"], own["end"]]:
            made["fragments"] = fragments
        else:
            left_out[FRAGMENTS] += 1
    return made


def native_relation(own: Json, carried: object) -> Json:
    """A relation of a native record: ``own`` (type, source, target) with what is carried for it."""
    known = carried if type(carried) is dict else {}
    return {**{key: known[key] for key in ("id", *_LABEL) if key in known}, **own}


def _hull(fragments: object) -> list[object] | None:
    try:
        return [fragments[0][0], fragments[-1][1]]  # type: ignore[index]
    except (TypeError, IndexError, KeyError):
        return None


class Carried:
    """Finds what is carried for a label by what the tool kept of it, where the tool keeps nothing on the label itself.

    ``parts`` are pairs of a key (label, start and end, say) and the carried part; each is given once.
    """

    def __init__(self, parts: Iterable[tuple[object, Json]]) -> None:
        self._parts: dict[object, list[Json]] = {}
        for key, part in parts:
            self._parts.setdefault(key, []).append(part)
        for waiting in self._parts.values():
            waiting.reverse()

    def take(self, key: object) -> Json | None:
        """The next part with this key; None when there is none (any more)."""
        try:
            waiting = self._parts.get(key)
        except TypeError:  # a list or an object where a text should be: refused later, with its place
            return None
        return waiting.pop() if waiting else None


def foreign_metadata(record: Mapping[str, object], known: Iterable[str]) -> Json:
    """The keys of another tool's record that we do not know."""
    left = set(known)
    return {key: value for key, value in record.items() if key not in left}
