"""spaCy: what goes out comes back, spaCy reads the same, and what is damaged is refused without a crash."""

from __future__ import annotations

import tempfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("spacy", reason="spaCy is not installed (extras spacy, formats-test)")

import spacy
import srsly
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from annotations.corpus import Corpus, LabelledReport
from annotations.errors import Cancelled
from annotations.report import AnnotationSet, Entity, Relation, Report
from exports import needs
from exports.errors import FormatError
from exports.protocol import Options
from exports.spacy_docbin import REL, SpacyDocBin, bins
from exports.spacy_docbin.document import DOUBLED, SHARED_START
from exports.spacy_docbin.read import NO_END, NO_LABEL
from exports.tokens import DISCONTINUOUS, ENDS_LEFT_OUT, MOVED, OFF_TOKENS, UNLABELLED
from tests.exports.random_corpora import corpora, corpus_of, texts
from tests.exports.same_labels import TEXT, one_report, written_sets

TITLE = Entity("b", "TITLE", 10, 24)
ORG = Entity("c", "ORG", 17, 24, entry="tinh-uy", note="x")
NAME = Entity("a", "OFFICIAL", 4, 8)


def docs_of(folder: Path) -> list[Doc]:
    """The documents as spaCy reads them."""
    vocab = Vocab()
    return [doc for file in sorted(folder.rglob("*.spacy")) for doc in DocBin().from_disk(file).get_docs(vocab)]


def export(tmp_path: Path, corpus: Corpus, **options: Any) -> tuple[list[Doc], Any]:
    summary = SpacyDocBin().write(corpus, tmp_path / "out", Options(force=True, **options))
    return docs_of(tmp_path / "out"), summary


