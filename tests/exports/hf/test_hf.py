"""Hugging Face folder: ``datasets`` loads it, nothing of the labels is lost, no text stands in two splits."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="pyarrow is not installed (extras hf, formats-test)")

import pyarrow as pa
import pyarrow.parquet as pq

from annotations.corpus import Corpus, LabelledReport
from annotations.errors import Cancelled
from annotations.report import AnnotationSet, Entity, Relation, Report
from exports import needs
from exports.errors import FormatError
from exports.hf import HuggingFace
from exports.hf import read as hf_read
from exports.hf.tags import SPACES
from exports.protocol import Options
from exports.tokens import UNLABELLED
from tests.exports.random_corpora import corpora, corpus_of
from tests.exports.same_labels import TEXT, one_report

FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng"]


def many(count: int, copies: int = 0) -> Corpus:
    """Different reports; the first ``copies`` of them stand twice with other capitals."""

    def made() -> Iterator[LabelledReport]:
        for number in range(count):
            text = f"{FAMILIES[number % 5]} {number}, " + " ".join(f"tin{number * 50 + word}" for word in range(40))
            entities = (Entity("e", "OFFICIAL", 0, len(FAMILIES[number % 5])), Entity("o", "ORG", 0, len(text)))
            labels = AnnotationSet("Lan", entities=entities, relations=(Relation("r", "t", "e", "o"),))
            yield LabelledReport(Report(f"r{number}", f"r{number}", text), (labels,))
            if number < copies:
                yield LabelledReport(Report(f"c{number}", f"c{number}", text.upper()), (labels,))

    return corpus_of(made())


def load(out: Path, cache: Path) -> Any:
    datasets = pytest.importorskip("datasets", reason="datasets is not installed (extra formats-test)")
    datasets.disable_progress_bars()
    return datasets.load_dataset(str(out), cache_dir=str(cache))


@settings(deadline=None, max_examples=50)
@given(corpora(), st.booleans())
def test_everything_comes_back(corpus: Corpus, with_pyarrow: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        summary = HuggingFace().write(corpus, out)
        if not with_pyarrow:
            for file in out.rglob("*.parquet"):
                file.unlink()
        records = list(HuggingFace().read(out))
    wanted = {(one.report.id, labels.annotator): (one.report, labels) for one in corpus for labels in one.sets}
    assert len(records) == len(wanted) == summary.sets
    for record in records:
        report, labels = wanted[record.report.id, record.annotator]
        assert record.report == report
        assert (record.adjudicated, record.status) == (labels.adjudicated, labels.status)
        assert (record.entities, record.relations) == (labels.entities, labels.relations)
    empty = sum(not one.sets for one in corpus)
    assert summary.left_out == ({UNLABELLED: empty} if empty else {})


def test_datasets_loads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    summary = HuggingFace().write(many(60), tmp_path / "out", Options(seed=3))
    loaded = load(tmp_path / "out", tmp_path / "cache")
    lines = load(tmp_path / "out" / "jsonl", tmp_path / "cache")
    for found in (loaded, lines):
        assert {split: rows.num_rows for split, rows in found.items()} == {"train": 48, "validation": 6, "test": 6}
    row = loaded["train"][0]
    assert [row["text"][entity["start"] : entity["end"]] for entity in row["entities"]] == [
        entity["text"] for entity in row["entities"]
    ]
    assert row["relations"][0]["source"] == "e"
    names = loaded["train"].features["ner_tags"].feature.names
    assert names[:3] == ["O", "B-OFFICIAL", "I-OFFICIAL"]
    tags = [names[tag] for tag in row["ner_tags"]]
    assert (tags[0], set(tags[1:])) == ("B-ORG", {"I-ORG"})
    assert len(row["tokens"]) == len(row["token_starts"]) == len(tags)
    assert summary.about["entities without ner_tags of their own"] == "60 nested in another entity"
    assert lines["train"][0]["ner_tags"] == tags
    assert lines["train"][0]["entities"] == row["entities"]


def test_no_text_in_two_splits(tmp_path: Path) -> None:
    for seed in (1, 2, 3):
        HuggingFace().write(many(40, copies=20), tmp_path / "out", Options(force=True, split=(50, 25, 25), seed=seed))
        parts: dict[str, set[str]] = {}
        for file in (tmp_path / "out" / "data").glob("*.parquet"):
            parts[file.stem] = {text.lower() for text in pq.read_table(file, columns=["text"])["text"].to_pylist()}
        assert set(parts) == {"train", "validation", "test"}
        assert sum(map(len, parts.values())) == len(set().union(*parts.values())) == 40


def test_the_card(tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    HuggingFace().write(many(10), tmp_path / "out", Options(seed=5))
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    head = yaml.safe_load(card.split("---\n")[1])
    assert head["language"] == ["vi"]
    assert head["task_categories"] == ["token-classification"]
    assert head["size_categories"] == ["n<1K"]
    for config in head["configs"]:
        for file in config["data_files"]:
            assert (tmp_path / "out" / file["path"]).is_file()
    assert "| `OFFICIAL` | 10 |" in card
    assert "seed 5" in card
    assert "| train | 8 |" in card


def test_few_reports_have_no_empty_split(tmp_path: Path) -> None:
    HuggingFace().write(one_report(Entity("a", "X", 0, 3)), tmp_path / "out")
    assert sorted(file.name for file in (tmp_path / "out" / "data").iterdir()) == ["train.parquet"]
    HuggingFace().write(corpus_of([]), tmp_path / "out", Options(force=True))
    assert list(HuggingFace().read(tmp_path / "out")) == []


def test_labels_outside_of_the_schema_have_tags_too(tmp_path: Path) -> None:
    HuggingFace().write(one_report(Entity("a", "lạ", 0, 3)), tmp_path / "out")
    loaded = load(tmp_path / "out", tmp_path / "cache")["train"]
    assert loaded.features["ner_tags"].feature.names[loaded[0]["ner_tags"][0]] == "B-lạ"


def test_cancelled_leaves_nothing(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        calls.append((done, total))
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        HuggingFace().write(many(3), tmp_path / "out", progress=cancel)
    assert calls == [(0, 3), (0, 3), (0, 3), (1, 3)]
    assert list(tmp_path.iterdir()) == []


def foreign(tmp_path: Path, rows: list[dict[str, Any]], card: str = "") -> list[Any]:
    (tmp_path / "data").mkdir(exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "data" / "train.parquet")
    (tmp_path / "README.md").write_text(card, "utf-8")
    return list(HuggingFace().read(tmp_path))


CARD = """---
dataset_info:
  features:
  - name: tokens
    sequence: string
  - name: ner_tags
    sequence:
      class_label:
        names:
          '0': O
          '1': B-PER
          '2': I-PER
