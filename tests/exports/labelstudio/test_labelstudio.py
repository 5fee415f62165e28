"""Label Studio: its SDK accepts configuration and tasks, and what goes out comes back."""

from __future__ import annotations

import json
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotations.corpus import Corpus, LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Origin, Relation, Report, Status
from annotations.schema import EntityType, RelationType, Schema
from exports.errors import FormatError
from exports.labelstudio import CONFIG, TASKS, LabelStudio
from exports.labelstudio.config import labelling_config
from exports.labelstudio.read import CANCELLED, PREDICTIONS
from exports.labelstudio.regions import NO_LABEL, OTHER_KINDS, TWO_WAY
from exports.labelstudio.write import HULLS
from exports.protocol import ExportSummary, Options
from exports.utf16 import Utf16
from tests.exports.random_corpora import corpora, corpus_of, texts
from tests.exports.same_labels import TEXT, assert_same, one_report


def region(start: int, end: int, label: str = "X", name: str = "a", **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": TEXT[start:end], "labels": [label]}
    return {"id": name, "from_name": "ner", "to_name": "t", "type": "labels", "value": value, **more}


def arc(source: str, target: str, **more: Any) -> dict[str, Any]:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": ["t"], **more}


def task(*results: object, **more: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "data": {"text": TEXT},
        "annotations": [{"id": 5, "completed_by": 1, "result": list(results)}],
        **more,
    }


def export(tmp_path: Path, corpus: Corpus) -> tuple[list[dict[str, Any]], ExportSummary]:
    summary = LabelStudio().write(corpus, tmp_path / "out", Options(force=True))
    return json.loads((tmp_path / "out" / TASKS).read_bytes()), summary


def read(tmp_path: Path, *tasks: object) -> list[Any]:
    (tmp_path / "in.json").write_text(json.dumps(tasks, indent=1), "utf-8")
    return list(LabelStudio().read(tmp_path / "in.json"))


@settings(deadline=None)
@given(corpora())
def test_what_goes_out_comes_back(corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        summary = LabelStudio().write(corpus, out)
        assert_same(corpus, LabelStudio().read(out))
        assert LabelStudio().recognises(out) is (corpus.total > 0)
    assert (summary.reports, summary.sets) == (corpus.total, sum(len(one.sets) for one in corpus))
    hulls = sum(bool(entity.fragments) for one in corpus for labels in one.sets for entity in labels.entities)
    assert summary.left_out == ({HULLS: hulls} if hulls else {})


@settings(deadline=None)
@given(texts)
def test_offsets_are_javascripts(text: str) -> None:
    offsets = Utf16(text)
    for offset in range(len(text) + 1):
        units = len(text[:offset].encode("utf-16-le")) // 2
        assert offsets.units(offset) == units
        assert offsets.code_points(units) == offset
    assert Utf16("a😀b").code_points(2) == 1


SAMPLE = corpus_of(
    [
        LabelledReport(
            Report("r1", "a.txt", "😀 " + TEXT, "Tít"),
            (
                AnnotationSet(
                    "Lan",
                    Status.DONE,
                    (
                        Entity("a", "OFFICIAL", 6, 10, note="x"),
                        Entity("b", "TITLE", 12, 26),
                        Entity("c", "ORG", 19, 26),
                    ),
                    (Relation("r", "holds_title", "a", "b"), Relation("s", "title_at", "b", "c")),
                ),
                AnnotationSet("Model", Status.NEW, (Entity("a", "OFFICIAL", 6, 10),)),
            ),
        ),
        LabelledReport(Report("r2", "b.txt", TEXT)),
    ]
)


def test_the_sdk_validates_configuration_annotations_and_predictions(tmp_path: Path) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk (extra formats-test)")
    tasks, _ = export(tmp_path, SAMPLE)
    config = interface.LabelInterface((tmp_path / "out" / CONFIG).read_text("utf-8"))
    config.validate()
    assert set(config.get_control("label").labels) == {kind.name for kind in DEFAULT_SCHEMA.entity_types}
    first, second = tasks
    assert config._validate_object(first["annotations"][0], return_errors=True) == []
    assert config.validate_prediction(first["predictions"][0], return_errors=True) == []
    assert len(first["annotations"]) == len(first["predictions"]) == 1
    assert second["annotations"] == second["predictions"] == []
    wrong = json.loads(json.dumps(first["annotations"][0]).replace("OFFICIAL", "NOBODY"))
    assert not config.validate_annotation(wrong)


def test_the_sdks_converter_reads_the_tasks(tmp_path: Path) -> None:
    converter = pytest.importorskip("label_studio_sdk.converter", reason="label-studio-sdk (extra formats-test)")
    export(tmp_path, one_report(Entity("a", "OFFICIAL", 4, 8), Entity("b", "TITLE", 10, 24)))
    made = converter.Converter((tmp_path / "out" / CONFIG).read_text("utf-8"), str(tmp_path))
    made.convert_to_json_min(str(tmp_path / "out" / TASKS), str(tmp_path / "min"), is_dir=False)
    (found,) = json.loads((tmp_path / "min" / "result.json").read_text("utf-8"))
    assert [(one["text"], one["labels"]) for one in found["label"]] == [
        ("Lê A", ["OFFICIAL"]),
        ("Bí thư Tỉnh ủy", ["TITLE"]),
    ]


def test_the_configuration_escapes_names() -> None:
    schema = Schema("s", (EntityType('a"<&>', key="1"),), ())
    found = ET.fromstring(labelling_config(schema))
    assert found.find("Labels/Label").attrib == {"value": 'a"<&>', "background": "#888888", "hotkey": "1"}  # type: ignore[union-attr]
    assert found.find("Relations") is None
    with_relation = ET.fromstring(labelling_config(replace(schema, relation_types=(RelationType("r"),))))
    assert [one.attrib["value"] for one in with_relation.iter("Relation")] == ["r"]


def test_the_task(tmp_path: Path) -> None:
    (first, _), summary = export(tmp_path, SAMPLE)
    made = first["annotations"][0]["result"]
    assert made[0]["value"] == {"start": 7, "end": 11, "text": "Lê A", "labels": ["OFFICIAL"]}
    assert made[0]["meta"]["text"] == ["x"]
    assert made[-1] == {"type": "relation", "from_id": "b", "to_id": "c", "direction": "right", "labels": ["title_at"]}
    assert first["predictions"][0]["model_version"] == "Model"
    assert (summary.sets, summary.entities, summary.relations) == (2, 4, 2)


def test_a_task_of_others(tmp_path: Path) -> None:
    (made,) = read(
        tmp_path,
        task(
            region(4, 8),
            region(10, 16, "Y", "b", meta={"text": ["một", "hai"]}),
            arc("b", "a", direction="left"),
            {"id": "b", "from_name": "level", "to_name": "t", "type": "choices", "value": {"choices": ["tỉnh", "xã"]}},
            {"id": "z", "from_name": "mood", "to_name": "t", "type": "choices", "value": {"choices": ["good"]}},
        ),
    )
    first, second = made.entities
    assert (first.id, first.label, first.start, first.origin) == ("a", "X", 4, Origin.IMPORTED)
    assert (second.note, second.attributes) == ("một\nhai", {"level": "tỉnh;xã"})
    assert [(one.type, one.source, one.target) for one in made.relations] == [("t", "a", "b")]
    assert made.annotator == "user 1"
    assert made.report.metadata == {"task": 7}
    assert made.left_out == {OTHER_KINDS: 1}


def test_offsets_of_scripts_are_code_points(tmp_path: Path) -> None:
    value = {"start": 3, "end": 5, "text": "bc", "labels": ["X"]}
    made = task({"id": "a", "type": "labels", "value": value}, data={"text": "😀 abcd"})
    (record,) = read(tmp_path, made)
    assert (record.entities[0].start, record.entities[0].end) == (3, 5)
    value.update(start=4, end=6)
    (record,) = read(tmp_path, made)
    assert (record.entities[0].start, record.entities[0].end) == (3, 5)


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    empty = region(0, 3, name="e")
    empty["value"]["labels"] = []
    two = task(
        region(4, 8), empty, arc("a", "a", direction="bi"), arc("a", "a", labels=[]), predictions=[{"result": []}]
    )
    two["annotations"].append({"was_cancelled": True, "result": [region(0, 3)]})
    (made,) = read(tmp_path, two)
    assert made.left_out == {NO_LABEL: 2, TWO_WAY: 1, CANCELLED: 1, PREDICTIONS: 1}
    assert len(made.relations) == 1


def test_predictions_where_nobody_has_labelled(tmp_path: Path) -> None:
    guess = {"model_version": "v1", "result": [region(4, 8, score=0.5)]}
    (made,) = read(tmp_path, task(annotations=[], predictions=[guess]))
    assert (made.annotator, made.status) == ("v1", Status.NEW)
    (entity,) = made.entities
    assert (entity.origin, entity.by, entity.confidence) == (Origin.SUGGESTED, "v1", 0.5)


def test_two_labels_of_one_region_are_two_entities(tmp_path: Path) -> None:
    both = region(4, 8)
    both["value"]["labels"] = ["X", "Y"]
    (made,) = read(tmp_path, task(both, region(4, 8, "Z")))
    assert [one.label for one in made.entities] == ["X", "Y", "Z"]
    assert len({one.id for one in made.entities}) == 3


def test_what_was_changed_in_label_studio_wins(tmp_path: Path) -> None:
    (given_task, _), _ = export(tmp_path, SAMPLE)
    results = given_task["annotations"][0]["result"]
    results[0]["value"]["labels"] = ["PLACE"]
    results[0]["meta"].pop("text")
    # Label Studio drops what it does not know on an annotation.
    given_task["annotations"][0].pop("chugiai")
    del results[2], results[-1]
    lan, model = read(tmp_path, given_task)
    assert (lan.annotator, lan.status, model.annotator, model.status) == ("Lan", Status.DONE, "Model", Status.NEW)
    assert [(one.id, one.label, one.note) for one in lan.entities] == [("a", "PLACE", None), ("b", "TITLE", None)]
    assert [one.id for one in lan.relations] == ["r"]


@pytest.mark.parametrize(
    ("given_task", "words"),
    [
        ({"annotations": []}, "data"),
        ({"data": {}, "annotations": []}, "data.text"),
        ({"data": {"a": "x", "b": "y"}, "annotations": []}, "data.text"),
        ({"data": {"text": "a"}, "annotations": {}}, "annotations"),
        ({"data": {"text": "a"}, "annotations": [5]}, "annotations"),
        (task(5), "result"),
        (task(region(4, 8) | {"value": 5}), "value of a region"),
        (task(region(4, 8) | {"value": {"start": "4", "end": 8, "labels": ["X"]}}), "start or end"),
        (task(region(4, 8) | {"value": {"start": 4, "end": 8, "labels": "X"}}), "labels"),
        (task(region(4, 8) | {"value": {"start": 4, "end": 99, "labels": ["X"]}}), "outside"),
        (task(region(4, 8) | {"value": {"start": 4, "end": 4, "labels": ["X"]}}), "empty"),
        (task(region(4, 8) | {"value": {"start": 4, "end": 8, "labels": [5]}}), "label"),
        (task(region(4, 8) | {"value": {"start": 4, "end": 8, "text": "Lê B", "labels": ["X"]}}), "“Lê B”"),
        (task(region(4, 8), arc("a", "b")), "region b"),
        (task(region(4, 8), arc("a", "a", labels=[5])), "type"),
        (task(region(4, 8, meta={"chugiai": {"origin": 5}})), "origin"),
        (task(region(4, 8, score=7)), "confidence"),
    ],
)
def test_refused_with_its_place(tmp_path: Path, given_task: object, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, task(region(4, 8)), given_task)
    assert words in str(caught.value)
    assert str(caught.value).startswith("in.json, record 2")


def test_only_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    LabelStudio().write(SAMPLE, tmp_path / "out")
    with pytest.raises(FormatError, match="exists already"):
        LabelStudio().write(SAMPLE, tmp_path / "out")
    LabelStudio().write(corpus_of([]), tmp_path / "out", Options(force=True))
    assert not list(LabelStudio().read(tmp_path / "out"))
    (tmp_path / "out" / "thesis.docx").write_bytes(b"x")
    with pytest.raises(FormatError, match="no earlier export"):
        LabelStudio().write(SAMPLE, tmp_path / "out", Options(force=True))


@pytest.mark.parametrize("content", ["[]", "{", '[{"data": {}}]', '{"text": "a", "annotations": []}'])
def test_others_are_not_recognised(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content, "utf-8")
    assert not LabelStudio().recognises(tmp_path / "x.json")
    assert not LabelStudio().recognises(tmp_path)
