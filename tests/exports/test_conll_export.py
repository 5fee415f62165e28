"""CoNLL: tokens and tags, and everything that they cannot hold counted."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotations.corpus import Corpus, LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Report
from exports import tokens as conll
from exports.conll import Conll, tag_name
from exports.protocol import ExportSummary, Options
from tests.exports.random_corpora import corpora, corpus_of

TEXT = "Ông Lê A, Bí thư Tỉnh ủy.\nHội nghị 05-NQ/TW"


def export(tmp_path: Path, *entities: Entity, text: str = TEXT, **rest: object) -> tuple[str, ExportSummary]:
    labels = AnnotationSet("lan", entities=entities, relations=rest.get("relations", ()))  # type: ignore[arg-type]
    corpus = corpus_of([LabelledReport(Report("r", "r", text), (labels,))])
    options = Options(word_level=bool(rest.get("word_level")))
    summary = Conll().write(corpus, tmp_path / "out.conll", options)
    return (tmp_path / "out.conll").read_bytes().decode(), summary


def parse(content: str) -> list[list[list[tuple[str, str]]]]:
    """A strict reader of our own: documents of sentences of (token, tag). IOB2: ``I-`` only goes on."""
    documents: list[list[list[tuple[str, str]]]] = []
    blocks = content.split("\n\n")
    assert blocks.pop() == ""
    for block in blocks:
        if block == "-DOCSTART- -X- O O":
            documents.append([])
            continue
        before = "O"
        rows = []
        for line in block.split("\n") if block else []:
            token, pos, chunk, tag = line.split(" ")
            assert (pos, chunk) == ("-X-", "_")
            assert token
            assert not any(letter.isspace() for letter in token)
            assert tag == "O" or tag[:2] == "B-" or (tag[:2] == "I-" and before[1:] == tag[1:] and before != "O")
            before = tag
            rows.append((token, tag))
        documents[-1].append(rows)
    return documents


def found(content: str) -> list[tuple[str, str]]:
    """Label and tokens of each entity."""
    made: list[tuple[str, str]] = []
    for document in parse(content):
        for token, tag in (row for sentence in document for row in sentence):
            if tag[0] == "B":
                made.append((tag[2:], token))
            elif tag[0] == "I":
                made[-1] = (tag[2:], f"{made[-1][1]} {token}")
    return made


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None)
@given(corpora())
def test_tokens_cover_the_text_and_entities_come_back_or_are_counted(corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.conll")
        summary = Conll().write(corpus, out)
        documents = parse(out.read_bytes().decode())
        entities = found(out.read_bytes().decode())
    sets = [(one.report.text, labels) for one in corpus for labels in one.sets]
    assert len(documents) == len(sets) == summary.sets
    for document, (text, _) in zip(documents, sets, strict=True):
        assert "".join(token for sentence in document for token, _ in sentence) == squeezed(text)
    assert len(entities) == summary.entities
    surfaces = {
        (tag_name(entity.label), squeezed(entity.surface(text))) for text, labels in sets for entity in labels.entities
    }
    assert {(label, squeezed(words)) for label, words in entities} <= surfaces
    reasons = (conll.NESTED, conll.OVERLAPPING, conll.DISCONTINUOUS, conll.OFF_TOKENS, conll.ACROSS)
    lost = sum(summary.left_out.get(reason, 0) for reason in reasons)
    assert len(entities) + lost == sum(len(labels.entities) for _, labels in sets)
    assert summary.left_out.get(conll.RELATIONS, 0) == sum(len(labels.relations) for _, labels in sets)


@settings(deadline=None)
@given(corpora())
def test_seqeval_counts_the_same_entities(corpus: Corpus) -> None:
    scheme = pytest.importorskip("seqeval.scheme")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.conll")
        summary = Conll().write(corpus, out)
        documents = parse(out.read_bytes().decode())
    tags = [[tag for _, tag in sentence] for document in documents for sentence in document if sentence]
    assert sum(map(len, scheme.Entities(tags, scheme=scheme.IOB2).entities)) == summary.entities


def test_the_lines(tmp_path: Path) -> None:
    content, summary = export(tmp_path, Entity("a", "OFFICIAL", 4, 8), Entity("b", "RESOLUTION", 35, 43))
    assert content == (
        "-DOCSTART- -X- O O\n\n"
        "Ông -X- _ O\nLê -X- _ B-OFFICIAL\nA -X- _ I-OFFICIAL\n, -X- _ O\nBí -X- _ O\nthư -X- _ O\n"
        "Tỉnh -X- _ O\nủy -X- _ O\n. -X- _ O\n\n"
        "Hội -X- _ O\nnghị -X- _ O\n05 -X- _ B-RESOLUTION\n- -X- _ I-RESOLUTION\nNQ -X- _ I-RESOLUTION\n"
        "/ -X- _ I-RESOLUTION\nTW -X- _ I-RESOLUTION\n\n"
    )
    assert summary.by_label == {"OFFICIAL": 1, "RESOLUTION": 1}
    assert summary.about == {"tokens": "syllables and single other characters", "tags": "IOB2"}


def test_words_are_joined_by_underscores(tmp_path: Path) -> None:
    content, summary = export(tmp_path, Entity("a", "TITLE", 10, 16), word_level=True)
    assert ("TITLE", "Bí_thư") in found(content)
    assert ("Hội_nghị", "O") in parse(content)[0][1]
    assert summary.about["tokens"].startswith("underthesea ")


def test_touching_entities_of_one_label_stay_two(tmp_path: Path) -> None:
    content, _ = export(tmp_path, Entity("a", "X", 10, 12), Entity("b", "X", 13, 16))
    assert found(content) == [("X", "Bí"), ("X", "thư")]


@pytest.mark.parametrize(
    ("entities", "reason", "kept"),
    [
        ([Entity("a", "TITLE", 10, 24), Entity("b", "ORG", 17, 24)], conll.NESTED, "TITLE"),
        ([Entity("a", "TITLE", 10, 24), Entity("b", "ORG", 10, 24)], conll.NESTED, "TITLE"),
        ([Entity("a", "TITLE", 10, 20), Entity("b", "ORG", 13, 24)], conll.OFF_TOKENS, "ORG"),
        ([Entity("a", "TITLE", 10, 21), Entity("b", "ORG", 17, 24)], conll.OVERLAPPING, "TITLE"),
        ([Entity("a", "TITLE", 4, 16, ((4, 6), (10, 16))), Entity("b", "ORG", 10, 12)], conll.DISCONTINUOUS, "ORG"),
        ([Entity("a", "TITLE", 17, 29), Entity("b", "ORG", 17, 21)], conll.ACROSS, "ORG"),
        ([Entity("a", "TITLE", 9, 16), Entity("b", "ORG", 10, 16)], conll.OFF_TOKENS, "ORG"),
    ],
)
def test_of_two_one_is_kept_and_one_counted(tmp_path: Path, entities: list[Entity], reason: str, kept: str) -> None:
    text = TEXT.replace("Tỉnh ủy", "Tỉnh, ủ") if reason == conll.OVERLAPPING else TEXT
    content, summary = export(tmp_path, *entities, text=text)
    assert [label for label, _ in found(content)] == [kept]
    assert summary.left_out == {reason: 1}


def test_relations_and_attributes_are_counted(tmp_path: Path) -> None:
    relation = Relation("r", "t", "a", "a", {"x": "1"})
    _, summary = export(tmp_path, Entity("a", "X", 0, 3, attributes={"y": "2", "z": "3"}), relations=(relation,))
    assert summary.left_out == {conll.ATTRIBUTES: 3, conll.RELATIONS: 1}


def test_reports_without_labels_are_left_out_and_counted(tmp_path: Path) -> None:
    """Tagged ``O`` throughout they would teach that there is nothing to find."""
    corpus = corpus_of(
        [LabelledReport(Report("r", "r", TEXT)), LabelledReport(Report("s", "s", "a"), (AnnotationSet("x"),))]
    )
    summary = Conll().write(corpus, tmp_path / "out")
    assert parse((tmp_path / "out").read_text("utf-8")) == [[[("a", "O")]]]
    assert summary.left_out == {conll.UNLABELLED: 1}


def test_labels_with_spaces_stay_one_column(tmp_path: Path) -> None:
    content, _ = export(tmp_path, Entity("a", "cán bộ", 0, 3))
    assert found(content) == [("cán_bộ", "Ông")]


def test_a_token_like_a_docstart_is_a_token(tmp_path: Path) -> None:
    content, summary = export(tmp_path, text="-DOCSTART- -X- O O", word_level=True)
    assert len(parse(content)) == summary.sets == 1


def test_the_real_reports_at_both_levels(real_reports: list[Path], tmp_path: Path) -> None:
    for file in real_reports:
        for word_level in (False, True):
            (tmp_path / "out.conll").unlink(missing_ok=True)
            text = file.read_text("utf-8")
            content, _ = export(tmp_path, text=text, word_level=word_level)
            joined = "".join(token for sentence in parse(content)[0] for token, _ in sentence)
            assert joined.replace("_", "") == squeezed(text).replace("_", "")