---
"""


def test_tokens_and_tags_of_others(tmp_path: Path) -> None:
    rows = [{"id": "7", "tokens": ["Ông", "Lê", "A", "nói"], "ner_tags": [0, 1, 2, 0]}]
    (made,) = foreign(tmp_path, rows, CARD)
    assert made.report.text == "Ông Lê A nói"
    assert [(one.label, one.surface(made.report.text)) for one in made.entities] == [("PER", "Lê A")]
    assert made.left_out == {SPACES: 1}
    assert HuggingFace().recognises(tmp_path)


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["I-X", "I-X", "O", "I-X"], ["a b", "d"]),
        (["B-X", "B-X", "I-X", "O"], ["a", "b c"]),
        (["I-X", "B-X", "I-Y", "O"], ["a", "b", "c"]),
        (["B-X", "E-X", "S-X", "S-X"], ["a b", "c", "d"]),
        (["O", "O", "O", "O"], []),
    ],
)
def test_tags_of_every_scheme(tmp_path: Path, tags: list[str], spans: list[str]) -> None:
    (made,) = foreign(tmp_path, [{"tokens": ["a", "b", "c", "d"], "ner_tags": tags}])
    assert [one.surface(made.report.text) for one in made.entities] == spans


def test_numbers_named_by_the_parquet_file(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets", reason="datasets is not installed (extra formats-test)")
    features = datasets.Features(
        {
            "tokens": datasets.Sequence(datasets.Value("string")),
            "ner_tags": datasets.Sequence(datasets.ClassLabel(names=["O", "B-X"])),
        }
    )
    made = datasets.Dataset.from_list([{"tokens": ["a", "b"], "ner_tags": [0, 1]}], features)
    made.to_parquet(str(tmp_path / "x.parquet"))
    (record,) = HuggingFace().read(tmp_path / "x.parquet")
    assert [one.label for one in record.entities] == ["X"]
    assert HuggingFace().recognises(tmp_path / "x.parquet")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"tokens": ["a"], "ner_tags": [1]}, "has no name"),
        ({"tokens": ["a"], "ner_tags": ["O", "O"]}, "as long as"),
        ({"tokens": [5], "ner_tags": ["O"]}, "tokens"),
        ({"other": 5}, "text is missing"),
        ({"text": "ab", "entities": [{"label": "X", "start": 0, "end": 3}]}, "outside"),
        ({"text": "ab", "entities": ["x"]}, "entities or relations"),
        ({"text": "ab", "entities": [{"label": "X", "start": 0, "end": 2, "metadata": "{"}]}, "metadata"),
        ({"text": "ab", "entities": [{"label": "X", "start": 0, "end": 2, "attributes": [5]}]}, "attributes"),
        ({"text": "ab", "entities": [{"label": "X", "start": 0, "end": 2, "fragments": [5]}]}, "fragments"),
        ({"text": "a\0"}, "NUL"),
    ],
)
def test_refused_with_file_and_row(tmp_path: Path, row: dict[str, Any], words: str) -> None:
    with pytest.raises(FormatError) as caught:
        foreign(tmp_path, [row])
    assert words in str(caught.value)
    assert str(caught.value).startswith("data/train.parquet, row 1")


def test_large_row_groups_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hf_read, "GROUP_LIMIT", 1024 * 1024)
    with pytest.raises(FormatError, match="row group of more than 1 MB"):
        foreign(tmp_path, [{"text": "x" * 100_000 + str(number)} for number in range(20)])


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=8))
def test_mutated_parquet_is_refused_or_read(place: int, splice: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        HuggingFace().write(one_report(Entity("a", "X", 0, 3)), Path(folder, "out"))
        file = Path(folder, "out", "data", "train.parquet")
        content = file.read_bytes()
        start = place % len(content)
        file.write_bytes(content[:start] + splice + content[start + len(splice) :])
        try:
            list(HuggingFace().read(file))
        except FormatError:
            return


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"text"])
def test_what_is_no_parquet_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.parquet").write_bytes(content)
    with pytest.raises(FormatError, match=r"x\.parquet is no parquet file, or a damaged one"):
        list(HuggingFace().read(tmp_path / "x.parquet"))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="could not be read"):
        list(HuggingFace().read(tmp_path / "none.parquet"))


def test_without_pyarrow_json_lines_are_read_and_one_sentence_says_how_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    HuggingFace().write(one_report(Entity("a", "X", 0, 3)), tmp_path / "out")
    monkeypatch.setattr(needs, "find_spec", lambda module: None)
    (made,) = HuggingFace().read(tmp_path / "out")
    assert made.place == "jsonl/train.jsonl, line 1"
    with pytest.raises(FormatError, match=r"needs pyarrow, which is not installed.*pip install 'chugiai\[hf\]'"):
        HuggingFace().write(one_report(), tmp_path / "other")
    with pytest.raises(FormatError, match="pip install"):
        list(HuggingFace().read(tmp_path / "out" / "data" / "train.parquet"))


def test_others_are_not_recognised(tmp_path: Path) -> None:
    assert not HuggingFace().recognises(tmp_path)
    assert not HuggingFace().recognises(tmp_path / "none")
    (tmp_path / "x.jsonl").write_text(json.dumps({"text": TEXT}), "utf-8")
    assert not HuggingFace().recognises(tmp_path)
    assert not HuggingFace().recognises(tmp_path / "x.jsonl")
    (tmp_path / "README.md").write_text("---\nlanguage: vi\nconfigs: []\n---\n", "utf-8")
    assert HuggingFace().recognises(tmp_path)
