"""doccano: its own examples are read, what goes out is what its import takes, and comes back whole."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotations.corpus import Corpus
from annotations.report import Entity, Origin, Relation
from exports.carried import FRAGMENTS
from exports.doccano import CATEGORIES, COMMENTS, HULLS, RELATIONS, Doccano
from exports.errors import FormatError
from exports.protocol import ExportSummary
from tests.exports.random_corpora import corpora
from tests.exports.same_labels import assert_same, one_report

# As doccano's import page shows them.
NER = (
    '{"text": "EU rejects German call to boycott British lamb.", "label": [[0, 2, "ORG"], [11, 17, "MISC"]], "id": 3}\n'
)
RELATION = """{"text": "Google was founded on September 4, 1998, by Larry Page and Sergey Brin.", "entities": [
{"id": 0, "start_offset": 0, "end_offset": 6, "label": "ORG"}, {"id": 1, "start_offset": 22, "end_offset": 39,
"label": "DATE"}], "relations": [{"from_id": 0, "to_id": 1, "type": "foundedAt"}]}"""
# As its export looks: ids of its database, comments.
EXPORTED = """{"id": 431, "text": "ab cd", "source": "Báo", "entities": [{"id": 88, "label": "X", "start_offset": 0,
"end_offset": 2}, {"id": 90, "label": "X", "start_offset": 3, "end_offset": 5}], "relations": [{"id": 7, "from_id": 90,
"to_id": 88, "type": "t"}], "Comments": [{"id": 1, "comment": "?"}]}"""


def export(tmp_path: Path, corpus: Corpus) -> tuple[dict[str, Any], ExportSummary]:
    summary = Doccano().write(corpus, tmp_path / "out.jsonl")
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    return json.loads(line), summary


def read(tmp_path: Path, *lines: object) -> list[Any]:
    file = tmp_path / "in.jsonl"
    made = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("\n".join(line.replace("\n", " ") for line in made), "utf-8")
    return list(Doccano().read(file))


@settings(deadline=None)
@given(corpora())
def test_what_goes_out_comes_back(corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.jsonl")
        summary = Doccano().write(corpus, out)
        assert_same(corpus, Doccano().read(out))
        assert Doccano().recognises(out) is (corpus.total > 0)
    assert summary.entities == sum(len(labels.entities) for one in corpus for labels in one.sets)
    assert summary.left_out.get(HULLS, 0) == sum(
        bool(entity.fragments) for one in corpus for labels in one.sets for entity in labels.entities
    )


@settings(deadline=None)
@given(corpora())
def test_without_relation_types_the_form_without_relations(corpus: Corpus) -> None:
    plain = replace(corpus, schema=replace(corpus.schema, relation_types=()))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.jsonl")
        summary = Doccano().write(plain, out)
        records = list(Doccano().read(out))
    assert [entity for record in records for entity in record.entities] == [
        entity for one in corpus for labels in one.sets for entity in labels.entities
    ]
    relations = sum(len(labels.relations) for one in corpus for labels in one.sets)
    assert (summary.relations, summary.left_out.get(RELATIONS, 0)) == (0, relations)


def test_the_form_that_its_import_takes(tmp_path: Path) -> None:
    entities = Entity("a", "OFFICIAL", 4, 8), Entity("b", "TITLE", 10, 16)
    made, _ = export(tmp_path, one_report(*entities, relations=(Relation("r", "holds_title", "a", "b"),)))
    assert made["entities"] == [
        {"id": 0, "label": "OFFICIAL", "start_offset": 4, "end_offset": 8},
        {"id": 1, "label": "TITLE", "start_offset": 10, "end_offset": 16},
    ]
    assert made["relations"] == [{"id": 0, "from_id": 0, "to_id": 1, "type": "holds_title"}]
    assert made["text"][4:8] == "Lê A"


def test_its_examples(tmp_path: Path) -> None:
    ner, relation, exported = read(tmp_path, NER, RELATION, EXPORTED)
    assert [(one.label, one.surface(ner.report.text)) for one in ner.entities] == [("ORG", "EU"), ("MISC", "German")]
    assert ner.entities[0].origin is Origin.IMPORTED
    assert ner.report.metadata == {"id": 3}
    first, second = relation.entities
    assert [(one.type, one.source, one.target) for one in relation.relations] == [("foundedAt", first.id, second.id)]
    assert exported.relations[0].source == exported.entities[1].id
    assert exported.report.metadata == {"id": 431, "source": "Báo"}
    assert exported.left_out == {COMMENTS: 1}
    assert exported.report.name == "in-3"


def test_what_was_changed_in_doccano_wins(tmp_path: Path) -> None:
    entities = (
        Entity("a", "OFFICIAL", 4, 8, attributes={"canonical": "Lê Văn A"}),
        Entity("b", "TITLE", 10, 16, note="x"),
        Entity("c", "ORG", 17, 24),
    )
    record, _ = export(tmp_path, one_report(*entities, relations=(Relation("r", "holds_title", "a", "b"),)))
    record["entities"] = [
        {"id": 901, "label": "OFFICIAL", "start_offset": 4, "end_offset": 8},
        {"id": 902, "label": "TITLE", "start_offset": 10, "end_offset": 24},  # wider
        {"id": 903, "label": "OFFICIAL", "start_offset": 4, "end_offset": 8},  # doubled
    ]
    record["relations"] = [{"id": 5, "from_id": 901, "to_id": 902, "type": "holds_title"}]
    (made,) = read(tmp_path, record)
    kept, wider, doubled = made.entities
    assert (kept.id, kept.attributes) == ("a", {"canonical": "Lê Văn A"})
    assert (wider.end, wider.note, wider.origin) == (24, None, Origin.IMPORTED)
    assert doubled.id not in ("a", "b", "c")
    assert (made.relations[0].source, made.relations[0].target) == ("a", wider.id)
    assert made.annotator == "Lan"


def test_damaged_fragments_are_counted(tmp_path: Path) -> None:
    record, summary = export(tmp_path, one_report(Entity("a", "TITLE", 4, 16, ((4, 6), (10, 16)))))
    assert summary.left_out == {HULLS: 1}
    record["chugiai"]["entities"][0][3]["fragments"] = [[4, 6]]
    (made,) = read(tmp_path, record)
    assert made.entities[0].fragments == ()
    assert made.left_out == {FRAGMENTS: 1}


def test_categories_of_texts_are_counted(tmp_path: Path) -> None:
    (made,) = read(tmp_path, {"text": "ab", "label": ["politics", [0, 2, "X"]], "cats": ["news"]})
    assert made.left_out == {CATEGORIES: 2}


def test_the_default_column_of_its_import_is_known_too(tmp_path: Path) -> None:
    (made,) = read(tmp_path, {"data": "ab", "label": [[0, 2, "X"]]})
    assert made.report.text == "ab"


ENTITY = {"id": 1, "label": "X", "start_offset": 0, "end_offset": 2}


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"label": []}, "text is missing"),
        ({"text": 5, "label": []}, "text is missing"),
        ({"text": "ab", "label": "X"}, "label is missing or not a list"),
        ({"text": "ab", "label": [[0, 2]]}, "start, end, label"),
        ({"text": "ab", "label": [["0", 2, "X"]]}, "start_offset"),
        ({"text": "ab", "label": [[0, 2, None]]}, "start_offset"),
        ({"text": "ab", "label": [[0, True, "X"]]}, "start_offset"),
        ({"text": "ab", "label": [[0, 3, "X"]]}, "outside"),
        ({"text": "ab", "label": [[1, 1, "X"]]}, "empty"),
        ({"text": "ab", "label": [[-1, 1, "X"]]}, "outside"),
        ({"text": "ab", "label": [[0, 1, ""]]}, "label"),
        ({"text": "ab", "entities": {}}, "entities is missing or not a list"),
        ({"text": "ab", "entities": [5]}, "entities"),
        ({"text": "ab", "entities": [ENTITY, ENTITY]}, "stands twice"),
        ({"text": "ab", "entities": [ENTITY | {"id": []}]}, "is none"),
        ({"text": "ab", "entities": [ENTITY], "relations": [5]}, "relations"),
        ({"text": "ab", "entities": [ENTITY], "relations": [{"from_id": 1, "to_id": 2, "type": "t"}]}, "entity 2"),
        ({"text": "ab", "entities": [ENTITY], "relations": [{"from_id": 1, "type": "t"}]}, "entity None"),
        ({"text": "ab", "entities": [ENTITY], "relations": [{"from_id": 1, "to_id": 1}]}, "type"),
        ({"text": "ab", "label": [], "chugiai": {"status": "x"}}, "status"),
        ({"text": "ab\0", "label": []}, "NUL"),
        ({"text": "ab\ud800", "label": []}, "surrogate"),
        ([], "not a JSON object"),
        ('{"text": ', "not JSON"),
        ('{"text": "a", "x": ' + "[" * 100_000, "nested too deeply"),
    ],
)
def test_refused_with_the_line(tmp_path: Path, record: object, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, NER, record)
    assert words in str(caught.value)
    assert str(caught.value).startswith("in.jsonl, line 2")


@pytest.mark.parametrize(
    ("content", "known"),
    [
        (NER, True),
        (RELATION.replace("\n", " "), True),
        (EXPORTED.replace("\n", " "), True),
        ('{"text": "a", "entities": [], "relations": []}', False),
        ('{"text": "a", "entities": [{"start": 0, "end": 1}], "relations": []}', False),
        ('{"text": "a", "label": ["x"]}', False),
        ("{", False),
        ("", False),
    ],
)
def test_recognised_by_its_labels(tmp_path: Path, content: str, known: bool) -> None:
    (tmp_path / "x").write_text(content, "utf-8")
    assert Doccano().recognises(tmp_path / "x") is known
    assert not Doccano().recognises(tmp_path)
