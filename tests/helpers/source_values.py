"""What a text in the source code may be, found without running it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Placed = tuple[str, ast.expr]
"""An expression and the file in which it stands, relative to the project."""

Parameter = tuple[str, int, str]
"""Name of a function or class, position (without ``self``) and name of its parameter."""

NAMES = frozenset({"name", "key", "id", "path", "kind", "label", "type", "en", "vi"})
"""Attributes that are never sentences."""

_MOST = 60
"""Combinations of a sum beyond which it is no sentence."""


@dataclass
class Values:
    """What an expression may be: ``texts``, or whatever the ``parameters`` and ``attributes`` are."""

    texts: set[str] = field(default_factory=set)
    parameters: set[Parameter] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)


class Program:
    """The parsed files. ``trees`` maps their paths to them."""

    def __init__(self, trees: dict[str, ast.Module]) -> None:
        self.trees = trees
        self._fields: dict[ast.ClassDef, list[str]] = {}
        self._every: dict[tuple[type[ast.AST], ...], list[tuple[str, Any]]] = {}
        self.nodes = [(path, list(ast.walk(tree))) for path, tree in trees.items()]
        self._parents = {child: node for _, node in self.every(ast.AST) for child in ast.iter_child_nodes(node)}
        self._bindings: dict[ast.AST, list[tuple[ast.expr, ast.expr, bool]]] = {}
        self._tops = {path: _top_names(tree) for path, tree in trees.items()}

    @staticmethod
    def read(root: Path, rooms: Iterable[str]) -> Program:
        """Parse every file of the rooms but for the migrations, which say nothing."""
        files = sorted(path for room in rooms for path in (root / room).rglob("*.py") if "migrations" not in path.parts)
        return Program({path.relative_to(root).as_posix(): ast.parse(path.read_text("utf-8")) for path in files})

    def every(self, *kinds: type[ast.AST]) -> list[tuple[str, Any]]:
        """All nodes of these kinds, with the files in which they stand."""
        if kinds not in self._every:
            self._every[kinds] = [
                (path, node) for path, nodes in self.nodes for node in nodes if isinstance(node, kinds)
            ]
        return self._every[kinds]

    @cached_property
    def classes(self) -> dict[str, list[ast.ClassDef]]:
        """The classes by name."""
        found = defaultdict(list)
        for _, node in self.every(ast.ClassDef):
            found[node.name].append(node)
        return found

    def classes_below(self, *names: str) -> set[str]:
        """Names of these classes and of those that are made from them."""
        found = set(names)
        while True:
            more = {
                name
                for name, made in self.classes.items()
                for one in made
                if any(isinstance(base, ast.Name) and base.id in found for base in one.bases)
            }
            if more <= found:
                return found
            found |= more

    def calls_by_name(self) -> dict[str, list[tuple[str, ast.Call]]]:
        """All calls by the last name of what is called."""
        found = defaultdict(list)
        for path, node in self.every(ast.Call):
            found[call_name(node)].append((path, node))
        return found

    def returned_titles(self) -> Iterator[Placed]:
        """What functions that return a ``Title`` (sentence and values) give as the sentence."""
        for path, node in self.every(*FUNCTIONS):
            if isinstance(node.returns, ast.Name) and node.returns.id == "Title":
                yield from ((path, given.elts[0]) for given in _returned(node) if isinstance(given, ast.Tuple))

    def counted(self, tables: frozenset[str]) -> Iterator[Placed]:
        """Keys that are written to tables of these names."""
        for path, node in self.every(ast.Subscript):
            if _last_name(node.value) in tables:
                yield path, node.slice
        for path, node in self.every(ast.keyword):
            if node.arg in tables:
                yield from ((path, key) for key in _keys(node.value))
        for path, node in self.every(ast.Assign, ast.AnnAssign):
            if {_last_name(target) for target in _targets(node)} & tables:
                yield from ((path, key) for key in _keys(node.value))

    def settings_of(self, name: str) -> Iterator[Placed]:
        """Whatever sets an attribute: keywords, fields of dataclasses by position, assignments, properties."""
        holders = {
            one.name: fields.index(name)
            for _, one in self.every(ast.ClassDef)
            if name in (fields := self._fields_of(one))
        }
        for path, call in self.every(ast.Call):
            place = holders.get(call_name(call))
            known = [given.value for given in call.keywords if given.arg == name]
            written = place is not None or call_name(call) == "values"  # a field of a value, a column of a row
            yield from ((path, given) for given in known if written or _is_sentence(given))
            if place is None:
                continue
            if len(call.args) > place and not any(isinstance(one, ast.Starred) for one in call.args):
                yield path, call.args[place]
        for path, node in self.every(ast.Assign, ast.AnnAssign):
            if node.value is not None and any(self._sets(target, name) for target in _targets(node)):
                yield path, node.value
        for path, function in self.every(*FUNCTIONS):
            if function.name == name and _is_text(function.returns):
                yield from ((path, given) for given in _returned(function))

    def _fields_of(self, made: ast.ClassDef) -> list[str]:
        if made not in self._fields:
            self._fields[made] = _fields(made)
        return self._fields[made]

    def _sets(self, target: ast.expr, name: str) -> bool:
        if isinstance(target, ast.Attribute):
            return target.attr == name
        return (
            isinstance(target, ast.Name)
            and target.id == name
            and isinstance(self._parents[target], ast.stmt)
            and (isinstance(self._parents[self._parents[target]], ast.ClassDef))
        )

    # values

    def values(self, expression: ast.expr, path: str) -> Values:
        """What the expression may be."""
        found = Values()
        found.texts = self._texts(expression, path, found, 0)
        return found

    def _texts(self, node: ast.expr, path: str, found: Values, depth: int) -> set[str]:
        if depth > 12:
            return set()
        match node:
            case ast.Constant(value=str() as text):
                return {text}
            case ast.IfExp():
                return self._any((node.body, node.orelse), path, found, depth)
            case ast.BoolOp():
                return self._any(node.values, path, found, depth)
            case ast.BinOp(op=ast.Add()):
                return self._sums((node.left, node.right), path, found, depth)
            case ast.JoinedStr():
                return self._sums(node.values, path, found, depth)
            case ast.FormattedValue():
                return self._texts(node.value, path, Values(), depth + 1)
            case ast.Tuple() | ast.List() | ast.Set():
                return self._any(node.elts, path, found, depth)
            case ast.Dict():
                return self._any(node.values, path, found, depth)
            case ast.Subscript() | ast.Starred():
                return self._texts(node.value, path, found, depth + 1) if not _is_row(node) else set()
            case ast.Call(func=ast.Attribute(attr="get" | "format" | "values" | "items", value=inner)):
                return self._texts(inner, path, found, depth + 1) | self._any(node.args[1:2], path, found, depth)
            case ast.Call(func=ast.Name(id=name)):
                return self._returns(name, path, found, depth)
            case ast.Attribute():
                return self._attribute(node, path, found, depth)
            case ast.Name():
                return self._name(node, path, found, depth)
        return set()

    def _any(self, nodes: Iterable[ast.expr], path: str, found: Values, depth: int) -> set[str]:
        return set().union(*(self._texts(node, path, found, depth + 1) for node in nodes))

    def _sums(self, nodes: Iterable[ast.expr], path: str, found: Values, depth: int) -> set[str]:
        parts = [sorted(self._texts(node, path, Values(), depth + 1)) for node in nodes]
        if not all(parts):
            return set()
        sums = {"".join(chosen) for chosen, _ in zip(product(*parts), range(_MOST + 1), strict=False)}
        return sums if len(sums) <= _MOST else set()

    def _returns(self, name: str, path: str, found: Values, depth: int) -> set[str]:
        place = self._find(name, path)
        if place is None or not isinstance(place[1], Function) or not _is_text(place[1].returns):
            return set()
        return self._any(_returned(place[1]), place[0], found, depth)

    def _attribute(self, node: ast.Attribute, path: str, found: Values, depth: int) -> set[str]:
        if isinstance(node.value, ast.Name) and node.value.id in self.classes:
            body = self.classes[node.value.id][0].body
            given = [
                one.value for one in body if isinstance(one, ast.Assign) and _last_name(one.targets[0]) == node.attr
            ]
            return self._any(given, path, found, depth)
        if node.attr not in NAMES:
            found.attributes.add(node.attr)
        return set()

    def _name(self, node: ast.Name, path: str, found: Values, depth: int) -> set[str]:
        inner: ast.AST = node
        while inner in self._parents:
            inner = self._parents[inner]
            given = [
                part for target, value, each in self._bound(inner) for part in _unpacked(target, value, node.id, each)
            ]
            if given:
                return self._any(given, path, found, depth)
            if isinstance(inner, Function):
                parameter = self._parameter(inner, node.id)
                if parameter:
                    found.parameters.add(parameter)
                    return self._any(_default(inner, node.id), path, found, depth)
        place = self._find(node.id, path)
        if place is None or not isinstance(place[1], ast.expr):
            return set()
        return self._texts(place[1], place[0], found, depth + 1)

    def _bound(self, scope: ast.AST) -> list[tuple[ast.expr, ast.expr, bool]]:
        """What a function or comprehension gives its names: target, value, and whether each of the value in turn."""
        if scope not in self._bindings:
            self._bindings[scope] = list(_bindings(scope))
        return self._bindings[scope]

    def _parameter(self, function: Function, name: str) -> Parameter | None:
        every = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        if not any(one.arg == name and _is_text(one.annotation) for one in every):
            return None
        given = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        holder = self._parents[function]
        if isinstance(holder, ast.ClassDef) and given[:1] in (["self"], ["cls"]):
            given = given[1:]
        shown = holder.name if isinstance(holder, ast.ClassDef) and function.name == "__init__" else function.name
        if name in given:
            return shown, given.index(name), name
        return (shown, 99, name) if name in [one.arg for one in function.args.kwonlyargs] else None

    def _find(self, name: str, path: str) -> tuple[str, ast.AST] | None:
        """What a name of a file stands for: a module's value or function, here or where it is imported from."""
        for _ in range(4):
            held = self._tops[path].get(name)
            if not isinstance(held, tuple):
                return (path, held) if held is not None else None
            path, name = self._file_of(held[0]), held[1]
            if not path:
                return None
        return None

    def _file_of(self, module: str) -> str:
        stem = module.replace(".", "/")
        return next((path for path in (f"{stem}.py", f"{stem}/__init__.py") if path in self.trees), "")


