"""The commands that open the window: without a word, and ``chugiai demo``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from model.address import Place
from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import project_path
from ui.words import tr


def add_screenshot(parser: Parser) -> None:
    """Let the command save what its window shows."""
    parser.add_argument("--screenshot", metavar="FILE", type=Path, help=tr("save what the window shows, and exit"))


def _open(args: Namespace, _console: Console) -> int:
    path = None
    if args.project is not None:
        path = project_path(args.project)
        from model.database import check_header

        check_header(path)
    return _show(path, None, args.screenshot)


def _add_demo_arguments(parser: Parser) -> None:
    parser.add_argument(
        "project",
        metavar="PROJECT",
        nargs="?",
        default="demo.chugiai",
        help=tr("the file to make (default: demo.chugiai)"),
    )
    add_screenshot(parser)


def _demo(args: Namespace, console: Console) -> int:
    from ui.jobs.demo import DEMO_ANNOTATOR, make_demo

    path = project_path(args.project)
    make_demo(path, console.progress)
    console.say(tr("The demo project is {path}.", path=path.absolute() if isinstance(path, Path) else path))
    return _show(path, DEMO_ANNOTATOR, args.screenshot)


def _show(path: Place | None, annotator: str | None, screenshot: Path | None) -> int:
    from ui.app import run_window

    return run_window(path, annotator, screenshot)


WINDOW = Command(
    "",
    "Open the window.",
    (
        "chugiai",
        "chugiai reports.chugiai",
        "chugiai reports.chugiai --screenshot picture.png",
        "chugiai demo",
    ),
    add_screenshot,
    _open,
    opens_window=True,
)
DEMO = Command(
    "demo",
    "Make a project of invented reports, and open it.",
    ("chugiai demo", "chugiai demo first-steps.chugiai", "chugiai demo --screenshot picture.png"),
    _add_demo_arguments,
    _demo,
    opens_window=True,
)
