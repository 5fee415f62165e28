"""Rows of the sheets Reports, Entities and Relations, in the order of their columns."""

from __future__ import annotations

import json
from collections.abc import Mapping

from annotations.corpus import LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Report
from exports.xlsx.attributes import join_attributes
from exports.xlsx.context import Context
from exports.xlsx.sheet import Cell, Linked

YES = "yes"
ADJUDICATED = "(adjudicated)"


def report_row(labelled: LabelledReport, entities_place: str, relations_place: str) -> list[Cell]:
    """The row of a report; the places are those of its first entity and relation, for links."""
    report, sets = labelled.report, labelled.sets
    entities = sum(len(labels.entities) for labels in sets)
    relations = sum(len(labels.relations) for labels in sets)
    return [
        Linked(report.name, entities_place) if entities else report.name,
        report.title,
        report.date,
        report.source,
        report.locality,
        "; ".join(labels.annotator or ADJUDICATED for labels in sets),
        "; ".join(labels.status for labels in sets),
        Linked(entities, entities_place) if entities else 0,
        Linked(relations, relations_place) if relations else 0,
        "",
        len(report.text),
        report.text,
        metadata_cell(report.metadata),
        report.id,
    ]


def entity_row(
    report: Report, labels: AnnotationSet, entity: Entity, main: str, context: Context, report_place: str
) -> list[Cell]:
    """The row of an entity; ``main`` is the main attribute of its label (``exports.xlsx.attributes``)."""
    attributes = entity.attributes
    return [
        Linked(report.name, report_place),
        report.date,
        labels.annotator,
        entity.label,
        entity.surface(report.text),
        attributes.get(main, "") if main else "",
        join_attributes(attributes, main or None) if attributes else "",
        entity.entry,
        entity.note,
        "",
        context.around(entity.spans),
        entity.start,
        entity.end,
        sum(end - start for start, end in entity.spans),
        "; ".join(f"{start}-{end}" for start, end in entity.fragments) if entity.fragments else "",
        str(entity.origin),
        entity.by,
        entity.confidence,
        YES if labels.adjudicated else "",
        metadata_cell(entity.metadata),
        report.id,
        entity.id,
    ]


def relation_row(
    report: Report,
    labels: AnnotationSet,
    relation: Relation,
    ends: tuple[tuple[Entity, str], tuple[Entity, str]],
    context: Context,
    report_place: str,
) -> list[Cell]:
    """The row of a relation; ``ends`` are source and target, each with the place of its row."""
    (source, source_place), (target, target_place) = ends
    return [
        Linked(report.name, report_place),
        report.date,
        labels.annotator,
        Linked(source.surface(report.text), source_place),
        relation.type,
        Linked(target.surface(report.text), target_place),
        source.label,
        target.label,
        join_attributes(relation.attributes) if relation.attributes else "",
        relation.note,
        "",
        context.around((*source.spans, *target.spans)),
        str(relation.origin),
        relation.by,
        relation.confidence,
        YES if labels.adjudicated else "",
        metadata_cell(relation.metadata),
        report.id,
        relation.id,
        relation.source,
        relation.target,
    ]


def metadata_cell(metadata: Mapping[str, object]) -> str:
    """What else an imported record said, as JSON; empty without any."""
    return json.dumps(dict(metadata), ensure_ascii=False, default=str) if metadata else ""
