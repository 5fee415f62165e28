"""A workbook of conflicts goes out, is filled in and comes back: every way in which rows can be wrong has a test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from conflict_books import Sheet, by_libreoffice, cells, column, edited, fill
from openpyxl import load_workbook
from reviewed_projects import adjudicated, decisions_of, dump, labelled_of, put, put_brief, review_of, say
from several_annotators import TEXT

from annotations.changes import Decide, DeleteReports, SetSpans
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.errors import Cancelled, Refused
from annotations.report import AnnotationSet, Entity, Relation, Status
from annotations.review import Answer, Rule, Said, bulk
from exports.errors import FormatError
from exports.protocol import Options
from model.project import Project
from model.workspace import Workspace
from ui.jobs.exporting import export_corpus
from ui.jobs.importing import import_files
from ui.jobs.workbook_back import WorkbookResult, import_workbook, preview_workbook

Fill = Callable[[Mapping[int, Mapping[str, str]]], Path]
D, L, T = "Decision", "Label (own)", "Text (own)"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Row 2 a title's end, row 3 a date that only lan has, row 4 a place with its kind; row 5 the title of another report."""
    with Project.create(tmp_path / "p.chugiai") as made:
        put_brief(
            made,
            "r1",
            lan=[("TITLE", 22, 43), ("DATE", 66, 70), Entity("p", "PLACE", 75, 89, (), {"kind": "admin"})],
            minh=[("TITLE", 22, 36), Entity("p", "PLACE", 81, 89, (), {"kind": "zone"})],
        )
        put_brief(made, "r2", TEXT + " 2", lan=[("TITLE", 22, 43)], minh=[("TITLE", 22, 36)])
        yield made


@pytest.fixture
def book(project: Project, tmp_path: Path) -> Path:
    path = tmp_path / "conflicts.xlsx"
    export_corpus(project, path, "xlsx-review")
    return path


@pytest.fixture
def filled(book: Path, tmp_path: Path) -> Fill:
    return lambda rows: fill(book, tmp_path / "filled.xlsx", rows)


def came(project: Project, path: Path, actor: str = "hoa") -> WorkbookResult:
    return import_workbook(project, path, actor)


def left(result: WorkbookResult) -> list[tuple[int, str]]:
    return [(problem.number, str(problem.why)) for problem in result.found.problems]


def stored(project: Project, report: str = "r1") -> list[tuple[str, int, int]]:
    labels = adjudicated(project, report)
    return [(each.label, each.start, each.end) for each in labels.entities] if labels else []


def test_a_row_for_each_conflict(book: Path) -> None:
    rows = cells(book)
    assert [row["Conflict"] for row in rows] == ["boundary", "missing", "boundary, attribute", "boundary"]
    assert rows[0]["A: lan"] == "TITLE: Bí thư Tỉnh ủy Hà Nam"
    assert rows[0]["B: minh"] == "TITLE: Bí thư Tỉnh ủy"
    assert rows[1]["B: minh"] == "–"
    assert rows[2]["A: lan"] == "PLACE: huyện Kim Bảng; kind=admin"
    assert rows[0]["Sentence"] == TEXT
    assert rows[0]["Possible answers"] == "A, B, union, intersection, neither, own, skip, discuss"
    assert rows[1]["Possible answers"] == "A, B, neither, own, skip, discuss"
    assert {row[D] for row in rows} == {None}


def test_the_mention_is_marked_in_its_sentence(book: Path) -> None:
    sheet = load_workbook(book, rich_text=True)["Conflicts"]
    runs = sheet.cell(2, column(sheet, "Sentence")).value
    assert [str(run) for run in runs if getattr(getattr(run, "font", None), "b", False)] == ["Bí thư Tỉnh ủy Hà Nam"]


def test_the_drop_down_of_a_row_offers_what_the_row_says_also_when_sorted(book: Path) -> None:
    workbook = load_workbook(book)
    sheet = workbook["Conflicts"]
    offered = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    letter = sheet.cell(1, column(sheet, D)).column_letter
    decision = offered[f"{letter}2:{letter}5"]
    assert decision.errorStyle == "stop"
    answers = sheet.cell(1, column(sheet, "Possible answers")).column_letter
    assert f"MATCH(${answers}2," in decision.formula1
    offers = {row[0]: [word for word in row[1:] if word] for row in workbook["Answers"].iter_rows(2, values_only=True)}
    for row in cells(book):
        assert ", ".join(offers[row["Possible answers"]]) == row["Possible answers"]


