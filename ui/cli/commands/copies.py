"""``chugiai backup`` and ``chugiai restore``."""

from __future__ import annotations

from argparse import Namespace

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, file_path, project_path
from ui.words import tr


def _add_backup_arguments(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument("out", metavar="OUT", help=tr("the file to write; it must not exist"))


def _back_up(args: Namespace, console: Console) -> int:
    from ui.jobs.keeping import back_up

    project = project_path(args.project)
    made = back_up(project, file_path(args.out), console.progress)
    console.say(tr("Backed up {project} to {path}.", project=project, path=made))
    return 0


def _add_restore_arguments(parser: Parser) -> None:
    parser.add_argument("backup", metavar="BACKUP", help=tr("a backup, or any project file"))
    add_project(parser)


def _restore(args: Namespace, console: Console) -> int:
    from ui.jobs.keeping import restore

    path, backup = project_path(args.project), file_path(args.backup)
    kept = restore(backup, path)
    console.say(tr("Restored {project} from {path}.", project=path, path=backup))
    if kept is not None:
        console.say(tr("What stood there before is kept in {path}.", path=kept))
    return 0


BACKUP = Command(
    "backup",
    "Copy a project into one file, also while it is open.",
    (
        "chugiai backup reports.chugiai reports-monday.chugiai",
        "chugiai backup postgresql://lan@server/reports reports-monday.chugiai",
    ),
    _add_backup_arguments,
    _back_up,
)
RESTORE = Command(
    "restore",
    "Put a backup in the place of a project; the project there is kept beside it. A database must be empty.",
    (
        "chugiai restore reports-monday.chugiai reports.chugiai",
        "chugiai restore reports.chugiai postgresql://lan@server/reports",
    ),
    _add_restore_arguments,
    _restore,
)
