"""WebAnno TSV 3.3: the rules of its specification, line by line; what goes out comes back and agrees with the XMI."""

from __future__ import annotations

import random
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus import Corpus, ImportedRecord, LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Report, Status, entity_order
from annotations.schema import Attribute, EntityType, RelationType, Schema
from exports.cas import HULLS, Xmi
from exports.cas.native import OTHER_ENDS, OTHER_LAYERS, record
from exports.errors import FormatError
from exports.tokens import ENDS_LEFT_OUT, sentence_tokens
from exports.webanno import NO_TOKENS, SPACE_ONLY, WebAnno
from exports.webanno.read import SLOTS, read_tsv
from exports.webanno.rows import Tokens
from exports.webanno.values import Cell, cells, escaped, escaped_text, unescaped, unescaped_text
from tests.exports.random_corpora import corpora, corpus_of

SCHEMA = Schema("s", (EntityType("ORG", attributes=(Attribute("kind"),)),), (RelationType("of"),))
# Ông 0–3, 😀 4–5 (units 4–6), Tỉnhuỷ 6–12, (line) Hội 13–16, nghị 17–21
TEXT = "Ông 😀 Tỉnhuỷ\nHội nghị\n"
REPORT = Report("r1", "a.txt", TEXT)


def holdable(labels: AnnotationSet, text: str) -> AnnotationSet:
    """What the format can hold of the set."""
    grid = Tokens([span for row in sentence_tokens(text, False) for span in row])
    entities = tuple(entity for entity in labels.entities if grid.clipped(entity.start, entity.end))
    ids = {entity.id for entity in entities}
    return replace(
        labels,
        entities=entities,
        relations=tuple(one for one in labels.relations if one.source in ids and one.target in ids),
    )


def in_order(labels: Iterable[Any]) -> list[Any]:
    return sorted(labels, key=lambda one: entity_order(one) if isinstance(one, Entity) else one.id)


