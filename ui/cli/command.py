"""What a command is."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.cli.parser import Parser

if TYPE_CHECKING:
    from ui.cli.console import Console


@dataclass(frozen=True, slots=True)
class Command:
    """A word of the command line. ``title`` is an English sentence, ``examples`` are whole command lines.

    ``add_arguments`` describes what follows the word; ``carry_out`` does it and gives the exit status.
    """

    name: str
    title: str
    examples: tuple[str, ...]
    add_arguments: Callable[[Parser], None]
    carry_out: Callable[[Namespace, Console], int]
    opens_window: bool = False
