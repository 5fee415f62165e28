"""Native JSON lines: what goes out comes back, byte for byte."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotations.corpus import Corpus, ImportedRecord, LabelledReport
from annotations.report import AnnotationSet, Entity, Origin, Relation, Report, Status
from exports.jsonl import JsonLines, entity_object, record_lines, relation_object
from tests.exports.random_corpora import corpora, corpus_of

REPORT = Report("r1", "a.txt", "Ông Lê A, Bí thư", "Tít", "2021-04-29", "Báo Hà Nam", "Hà Nam")


def back(records: Iterable[ImportedRecord]) -> Corpus:
    """Imported records as a corpus: one report per record, which the writer does not mind."""
    made = []
    for record in records:
        owned = AnnotationSet(
            record.annotator, record.status or Status.NEW, record.entities, record.relations, record.adjudicated
        )
        made.append(LabelledReport(record.report, (owned,) if record.has_labels else ()))
    return corpus_of(made)


@settings(deadline=None)
@given(corpora())
def test_out_in_out_is_the_same_bytes(corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "a.jsonl"), Path(folder, "b.jsonl")
        summary = JsonLines().write(corpus, first)
        records = list(JsonLines().read(first))
        JsonLines().write(back(records), second)
        assert second.read_bytes() == first.read_bytes()
    wanted = [(one.report, labels) for one in corpus for labels in one.sets]
    found = [record for record in records if record.has_labels]
    assert [record.report for record in found] == [report for report, _ in wanted]
    assert [record.entities for record in found] == [labels.entities for _, labels in wanted]
    assert [record.relations for record in found] == [labels.relations for _, labels in wanted]
    assert (summary.reports, summary.sets) == (corpus.total, len(wanted))


def test_the_line_of_the_design() -> None:
    labels = AnnotationSet(
        "lan",
        Status.DONE,
        (Entity("e1", "OFFICIAL", 4, 8, attributes={"b": "2", "a": "1"}), Entity("e2", "TITLE", 10, 16, note="x")),
        (Relation("r1", "holds_title", "e1", "e2"),),
    )
    (line,) = record_lines(LabelledReport(REPORT, (labels,)))
    assert line.decode() == (
        '{"id": "r1", "name": "a.txt", "title": "Tít", "date": "2021-04-29", "source": "Báo Hà Nam", '
        '"locality": "Hà Nam", "text": "Ông Lê A, Bí thư", "annotator": "lan", "status": "done", "entities": ['
        '{"id": "e1", "label": "OFFICIAL", "start": 4, "end": 8, "text": "Lê A", "attributes": {"a": "1", "b": "2"}, '
        '"note": null, "entry": null, "origin": "manual"}, '
        '{"id": "e2", "label": "TITLE", "start": 10, "end": 16, "text": "Bí thư", "attributes": {}, '
        '"note": "x", "entry": null, "origin": "manual"}], '
        '"relations": [{"id": "r1", "type": "holds_title", "source": "e1", "target": "e2", "attributes": {}, '
        '"note": null, "origin": "manual"}]}\n'
    )


def test_a_report_without_labels_names_nobody() -> None:
    (line,) = record_lines(LabelledReport(REPORT))
    assert list(json.loads(line)) == [
        *("id", "name", "title", "date", "source", "locality", "text", "entities", "relations")
    ]


def test_the_adjudicated_set_comes_last_and_says_so() -> None:
    sets = (AnnotationSet(None, adjudicated=True), AnnotationSet("zoe"), AnnotationSet("an"))
    records = [json.loads(line) for line in record_lines(LabelledReport(REPORT, sets))]
    assert [record.get("annotator") for record in records] == ["an", "zoe", None]
    assert records[2]["adjudicated"] is True
    assert "adjudicated" not in records[0]


def test_rare_keys_stand_only_where_they_say_something() -> None:
    entity = Entity("e", "ORG", 0, 8, ((0, 3), (7, 8)), origin=Origin.SUGGESTED, by="rules", confidence=0.5)
    made = entity_object(entity, REPORT.text)
    assert list(made)[4:6] == ["text", "fragments"]
    assert made["text"] == "Ông A"
    assert list(made)[-3:] == ["origin", "by", "confidence"]
    assert list(relation_object(Relation("r", "t", "a", "b", metadata={"k": 1})))[-1] == "metadata"


def test_summary_counts_by_label_and_type(tmp_path: Path) -> None:
    labels = AnnotationSet("lan", entities=(Entity("e1", "ORG", 0, 3),), relations=(Relation("r", "t", "e1", "e1"),))
    summary = JsonLines().write(corpus_of([LabelledReport(REPORT, (labels, labels))]), tmp_path / "a.jsonl")
    assert (summary.sets, summary.entities, summary.relations) == (2, 2, 2)
    assert (summary.by_label, summary.by_type, summary.left_out) == ({"ORG": 2}, {"t": 2}, {})


def test_the_writer_takes_the_stream_as_it_goes(tmp_path: Path) -> None:
    """A report is written before the next is asked for."""
    seen: list[int] = []

    def stream() -> Iterable[LabelledReport]:
        for number in range(200):
            seen.append(sum(file.stat().st_size for file in tmp_path.iterdir()))
            yield LabelledReport(Report(f"{number}", f"{number}", "x" * 20_000))

    JsonLines().write(Corpus(corpus_of([]).schema, lambda: iter(stream()), 200), tmp_path / "a.jsonl")
    assert seen[100] > 90 * 20_000


def test_real_reports_come_back(real_reports: list[Path], tmp_path: Path) -> None:
    made = [LabelledReport(Report(file.stem, file.name, file.read_text("utf-8"))) for file in real_reports]
    JsonLines().write(corpus_of(made), tmp_path / "a.jsonl")
    assert [record.report for record in JsonLines().read(tmp_path / "a.jsonl")] == [one.report for one in made]


def test_a_spoiled_file_is_not_placed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from exports import jsonl
    from exports.errors import FormatError

    monkeypatch.setattr(jsonl, "record_lines", lambda labelled: [b'{"id": "cut'])
    with pytest.raises(FormatError, match="counted"):
        JsonLines().write(corpus_of([LabelledReport(REPORT, (AnnotationSet("a"),))] * 2), tmp_path / "a.jsonl")
    assert list(tmp_path.iterdir()) == []