@settings(deadline=None, max_examples=40)
@given(corpora(), st.sampled_from(["strict", "expand", "contract"]))
def test_what_goes_out_comes_back_but_what_is_counted(corpus: Corpus, alignment: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        summary = SpacyDocBin().write(corpus, out, Options(alignment=alignment))
        records = list(SpacyDocBin().read(out))
        assert SpacyDocBin().recognises(out)
        docs = docs_of(out)
    wanted = [(report, labels) for report, labels in written_sets(corpus) if labels is not None]
    assert summary.left_out.get(UNLABELLED, 0) == sum(not one.sets for one in corpus)
    lost: Counter[str] = Counter()
    for record, doc, (report, labels) in zip(records, docs, wanted, strict=True):
        assert record.report == report
        assert doc.text == report.text
        assert (record.annotator, record.adjudicated, record.status) == (
            labels.annotator,
            labels.adjudicated,
            labels.status,
        )
        by_id = {entity.id: entity for entity in labels.entities}
        for entity in record.entities:
            lost[MOVED] += entity != by_id.pop(entity.id)
        lost[DISCONTINUOUS] += sum(bool(entity.fragments) for entity in by_id.values())
        lost[OFF_TOKENS] += sum(not entity.fragments for entity in by_id.values())
        assert all(one in labels.relations for one in record.relations)
        lost["relations"] += len(labels.relations) - len(record.relations)
        assert {(span.start_char, span.end_char, span.label_) for span in doc.spans["sc"]} == {
            (entity.start, entity.end, entity.label) for entity in record.entities
        }
        assert set(doc.ents) <= set(doc.spans["sc"])
    for reason in (DISCONTINUOUS, OFF_TOKENS, MOVED):
        assert summary.left_out.get(reason, 0) == lost[reason]
    reasons = (ENDS_LEFT_OUT, SHARED_START, DOUBLED)
    assert sum(summary.left_out.get(reason, 0) for reason in reasons) == lost["relations"]
    assert alignment != "strict" or not lost[MOVED]


def test_ents_are_the_outermost_and_sc_holds_all(tmp_path: Path) -> None:
    (doc,), summary = export(tmp_path, one_report(NAME, TITLE, ORG))
    assert [(one.text, one.label_, one.ent_id_) for one in doc.ents] == [
        ("Lê A", "OFFICIAL", "a"),
        ("Bí thư Tỉnh ủy", "TITLE", "b"),
    ]
    assert [(one.text, one.label_, one.id_, one.kb_id_) for one in doc.spans["sc"]] == [
        ("Lê A", "OFFICIAL", "a", ""),
        ("Bí thư Tỉnh ủy", "TITLE", "b", ""),
        ("Tỉnh ủy", "ORG", "c", "tinh-uy"),
    ]
    assert [sent.text.strip() for sent in doc.sents] == TEXT.split("\n")
    assert (summary.entities, summary.left_out) == (3, {})


def test_relations_as_the_rel_component_expects(tmp_path: Path) -> None:
    relations = (Relation("r", "holds_title", "a", "b"), Relation("s", "title_at", "b", "c"))
    (doc,), summary = export(tmp_path, one_report(NAME, TITLE, ORG, relations=relations))
    if not Doc.has_extension("rel"):
        Doc.set_extension("rel", default={})
    ents = [one.start for one in doc.ents]
    # Its scorer asks for each ordered pair of entities.
    assert {(first, second) for first in ents for second in ents} <= set(doc._.rel)
    assert {ends: kinds for ends, kinds in doc._.rel.items() if kinds} == {
        (1, 4): {"holds_title": 1.0},
        (4, 6): {"title_at": 1.0},
    }
    assert summary.by_type == {"holds_title": 1, "title_at": 1}


def test_relations_that_it_cannot_hold_are_counted(tmp_path: Path) -> None:
    inner = Entity("i", "ORG", 10, 16)
    relations = (
        Relation("r", "t", "a", "i"),
        Relation("s", "t", "a", "b"),
        Relation("u", "t", "a", "b"),
        Relation("v", "t", "a", "x"),
    )
    off = Entity("x", "X", 11, 12)
    _, summary = export(tmp_path, one_report(NAME, TITLE, inner, off, relations=relations))
    assert summary.left_out == {SHARED_START: 1, DOUBLED: 1, ENDS_LEFT_OUT: 1, OFF_TOKENS: 1}
    (made,) = SpacyDocBin().read(tmp_path / "out")
    assert [one.id for one in made.relations] == ["s"]


@settings(deadline=None, max_examples=40)
@given(texts)
def test_the_tokenizer_beside_it_makes_the_same_tokens(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        SpacyDocBin().write(one_report(text=text), Path(folder, "out"))
        pipeline = spacy.load(Path(folder, "out", "tokenizer"))
        (doc,) = docs_of(Path(folder, "out"))
    found = pipeline.make_doc(text)
    assert [(token.text, token.whitespace_) for token in found] == [(token.text, token.whitespace_) for token in doc]


def test_words_have_no_tokenizer_beside_them(tmp_path: Path) -> None:
    (doc,), summary = export(tmp_path, one_report(TITLE), word_level=True)
    assert "Hội nghị" in [token.text for token in doc]
    assert not (tmp_path / "out" / "tokenizer").exists()
    assert summary.about["tokens"].startswith("underthesea")


def many(count: int) -> Corpus:
    names = ["Lan", "Minh", "Hoa", "Tuấn", "Dũng", "Hà", "Sơn", "Thủy", "Bình", "Cường"]
    return corpus_of(
        LabelledReport(
            Report(
                f"r{number}",
                f"r{number}",
                f"{names[number % 10]} {number} họp tại xã {names[number // 10 % 10]} {number}",
            ),
            (AnnotationSet("Lan", entities=(Entity("e", "OFFICIAL", 0, len(names[number % 10])),)),),
        )
        for number in range(count)
    )


def test_a_split_and_files_of_200(tmp_path: Path) -> None:
    _, summary = export(tmp_path, many(500), split=(60, 20, 20), seed=3)
    out = tmp_path / "out"
    assert sorted(file.relative_to(out).as_posix() for file in out.rglob("*.spacy")) == [
        "dev/00000.spacy",
        "test/00000.spacy",
        "train/00000.spacy",
        "train/00001.spacy",
    ]
    assert sum(len(DocBin().from_disk(file)) for file in (out / "train").iterdir()) == 300
    assert summary.about["split"].startswith("60/20/20")
    assert summary.reports == 500
    assert len({record.report.id for record in SpacyDocBin().read(out)}) == 500


def test_no_labels_is_one_empty_file(tmp_path: Path) -> None:
    docs, summary = export(tmp_path, corpus_of([LabelledReport(Report("r", "r", "a"))]))
    assert (docs, summary.left_out) == ([], {UNLABELLED: 1})
    assert list(SpacyDocBin().read(tmp_path / "out")) == []


def test_cancelled_leaves_nothing_also_while_splitting(tmp_path: Path) -> None:
    for split in (None, (80, 10, 10)):

        def cancel(done: int, total: int) -> None:
            raise Cancelled

        with pytest.raises(Cancelled):
            SpacyDocBin().write(many(3), tmp_path / "out", Options(split=split), cancel)
        assert list(tmp_path.iterdir()) == []


def foreign(tmp_path: Path, doc: Doc) -> list[Any]:
    DocBin(store_user_data=True, docs=[doc]).to_disk(tmp_path / "x.spacy")
    return list(SpacyDocBin().read(tmp_path / "x.spacy"))


def test_documents_of_others(tmp_path: Path) -> None:
    doc = spacy.blank("xx")("Ông Lê A, Bí thư")
    doc.ents = [Span(doc, 1, 3, "PER")]
    doc.spans["titles"] = [Span(doc, 4, 6, "TITLE", span_id="t1"), Span(doc, 4, 5, "")]
    doc.user_data[REL] = {(4, 1): {"held_by": 0.9, "no": 0.1}, (0, 1): {"x": 1.0}, "junk": 5}
    doc.user_data["other"] = {"a": [1]}
    (made,) = foreign(tmp_path, doc)
    assert [(one.label, one.surface(made.report.text)) for one in made.entities] == [
        ("TITLE", "Bí thư"),
        ("PER", "Lê A"),
    ]
    assert [(one.type, one.source, one.target) for one in made.relations] == [
        ("held_by", made.entities[0].id, made.entities[1].id)
    ]
    assert made.left_out == {NO_LABEL: 1, NO_END: 1}


def test_documents_whose_spaces_are_unknown(tmp_path: Path) -> None:
    doc = Doc(Vocab(), words=["a", "b"])
    doc.ents = [Span(doc, 1, 2, "X")]
    (made,) = foreign(tmp_path, doc)
    assert made.report.text == "a b"
    assert made.entities[0].surface("a b") == "b"


def packed(**changes: Any) -> bytes:
    doc = Doc(Vocab(), words=["a", "b"], spaces=[True, False])
    doc.ents = [Span(doc, 0, 1, "X")]
    doc.spans["sc"] = [Span(doc, 0, 1, "X")]
    message = srsly.msgpack_loads(zlib.decompress(DocBin(docs=[doc]).to_bytes()))
    return zlib.compress(srsly.msgpack_dumps({**message, **changes}))


BAD_SPAN = srsly.msgpack_dumps(
    {srsly.msgpack_dumps({"name": "sc", "attrs": {}, "spans": [bins._SPAN.pack(0, 0, 0, 0, 99, 0, 0)]}): ["sc"]}
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing of the kind",
        packed()[:-5],
        zlib.compress(b""),
        zlib.compress(srsly.msgpack_dumps([1])),
        zlib.compress(b"\x91" * 100_000),
        packed(attrs=[]),
        packed(attrs=["x"]),
        packed(lengths=b"\x03\x00\x00\x00"),
        packed(lengths=b"\xff\xff\xff\xff"),
        packed(lengths=b"\x01"),
        packed(strings=[]),
        packed(strings=5),
        packed(span_groups=[b"\xc1"]),
        packed(span_groups=[BAD_SPAN]),
        packed(user_data=[b"\x05"]),
        packed(flags=[5]),
    ],
)
def test_damaged_files_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.spacy").write_bytes(content)
    with pytest.raises(FormatError, match=r"x\.spacy is no spaCy DocBin, or a damaged one; nothing was taken"):
        list(SpacyDocBin().read(tmp_path / "x.spacy"))


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bins, "UNPACKED_LIMIT", 1024 * 1024)
    (tmp_path / "x.spacy").write_bytes(zlib.compress(b"\0" * 64 * 1024 * 1024))
    with pytest.raises(FormatError, match="unpacks to more than 1 MB"):
        list(SpacyDocBin().read(tmp_path / "x.spacy"))


