"""brat standoff: what goes out comes back, and brat can read it."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotations.corpus import Corpus, ImportedRecord, LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Origin, Relation, Report, Status
from annotations.schema import EntityType, RelationType, Schema
from exports.brat import Brat
from exports.brat.conf import annotation_conf, visual_conf
from exports.brat.lines import brat_spans
from exports.brat.names import FileNames, type_name
from exports.brat.write import BREAKS_ONLY, ENDS_LEFT_OUT
from tests.exports.random_corpora import corpora, corpus_of

REPORT = Report("r1", "xã/a b.txt", "Ông Lê A,\nBí thư Tỉnh ủy", "Tít", "2021", "Báo", "Hà Nam", {"k": [1]})


def written(folder: Path, *sets: AnnotationSet, report: Report = REPORT) -> Path:
    Brat().write(corpus_of([LabelledReport(report, sets)]), folder / "out")
    return folder / "out"


def lan(*entities: Entity, relations: tuple[Relation, ...] = ()) -> AnnotationSet:
    return AnnotationSet("lan", Status.DONE, entities, relations)


def ann(folder: Path, *entities: Entity, relations: tuple[Relation, ...] = ()) -> list[str]:
    return (written(folder, lan(*entities, relations=relations)) / "xa_a_b.ann").read_text("utf-8").split("\n")


def holdable(labels: AnnotationSet, text: str) -> AnnotationSet:
    """What brat can hold of the set."""
    entities = tuple(entity for entity in labels.entities if brat_spans(text, entity.spans))
    ids = {entity.id for entity in entities}
    relations = tuple(one for one in labels.relations if one.source in ids and one.target in ids)
    return replace(labels, entities=entities, relations=relations)


def owner(record: ImportedRecord) -> tuple[str, str]:
    return record.report.id, record.annotator or ""


@settings(deadline=None)
@given(corpora())
@pytest.mark.parametrize("suffix", ["", ".zip"])
def test_everything_comes_back(suffix: str, corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, f"out{suffix}")
        summary = Brat().write(corpus, out)
        found = sorted(Brat().read(out), key=owner)
        if corpus.total:
            assert Brat().recognises(out)
    wanted = sorted(
        (one.report.id, labels.annotator or "", one.report, holdable(labels, one.report.text))
        for one in corpus
        for labels in one.sets or (AnnotationSet(""),)
    )
    assert [record.report for record in found] == [report for _, _, report, _ in wanted]
    assert [record.entities for record in found] == [labels.entities for *_, labels in wanted]
    assert [record.relations for record in found] == [labels.relations for *_, labels in wanted]
    assert [(record.annotator or "", record.adjudicated) for record in found] == [
        (labels.annotator or "", labels.adjudicated) for *_, labels in wanted
    ]
    lost = sum(len(labels.entities) for one in corpus for labels in one.sets) - summary.entities
    assert lost == summary.left_out.get(BREAKS_ONLY, 0)


@settings(deadline=None)
@given(corpora())
def test_brat_would_take_every_line(corpus: Corpus) -> None:
    """Lines as brat's own reader takes them, checked with expressions written from its documentation."""
    with tempfile.TemporaryDirectory() as folder:
        Brat().write(corpus, Path(folder, "out"))
        for file in Path(folder, "out").rglob("*.ann"):
            text = file.with_suffix(".txt").read_bytes().decode()
            content = file.read_bytes().decode()
            # codecs, with which brat reads, ends lines at more than LF.
            assert content.splitlines(keepends=True) == [line + "\n" for line in content.split("\n")[:-1]]
            seen: set[str] = set()
            for line in content.split("\n")[:-1]:
                check_line(line, text)
                seen.add(line.split("\t")[0])
            assert len(seen) == content.count("\n")


def check_line(line: str, text: str) -> None:
    name, middle, last = line.split("\t", 2) if line[0] != "A" else (*line.split("\t"), "")
    if name[0] == "T":
        label, _, offsets = middle.partition(" ")
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", label)
        spans = [tuple(map(int, pair.split(" "))) for pair in offsets.split(";")]
        assert all(first[1] < second[0] for first, second in pairwise(spans))
        assert " ".join(text[start:end] for start, end in spans) == last
    elif name[0] == "R":
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]* Arg1:T\d+ Arg2:T\d+", middle)
    elif name[0] == "A":
        assert re.fullmatch(r"\S+ T\d+ \S+", middle)
    else:
        assert re.fullmatch(r"#\d+", name)
        assert re.fullmatch(r"(ChuGiai|AnnotatorNotes) [TR]\d+", middle)


