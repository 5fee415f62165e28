"""Row fingerprints, and attributes as one cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.schema import Attribute, EntityType
from exports.xlsx import row_fingerprint
from exports.xlsx.attributes import join_attributes, main_attribute, main_attributes, split_attributes
from exports.xlsx.columns import SHEETS, fingerprinted

Any_ = Callable[..., Any]
ROW = {"report_id": "1", "entity_id": "e", "label": "ORG", "note": "a\nb"}


def test_the_fingerprint_is_the_same_on_every_computer() -> None:
    assert row_fingerprint(ROW) == "w1-8ba98e63d13ed7c1"


@pytest.mark.parametrize("same", [dict(reversed(ROW.items())), ROW | {"note": "a\r\nb"}, ROW | {"note": "a\rb"}])
def test_what_a_spreadsheet_program_changes_does_not_matter(same: dict[str, str]) -> None:
    assert row_fingerprint(same) == row_fingerprint(ROW)


def test_an_empty_cell_is_no_value() -> None:
    assert row_fingerprint({"a": None}) == row_fingerprint({"a": ""})


@given(st.dictionaries(st.sampled_from("abcd"), st.text(max_size=4), min_size=1), st.sampled_from("abcd"), st.text())
def test_every_other_change_shows(values: dict[str, str], key: str, text: str) -> None:
    changed = values | {key: text}
    lines = [{k: v.replace("\r\n", "\n").replace("\r", "\n") for k, v in each.items()} for each in (values, changed)]
    assert (row_fingerprint(values) == row_fingerprint(changed)) == (lines[0] == lines[1])


def test_moving_text_to_the_next_cell_shows() -> None:
    assert row_fingerprint({"a": "xy", "b": "z"}) != row_fingerprint({"a": "x", "b": "yz"})


def test_ids_and_editable_columns_are_covered() -> None:
    assert fingerprinted(SHEETS["Reports"]) == ("title", "date", "source", "locality", "report_id")
    assert set(fingerprinted(SHEETS["Entities"])) == {
        *("report_id", "annotator", "adjudicated", "entity_id", "label", "value", "attributes", "entry", "note")
    }
    assert set(fingerprinted(SHEETS["Relations"])) == {
        *("report_id", "annotator", "adjudicated", "relation_id", "type", "attributes", "note")
    }
    assert fingerprinted(SHEETS["About"]) == ()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_written_cells_give_the_written_fingerprint(
    language: str, reports: Any_, written: Any_, column: Any_
) -> None:
    hostile = replace(reports[1].report, title="a\x01" + "x" * 40_000, source="=1")
    book, _ = written(reports[0], replace(reports[1], report=hostile), language=language)
    seen = set()
    for sheet in ("Reports", "Entities", "Relations"):
        cells = {key: column(book, sheet, key) for key in (*fingerprinted(SHEETS[sheet]), "row_fingerprint")}
        for place, print_ in enumerate(cells.pop("row_fingerprint")):
            assert row_fingerprint({key: str(values[place]) for key, values in cells.items()}) == print_
            seen.add(print_)
    assert len(seen) == 2 + 10 + 4


@pytest.mark.parametrize(
    ("label", "main"),
    [("DATE", "value"), ("RESOLUTION", "norm"), ("ORG", "canonical"), ("PLACE", "canonical"), ("TERM", "value")],
)
def test_the_main_attribute(label: str, main: str) -> None:
    assert main_attributes(DEFAULT_SCHEMA)[label] == main


def test_a_label_without_a_main_attribute() -> None:
    assert main_attribute(EntityType("X", attributes=(Attribute("colour"),))) == ""
    assert main_attribute(EntityType("X", attributes=(Attribute("canonical"), Attribute("day", kind="edtf")))) == "day"


def test_attributes_as_a_cell() -> None:
    assert join_attributes({"kind": "admin", "value": "x", "number": "11;12"}, "value") == r"kind=admin; number=11\;12"
    assert split_attributes(r"kind=admin; number=11\;12") == {"kind": "admin", "number": "11;12"}
    assert split_attributes("a=b;c=d=e") == {"a": "b", "c": "d=e"}
    assert split_attributes("") == {}


@pytest.mark.parametrize(
    ("text", "fault"), [("no equals sign", "no equals"), ("a=b; c", "^c$"), ("a=1; a=2", "^a$"), ("a=b\\", "a=b")]
)
def test_what_is_no_list_of_attributes_is_refused(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        split_attributes(text)


pieces = st.text(st.sampled_from("ab;=\\ \nâ"), max_size=6)


@given(st.dictionaries(pieces, pieces, max_size=4))
def test_attributes_come_back(attributes: dict[str, str]) -> None:
    assert split_attributes(join_attributes(attributes)) == attributes
