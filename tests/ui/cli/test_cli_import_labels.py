"""``chugiai import --map FILE --add-labels``: labels that the schema lacks are mapped, left out, added, or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import chugiai, done
from label_files import TEXT, entity, record, write_records

from model.project import Project
from model.queries.corpus import Selection, corpus
from model.workspace import Workspace
from ui.jobs.importing import import_files
from ui.jobs.incoming_labels import IncomingLabels


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A file with two labels and a relation type of others."""
    entities = [
        entity("e1", "PER", "Lê Thị Thủy"),
        entity("e2", "POS", "Bí thư Tỉnh ủy"),
        entity("e3", "DATE", "26/4"),
    ]
    relations = [{"id": "r1", "type": "works-as", "source": "e1", "target": "e2"}]
    return write_records(tmp_path / "in.jsonl", record(entities=entities, relations=relations))


def labels(project: Path) -> tuple[list[str], list[str]]:
    with Project.open(project) as opened:
        found = [labels for one in corpus(opened, Selection(everything=True)) for labels in one.sets]
        return [one.label for part in found for one in part.entities], [
            one.type for part in found for one in part.relations
        ]


def mapping(tmp_path: Path, **values: Any) -> Path:
    path = tmp_path / "map.yaml"
    path.write_text(json.dumps(values), "utf-8")
    return path


def test_unknown_labels_are_refused_with_line_and_nothing_is_changed(project: Path, theirs: Path) -> None:
    assert "in.jsonl, line 1" in (refusal := chugiai("import", project, theirs).refusal)
    assert "PER" in refusal
    assert labels(project) == ([], [])


def test_they_are_renamed(project: Path, theirs: Path, tmp_path: Path) -> None:
    names = mapping(tmp_path, entities={"PER": "OFFICIAL", "POS": "TITLE"}, relations={"works-as": "holds_title"})
    said = done("import", project, theirs, "--map", names, "--json").json
    assert (said["totals"]["entities"], said["totals"]["relations"], said["new_labels"]) == (3, 1, [])
    assert labels(project) == (["DATE", "OFFICIAL", "TITLE"], ["holds_title"])
    assert done("import", project, theirs, "--map", names, "--json").json["totals"]["unchanged"] == 1


def test_they_are_left_out_and_counted(project: Path, theirs: Path, tmp_path: Path) -> None:
    names = mapping(tmp_path, entities={"PER": "OFFICIAL", "POS": None})
    said = done("import", project, theirs, "--map", names, "--json").json
    assert said["files"][0]["left_out"] == {
        "entities left out by the mapping": 1,
        "relations of entities left out": 1,
    }
    assert labels(project) == (["DATE", "OFFICIAL"], [])


def test_they_are_added_to_the_schema(project: Path, theirs: Path) -> None:
    said = done("import", project, theirs, "--add-labels")
    assert "Added to the label schema: PER, POS, works-as" in said.out
    assert labels(project) == (["DATE", "PER", "POS"], ["works-as"])
    assert done("import", project, theirs, "--add-labels", "--json").json["new_labels"] == []


def test_one_undo_takes_all_back(project: Path, theirs: Path) -> None:
    with Project.open(project) as opened:
        import_files(opened, [theirs], actor="minh", labels=IncomingLabels(add_all=True))
        window = Workspace(opened, "minh")
        assert "PER" in window.schema.entities_by_name
        window.undo()
        assert "PER" not in window.schema.entities_by_name
    assert labels(project) == ([], [])


def test_mapped_first_and_then_added(project: Path, theirs: Path, tmp_path: Path) -> None:
    names = mapping(tmp_path, entities={"PER": "OFFICIAL"})
    assert done("import", project, theirs, "--map", names, "--add-labels", "--json").json["new_labels"] == [
        "POS",
        "works-as",
    ]
    assert labels(project)[0] == ["DATE", "OFFICIAL", "POS"]


def test_what_can_be_no_label_is_refused_with_its_line(project: Path, tmp_path: Path) -> None:
    bad = write_records(
        tmp_path / "in.jsonl", record(entities=[entity("e1", "two words", "Lê Thị Thủy")], relations=[])
    )
    refusal = chugiai("import", project, bad, "--add-labels").refusal
    assert "in.jsonl, line 1" in refusal
    assert "one word without spaces" in refusal


@pytest.mark.parametrize("offsets", [(0, 6000), (5, 5), (-1, 4), (9, 3)])
def test_offsets_that_do_not_fit_are_refused_with_line_and_id(
    project: Path, tmp_path: Path, offsets: tuple[int, int]
) -> None:
    bad = {"id": "e77", "label": "ORG", "start": offsets[0], "end": offsets[1]}
    path = write_records(
        tmp_path / "in.jsonl", record("ok.txt", text=TEXT + " Một."), record(entities=[bad], relations=[])
    )
    refusal = chugiai("import", project, path).refusal
    assert "in.jsonl, line 2" in refusal
    assert "e77" in refusal
    assert labels(project) == ([], [])
