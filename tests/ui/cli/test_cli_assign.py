"""``chugiai assign``: work handed out from the command line, and how far everybody is."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import chugiai, done
from label_files import TEXT, record, write_records


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Five reports; lan has done the first."""
    path = tmp_path / "p.chugiai"
    done("new", path)
    records = [record(f"{number}.txt", "lan" if not number else None, f"{TEXT} {number}") for number in range(5)]
    for one in records[1:]:
        del one["entities"], one["relations"]
    records[0]["status"] = "done"
    done("import", path, write_records(tmp_path / "r.jsonl", *records))
    return path


def test_a_share_to_everybody_the_rest_to_one_each(project: Path) -> None:
    said = done("assign", project, "--to", "lan", "minh", "--overlap", "20", "--blind", "--as", "chi", "--json").json
    assert len(said["assigned"]) == 6
    people = {one["annotator"]: one for one in said["annotators"]}
    assert people["lan"]["assigned"] == people["minh"]["assigned"] == 3
    assert people["minh"] | {"new": 3, "done": 0, "blind": 3, "locked": 0} == people["minh"]
    again = chugiai("assign", project, "--to", "minh", "--as", "lan")
    assert "chi leads the work" in again.refusal


def test_some_reports_by_name_and_then_how_far_everybody_is(project: Path) -> None:
    done("assign", project, "--to", "minh", "--report", "1.txt", "3.txt", "--as", "chi")
    assert "minh: 2 assigned, 2 new, 0 in progress, 0 done" in done("assign", project).out
    assert "There is no report named 9.txt" in chugiai("assign", project, "--to", "an", "--report", "9.txt").refusal
    assert "Everybody has these reports" in chugiai("assign", project, "--to", "minh", "--report", "1.txt").refusal


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--each", "9"), "There are not 9 reports"),
        (("--per-report", "2"), "more than the 1"),
        (("--overlap", "120"), "1.2 is no share"),
        (("--each", "0"), "0 is too few"),
    ],
)
def test_what_cannot_be_is_one_line(project: Path, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in chugiai("assign", project, "--to", "minh", *words).refusal


def test_two_ways_at_once_are_wrong_usage(project: Path) -> None:
    assert chugiai("assign", project, "--to", "minh", "--each", "1", "--overlap", "20").status == 2
