"""What can be chosen for an export: whose labels, and where to."""

from __future__ import annotations

from pathlib import Path

from exports.formats import FormatInfo, formats
from model.annotators import annotator_names
from model.project import Project
from model.queries.assignments import work_of
from model.queries.corpus import Selection, corpus
from ui.words import tr

Choice = tuple[str, Selection, int]
"""Words, the selection, how many reports it has."""


def choices(project: Project, annotator: str) -> tuple[Choice, ...]:
    """Whose labels there are to choose from, the likeliest first; adjudicated ones and annotators only with labels.

    Who works blind is offered her own.
    """
    with project.reading() as connection:
        names = annotator_names(connection)
        blind = not work_of(connection, annotator).sees_others
    if blind:
        own = Selection(annotator=annotator)
        return ((tr("Annotator {name}", name=annotator), own, _count(project, own)),)
    found: list[Choice] = []
    for words, selection in (
        (tr("Adjudicated (the reviewed result)"), Selection(adjudicated=True)),
        *((tr("Annotator {name}", name=name), Selection(annotator=name)) for name in _own_first(names, annotator)),
    ):
        count = _count(project, selection)
        if count:
            found.append((words, selection, count))
    everything = Selection(everything=True)
    found.append((tr("All: every report, every annotation set"), everything, _count(project, everything)))
    return tuple(found)


def _own_first(names: tuple[str, ...], annotator: str) -> list[str]:
    return sorted(names, key=lambda name: (name != annotator, name))


def _count(project: Project, selection: Selection) -> int:
    """An annotator without labels is refused by ``corpus``, so those are asked for among all."""
    from annotations.errors import Refused

    try:
        return corpus(project, selection).total
    except Refused:
        return 0


def target_name(stem: str, info: FormatInfo, suffix: str) -> str:
    """The name that is proposed for an export; formats that share a suffix get different names."""
    if info.suffix and suffix == info.suffix:
        first = next(each for each in formats() if each.suffix == info.suffix)
        return (stem if first.key == info.key else f"{stem}-{info.key}") + suffix
    return f"{stem}-{info.key}{suffix}"


def with_suffix(path: Path, wanted: str, known: tuple[str, ...]) -> Path:
    """``path`` with another suffix: one of a format (``known``) gives way, any other dot is part of the name."""
    stem = path.name
    for suffix in known:
        if stem.lower().endswith(suffix):
            stem = stem[: -len(suffix)]
            break
    return path.with_name((stem or path.name) + wanted)
