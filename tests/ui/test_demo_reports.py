"""The demo corpus obeys the labelling guide: what is shipped as an example has to be one."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, groupby
from typing import Any

import pytest

from annotations.corpus import LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.normalise.dates import is_edtf
from annotations.offsets import trim
from annotations.report import AnnotationSet
from annotations.sentences import sentence_at, sentence_spans
from exports.jsonl import JsonLines, record_lines
from ui.demo import demo_reports

Record = dict[str, Any]
REPORT_KEYS = ("id", "name", "title", "date", "source", "locality", "text")
REPORT_FIELDS = [*REPORT_KEYS, "entities", "relations"]
SET_FIELDS = [*REPORT_KEYS, "annotator", "status", "entities", "relations"]
ENTITY_FIELDS = ["id", "label", "start", "end", "text", "attributes", "note", "entry", "origin"]
RELATION_FIELDS = ["id", "type", "source", "target", "attributes", "note", "origin"]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    with demo_reports() as path:
        return path.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def records(lines: list[str]) -> list[Record]:
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def labelled(records: list[Record]) -> list[Record]:
    return [record for record in records if "annotator" in record]


@pytest.fixture(scope="module")
def shared(labelled: list[Record]) -> list[tuple[Record, Record]]:
    """The reports that both annotators labelled: Lan's set and Minh's."""
    by_set = {(record["name"], record["annotator"]): record for record in labelled}
    return [(by_set[name, "lan"], record) for (name, who), record in by_set.items() if who == "minh"]


def entities(records: list[Record]) -> Iterator[tuple[Record, Record]]:
    for record in records:
        for entity in record["entities"]:
            yield record, entity


def ends(record: Record) -> Iterator[tuple[Record, Record, Record]]:
    """Each relation of the record with its source and its target."""
    by_id = {entity["id"]: entity for entity in record["entities"]}
    for relation in record["relations"]:
        yield relation, by_id[relation["source"]], by_id[relation["target"]]


def spans(record: Record) -> set[tuple[str, int, int]]:
    return {(entity["label"], entity["start"], entity["end"]) for entity in record["entities"]}


def relation_spans(record: Record) -> set[tuple[str, int, int, int, int]]:
    return {(r["type"], a["start"], a["end"], b["start"], b["end"]) for r, a, b in ends(record)}


def test_there_are_enough_reports_with_metadata(records: list[Record]) -> None:
    reports = {record["id"]: record for record in records}
    assert len(reports) >= 14
    assert len({record["name"] for record in reports.values()}) == len(reports)
    assert len({record["text"] for record in reports.values()}) == len(reports)
    for record in reports.values():
        assert all(record[key] for key in REPORT_KEYS)
        assert is_edtf(record["date"])
        assert 900 <= len(record["text"]) <= 4500


def test_records_of_one_report_agree_about_it(records: list[Record]) -> None:
    assert len({tuple(record[key] for key in REPORT_KEYS) for record in records}) == len({r["id"] for r in records})


def test_records_are_ordered_and_written_canonically(lines: list[str], records: list[Record]) -> None:
    order = [(record["name"], record.get("annotator", "")) for record in records]
    assert order == sorted(set(order))
    assert lines == [json.dumps(record, ensure_ascii=False) for record in records]
    for record in records:
        assert list(record) == (SET_FIELDS if "annotator" in record else REPORT_FIELDS)
        assert all(list(entity) == ENTITY_FIELDS for entity in record["entities"])
        assert all(list(relation) == RELATION_FIELDS for relation in record["relations"])


def test_the_native_format_writes_what_it_reads() -> None:
    with demo_reports() as path:
        content = path.read_bytes()
        read = list(JsonLines().read(path))
    written = b""
    for _, group in groupby(read, key=lambda record: record.report.name):
        records = list(group)
        sets = tuple(
            AnnotationSet(record.annotator, record.status, record.entities, record.relations)
            for record in records
            if record.annotator
        )
        written += b"".join(record_lines(LabelledReport(records[0].report, sets)))
    assert written == content


def test_who_labelled_how_many(records: list[Record], labelled: list[Record]) -> None:
    status = Counter((record["annotator"], record["status"]) for record in labelled)
    assert status["lan", "done"] >= 6
    assert status["minh", "done"] >= 4
    assert sum(count for (_, state), count in status.items() if state == "in_progress") == 1
    unlabelled = [record for record in records if "annotator" not in record]
    assert len(unlabelled) >= 4
    assert not any(record["entities"] or record["relations"] for record in unlabelled)


def test_texts_are_nfc_with_line_feeds(records: list[Record]) -> None:
    for record in records:
        assert unicodedata.is_normalized("NFC", record["text"])
        assert "\r" not in record["text"]


def test_traps_of_the_genre_are_in_the_texts(labelled: list[Record]) -> None:
    texts = [record["text"] for record in labelled]
    assert any("khoá" in text and "Tỉnh uỷ" in text for text in texts)
    assert any("Đại hội Đại hội" in text for text in texts)
    assert any(ord(letter) > 0xFFFF for text in texts for letter in text[:10])
    assert any("\u00a0" in entity["text"] for _, entity in entities(labelled))
    assert any(len(set(long := [p for p in text.split("\n") if len(p) > 200])) < len(long) for text in texts)


def test_every_label_and_relation_type_occurs(labelled: list[Record]) -> None:
    lan = [record for record in labelled if record["annotator"] == "lan"]
    assert {entity["label"] for _, entity in entities(lan)} == set(DEFAULT_SCHEMA.entities_by_name)
    assert {r["type"] for record in lan for r in record["relations"]} == set(DEFAULT_SCHEMA.relations_by_name)


def test_attributes_are_those_of_the_schema(labelled: list[Record]) -> None:
    for _, entity in entities(labelled):
        known = {attribute.name: attribute for attribute in DEFAULT_SCHEMA.entities_by_name[entity["label"]].attributes}
        for name, value in entity["attributes"].items():
            assert value, entity
            assert not known[name].choices or value in known[name].choices, entity


def test_spans_say_their_text_and_are_tight(labelled: list[Record]) -> None:
    for record, entity in entities(labelled):
        text, start, end = record["text"], entity["start"], entity["end"]
        assert text[start:end] == entity["text"], entity
        assert trim(text, start, end) == (start, end), entity
        assert entity["text"][0] not in ",.;:(“\"'", entity
        assert entity["text"][-1] not in ",.;:“”\"'", entity
        assert entity["text"].count("(") == entity["text"].count(")"), entity


def test_spans_never_cross_nor_nest_in_their_own_label(labelled: list[Record]) -> None:
    for record in labelled:
        assert len(spans(record)) == len(record["entities"])
        for one, other in combinations(record["entities"], 2):
            apart = one["end"] <= other["start"] or other["end"] <= one["start"]
            inside = one["end"] >= other["end"] or one["start"] == other["start"]
            assert apart or (inside and one["label"] != other["label"]), (record["name"], one, other)


def test_entities_and_ids_are_in_order_and_unique(labelled: list[Record]) -> None:
    for record in labelled:
        order = [(entity["start"], -entity["end"]) for entity in record["entities"]]
        assert order == sorted(order)
        for kind in ("entities", "relations"):
            assert len({item["id"] for item in record[kind]}) == len(record[kind])


def test_relations_are_allowed_and_stay_in_one_sentence(labelled: list[Record]) -> None:
    for record in labelled:
        sentences = sentence_spans(record["text"])
        assert len(relation_spans(record)) == len(record["relations"])
        for relation, source, target in ends(record):
            kind = DEFAULT_SCHEMA.relations_by_name[relation["type"]]
            assert kind.joins(source["label"], target["label"]), (record["name"], relation)
            assert sentence_at(sentences, source["start"]) == sentence_at(sentences, target["start"]), relation


def test_every_date_has_a_value_on_the_calendar(labelled: list[Record]) -> None:
    for _, entity in entities(labelled):
        if entity["label"] == "DATE":
            assert all(is_edtf(value) for value in entity["attributes"]["value"].split(";")), entity


def test_titles_are_linked_to_the_body_inside_them(labelled: list[Record]) -> None:
    for record in labelled:
        if record["annotator"] == "lan":
            linked = {relation["source"] for relation in record["relations"] if relation["type"] == "title_at"}
            titles = {entity["id"] for entity in record["entities"] if entity["label"] == "TITLE"}
            assert titles == linked, record["name"]


def test_labels_are_dense_where_the_set_is_done(labelled: list[Record]) -> None:
    for record in labelled:
        if record["status"] == "done":
            assert len(record["text"]) / len(record["entities"]) < 70, record["name"]


def test_the_annotators_differ_here_and_there(shared: list[tuple[Record, Record]]) -> None:
    assert len(shared) >= 4
    for lan, minh in shared:
        same = spans(lan) & spans(minh)
        assert spans(lan) - same
        assert spans(minh) - same
        assert len(same) > 0.8 * len(spans(lan))
        assert relation_spans(lan) != relation_spans(minh)


def test_they_differ_in_label_boundary_value_and_relation_type(shared: list[tuple[Record, Record]]) -> None:
    labels = boundaries = values = types = 0
    for lan, minh in shared:
        at = {(entity["start"], entity["end"]): entity for entity in lan["entities"]}
        dates = {(entity["start"], entity["end"]): entity["attributes"] for entity in lan["entities"]}
        for entity in minh["entities"]:
            place = entity["start"], entity["end"]
            labels += place in at and at[place]["label"] != entity["label"]
            boundaries += place not in at
            values += (
                place in at and entity["label"] == "DATE" and dates[place]["value"] != entity["attributes"]["value"]
            )
        pairs = {key[1:]: key[0] for key in relation_spans(lan)}
        types += sum(pairs.get(key[1:], key[0]) != key[0] for key in relation_spans(minh))
    assert min(labels, boundaries, values, types) > 0


def test_some_labels_carry_a_note(labelled: list[Record]) -> None:
    assert sum(entity["note"] is not None for _, entity in entities(labelled)) >= 5
    assert any(relation["note"] for record in labelled for relation in record["relations"])
