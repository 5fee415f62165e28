"""What argparse says of wrong usage, in sentences of ours: it knows English only, and its own way of speaking."""

from __future__ import annotations

import re

from ui.words import tr

_OF_ARGUMENT = re.compile(r"argument ([^:]+): (.*)", re.DOTALL)
_SAID = {
    "the following arguments are required: (?P<names>.+)": "{names} is missing.",
    "one of the arguments (?P<names>.+) is required": "One of {names} is missing.",
    "unrecognized arguments: (?P<words>.+)": "{words} is nothing that it knows.",
    "expected (one|at least one) argument": "a value is missing.",
    "ignored explicit argument (?P<value>.+)": "it takes no value ({value}).",
    "not allowed with argument (?P<other>.+)": "it cannot go with {other}.",
    "invalid int value: (?P<value>.+)": "{value} is no whole number.",
    "invalid float value: (?P<value>.+)": "{value} is no number.",
    r"invalid choice: (?P<value>.+) \(choose from (?P<known>.+)\)": "{value} is none of {known}.",
}


def in_our_words(message: str) -> str:
    """The message of an ``ArgumentParser`` in the interface language; one that is not known stays as it is."""
    of_argument = _OF_ARGUMENT.fullmatch(message)
    about, problem = of_argument.groups() if of_argument else ("", message)
    for pattern, sentence in _SAID.items():
        match = re.fullmatch(pattern, problem, re.DOTALL)
        if match:
            problem = tr(sentence, **match.groupdict())
            break
    return f"{about}: {problem}" if about else problem
