"""``chugiai suggest``: what the machine would label; nothing is stored."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import opened
from ui.words import tr

if TYPE_CHECKING:
    from annotations.report import Report
    from annotations.suggest import Suggestions


def _add_arguments(parser: Parser) -> None:
    parser.add_argument("project", metavar="PROJECT", nargs="?", help=tr("the project file, e.g. reports.chugiai"))
    parser.add_argument("--text", metavar="FILE", help=tr("a text file in place of a project"))
    parser.add_argument("--report", metavar="NAME", help=tr("this report of the project only"))
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _suggest(args: Namespace, console: Console) -> int:
    if (args.project is None) == (args.text is None):
        Parser("suggest").error(tr("name either a project or --text FILE"))
    if args.text is not None and args.report is not None:
        Parser("suggest").error(tr("--report goes with a project"))
    if args.text is not None:
        from ui.jobs.suggesting import suggest_file

        report, suggestions = suggest_file(Path(args.text))
        _print([(report, suggestions)], console, named=False)
        return 0
    from ui.jobs.suggesting import suggest_project

    with opened(args.project, console) as project:
        _print(suggest_project(project, args.report, console.progress), console, named=True)
    return 0


def _print(
    found: Iterator[tuple[Report, Suggestions]] | list[tuple[Report, Suggestions]], console: Console, named: bool
) -> None:
    import json

    for report, suggestions in found:
        if console.is_json:
            made = _object(report, suggestions)
            console.write(json.dumps({"name": report.name, **made} if named else made, ensure_ascii=False) + "\n")
        else:
            _say(report, suggestions, console)


def _object(report: Report, suggestions: Suggestions) -> dict[str, Any]:
    """The native JSONL form of entities and relations."""
    from exports.jsonl import entity_object, relation_object

    return {
        "entities": [entity_object(entity, report.text) for entity in suggestions.entities],
        "relations": [relation_object(relation) for relation in suggestions.relations],
    }


def _say(report: Report, suggestions: Suggestions, console: Console) -> None:
    console.say(
        tr(
            "{name}: {entities} entities, {relations} relations suggested.",
            name=report.name,
            entities=len(suggestions.entities),
            relations=len(suggestions.relations),
        )
    )
    shown = {entity.id: entity.surface(report.text) for entity in suggestions.entities}
    for entity in suggestions.entities:
        told = "; ".join(f"{name}={value}" for name, value in entity.attributes.items())
        console.say(
            f"  {entity.start}–{entity.end} {entity.label} {shown[entity.id]}" + (f"  [{told}]" if told else "")
        )
    for relation in suggestions.relations:
        console.say(f"  {relation.type}: {shown[relation.source]} → {shown[relation.target]}")


SUGGEST = Command(
    "suggest",
    "Suggest entities and relations; nothing is stored.",
    (
        "chugiai suggest reports.chugiai --report 000.txt",
        "chugiai suggest reports.chugiai --json",
        "chugiai suggest --text report.txt --json",
    ),
    _add_arguments,
    _suggest,
)
