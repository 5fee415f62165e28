"""What every format's round trip is compared with."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.corpus import Corpus, ImportedRecord, LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Report
from tests.exports.random_corpora import corpus_of

TEXT = "Ông Lê A, Bí thư Tỉnh ủy.\nHội nghị 05-NQ/TW"
"""Ông 0–3, Lê A 4–8, Bí thư 10–16, Tỉnh ủy 17–24; Hội nghị 26–34, 05-NQ/TW 35–43."""


def one_report(*entities: Entity, relations: tuple[Relation, ...] = (), text: str = TEXT) -> Corpus:
    """A corpus of one report, labelled by Lan."""
    labels = AnnotationSet("Lan", entities=entities, relations=relations)
    return corpus_of([LabelledReport(Report("r1", "a.txt", text), (labels,))])


def written_sets(corpus: Corpus) -> list[tuple[Report, AnnotationSet | None]]:
    """Each annotation set with its report, in order; None for a report without any."""
    return [(one.report, labels) for one in corpus for labels in one.sets or (None,)]


def assert_same(corpus: Corpus, records: Iterable[ImportedRecord]) -> None:
    """Everything came back: reports, owners, entities and relations, in the same order."""
    wanted = written_sets(corpus)
    found = list(records)
    assert len(found) == len(wanted)
    for record, (report, labels) in zip(found, wanted, strict=True):
        assert record.report == report
        if labels is None:
            assert not record.has_labels
            continue
        assert (record.annotator, record.adjudicated, record.status) == (
            labels.annotator,
            labels.adjudicated,
            labels.status,
        )
        assert record.entities == labels.entities
        assert record.relations == labels.relations
        assert record.has_labels
        assert not record.left_out
