"""The sheet of officials: one row for each post (``annotations.posts``); an organisation inside the title's span is ``nested``."""

from __future__ import annotations

from collections.abc import Mapping

from annotations.posts import AT, Post
from annotations.report import AnnotationSet, Entity, Report
from exports.xlsx.context import Context
from exports.xlsx.rows import YES
from exports.xlsx.sheet import Cell, Linked

NESTED = "nested"


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


def _value(entity: Entity, main: Mapping[str, str]) -> str:
    return entity.attributes.get(main.get(entity.label, ""), "")
