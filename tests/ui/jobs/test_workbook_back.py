"""An edited workbook comes back as one action; what is not certain is left and named."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from labelled_projects import labelled_project
from openpyxl import load_workbook

from annotations.changes import DeleteEntities, Relabel, SetEntityAttributes
from annotations.corpus import LabelledReport
from annotations.errors import Cancelled
from exports.errors import FormatError
from exports.protocol import Options
from exports.xlsx.columns import SHEETS
from exports.xlsx.edits import RowProblem, SheetEdits
from exports.xlsx.read import is_own_workbook
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.workspace import Workspace
from ui.jobs.exporting import export_corpus
from ui.jobs.workbook_back import import_workbook, preview_workbook

EVERYTHING = Selection(everything=True)
SOFFICE = shutil.which("soffice")
FIRST = "id-report-0.txt"


class Book:
    """A workbook edited as people do it: cells by machine key."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load_workbook(path)

    def row(self, table: str, id: str, annotator: str = "lan", report: str = FIRST) -> int:
        sheet = self.book[table]
        own = {"Reports": "report_id", "Entities": "entity_id", "Relations": "relation_id"}[table]
        for number in range(2, sheet.max_row + 1):
            named = {key: self.cell(table, number, key).value for key in ("report_id", own)}
            whose = annotator if table == "Reports" else self.cell(table, number, "annotator").value
            if named == {"report_id": report, own: id} and whose == annotator:
                return number
        raise AssertionError(id)

    def cell(self, table: str, row: int, key: str) -> Any:
        place = self.book.defined_names[f"chugiai.{table.lower()}.{key}"].attr_text
        return self.book[table][f"{place.split('$')[1]}{row}"]

    def put(self, table: str, id: str, of: str = "lan", /, **values: object) -> int:
        row = self.row(table, id, of)
        for key, value in values.items():
            self.cell(table, row, key).value = value
        return row

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    path = labelled_project(tmp_path / "p.chugiai")
    with Project.open(path) as opened:
        yield opened


@pytest.fixture
def book(project: Project, tmp_path: Path) -> Book:
    return Book(export(project, tmp_path / "book.xlsx"))


def export(project: Project, path: Path, language: str = "en") -> Path:
    export_corpus(project, path, "xlsx", EVERYTHING, Options(force=True, language=language))
    return path


def content(project: Project) -> dict[tuple[str, str | None], Any]:
    found: dict[tuple[str, str | None], Any] = {}
    for labelled in corpus(project, EVERYTHING):
        assert isinstance(labelled, LabelledReport)
        found[labelled.report.id, ""] = labelled.report
        for labels in labelled.sets:
            for label in (*labels.entities, *labels.relations):
                found[label.id if labelled.report.id == FIRST else f"2 {label.id}", labels.annotator] = label
    return found


def reasons(found: SheetEdits | tuple[RowProblem, ...]) -> list[tuple[str, int, str]]:
    problems = found.problems if isinstance(found, SheetEdits) else found
    return [(one.sheet, one.number, str(one.why)) for one in problems]


def test_an_untouched_workbook_changes_nothing(project: Project, book: Book) -> None:
    before = content(project)
    result = import_workbook(project, book.path, "boss")
    assert (result.found.edits, result.found.problems, result.applied) == ((), (), False)
    assert result.found.untouched == 2 + 8 + 2
    assert content(project) == before


def test_every_kind_of_cell_comes_back_as_one_action_and_is_undone_as_one(project: Project, book: Book) -> None:
    before = content(project)
    book.put("Entities", "body", value="Tỉnh ủy Hà Nam", attributes="level=province", note="hai\ndòng", entry="o-1")
    book.put("Entities", "officer", "minh", comment="xem lại")
    book.put("Relations", "holds", note="1/3")
    book.put("Reports", FIRST, title="Họp", date="2021-04", comment="tốt")
    preview = preview_workbook(project, book.save())
    assert [(edit.table, edit.annotator, edit.id) for edit in preview.edits] == [
        ("Reports", "", FIRST),
        ("Entities", "lan", "body"),
        ("Entities", "minh", "officer"),
        ("Relations", "lan", "holds"),
    ]
    assert content(project) == before
    boss = Workspace(project, "boss")
    assert import_workbook(project, book.path, "boss").applied
    after = content(project)
    body = after["body", "lan"]
    assert (body.attributes, body.note, body.entry) == (
        {"canonical": "Tỉnh ủy Hà Nam", "level": "province"},
        "hai\ndòng",
        "o-1",
    )
    assert after["officer", "minh"].note == "xem lại"
    assert after["holds", "lan"].note == "1/3"
    report = after[FIRST, ""]
    assert (report.title, report.date, report.metadata["comment"]) == ("Họp", "2021-04", "tốt")
    assert after["officer", "lan"] == before["officer", "lan"]

    again = import_workbook(project, book.path, "boss")
    assert (again.found.edits, again.found.problems, again.found.known) == ((), (), 4)
    assert content(project) == after

    assert boss.undo().title == "Take over the edits of a workbook"
    assert content(project) == before