def test_the_other_sheets(book: Path) -> None:
    workbook = load_workbook(book)
    assert workbook.sheetnames == ["Conflicts", "Agreement", "Confusion", "Codebook", "Answers", "Rows"]
    assert not workbook["Conflicts"].protection.sheet
    assert workbook["Conflicts"].auto_filter.ref is not None
    figures = {row["Figure"]: row for row in cells(book, "Agreement")}
    exact = figures["entities, F1 exact"]
    assert (exact["Value"], exact["Both"], exact["Only the first"], exact["Only the second"]) == (0, 0, 4, 3)
    assert figures["relations, F1"]["Why there is none"]
    confused = {
        (row["Label of the first"], row["Label of the second"]): row["Mentions"] for row in cells(book, "Confusion")
    }
    assert confused == {("DATE", "–"): 1}
    assert {row["Name"] for row in cells(book, "Codebook")} >= {"TITLE", "holds_title", "kind"}


def test_nothing_filled_in_changes_nothing(project: Project, book: Path) -> None:
    before = dump(project)
    result = came(project, book)
    assert (result.applied, result.found.untouched, result.found.problems) == (False, 4, ())
    assert dump(project) == before


def test_decisions_come_back_as_one_action_under_the_reviewers_name(project: Project, filled: Fill) -> None:
    before = dump(project)
    path = filled({2: {D: "B", "Reason": "slip", "Note": "xem 3.2"}, 3: {D: "neither"}, 5: {D: "union"}})
    shown = preview_workbook(project, path)
    assert dump(project) == before
    assert [(edit.number, [cell.key for cell in edit.cells]) for edit in shown.edits] == [
        (2, ["decision", "reason", "note"]),
        (3, ["decision"]),
        (5, ["decision"]),
    ]
    assert came(project, path).applied
    assert (stored(project), stored(project, "r2")) == ([("TITLE", 22, 36)], [("TITLE", 22, 43)])
    first = decisions_of(project)[0]
    assert (first.by, first.taken, first.reason, first.note) == ("hoa", "minh", "slip", "xem 3.2")
    hoa = Workspace(project, "hoa")
    assert hoa.undo_name() == ("Take over {count} decisions of a workbook", {"count": 3})
    hoa.undo()
    assert dump(project) == before


def test_importing_twice_changes_nothing(project: Project, filled: Fill) -> None:
    path = filled({2: {D: "b"}, 3: {D: "own", L: "DATE"}, 4: {D: "own", T: "Kim Bảng"}, 5: {D: "Discuss"}})
    assert came(project, path).applied
    after = dump(project)
    again = came(project, path, "lan")
    assert (again.applied, again.found.known, again.found.untouched, left(again)) == (False, 4, 0, [])
    assert dump(project) == after


def test_own_answers(project: Project, filled: Fill) -> None:
    path = filled({2: {D: "own", L: "ORG", T: "Tỉnh ủy  Hà Nam"}, 4: {D: "own", L: "PLACE", T: "Kim Bảng"}})
    assert left(came(project, path)) == []
    assert stored(project) == [("ORG", 29, 43), ("PLACE", 81, 89)]
    assert {str(each.source) for each in decisions_of(project)} == {"own"}


def test_words_of_the_other_language_are_known(project: Project, filled: Fill, tmp_path: Path) -> None:
    came(project, filled({2: {D: "Hợp", "Reason": "sơ suất"}, 3: {D: "KHÔNG CÁI NÀO"}}))
    assert [(each.answer, each.reason) for each in decisions_of(project)] == [
        (Answer.UNION, "slip"),
        (Answer.NEITHER, ""),
    ]
    path = tmp_path / "vi.xlsx"
    export_corpus(project, path, "xlsx-review", options=Options(language="vi"))
    row = cells(path)[0]
    assert (row["Quyết định"], row["Lý do"]) == ("hợp", "sơ suất")
    assert came(project, path).found.untouched == 4


WRONG: list[tuple[dict[str, str], str]] = [
    ({D: "unon"}, "“unon” is no answer here; the answers are A, B, union"),
    ({D: "C"}, "“C” is no answer here"),
    ({D: "A", L: "ORG"}, "Label and Text are for the answer “own”"),
    ({L: "ORG"}, "the Decision is empty"),
    ({"Note": "hm"}, "the Decision is empty"),
    ({D: "own"}, "both Label and Text are empty"),
    ({D: "own", L: "ORG"}, "Text is empty"),
    ({D: "own", L: "NOTHING", T: "Tỉnh ủy"}, "no label NOTHING"),
    ({D: "own", L: "ORG", T: "Bộ Chính trị"}, "does not stand in the sentence"),
    ({D: "own", L: "ORG", T: "h"}, "stands there 2 times"),
    ({D: "=1+1"}, "it holds a formula"),
    ({D: "A", "A: lan": "ORG: Tỉnh ủy"}, "choice_a was changed, and is not to be edited"),
    ({D: "A", "Phrase": "khác"}, "phrase was changed"),
    ({D: "A", "State": "s0"}, "state was changed, and is not to be edited"),
    ({D: "A", "Row fingerprint": "w1-0"}, "its fingerprint is not that of the conflict"),
    ({"Conflict id": ""}, "it has no ids"),
    ({D: "A", "Conflict id": "nothing"}, "its conflict is no longer there"),
    ({D: "A", "Report id": "gone"}, "its report is no longer in the project"),
]