def test_nul_in_a_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"x\.spacy, document 1 holds a NUL"):
        foreign(tmp_path, Doc(Vocab(), words=["a\0"], spaces=[False]))


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 600), st.binary(min_size=1, max_size=6))
def test_mutated_files_are_refused_or_read(place: int, splice: bytes) -> None:
    content = zlib.decompress(packed())
    spoiled = content[: place % len(content)] + splice + content[place % len(content) + len(splice) :]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "x.spacy")
        file.write_bytes(zlib.compress(spoiled))
        try:
            list(SpacyDocBin().read(file))
        except FormatError:
            return


def test_without_spacy_one_sentence_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "find_spec", lambda module: None)
    with pytest.raises(FormatError, match=r"needs spacy, which is not installed.*pip install 'chugiai\[spacy\]'"):
        SpacyDocBin().write(one_report(), tmp_path / "out")
    with pytest.raises(FormatError, match="pip install"):
        SpacyDocBin().read(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_recognised_by_suffix_and_content(tmp_path: Path) -> None:
    (tmp_path / "x.spacy").write_bytes(b"text")
    assert not SpacyDocBin().recognises(tmp_path)
    (tmp_path / "x.spacy").write_bytes(packed())
    assert SpacyDocBin().recognises(tmp_path)
    assert SpacyDocBin().recognises(tmp_path / "x.spacy")
    assert not SpacyDocBin().recognises(tmp_path / "none.spacy")