def test_the_lines(tmp_path: Path) -> None:
    first = Entity("e1", "OFFICIAL", 4, 8, attributes={"canonical": "Lê Văn A"}, note="đúng")
    second = Entity("e2", "TITLE", 10, 16, attributes={"rank": "head"}, origin=Origin.IMPORTED)
    relation = Relation("x", "holds_title", "e1", "e2", origin=Origin.IMPORTED)
    assert ann(tmp_path, first, second, relations=(relation,)) == [
        "T1\tOFFICIAL 4 8\tLê A",
        "#1\tAnnotatorNotes T1\tđúng",
        '#2\tChuGiai T1\t{"id": "e1", "attributes": {"canonical": "Lê Văn A"}, "origin": "manual"}',
        "T2\tTITLE 10 16\tBí thư",
        "A1\trank T2 head",
        '#3\tChuGiai T2\t{"id": "e2"}',
        "R1\tholds_title Arg1:T1 Arg2:T2\t",
        '#4\tChuGiai R1\t{"id": "x"}',
        "",
    ]


def test_discontinuous_fragments_are_joined_by_one_space(tmp_path: Path) -> None:
    assert ann(tmp_path, Entity("e", "ORG", 0, 8, ((0, 3), (7, 8))))[0] == "T1\tORG 0 3;7 8\tÔng A"


def test_a_line_break_inside_makes_fragments_and_comes_back_as_one_span(tmp_path: Path) -> None:
    entity = Entity("e", "TITLE", 7, 16)
    assert ann(tmp_path, entity)[0] == "T1\tTITLE 7 9;10 16\tA, Bí thư"
    (record,) = Brat().read(tmp_path / "out")
    assert record.entities == (entity,)


def test_an_entity_moved_in_brat_keeps_its_new_place(tmp_path: Path) -> None:
    out = written(tmp_path, lan(Entity("e", "TITLE", 7, 16)))
    file = out / "xa_a_b.ann"
    file.write_text(file.read_text("utf-8").replace("7 9;10 16\tA, Bí thư", "10 16\tBí thư"), "utf-8")
    (record,) = Brat().read(out)
    assert (record.entities[0].id, record.entities[0].spans) == ("e", ((10, 16),))


@pytest.mark.parametrize(
    ("text", "spans", "wanted"),
    [
        ("a b", ((0, 3),), ((0, 3),)),
        ("a \n b", ((0, 5),), ((0, 1), (4, 5))),
        ("a\n\nb", ((0, 4),), ((0, 1), (3, 4))),
        ("\na", ((0, 2),), ((1, 2),)),
        (" \n ", ((0, 3),), ()),
        (" ", ((0, 1),), ((0, 1),)),
        ("a\u2028b", ((0, 3),), ((0, 1), (2, 3))),
        ("a\nb c", ((0, 3), (4, 5)), ((0, 1), (2, 3), (4, 5))),
    ],
)
def test_spans_as_brat_takes_them(text: str, spans: tuple[tuple[int, int], ...], wanted: object) -> None:
    assert brat_spans(text, spans) == wanted


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    entities = Entity("e1", "ORG", 0, 3), Entity("e2", "ORG", 9, 10)
    corpus = corpus_of([LabelledReport(REPORT, (lan(*entities, relations=(Relation("r", "t", "e1", "e2"),)),))])
    summary = Brat().write(corpus, tmp_path / "out")
    assert summary.left_out == {BREAKS_ONLY: 1, ENDS_LEFT_OUT: 1}
    assert (summary.entities, summary.relations, summary.by_label) == (1, 0, {"ORG": 1})


def files(out: Path) -> list[str]:
    return sorted(file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file())


CONFS = ["annotation.conf", "reports.jsonl", "visual.conf"]


def test_one_set_per_report_stands_flat(tmp_path: Path) -> None:
    other = replace(REPORT, id="r2", name="b.txt")
    third = replace(REPORT, id="r3", name="c.txt")
    sets = (lan(),), (AnnotationSet(None, adjudicated=True),), ()
    made = [LabelledReport(report, owned) for report, owned in zip((REPORT, other, third), sets, strict=True)]
    Brat().write(corpus_of(made), tmp_path / "out")
    pairs = [name + suffix for name in ("b", "c", "xa_a_b") for suffix in (".ann", ".txt")]
    assert files(tmp_path / "out") == sorted([*CONFS, *pairs])
    assert [(one.report.name, one.annotator, one.adjudicated) for one in Brat().read(tmp_path / "out")] == [
        ("b.txt", None, True),
        ("c.txt", None, False),
        ("xã/a b.txt", "lan", False),
    ]


