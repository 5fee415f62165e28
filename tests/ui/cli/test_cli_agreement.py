"""``chugiai agreement`` and ``chugiai conflicts`` on the demo's two annotators."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model.project import Project
from ui.cli import run
from ui.jobs.demo import make_demo


@pytest.fixture
def demo(tmp_path: Path) -> str:
    """A demo project."""
    path = tmp_path / "demo.chugiai"
    make_demo(path)
    return str(path)


def test_the_figures_are_those_of_the_labels(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", demo, "--annotators", "lan", "minh", "--match", "exact", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["match"] == "exact"
    assert found["reports"] == {"used": 4, "total": 16}
    (pair,) = found["pairs"]
    assert pair["annotators"] == ["lan", "minh"]
    entities = pair["entities"]
    both, only = entities["both"], entities["only_a"] + entities["only_b"]
    assert entities["f1"] == pytest.approx(2 * both / (2 * both + only))
    assert set(entities["by_label"]) >= {"OFFICIAL", "TITLE", "DATE"}
    assert 0 < pair["relations"]["f1"] < 1
    assert 0 < found["alpha"] < 1


def test_looser_matches_agree_more(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    shared = []
    for match in ("exact", "overlap"):
        assert run(["agreement", demo, "--match", match, "--json"]) == 0
        shared.append(json.loads(capsys.readouterr().out)["pairs"][0]["entities"]["both"])
    assert shared[0] < shared[1]


def test_people_read_the_same_figures(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", demo]) == 0
    said = capsys.readouterr().out
    assert "Compared 4 of 16 reports." in said
    assert "lan – minh, relations: F1 0." in said


def test_conflicts_name_both_answers_and_none_is_decided(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["conflicts", demo, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {conflict["kind"] for conflict in found} >= {"boundary", "missing", "relation_missing"}
    assert all(set(conflict["answers"]) == {"lan", "minh"} for conflict in found)
    assert all(conflict["decision"] is None for conflict in found)
    assert run(["conflicts", demo]) == 0
    assert f"Conflicts: {len(found)}, undecided: {len(found)}." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--annotators", "lan", "nobody"], "no annotator nobody"),
        (["--annotators", "lan"], "at least two annotators"),
    ],
)
def test_unknown_or_too_few_annotators_are_refused(
    demo: str, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["agreement", demo, *arguments]) == 1
    told = capsys.readouterr()
    assert sentence in told.err
    assert len(told.err.splitlines()) == 1
    assert told.out == ""


def test_an_empty_project_says_why_there_is_no_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.chugiai"
    Project.create(path).close()
    assert run(["agreement", str(path)]) == 1
    assert "at least two annotators" in capsys.readouterr().err
    assert run(["conflicts", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("threshold", ["0", "1.5", "much"])
def test_a_threshold_is_a_share(demo: str, threshold: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", demo, "--match", "overlap", "--threshold", threshold]) == 2
    assert "above 0 and up to 1" in capsys.readouterr().err
