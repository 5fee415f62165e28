"""CoNLL-U: texts come back letter by letter, entities but for what is counted; spaCy's convert reads it."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus import Corpus, ImportedRecord
from annotations.report import Entity, Relation
from exports import text_lines as lines_module
from exports.conllu import ConllU
from exports.conllu.misc import escaped, label_name, label_of, unescaped
from exports.conllu.read import BROKEN, CHAINS
from exports.conllu.write import RELATIONS
from exports.errors import FormatError
from exports.protocol import Options
from exports.tokens import ACROSS, MOVED, OFF_TOKENS, UNLABELLED
from tests.exports.random_corpora import corpora, words
from tests.exports.same_labels import one_report, written_sets


def export(tmp_path: Path, corpus: Corpus, **options: Any) -> tuple[str, Any]:
    summary = ConllU().write(corpus, tmp_path / "out.conllu", Options(force=True, **options))
    return (tmp_path / "out.conllu").read_bytes().decode(), summary


def read(tmp_path: Path, content: str | bytes) -> list[ImportedRecord]:
    (tmp_path / "in.conllu").write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(ConllU().read(tmp_path / "in.conllu"))


def rows(*tokens: tuple[str, str]) -> str:
    """One sentence of forms with their last column."""
    made = (f"{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n" for number, (form, misc) in enumerate(tokens, 1))
    return "".join(made) + "\n"


@settings(deadline=None)
@given(corpora(), st.sampled_from(["strict", "expand", "contract"]), st.booleans())
def test_what_goes_out_comes_back_but_what_is_counted(corpus: Corpus, alignment: str, word_level: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.conllu")
        summary = ConllU().write(corpus, out, Options(alignment=alignment, word_level=word_level))
        records = list(ConllU().read(out))
        assert ConllU().recognises(out) is bool(records)
    wanted = [(report, labels) for report, labels in written_sets(corpus) if labels is not None]
    assert summary.left_out.get(UNLABELLED, 0) == sum(not one.sets for one in corpus)
    moved = lost = 0
    for record, (report, labels) in zip(records, wanted, strict=True):
        assert record.report == report
        assert (record.annotator, record.adjudicated, record.status) == (
            labels.annotator,
            labels.adjudicated,
            labels.status,
        )
        by_id = {entity.id: entity for entity in labels.entities}
        lost += len(by_id) - len(record.entities)
        moved += sum(entity != by_id[entity.id] for entity in record.entities)
        if alignment == "strict":
            assert record.entities == tuple(by_id[entity.id] for entity in record.entities)
            assert not moved
        kept = {entity.id for entity in record.entities}
        assert record.relations == tuple(one for one in labels.relations if {one.source, one.target} <= kept)
    assert summary.left_out.get(OFF_TOKENS, 0) + summary.left_out.get(ACROSS, 0) == lost
    assert moved <= summary.left_out.get(MOVED, 0)


@given(words)
def test_values_are_escaped(text: str) -> None:
    value = escaped(text)
    assert unescaped(value) == text
    assert not any(letter.isspace() or letter == "|" for letter in value)


@given(words)
def test_labels_are_escaped(label: str) -> None:
    name = label_name(label)
    assert label_of(name) == label
    assert not set("()[]|=-") & set(name)


def test_the_lines(tmp_path: Path) -> None:
    entities = (
        Entity("a", "OFFICIAL", 4, 8),
        Entity("b", "TITLE", 10, 24),
        Entity("c", "ORG", 17, 24),
        Entity("d", "DATE", 0, 3, attributes={"value": "2021"}),
        Entity("x", "MEETING", 26, 37, ((26, 29), (35, 37))),
    )
    relations = (Relation("r", "holds_title", "a", "b"),)
    content, summary = export(tmp_path, one_report(*entities, relations=relations))
    lines = content.split("\n")
    assert lines[0] == "# newdoc id = r1"
    assert lines[1] == "# global.Entity = eid-etype"
    assert lines[3:14] == [
        "# sent_id = 1",
        "# text = Ông Lê A, Bí thư Tỉnh ủy.",
        "1\tÔng\t_\t_\t_\t_\t_\t_\t_\tEntity=(e1-DATE)|name=B-DATE",
        "2\tLê\t_\t_\t_\t_\t_\t_\t_\tEntity=(e2-OFFICIAL|name=B-OFFICIAL",
        "3\tA\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|Entity=e2)|name=I-OFFICIAL",
        "4\t,\t_\t_\t_\t_\t_\t_\t_\t_",
        "5\tBí\t_\t_\t_\t_\t_\t_\t_\tEntity=(e3-TITLE|name=B-TITLE",
        "6\tthư\t_\t_\t_\t_\t_\t_\t_\tname=I-TITLE",
        "7\tTỉnh\t_\t_\t_\t_\t_\t_\t_\tEntity=(e4-ORG|name=I-TITLE",
        "8\tủy\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|Entity=e4)e3)|name=I-TITLE",
        "9\t.\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\n",
    ]
    assert "1\tHội\t_\t_\t_\t_\t_\t_\t_\tEntity=(e5[1/2]-MEETING)" in lines
    assert "3\t05\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|Entity=(e5[2/2]-MEETING)" in lines
    assert summary.left_out == {RELATIONS: 1}
    assert (summary.entities, summary.relations) == (5, 0)


def test_crossing_sentences_is_counted(tmp_path: Path) -> None:
    _, summary = export(tmp_path, one_report(Entity("a", "X", 17, 29), Entity("b", "X", 0, 29, ((0, 3), (26, 29)))))
    assert summary.left_out == {ACROSS: 2}


def test_spacys_convert_reads_the_entities(tmp_path: Path) -> None:
    pytest.importorskip("spacy", reason="spaCy is not installed (extra formats-test)")
    from spacy.cli.convert import convert
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    export(
        tmp_path, one_report(Entity("a", "OFFICIAL", 4, 8), Entity("b", "TITLE", 10, 24), Entity("c", "ORG", 26, 34))
    )
    convert(tmp_path / "out.conllu", tmp_path, converter="conllu", n_sents=10, file_type="spacy")
    (doc,) = DocBin().from_disk(tmp_path / "out.spacy").get_docs(Vocab())
    assert [(one.text, one.label_) for one in doc.ents] == [
        ("Lê A", "OFFICIAL"),
        ("Bí thư Tỉnh ủy", "TITLE"),
        ("Hội nghị", "ORG"),
    ]


def test_documents_of_others(tmp_path: Path) -> None:
    first = rows(
        ("Ông", "Entity=(e1-person-1(e2-place)"), ("Lê", "Gloss=x"), ("A", "Entity=e1)|SpaceAfter=No"), (".", "_")
    )
    second = rows(("Ông", "Entity=(e1-person)"), ("đi", "_"))
    (made,) = read(tmp_path, "# newdoc id = bài 1\n" + first + "# sent_id = 2\n" + second)
    assert (made.report.text, made.report.name) == ("Ông Lê A. Ông đi", "bài 1")
    assert [(one.label, one.surface(made.report.text)) for one in made.entities] == [
        ("person", "Ông Lê A"),
        ("place", "Ông"),
        ("person", "Ông"),
    ]
    assert made.left_out == {CHAINS: 1}
    assert (made.annotator, made.has_labels) == (None, True)


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["name=B-X", "name=I-X", "O", "name=B-X"], ["a b", "d"]),
        (["NE=I-X", "NE=B-X", "NE=I-Y", "_"], ["a", "b", "c"]),
        (["B-X", "L-X", "U-X", "U-X"], ["a b", "c", "d"]),
        (["B-X", "E-X", "S-X", "S-X"], ["a b", "c", "d"]),
        (["_", "Gloss=B-X", "_", "_"], []),
    ],
)
def test_tags_without_brackets(tmp_path: Path, tags: list[str], spans: list[str]) -> None:
    (made,) = read(tmp_path, rows(*zip("abcd", tags, strict=True)))
    assert [one.surface(made.report.text) for one in made.entities] == spans


def test_tokens_of_several_words_and_empty_nodes(tmp_path: Path) -> None:
    content = (
        "1-2\tdel\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tde\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "2\tel\t_\t_\t_\t_\t_\t_\t_\tEntity=(e1-X)\n2.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n3\t!\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
    )
    (made,) = read(tmp_path, content)
    assert made.report.text == "del!"
    assert [one.surface("del!") for one in made.entities] == ["del"]


def test_brackets_that_do_not_close_are_counted(tmp_path: Path) -> None:
    (made,) = read(tmp_path, rows(("a", "Entity=(e1-X(e2-Y)"), ("b", "_")) + rows(("c", "_")))
    assert [one.label for one in made.entities] == ["Y"]
    assert made.left_out == {BROKEN: 1}


def test_two_documents_and_a_byte_order_mark(tmp_path: Path) -> None:
    content = "\ufeff# newdoc id = x\r\n" + rows(("a", "_")).replace("\n", "\r\n") + "# newdoc\n" + rows(("b", "_"))
    assert [one.report.text for one in read(tmp_path, content)] == ["a", "b"]
    assert read(tmp_path, "") == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("1\ta\n", "line 1 is no line of CoNLL-U"),
        (rows(("a", "_")) + "x\tb\t_\t_\t_\t_\t_\t_\t_\t_\n", "line 3 is no line of CoNLL-U"),
        (rows(("", "_")), "line 1 is no line of CoNLL-U"),
        (rows(("a", "Entity=e1)")), "line 1: Entity=e1)"),
        (rows(("a", "Entity=(e1-X))")), "line 1: Entity="),
        (rows(("a", "Entity=x")), "line 1: Entity="),
        (b"# a\n\xff\n", "line 2 is not UTF-8"),
        (b"1\ta\0\n", "line 1 holds a NUL"),
        ("# chugiai = {\n", "line 1 is not what an export wrote"),
        ("# chugiai = []\n", "line 1 is not what an export wrote"),
        ("# chugiai = " + "[" * 100_000 + "\n", "line 1 is not what an export wrote"),
        ('# chugiai = {"name": "\\ud800"}\n', "surrogate"),
        ('# chugiai = {"status": "x"}\n' + rows(("a", "_")), "status"),
        ('# chugiai = {"entities": {"e1": {"origin": 5}}}\n' + rows(("a", "Entity=(e1-X)")), "origin"),
    ],
)
def test_refused_with_the_line(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, content)
    assert words in str(caught.value)
    assert str(caught.value).startswith("in.conllu, line")


def test_very_long_lines_and_reports_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "LINE_LIMIT", 1024)
    with pytest.raises(FormatError, match="line 2 is longer than"):
        read(tmp_path, rows(("a", "_")).rstrip("\n") + "\n#" + "x" * 2000)
    with pytest.raises(FormatError, match="million characters"):
        read(tmp_path, rows(*[("abcdefgh", "_")] * 200))


@pytest.mark.parametrize(
    ("content", "known"),
    [
        ("# x\n" + rows(("a", "_")), True),
        (rows(("a", "_")).replace("1\t", "1-2\t"), True),
        (rows(("a", "_")).replace("1\t", "x\t"), False),
        ("1\ta\n", False),
        ("# only\n", False),
        (b"\xff", False),
    ],
)
def test_recognised_by_the_first_token(tmp_path: Path, content: str | bytes, known: bool) -> None:
    (tmp_path / "x").write_bytes(content if isinstance(content, bytes) else content.encode())
    assert ConllU().recognises(tmp_path / "x") is known
    assert not ConllU().recognises(tmp_path)


def test_damaged_files_are_refused_or_read(tmp_path: Path) -> None:
    entities = Entity("a", "OFFICIAL", 4, 8), Entity("b", "TITLE", 10, 24), Entity("c", "ORG", 17, 24)
    whole = export(tmp_path, one_report(*entities))[0].encode()
    dice = random.Random(1)
    refused = 0
    for _ in range(1500):
        start = dice.randrange(len(whole))
        end = start + dice.randrange(4)
        splice = dice.choice([b"", b"\t", b"\n", b"(", b")", b"e1", b"|", b"\xff", b"[1/2]", b"=", b"\\", b"2-", b"\0"])
        try:
            read(tmp_path, whole[:start] + splice + whole[end:])
        except FormatError:
            refused += 1
    assert 0 < refused < 1500


def test_the_real_reports_come_back(real_reports: list[Path], tmp_path: Path) -> None:
    for file in real_reports:
        text = file.read_text("utf-8")
        for word_level in (False, True):
            export(tmp_path, one_report(Entity("a", "X", 0, len(text)), text=text), word_level=word_level)
            (made,) = ConllU().read(tmp_path / "out.conllu")
            assert made.report.text == text
