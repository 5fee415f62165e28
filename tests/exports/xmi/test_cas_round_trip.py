"""XMI and CAS JSON: what goes out comes back, and dkpro-cassis sees the same spans, texts and relations."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotations.corpus import Corpus, LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Origin, Relation, Report, Status
from annotations.schema import Attribute, EntityType, Schema
from exports.cas import HULLS, CasJson, Xmi
from exports.cas.features import without_controls
from exports.cas.layers import Layers
from exports.protocol import Options
from tests.exports.random_corpora import corpora, corpus_of
from tests.exports.same_labels import one_report

FORMATS = (Xmi, CasJson)
SPAN, RELATION = "custom.Span", "custom.Relation"
DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
TEXT = "😀 Ông Lê A,\n\tBí thư\x0b Tỉnh ủy"
LABELS = AnnotationSet(
    "Lan",
    Status.DONE,
    (
        Entity("a", "OFFICIAL", 6, 10, attributes={"canonical": 'Lê <A> & "B"\n'}, entry="q-1", note="một\x01"),
        Entity("b", "TITLE", 13, 28, ((13, 19), (21, 28)), attributes={"tự do": "x", "status": ""}),
        Entity("c", "DATE", 13, 19, attributes={"type": "DATE", "value": "2021"}, origin=Origin.SUGGESTED, by="r"),
        Entity("d", "PLACE", 0, 1, confidence=0.5, metadata={"k": [1]}),
    ),
    (Relation("r", "holds_title", "a", "b", note="?"), Relation("s", "alias_of", "d", "a", {"x": "y"})),
)
REPORT = Report("r1", "xã/a b.txt", TEXT, "Tít\x02", "2021", "Báo", "Hà Nam", {"k": [1]})


def sets(corpus: Corpus) -> list[tuple[Any, ...]]:
    return sorted(
        (one.report.id, labels.annotator or "", labels.adjudicated, labels.status, labels.entities, labels.relations)
        for one in corpus
        for labels in one.sets
    )


@settings(deadline=None, max_examples=25)
@given(corpora())
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("suffix", ["", ".zip"])
def test_everything_comes_back(format: type[Xmi | CasJson], suffix: str, corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, f"out{suffix}")
        summary = format().write(corpus, out)
        found = list(format().read(out))
        assert format().recognises(out) is (corpus.total > 0)
    assert sorted(
        (one.report.id, one.annotator or "", one.adjudicated, one.status, one.entities, one.relations)
        for one in found
        if one.has_labels
    ) == sets(corpus)
    reports = {one.report.id: one.report for one in corpus}
    assert {one.report.id: one.report for one in found} == reports
    assert not any(one.left_out for one in found)
    assert summary.entities == sum(len(labels.entities) for one in corpus for labels in one.sets)
    assert summary.left_out.get(HULLS, 0) == sum(
        bool(entity.fragments) for one in corpus for labels in one.sets for entity in labels.entities
    )


def cases(folder: Path, format: type[Xmi | CasJson]) -> Iterator[tuple[Any, Path]]:
    """Each document as dkpro-cassis loads it."""
    cassis = pytest.importorskip("cassis", reason="dkpro-cassis is not installed (extra formats-test)")
    with (folder / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    for file in sorted(folder.rglob("*.xmi" if format is Xmi else "*.json")):
        yield loaded(file.read_bytes(), format, types), file


def loaded(content: bytes, format: type[Xmi | CasJson], types: Any) -> Any:
    cassis = pytest.importorskip("cassis")
    if format is Xmi:
        return cassis.load_cas_from_xmi(io.BytesIO(content), typesystem=types)
    return cassis.load_cas_from_json(io.BytesIO(content))


def seen(cas: Any) -> tuple[Any, ...]:
    spans = [(one.begin, one.end, one.get_covered_text(), one.label) for one in cas.select(SPAN)]
    named = [
        (one.begin, one.end, one.get_covered_text(), one.value) for one in cas.select(f"{DKPRO}.ner.type.NamedEntity")
    ]
    arcs = [
        (one.begin, one.end, one.label, one.Governor.begin, one.Governor.end, one.Dependent.begin, one.Dependent.end)
        for one in cas.select(RELATION)
    ]
    return cas.sofa_string, sorted(spans), sorted(named), sorted(arcs)


@settings(deadline=None, max_examples=15)
@given(corpora())
@pytest.mark.parametrize("format", FORMATS)
def test_cassis_loads_writes_and_loads_the_same(format: type[Xmi | CasJson], corpus: Corpus) -> None:
    wanted = []
    for one in corpus:
        text = without_controls(one.report.text)[0] if format is Xmi else one.report.text
        for labels in one.sets or (AnnotationSet(None),):
            where = {entity.id: (entity.start, entity.end) for entity in labels.entities}
            spans = sorted((e.start, e.end, text[e.start : e.end], e.label) for e in labels.entities)
            arcs = sorted((*where[r.target], r.type, *where[r.source], *where[r.target]) for r in labels.relations)
            wanted.append((text, spans, spans, arcs))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        format().write(corpus, out)
        found = []
        for cas, file in cases(out, format):
            found.append(seen(cas))
            check_segmentation(cas)
            again = cas.to_xmi() if format is Xmi else cas.to_json()
            assert seen(loaded(again.encode(), format, cas.typesystem)) == found[-1]
            file.write_bytes(again.encode())
        back = list(format().read(out))  # and what cassis wrote is read by us
    assert sorted(found) == sorted(wanted)
    assert sorted((len(one.entities), len(one.relations)) for one in back) == sorted(
        (len(spans), len(arcs)) for _, spans, _, arcs in wanted
    )
    assert not any(one.left_out for one in back)


def check_segmentation(cas: Any) -> None:
    """Sentences and tokens have a length, and together hold all that is visible."""
    text = cas.sofa_string
    for kind in ("Token", "Sentence"):
        covered = bytearray(len(text))
        for one in cas.select(f"{DKPRO}.segmentation.type.{kind}"):
            assert one.begin < one.end
            assert not any(covered[one.begin : one.end])
            covered[one.begin : one.end] = b"\1" * (one.end - one.begin)
        assert all(covered[at] or letter.isspace() for at, letter in enumerate(text))


@pytest.mark.parametrize("format", FORMATS)
def test_attributes_are_features(format: type[Xmi | CasJson], tmp_path: Path) -> None:
    format().write(corpus_of([LabelledReport(REPORT, (LABELS,))]), tmp_path / "out")
    ((cas, _),) = cases(tmp_path / "out", format)
    by_label = {one.label: one for one in cas.select(SPAN)}
    assert by_label["OFFICIAL"].canonical == 'Lê <A> & "B"\n'
    assert by_label["OFFICIAL"].identifier == "q-1"
    assert by_label["OFFICIAL"].note == "một "
    assert (by_label["DATE"].type_, by_label["DATE"].value) == ("DATE", "2021")
    assert by_label["OFFICIAL"].get_covered_text() == "Lê A"
    assert "\n\t" in cas.sofa_string
    named = {one.value: one for one in cas.select(f"{DKPRO}.ner.type.NamedEntity")}
    assert named["OFFICIAL"].identifier == "q-1"


@pytest.mark.parametrize("format", FORMATS)
def test_a_hand_made_report_comes_back(format: type[Xmi | CasJson], tmp_path: Path) -> None:
    format().write(corpus_of([LabelledReport(REPORT, (LABELS,))]), tmp_path / "out.zip")
    (made,) = format().read(tmp_path / "out.zip")
    assert made.report == REPORT
    assert (made.entities, made.relations) == (LABELS.entities, LABELS.relations)
    assert (made.annotator, made.status) == ("Lan", Status.DONE)


def test_several_annotators_have_folders(tmp_path: Path) -> None:
    review = AnnotationSet(None, entities=LABELS.entities, adjudicated=True)
    reports = [
        LabelledReport(REPORT, (LABELS, replace(LABELS, annotator="LAN"), review)),
        LabelledReport(replace(REPORT, id="r2", name="b"), (LABELS,)),
        LabelledReport(replace(REPORT, id="r3", name="c")),
    ]
    Xmi().write(corpus_of(reports), tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        names = packed.namelist()
    assert names == [
        *("LAN-2/xa_a_b.xmi", "Lan/b.xmi", "Lan/xa_a_b.xmi", "TypeSystem.xml", "adjudicated/xa_a_b.xmi", "c.xmi"),
    ]
    found = {(one.report.id, one.annotator, one.adjudicated) for one in Xmi().read(tmp_path / "out.zip")}
    assert found == {
        ("r1", "Lan", False),
        ("r1", "LAN", False),
        ("r1", None, True),
        ("r2", "Lan", False),
        ("r3", None, False),
    }


def test_an_owner_may_be_named_like_a_file(tmp_path: Path) -> None:
    labels = replace(LABELS, annotator="b.xmi")
    Xmi().write(corpus_of([LabelledReport(replace(REPORT, name="b"), (labels,))]), tmp_path / "out")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["TypeSystem.xml", "b.xmi"]


def test_a_folder_is_replaced_only_when_it_is_an_export(tmp_path: Path) -> None:
    Xmi().write(one_report(), tmp_path / "out")
    Xmi().write(one_report(), tmp_path / "out", Options(force=True))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out"]


def test_names_that_cannot_be_features_are_carried(tmp_path: Path) -> None:
    names = ("label", "class", "BT_x", "tự do", "ok", "begin", "id")
    schema = Schema("s", (EntityType("A", attributes=tuple(Attribute(name) for name in names)),))
    assert Layers.of(schema).span == ("label", "ok", "note", "identifier", "chugiai")
    entity = Entity("a", "A", 0, 1, attributes=dict.fromkeys(names, "x"))
    corpus = Corpus(schema, lambda: iter([LabelledReport(REPORT, (AnnotationSet("l", entities=(entity,)),))]), 1)
    for format in FORMATS:
        format().write(corpus, tmp_path / format.key)
        (made,) = format().read(tmp_path / format.key)
        assert made.entities == (entity,)


def test_the_type_system_of_the_default_schema() -> None:
    layers = Layers.of(DEFAULT_SCHEMA)
    known = {attribute.name for kind in DEFAULT_SCHEMA.entity_types for attribute in kind.attributes}
    assert set(layers.span_attributes) == known
    assert "<name>Governor</name><description/><rangeTypeName>custom.Span</rangeTypeName>" in layers.xml()
