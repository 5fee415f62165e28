"""``chugiai export``: by status, date, mapping; split; manifest; summary."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from command_line import chugiai, done

WORDS = [
    "tỉnh",
    "họp",
    "bàn",
    "kinh",
    "tế",
    "xã",
    "hội",
    "nông",
    "thôn",
    "mới",
    "đầu",
    "tư",
    "công",
    "giáo",
    "dục",
    "y",
    "tế",
    "văn",
    "hóa",
    "thể",
    "thao",
    "an",
    "ninh",
    "quốc",
    "phòng",
]
MORE = "\nHội nghị giao nhiệm vụ quý tới cho các ngành.\nTin liên quan\nLê A thăm Hà Nam\n"


def text(number: int) -> str:
    """Texts that are not nearly the same."""
    chosen = [WORDS[(number * 7 + step * (number + 3)) % len(WORDS)] + str(number * step % 11) for step in range(60)]
    return "Ông Lê A nói: " + " ".join(chosen) + "."


def records(path: Path, texts: list[str], status: str = "done") -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number, words in enumerate(texts):
            entities = [
                {"id": "e", "label": "OFFICIAL", "start": 4, "end": 8},
                {"id": "f", "label": "TITLE", "start": 0, "end": 3},
            ]
            relations = [{"id": "r", "type": "holds_title", "source": "e", "target": "f"}]
            value = {
                "id": f"id{number}",
                "name": f"{number:02}.txt",
                "date": f"2021-04-{number % 28 + 1:02}",
                "text": words,
                "annotator": "lan",
                "status": "done" if status == "done" or number % 2 else status,
                "entities": entities,
                "relations": relations,
            }
            file.write(json.dumps(value, ensure_ascii=False) + "\n")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_training_formats_take_what_is_done(project: Path, tmp_path: Path) -> None:
    done("import", project, records(tmp_path / "in.jsonl", [text(n) + MORE for n in range(4)], "in_progress"))
    said = done("export", project, tmp_path / "a.conll", "--format", "conll", "--json").json
    assert (said["reports"], said["left_out"]["reports of another status"]) == (2, 2)
    assert "thăm" not in (tmp_path / "a.conll").read_text("utf-8")
    whole = done(
        "export", project, tmp_path / "b.conll", "--format", "conll", "--status", "all", "--keep-furniture", "--json"
    )
    assert whole.json["reports"] == 4
    assert "thăm" in (tmp_path / "b.conll").read_text("utf-8")
    assert done("export", project, tmp_path / "c.jsonl", "--format", "jsonl", "--json").json["reports"] == 4
    assert not (tmp_path / "c.jsonl.manifest.json").exists()


def test_when_nothing_is_done_all_goes_out_and_that_is_said(project: Path, tmp_path: Path) -> None:
    done("import", project, records(tmp_path / "in.jsonl", [text(0)], "in_progress"))
    said = done("export", project, tmp_path / "a.conll", "--format", "conll", "--json").json
    assert (said["reports"], said["about"]["status"]) == (1, "all, because none is done")
    none = done("export", project, tmp_path / "b.conll", "--format", "conll", "--status", "done", "--json").json
    assert (none["reports"], none["left_out"]) == (
        0,
        {"reports of another status": 1, "relations of other annotation sets": 1},
    )


def test_dates_and_mapping(project: Path, tmp_path: Path) -> None:
    done("import", project, records(tmp_path / "in.jsonl", [text(n) for n in range(6)]))
    (tmp_path / "map.yaml").write_text("entities: {OFFICIAL: PER, TITLE: null}", "utf-8")
    out = tmp_path / "a.jsonl"
    choices = ("--from", "2021-04-02", "--to", "2021-04-03", "--map", tmp_path / "map.yaml")
    done("export", project, out, "--format", "jsonl", *choices, "--summary", tmp_path / "summary.json")
    assert [record["date"] for record in lines(out)] == ["2021-04-02", "2021-04-03"]
    assert {entity["label"] for record in lines(out) for entity in record["entities"]} == {"PER"}
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert summary["left_out"] == {
        "entities left out by the mapping": 2,
        "relations of entities left out": 2,
        "reports of another date": 4,
    }
    manifest = json.loads((tmp_path / "a.jsonl.manifest.json").read_text("utf-8"))
    assert manifest["mapping"] == {"entities": {"OFFICIAL": "PER", "TITLE": None}, "relations": {}}
    assert manifest["chosen"]["dates"] == "2021-04-02 – 2021-04-03"
    hashes = [hashlib.sha256(record["text"].encode()).hexdigest() for record in lines(out)]
    assert [report["sha256"] for report in manifest["reports"]] == hashes


@pytest.mark.parametrize("format", ["jsonl", "conll", "brat", "csv"])
def test_a_split_of_any_format(project: Path, tmp_path: Path, format: str) -> None:
    texts = [text(number) for number in range(20)]
    texts[7] = texts[3] + " Hết."  # nearly the same text
    done("import", project, records(tmp_path / "in.jsonl", texts))
    said = done(
        "export", project, tmp_path / "data", "--format", format, "--split", "80,10,10", "--seed", "7", "--json"
    ).json
    assert said["reports"] == 20
    manifest = json.loads((tmp_path / "data" / "manifest.json").read_text("utf-8"))
    parts = {report["id"]: report["part"] for report in manifest["reports"]}
    assert sorted(parts.values()) == ["dev"] * 2 + ["test"] * 2 + ["train"] * 16
    assert parts["id7"] == parts["id3"]
    assert manifest["split"] == {"shares": [80, 10, 10], "seed": 7}
    assert {file.name.split(".")[0] for file in (tmp_path / "data").iterdir()} == {"train", "dev", "test", "manifest"}
    before = {file: file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file()}
    done("export", project, tmp_path / "data", "--format", format, "--split", "80,10,10", "--force")
    assert {file: file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file()} == before


def test_a_manifest_that_exists_is_not_overwritten(project: Path, tmp_path: Path) -> None:
    done("import", project, records(tmp_path / "in.jsonl", [text(0)]))
    out = tmp_path / "a.conll"
    done("export", project, out, "--format", "conll")
    manifest = json.loads((tmp_path / "a.conll.manifest.json").read_text("utf-8"))
    assert (manifest["tokenizer"], manifest["alignment"]) == ("syllables and single other characters", "strict")
    out.unlink()
    assert "manifest.json exists already" in chugiai("export", project, out, "--format", "conll").refusal
    assert not out.exists()
    done("export", project, out, "--format", "conll", "--force")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--status", "ready"), "There is no status ready"),
        (("--from", "29/4"), "is no date like"),
        (("--map", "none.yaml"), "cannot be read"),
        (("--split", "0,0,0"), "cannot split the reports"),
    ],
)
def test_refusals(project: Path, tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    done("import", project, records(tmp_path / "in.jsonl", [text(0)]))
    assert why in chugiai("export", project, tmp_path / "a.jsonl", "--format", "jsonl", *words).refusal
    assert [file.name for file in tmp_path.glob("a*")] == []


def test_wrong_usage(project: Path, tmp_path: Path) -> None:
    for words in (("--split", "80,20"), ("--align", "guess"), ("--tags", "x")):
        assert chugiai("export", project, tmp_path / "a", "--format", "conll", *words).status == 2


def test_a_split_as_a_zip(project: Path, tmp_path: Path) -> None:
    done("import", project, records(tmp_path / "in.jsonl", [text(n) for n in range(4)]))
    done("export", project, tmp_path / "a.zip", "--format", "jsonl", "--split", "50,25,25")
    with ZipFile(tmp_path / "a.zip") as found:
        assert sorted(found.namelist()) == ["dev.jsonl", "manifest.json", "test.jsonl", "train.jsonl"]
        assert found.read("train.jsonl").count(b"\n") == 2
