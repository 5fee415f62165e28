"""PROJECT on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import Refused
from model.address import Place, is_address, place
from ui.cli.parser import Parser
from ui.words import tr

if TYPE_CHECKING:
    from model.project import Project
    from ui.cli.console import Console


PROJECT_HELP = "the project: a file, e.g. reports.chugiai, or a database: postgresql://USER@HOST/DATABASE"


def add_project(parser: Parser, metavar: str = "PROJECT") -> None:
    """Let the command take a project."""
    parser.add_argument("project", metavar=metavar, help=tr(PROJECT_HELP))


def project_path(named: str) -> Place:
    """The project that was named: a file, or a database. Raises ``Refused`` for an address that is not understood."""
    return place(named)


def file_path(named: str) -> Path:
    """The file that was named. Raises ``Refused`` for the address of a database."""
    if is_address(named):  # which may hold a password: it is not repeated
        raise Refused("Only a file can be named here, not the address of a database. Nothing was done.")
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
