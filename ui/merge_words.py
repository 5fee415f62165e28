"""What a merge brings, in words, for the command line and the window."""

from __future__ import annotations

from model.merging import MergeResult
from ui.words import tr


def how() -> tuple[tuple[str, str], ...]:
    """How things come, and how that is called."""
    return ("added", tr("New")), ("changed", tr("Changed")), ("removed", tr("Removed"))


def things() -> tuple[tuple[str, str], ...]:
    """What comes, and how that is called, in the order in which it is told."""
    return (
        ("reports", tr("Reports")),
        ("sets", tr("Annotation sets")),
        ("entities", tr("Entities")),
        ("relations", tr("Relations")),
        ("fact:assignment", tr("Assignments")),
        ("fact:decision", tr("Review decisions")),
        ("fact:rejection", tr("Refused suggestions")),
        ("fact:entry", tr("Registry entries")),
        ("fact:setting", tr("Settings")),
        ("labels", tr("Labels of the schema")),
        ("history", tr("History entries")),
    )


def difference(sentence: str, values: dict[str, str]) -> str:
    """One difference between the schemas."""
    return tr(sentence, **values)


def lines_of(result: MergeResult, would: bool) -> list[str]:
    """Everything there is to say, a line each; ``would``: it was only looked at."""
    lines = []
    for came, title in how():
        parts = [f"{name} {result.counts[what, came]}" for what, name in things() if result.counts[what, came]]
        if parts:
            lines.append(f"{title}: {', '.join(parts)}")
    return [*lines, *notes_of(result, would)]


def notes_of(result: MergeResult, would: bool) -> list[str]:
    """What is not counted in a table."""
    lines = []
    if result.nothing:
        lines.append(tr("Nothing new."))
    if result.package_for:
        lines.append(tr("A package for {annotator}.", annotator=result.package_for))
    if not result.related:
        lines.append(tr("Not a copy of this project: reports are found by their texts."))
    if result.by_annotator:
        people = (f"{name or tr('adjudicated')} {count}" for name, count in sorted(result.by_annotator.items()))
        lines.append(tr("Labels by annotator: {people}", people=", ".join(people)))
    if result.collisions and would:
        sentence = tr("Edited in two copies, to be settled afterwards: {count}. The later version will be shown.")
        lines.append(sentence.format(count=result.collisions))
    elif result.collisions:
        sentence = tr("Edited in two copies, to be settled in the window: {count}. The later version is shown.")
        lines.append(sentence.format(count=result.collisions))
    lines += [tr("{old} is called {new}", old=old, new=new) for old, new in sorted(result.renamed.items())]
    lines += [difference(*each) for each in result.differences]
    for kind, count in sorted(result.left_out.items()):
        if kind == "entity":
            lines.append(tr("Entities left out because our schema lacks the label: {count}", count=count))
        else:
            lines.append(tr("Relations left out because our schema lacks the type: {count}", count=count))
    return lines
