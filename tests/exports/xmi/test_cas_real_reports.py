"""Real reports, where they are there: dkpro-cassis covers the same text, and TSV agrees with XMI."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.corpus import LabelledReport
from annotations.offsets import syllables
from annotations.report import AnnotationSet, Entity, Relation, Report, entity_order
from exports.cas import Xmi
from exports.webanno import WebAnno
from tests.exports.random_corpora import corpus_of

FILES = sorted((Path(__file__).resolve().parents[4] / "shared" / "reports").glob("*.txt"))


@pytest.mark.skipif(not FILES, reason="the real reports are not here")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_real_reports(file: Path, tmp_path: Path) -> None:
    cassis = pytest.importorskip("cassis", reason="dkpro-cassis is not installed (extra formats-test)")
    text = file.read_text("utf-8").replace("\r\n", "\n")
    spans = list(syllables(text))
    entities = [
        Entity(f"e{at}-{size}", "ORG", spans[at][0], spans[at + size][1])
        for at in range(0, len(spans) - 12, 3)
        for size in (0, 2, at % 11)
    ]
    entities = sorted({(one.start, one.end): one for one in entities}.values(), key=entity_order)
    relations = [Relation(f"r{n}", "alias_of", one.id, entities[n // 2].id) for n, one in enumerate(entities)]
    labels = AnnotationSet("Lan", entities=tuple(entities), relations=tuple(relations))
    report = Report("r", file.name, text)
    for format in (Xmi, WebAnno):
        format().write(corpus_of([LabelledReport(report, (labels,))]), tmp_path / format.key)
        (made,) = format().read(tmp_path / format.key)
        assert made.report == report
        assert sorted(made.entities, key=entity_order) == entities
        assert {one.id: one for one in made.relations} == {one.id: one for one in relations}
    (xmi,) = (tmp_path / "xmi").glob("*.xmi")
    with (tmp_path / "xmi" / "TypeSystem.xml").open("rb") as types, xmi.open("rb") as content:
        cas = cassis.load_cas_from_xmi(content, typesystem=cassis.load_typesystem(types))
    assert cas.sofa_string == text
    found = [(one.begin, one.end, one.get_covered_text()) for one in cas.select("custom.Span")]
    assert sorted(found) == sorted((one.start, one.end, text[one.start : one.end]) for one in entities)
