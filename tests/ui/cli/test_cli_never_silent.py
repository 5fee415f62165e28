"""An export without relations out of a project that has some says so; a format whose library is missing says how to get it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import chugiai, done
from label_files import record, write_records

import exports.needs as needs
from exports.formats import formats

WRITTEN = [info.key for info in formats() if info.writes and not info.needs and not info.review]


@pytest.fixture
def labelled(project: Path, tmp_path: Path) -> Path:
    """A report in progress with a relation."""
    done("import", project, write_records(tmp_path / "in.jsonl", record(status="in_progress")))
    return project


@pytest.mark.parametrize("key", WRITTEN)
@pytest.mark.parametrize(
    "words", [(), ("--all",), ("--annotator", "lan", "--status", "done"), ("--all", "--to", "1999")]
)
def test_zero_relations_are_never_silent(key: str, words: tuple[str, ...], labelled: Path, tmp_path: Path) -> None:
    said = done("export", labelled, tmp_path / "out", "--format", key, *words, "--json").json
    assert said["relations"] == 1 or any("relations" in reason for reason in said["left_out"]), said
    printed = done("export", labelled, tmp_path / "out", "--format", key, *words, "--force").out
    assert said["relations"] == 1 or "relations" in printed.split("Left out", 1)[1]


@pytest.mark.parametrize("key", ["spacy", "hf"])
def test_a_missing_library_is_one_sentence_that_says_how_to_get_it(
    key: str, labelled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "find_spec", lambda _name: None)
    refusal = chugiai("export", labelled, tmp_path / "out", "--format", key).refusal
    assert f"pip install 'chugiai[{key}]'" in refusal
    assert not (tmp_path / "out").exists()
    file = tmp_path / {"spacy": "a.spacy", "hf": "a.parquet"}[key]
    file.write_bytes(b"\x78\x9c" if key == "spacy" else b"PAR1")
    assert f"pip install 'chugiai[{key}]'" in chugiai("import", labelled, file, "--format", key).refusal
    assert done("export", labelled, tmp_path / "b.jsonl", "--format", "jsonl", "--json").json["relations"] == 1
