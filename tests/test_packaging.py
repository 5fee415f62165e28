"""What is shipped, and that nothing is imported by two names."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ui", "model", "annotations", "exports")


def _settings() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_package_is_shipped() -> None:
    declared = set(_settings()["packages"])  # type: ignore[call-overload]
    found = {"chugiai"} | {
        "chugiai." + ".".join(init.parent.relative_to(ROOT).parts)
        for room in ROOMS
        for init in (ROOT / room).rglob("__init__.py")
    }
    assert declared == found


def test_every_data_file_is_shipped() -> None:
    patterns: dict[str, list[str]] = _settings()["package-data"]  # type: ignore[assignment]
    shipped = {
        path
        for package, globs in patterns.items()
        for glob in globs
        for path in (ROOT / Path(*package.split(".")[1:])).glob(glob)
    }
    kept = {".py", ".pyc", ".po", ".pot"}
    data = {path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file() and path.suffix not in kept}
    assert {path for path in data if "__pycache__" not in path.parts} <= shipped


def test_nothing_is_imported_by_its_installed_name() -> None:
    named = re.compile(r"^\s*(from|import) chugiai\b", re.MULTILINE)
    files = [ROOT / "main.py", *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]
    assert [path for path in files if named.search(path.read_text(encoding="utf-8"))] == []


def test_the_top_level_holds_only_what_was_agreed() -> None:
    agreed = {
        *("pyproject.toml", "README.md", "main.py", "ui", "model", "annotations", "exports", "tests"),
        *(".ci", "LICENSE", "CHANGELOG.md", ".gitignore", ".git"),
    }
    made = {"__pycache__", "build", "dist"}  # ignored by git, as are hidden caches
    there = {path.name for path in ROOT.iterdir() if not path.name.endswith(".egg-info")}
    assert {name for name in there - agreed - made if not name.startswith(".")} == set()


def test_no_test_helper_hides_an_installed_package() -> None:
    """The helpers stand on the import path: one called like a library would be imported in its place."""
    helpers = {path.stem for path in (ROOT / "tests" / "helpers").iterdir()}
    assert helpers & (set(packages_distributions()) | sys.stdlib_module_names) == set()
