"""``chugiai export --with-suggestions``: what the machine would label goes out only when asked for, and marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import done
from label_files import TEXT, record, write_records

from exports.formats import formats, importer
from exports.needs import has


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def labelled(project: Path, tmp_path: Path) -> Path:
    """One report of Lan's with two entities and a relation, done; one that nobody has labelled."""
    unlabelled = record("b.txt", None, entities=[], relations=[])
    unlabelled["text"] = TEXT.replace("Lê Thị Thủy", "Trần Văn An")
    done("import", project, write_records(tmp_path / "in.jsonl", record(status="done"), unlabelled))
    return project


def test_never_unless_asked_for(labelled: Path, tmp_path: Path) -> None:
    said = done("export", labelled, tmp_path / "a.jsonl", "--format", "jsonl", "--all", "--json").json
    assert (said["entities"], said["relations"], "suggestions" in said["about"]) == (2, 1, False)
    assert {one["origin"] for record in lines(tmp_path / "a.jsonl") for one in record["entities"]} == {"imported"}


def test_they_stand_beside_labels_with_who_and_how_sure(labelled: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    said = done("export", labelled, out, "--format", "jsonl", "--all", "--with-suggestions", "--json").json
    own, machine = lines(out)
    kept = [one for one in own["entities"] if one["origin"] == "imported"]
    made = [one for one in own["entities"] if one["origin"] == "suggested"]
    assert [one["id"] for one in kept] == ["e1", "e2"]
    assert {one["label"] for one in made} >= {"ORG", "DATE"}
    assert all(one["by"] and 0 < one["confidence"] <= 1 for one in made)
    spans = [(one["start"], one["end"]) for one in own["entities"]]
    assert spans == sorted(set(spans), key=lambda span: (span[0], -span[1]))
    assert (machine["annotator"], machine["status"]) == ("suggestions", "new")
    assert {one["origin"] for one in (*machine["entities"], *machine["relations"])} == {"suggested"}
    entities, relations = (len(made) + len(machine["entities"])), said["relations"] - 1
    assert said["about"]["suggestions"] == f"{entities} entities, {relations} relations"
    manifest = json.loads((tmp_path / "a.jsonl.manifest.json").read_text("utf-8"))
    assert manifest["chosen"]["labels confirmed"] == "also suggestions"
    before = out.read_bytes()
    done("export", labelled, out, "--format", "jsonl", "--all", "--with-suggestions", "--force")
    assert out.read_bytes() == before


@pytest.mark.parametrize("key", [info.key for info in formats() if info.reads and info.origins])
def test_every_format_that_tells_origins_brings_them_back(key: str, labelled: Path, tmp_path: Path) -> None:
    info = next(info for info in formats() if info.key == key)
    if info.needs and not has(info.needs):
        pytest.skip(f"{info.needs} is not installed (extras {key}, formats-test)")
    out = tmp_path / "out"
    said = done("export", labelled, out, "--format", key, "--annotator", "lan", "--with-suggestions", "--json").json
    records = list(importer(key).read(out))
    suggested = [one for record in records for one in record.entities if one.origin == "suggested"]
    confirmed = [one for record in records for one in record.entities if one.origin != "suggested"]
    assert len(confirmed) == 2
    assert len(suggested) == int(said["about"]["suggestions"].split()[0]) - said["left_out"].get(
        "not on a token boundary", 0
    )
    assert suggested
    assert all(one.by and one.confidence for one in suggested)


def test_label_studio_keeps_them_apart_as_predictions(labelled: Path, tmp_path: Path) -> None:
    done(
        "export", labelled, tmp_path / "a", "--format", "labelstudio", "--all", "--status", "done", "--with-suggestions"
    )
    (task,) = json.loads((tmp_path / "a" / "tasks.json").read_text("utf-8"))
    assert [len(one["result"]) for one in task["annotations"]] == [3]
    (prediction,) = task["predictions"]
    assert prediction["model_version"] == "suggestions"
    assert len(prediction["result"]) > 3


@pytest.mark.parametrize("key", [info.key for info in formats() if info.writes and not info.origins])
def test_a_format_that_cannot_tell_them_says_so(key: str, labelled: Path, tmp_path: Path) -> None:
    said = done("export", labelled, tmp_path / "a", "--format", key, "--with-suggestions", "--json").json
    assert "does not tell them from confirmed labels" in said["about"]["suggestions"]


def test_what_somebody_refused_stays_away(labelled: Path, tmp_path: Path) -> None:
    from annotations.changes.fact import SetFacts
    from annotations.facts import Fact, Kind
    from model.project import Project
    from model.workspace import Workspace

    out = tmp_path / "a.jsonl"
    done("export", labelled, out, "--format", "jsonl", "--annotator", "lan", "--with-suggestions")
    (before,) = lines(out)
    gone = next(one for one in before["entities"] if one["origin"] == "suggested")
    key = f"{gone['label']} {gone['start']} {gone['end']}"
    with Project.open(labelled) as opened:
        Workspace(opened, "lan").apply(SetFacts((Fact(Kind.REJECTION, key, {}, before["id"], "lan"),), "Reject"))
    done("export", labelled, out, "--format", "jsonl", "--annotator", "lan", "--with-suggestions", "--force")
    (after,) = lines(out)
    assert len(after["entities"]) == len(before["entities"]) - 1
    assert not [one for one in after["entities"] if (one["label"], one["start"]) == (gone["label"], gone["start"])]