@pytest.mark.parametrize(("values", "why"), WRONG)
def test_a_wrong_row_is_named_and_the_rest_is_taken(
    project: Project, filled: Fill, values: dict[str, str], why: str
) -> None:
    result = came(project, filled({2: values, 3: {D: "A"}}))
    said = [reason for number, reason in left(result) if number == 2 and "was deleted" not in reason]
    assert len(said) == 1
    assert why in said[0]
    assert stored(project) == [("DATE", 66, 70)]


def test_intersection_is_refused_where_it_is_no_answer(project: Project, filled: Fill) -> None:
    ((number, said),) = left(came(project, filled({3: {D: "union"}})))
    assert (number, "is no answer here" in said) == (3, True)


def test_doubled_deleted_and_sorted_rows(project: Project, book: Path, tmp_path: Path) -> None:
    def mess(sheet: Sheet) -> None:
        sheet.cell(3, column(sheet, D)).value = "A"
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(2)]
        ordered = [rows[1], rows[3], rows[3]]  # the first and third are gone, the last stands twice
        for number in range(2, 6):
            for place, value in enumerate(ordered[number - 2] if number < 5 else [None] * len(rows[0]), 1):
                sheet.cell(number, place).value = value

    result = came(project, edited(book, tmp_path / "mess.xlsx", mess))
    said = left(result)
    assert [number for number, why in said if "was deleted" in why] == [2, 4]
    assert [number for number, why in said if "stands in the sheet twice" in why] == [3, 4]
    assert stored(project) == [("DATE", 66, 70)], "a row that was sorted to another place is taken"


def test_columns_sorted_apart_from_their_rows(project: Project, book: Path, tmp_path: Path) -> None:
    def mix(sheet: Sheet) -> None:
        ids = column(sheet, "Conflict id")
        sheet.cell(2, ids).value, sheet.cell(3, ids).value = sheet.cell(3, ids).value, sheet.cell(2, ids).value
        for number in (2, 3):
            sheet.cell(number, column(sheet, D)).value = "A"

    result = came(project, edited(book, tmp_path / "mixed.xlsx", mix))
    assert [number for number, _ in left(result)] == [2, 3]
    assert not result.applied


def test_titles_translated_and_columns_moved(project: Project, filled: Fill, tmp_path: Path) -> None:
    def rename(sheet: Sheet) -> None:
        for cell in sheet[1]:
            cell.value = f"cột {cell.column}"

    path = edited(filled({2: {D: "B"}}), tmp_path / "renamed.xlsx", rename)
    assert left(came(project, path)) == []
    assert stored(project) == [("TITLE", 22, 36)]


def test_what_was_changed_inside_meanwhile_is_not_overwritten(project: Project, filled: Fill) -> None:
    path = filled({2: {D: "A"}, 4: {D: "A"}, 5: {D: "A"}})
    say(project, Workspace(project, "thu"), Said(Answer.NEITHER))
    Workspace(project, "minh").apply(SetSpans("r2", {"e0": ((22, 28),)}))
    said = dict(left(came(project, path)))
    assert "changed in the project meanwhile (decision now: neither)" in said[2]
    assert "no longer there" in said[5]
    assert stored(project) == [("PLACE", 75, 89)]


def test_an_emptied_decision_opens_the_conflict_again(project: Project, tmp_path: Path) -> None:
    say(project, Workspace(project, "thu"), Said(Answer.UNION, reason="slip"))
    path = tmp_path / "again.xlsx"
    export_corpus(project, path, "xlsx-review")
    row = cells(path)[0]
    assert (row[D], row["Reason"]) == ("union", "slip")
    came(project, fill(path, tmp_path / "emptied.xlsx", {2: {D: "", "Reason": ""}}))
    assert decisions_of(project) == ()
    assert stored(project) == []


def test_a_report_that_is_gone(project: Project, filled: Fill) -> None:
    path = filled({2: {D: "A"}, 5: {D: "A"}})
    Workspace(project, "lan").apply(DeleteReports(("r2",)))
    assert left(came(project, path)) == [(5, "its report is no longer in the project")]


