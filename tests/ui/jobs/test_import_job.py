"""The import job: sources, edits, mappings, cancel, brat collections, who acts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from label_files import TEXT, record, write_corpus, write_records

from annotations.errors import Cancelled, Refused
from annotations.report import Report
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.queries.search import index_waiting, search
from model.workspace import Workspace
from ui.jobs.importing import ImportSummary, import_files
from ui.jobs.preview import preview, save_preview


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An empty project."""
    with Project.create(tmp_path / "project.chugiai") as made:
        yield made


def reports(project: Project) -> list[Report]:
    return [labelled.report for labelled in corpus(project, Selection(everything=True))]


def rows(project: Project) -> dict[str, int]:
    """How many rows the tables have that an import writes to."""
    tables = ("report", "report_text", "annotation_set", "entity", "relation", "action", "search_docsize")
    with closing(sqlite3.connect(project.path)) as connection:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def outcome(summary: ImportSummary) -> dict[str, str]:
    """File name → what happened."""
    return {file.path.name: file.status for file in summary.files}


def brat(folder: Path, name: str, text: str = TEXT, word: str = "Tỉnh uỷ", label: str = "ORG") -> None:
    """A pair of files with one entity."""
    folder.mkdir(exist_ok=True, parents=True)
    start = text.index(word)
    (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / f"{name}.ann").write_text(f"T1\t{label} {start} {start + len(word)}\t{word}\n", "utf-8")


class StopAt:
    """A progress that is cancelled at one of its calls."""

    def __init__(self, call: int) -> None:
        self.left = call

    def __call__(self, done: int, total: int, what: str) -> None:
        self.left -= 1
        if not self.left:
            raise Cancelled


@pytest.mark.parametrize("call", [1, 70, 140, 151])
def test_cancelling_leaves_the_project_as_it_was(project: Project, tmp_path: Path, call: int) -> None:
    before = rows(project)
    file = write_corpus(tmp_path / "a.jsonl", 150, 4, 2)
    with pytest.raises(Cancelled):
        import_files(project, [file], progress=StopAt(call))
    assert rows(project) == before
    assert import_files(project, [file]).total("added") == 150


def test_cancelling_the_indexing_comes_too_late_and_the_rest_is_indexed_later(project: Project, tmp_path: Path) -> None:
    file = write_corpus(tmp_path / "a.jsonl", 60, 4, 2)
    assert import_files(project, [file], progress=StopAt(62)).total("added") == 60
    with project.reading() as connection:
        assert index_waiting(connection)
    import_files(project, [write_records(tmp_path / "b.jsonl", record())])
    with project.reading() as connection:
        assert not index_waiting(connection)


