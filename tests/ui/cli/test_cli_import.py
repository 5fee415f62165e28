"""``chugiai import``: what comes in, what is refused, what is said."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from command_line import chugiai, done
from label_files import TEXT, entity, record, write_records

from model.owner import computer


def exported(project: Path) -> list[dict[str, Any]]:
    """All records of the project."""
    import json

    out = project.with_suffix(".out.jsonl")
    done("export", project, out, "--format", "jsonl", "--all", "--force")
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def names(project: Path) -> list[str]:
    return [found["name"] for found in exported(project)]


def test_a_folder_comes_in_with_all_it_holds(project: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "2021").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("Sáng 26/4, Tỉnh uỷ họp.", "utf-8")
    (tmp_path / "in" / "2021" / "b.html").write_text("<p>Chiều 27/4, Huyện uỷ họp.</p>", "utf-8")
    write_records(tmp_path / "in" / "c.jsonl", record("c"))
    said = done("import", project, tmp_path / "in")
    assert names(project) == ["2021/b.html", "a.txt", "c"]
    assert said.out.splitlines()[-1].startswith("Files: 3, refused: 0. Reports added: 3,")


def test_the_real_reports(project: Path, real_reports: list[Path]) -> None:
    done("import", project, real_reports[0].parent)
    first, second = exported(project)
    assert first["date"] == "2021-04-29"
    assert first["source"] == "Báo Hà Nam"
    assert first["title"].startswith("BTV Tỉnh ủy họp đánh giá kết quả công tác quý I")
    assert second["date"] == "2020-10"
    assert second["source"] == ""
    assert second["title"] == "Hội nghị lần thứ hai Ban Chấp hành Đảng bộ tỉnh khóa XX"
    for path, stored in zip(real_reports, (first, second), strict=True):
        assert stored["text"] == path.read_text("utf-8-sig")


def test_a_path_that_is_not_there_is_refused_and_the_others_are_in(project: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sáng 26/4, Tỉnh uỷ họp.", "utf-8")
    said = chugiai("import", project, tmp_path / "nothing", tmp_path / "a.txt")
    assert "nothing does not exist" in said.refusal
    assert names(project) == ["a.txt"]


def test_a_folder_without_files_is_refused(project: Path, tmp_path: Path) -> None:
    (tmp_path / "empty" / "inner").mkdir(parents=True)
    assert "holds no files" in chugiai("import", project, tmp_path / "empty").refusal


def test_a_folder_without_readable_files_is_refused_file_by_file(project: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "in" / "b.exe").write_bytes(b"MZ")
    said = chugiai("import", project, tmp_path / "in")
    assert said.status == 1
    assert [line.split(" was refused")[0][-5:] for line in said.err.splitlines()] == ["a.png", "b.exe"]


def test_an_unreadable_file_among_good_ones(project: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sáng 26/4, Tỉnh uỷ họp.", "utf-8")
    (tmp_path / "b.docx").write_bytes(b"no document")
    (tmp_path / "c.txt").write_bytes(b"")
    write_records(tmp_path / "d.jsonl", record("d"), {**record("e"), "entities": "none"})
    write_records(tmp_path / "f.jsonl", record("f", text=TEXT + "!"))
    said = chugiai("import", project, *(tmp_path / name for name in ("a.txt", "b.docx", "c.txt", "d.jsonl", "f.jsonl")))
    assert said.status == 1
    assert len(said.err.splitlines()) == 3
    assert "d.jsonl, line 2" in said.err
    assert names(project) == ["a.txt", "f"]


def test_the_same_again_is_said_and_not_doubled(project: Path, tmp_path: Path) -> None:
    plain = tmp_path / "a.txt"
    plain.write_text("Sáng 26/4, Tỉnh uỷ họp.", "utf-8")
    labelled = write_records(tmp_path / "b.jsonl", record("b"))
    done("import", project, plain, labelled)
    before = exported(project)
    said = done("import", project, plain, labelled, "--json")
    assert [file["status"] for file in said.json["files"]] == ["known", "known"]
    assert said.json["totals"]["known"] == 1
    assert said.json["totals"]["unchanged"] == 1
    assert "known already: 1" in done("import", project, plain).out
    assert exported(project) == before


def test_the_same_text_in_another_form_is_the_same(project: Path, tmp_path: Path) -> None:
    import unicodedata

    text = "Sáng 26/4\nTỉnh uỷ họp."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_bytes(unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode("utf-16"))
    said = done("import", project, tmp_path / "a.txt", tmp_path / "b.txt", "--json")
    assert said.json["totals"]["added"] == 1
    assert said.json["totals"]["known"] == 1


def test_other_labels_are_refused_unless_they_are_to_replace(project: Path, tmp_path: Path) -> None:
    first = write_records(tmp_path / "first.jsonl", record())
    other = write_records(tmp_path / "other.jsonl", record(entities=[entity("e1", "ORG", "Tỉnh uỷ")], relations=[]))
    done("import", project, first)
    before = exported(project)
    assert "--replace" in chugiai("import", project, other).refusal
    assert exported(project) == before
    said = done("import", project, other, "--replace", "--json")
    assert said.json["totals"]["replaced"] == 1
    assert [found["label"] for found in exported(project)[0]["entities"]] == ["ORG"]


def test_the_annotator_of_a_record_wins(project: Path, tmp_path: Path) -> None:
    file = write_records(tmp_path / "a.jsonl", record("a", "lan"), record("b", None, text=TEXT + "!"))
    done("import", project, file, "--annotator", "Minh")
    assert [(found["name"], found["annotator"]) for found in exported(project)] == [("a", "lan"), ("b", "Minh")]


def test_labels_of_nobody_are_refused(project: Path, tmp_path: Path) -> None:
    file = write_records(tmp_path / "a.jsonl", record(annotator=None))
    assert "--annotator" in chugiai("import", project, file).refusal
    assert names(project) == []


def test_an_annotator_needs_a_name(project: Path, tmp_path: Path) -> None:
    file = write_records(tmp_path / "a.jsonl", record(annotator=None))
    assert "needs a name" in chugiai("import", project, file, "--annotator", " ").refusal


def test_an_unknown_label_is_named(project: Path, tmp_path: Path) -> None:
    file = write_records(tmp_path / "a.jsonl", record(entities=[entity("e1", "SHIP", "Tỉnh uỷ")], relations=[]))
    refusal = chugiai("import", project, file).refusal
    assert "SHIP" in refusal
    assert "a.jsonl, line 1" in refusal


def test_an_unknown_format_is_answered_with_the_known_ones(project: Path, tmp_path: Path) -> None:
    file = write_records(tmp_path / "a.jsonl", record())
    said = chugiai("import", project, file, "--format", "xml")
    assert all(name in said.err for name in ("xml", "plain", "jsonl", "brat"))
    assert said.status == 2


def test_format_overrides_what_a_file_seems_to_be(project: Path, tmp_path: Path) -> None:
    file = write_records(tmp_path / "labels.txt", record("a"))
    done("import", project, file, "--format", "jsonl")
    assert names(project) == ["a"]
    assert "labels.txt" in done("import", project, file, "--format", "plain", "--json").json["files"][0]["path"]
    assert names(project) == ["a", "labels.txt"]


def test_json_says_of_each_file_what_happened(project: Path, tmp_path: Path) -> None:
    good = write_records(tmp_path / "a.jsonl", record())
    bad = write_records(tmp_path / "b.jsonl", record("b", annotator=None, text=TEXT + "!"))
    said = chugiai("import", project, good, bad, "--json")
    assert said.status == 1
    first, second = said.json["files"]
    keys = ("path", "status", "added", "known", "labelled", "unchanged", "replaced", "entities", "relations", "reason")
    assert [first[key] for key in keys] == [str(good), "imported", 1, 0, 1, 0, 0, 2, 1, None]
    assert [second[key] for key in keys[:-1]] == [str(bad), "refused", 0, 0, 0, 0, 0, 0, 0]
    assert "--annotator" in second["reason"]
    assert said.json["totals"]["files"] == 2
    assert said.json["totals"]["refused"] == 1


def test_an_edited_workbook_comes_back(project: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    done("import", project, write_records(tmp_path / "a.jsonl", record()))
    book = tmp_path / "a.xlsx"
    done("export", project, book, "--format", "xlsx")
    assert "as they were: 4" in done("import", project, book).out
    refused = chugiai("import", project, book, "--format", "plain").refusal
    assert "is a workbook that Chú Giải exported, not reports" in refused

    edited = load_workbook(book)
    reports, entities = edited["Reports"], edited["Entities"]
    reports["B2"] = "Tiêu đề mới"
    entities["D2"] = "NOBODY"
    edited.save(book)
    said = chugiai("import", project, book)
    assert said.status == 1
    assert "the schema has no label NOBODY" in said.err
    assert "Entities, row 2" in said.err
    assert "→ “Tiêu đề mới”" in said.out
    again = chugiai("import", project, book, "--json")
    assert (again.json["files"][0]["status"], again.json["files"][0]["workbook"]["known"]) == ("known", 1)
    assert [left["row"] for left in again.json["files"][0]["workbook"]["left"]] == [2]
    assert len(names(project)) == 1


def test_another_workbook_is_no_edited_one(project: Path, tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "b.xlsx")
    assert (
        "is no workbook that Chú Giải exported"
        in chugiai("import", project, tmp_path / "b.xlsx", "--format", "xlsx").refusal
    )


def test_into_a_project_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sáng 26/4, Tỉnh uỷ họp.", "utf-8")
    assert "There is no project" in chugiai("import", tmp_path / "x.chugiai", tmp_path / "a.txt").refusal
    assert not (tmp_path / "x.chugiai").exists()


def test_while_another_import_runs(project: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sáng 26/4, Tỉnh uỷ họp.", "utf-8")
    with closing(sqlite3.connect(project)) as connection, subprocess.Popen(["sleep", "60"]) as other:
        fields = Path(f"/proc/{other.pid}/stat").read_text().rpartition(")")[2].split()
        connection.execute(
            "INSERT INTO action (action_id, at, kind, title, title_values, state, owner, payload) "
            "VALUES ('other', '', 'do', 'Import', '{}', 'pending', ?, '{}')",
            (f"{computer()}:{other.pid}:{fields[19]}",),
        )
        connection.commit()
        assert "is running" in chugiai("import", project, tmp_path / "a.txt").refusal
        other.kill()
    done("import", project, tmp_path / "a.txt")
    assert names(project) == ["a.txt"]
