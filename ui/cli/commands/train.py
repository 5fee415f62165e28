"""``chugiai train``: learn from the project's finished labels."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import opened
from ui.words import tr


def _add_arguments(parser: Parser) -> None:
    parser.add_argument("project", metavar="PROJECT", help=tr("the project file, e.g. reports.chugiai"))
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _train(args: Namespace, console: Console) -> int:
    from ui.jobs.training import train_project

    with opened(args.project, console) as project:
        trained = train_project(project, console.progress)
    if console.is_json:
        console.result(asdict(trained))
        return 0
    console.say(
        tr(
            "Trained on {reports} reports with {entities} entities and {relations} relations; suggestions use it from now on.",
            reports=trained.reports,
            entities=trained.entities,
            relations=trained.relations,
        )
    )
    return 0


TRAIN = Command(
    "train",
    "Train the suggestions on the labels that are finished in the project.",
    ("chugiai train reports.chugiai", "chugiai train reports.chugiai --json"),
    _add_arguments,
    _train,
)
