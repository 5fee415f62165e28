"""What a merge brings, in words, for the command line and the window."""

from __future__ import annotations

from model.merging import MergeResult
from ui.words import tr

_THINGS = (
    ("reports", "reports: {count}"),
    ("sets", "annotation sets: {count}"),
    ("entities", "entities: {count}"),
    ("relations", "relations: {count}"),
    ("fact:assignment", "assignments: {count}"),
    ("fact:decision", "review decisions: {count}"),
    ("fact:rejection", "refused suggestions: {count}"),
    ("fact:entry", "registry entries: {count}"),
    ("fact:setting", "settings: {count}"),
    ("labels", "labels of the schema: {count}"),
    ("history", "history entries: {count}"),
)
_HOW = (("added", "New"), ("changed", "Changed"), ("removed", "Removed"))


def counted(result: MergeResult) -> list[tuple[str, str]]:
    """How things come, and what and how many of them: ``("New", "reports: 3, entities: 120")``."""
    lines = []
    for how, title in _HOW:
        parts = [tr(words, count=result.counts[what, how]) for what, words in _THINGS if result.counts[what, how]]
        if parts:
            lines.append((tr(title), ", ".join(parts)))
    return lines


def difference(sentence: str, values: dict[str, str]) -> str:
    """One difference between the schemas."""
    return tr(sentence, **values)


def lines_of(result: MergeResult, would: bool) -> list[str]:
    """Everything there is to say, a line each; ``would``: it was only looked at."""
    lines = []
    if not result.related:
        lines.append(tr("Not a copy of this project: reports are found by their texts."))
    if result.package_for:
        lines.append(tr("A package for {annotator}.", annotator=result.package_for))
    if result.nothing:
        lines.append(tr("Nothing new."))
    lines += [f"{title}: {what}" for title, what in counted(result)]
    if result.by_annotator:
        people = ", ".join(
            f"{name or tr('adjudicated')} {count}" for name, count in sorted(result.by_annotator.items())
        )
        lines.append(tr("Labels by annotator: {people}", people=people))
    if result.collisions:
        lines.append(
            tr("Would be edited in two copies: {count}", count=result.collisions)
            if would
            else tr("Edited in two copies, to be settled in the window: {count}", count=result.collisions)
        )
    lines += [tr("{old} is called {new}", old=old, new=new) for old, new in sorted(result.renamed.items())]
    lines += [difference(*each) for each in result.differences]
    for kind, count in sorted(result.left_out.items()):
        words = "Left out because our schema lacks the label: {count} {kind}"
        lines.append(tr(words, count=count, kind=tr("entities") if kind == "entity" else tr("relations")))
    return lines