def test_several_sets_have_a_folder_each(tmp_path: Path) -> None:
    out = written(tmp_path, lan(), AnnotationSet("Lân"), AnnotationSet("LAN"), AnnotationSet(None, adjudicated=True))
    folders = ["adjudicated", "lan", "Lan-2", "LAN-3"]
    inner = [f"{folder}/{name}" for folder in folders for name in ("reports.jsonl", "xa_a_b.ann", "xa_a_b.txt")]
    assert files(out) == sorted([*CONFS, *inner])


def test_the_text_is_written_as_it_is(tmp_path: Path) -> None:
    report = replace(REPORT, text="\ufeffa\n\tb \u00a0\u2028😀\n")
    assert (written(tmp_path, report=report) / "xa_a_b.txt").read_bytes() == report.text.encode()
    (record,) = Brat().read(tmp_path / "out")
    assert record.report == report
    assert not record.has_labels


def test_a_zip_holds_the_same_files(tmp_path: Path) -> None:
    corpus = corpus_of([LabelledReport(REPORT, (lan(Entity("e", "ORG", 0, 3)),))])
    for name in ("out", "out.zip"):
        Brat().write(corpus, tmp_path / name)
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        assert sorted(packed.namelist()) == files(tmp_path / "out")
        for name in packed.namelist():
            assert packed.read(name) == (tmp_path / "out" / name).read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out", "out.zip"]


def test_file_names_are_safe_and_unique() -> None:
    names = FileNames("adjudicated")
    given = ["Đại hội", "dai hoi", "DAI HOI", "../../etc", "con", "CON.x", "", "ộ" * 300, "a/b", "a_b", "adjudicated"]
    made = [names.give(name) for name in given]
    assert made[:6] == ["Dai_hoi", "dai_hoi-2", "DAI_HOI-3", "etc", "_con", "_CON.x"]
    assert len({name.casefold() for name in made}) == len(given)
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,110}", name) for name in made)


@pytest.mark.parametrize(
    ("label", "wanted"), [("ORG", "ORG"), ("Cán bộ", "Can_bo"), ("1a", "L_1a"), ("", "L_"), ("đ|b", "d_b")]
)
def test_labels_as_brat_types(label: str, wanted: str) -> None:
    assert type_name(label) == wanted


def test_the_schema_in_brats_words() -> None:
    lines = annotation_conf(DEFAULT_SCHEMA).split("\n")
    assert lines[:2] == ["[entities]", "OFFICIAL"]
    assert "holds_title\tArg1:OFFICIAL, Arg2:TITLE" in lines
    assert "chairs\tArg1:OFFICIAL|TITLE|ORG, Arg2:MEETING" in lines
    assert any(line.startswith("kind\tArg:PLACE|RESOLUTION|MEETING, Value:admin|zone|") for line in lines)
    attributes = [line for line in lines[lines.index("[attributes]") + 1 :] if line]
    values = [line.split("Value:")[1].split("|") for line in attributes]
    assert all(len(set(known)) == len(known) for known in values)
    names = [line.split("\t")[0] for line in attributes]
    assert len(set(names)) == len(names)
    assert "OFFICIAL | Cán bộ, lãnh đạo" in visual_conf(DEFAULT_SCHEMA, "vi").split("\n")


def test_relations_of_any_and_of_equal_labels() -> None:
    kinds = EntityType("A"), EntityType("Bê")
    schema = Schema("s", kinds, (RelationType("any"), RelationType("same", same_label=True)))
    lines = annotation_conf(schema).split("\n")
    assert "any\tArg1:<ENTITY>, Arg2:<ENTITY>" in lines
    assert [line for line in lines if line.startswith("same")] == ["same\tArg1:A, Arg2:A", "same\tArg1:Be, Arg2:Be"]


def test_the_sidecar_holds_what_brat_does_not(tmp_path: Path) -> None:
    line = (written(tmp_path, lan()) / "reports.jsonl").read_text("utf-8")
    assert json.loads(line) == {
        "file": "xa_a_b",
        "id": "r1",
        "name": "xã/a b.txt",
        "title": "Tít",
        "date": "2021",
        "source": "Báo",
        "locality": "Hà Nam",
        "annotator": "lan",
        "status": "done",
        "metadata": {"k": [1]},
    }
