"""Edits of one annotation set together: which of them the schema's rules for relations do not allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from annotations.corpus import LabelledReport
from annotations.errors import Refused
from annotations.report import AnnotationSet
from annotations.schema import Schema
from exports.xlsx.edits import RowEdit, RowProblem

_FORBIDDEN = "the schema does not allow the relation {type} from {source} to {target}"
_TWICE = "these two are related as {type} already"


def settle(
    edits: Iterable[RowEdit], labelled: LabelledReport | None, schema: Schema
) -> tuple[list[RowEdit], list[RowProblem]]:
    """The edits that can be made together, and the others with the reason."""
    kept = list(edits)
    problems: list[RowProblem] = []
    for labels in labelled.sets if labelled else ():
        while True:
            mine = [edit for edit in kept if edit.annotator == (labels.annotator or "") and edit.label is not None]
            bad = _forbidden(mine, labels, schema)
            if not bad:
                break
            kept = [edit for edit in kept if not any(edit is one for one, _ in bad)]
            problems += [RowProblem(edit.sheet, edit.number, edit.id, why) for edit, why in bad]
    return kept, problems


def _forbidden(edits: list[RowEdit], labels: AnnotationSet, schema: Schema) -> list[tuple[RowEdit, Refused]]:
    """Of the first relation that would not be allowed, the rows that are to blame."""
    entities = {edit.id: edit for edit in edits if edit.table == "Entities"}
    relations = {edit.id: edit for edit in edits if edit.table == "Relations"}
    names = {entity.id: entity.label for entity in labels.entities} | {
        key: edit.label for key, edit in entities.items()
    }
    types = {relation.id: relation.type for relation in labels.relations} | {
        key: edit.label for key, edit in relations.items()
    }
    count = Counter((types[relation.id], relation.source, relation.target) for relation in labels.relations)
    for relation in labels.relations:
        kind, source, target = types[relation.id] or "", names[relation.source] or "", names[relation.target] or ""
        blamed = [
            edit
            for edit in (relations.get(relation.id), entities.get(relation.source), entities.get(relation.target))
            if edit is not None
        ]
        known = schema.relations_by_name.get(kind)
        if blamed and (known is None or not known.joins(source, target)):
            return [(edit, Refused(_FORBIDDEN, type=kind, source=source, target=target)) for edit in blamed]
        if relation.id in relations and count[(kind, relation.source, relation.target)] > 1:
            return [(relations[relation.id], Refused(_TWICE, type=kind))]
    return []