def test_relations_and_what_the_schema_forbids(project: Project, tmp_path: Path) -> None:
    ends = (Entity("p", "OFFICIAL", 9, 20), Entity("t", "TITLE", 22, 43))
    other = (Entity("p", "OFFICIAL", 9, 20), Entity("t", "TITLE", 22, 43, (), {"rank": "head"}))
    relation = Relation("r", "holds_title", "p", "t")
    sets = {
        "lan": AnnotationSet("lan", Status.DONE, ends, (relation,)),
        "minh": AnnotationSet("minh", Status.DONE, other, ()),
    }
    put(project, sets, TEXT + " 3", "r3")
    lead = Workspace(project, "thu")
    lead.apply(Decide(bulk(labelled_of(project, "r3"), (), Rule(), DEFAULT_SCHEMA).decisions))
    path = tmp_path / "relations.xlsx"
    export_corpus(project, path, "xlsx-review")
    rows = cells(path)
    numbers = {row["Conflict"]: at for at, row in enumerate(rows, 2) if row["Report"] == "r3.txt"}
    assert rows[numbers["relation_missing"] - 2]["A: lan"] == "holds_title: Trần Văn An → Bí thư Tỉnh ủy Hà Nam"
    wrong = {numbers["attribute"]: {D: "own", L: "DATE", T: "Hà Nam"}, numbers["relation_missing"]: {D: "A"}}
    result = came(project, fill(path, tmp_path / "wrong.xlsx", wrong))
    assert len(result.found.problems) == 1
    assert "does not allow holds_title" in str(result.found.problems[0].why)
    Workspace(project, "hoa").undo()
    right = {numbers["attribute"]: {D: "A"}, numbers["relation_missing"]: {D: "A"}}
    came(project, fill(path, tmp_path / "right.xlsx", right))
    assert review_of(project, "r3").open_conflicts == ()


def test_cancelled_changes_nothing(project: Project, filled: Fill) -> None:
    path, before = filled({2: {D: "A"}}), dump(project)

    def stop(_done: int, _total: int, what: str) -> None:
        if what == "Comparing":
            raise Cancelled

    with pytest.raises(Cancelled):
        import_workbook(project, path, "hoa", stop)
    assert dump(project) == before


def test_a_file_that_is_no_workbook_or_lacks_a_column(project: Project, book: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(book.read_bytes()[:-300])
    (file,) = import_files(project, [cut], actor="hoa").files
    assert file.refused is not None or not file.result.added

    def drop(sheet: Sheet) -> None:
        sheet.delete_cols(column(sheet, "Conflict id"))

    workbook = load_workbook(book)
    drop(workbook["Conflicts"])
    del workbook.defined_names["chugiai.conflicts.conflict_id"]
    workbook.save(tmp_path / "lacking.xlsx")
    with pytest.raises(FormatError, match="conflict_id is missing"):
        came(project, tmp_path / "lacking.xlsx")


def test_nothing_to_review_is_refused(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.chugiai") as empty, pytest.raises(Refused, match="nothing to review"):
        export_corpus(empty, tmp_path / "no.xlsx", "xlsx-review")
    assert not (tmp_path / "no.xlsx").exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_saved_by_libreoffice(project: Project, book: Path, filled: Fill, tmp_path: Path) -> None:
    untouched = by_libreoffice(book, tmp_path / "lo")
    assert came(project, untouched).found.untouched == 4
    sheet = load_workbook(untouched)["Conflicts"]
    rules = [each.formula1 for each in sheet.data_validations.dataValidation]
    assert any("OFFSET" in rule and "MATCH" in rule for rule in rules), "the drop-down is still there"
    path = by_libreoffice(filled({2: {D: "B", "Note": "dòng 1\ndòng 2"}, 3: {D: "own", L: "DATE"}}), tmp_path / "lo2")
    result = came(project, path)
    assert left(result) == []
    assert stored(project) == [("TITLE", 22, 36), ("DATE", 66, 70)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_works_out_the_drop_down_of_each_row(book: Path, tmp_path: Path) -> None:
    def ask(sheet: Sheet) -> None:
        (formula,) = (
            each.formula1 for each in sheet.data_validations.dataValidation if each.formula1.startswith("OFFSET")
        )
        letter = sheet.cell(1, column(sheet, "Possible answers")).column_letter
        for row in range(2, 6):
            here = formula.replace(f"${letter}2", f"${letter}{row}")
            for number in range(1, 10):
                sheet.cell(row, 30 + number).value = f'=IFERROR(INDEX({here},1,{number}),"")'

    asked = by_libreoffice(edited(book, tmp_path / "asked.xlsx", ask), tmp_path / "lo")
    sheet = load_workbook(asked, data_only=True)["Conflicts"]
    for row in range(2, 6):
        offered = [sheet.cell(row, 30 + number).value for number in range(1, 10)]
        assert ", ".join(filter(None, offered)) == sheet.cell(row, column(sheet, "Possible answers")).value