def call_name(call: ast.Call) -> str:
    """The last name of what is called."""
    return _last_name(call.func)


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _is_text(annotation: ast.expr | None) -> bool:
    """Whether something of this type may be a text, or hold texts; what has no type may."""
    shown = "" if annotation is None else ast.unparse(annotation).replace("StrEnum", "")
    return shown in ("", "object") or "str" in shown


def _default(function: Function, name: str) -> list[ast.expr]:
    """The default of a parameter, if it has one."""
    given = [*function.args.posonlyargs, *function.args.args][-len(function.args.defaults) or None :]
    pairs: list[tuple[ast.arg, ast.expr | None]] = [
        *zip(given, function.args.defaults, strict=False),
        *zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True),
    ]
    return [value for parameter, value in pairs if parameter.arg == name and value is not None]


def _is_sentence(given: ast.expr) -> bool:
    """Whether a constant is no mere name."""
    return isinstance(given, ast.Constant) and isinstance(given.value, str) and " " in given.value


def _keys(table: ast.expr | None) -> list[ast.expr]:
    return [key for key in table.keys if key is not None] if isinstance(table, ast.Dict) else []


def _is_row(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)


def _fields(made: ast.ClassDef) -> list[str]:
    return [
        one.target.id
        for one in made.body
        if isinstance(one, ast.AnnAssign)
        and isinstance(one.target, ast.Name)
        and "ClassVar" not in ast.unparse(one.annotation)
    ]


