"""CoNLL columns in every scheme: what goes out comes back, seqeval and spaCy agree, others' files are read or refused."""

from __future__ import annotations

import random
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus import Corpus, ImportedRecord
from annotations.report import Entity, Origin
from exports import text_lines as lines_module
from exports.conll import SPACES, UNDERSCORES, Conll, tag_name
from exports.errors import FormatError
from exports.protocol import Options
from exports.tags import SCHEMES, decoded, encoded
from exports.tokens import MOVED, OFF_TOKENS
from tests.exports.random_corpora import corpora
from tests.exports.same_labels import one_report

schemes = st.sampled_from(SCHEMES)


def read(tmp_path: Path, content: str | bytes) -> list[ImportedRecord]:
    (tmp_path / "in.conll").write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(Conll().read(tmp_path / "in.conll"))


def columns(*rows: str) -> str:
    """Tokens and tags, one letter for each token."""
    made = []
    for row in rows:
        tags = row.split()
        made.append("".join(f"{token} {tag}\n" for token, tag in zip("abcdefgh", tags, strict=False)))
    return "\n".join(made)


def surfaces(record: ImportedRecord) -> list[str]:
    return [one.surface(record.report.text) for one in record.entities]


@st.composite
def flat(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    edges = draw(st.lists(st.integers(0, 9), unique=True).map(sorted))
    made = []
    for first, last in pairwise(edges):
        if draw(st.booleans()):
            made.append((first, last, draw(st.sampled_from(["X", "Y-Z"]))))
    return made


@given(flat(), schemes)
def test_tags_come_back(entities: list[tuple[int, int, str]], scheme: str) -> None:
    assert decoded(encoded(entities, 10, scheme)) == entities


@pytest.mark.parametrize(
    ("scheme", "tags"),
    [
        ("iob2", "B-X I-X B-X O B-Y"),
        ("iob1", "I-X I-X B-X O I-Y"),
        ("bioes", "B-X E-X S-X O S-Y"),
    ],
)
def test_the_schemes(scheme: str, tags: str) -> None:
    assert encoded([(0, 2, "X"), (2, 3, "X"), (4, 5, "Y")], 5, scheme) == tags.split()


@given(flat())
def test_seqeval_reads_the_schemes_alike(entities: list[tuple[int, int, str]]) -> None:
    scheme = pytest.importorskip("seqeval.scheme", reason="seqeval is not installed (extra formats-test)")
    for name, known in (("iob2", scheme.IOB2), ("iob1", scheme.IOB1), ("bioes", scheme.IOBES)):
        found = scheme.Entities([encoded(entities, 10, name)], scheme=known).entities[0]
        assert [(one.start, one.end, one.tag) for one in found] == entities


@settings(deadline=None)
@given(corpora(), schemes, st.sampled_from(["strict", "expand", "contract"]))
def test_what_goes_out_comes_back(corpus: Corpus, scheme: str, alignment: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.conll")
        summary = Conll().write(corpus, out, Options(tags=scheme, alignment=alignment))
        records = list(Conll().read(out))
        assert Conll().recognises(out) is (summary.sets > 0)
    assert len(records) == summary.sets
    assert sum(len(record.entities) for record in records) == summary.entities
    sets = [(one.report.text, labels) for one in corpus for labels in one.sets]
    for record, (text, labels) in zip(records, sets, strict=True):
        assert "".join(record.report.text.split()) == "".join(text.split())
        if alignment == "strict":
            wanted = {
                (tag_name(one.label), "".join(one.surface(text).split()))
                for one in labels.entities
                if not one.fragments
            }
            assert {(one.label, "".join(one.surface(record.report.text).split())) for one in record.entities} <= wanted


def test_alignment_is_counted(tmp_path: Path) -> None:
    for alignment, left_out in (("strict", {OFF_TOKENS: 1}), ("expand", {MOVED: 1}), ("contract", {MOVED: 1})):
        summary = Conll().write(
            one_report(Entity("a", "TITLE", 11, 21)), tmp_path / "out", Options(force=True, alignment=alignment)
        )
        assert summary.left_out == left_out


def test_spacys_convert_reads_it(tmp_path: Path) -> None:
    pytest.importorskip("spacy", reason="spaCy is not installed (extra formats-test)")
    from spacy.cli.convert import convert
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    corpus = one_report(Entity("a", "OFFICIAL", 4, 8), Entity("b", "TITLE", 10, 24), Entity("c", "ORG", 26, 34))
    for scheme in ("iob2", "iob1"):
        Conll().write(corpus, tmp_path / f"{scheme}.conll", Options(tags=scheme))
        convert(tmp_path / f"{scheme}.conll", tmp_path, converter="ner", file_type="spacy")
        (doc,) = DocBin().from_disk(tmp_path / f"{scheme}.spacy").get_docs(Vocab())
        assert [(one.text, one.label_) for one in doc.ents] == [
            ("Lê A", "OFFICIAL"),
            ("Bí thư Tỉnh ủy", "TITLE"),
            ("Hội nghị", "ORG"),
        ]


def test_the_original_columns(tmp_path: Path) -> None:
    content = (
        "-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\nGerman JJ I-NP I-MISC\n\n"
        "Peter NNP I-NP I-PER\nBlackburn NNP I-NP I-PER\n\n-DOCSTART- -X- -X- O\n\nx NN O O\n"
    )
    first, second = read(tmp_path, content)
    assert first.report.text == "EU rejects German\nPeter Blackburn"
    assert [(one.label, one.surface(first.report.text)) for one in first.entities] == [
        ("ORG", "EU"),
        ("MISC", "German"),
        ("PER", "Peter Blackburn"),
    ]
    assert first.entities[0].origin is Origin.IMPORTED
    assert (first.report.name, second.report.name) == ("in-1", "in-2")
    assert first.left_out == {SPACES: 1}
    assert (first.has_labels, second.has_labels) == (True, False)


def test_words_of_vietnamese_data_sets(tmp_path: Path) -> None:
    (made,) = read(tmp_path, "Bí_thư\tN\tB-NP\tB-TITLE\nTỉnh_uỷ\tN\tI-NP\tI-TITLE\n_\tCH\tO\tO\na__b\tX\tO\tO\n")
    assert made.report.text == "Bí thư Tỉnh uỷ _ a__b"
    assert surfaces(made) == ["Bí thư Tỉnh uỷ"]
    assert made.left_out == {SPACES: 1, UNDERSCORES: 2}


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("I-X I-X O I-X", ["a b", "d"]),
        ("B-X B-X I-X O", ["a", "b c"]),
        ("B-X L-X U-X U-X", ["a b", "c", "d"]),
        ("B-X M-X E-X S-X", ["a b c", "d"]),
        ("E-X I-X O O", ["a", "b"]),
    ],
)
def test_every_scheme_is_read(tmp_path: Path, tags: str, spans: list[str]) -> None:
    (made,) = read(tmp_path, columns(tags))
    assert surfaces(made) == spans


