"""The rows of a preview: what is edited, how they are ordered, what a date is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from exports.errors import FormatError
from ui.dialogs.bulk_line import from_folder
from ui.dialogs.preview_model import Column, PreviewModel, typed_date
from ui.jobs.preview import PreviewRow

SURE = PreviewRow(Path("a.txt"), "a.txt", title="Họp", date="2021-04-29", source="Báo Hà Nam", locality="Hà Nam")
DOUBTFUL = PreviewRow(Path("b.txt"), "b.txt", title="Đi", date="2020", doubts=("date", "source", "locality"))
REFUSED = PreviewRow(Path("c.txt"), "c.txt", refused=FormatError("{name} is empty.", name="c.txt"))


@pytest.fixture
def model(qtbot: QtBot) -> PreviewModel:
    made = PreviewModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.append((SURE, DOUBTFUL))
    made.append((REFUSED,))
    return made


def names(model: PreviewModel) -> list[str]:
    return [row.name for row in model.rows()]


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2021-04-29", "2021-04-29"),
        (" 29/4/2021 ", "2021-04-29"),
        ("2020-10", "2020-10"),
        ("2020", "2020"),
        ("", ""),
        ("   ", ""),
        ("Thứ Sáu, 12/08/2022 | 14:35 GMT+7", "2022-08-12"),
        ("31/2/2021", None),
        ("mai", None),
    ],
)
def test_typed_dates(typed: str, date: str | None) -> None:
    assert typed_date(typed) == date


@pytest.mark.parametrize(
    ("field", "folder", "value"),
    [
        ("locality", "ha-nam", "Hà Nam"),
        ("locality", "HÀ NỘI", "Hà Nội"),
        ("locality", "tphcm", "TP. Hồ Chí Minh"),
        ("locality", "tin-bai", "tin-bai"),
        ("source", "ha-nam", "ha-nam"),
        ("source", "Ba\u0301o Ha\u0300 Nam", "Báo Hà Nam"),
    ],
)
def test_what_a_folder_says(field: str, folder: str, value: str) -> None:
    assert from_folder(field, folder) == value


def test_what_was_given_is_certain(model: PreviewModel) -> None:
    assert model.set_values([1], "date", ["1/5/2020"])
    assert model.row(1).date == "2020-05-01"
    assert model.row(1).doubts == ("source", "locality")
    assert model.edits == {(Path("b.txt"), "b.txt"): {"date": "2020-05-01"}}


def test_confirming_a_doubtful_value_makes_it_certain(model: PreviewModel) -> None:
    assert model.set_values([1], "date", ["2020"])
    assert model.row(1).doubts == ("source", "locality")


def test_an_emptied_doubtful_value_stays_missing(model: PreviewModel) -> None:
    assert model.set_values([1], "date", [""])
    assert "date" in model.row(1).doubts
    assert model.row(1).date == ""


def test_the_value_of_before_is_no_edit(model: PreviewModel) -> None:
    model.set_values([0], "title", ["Khác"])
    model.set_values([0], "title", ["Họp"])
    assert model.edits == {}
    assert model.row(0) == SURE


def test_a_wrong_date_among_several_changes_none(model: PreviewModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.refused) as told:
        assert not model.set_values([0, 1], "date", ["2022-01-01", "mai"])
    assert "mai" in told.args[0]
    assert model.edits == {}


def test_refused_rows_are_not_edited(model: PreviewModel) -> None:
    assert model.set_values([0, 1, 2], "source", ["X", "X", "X"])
    assert (Path("c.txt"), "c.txt") not in model.edits
    index = model.index(2, Column.TITLE)
    assert not model.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert index.data() == "c.txt is empty."


def test_sorting_keeps_hold_of_rows(model: PreviewModel) -> None:
    held = QPersistentModelIndex(model.index(0, Column.NAME))
    model.sort(Column.CHECK, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["c.txt", "b.txt", "a.txt"]
    assert held.row() == 2
    model.sort(Column.TITLE)
    assert names(model)[1:] == ["b.txt", "a.txt"]  # Đi before Họp
    model.sort(-1)
    assert names(model)[1:] == ["b.txt", "a.txt"]


def test_sorting_goes_by_what_the_person_gave(model: PreviewModel) -> None:
    model.set_values([0], "date", ["1999"])
    model.sort(Column.DATE, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["b.txt", "a.txt", "c.txt"]


def test_rows_read_again_keep_their_edits(model: PreviewModel) -> None:
    model.set_values([0], "title", ["Khác"])
    model.clear()
    model.append((DOUBTFUL, SURE))
    assert [row.title for row in model.rows()] == ["Đi", "Khác"]
