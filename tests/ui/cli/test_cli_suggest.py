"""``chugiai suggest`` and ``chugiai evaluate``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import chugiai, done

from ui.jobs.demo import make_demo

TEXT = "Sáng ngày 26/4, Tỉnh uỷ họp.  Đồng chí Lê Thị Thủy, Bí thư Tỉnh uỷ khoá XX chủ trì hội nghị.\r\n\r\nNguồn Báo Hà Nam\r\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo project, only read here."""
    path = tmp_path_factory.mktemp("suggest") / "demo.chugiai"
    make_demo(path)
    return path


def _gold(path: Path, demo: Path) -> Path:
    done("export", demo, path, "--format", "jsonl", "--annotator", "lan")
    return path


def test_a_text_file_gives_one_object_with_offsets_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode())
    found = done("suggest", "--text", path, "--json").json
    assert set(found) == {"entities", "relations"}
    text = TEXT.replace("\r\n", "\n")
    assert all(text[one["start"] : one["end"]] == one["text"] for one in found["entities"])
    assert {one["origin"] for one in found["entities"]} == {"suggested"}
    ids = {one["id"] for one in found["entities"]}
    assert found["relations"]
    assert all({one["source"], one["target"]} <= ids for one in found["relations"])


def test_a_project_gives_one_object_a_line(demo: Path) -> None:
    lines = [json.loads(line) for line in done("suggest", demo, "--json").out.splitlines()]
    assert [line["name"] for line in lines] == sorted(line["name"] for line in lines)
    assert len(lines) == 16
    assert all(line["entities"] for line in lines)


def test_one_report_of_a_project(demo: Path) -> None:
    (line,) = done("suggest", demo, "--report", "06_tham_tang_qua_tet.txt", "--json").out.splitlines()
    assert json.loads(line)["name"] == "06_tham_tang_qua_tet.txt"


def test_people_read_it_too(demo: Path) -> None:
    said = done("suggest", demo, "--report", "06_tham_tang_qua_tet.txt").out
    assert "OFFICIAL Lương Quang Diệp" in said
    assert "holds_title: Lương Quang Diệp → Phó Bí thư Tỉnh ủy" in said


def test_suggesting_stores_nothing(demo: Path) -> None:
    before = demo.read_bytes()
    done("suggest", demo, "--json")
    assert demo.read_bytes() == before


def test_a_report_that_is_not_there_is_refused(demo: Path) -> None:
    assert "There is no report named nobody.txt" in chugiai("suggest", demo, "--report", "nobody.txt").refusal


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "none.txt" in chugiai("suggest", "--text", tmp_path / "none.txt", "--json").refusal


@pytest.mark.parametrize("words", [[], ["p.chugiai", "--text", "t.txt"], ["--text", "t.txt", "--report", "r"]])
def test_either_a_project_or_a_text(words: list[str]) -> None:
    assert chugiai("suggest", *words).status == 2


def test_evaluate_measures_against_labels(demo: Path, tmp_path: Path) -> None:
    found = done("evaluate", _gold(tmp_path / "gold.jsonl", demo), "--json").json
    entities = found["entities"]
    assert found["reports"] == 10
    assert entities["exact"]["right"] <= entities["overlap"]["right"] <= entities["exact"]["wanted"]
    assert entities["exact"]["f1"] > 0.85
    assert found["relations"]["f1"] > 0.75
    assert found["values"]["DATE.value"]["share"] > 0.9
    assert sum(one["right"] for one in found["sources"].values()) == entities["exact"]["right"]


def test_evaluate_prints_a_table(demo: Path, tmp_path: Path) -> None:
    said = done("evaluate", _gold(tmp_path / "gold.jsonl", demo), demo).out
    assert "Compared 10 labelled reports." in said
    assert any(line.startswith("OFFICIAL ") for line in said.splitlines())


def test_evaluate_refuses_a_file_without_labels(tmp_path: Path) -> None:
    path = tmp_path / "bare.jsonl"
    path.write_text('{"id": "a", "name": "a.txt", "text": "Tỉnh ủy họp."}\n', encoding="utf-8")
    assert "holds no labels" in chugiai("evaluate", path).refusal