def test_progress_grows_to_its_total(project: Project, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    file = write_corpus(tmp_path / "a.jsonl", 30, 2, 1)
    import_files(project, [file], progress=lambda *call: told.append(call))
    importing = [call[:2] for call in told if call[2] == "Importing"]
    assert importing == [(number, 30) for number in range(1, 31)]
    assert told[-1][0] == told[-1][1] == 30


def test_what_comes_in_can_be_searched(project: Project, tmp_path: Path) -> None:
    import_files(project, [write_records(tmp_path / "a.jsonl", record())])
    with project.reading() as connection:
        (hit,) = search(connection, "hoi nghi tinh uy").rows
    assert TEXT[hit.start : hit.end] == "Hội nghị Tỉnh uỷ"


def test_corrections_of_the_preview_are_applied(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sáng 26/4, Tỉnh uỷ họp.", "utf-8")
    (row,) = preview([tmp_path / "a.txt"])
    values = {"source": "Báo Hà Nam", "date": "2021-04-27", "title": "Tỉnh uỷ họp"}
    import_files(
        project, [tmp_path / "a.txt"], edits={(row.file, row.name): values, (row.file, "other"): {"title": "x"}}
    )
    (report,) = reports(project)
    assert {name: getattr(report, name) for name in values} == values
    assert report.text == "Sáng 26/4, Tỉnh uỷ họp."


def test_only_metadata_can_be_corrected(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sáng 26/4, Tỉnh uỷ họp.", "utf-8")
    with pytest.raises(ValueError, match="text"):
        import_files(project, [tmp_path / "a.txt"], edits={(tmp_path / "a.txt", "a.txt"): {"text": "x"}})
    assert rows(project)["report"] == 0


def test_columns_of_a_spreadsheet_are_mapped_by_file(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x;y\nTin;Sáng 26/4 Tỉnh uỷ họp.\n", "utf-8")
    (tmp_path / "b.csv").write_text("title,text\nTin,Chiều 27/4 Huyện uỷ họp.\n", "utf-8")
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    assert outcome(import_files(project, paths)) == {"a.csv": "refused", "b.csv": "imported"}
    mapping = {paths[0]: {"title": "x", "text": "y"}}
    assert outcome(import_files(project, paths, mapping=mapping)) == {"a.csv": "imported", "b.csv": "known"}
    assert sorted(report.title for report in reports(project)) == ["Tin", "Tin"]


def test_the_source_of_a_report_is_kept(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Sáng 26/4, Tỉnh uỷ họp.".encode("utf-16"))
    import_files(project, [tmp_path / "a.txt"])
    (report,) = reports(project)
    assert report.metadata["source_path"] == str(tmp_path / "a.txt")
    assert "16" in str(report.metadata["encoding"])


def test_whoever_acts_can_undo_the_whole_import(project: Project, tmp_path: Path) -> None:
    file = write_corpus(tmp_path / "a.jsonl", 5, 4, 2)
    import_files(project, [file], actor="lan")
    workspace = Workspace(project, "lan")
    assert workspace.undo_name() == ("Import {count} files", {"count": 1})
    workspace.undo()
    assert reports(project) == []
    workspace.redo()
    assert len(reports(project)) == 5


def test_an_import_by_nobody_is_undone_by_nobody(project: Project, tmp_path: Path) -> None:
    import_files(project, [write_records(tmp_path / "a.jsonl", record())], annotator="lan")
    assert Workspace(project, "lan").undo_name() is None


def test_nothing_new_leaves_no_entry_in_the_history(project: Project, tmp_path: Path) -> None:
    file = write_records(tmp_path / "a.jsonl", record())
    import_files(project, [file])
    before = rows(project)
    import_files(project, [file, tmp_path / "nothing"])
    assert rows(project) == before


# brat


def test_a_brat_folder_with_other_files_in_it(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    brat(folder / "lan", "a")
    brat(folder, "b", TEXT + "!")
    (folder / "annotation.conf").write_text("[entities]\nORG\n", "utf-8")
    (folder / "c.txt").write_bytes("Sáng 26/4, Thị uỷ họp.".encode("utf-16"))
    (folder / "d.html").write_text("<p>Chiều 27/4, Huyện uỷ họp.</p>", "utf-8")
    summary = import_files(project, [folder], annotator="lan")
    assert outcome(summary) == dict.fromkeys(("a.ann", "b.ann", "c.txt", "d.html"), "imported")
    assert summary.total("labelled") == 2
    assert sorted(report.name for report in reports(project)) == ["b.txt", "c.txt", "d.html", "lan/a.txt"]


def test_a_bad_pair_is_refused_alone(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for number, name in enumerate(("a", "b", "c", "d")):
        brat(folder, name, TEXT + str(number))
    (folder / "b.ann").write_text("T1\tORG 900 910\tTỉnh uỷ\n", "utf-8")
    brat(folder, "d", TEXT + "d", label="SHIP")
    (folder / "e.ann").write_text("", "utf-8")
    summary = import_files(project, [folder], annotator="lan")
    wanted = {"a.ann": "imported", "b.ann": "refused", "c.ann": "imported", "d.ann": "refused", "e.ann": "refused"}
    assert outcome(summary) == wanted
    assert sorted(report.name for report in reports(project)) == ["a.txt", "c.txt"]


def test_brat_said_takes_every_text_of_the_folder(project: Project, tmp_path: Path) -> None:
    brat(tmp_path / "in", "a")
    (tmp_path / "in" / "b.txt").write_text("Sáng 26/4, Tỉnh uỷ họp.", "utf-8")
    summary = import_files(project, [tmp_path / "in"], annotator="lan", format="brat")
    assert outcome(summary) == {"a.ann": "imported", "b.txt": "imported"}


def test_brat_said_of_a_folder_without_any_text(project: Project, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").write_bytes(b"\x89PNG")
    (file,) = import_files(project, [tmp_path / "in"], format="brat").files
    assert "holds no reports" in str(file.refused)


def test_a_native_file_called_like_a_sidecar_is_taken_and_the_pairs_beside_it_say_why_not(
    project: Project, tmp_path: Path
) -> None:
    brat(tmp_path / "in", "a")
    write_records(tmp_path / "in" / "reports.jsonl", record("b", text=TEXT + "!"))
    summary = import_files(project, [tmp_path / "in"], annotator="lan")
    assert outcome(summary) == {"a.ann": "refused", "reports.jsonl": "imported"}


def test_the_same_file_given_twice_comes_once(project: Project, tmp_path: Path) -> None:
    file = write_records(tmp_path / "a.jsonl", record())
    assert len(import_files(project, [file, tmp_path / "a.jsonl", file]).files) == 1


def test_an_empty_file_of_labels_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n\n", "utf-8")
    (file,) = import_files(project, [tmp_path / "a.jsonl"]).files
    assert "holds no reports" in str(file.refused)


def test_a_file_that_is_no_json_lines_says_where(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{\n", "utf-8")
    (file,) = import_files(project, [tmp_path / "a.jsonl"]).files
    assert "a.jsonl, line 1" in str(file.refused)


def test_an_unknown_format_changes_nothing(project: Project, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no import format xml"):
        import_files(project, [tmp_path], format="xml")


# preview


def test_the_preview_shows_what_would_come_in(tmp_path: Path) -> None:
    (tmp_path / "Báo Hà Nam").mkdir()
    (tmp_path / "Báo Hà Nam" / "a.txt").write_text("Thứ 5 Ngày 29/04/2021\n\nTỉnh uỷ họp\n\nSáng nay họp.\n", "utf-8")
    write_records(tmp_path / "b.jsonl", record("b"))
    (tmp_path / "c.docx").write_bytes(b"no document")
    first, second, third = preview([tmp_path / "Báo Hà Nam", tmp_path / "b.jsonl", tmp_path / "c.docx"])
    assert (first.name, first.date, first.title) == ("a.txt", "2021-04-29", "Tỉnh uỷ họp")
    assert first.encoding == "utf-8"
    assert first.folders[0] == "Báo Hà Nam"
    assert "source" in first.doubts
    assert (second.name, second.kind, second.annotator, second.entities, second.relations) == (
        "b",
        "jsonl",
        "lan",
        2,
        1,
    )
    assert set(second.doubts) == {"title", "date", "source", "locality"}
    assert third.refused is not None


def test_the_preview_can_be_cancelled(tmp_path: Path) -> None:
    file = write_corpus(tmp_path / "a.jsonl", 5, 2, 1)
    rows = preview([file], progress=StopAt(3))
    assert [next(rows).name, next(rows).name] == ["000000.txt", "000001.txt"]
    next(rows)
    with pytest.raises(Cancelled):
        next(rows)


def test_the_preview_goes_to_excel_as_text(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    bad = record("=1+2", title="@SUM(A1)\x01", date="2021-04", text=TEXT)
    (tmp_path / "c.docx").write_bytes(b"no document")
    rows = list(preview([write_records(tmp_path / "a.jsonl", bad), tmp_path / "c.docx"]))
    save_preview(rows, tmp_path / "preview.xlsx")
    book = load_workbook(tmp_path / "preview.xlsx")
    header, first, second = book.active.iter_rows()
    assert [cell.value for cell in header][:3] == ["Name", "Title", "Date"]
    assert [(cell.value, cell.data_type) for cell in first][:3] == [
        ("=1+2", "s"),
        ("@SUM(A1)\ufffd", "s"),
        ("2021-04", "s"),
    ]
    assert "c.docx" in second[7].value
    with pytest.raises(Refused, match="exists already"):
        save_preview(rows, tmp_path / "preview.xlsx")
    save_preview(rows[:1], tmp_path / "preview.xlsx", force=True)
