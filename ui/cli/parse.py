"""From the words of the command line to a command and its arguments."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ui.cli.command import Command
from ui.cli.commands import COMMANDS
from ui.cli.commands.window import WINDOW, add_screenshot
from ui.cli.parser import PROGRAM, Parser, Usage
from ui.words import tr

_BY_NAME = {command.name: command for command in COMMANDS}


def parse(argv: list[str]) -> tuple[Command, Namespace]:
    """The command and what was given to it; without a command word it is the window. Raises ``Usage``."""
    place = _first_word(argv)
    command = _BY_NAME.get(argv[place]) if place is not None else None
    if command is None or place is None:
        return WINDOW, _window_arguments(argv)
    parser = Parser(command.name, tr(command.title), command.examples)
    command.add_arguments(parser)
    return command, parser.parse_args([*argv[:place], *argv[place + 1 :]])


def _first_word(argv: list[str]) -> int | None:
    """The place of the first argument that is neither an option nor an option's value."""
    previous = ""
    for place, word in enumerate(argv):
        if word == "--":
            return None
        if not word.startswith("-") and previous != "--screenshot":
            return place
        previous = word
    return None


def _window_arguments(argv: list[str]) -> Namespace:
    parser = _window_parser()
    args = parser.parse_args(argv)
    if args.version:
        raise Usage(f"{PROGRAM} {version()}\n", 0)
    if len(args.project) > 1:
        parser.error(
            tr(
                "{word} is not a command; the commands are {known}.",
                word=args.project[0],
                known=", ".join(command.name for command in COMMANDS),
            )
        )
    args.project = args.project[0] if args.project else None
    return args


def _window_parser() -> Parser:
    usage = f"{PROGRAM} [PROJECT] [--screenshot FILE]\n       {PROGRAM} COMMAND …"
    width = max(len(command.name) for command in COMMANDS) + 2
    listed = "\n".join(f"  {command.name:<{width}}{tr(command.title)}" for command in COMMANDS)
    description = "\n".join(
        (
            tr("Label Vietnamese political news reports. Without a command, the window opens."),
            "",
            tr("Commands (chugiai COMMAND --help says more of each):"),
            listed,
        )
    )
    parser = Parser(description=description, examples=WINDOW.examples, usage=usage)
    parser.add_argument("project", nargs="*", metavar="PROJECT", help=tr("the project to open, e.g. reports.chugiai"))
    add_screenshot(parser)
    parser.add_argument("--version", action="store_true", help=tr("print the program's version and exit"))
    return parser


def version() -> str:
    """The program's version: of the checkout that it runs from, else of what is installed."""
    stated = Path(__file__).resolve().parents[2] / "pyproject.toml"
    if stated.is_file():
        import tomllib

        return str(tomllib.loads(stated.read_text(encoding="utf-8"))["project"]["version"])
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed(PROGRAM)
    except PackageNotFoundError:
        return "?"
