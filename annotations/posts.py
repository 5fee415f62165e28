"""Who holds which title at which organisation: derived from relations.

One :class:`Post` for each ``holds_title`` and organisation. The organisations of a title are the targets of its
``title_at`` relations; a title without any takes the outermost entities inside its own span
that ``title_at`` could point to (``[TITLE Bí thư [ORG Tỉnh ủy]]``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from annotations.matching import same_word_key
from annotations.normalise.issuers import bare_name
from annotations.normalise.names import expand_org
from annotations.report import AnnotationSet, Entity, Relation, Report
from annotations.schema import Schema

HOLDS = "holds_title"
AT = "title_at"


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
    stated = stated_bodies(labels)
    for holds in labels.relations:
        official, title = entities.get(holds.source), entities.get(holds.target)
        if holds.type != HOLDS or official is None or title is None:
            continue
        if title.id in stated:
            for at in stated[title.id]:
                yield Post(official, title, entities[at.target], holds, at)
        else:
            for organisation in inner_bodies(title, labels, schema) or [None]:
                yield Post(official, title, organisation, holds, None)


def stated_bodies(labels: AnnotationSet) -> dict[str, list[Relation]]:
    """The ``title_at`` relations of each title, by its id."""
    ids = {entity.id for entity in labels.entities}
    stated: dict[str, list[Relation]] = {}
    for relation in labels.relations:
        if relation.type == AT and relation.target in ids:
            stated.setdefault(relation.source, []).append(relation)
    return stated


def inner_bodies(title: Entity, labels: AnnotationSet, schema: Schema) -> list[Entity | None]:
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


def post_name(report: Report, title: Entity, organisation: Entity | None) -> str:
    """The post in full: abbreviations written out, with the body where it stands apart, with the report's locality where the
    text leaves it out: ``Bí thư Tỉnh ủy`` of a report from Hà Nam becomes ``Bí thư Tỉnh ủy Hà Nam``."""
    name = _of_province(expand_org(title.surface(report.text), report.locality), report.locality)
    if organisation is None or (title.start <= organisation.start and organisation.end <= title.end):
        return name
    body = expand_org(organisation.surface(report.text), report.locality)
    return name if same_word_key(body) in same_word_key(name) else f"{name}, {body}"


def _of_province(name: str, locality: str) -> str:
    """The name with the province where it names a body that every province has."""
    place = bare_name(locality)
    everywhere = "Sở" in name.split() or name.endswith("Tỉnh ủy viên")
    return f"{name} {place}" if place and everywhere and place not in name else name
