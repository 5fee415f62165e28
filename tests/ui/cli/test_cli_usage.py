"""How the command line is used: help, version, wrong usage."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from command_line import chugiai, done, program

from ui.cli.commands import COMMANDS
from ui.cli.commands.window import WINDOW
from ui.cli.parse import parse

NAMES = [command.name for command in COMMANDS]


def test_the_commands_that_scripts_rely_on_are_there() -> None:
    stable = {
        "new",
        "import",
        "export",
        "check",
        "backup",
        "restore",
        "schema",
        "search",
        "demo",
        "agreement",
        "conflicts",
    }
    assert stable <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_help_of_a_command_shows_its_examples(name: str) -> None:
    said = done(name, "--help")
    assert f"Usage: chugiai {name} " in said.out
    assert said.out.count(f"  chugiai {name}") >= 1


@pytest.mark.parametrize("example", [line for command in (*COMMANDS, WINDOW) for line in command.examples])
def test_every_example_can_be_parsed_and_is_its_command_s_own(example: str) -> None:
    command, _ = parse(shlex.split(example)[1:])
    assert example in command.examples


def test_help_lists_every_command() -> None:
    said = done("--help")
    assert all(f"  {name} " in said.out for name in NAMES)


def test_version() -> None:
    said = done("--version")
    assert said.out.startswith("chugiai ")
    assert said.out.split()[1][0].isdigit()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("new",), "PROJECT"),
        (("import", "p.chugiai"), "PATH"),
        (("export", "p.chugiai", "out.jsonl"), "--format"),
        (("export", "p.chugiai", "o", "--format", "jsonl", "--all", "--adjudicated"), "--adjudicated"),
        (("check", "p.chugiai", "--mend"), "--mend"),
        (("import", "p.chugiai", "a.txt", "--annot", "Lan"), "--annot"),
        (("schema", "p.chugiai", "--export", "a", "--import", "b"), "--import"),
        (("--nonsense",), "--nonsense"),
        (("imprt", "p.chugiai", "folder"), "imprt is not a command"),
        (("no-command", "p.chugiai", "--json"), "--json"),
    ],
)
def test_wrong_usage_is_status_2_and_says_what_is_wrong(words: tuple[str, ...], named: str) -> None:
    said = chugiai(*words)
    assert said.status == 2
    assert said.out == ""
    assert said.err.startswith("Usage: chugiai")
    assert named in said.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new",), "Thiếu PROJECT."),
        (("check", "p.chugiai", "--mend"), "Không hiểu --mend."),
        (("--screenshot",), "--screenshot: thiếu giá trị."),
        (("schema", "p", "--export", "a", "--import", "b"), "--import: không dùng cùng --export được."),
        (("agreement", "p", "--match", "near"), "--match: 'near' không có trong"),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_interface(
    words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHUGIAI_LANGUAGE", "vi")
    assert said in chugiai(*words).err.splitlines()[-1]


def test_the_screenshot_option_may_stand_before_the_command() -> None:
    command, args = parse(["--screenshot", "check", "demo", "x.chugiai"])
    assert command.name == "demo"
    assert (args.project, args.screenshot) == ("x.chugiai", Path("check"))


def test_a_project_may_be_called_like_a_command_with_its_folder() -> None:
    command, args = parse(["./export"])
    assert command is WINDOW
    assert args.project == "./export"


def test_no_project_is_one_sentence(tmp_path: Path) -> None:
    assert "There is no project" in chugiai(tmp_path / "nothing.chugiai").refusal


@pytest.mark.parametrize("words", [("check",), ("search", "x"), ("import", "x"), ("schema",)])
def test_the_address_of_a_database_is_refused_without_its_password(words: tuple[str, ...]) -> None:
    said = chugiai(words[0], "postgresql://lan:secret@host/reports", *words[1:])
    assert "database" in said.refusal  # that its server does not answer, or that the driver is not installed
    assert "secret" not in said.err


def test_version_imports_nothing_heavy() -> None:
    listing = "import sys; sys.argv[1:] = ['--version']; from ui.cli import run; run(); print(*sys.modules)"
    said = program(python=("-c", listing), PYTHONPATH=str(Path(__file__).parents[3]))
    assert said.status == 0
    loaded = {name.split(".")[0] for name in said.out.split()}
    assert loaded.isdisjoint({"sqlalchemy", "openpyxl", "yaml", "alembic", "lxml", "docx", "underthesea", "PySide6"})


def test_the_sentences_are_there_in_vietnamese_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUGIAI_LANGUAGE", "vi")
    assert chugiai("--help").status == 0
    assert chugiai("new").status == 2
