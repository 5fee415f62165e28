"""Every English sentence that people may read, found in the source code.

A sentence is a text that reaches the first argument of ``ui.words.tr`` or of an error that people are told. It is
followed backwards: through names, conditional expressions, tables, parameters (then every call of that function is
looked at), attributes (then everything that sets them) and the keys of what exports leave out. Beside that, whatever
is written like a whole sentence counts, so that one which takes another way is not forgotten.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from source_values import Program, call_name

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("annotations", "exports", "model", "ui")
SILENT_FILES = (
    *("exports/xlsx/columns.py", "exports/xlsx/about.py", "exports/xlsx/codebook.py", "exports/hf/card.py"),
    *("exports/schema_yaml.py", "annotations/capital_runs.py", "annotations/suggest/", "annotations/normalise/"),
    "ui/singular.py",
)
"""Files whose texts are both languages at once or of one, go into exported files as they are, or are looked for in reports."""

COUNTED = frozenset({"left_out", "about"})
"""Tables whose keys are shown."""

DATA = frozenset(
    {
        *(
            "place",
            "_place",
            "value",
            "text",
            "annotator",
            "number",
            "colour",
            "choices",
            "start",
            "end",
            "label",
            "type",
        ),
        *("attributes", "layer", "plain", "targets", "sources", "tag", "row", "report", "entity", "relation", "source"),
    }
)
"""Attributes that hold what is worked on, never what is said about it: following them leads everywhere."""

Found = dict[tuple[str, str], set[str]]
"""(context, sentence) → files. The context is the name of the place for phrases that fill one, else empty."""


def collect(root: Path = ROOT) -> Found:
    """All sentences of the program below ``root``, and the phrases that are put into them."""
    program = Program.read(root, ROOMS)
    sinks = _Sinks(program)
    sinks.follow()
    found: Found = defaultdict(set)
    for place, sentence, path in sinks.found:
        found[place, sentence].add(path)
    for sentence, path in _written_like_sentences(program):
        found["", sentence].add(path)
    for said in list(found):
        found[said] = {path for path in found[said] if not path.startswith(SILENT_FILES) or path in sinks.told(said[1])}
    of_one = _of_one(program)
    return {said: paths for said, paths in found.items() if paths and _is_said(said[1]) and said[1] not in of_one}


def _of_one(program: Program) -> set[str]:
    """The sentences for a count of one, which only English has."""
    found: set[str] = set()
    for path, tree in program.trees.items():
        for node in ast.walk(tree) if path == "ui/singular.py" else ():
            if isinstance(node, ast.Dict):
                table: dict[str, str] = ast.literal_eval(node)
                found |= set(table.values()) - set(table)
    return found


def _is_said(text: str) -> bool:
    """Whether it is words, and no name of an action or of a kind of fact."""
    return any(map(str.isalpha, text)) and not text.startswith(("action_", "fact:"))


@dataclass(frozen=True)
class _Argument:
    """An argument of a call that people read; ``place`` is not empty when it only fills a place of a sentence."""

    place: str
    name: str
    position: int
    keyword: str


class _Sinks:
    """Where sentences end, found by following them backwards until nothing new turns up.

    ``found`` holds (place, sentence, file).
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._calls = program.calls_by_name()
        self.found: set[tuple[str, str, str]] = set()
        self._direct: dict[str, set[str]] = defaultdict(set)
        told = ["tr", *program.classes_below("ChuGiaiError", "Wrong")]
        self._first = {_Argument("", name, 0, "sentence") for name in told}
        self._waiting: list[_Argument | str] = [*self._first, "sentence"]

    def told(self, sentence: str) -> set[str]:
        """The files in which the sentence itself is given to ``tr`` or an error."""
        return self._direct[sentence]

    def follow(self) -> None:
        """Fill ``found``."""
        for path, expression in (*self._program.returned_titles(), *self._program.counted(COUNTED)):
            self._take("", expression, path)
        done: set[_Argument | str] = set()
        while self._waiting:
            one = self._waiting.pop()
            if one in done:
                continue
            done.add(one)
            if isinstance(one, str):
                for path, expression in self._program.settings_of(one):
                    self._take("", expression, path)
            else:
                self._take_argument(one)

    def _take_argument(self, wanted: _Argument) -> None:
        for path, call in self._calls.get(wanted.name, ()):
            argument = next((given.value for given in call.keywords if given.arg == wanted.keyword), None)
            if len(call.args) > wanted.position:
                argument = call.args[wanted.position]
            if argument is None:
                continue
            self._take(wanted.place, argument, path)
            if not wanted.place:
                for given in call.keywords:
                    if given.arg and given.arg != wanted.keyword:
                        self._take(given.arg, given.value, path)
            if wanted in self._first and isinstance(argument, ast.Constant):
                self._direct[str(argument.value)].add(path)

    def _take(self, place: str, expression: ast.expr, path: str) -> None:
        """Keep the texts that the expression may be; what else it may be is followed later."""
        values = self._program.values(expression, path)
        texts = (
            {text for text in values.texts if " " in text.strip() and not set(text) & set("{%=")}
            if place
            else values.texts
        )
        self.found |= {(place, text, path) for text in texts}
        self._waiting += [_Argument(place, *parameter) for parameter in values.parameters]
        if not place:
            self._waiting += [one for one in values.attributes if one not in DATA]


def _written_like_sentences(program: Program) -> Iterator[tuple[str, str]]:
    """Texts that begin with a capital or a place, have several words and end as sentences do."""
    for path, tree in program.trees.items():
        silent = {id(node) for node in _not_for_people(tree)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                text = node.value
                if text.count(" ") > 1 and text[-1] in ".?…" and (text[0].isupper() or text[0] == "{"):
                    yield text, path


def _not_for_people(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, parts of f-strings and of sums, what is logged, and messages of our own bugs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.JoinedStr | ast.BinOp | ast.Assert) or (
            isinstance(node, ast.Call) and call_name(node) in _SILENT
        ):
            yield from ast.walk(node)


_SILENT = frozenset(
    {
        *("debug", "info", "warning", "error", "exception", "critical", "compile", "exec_driver_sql"),
        *("ValueError", "TypeError", "KeyError", "RuntimeError", "LookupError", "NotImplementedError"),
    }
)