def test_labels_and_relation_types_change_together(project: Project, book: Book) -> None:
    book.put("Entities", "post", label="MEETING")
    row = book.row("Relations", "holds")
    forbidden = preview_workbook(project, book.save())
    assert [why for _, _, why in reasons(forbidden)] == [
        "the schema does not allow the relation holds_title from OFFICIAL to MEETING"
    ]
    book.cell("Relations", row, "type").value = "attends"
    assert import_workbook(project, book.save(), "lan").applied
    after = content(project)
    assert (after["post", "lan"].label, after["holds", "lan"].type) == ("MEETING", "attends")
    assert (after["post", "minh"].label, after["holds", "minh"].type) == ("TITLE", "holds_title")


def test_a_date_keeps_its_rules(project: Project, book: Book) -> None:
    wrong = book.put("Entities", "body", label="DATE", value="hôm qua")
    bad_report = book.put("Reports", FIRST, date="29/4/2021")
    right = book.put("Entities", "body", "minh", label="DATE", value="2021-04-26")
    found = preview_workbook(project, book.save())
    assert [edit.number for edit in found.edits] == [right]
    assert [(sheet, number) for sheet, number, _ in reasons(found)] == [("Reports", bad_report), ("Entities", wrong)]
    import_workbook(project, book.path, "lan")
    assert content(project)["body", "minh"].attributes == {"value": "2021-04-26"}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"label": "PERSON"}, "the schema has no label PERSON"),
        ({"attributes": "nonsense"}, "cannot be read; write name=value"),
        ({"attributes": "colour=red"}, "has no attribute “colour”"),
        ({"value": "a", "attributes": "canonical=b"}, "stands in Value and, otherwise"),
        ({"note": "=1+1"}, "“Note” cannot be taken: it holds a formula"),
        ({"note": 1.5}, "“Note” cannot be taken: it holds a number"),
        ({"note": True}, "“Note” cannot be taken: it holds TRUE or FALSE"),
        ({"note": "x_x0000_"}, "holds a character that no text can hold"),
        ({"row_fingerprint": "w1-nonsense", "note": "x"}, "its row fingerprint was altered"),
        ({"row_fingerprint": None}, "its row fingerprint was altered"),
        ({"row_fingerprint": "w1-0123456789abcdef", "note": "x"}, "it was changed in the project since the export"),
        ({"entity_id": "officer2"}, "there is no such label in the project"),
        ({"annotator": "nobody"}, "the project has no labels of “nobody”"),
        ({"report_id": "elsewhere"}, "its report is not in the project"),
        ({"entity_id": None}, "it has no ids"),
        ({"start": 3, "note": "x"}, "“Start” is not what the project has"),
    ],
)
def test_what_is_not_certain_is_left_and_named(
    project: Project, book: Book, values: dict[str, object], why: str
) -> None:
    before = content(project)
    row = book.put("Entities", "body", **values)
    other = book.put("Entities", "officer", note="gut")
    result = import_workbook(project, book.save(), "boss")
    ((sheet, number, reason),) = reasons(result.found)
    assert (sheet, number) == ("Entities", row)
    assert why in reason
    assert [edit.number for edit in result.found.edits] == [other]
    after = content(project)
    assert after.pop(("officer", "lan")).note == "gut"
    assert after == {key: label for key, label in before.items() if key != ("officer", "lan")}


def test_exchanged_ids_are_found(project: Project, book: Book) -> None:
    one, other = book.row("Entities", "body"), book.row("Entities", "officer")
    book.cell("Entities", one, "entity_id").value = "officer"
    book.cell("Entities", other, "entity_id").value = "body"
    found = preview_workbook(project, book.save())
    assert not found.edits
    assert [why for _, _, why in reasons(found)] == [
        "its ids were altered: the row fingerprint is that of another row"
    ] * 2


def test_doubled_rows_are_not_taken(project: Project, book: Book) -> None:
    sheet = book.book["Entities"]
    row = book.put("Entities", "body", note="one")
    sheet.append([cell.value for cell in sheet[row]])
    book.cell("Entities", sheet.max_row, "note").value = "two"
    found = preview_workbook(project, book.save())
    assert not found.edits
    assert [(number, "stands twice" in why) for _, number, why in reasons(found)] == [
        (row, True),
        (sheet.max_row, True),
    ]


def test_rows_that_changed_inside_meanwhile_are_listed(project: Project, book: Book) -> None:
    changed = book.put("Entities", "body", note="outside")
    gone = book.put("Entities", "officer", note="x")
    book.put("Entities", "post", note="fine")
    lan = Workspace(project, "lan")
    lan.apply(SetEntityAttributes(FIRST, ("body",), {"canonical": "inside"}))
    lan.apply(DeleteEntities(FIRST, ("officer",)))
    lan.apply(Relabel("id-report-1.txt", ("pieces",), "PLACE"))  # untouched outside: nothing to say
    result = import_workbook(project, book.save(), "lan")
    assert [edit.id for edit in result.found.edits] == ["post"]
    assert [number for _, number, _ in reasons(result.found)] == [changed, gone]
    assert content(project)["body", "lan"].note is None


