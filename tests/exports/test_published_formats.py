"""README and the page of formats say what the list says, and the README's example of a new format works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from exports.formats import FormatInfo, formats
from exports.protocol import DEFAULT_OPTIONS
from exports.published import BEGIN, END, page, table
from tests.exports.test_hostile_values import CORPUS
from ui.cli.commands.export_labels import EXPORT
from ui.cli.parser import Parser

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
HOW = "run: python tests/helpers/published_formats.py"


def test_the_table_in_the_readme_is_that_of_the_list() -> None:
    assert README.partition(BEGIN)[2].partition(END)[0].strip() == table(), HOW


def test_the_page_of_formats_is_that_of_the_list() -> None:
    assert (ROOT / "exports" / "formats.md").read_text("utf-8") == page(), HOW


def test_every_format_says_what_it_holds_and_loses() -> None:
    for info in formats():
        assert info.holds.endswith(".")
        assert info.loses.endswith(".")
        assert f"(`{info.key}`)" in page()


def test_the_command_names_every_format() -> None:
    parser = Parser("export")
    EXPORT.add_arguments(parser)
    said = next(action.help for action in parser._actions if "--format" in action.option_strings)
    assert said is not None
    assert all(info.key in said for info in formats())


def test_the_readme_s_example_of_a_new_format_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    section = README.partition("### Adding a format")[2].partition("\n## ")[0]
    blocks = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    made: dict[str, Any] = {}
    exec(compile(blocks[0], "README.md", "exec"), made)
    info = eval(blocks[1].strip().rstrip(","), {"FormatInfo": FormatInfo})
    summary = made[info.place.partition(":")[2]]().write(CORPUS, tmp_path / f"out{info.suffix}", DEFAULT_OPTIONS)
    assert (summary.reports, summary.entities, summary.left_out) == (1, 4, {"relations": 1})
    assert "OFFICIAL\tLê A" in (tmp_path / f"out{info.suffix}").read_text("utf-8").splitlines()
    assert list(tmp_path.iterdir()) == [tmp_path / f"out{info.suffix}"]