@settings(deadline=None, max_examples=40)
@given(corpora())
def test_everything_comes_back_and_agrees_with_xmi(corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.zip")
        summary = WebAnno().write(corpus, out)
        found = {(one.report.id, one.annotator): one for one in WebAnno().read(out)}
        assert WebAnno().recognises(out) is bool(found)
        Xmi().write(corpus, Path(folder, "xmi.zip"))
        xmi = {(one.report.id, one.annotator): one for one in Xmi().read(Path(folder, "xmi.zip"))}
    visible = [one for one in corpus if one.report.text.strip()]
    wanted = {
        (one.report.id, labels.annotator): (one.report, holdable(labels, one.report.text))
        for one in visible
        for labels in one.sets or (AnnotationSet(None),)
    }
    assert found.keys() == wanted.keys()
    for key, (report, labels) in wanted.items():
        made = found[key]
        assert made.report == report
        assert in_order(made.entities) == in_order(labels.entities)
        assert in_order(made.relations) == in_order(labels.relations)
        assert not made.left_out
        assert {one.id for one in made.entities} <= {one.id for one in xmi[key].entities}
        by_id = {one.id: one for one in xmi[key].entities}
        assert all(by_id[one.id] == one for one in made.entities)
    kept = [labels for one in visible for labels in one.sets]
    assert summary.entities == sum(
        len(holdable(labels, one.report.text).entities) for one in visible for labels in one.sets
    )
    assert summary.sets == len(kept)
    lost = sum(len(labels.entities) for one in corpus for labels in one.sets) - summary.entities
    assert lost == summary.left_out.get(SPACE_ONLY, 0)
    assert (NO_TOKENS in summary.left_out) is (len(visible) < corpus.total)


def written(tmp_path: Path, *entities: Entity, relations: tuple[Relation, ...] = ()) -> list[str]:
    """The rows of a report, without the layer of what is known of it."""
    labels = AnnotationSet("Lan", Status.DONE, entities, relations)
    corpus = Corpus(SCHEMA, lambda: iter([LabelledReport(REPORT, (labels,))]), 1)
    WebAnno().write(corpus, tmp_path / "out")
    return (tmp_path / "out" / "a.tsv").read_text("utf-8").split("\n")


def test_the_file_as_the_specification_draws_it(tmp_path: Path) -> None:
    lines = written(
        tmp_path,
        Entity("a", "ORG", 0, 12, attributes={"kind": "x|y"}),  # three tokens
        Entity("b", "ORG", 4, 5),  # stacked on the second
        Entity("c", "P_R", 8, 16, ((8, 12), (13, 16))),  # from within a token
        Entity("d", "ORG", 17, 21),
        relations=(Relation("r", "of", "d", "c"), Relation("s", "of", "b", "d"), Relation("t", "of", "d", "d")),
    )
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    assert lines[1] == "#T_SP=custom.ReportInfo|chugiai"
    assert lines[2] == "#T_SP=custom.Span|label|kind|note|identifier|chugiai"
    assert lines[3] == "#T_RL=custom.Relation|label|note|chugiai|BT_custom.Span"
    assert lines[4:7] == ["", "", "#Text=Ông 😀 Tỉnhuỷ"]
    rows = [line.split("\t") for line in lines[7:11]]
    assert [row[:3] for row in rows] == [
        ["1-1", "0-3", "Ông"],
        ["1-2", "4-6", "😀"],
        ["1-3", "7-13", "Tỉnhuỷ"],
        ["1-3.1", "9-13", "nhuỷ"],
    ]
    assert [row[4:6] for row in rows] == [
        ["ORG[1]", "x\\|y[1]"],
        ["ORG[1]|ORG[2]", "x\\|y[1]|*[2]"],
        ["ORG[1]", "x\\|y[1]"],
        ["P\\_R[3]", "*[3]"],
    ]
    assert all(len(row) == 14 and row[-1] == "" for row in rows)
    assert [row[9] for row in rows] == ["_", "_", "_", "of"]
    assert rows[3][12] == "2-2[0_3]"
    assert lines[11:13] == ["", "#Text=Hội nghị"]
    last = lines[14].split("\t")
    assert last[:3] == ["2-2", "18-22", "nghị"]
    assert (last[4], last[9], last[12]) == ("ORG", "of|of", "1-2[2_0]|2-2")
    assert lines[15:] == [""]


def test_outer_white_space_comes_back_unless_the_span_was_moved(tmp_path: Path) -> None:
    entity = Entity("a", "ORG", 3, 6)
    file = tmp_path / "out" / "a.tsv"
    content = "\n".join(written(tmp_path, entity))
    (made,) = WebAnno().read(file)
    assert made.entities == (entity,)
    assert made.report == REPORT
    row = next(line for line in content.split("\n") if line.startswith("1-2\t"))
    moved = row.replace("1-2\t4-6\t😀", "1-1\t0-3\tÔng", 1)
    content = content.replace(row, row.split("\t", 3)[0] + "\t4-6\t😀\t" + "_\t" * 10)
    first = next(line for line in content.split("\n") if line.startswith("1-1\t"))
    info = first.split("\t")[3]
    file.write_text(content.replace(first, moved.replace("\t_\t", f"\t{info}\t", 1)), "utf-8")
    (made,) = WebAnno().read(file)
    assert [(one.start, one.end) for one in made.entities] == [(0, 3)]


def test_losses_are_counted(tmp_path: Path) -> None:
    labels = AnnotationSet(
        "Lan",
        entities=(Entity("a", "ORG", 0, 5, ((0, 3), (4, 5))), Entity("b", "ORG", 3, 4)),
        relations=(Relation("r", "of", "a", "b"),),
    )
    blank = LabelledReport(Report("r2", "b", " \n"))
    summary = WebAnno().write(corpus_of([LabelledReport(REPORT, (labels,)), blank]), tmp_path / "out")
    assert summary.left_out == {HULLS: 1, SPACE_ONLY: 1, ENDS_LEFT_OUT: 1, NO_TOKENS: 1}
    assert (summary.reports, summary.entities, summary.relations) == (1, 1, 0)


HEAD = """#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value
#T_SP=webanno.custom.Frame|FE|ROLE_webanno.custom.Frame:Roles_webanno.custom.FrameRolesLink|webanno.custom.Lu
#T_SP=webanno.custom.Bare|
#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation
#T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|BT_de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS
#T_RL=webanno.custom.Of|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity


"""
BODY = """#Sentence.id=s1
#Text=Ông An
#Text=họp \\\\
1-1\t0-3\tÔng\tN\t*\tTITLE\t_\t_\t_\t_\t_\t_\tROOT\t1-1\t_\t
1-2\t4-6\tAn\tN\thttp://q[1]|*[2]\tPER[1]|NAME\\_[2]\tmeet\tseller;x\t1-1;1-3\t*\tpr[1]\tcoref->1-1\tnsubj\t1-3\t1-1[0_2]\t
1-3\t7-10\thọp\tV\thttp://q[1]\tPER[1]\t_\t_\t_\t_\tpr[1]\t*->1-2\t_\t_\t_\t
1-4\t11-12\t\\\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t

#Text=Xong
2-1\t15-19\tXong\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t
"""


def parsed(content: str) -> ImportedRecord:
    return record(read_tsv(content.encode(), "x.tsv"), "x.tsv", "x", {"annotator": "anna"})


def test_what_inception_writes() -> None:
    made = parsed(HEAD + BODY)
    text = made.report.text
    assert text == "Ông An\nhọp \\\n  Xong"
    assert [(one.label, one.surface(text), one.entry) for one in made.entities] == [
        ("TITLE", "Ông", None),
        ("PER", "An\nhọp", "http://q"),
        ("NAME_", "An", None),
        ("meet", "An", None),
        ("Bare", "An", None),
    ]
    (relation,) = made.relations
    assert relation.type == "Of"
    assert (relation.source, relation.target) == (made.entities[0].id, made.entities[2].id)
    assert made.left_out == {OTHER_LAYERS: 3, OTHER_ENDS: 2, SLOTS: 3}
    assert made.annotator == "anna"


def test_lines_may_end_with_crlf_and_begin_with_a_mark() -> None:
    plain, other = parsed(HEAD + BODY), parsed("\ufeff" + (HEAD + BODY).replace("\n", "\r\n"))
    assert other.report.text == plain.report.text
    assert [(one.label, one.start, one.end) for one in other.entities] == [
        (one.label, one.start, one.end) for one in plain.entities
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("TSV 3.3", "TSV 2.0", r"line 1: it does not begin"),
        ("#T_SP=de", "#T_XX=de", r"line 2: it declares no layer"),
        ("|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "|x", "does not say which layer"),
        ("\n\n\n", "\n\n", "two empty lines"),
        ("#Text=Xong", "#Test=Xong", "neither #Text= nor"),
        ("#Text=Xong\n", "", "outside of a sentence"),
        ("\n2-1\t15-19\tXong", "\n\n2-1\t15-19\tXong", "no tokens"),
        ("2-1\t15-19", "3-1\t15-19", "not in order"),
        ("1-3\t7-10", "1-4\t7-10", "not in order"),
        ("1-3\t7-10", "1-2.2\t7-10", "not in order"),
        ("1-3\t7-10", "1-2.1\t7-10", "no place"),
        ("1-3\t7-10", "x\t7-10", "sentence-token"),
        ("1-3\t7-10", "1-3\t7", "sentence-token"),
        ("1-3\t7-10", "1-3\t10-7", "no place"),
        ("1-3\t7-10", "1-3\t5-8", "no place"),
        ("1-3\t7-10", "1-3\t7-99", "no place"),
        ("7-10\thọp", "7-10\thop", "its text is “hop”, but the offsets cover “họp”"),
        ("7-10\thọp", "7-9\thọp", "its text is"),
        ("2-1\t15-19", "2-1\t5-9", "inside of the one before"),
        ("2-1\t15-19", "2-1\t999999999-999999999", "too far"),
        ("\tROOT\t1-1", "\tROOT", "columns"),
        ("NAME\\_[2]", "NAME_]", "is no value"),
        ("NAME\\_[2]", "NAME", "different numbers in brackets"),
        ("http://q[1]|*[2]", "http://q[1]", "different numbers"),
        ("1-1[0_2]", "1-1[0_7]", r"relation joins 1-2\[7\]"),
        ("1-1[0_2]", "1-9[0_2]", "relation joins 1-9"),
        ("1-1[0_2]", "1-2[0_2]", "more than one"),
        ("1-1[0_2]", "1-1[2]", "where it comes from"),
        ("1-1[0_2]", "*", "where it comes from"),
        ("Xong\t_", "Xo\0ng\t_", "NUL"),
        ("\n2-1\t15-19\tXong\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n", "", "cut off"),
    ],
)
def test_each_rule_that_is_broken_is_refused_with_its_line(old: str, new: str, words: str) -> None:
    content = HEAD + BODY
    assert old in content
    with pytest.raises(FormatError, match=words) as caught:
        parsed(content.replace(old, new, 1))
    assert str(caught.value).startswith("x.tsv")


def test_half_a_character_is_refused() -> None:
    content = "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=😀b\n1-1\t0-2\t😀\t\n1-1.1\t0-1\t\t\n"
    with pytest.raises(FormatError, match="line 6"):
        parsed(content)
    assert parsed(content.replace("1-1.1\t0-1\t\t\n", "")).report.text == "😀b"


def test_many_parts_and_stacks_take_no_more_than_their_number() -> None:
    count = 20_000
    stack = "|".join(f"x[{n}]" for n in range(1, count))
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n#T_RL=custom.Of|BT_custom.Span\n\n\n#Text=ab\n"
    parts = "".join(f"1-1.{n}\t0-1\ta\t_\t_\n" for n in range(1, count))
    made = parsed(f"{head}1-1\t0-2\tab\t{stack}\t" + "|".join(f"1-1[{n}_1]" for n in range(1, count)) + f"\n{parts}")
    assert (len(made.entities), len(made.relations)) == (count - 1, count - 1)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(FormatError, match=r"UTF-8 \(byte 3\)"):
        read_tsv(b"ab\xff", "x")
    surrogate = (
        '#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.ReportInfo|chugiai\n\n\n#Text=a\n1-1\t0-1\ta\t{"x":"\\\\ud800"}\t\n'
    )
    with pytest.raises(FormatError, match="surrogate"):
        parsed(surrogate)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    | st.sampled_from(["->", "a->b|c", "\\", "\\->", "_", "*", "]", "[1]"])
)
def test_escapes(value: str) -> None:
    assert unescaped(escaped(value)) == value
    assert unescaped_text(escaped_text(value)) == value
    assert "\n" not in escaped(value) + escaped_text(value)
    assert cells(f"{escaped(value)}[3]|*") == [Cell(value, (3,)), Cell(None, ())]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("_", []),
        ("*", [Cell(None, ())]),
        ("a|b", [Cell("a", ()), Cell("b", ())]),
        ("a\\|b[1_2]", [Cell("a|b", (1, 2))]),
        ("\\_", [Cell("_", ())]),
        ("\\*", [Cell("*", ())]),
        ("", [Cell("", ())]),
        ("a]", None),
        ("[", None),
        ("a\\", None),
        ("a[99999999999]", None),
    ],
)
def test_cells(written: str, wanted: list[Cell] | None) -> None:
    assert cells(written) == wanted


def test_an_edited_zip_of_inception(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as packed:
        packed.writestr("annotation/a.txt/anna.tsv", HEAD + BODY)
        packed.writestr("curation/a.txt/CURATION_USER.tsv", HEAD + BODY)
    assert WebAnno().recognises(tmp_path / "p.zip")
    found = [(one.report.name, one.annotator, one.adjudicated) for one in WebAnno().read(tmp_path / "p.zip")]
    assert found == [("a.txt", "anna", False), ("a.txt", None, True)]


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_mutated_files_are_read_or_refused(seed: int, cuts: int) -> None:
    source = random.Random(seed)
    content = bytearray((HEAD + BODY).encode())
    for _ in range(cuts):
        at = source.randrange(len(content))
        content[at : at + source.choice((0, 1, 1, 30))] = source.choice(
            (b"", b"\t", b"\n", b"|", b"[", b"]", b"\\", b"#", b"-1", b"\xff", b"_", b"9999999")
        )
    with suppress(FormatError):
        record(read_tsv(bytes(content), "x"), "x", "x", {})
