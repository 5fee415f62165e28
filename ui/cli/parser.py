"""argparse, with our sentences and without its own exits."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable
from typing import Any, NoReturn

from ui.cli.wrong_words import in_our_words
from ui.words import tr

PROGRAM = "chugiai"


class Usage(Exception):
    """Somebody asked how it is used (status 0), or used it wrongly (2)."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


class _Formatter(RawDescriptionHelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, tr("Usage: "))


class Parser(ArgumentParser):
    """Raises :class:`Usage` where argparse would print and exit. Long options cannot be cut short: scripts last."""

    def __init__(self, name: str = "", description: str = "", examples: Iterable[str] = (), usage: str = "") -> None:
        super().__init__(
            prog=f"{PROGRAM} {name}".strip(),
            usage=usage or None,
            description=description,
            epilog=_shown_examples(examples),
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = tr("Arguments")
        self._optionals.title = tr("Options")
        self.add_argument("-h", "--help", action="help", help=tr("show this help and exit"))

    def print_help(self, file: Any = None) -> None:
        """Raise the help text."""
        raise Usage(self.format_help(), 0)

    def error(self, message: str) -> NoReturn:
        """Raise the usage with what was wrong as its last line."""
        said = tr("Wrong usage: {message}", message=in_our_words(message))
        raise Usage(f"{self.format_usage()}{said}\n", 2)


def _shown_examples(examples: Iterable[str]) -> str:
    lines = "\n".join(f"  {example}" for example in examples)
    return f"{tr('Examples:')}\n{lines}" if lines else ""
