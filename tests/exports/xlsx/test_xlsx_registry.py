"""The sheets of the registry: who is in it, who held which post, by first and last evidence."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from annotations.changes import AddEntity, AddRelations, SetEntityEntry, SetFacts, Together
from annotations.corpus import ImportedRecord
from annotations.entries import RegistryEntry
from annotations.report import Entity, Relation, Report
from exports.xlsx.exporter import Workbook
from model.bulk import ImportBatch
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.workspace import Workspace

PEOPLE = {"p1": "Lê Thị Thủy", "p2": "Trương Quốc Huy"}


def make(project: Project, dated: list[tuple[str, str]]) -> None:
    """A report for each (person, date), labelled and linked by lan."""
    reports = [
        Report(
            f"r{at}",
            f"{at}.txt",
            f"Bản tin {at}. Đồng chí {PEOPLE[who]}, Bí thư Tỉnh ủy, dự.",
            date=date,
            locality="Hà Nam",
        )
        for at, (who, date) in enumerate(dated)
    ]
    with ImportBatch.open(project) as batch:
        for one in reports:
            batch.add(one.name, ImportedRecord(one, one.name))
        batch.publish()
    lan = Workspace(project, "lan")
    entries = (
        RegistryEntry("p1", "OFFICIAL", PEOPLE["p1"], ("Bà Thủy",)),
        RegistryEntry("p2", "OFFICIAL", PEOPLE["p2"]),
    )
    merged = RegistryEntry("p3", "OFFICIAL", "Thủy Lê", same_as="p1")
    lan.apply(SetFacts(tuple(one.fact() for one in (*entries, merged)), "Add"))
    for one, (who, _) in zip(reports, dated, strict=True):
        at, title = one.text.index(PEOPLE[who]), one.text.index("Bí thư")
        lan.apply(AddEntity(one.id, Entity("e", "OFFICIAL", at, at + len(PEOPLE[who]))))
        lan.apply(AddEntity(one.id, Entity("t", "TITLE", title, title + len("Bí thư Tỉnh ủy"))))
        lan.apply(AddRelations(one.id, (Relation("r", "holds_title", "e", "t"),)))
        lan.apply(Together((SetEntityEntry(one.id, ("e",), "p3" if one.id == "r0" else who),), "Link"))


def sheets(project: Project, tmp_path: Path) -> dict[str, list[dict[str, object]]]:
    out = tmp_path / "out.xlsx"
    Workbook().write(corpus(project, Selection("lan")), out)
    found = {}
    for sheet in load_workbook(out).worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return found


def test_entries_and_posts_with_their_evidence(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.chugiai") as project:
        make(project, [("p1", "2020-10-01"), ("p1", "2021-04-29"), ("p2", "2021-06-01"), ("p2", "")])
        found = sheets(project, tmp_path)
    thuy, huy = found["Registry"]
    assert [
        thuy[name] for name in ("Name", "Other names", "Mentions", "First evidence", "Last evidence", "Merged entries")
    ] == [
        "Lê Thị Thủy",
        "Bà Thủy; Thủy Lê",
        2,
        "2020-10-01",
        "2021-04-29",
        "p3",
    ]
    assert (huy["Mentions"], huy["First evidence"], huy["Last evidence"]) == (2, "2021-06-01", "2021-06-01")
    first, second = found["Posts"]
    assert first["Post"] == second["Post"] == "Bí thư Tỉnh ủy Hà Nam"
    assert (first["Official"], first["Last sentence"]) == ("Lê Thị Thủy", "Đồng chí Lê Thị Thủy, Bí thư Tỉnh ủy, dự.")
    assert first["Until the next holder"] == "nobody named between 2021-04-29 and 2021-06-01"
    assert (second["Official"], second["Until the next holder"]) == ("Trương Quốc Huy", None)


def test_without_links_there_are_no_such_sheets(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.chugiai") as project:
        Workspace(project, "lan")
        with ImportBatch.open(project) as batch:
            batch.add("a", ImportedRecord(Report("r", "a", "Lê Thị Thủy"), "a"))
            batch.publish()
        Workspace(project, "lan").apply(AddEntity("r", Entity("e", "OFFICIAL", 0, 11)))
        assert list(sheets(project, tmp_path)) == ["Reports", "Entities", "Relations", "Officials", "Codebook", "About"]
