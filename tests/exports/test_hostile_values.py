"""Every value of a real file replaced by every hostile one: each reader refuses the file in one sentence, or reads sound records."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotations.corpus import ImportedRecord, LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Report, Status
from exports.errors import FormatError
from exports.formats import exporter, importer
from exports.labelstudio import TASKS
from tests.exports.random_corpora import corpus_of
from tests.exports.same_labels import TEXT

HOSTILE: list[Any] = [
    *(None, True, -1, 10**30, 1.5, "", "x", "a\0", "\ud800", [], {}, [[]], [5], [None], {"a": 1}, {"id": []}),
    [["X", 0, 3, {}]],
    [{}],
    "[" * 5000,
]
CORPUS = corpus_of(
    [
        LabelledReport(
            Report("r1", "a.txt", TEXT, "Tít", "2021", metadata={"k": [1]}),
            (
                AnnotationSet(
                    "Lan",
                    Status.DONE,
                    (
                        Entity("a", "OFFICIAL", 4, 8, attributes={"canonical": "A"}, note="x"),
                        Entity("b", "TITLE", 10, 24, by="rules", confidence=0.5),
                        Entity("d", "MEETING", 26, 37, ((26, 29), (35, 37))),
                    ),
                    (Relation("r", "holds_title", "a", "b", {"k": "v"}, "y"),),
                ),
                AnnotationSet(None, Status.NEW, (Entity("a", "OFFICIAL", 4, 8),), adjudicated=True),
            ),
        )
    ]
)


def nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all values in a JSON value."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from nodes(inner, (*path, key))
    elif isinstance(value, list):
        # Later members of a long list are like the first.
        for number, inner in enumerate(value[:3]):
            yield from nodes(inner, (*path, number))


def spoiled(value: Any) -> Iterator[Any]:
    """The value with each of its parts replaced by each hostile value, and with each left out."""
    for path in list(nodes(value)):
        for hostile in HOSTILE:
            made = copy.deepcopy(value)
            holder = made
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = hostile
            yield made
        made = copy.deepcopy(value)
        holder = made
        for key in path[:-1]:
            holder = holder[key]
        del holder[path[-1]]
        yield made


def check(record: ImportedRecord) -> None:
    """What the door relies on."""
    text = record.report.text
    json.dumps([record.report.metadata, [dict(one.metadata) for one in record.entities]], ensure_ascii=False).encode()
    assert all(isinstance(part, str) for part in (record.report.id, record.report.name, text, record.report.date))
    assert record.report.id
    ids = [entity.id for entity in record.entities]
    assert len(set(ids)) == len(ids)
    for entity in record.entities:
        assert 0 <= entity.start < entity.end <= len(text)
        assert isinstance(entity.label, str)
        assert entity.label
        assert entity.spans[0][0] == entity.start
        assert entity.spans[-1][1] == entity.end
        assert all(isinstance(value, str) for value in entity.attributes.values())
    for relation in record.relations:
        assert relation.source in ids
        assert relation.target in ids
        assert isinstance(relation.type, str)
    assert all(count > 0 for count in record.left_out.values())


def outcome(key: str, path: Path) -> str:
    """The sentence of a refusal; empty when sound records were read."""
    try:
        for record in importer(key).read(path):
            check(record)
    except FormatError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("key", ["doccano", "prodigy", "labelstudio", "hf"])
def test_json(key: str, tmp_path: Path) -> None:
    if key == "hf":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (extras hf, formats-test)")
    exporter(key).write(CORPUS, tmp_path / "out")
    places = {"labelstudio": f"out/{TASKS}", "hf": "out/jsonl/train.jsonl"}
    file = tmp_path / places.get(key, "out")
    content = file.read_text("utf-8")
    first = json.loads(content)[0] if key == "labelstudio" else json.loads(content.splitlines()[0])
    if key == "hf":
        for parquet in (tmp_path / "out").rglob("*.parquet"):
            parquet.unlink()
    read = refused = 0
    for made in spoiled(first):
        file.write_text(json.dumps([made] if key == "labelstudio" else made), "utf-8")
        importer(key).recognises(tmp_path / "out")
        refusal = outcome(key, tmp_path / "out")
        assert file.name in refusal or not refusal
        refused += bool(refusal)
        read += not refusal
    assert read > 100
    assert refused > 100


def test_the_comment_in_conllu(tmp_path: Path) -> None:
    exporter("conllu").write(CORPUS, tmp_path / "out")
    lines = (tmp_path / "out").read_text("utf-8").split("# newdoc id = r1\n")[1].splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if line.startswith("# chugiai = "))
    refusals = set()
    for made in spoiled(json.loads(lines[place].split("=", 1)[1])):
        changed = [*lines[:place], f"# chugiai = {json.dumps(made)}\n", *lines[place + 1 :]]
        (tmp_path / "out").write_text("".join(changed), "utf-8")
        refusals.add(outcome("conllu", tmp_path / "out")[:9])
    assert refusals == {"", "out, line"}


def test_user_data_of_spacy(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed (extras spacy, formats-test)")
    from spacy.tokens import DocBin

    exporter("spacy").write(CORPUS, tmp_path / "out")
    file = tmp_path / "out" / "reports" / "00000.spacy"
    doc = next(DocBin().from_disk(file).get_docs(spacy.blank("xx").vocab))
    whole = json.loads(doc.user_data["chugiai"])
    refusals = set()
    for made in spoiled(whole):
        doc.user_data["chugiai"] = json.dumps(made)
        DocBin(store_user_data=True, docs=[doc]).to_disk(file)
        refusals.add(outcome("spacy", file)[:23])
    assert refusals == {"", "00000.spacy, document 1"}
