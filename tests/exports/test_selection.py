"""Which reports and labels of a corpus go out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from annotations.corpus import Corpus, LabelledReport
from annotations.errors import Refused
from annotations.report import AnnotationSet, Entity, Relation, Report, Status
from exports.label_map import LabelMap
from exports.selection import EVERYTHING, TRAINING, Chosen, ExportFilter
from tests.exports.random_corpora import corpora, corpus_of

TEXT = "Ông Lê A, Bí thư Tỉnh ủy Hà Nam"
OFFICIAL, TITLE, ORG = Entity("o", "OFFICIAL", 4, 8), Entity("t", "TITLE", 10, 24), Entity("b", "ORG", 17, 31)
HOLDS, AT = Relation("h", "holds_title", "o", "t"), Relation("a", "title_at", "t", "b")


def labelled(
    name: str, *statuses: Status, date: str = "", text: str = TEXT, adjudicated: bool = False
) -> LabelledReport:
    sets = [
        AnnotationSet(f"lan{number}", status, (OFFICIAL, TITLE, ORG), (HOLDS, AT))
        for number, status in enumerate(statuses)
    ]
    if adjudicated:
        sets.append(AnnotationSet(None, Status.IN_PROGRESS, (ORG,), adjudicated=True))
    return LabelledReport(Report(name, name, text, date=date), tuple(sets))


def out(corpus: Corpus, wanted: ExportFilter) -> tuple[dict[str, int], dict[str, int]]:
    """Sets by report, and what was left out."""
    chosen = Chosen(corpus, wanted)
    return {one.report.name: len(one.sets) for one in chosen.corpus}, {k: n for k, n in chosen.left_out.items() if n}


@given(corpora())
def test_everything_is_the_corpus_itself(corpus: Corpus) -> None:
    chosen = Chosen(corpus, EVERYTHING)
    assert list(chosen.corpus) == list(corpus)
    assert list(chosen.corpus) == list(corpus)
    assert not +chosen.left_out
    assert (chosen.corpus.schema, chosen.corpus.about) == (corpus.schema, corpus.about)


def test_by_status() -> None:
    corpus = corpus_of(
        [
            labelled("a", Status.DONE, Status.IN_PROGRESS),
            labelled("b", Status.IN_PROGRESS),
            labelled("c"),
            labelled("d", adjudicated=True),
        ]
    )
    assert out(corpus, TRAINING) == (
        {"a": 1, "d": 1},
        {"annotation sets of another status": 1, "reports of another status": 2},
    )
    untouched = ExportFilter(frozenset((Status.NEW,)))
    assert out(corpus, untouched)[0] == {"c": 0}
    assert out(corpus, ExportFilter())[0] == {"a": 2, "b": 1, "c": 0, "d": 1}


@pytest.mark.parametrize(
    ("since", "until", "names"),
    [
        ("2021-04-29", "", "b c"),
        ("", "2021-04-29", "a b"),
        ("2021-04", "2021-04", "a b"),
        ("2021", "2021", "a b c"),
        ("2021-04-29", "2021-04-29", "b"),
    ],
)
def test_by_date(since: str, until: str, names: str) -> None:
    dates = {"a": "2021-04-01", "b": "2021-04-29", "c": "2021-05", "d": "", "e": "XXXX-04-29", "f": "2021-04-29/.."}
    corpus = corpus_of([labelled(name, Status.DONE, date=date) for name, date in dates.items()])
    found, left_out = out(corpus, ExportFilter(since=since, until=until))
    assert " ".join(found) == names
    assert left_out["reports without a date"] == 3
    assert sum(left_out.values()) + len(found) == len(dates)


def test_what_is_no_date_is_refused() -> None:
    for wrong in (ExportFilter(since="29/4/2021"), ExportFilter(until="XXXX-04")):
        with pytest.raises(Refused, match="is no date like"):
            Chosen(corpus_of([]), wrong)


def test_page_furniture_is_cut_off_and_offsets_stay() -> None:
    below = (
        f"{TEXT}\nHội nghị bàn về công tác của tỉnh trong quý tới và giao nhiệm vụ.\nTin liên quan\nLê A thăm Hà Nam\n"
    )
    entities = (OFFICIAL, Entity("x", "OFFICIAL", below.index("Lê A thăm"), below.index("Lê A thăm") + 4))
    relations = (Relation("r", "alias_of", "o", "x"),)
    one = LabelledReport(Report("a", "a", below), (AnnotationSet("lan", Status.DONE, entities, relations),))
    chosen = Chosen(corpus_of([one]), TRAINING)
    ((report, (labels,)),) = [(one.report, one.sets) for one in chosen.corpus]
    assert report.text.endswith("giao nhiệm vụ.")
    assert (labels.entities, labels.relations) == ((OFFICIAL,), ())
    assert dict(chosen.left_out) == {"entities in page furniture": 1, "relations of entities left out": 1}
    assert next(iter(Chosen(corpus_of([one]), replace(TRAINING, furniture=True)).corpus)) == one


def test_labels_are_renamed_and_left_out() -> None:
    labels = LabelMap(
        {"OFFICIAL": "PER", "ORG": "LOC", "PLACE": "LOC", "TERM": None}, {"title_at": None, "holds_title": "holds"}
    )
    chosen = Chosen(corpus_of([labelled("a", Status.DONE)]), ExportFilter(labels=labels))
    ((made,),) = [one.sets for one in chosen.corpus]
    assert [entity.label for entity in made.entities] == ["PER", "TITLE", "LOC"]
    assert [relation.type for relation in made.relations] == ["holds"]
    assert dict(chosen.left_out) == {"relations left out by the mapping": 1}
    schema = chosen.corpus.schema
    assert {"PER", "LOC"} <= set(schema.entities_by_name)
    assert not {"OFFICIAL", "ORG", "PLACE", "TERM"} & set(schema.entities_by_name)
    assert schema.relations_by_name["holds"].sources == ("PER",)
    assert "title_at" not in schema.relations_by_name
    assert "of_term" not in schema.relations_by_name  # it only led to TERM


def test_relations_of_entities_left_out_go_with_them() -> None:
    chosen = Chosen(corpus_of([labelled("a", Status.DONE)]), ExportFilter(labels=LabelMap({"TITLE": None})))
    ((made,),) = [one.sets for one in chosen.corpus]
    assert made.relations == ()
    assert dict(chosen.left_out) == {"entities left out by the mapping": 1, "relations of entities left out": 2}


def test_a_mapping_of_unknown_labels_is_refused() -> None:
    with pytest.raises(Refused, match="names PERSON, which the schema lacks"):
        Chosen(corpus_of([]), ExportFilter(labels=LabelMap({"PERSON": "PER"})))


def test_what_others_add_meanwhile_does_not_come() -> None:
    passes = iter(
        [
            [labelled("a", Status.DONE), labelled("b")],
            [labelled("a", Status.DONE), labelled("b", Status.DONE), labelled("c", Status.DONE)],
        ]
    )
    chosen = Chosen(replace(corpus_of([]), stream=lambda: iter(next(passes))), EVERYTHING)
    for _ in range(2):
        assert {one.report.name: len(one.sets) for one in chosen.corpus} == {"a": 1, "b": 0}
