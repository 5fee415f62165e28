"""``chugiai new``: make a project."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, project_path
from ui.words import tr


def _add_arguments(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument(
        "--schema",
        metavar="FILE",
        type=Path,
        help=tr("a label schema (YAML, or brat's annotation.conf) in place of the default one"),
    )


def _new(args: Namespace, console: Console) -> int:
    from annotations.default_schema import DEFAULT_SCHEMA
    from exports.schema_files import read_schema_file
    from model.project import Project

    path = project_path(args.project)
    schema = read_schema_file(args.schema) if args.schema else DEFAULT_SCHEMA
    Project.create(path, schema).close()
    console.say(tr("Made the project {path} with the label schema {schema}.", path=path, schema=schema.id))
    return 0


NEW = Command(
    "new",
    "Make a project.",
    (
        "chugiai new reports.chugiai",
        "chugiai new reports.chugiai --schema labels.yaml",
        "chugiai new postgresql://lan@server/reports",
    ),
    _add_arguments,
    _new,
)
