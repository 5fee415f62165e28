"""PROJECT on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import Refused
from ui.cli.parser import Parser
from ui.words import tr

if TYPE_CHECKING:
    from model.project import Project
    from ui.cli.console import Console

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.]+://")


def add_project(parser: Parser, metavar: str = "PROJECT") -> None:
    """Let the command take a project."""
    parser.add_argument("project", metavar=metavar, help=tr("the project file, e.g. reports.chugiai"))


def project_path(named: str) -> Path:
    """The project file that was named. Raises ``Refused`` for the address of a database."""
    if _ADDRESS.match(named):
        # An address may hold a password: it is not repeated.
        raise Refused(
            "The address of a database server cannot be a project yet. Nothing was done; name a project file."
        )
    return Path(named)


@contextmanager
def opened(named: str, console: Console) -> Iterator[Project]:
    """The project that was named, open."""
    from model.project import Project

    with Project.open(project_path(named)) as project:
        if project.warning:
            console.complain(
                tr(
                    "{path} lies on a network or synced folder: only one program at a time can have it open.",
                    path=project.path,
                )
            )
        yield project
