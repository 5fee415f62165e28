"""``chugiai schema``: the labels of a project as YAML."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, opened
from ui.words import tr

_STDOUT = Path("-")


def _add_arguments(parser: Parser) -> None:
    add_project(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--export", metavar="FILE", type=Path, help=tr("write the schema as YAML; without options it is printed")
    )
    which.add_argument(
        "--import",
        metavar="FILE",
        type=Path,
        dest="taken",
        help=tr("take the schema of a YAML file, or of brat's annotation.conf"),
    )


def _schema(args: Namespace, console: Console) -> int:
    from ui.jobs.account import person
    from ui.jobs.labels import export_schema, import_schema, schema_text

    with opened(args.project, console) as project:
        if args.taken is not None:
            outcome = import_schema(project, args.taken, person())
            if outcome.nothing:
                console.say(tr("{project} has this schema already; nothing was changed.", project=args.project))
            else:
                console.say(tr("{project} took the schema {path}.", project=args.project, path=args.taken))
        elif args.export is None or args.export == _STDOUT:
            console.write(schema_text(project))
        else:
            export_schema(project, args.export)
            console.say(tr("Wrote the schema to {path}.", path=args.export))
    return 0


SCHEMA = Command(
    "schema",
    "Print, export or import the label schema of a project, as YAML.",
    (
        "chugiai schema reports.chugiai",
        "chugiai schema reports.chugiai --export labels.yaml",
        "chugiai schema reports.chugiai --import labels.yaml",
        "chugiai schema reports.chugiai --import brat-folder/annotation.conf",
    ),
    _add_arguments,
    _schema,
)
