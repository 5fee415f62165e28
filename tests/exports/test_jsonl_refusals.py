"""Native JSON lines: every way in which a file can be wrong is told with its place, and nothing is taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotations.corpus import ImportedRecord
from annotations.report import Entity, Origin, Status
from exports.errors import FormatError
from exports.jsonl import JsonLines
from exports.jsonl import read as jsonl_read

ENTITY = {"id": "e1", "label": "ORG", "start": 0, "end": 3, "text": "abc"}
RELATION = {"id": "r1", "type": "t", "source": "e1", "target": "e1"}


def record(**changes: Any) -> dict[str, Any]:
    return {"id": "r", "name": "n", "text": "abc def", "annotator": "lan", "entities": [dict(ENTITY)]} | changes


def read(tmp_path: Path, *lines: object) -> list[ImportedRecord]:
    made = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    file = tmp_path / "in.jsonl"
    file.write_bytes(b"\n".join(made))
    return list(JsonLines().read(file))


def one(tmp_path: Path, **changes: Any) -> ImportedRecord:
    (made,) = read(tmp_path, record(**changes))
    return made


def entity(**changes: Any) -> dict[str, Any]:
    return {"entities": [ENTITY | changes]}


def relation(**changes: Any) -> dict[str, Any]:
    return {"relations": [RELATION | changes]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": None}, "text is missing"),
        ({"text": 5}, "text is missing or not a text"),
        ({"id": 5}, "id is missing or not a text"),
        ({"title": ["x"]}, "title"),
        ({"annotator": True}, "annotator"),
        ({"adjudicated": True}, "names an annotator and is adjudicated"),
        ({"adjudicated": 1, "annotator": None}, "adjudicated"),
        ({"status": "finished"}, "one of new, in_progress, done"),
        ({"metadata": []}, "metadata"),
        ({"metadata": {"x": 1}, "x": 2}, "x stands both"),
        ({"metadata": {"x": "a\0"}}, "NUL"),
        ({"metadata": {"x\ud800": 1}}, "surrogate"),
        ({"text": "abc \udfff"}, "surrogate"),
        ({"text": "abc \0"}, "NUL"),
        ({"metadata": {"x": json.loads("[" * 150 + "]" * 150)}}, "nested too deeply"),
        ({"entities": {}}, "entities"),
        ({"entities": [5]}, "entity number 1"),
        (entity(label=None), "entity e1: label"),
        (entity(label=""), "label"),
        (entity(id=7), "id is missing"),
        (entity(id=""), "id is missing"),
        (entity(start=True), "start or end"),
        (entity(end=3.0), "start or end"),
        (entity(start=-1), "outside"),
        (entity(start=3), "empty"),
        (entity(end=8, text=None), "outside"),
        (entity(text="abd"), "covers “abc”"),
        (entity(attributes=[]), "attributes"),
        (entity(attributes={"a": ["x"]}), "attribute a"),
        (entity(attributes={"a": {}}), "attribute a"),
        (entity(note=5), "note"),
        (entity(entry=5), "entry"),
        (entity(by=5), "by"),
        (entity(origin="machine"), "one of manual"),
        (entity(origin=["manual"]), "origin"),
        (entity(confidence=1.5), "confidence"),
        (entity(confidence=True), "confidence"),
        (entity(metadata=5), "metadata"),
        (entity(fragments=[]), "fragments"),
        (entity(fragments=[[0, 1, 2]]), "fragments"),
        (entity(fragments=[[0, 1], [1, 3]], text=None), "in order and apart"),
        (entity(fragments=[[0, 1], [2, 4]], text=None), "from start to end"),
        (entity(fragments=[[0, True]], text=None), "whole number"),
        ({"entities": [ENTITY, ENTITY]}, "stands twice"),
        ({"relations": [RELATION, RELATION]}, "relation r1: its id stands twice"),
        (relation(type=5), "type"),
        (relation(source=None), "source or target"),
        (relation(target="e9"), "joins the entity e9"),
        (relation(source="e9"), "joins the entity e9"),
    ],
)
def test_refused_with_line_and_report(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, record(), b"", record(**changes))
    assert words in str(caught.value)
    assert str(caught.value).startswith("in.jsonl, line 3")
    if changes.get("id") != 5:
        assert "(report r)" in str(caught.value)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "line 1 is not JSON"),
        (b"[]", "line 1 is not a JSON object"),
        (b'{"text": "\xff"}', "line 1 is not UTF-8 (byte 11)"),
        (b'{"text": "\xed\xa0\x80"}', "not UTF-8"),
        (b'{"text": "a\0"}', "not JSON"),
        (b'{"text": "a", "x": NaN}', "not JSON"),
        (b'{"text": "a", "x": 1e999}', "too large"),
        (b'{"text": "a", "x": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"text": "a", "x": ' + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_refused_lines(tmp_path: Path, line: bytes, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, line)
    assert words in str(caught.value)


def test_a_line_over_the_limit_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl_read, "LINE_LIMIT", 1024 * 1024)
    with pytest.raises(FormatError, match="line 2 is longer than 1 MB"):
        read(tmp_path, record(), b" " * (1024 * 1024 + 1))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="could not be read"):
        list(JsonLines().read(tmp_path / "none.jsonl"))


def test_what_is_not_stated(tmp_path: Path) -> None:
    (made,) = read(tmp_path, {"text": "abc", "entities": [{"label": "ORG", "start": 0, "end": 1}]})
    assert made.report.name == "in-1"
    assert made.report.id
    assert (made.annotator, made.adjudicated, made.status, made.has_labels) == (None, False, None, True)
    assert made.entities[0].origin is Origin.IMPORTED
    assert made.entities[0].id


def test_a_report_alone_has_no_labels(tmp_path: Path) -> None:
    made = one(tmp_path, annotator=None, entities=[])
    assert not made.has_labels
    assert one(tmp_path, entities=[]).has_labels
    assert one(tmp_path, annotator=None, adjudicated=True, status="done", entities=[]).status is Status.DONE


def test_attribute_values_become_texts(tmp_path: Path) -> None:
    given = {"a": 20, "b": 1.5, "c": True, "d": None, "e": "x"}
    made = one(tmp_path, **entity(attributes=given))
    assert made.entities[0].attributes == {"a": "20", "b": "1.5", "c": "true", "e": "x"}


def test_unknown_keys_survive_in_metadata(tmp_path: Path) -> None:
    made = one(tmp_path, split="train", metadata={"k": [1]}, **entity(score=3), **relation(seen=False))
    assert made.report.metadata == {"k": [1], "split": "train"}
    assert made.entities[0].metadata == {"score": 3}
    assert made.relations[0].metadata == {"seen": False}


def test_a_byte_order_mark_is_allowed(tmp_path: Path) -> None:
    (made,) = read(tmp_path, b"\xef\xbb\xbf" + json.dumps(record()).encode())
    assert made.report.id == "r"


def test_one_fragment_is_a_continuous_entity(tmp_path: Path) -> None:
    assert one(tmp_path, **entity(fragments=[[0, 3]])).entities[0].fragments == ()


@pytest.mark.parametrize(
    ("span", "wanted"),
    [((0, 1), (0, 1)), ((0, 3), (0, 2)), ((3, 4), (2, 3)), ((0, 2), (0, 1)), ((2, 4), (1, 3)), ((4, 5), (3, 4))],
)
def test_crlf_becomes_lf_and_offsets_follow(tmp_path: Path, span: tuple[int, int], wanted: tuple[int, int]) -> None:
    text = "a\r\nb\rc\r\n"
    given = {"id": "e", "label": "X", "start": span[0], "end": span[1], "text": text[slice(*span)]}
    made = one(tmp_path, text=text, entities=[given])
    assert made.report.text == "a\nb\nc\n"
    assert (made.entities[0].start, made.entities[0].end) == wanted


def test_fragments_follow_crlf_too(tmp_path: Path) -> None:
    given = {"id": "e", "label": "X", "start": 0, "end": 4, "fragments": [[0, 1], [3, 4]], "text": "a b"}
    made = one(tmp_path, text="a\r\nb", entities=[given])
    assert made.entities[0] == Entity("e", "X", 0, 3, ((0, 1), (2, 3)), origin=Origin.IMPORTED)


def test_half_a_line_break_is_no_entity(tmp_path: Path) -> None:
    given = {"id": "e", "label": "X", "start": 1, "end": 2}
    with pytest.raises(FormatError, match="empty"):
        one(tmp_path, text="a\r\nb", entities=[given])


@pytest.mark.parametrize(
    ("content", "known"),
    [
        (b'\xef\xbb\xbf\n{"text": "a"}\nrubbish', True),
        (b'{"file": "a", "id": "b"}', False),
        (b'{"text": 5}', False),
        (b'["text"]', False),
        (b"text", False),
        (b"", False),
        (b"\xff\xfe", False),
        (b"[" * 100_000, False),
    ],
)
def test_recognised_by_the_first_line(tmp_path: Path, content: bytes, known: bool) -> None:
    file = tmp_path / "anything.txt"
    file.write_bytes(content)
    assert JsonLines().recognises(file) is known
    assert not JsonLines().recognises(tmp_path)
