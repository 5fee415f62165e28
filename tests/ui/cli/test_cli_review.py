"""Review from the command line: conflicts with their decisions, the adjudicated labels out, the workbook there and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import chugiai, done
from conflict_books import fill
from reviewed_projects import put_brief, say

from annotations.review import Answer, Said
from model.project import Project
from model.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "p.chugiai"
    with Project.create(made) as project:
        put_brief(project, lan=[("TITLE", 22, 43), ("DATE", 66, 70)], minh=[("TITLE", 22, 36)])
        say(project, Workspace(project, "hoa"), Said(Answer.TAKE, "minh", note="theo 4.2"))
    return made


def test_conflicts_have_their_decisions(path: Path) -> None:
    first, second = done("conflicts", path, "--json").json
    assert (first["state"], second["state"], second["decision"]) == ("decided", "open", None)
    decision = first["decision"]
    assert (decision["answer"], decision["taken"], decision["by"], decision["note"]) == (
        "take",
        "minh",
        "hoa",
        "theo 4.2",
    )
    assert decision["result"] == {"label": "TITLE", "start": 22, "end": 36}
    said = done("conflicts", path).out
    assert "→ take (minh)" in said
    assert "Conflicts: 2, undecided: 1." in said


def test_the_adjudicated_labels_go_out_and_say_where_they_come_from(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    done("export", path, out, "--format", "jsonl", "--adjudicated")
    (record,) = map(json.loads, out.read_text("utf-8").splitlines())
    (entity,) = record["entities"]
    assert record["adjudicated"] is True
    assert (entity["label"], entity["start"], entity["end"], entity["origin"]) == ("TITLE", 22, 36, "adjudicated")
    source = entity["metadata"]["decision"]
    assert (source["source"], source["from"], source["by"]) == (
        "decided",
        "minh",
        "hoa",
    )


def test_decisions_are_no_labels_to_measure(path: Path) -> None:
    agreement = done("agreement", path, "--json").json
    assert [pair["annotators"] for pair in agreement["pairs"]] == [["lan", "minh"]]
    assert agreement["pairs"][0]["entities"]["both"] == 0


def test_a_workbook_there_and_back(path: Path, tmp_path: Path) -> None:
    book = tmp_path / "conflicts.xlsx"
    assert "conflicts: 2" in done("export", path, book, "--format", "xlsx-review").out
    filled = fill(book, tmp_path / "filled.xlsx", {3: {"Decision": "A"}})
    assert "rows changed: 1, as they were: 1" in done("import", path, filled).out
    again = done("import", path, filled, "--json").json
    (file,) = again["files"]
    assert (file["workbook"]["changed"], file["workbook"]["known"]) == ([], 1)
    assert [each["state"] for each in done("conflicts", path, "--json").json] == ["decided", "decided"]


def test_a_wrong_row_is_named_on_standard_error(path: Path, tmp_path: Path) -> None:
    book = tmp_path / "conflicts.xlsx"
    done("export", path, book, "--format", "xlsx-review")
    said = chugiai(
        "import", path, fill(book, tmp_path / "wrong.xlsx", {3: {"Decision": "both"}}), "--format", "xlsx-review"
    )
    assert said.status == 1
    assert "Conflicts, row 3" in said.err
    assert "“both” is no answer here; the answers are A, B, neither, own, skip, discuss" in said.err


def test_another_file_is_no_workbook_of_conflicts(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "text.txt"
    other.write_text("Tỉnh ủy họp.", "utf-8")
    assert "is no workbook that Chú Giải exported" in chugiai("import", path, other, "--format", "xlsx-review").refusal
