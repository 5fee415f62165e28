"""The command line: what design.md promises to scripts. No Qt here; the window's start is imported when it is asked for.

``run`` is the one entry. A command is a file with ``COMMAND``; the list stands in ``ui.cli.commands``.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence

from annotations.errors import ChuGiaiError
from ui.cli.bugs import log_bug
from ui.cli.console import Console
from ui.cli.parse import parse
from ui.cli.parser import Usage
from ui.words import explain, tr

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def run(argv: Sequence[str] | None = None) -> int:
    """Carry out one command line (default: the program's); its exit status."""
    console = Console()
    try:
        command, args = parse(sys.argv[1:] if argv is None else list(argv))
        console.is_json = bool(getattr(args, "json", False))
        if command.opens_window:
            return command.carry_out(args, console)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of libraries, about files that we read; what matters is said by ourselves
            return command.carry_out(args, console)
    except Usage as usage:
        return console.usage(usage)
    except ChuGiaiError as error:
        console.complain(explain(error))
    except KeyboardInterrupt:
        console.complain(tr("Cancelled. Everything is as it was before."))
    except OSError as error:
        console.complain(_of_the_system(error))
    except Exception as error:  # the one place where our own bugs end: logged whole, told once
        console.complain(
            tr(
                "The program made a mistake ({kind}). What was saved is safe; the details stand in {path}.",
                kind=type(error).__name__,
                path=log_bug(error),
            )
        )
    finally:
        console.close()
    return REFUSED


def _of_the_system(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    if error.filename is None:
        return tr("The system refused: {reason}. Nothing that was saved is lost.", reason=reason)
    return tr("{path}: {reason}. Nothing that was saved is lost.", path=error.filename, reason=reason)
