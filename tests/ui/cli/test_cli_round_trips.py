"""Out in a format and in again into an empty project, both by command: the labels are the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exports.formats import formats
from ui.cli import run
from ui.jobs.demo import make_demo

WHOLE = ("jsonl", "brat", "xmi", "casjson", "webanno")
"""Formats that hold spans, relations and attributes whole."""


def _labels(project: Path, out: Path) -> dict[str, Any]:
    """By text: entities and relations without their ids, as the native format has them."""
    assert run(["export", str(project), str(out), "--format", "jsonl", "--annotator", "lan", "--force"]) == 0
    found = {}
    for record in map(json.loads, out.read_text(encoding="utf-8").splitlines()):
        spans = {entity["id"]: (entity["label"], entity["start"], entity["end"]) for entity in record["entities"]}
        found[record["text"]] = (
            sorted((*spans[entity["id"]], sorted(entity["attributes"].items())) for entity in record["entities"]),
            sorted((one["type"], spans[one["source"]], spans[one["target"]]) for one in record["relations"]),
        )
    return found


@pytest.mark.parametrize("key", WHOLE)
@pytest.mark.parametrize("zipped", [False, True])
def test_out_and_in_gives_the_same_labels(tmp_path: Path, key: str, zipped: bool) -> None:
    info = next(info for info in formats() if info.key == key)
    if zipped and info.suffix:
        pytest.skip(f"{key} is one file")
    demo, again = tmp_path / "demo.chugiai", tmp_path / "again.chugiai"
    make_demo(demo)
    out = tmp_path / ("out.zip" if zipped else f"out{info.suffix}")
    assert run(["export", str(demo), str(out), "--format", key, "--annotator", "lan"]) == 0
    assert run(["new", str(again)]) == 0
    assert run(["import", str(again), str(out)]) == 0
    assert _labels(again, tmp_path / "again.jsonl") == _labels(demo, tmp_path / "demo.jsonl")
