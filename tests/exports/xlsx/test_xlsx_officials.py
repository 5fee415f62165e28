"""Who held which title at which organisation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.posts import posts
from annotations.report import AnnotationSet, Entity, Relation

Any_ = Callable[..., Any]

# Ông An, Bí thư Tỉnh ủy kiêm Chủ tịch HĐND, UBND
AN, TITLE = Entity("an", "OFFICIAL", 0, 2), Entity("title", "TITLE", 4, 40)
PARTY, COUNCIL, CITY = Entity("party", "ORG", 10, 16), Entity("council", "ORG", 30, 34), Entity("city", "PLACE", 20, 24)
INNER = Entity("inner", "ORG", 11, 13)
AWAY = Entity("away", "ORG", 50, 55)
HOLDS = Relation("h", "holds_title", "an", "title")


def _found(entities: tuple[Entity, ...], *relations: Relation) -> list[tuple[str | None, str | None]]:
    labels = AnnotationSet("lan", entities=entities, relations=relations)
    return [
        (post.organisation.id if post.organisation else None, post.at.id if post.at else None)
        for post in posts(labels, DEFAULT_SCHEMA)
    ]


def test_title_at_says_where() -> None:
    at = Relation("t", "title_at", "title", "away")
    assert _found((AN, TITLE, PARTY, AWAY), HOLDS, at) == [("away", "t")]


def test_a_title_at_two_bodies_gives_two_rows() -> None:
    ats = (Relation("t1", "title_at", "title", "party"), Relation("t2", "title_at", "title", "council"))
    assert _found((AN, TITLE, PARTY, COUNCIL), HOLDS, *ats) == [("party", "t1"), ("council", "t2")]


def test_without_title_at_the_outermost_organisations_inside_the_title() -> None:
    assert _found((AN, TITLE, PARTY, INNER, CITY, COUNCIL, AWAY), HOLDS) == [("party", None), ("council", None)]


def test_a_title_of_no_body() -> None:
    assert _found((AN, TITLE, CITY, AWAY), HOLDS) == [(None, None)]


def test_an_organisation_that_crosses_the_title_is_not_inside() -> None:
    assert _found((AN, TITLE, Entity("x", "ORG", 36, 44)), HOLDS) == [(None, None)]


def test_no_official_no_row() -> None:
    assert _found((AN, TITLE, PARTY), Relation("t", "title_at", "title", "party")) == []


def test_a_schema_without_title_at_finds_nothing_inside() -> None:
    labels = AnnotationSet("lan", entities=(AN, TITLE, PARTY), relations=(HOLDS,))
    (post,) = posts(labels, replace(DEFAULT_SCHEMA, relation_types=()))
    assert post.organisation is None


def test_rows_of_the_sheet(reports: Any_, written: Any_, column: Any_) -> None:
    book, _ = written(reports[0])
    assert column(book, "Officials", "official") == ["Trần Văn An"] * 2
    assert column(book, "Officials", "official_value") == ["Trần Văn An"] * 2
    assert column(book, "Officials", "official_entry") == ["an-1"] * 2
    assert column(book, "Officials", "title") == ["Bí thư Tỉnh ủy"] * 2
    assert column(book, "Officials", "title_status") == ["former"] * 2
    assert column(book, "Officials", "report_date") == ["2021-04-29"] * 2
    assert column(book, "Officials", "annotator") == ["lan", "mai"]
    assert column(book, "Officials", "holds_title_id") == ["r1", "r1"]
    assert str(column(book, "Officials", "sentence")[0]).startswith("Đồng chí Trần Văn An, Bí thư")


def test_the_sheet_says_how_the_organisation_was_found(one_report: Any_, written: Any_, column: Any_) -> None:
    text = "An, Bí thư Tỉnh ủy."
    entities = (Entity("a", "OFFICIAL", 0, 2), Entity("t", "TITLE", 4, 18), Entity("o", "ORG", 11, 18))
    holds, at = Relation("h", "holds_title", "a", "t"), Relation("w", "title_at", "t", "o")
    for relations, how, at_id in (((holds,), "nested", ""), ((holds, at), "title_at", "w")):
        book, _ = written(one_report(text, *entities, relations=relations))
        assert column(book, "Officials", "organisation") == ["Tỉnh ủy"]
        assert column(book, "Officials", "organisation_by") == [how]
        assert column(book, "Officials", "organisation_id") == ["o"]
        assert column(book, "Officials", "title_at_id") == [at_id]