def _returned(function: Function) -> list[ast.expr]:
    return [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value is not None]


def _top_names(tree: ast.Module) -> dict[str, ast.AST | tuple[str, str]]:
    """Names of a file: values, functions, and (module, name) for what is imported."""
    found: dict[str, ast.AST | tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.update({(one.asname or one.name): (node.module, one.name) for one in node.names})
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            found.update({target.id: node.value for target in _targets(node) if isinstance(target, ast.Name)})
        elif isinstance(node, Function):
            found[node.name] = node
    return found


def _bindings(scope: ast.AST) -> Iterator[tuple[ast.expr, ast.expr, bool]]:
    if isinstance(scope, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
        yield from ((loop.target, loop.iter, True) for loop in scope.generators)
    elif isinstance(scope, Function):
        for node in ast.walk(scope):
            if isinstance(node, ast.For):
                yield node.target, node.iter, True
            elif isinstance(node, ast.Assign):
                yield from ((target, node.value, False) for target in node.targets)
            elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
                yield node.target, node.value, False


def _unpacked(target: ast.expr, value: ast.expr, name: str, each: bool) -> Iterator[ast.expr]:
    """The part of ``value`` (of each of its elements, in a loop) that ``name`` gets."""
    if isinstance(target, ast.Name):
        if target.id == name:
            yield value
        return
    names = [one.id if isinstance(one, ast.Name) else "" for one in getattr(target, "elts", ())]
    if name not in names:
        return
    place = names.index(name)
    rows = value.elts if each and isinstance(value, ast.Tuple | ast.List) else [value]
    for row in rows:
        if isinstance(row, ast.Tuple | ast.List) and len(row.elts) == len(names):
            yield row.elts[place]
        elif not isinstance(row, ast.Tuple | ast.List):
            yield row