def test_sentences_end_entities(tmp_path: Path) -> None:
    (made,) = read(tmp_path, columns("O B-X", "I-X"))
    assert surfaces(made) == ["b", "a"]


def test_a_token_like_a_mark_is_a_token(tmp_path: Path) -> None:
    Conll().write(one_report(text="-DOCSTART- a"), tmp_path / "out", Options(word_level=True))
    (made,) = Conll().read(tmp_path / "out")
    assert "DOCSTART" in made.report.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a O\nb\n", "line 2 is no line of CoNLL columns"),
        ("a O\nb X\n", "line 2 is no line of CoNLL columns"),
        ("a B-\n", "line 1 is no line"),
        (b"a O\n\xff O\n", "line 2 is not UTF-8"),
        (b"a\0 O\n", "line 1 holds a NUL"),
    ],
)
def test_refused_with_the_line(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, content)
    assert words in str(caught.value)


def test_very_long_lines_and_reports_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "LINE_LIMIT", 1024)
    with pytest.raises(FormatError, match="line 2 is longer than"):
        read(tmp_path, "a O\n" + "x" * 2000)
    with pytest.raises(FormatError, match="million characters"):
        read(tmp_path, "abcdefgh O\n" * 200)


@pytest.mark.parametrize(
    ("content", "known"),
    [
        ("-DOCSTART- -X- O O\n", True),
        (columns("B-X I-X"), True),
        ("a\tN\tO\nb\tN\tS-X\n", True),
        (columns("O O"), False),
        ("a B-X\nb N O\n", False),
        ("Bí thư Tỉnh ủy\n", False),
        ("Hội nghị lần O\n", False),
        (b"\xff", False),
        ("", False),
    ],
)
def test_recognised_by_its_tags(tmp_path: Path, content: str | bytes, known: bool) -> None:
    (tmp_path / "x").write_bytes(content if isinstance(content, bytes) else content.encode())
    assert Conll().recognises(tmp_path / "x") is known
    assert not Conll().recognises(tmp_path)


def test_damaged_files_are_refused_or_read(tmp_path: Path) -> None:
    Conll().write(one_report(Entity("a", "OFFICIAL", 4, 8), Entity("b", "TITLE", 10, 24)), tmp_path / "out")
    whole = (tmp_path / "out").read_bytes()
    dice = random.Random(2)
    kinds: set[Any] = set()
    for _ in range(1000):
        start = dice.randrange(len(whole))
        splice = dice.choice([b"", b"\t", b"\n", b" ", b"-", b"_", b"\xff", b"\0", b"B-", b"-DOCSTART-"])
        try:
            read(tmp_path, whole[:start] + splice + whole[start + dice.randrange(4) :])
            kinds.add("read")
        except FormatError:
            kinds.add("refused")
    assert kinds == {"read", "refused"}