def test_moved_columns_titles_and_row_order_do_not_matter(project: Project, tmp_path: Path) -> None:
    book = Book(export(project, tmp_path / "vi.xlsx", "vi"))
    sheet = book.book["Entities"]
    book.put("Entities", "body", note="ghi")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    moved = [row[::-1] for row in [rows[0], *sorted(rows[1:], key=str, reverse=True)]]
    for number, row in enumerate(moved, 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    width = len(rows[0])
    for column, key in enumerate([column.key for column in SHEETS["Entities"]], 1):
        letter = sheet.cell(1, width - column + 1).column_letter
        book.book.defined_names[f"chugiai.entities.{key}"].attr_text = f"Entities!${letter}$2"
        sheet.cell(1, column).value = "my own heading"
    result = import_workbook(project, book.save(), "lan")
    assert [edit.id for edit in result.found.edits] == ["body"]
    assert not result.found.problems
    assert content(project)["body", "lan"].note == "ghi"


def test_a_deleted_editable_column_is_no_edit(project: Project, book: Book) -> None:
    del book.book.defined_names["chugiai.entities.note"]
    book.put("Entities", "body", value="Tỉnh ủy")
    result = import_workbook(project, book.save(), "lan")
    assert [edit.id for edit in result.found.edits] == ["body"]
    assert not result.found.problems


def test_a_sheet_without_ids_is_refused(project: Project, book: Book) -> None:
    del book.book.defined_names["chugiai.entities.entity_id"]
    with pytest.raises(FormatError, match=r"on the sheet Entities the column entity_id is missing"):
        preview_workbook(project, book.save())


def test_a_workbook_without_names_is_refused(project: Project, book: Book) -> None:
    book.book.defined_names.clear()
    with pytest.raises(FormatError, match="names by which its columns are known are gone"):
        preview_workbook(project, book.save())


def test_adjudicated_labels_do_not_come_back(project: Project, tmp_path: Path) -> None:
    from annotations.corpus import ImportedRecord
    from annotations.report import Entity
    from model.bulk import ImportBatch

    report = next(iter(corpus(project, EVERYTHING))).report
    with ImportBatch.open(project) as batch:
        entities = (Entity("gold", "ORG", 13, 34),)
        batch.add("f", ImportedRecord(report, "f", adjudicated=True, entities=entities, has_labels=True))
        batch.publish()
    book = Book(export(project, tmp_path / "gold.xlsx"))
    row = next(number for number in range(2, 20) if book.cell("Entities", number, "entity_id").value == "gold")
    book.cell("Entities", row, "note").value = "x"
    found = preview_workbook(project, book.save())
    assert reasons(found) == [("Entities", row, "it is adjudicated; change it in the review")]


def test_cancelled_changes_nothing(project: Project, book: Book) -> None:
    def cancel(done: int, total: int, what: str) -> None:
        if what == "Saving":
            raise Cancelled

    before = content(project)
    book.put("Entities", "body", note="x")
    with pytest.raises(Cancelled):
        import_workbook(project, book.save(), "lan", cancel)
    assert content(project) == before


def test_others_windows_are_told(project: Project, book: Book) -> None:
    lan = Workspace(project, "lan")
    book.put("Entities", "body", note="x")
    import_workbook(project, book.save(), "boss")
    changed = lan.poll()
    assert changed is not None
    assert (changed.annotator, changed.labels) == ("", {FIRST})


@pytest.mark.parametrize("spoil", ["cut", "zip bomb", "password", "nothing"])
def test_hostile_files_are_one_sentence(project: Project, book: Book, spoil: str) -> None:
    data = book.path.read_bytes()
    spoilt = {
        "cut": data[: len(data) // 2],
        "zip bomb": _bomb(book.path),
        "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "nothing": b"",
    }[spoil]
    book.path.write_bytes(spoilt)
    with pytest.raises(FormatError, match="was not imported"):
        preview_workbook(project, book.path)


def _bomb(path: Path) -> bytes:
    import zipfile

    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/more.xml", "w") as part:
        for _ in range(40):
            part.write(bytes(1 << 20))
    return path.read_bytes()


def test_our_workbook_is_recognised(project: Project, book: Book, tmp_path: Path) -> None:
    assert is_own_workbook(book.path)
    assert is_own_workbook(book.save())  # also when openpyxl saved it
    other = tmp_path / "other.xlsx"
    from openpyxl import Workbook

    Workbook().save(other)
    assert not is_own_workbook(other)
    assert not is_own_workbook(tmp_path / "none.xlsx")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_saved_again_by_libreoffice(project: Project, book: Book, tmp_path: Path) -> None:
    book.put("Entities", "body", note="=không phải công thức", value="05-NQ/TW")
    book.cell("Entities", book.row("Entities", "body"), "note").data_type = "s"
    out = tmp_path / "resaved"
    subprocess.run(
        [
            SOFFICE or "",
            f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            str(book.save()),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert is_own_workbook(out / "book.xlsx")
    result = import_workbook(project, out / "book.xlsx", "lan")
    assert reasons(result.found) == []
    assert [edit.id for edit in result.found.edits] == ["body"]
    assert content(project)["body", "lan"].note == "=không phải công thức"
