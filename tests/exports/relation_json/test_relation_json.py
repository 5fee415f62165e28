"""TACRED and DocRED JSON: their schemas hold, and their relations are those of the project, or counted."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotations.corpus import Corpus, LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Report
from exports.protocol import ExportSummary, Options
from exports.relation_json import Docred, Tacred
from exports.relation_json.docred import AGAIN, ITSELF
from exports.relation_json.tacred import HULLS, NO_RELATION, SENTENCES
from exports.tokens import ACROSS, ATTRIBUTES, ENDS_LEFT_OUT, OFF_TOKENS, UNLABELLED
from tests.exports.random_corpora import corpora, corpus_of
from tests.exports.same_labels import one_report

KEYS = [
    *("id", "docid", "relation", "token", "subj_start", "subj_end", "obj_start", "obj_end", "subj_type", "obj_type"),
    *("stanford_pos", "stanford_ner", "stanford_head", "stanford_deprel"),
]
# Ông 0–3, Lê A 4–8, Bí thư 10–16, Tỉnh ủy 17–24; second sentence: Hội nghị 26–34, 05-NQ/TW 35–43
NAME, TITLE = Entity("a", "OFFICIAL", 4, 8), Entity("b", "TITLE", 10, 24)
ORG, MEETING = Entity("c", "ORG", 17, 24), Entity("d", "MEETING", 26, 34)
HOLDS, AT = Relation("r", "holds_title", "a", "b"), Relation("s", "title_at", "b", "c")


def written(format: Any, corpus: Corpus, options: Options | None = None) -> tuple[dict[str, Any], ExportSummary]:
    with tempfile.TemporaryDirectory() as folder:
        summary = format().write(corpus, Path(folder, "out.zip"), options or Options())
        with zipfile.ZipFile(Path(folder, "out.zip")) as packed:
            return {name: json.loads(packed.read(name)) for name in packed.namelist()}, summary


def test_a_record_of_tacred() -> None:
    files, summary = written(Tacred, one_report(NAME, TITLE, ORG, MEETING, relations=(HOLDS, AT)))
    assert sorted(files) == ["rel2id.json", "reports.json"]
    assert files["rel2id.json"][NO_RELATION] == 0
    assert len(set(files["rel2id.json"].values())) == len(files["rel2id.json"])
    records = files["reports.json"]
    assert [list(record) for record in records] == [KEYS] * len(records)
    first = next(record for record in records if record["relation"] == "holds_title")
    tokens = ["Ông", "Lê", "A", ",", "Bí", "thư", "Tỉnh", "ủy", "."]
    assert first["token"] == tokens
    assert [first[key] for key in KEYS[4:10]] == [1, 2, 4, 7, "OFFICIAL", "TITLE"]
    assert tokens[first["subj_start"] : first["subj_end"] + 1] == ["Lê", "A"]
    assert first["stanford_ner"] == ["O", "OFFICIAL", "OFFICIAL", "O", "TITLE", "TITLE", "TITLE", "TITLE", "O"]
    assert all(len(first[key]) == len(tokens) for key in KEYS[10:])
    # alias_of joins any two of one label; of these three no two are.
    negatives = {(one["subj_type"], one["obj_type"]) for one in records if one["relation"] == NO_RELATION}
    assert negatives == set()
    assert (summary.relations, summary.by_type) == (2, {"holds_title": 1, "title_at": 1})
    assert summary.about[NO_RELATION] == "0"
    assert "stanford_pos" in summary.about["placeholders"]


def test_pairs_that_could_be_related_are_negatives() -> None:
    files, summary = written(Tacred, one_report(NAME, TITLE, ORG, relations=()))
    found = {(one["relation"], one["subj_type"], one["obj_type"]) for one in files["reports.json"]}
    assert found == {(NO_RELATION, "OFFICIAL", "TITLE"), (NO_RELATION, "TITLE", "ORG")}
    assert summary.about[NO_RELATION] == "2"
    assert summary.relations == 0


def test_a_record_of_docred() -> None:
    again = Entity("e", "ORG", 26, 29, attributes={"canonical": "Tỉnh ủy"})
    corpus = one_report(
        NAME,
        TITLE,
        replace(ORG, attributes={"canonical": "Tỉnh ủy"}),
        again,
        relations=(HOLDS, AT, Relation("t", "title_at", "b", "e")),
    )
    files, summary = written(Docred, corpus, Options(language="vi"))
    (record,) = files["reports.json"]
    assert list(record) == ["title", "sents", "vertexSet", "labels"]
    assert record["title"] == "a.txt"
    assert record["sents"][1][:2] == ["Hội", "nghị"]
    assert record["vertexSet"] == [
        [{"name": "Lê A", "pos": [1, 3], "sent_id": 0, "type": "OFFICIAL"}],
        [{"name": "Bí thư Tỉnh ủy", "pos": [4, 8], "sent_id": 0, "type": "TITLE"}],
        [
            {"name": "Tỉnh ủy", "pos": [6, 8], "sent_id": 0, "type": "ORG"},
            {"name": "Hội", "pos": [0, 1], "sent_id": 1, "type": "ORG"},
        ],
    ]
    assert record["labels"] == [
        {"r": "holds_title", "h": 0, "t": 1, "evidence": [0]},
        {"r": "title_at", "h": 1, "t": 2, "evidence": [0, 1]},
    ]
    assert summary.left_out == {AGAIN: 1, ATTRIBUTES: 2}
    assert "holds_title" in files["rel_info.json"]


def test_one_registry_entry_is_one_vertex() -> None:
    entities = [replace(one, label="ORG", entry="q") for one in (NAME, MEETING)]
    files, summary = written(Docred, one_report(*entities, relations=(Relation("r", "alias_of", "a", "d"),)))
    assert [len(mentions) for mentions in files["reports.json"][0]["vertexSet"]] == [2]
    assert (summary.relations, summary.left_out) == (0, {ITSELF: 1})


@pytest.mark.parametrize("format", [Tacred, Docred])
def test_what_does_not_fit_is_counted(format: Any) -> None:
    entities = (
        Entity("a", "ORG", 4, 16, ((4, 8), (10, 16))),
        Entity("b", "ORG", 4, 7),
        Entity("c", "ORG", 5, 8),
        Entity("d", "ORG", 17, 29),
        MEETING,
    )
    relations = tuple(Relation(str(n), "alias_of", *ends) for n, ends in enumerate(("bc", "ac", "ba", "cd", "ad")))
    entities = (*entities[:4], replace(MEETING, id="e"))
    relations = (*relations, Relation("x", "convenes", "a", "e"))
    summary = written(format, one_report(*entities, relations=relations))[1]
    # c begins inside of "Lê", d crosses the sentences, b lies off its last token.
    wanted = {HULLS: 1, OFF_TOKENS: 2, ACROSS: 1, ENDS_LEFT_OUT: 5}
    assert summary.left_out == (wanted | {SENTENCES: 1} if format is Tacred else wanted)
    assert summary.relations == (0 if format is Tacred else 1)


@pytest.mark.parametrize("format", [Tacred, Docred])
def test_several_sets_and_none(format: Any) -> None:
    sets = (AnnotationSet("Lan", entities=(NAME, TITLE), relations=(HOLDS,)), AnnotationSet(None, adjudicated=True))
    text = next(iter(one_report())).report
    reports = [LabelledReport(text, sets), LabelledReport(Report("r2", "b", "x"))]
    files, summary = written(format, corpus_of(reports))
    titles = {one.get("title", one.get("docid")) for one in files["reports.json"]}
    assert titles == ({"a.txt (Lan)"} if format is Tacred else {"a.txt (Lan)", "a.txt (adjudicated)"})
    assert (summary.reports, summary.sets, summary.left_out) == (1, 2, {UNLABELLED: 1})


@pytest.mark.parametrize("format", [Tacred, Docred])
def test_a_split_goes_to_three_files(format: Any, tmp_path: Path) -> None:
    labelled = AnnotationSet("Lan", entities=(NAME, TITLE), relations=(HOLDS,))
    texts = [next(iter(one_report())).report.text + "".join(f"\nBáo {n}{m * n}" for m in range(99)) for n in range(10)]
    corpus = corpus_of(LabelledReport(Report(str(n), str(n), text), (labelled,)) for n, text in enumerate(texts))
    format().write(corpus, tmp_path / "out", Options(split=(60, 20, 20)))
    parts = {file.stem: json.loads(file.read_text("utf-8")) for file in (tmp_path / "out").iterdir()}
    assert {"train", "dev", "test"} < parts.keys()
    titles = [{one.get("title", one.get("docid")) for one in parts[name]} for name in ("train", "dev", "test")]
    assert all(titles)
    assert sorted(title for part in titles for title in part) == [str(n) for n in range(10)]
    format().write(corpus, tmp_path / "out", Options(force=True))
    assert sorted(file.name for file in (tmp_path / "out").iterdir())[1:] == ["reports.json"]


@settings(deadline=None, max_examples=50)
@given(corpora())
@pytest.mark.parametrize("alignment", ["strict", "expand", "contract"])
def test_every_relation_is_there_or_counted(alignment: str, corpus: Corpus) -> None:
    total = sum(len(labels.relations) for one in corpus for labels in one.sets)
    files, summary = written(Tacred, corpus, Options(alignment=alignment))
    lost = sum(summary.left_out.get(reason, 0) for reason in (ENDS_LEFT_OUT, SENTENCES))
    assert summary.relations + lost == total
    assert Counter(one["relation"] for one in files["reports.json"])[NO_RELATION] == int(
        summary.about.get(NO_RELATION, 0)
    )
    for record in files["reports.json"]:
        assert 0 <= record["subj_start"] <= record["subj_end"] < len(record["token"])
        assert 0 <= record["obj_start"] <= record["obj_end"] < len(record["token"])
        assert {len(record[key]) for key in KEYS[10:]} == {len(record["token"])}
        assert not any(letter.isspace() for token in record["token"] for letter in token)
    files, summary = written(Docred, corpus, Options(alignment=alignment))
    lost = sum(summary.left_out.get(reason, 0) for reason in (ENDS_LEFT_OUT, ITSELF, AGAIN))
    assert summary.relations + lost == total
    for record in files["reports.json"]:
        for mention in (one for mentions in record["vertexSet"] for one in mentions):
            start, end = mention["pos"]
            assert 0 <= start < end <= len(record["sents"][mention["sent_id"]])
        for label in record["labels"]:
            assert label["h"] != label["t"]
            assert max(label["h"], label["t"]) < len(record["vertexSet"])
            assert set(label["evidence"]) <= set(range(len(record["sents"])))
