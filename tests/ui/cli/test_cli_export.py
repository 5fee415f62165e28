"""``chugiai export``: whose labels, where to, and round trips."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import chugiai, done
from label_files import TEXT, entity, record, write_records

from ui.demo import demo_reports


@pytest.fixture
def demo() -> Iterator[Path]:
    """The demo corpus as a file."""
    with demo_reports() as path:
        yield path


@pytest.fixture
def labelled(project: Path, tmp_path: Path) -> Path:
    """A project with one labelled report."""
    done("import", project, write_records(tmp_path / "a.jsonl", record()))
    return project


@pytest.fixture
def shared(labelled: Path, tmp_path: Path) -> Path:
    """A project whose report two annotators labelled; Minh without relations."""
    done("import", labelled, write_records(tmp_path / "m.jsonl", record(annotator="minh", relations=[])))
    return labelled


def new(path: Path) -> Path:
    """Another empty project."""
    done("new", path)
    return path


def test_jsonl_out_and_in_and_out_is_the_same_bytes(project: Path, tmp_path: Path, demo: Path) -> None:
    done("import", project, demo)
    done("export", project, tmp_path / "one.jsonl", "--format", "jsonl", "--all")
    other = new(tmp_path / "other.chugiai")
    done("import", other, tmp_path / "one.jsonl")
    done("export", other, tmp_path / "two.jsonl", "--format", "jsonl", "--all")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes() == demo.read_bytes()


@pytest.mark.parametrize("out", ["brat", "brat.zip"])
def test_brat_out_and_in_is_the_same_labels(project: Path, tmp_path: Path, demo: Path, out: str) -> None:
    done("import", project, demo)
    done("export", project, tmp_path / out, "--format", "brat", "--all")
    other = new(tmp_path / "other.chugiai")
    done("import", other, tmp_path / out)
    done("export", other, tmp_path / "two.jsonl", "--format", "jsonl", "--all")
    assert (tmp_path / "two.jsonl").read_bytes() == demo.read_bytes()


def test_label_studio_out_and_in_as_a_folder(labelled: Path, tmp_path: Path) -> None:
    done("export", labelled, tmp_path / "studio", "--format", "labelstudio")
    other = new(tmp_path / "other.chugiai")
    (file,) = done("import", other, tmp_path / "studio", "--json").json["files"]
    assert (file["status"], file["entities"], file["relations"]) == ("imported", 2, 1)


def test_the_summary_is_counted(labelled: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    said = done("export", labelled, out, "--format", "jsonl", "--json")
    assert said.json["path"] == str(out)
    assert [said.json[key] for key in ("reports", "sets", "entities", "relations")] == [1, 1, 2, 1]
    assert said.json["by_label"] == {"OFFICIAL": 1, "TITLE": 1}
    assert "entities: 2, relations: 1" in done("export", labelled, out, "--format", "jsonl", "--force").out


def test_what_a_format_cannot_hold_is_said_with_counts(labelled: Path, tmp_path: Path) -> None:
    said = done("export", labelled, tmp_path / "out.conll", "--format", "conll")
    assert "Left out: relations (1)" in said.out
    assert "B-OFFICIAL" in (tmp_path / "out.conll").read_text("utf-8")


def test_words_or_syllables(labelled: Path, tmp_path: Path) -> None:
    done("export", labelled, tmp_path / "s.conll", "--format", "conll")
    done("export", labelled, tmp_path / "w.conll", "--format", "conll", "--word-level")
    assert len((tmp_path / "w.conll").read_text("utf-8")) < len((tmp_path / "s.conll").read_text("utf-8"))


def test_an_existing_out_needs_force(labelled: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    assert "--force" in chugiai("export", labelled, out, "--format", "jsonl").refusal
    assert out.read_text() == "mine"
    done("export", labelled, out, "--format", "jsonl", "--force")
    assert json.loads(out.read_text("utf-8"))["annotator"] == "lan"


def test_force_does_not_delete_a_folder_of_something_else(labelled: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.odt").write_text("mine")
    assert "left as it is" in chugiai("export", labelled, tmp_path / "out", "--format", "brat", "--force").refusal
    assert (tmp_path / "out" / "thesis.odt").exists()


def test_the_folder_of_out_must_exist(labelled: Path, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "out.jsonl"
    assert "does not exist" in chugiai("export", labelled, out, "--format", "jsonl").refusal
    assert not out.parent.exists()


def test_an_unknown_format_is_answered_with_the_known_ones(labelled: Path, tmp_path: Path) -> None:
    said = chugiai("export", labelled, tmp_path / "o", "--format", "xml")
    assert all(name in said.err for name in ("xml", "jsonl", "brat", "conll", "xlsx"))
    assert said.status == 2


def test_several_annotators_and_no_choice(shared: Path, tmp_path: Path) -> None:
    refusal = chugiai("export", shared, tmp_path / "o.jsonl", "--format", "jsonl").refusal
    assert all(words in refusal for words in ("lan", "minh", "--annotator", "--adjudicated", "--all"))
    assert not (tmp_path / "o.jsonl").exists()


def test_the_only_annotator_needs_no_choice_and_the_adjudicated_labels_come_first(
    labelled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "o.jsonl"
    done("export", labelled, out, "--format", "jsonl")
    assert json.loads(out.read_text("utf-8"))["annotator"] == "lan"
    done("import", labelled, write_records(tmp_path / "r.jsonl", record(annotator=None, adjudicated=True)))
    done("export", labelled, out, "--format", "jsonl", "--force")
    assert json.loads(out.read_text("utf-8"))["adjudicated"] is True


def test_all_gives_every_report_also_without_labels(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "z.txt").write_text("Chiều 27/4, Huyện uỷ họp.", "utf-8")
    done("import", shared, tmp_path / "z.txt")
    done("export", shared, tmp_path / "o.jsonl", "--format", "jsonl", "--all")
    records = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text("utf-8").splitlines()]
    assert [(one["name"], one.get("annotator")) for one in records] == [
        ("a.txt", "lan"),
        ("a.txt", "minh"),
        ("z.txt", None),
    ]


def test_an_unknown_annotator_is_answered_with_the_known_ones(shared: Path, tmp_path: Path) -> None:
    refusal = chugiai("export", shared, tmp_path / "o", "--format", "jsonl", "--annotator", "nam").refusal
    assert all(name in refusal for name in ("nam", "lan", "minh"))


def test_no_adjudicated_labels(shared: Path, tmp_path: Path) -> None:
    assert (
        "no adjudicated labels"
        in chugiai("export", shared, tmp_path / "o.jsonl", "--format", "jsonl", "--adjudicated").refusal
    )
    assert not (tmp_path / "o.jsonl").exists()


def test_no_relations_out_of_a_project_that_has_some_is_said(shared: Path, tmp_path: Path) -> None:
    words = ("export", shared, tmp_path / "o.jsonl", "--format", "jsonl", "--annotator", "minh", "--force")
    assert "relations of other annotation sets (1)" in done(*words).out
    assert done(*words, "--json").json["left_out"] == {"relations of other annotation sets": 1}


def test_no_relations_where_there_are_none_needs_no_word(project: Path, tmp_path: Path) -> None:
    bare = record(entities=[entity("e", "ORG", "Tỉnh uỷ")], relations=[])
    done("import", project, write_records(tmp_path / "a.jsonl", bare))
    assert done("export", project, tmp_path / "o.jsonl", "--format", "jsonl", "--json").json["left_out"] == {}


def test_the_workbook(labelled: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    done("export", labelled, tmp_path / "o.xlsx", "--format", "xlsx")
    book = load_workbook(tmp_path / "o.xlsx", read_only=True)
    assert book.sheetnames == ["Reports", "Entities", "Relations", "Officials", "Codebook", "About"]
    book.close()


def test_text_comes_out_as_it_is_stored(labelled: Path, tmp_path: Path) -> None:
    done("export", labelled, tmp_path / "o.jsonl", "--format", "jsonl")
    assert json.loads((tmp_path / "o.jsonl").read_text("utf-8"))["text"] == TEXT
