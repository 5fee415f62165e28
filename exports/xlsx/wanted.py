"""What a row asks for: its changed cells read as values, and checked. Raises ``Refused`` for what is mistyped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from annotations.errors import Refused
from annotations.normalise.edtf import is_edtf
from annotations.report import AnnotationSet, Entity, Relation, Report
from annotations.schema import Attribute, Schema
from exports.xlsx.attributes import main_attribute, split_attributes


@dataclass(frozen=True, slots=True)
class Now:
    """What the project holds in place of a row: a report, or a label of a set."""

    report: Report
    labels: AnnotationSet | None = None
    label: Entity | Relation | None = None

    @property
    def version(self) -> int:
        """The label's; 0 for a report."""
        return self.label.version if self.label is not None else 0


Wanted = dict[str, Any]
"""Fields of ``exports.xlsx.edits.RowEdit`` (Any: of their types) that differ from what there is; empty: nothing to do."""


def wanted_report(now: Now, changed: Mapping[str, str], comment: str, schema: Schema) -> Wanted:
    """Metadata; the comment goes into the report's metadata."""
    fields = dict(changed)
    date = fields.get("date", "")
    if date and (not is_edtf(date) or ";" in date or "T" in date):
        raise Refused("“{value}” is no date like 2021-04-29 or 2021-04 (EDTF)", value=date)
    there = now.report.metadata.get("comment")
    if comment:
        said = _with_comment(there if isinstance(there, str) else "", comment)
        if said != there:
            fields["comment"] = said
    return {"fields": fields} if fields else {}


def wanted_entity(now: Now, changed: Mapping[str, str], comment: str, schema: Schema) -> Wanted:
    """Label, attributes, note, registry entry. The value is that of the label which the row names."""
    entity = now.label
    assert isinstance(entity, Entity)
    label = changed.get("label", entity.label)
    if "label" in changed and label not in schema.entities_by_name:
        raise _unknown(label, schema.entities_by_name)
    wanted: Wanted = {} if label == entity.label else {"label": label}
    attributes = _entity_attributes(entity, label, changed, schema)
    kind = schema.entities_by_name.get(label)
    _differing(wanted, entity.attributes, attributes, kind.attributes if kind else (), label)
    _texts(wanted, entity.note, changed, comment)
    if "entry" in changed and changed["entry"] != (entity.entry or ""):
        wanted["entry"] = changed["entry"]
    return wanted


def wanted_relation(now: Now, changed: Mapping[str, str], comment: str, schema: Schema) -> Wanted:
    """Type, attributes, note."""
    relation = now.label
    assert isinstance(relation, Relation)
    kind = changed.get("type", relation.type)
    if "type" in changed and kind not in schema.relations_by_name:
        raise _unknown(kind, schema.relations_by_name)
    wanted: Wanted = {} if kind == relation.type else {"label": kind}
    attributes = _split(changed["attributes"]) if "attributes" in changed else dict(relation.attributes)
    known = schema.relations_by_name.get(kind)
    _differing(wanted, relation.attributes, attributes, known.attributes if known else (), kind)
    _texts(wanted, relation.note, changed, comment)
    return wanted


WANTED: Mapping[str, Callable[[Now, Mapping[str, str], str, Schema], Wanted]] = {
    "Reports": wanted_report,
    "Entities": wanted_entity,
    "Relations": wanted_relation,
}
"""How the rows of a table are read."""


def _entity_attributes(entity: Entity, label: str, changed: Mapping[str, str], schema: Schema) -> dict[str, str]:
    """The attributes that the cells Value and Other attributes give, for the label that the row names."""
    before, after = (_main(name, schema) for name in (entity.label, label))
    others = {name: value for name, value in entity.attributes.items() if name != before}
    value = changed.get("value", entity.attributes.get(before, "") if before else "")
    if "attributes" in changed:
        others = _split(changed["attributes"])
    if not after:
        if value:
            raise Refused("the label {label} has no Value; empty the cell, or choose another label", label=label)
        return others
    if after in others:
        if value not in ("", others[after]):
            raise Refused("“{name}” stands in Value and, otherwise, in Other attributes", name=after)
        value = others.pop(after)
    return {**others, after: value} if value else others


def _main(label: str, schema: Schema) -> str:
    kind = schema.entities_by_name.get(label)
    return main_attribute(kind) if kind else ""


def _split(text: str) -> dict[str, str]:
    try:
        return split_attributes(text)
    except ValueError as error:
        raise Refused(
            "“{text}” in Other attributes cannot be read; write name=value; name=value", text=str(error)
        ) from error


def _differing(
    wanted: Wanted, now: Mapping[str, str], then: Mapping[str, str], known: tuple[Attribute, ...], label: str
) -> None:
    """Put what differs into ``wanted``, an empty value for what goes."""
    kinds = {attribute.name: attribute.kind for attribute in known}
    new = {name: value for name, value in then.items() if value != now.get(name, "")}
    for name, value in new.items():
        if name not in kinds and name not in now:
            raise Refused(
                "the label {label} has no attribute “{name}”; it has {known}",
                label=label,
                name=name,
                known=", ".join(kinds) or "none",
            )
        if kinds.get(name) == "edtf" and not is_edtf(value):
            raise Refused("“{value}” is no date like 2021-04-29 or 2021-04 (EDTF)", value=value)
    gone = {name: "" for name, value in now.items() if value and not then.get(name)}
    if new or gone:
        wanted["attributes"] = {**new, **gone}


def _texts(wanted: Wanted, note: str | None, changed: Mapping[str, str], comment: str) -> None:
    said = changed.get("note", note or "")
    if comment:
        said = _with_comment(said, comment)
    if said != (note or ""):
        wanted["note"] = said


def _with_comment(there: str, comment: str) -> str:
    """A comment is added below what is there, once."""
    if f"\n{comment}\n" in f"\n{there}\n":
        return there
    return f"{there}\n{comment}" if there else comment


def _unknown(label: str, known: Mapping[str, object]) -> Refused:
    return Refused("the schema has no label {label}; it has {known}", label=label, known=", ".join(known))
