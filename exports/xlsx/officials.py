"""Who held which title at which organisation: rows derived from relations.

One row for each ``holds_title`` and organisation. The organisations of a title are the targets of its
``title_at`` relations; a title without any takes the outermost entities inside its own span
that ``title_at`` could point to (``[TITLE Bí thư [ORG Tỉnh ủy]]``), and the row says ``nested``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from annotations.report import AnnotationSet, Entity, Relation, Report
from annotations.schema import Schema
from exports.xlsx.context import Context
from exports.xlsx.rows import YES
from exports.xlsx.sheet import Cell, Linked

HOLDS = "holds_title"
AT = "title_at"
NESTED = "nested"


class Post(NamedTuple):
    """One official in one title, at one organisation or none; ``at`` is None unless a ``title_at`` says so."""

    official: Entity
    title: Entity
    organisation: Entity | None
    holds: Relation
    at: Relation | None


def posts(labels: AnnotationSet, schema: Schema) -> Iterator[Post]:
    """The posts of an annotation set, in the order of its relations; none without ``holds_title``."""
    entities = {entity.id: entity for entity in labels.entities}
    stated: dict[str, list[Relation]] = {}
    for relation in labels.relations:
        if relation.type == AT and relation.target in entities:
            stated.setdefault(relation.source, []).append(relation)
    for holds in labels.relations:
        official, title = entities.get(holds.source), entities.get(holds.target)
        if holds.type != HOLDS or official is None or title is None:
            continue
        if title.id in stated:
            for at in stated[title.id]:
                yield Post(official, title, entities[at.target], holds, at)
        else:
            for organisation in _inside(title, labels, schema) or [None]:
                yield Post(official, title, organisation, holds, None)


def official_row(
    report: Report,
    labels: AnnotationSet,
    post: Post,
    main: Mapping[str, str],
    context: Context,
    places: Mapping[str, str],
    report_place: str,
) -> list[Cell]:
    """The row of a post; ``places`` are the entities' rows by id, ``main`` the main attribute of each label."""
    official, title, organisation, holds, at = post
    spans = [*official.spans, *title.spans, *(organisation.spans if organisation else ())]
    return [
        Linked(official.surface(report.text), places[official.id]),
        _value(official, main),
        official.entry,
        Linked(title.surface(report.text), places[title.id]),
        _value(title, main),
        title.attributes.get("status", ""),
        Linked(organisation.surface(report.text), places[organisation.id]) if organisation else "",
        _value(organisation, main) if organisation else "",
        AT if at else NESTED if organisation else "",
        report.date,
        Linked(report.name, report_place),
        context.around(spans),
        labels.annotator,
        YES if labels.adjudicated else "",
        report.id,
        official.id,
        title.id,
        organisation.id if organisation else "",
        holds.id,
        at.id if at else "",
    ]


def _inside(title: Entity, labels: AnnotationSet, schema: Schema) -> list[Entity | None]:
    """The outermost entities within the title's span that may be its organisation, in text order."""
    kind = schema.relations_by_name.get(AT)
    found: list[Entity | None] = []
    reached = title.start
    for entity in labels.entities:  # outer before inner
        if entity.start >= title.end:
            break
        fits = reached <= entity.start and entity.end <= title.end and entity.id != title.id
        if fits and kind is not None and kind.joins(title.label, entity.label):
            found.append(entity)
            reached = entity.end
    return found


def _value(entity: Entity, main: Mapping[str, str]) -> str:
    return entity.attributes.get(main.get(entity.label, ""), "")
