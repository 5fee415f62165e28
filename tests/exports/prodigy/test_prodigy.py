"""Prodigy: spaCy agrees with every token and span, and what goes out comes back."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus import Corpus
from annotations.report import Entity, Origin, Relation
from exports.errors import FormatError
from exports.prodigy import BARE, HULLS, REJECTED, Prodigy
from exports.protocol import ExportSummary, Options
from exports.tokens import ENDS_LEFT_OUT, MOVED, OFF_TOKENS
from tests.exports.random_corpora import corpora
from tests.exports.same_labels import TEXT, one_report, written_sets

# As Prodigy's documentation and "prodigy db-out" show them.
MANUAL = (
    '{"text": "First look at the new MacBook Pro", "_input_hash": -1465819203, "_task_hash": 1498347361, '
    '"tokens": [{"text": "First", "start": 0, "end": 5, "id": 0}], '
    '"spans": [{"start": 22, "end": 33, "token_start": 5, "token_end": 6, "label": "PRODUCT"}], "answer": "accept"}'
)
RELATIONS = (
    '{"text": "My mother’s name is Sasha Smith. She likes dogs", "tokens": [], "spans": [{"start": 0, "end": 9, '
    '"token_start": 0, "token_end": 1, "label": "REF"}, {"start": 20, "end": 31, "token_start": 5, "token_end": 6, '
    '"label": "PERSON"}], "relations": [{"head": 1, "child": 6, "label": "COREF"}, {"head": 8, "child": 6, "label": "X"}], '
    '"answer": "accept"}'
)


def export(tmp_path: Path, corpus: Corpus, **options: Any) -> tuple[dict[str, Any], ExportSummary]:
    summary = Prodigy().write(corpus, tmp_path / "out.jsonl", Options(force=True, **options))
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    return json.loads(line), summary


def read(tmp_path: Path, *lines: object) -> list[Any]:
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return list(Prodigy().read(file))


@settings(deadline=None)
@given(corpora(), st.sampled_from(["strict", "expand", "contract"]))
def test_what_goes_out_comes_back_but_what_is_counted(corpus: Corpus, alignment: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.jsonl")
        summary = Prodigy().write(corpus, out, Options(alignment=alignment))
        records = list(Prodigy().read(out))
    wanted = written_sets(corpus)
    assert [record.report for record in records] == [report for report, _ in wanted]
    moved = lost = 0
    for record, (_, labels) in zip(records, wanted, strict=True):
        assert record.has_labels is (labels is not None)
        if labels is None:
            continue
        assert (record.annotator, record.status) == (labels.annotator, labels.status)
        by_id = {entity.id: entity for entity in labels.entities}
        lost += len(by_id) - len(record.entities)
        for entity in record.entities:
            same = entity == by_id[entity.id]
            moved += not same
            assert same or alignment != "strict"
        kept = {entity.id for entity in record.entities}
        assert record.relations == tuple(one for one in labels.relations if one.source in kept and one.target in kept)
    assert summary.left_out.get(OFF_TOKENS, 0) == lost
    assert summary.left_out.get(MOVED, 0) == moved


@settings(deadline=None)
@given(corpora(), st.sampled_from(["strict", "expand"]))
def test_spacy_agrees_with_tokens_and_spans(corpus: Corpus, alignment: str) -> None:
    pytest.importorskip("spacy", reason="spaCy (extra formats-test) proves the tokens")
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.jsonl")
        Prodigy().write(corpus, out, Options(alignment=alignment))
        tasks = [json.loads(line) for line in out.read_bytes().splitlines()]
    for task in tasks:
        tokens = task["tokens"]
        doc = Doc(Vocab(), [token["text"] for token in tokens], [token["ws"] for token in tokens])
        assert doc.text == task["text"]
        assert [token.idx for token in doc] == [token["start"] for token in tokens]
        assert [token["id"] for token in tokens] == list(range(len(tokens)))
        for span in task["spans"]:
            found = doc.char_span(span["start"], span["end"], label=span["label"], alignment_mode="strict")
            assert found is not None
            assert (found.start, found.end - 1) == (span["token_start"], span["token_end"])


def test_the_task(tmp_path: Path) -> None:
    entities = Entity("a", "OFFICIAL", 4, 8), Entity("b", "TITLE", 10, 24)
    task, summary = export(tmp_path, one_report(*entities, relations=(Relation("r", "holds_title", "a", "b"),)))
    assert task["answer"] == "accept"
    assert task["tokens"][:3] == [
        {"text": "Ông", "start": 0, "end": 3, "id": 0, "ws": True},
        {"text": "Lê", "start": 4, "end": 6, "id": 1, "ws": True},
        {"text": "A", "start": 7, "end": 8, "id": 2, "ws": False},
    ]
    head = {"start": 4, "end": 8, "token_start": 1, "token_end": 2, "label": "OFFICIAL"}
    child = {"start": 10, "end": 24, "token_start": 4, "token_end": 7, "label": "TITLE"}
    (relation,) = task["relations"]
    relation.pop("chugiai")
    assert relation == {"head": 2, "child": 7, "head_span": head, "child_span": child, "label": "holds_title"}
    assert summary.about == {"tokens": "syllables and single other characters"}
    line_break = next(token for token in task["tokens"] if token["text"] == "\n")
    assert line_break["ws"] is False


def test_alignment_is_chosen(tmp_path: Path) -> None:
    entities = Entity("a", "TITLE", 11, 21), Entity("b", "X", 11, 12)
    relations = (Relation("r", "t", "a", "a"),)
    for alignment, spans, left_out in (
        ("strict", [], {OFF_TOKENS: 2, ENDS_LEFT_OUT: 1}),
        ("expand", [(10, 21), (10, 12)], {MOVED: 2}),
        ("contract", [(13, 21)], {MOVED: 1, OFF_TOKENS: 1}),
    ):
        task, summary = export(tmp_path, one_report(*entities, relations=relations), alignment=alignment)
        assert [(span["start"], span["end"]) for span in task["spans"]] == spans
        assert summary.left_out == left_out
        assert summary.entities == len(spans)


def test_words(tmp_path: Path) -> None:
    task, summary = export(tmp_path, one_report(Entity("a", "TITLE", 10, 16)), word_level=True)
    assert "Bí thư" in [token["text"] for token in task["tokens"]]
    assert summary.about["tokens"].startswith("underthesea")


def test_a_discontinuous_entity_comes_back_from_its_hull(tmp_path: Path) -> None:
    entity = Entity("a", "TITLE", 4, 16, ((4, 6), (10, 16)))
    task, summary = export(tmp_path, one_report(entity))
    assert (task["spans"][0]["start"], task["spans"][0]["end"]) == (4, 16)
    assert summary.left_out == {HULLS: 1}
    (made,) = read(tmp_path, task)
    assert made.entities == (entity,)


def test_its_examples(tmp_path: Path) -> None:
    manual, relations = read(tmp_path, MANUAL, RELATIONS)
    assert [(one.label, one.surface(manual.report.text)) for one in manual.entities] == [("PRODUCT", "MacBook Pro")]
    assert manual.report.metadata == {"_input_hash": -1465819203, "_task_hash": 1498347361}
    assert manual.entities[0].origin is Origin.IMPORTED
    first, second = relations.entities
    assert [(one.type, one.source, one.target) for one in relations.relations] == [("COREF", first.id, second.id)]
    assert relations.left_out == {BARE: 1}


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_only_what_was_accepted(tmp_path: Path, answer: str) -> None:
    task, _ = export(tmp_path, one_report(Entity("a", "X", 0, 3)))
    (made,) = read(tmp_path, task | {"answer": answer})
    assert (made.entities, made.has_labels, made.annotator) == ((), False, None)
    assert made.left_out == {REJECTED: 1}


def test_what_was_changed_in_prodigy_wins(tmp_path: Path) -> None:
    task, _ = export(tmp_path, one_report(Entity("a", "X", 0, 3, note="x"), Entity("b", "Y", 10, 16)))
    task["spans"][0]["label"] = "Z"
    task["spans"].append(dict(task["spans"][0]))
    (made,) = read(tmp_path, task)
    first, _, copy = made.entities
    assert (first.id, first.label, first.note) == ("a", "Z", "x")
    assert copy.id not in ("a", "b")


def test_a_text_from_its_tokens(tmp_path: Path) -> None:
    tokens = [{"text": "Ông", "ws": True}, {"text": "Lê", "ws": False}]
    (made,) = read(tmp_path, {"tokens": tokens, "spans": [{"start": 4, "end": 6, "label": "X"}]})
    assert made.report.text == "Ông Lê"


SPAN = {"start": 0, "end": 2, "label": "X"}


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ({"spans": []}, "text"),
        ({"text": 5, "spans": []}, "text"),
        ({"tokens": [5], "spans": []}, "tokens"),
        ({"text": "ab", "spans": {}}, "spans"),
        ({"text": "ab", "spans": [5]}, "spans"),
        ({"text": "ab", "spans": [SPAN | {"start": "0"}]}, "label, start or end"),
        ({"text": "ab", "spans": [SPAN | {"label": None}]}, "label, start or end"),
        ({"text": "ab", "spans": [SPAN | {"end": 3}]}, "outside"),
        ({"text": "ab", "spans": [SPAN | {"end": 0}]}, "empty"),
        ({"text": "ab", "spans": [SPAN], "relations": 5}, "relations"),
        ({"text": "ab", "spans": [SPAN], "relations": [5]}, "relations"),
        ({"text": "ab", "spans": [SPAN], "relations": [{"head_span": SPAN, "child_span": SPAN}]}, "type"),
        ({"text": "ab", "spans": [SPAN | {"chugiai": {"origin": "x"}}]}, "origin"),
        ({"text": "a\0", "spans": []}, "NUL"),
    ],
)
def test_refused_with_the_line(tmp_path: Path, task: object, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, MANUAL, task)
    assert words in str(caught.value)
    assert str(caught.value).startswith("in.jsonl, line 2")


@pytest.mark.parametrize(
    ("content", "known"),
    [
        (MANUAL, True),
        (RELATIONS, True),
        ('{"text": "a", "_input_hash": 5}', True),
        ('{"text": "a", "spans": []}', False),
        ('{"text": "a", "spans": [5]}', False),
        ('{"text": "a", "label": [[0, 1, "X"]]}', False),
        ("{", False),
    ],
)
def test_recognised_by_its_spans(tmp_path: Path, content: str, known: bool) -> None:
    (tmp_path / "x").write_text(content, "utf-8")
    assert Prodigy().recognises(tmp_path / "x") is known


def test_the_real_reports(real_reports: list[Path], tmp_path: Path) -> None:
    for file in real_reports:
        task, _ = export(tmp_path, one_report(text=file.read_text("utf-8")))
        (made,) = read(tmp_path, task)
        made_again, _ = export(tmp_path, one_report(text=made.report.text))
        assert made_again == task


def test_the_text_of_the_tests() -> None:
    assert TEXT[10:24] == "Bí thư Tỉnh ủy"
