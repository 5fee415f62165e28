"""CSV and TSV: the rows are those of the corpus, nothing in them is a formula, LibreOffice shows the Vietnamese as it is."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from annotations.corpus import Corpus, LabelledReport
from annotations.report import AnnotationSet, Entity, Relation, Report, Status
from exports.csv_tables import DANGEROUS, CsvTables, guarded
from exports.protocol import ExportSummary, Options
from exports.tokens import UNLABELLED
from exports.xlsx.text import CUT, REPLACED
from tests.exports.random_corpora import corpora, corpus_of

SOFFICE = shutil.which("soffice")
TEXT = "Ông Lê A, Bí thư Tỉnh ủy; =1+1\n“Nghị quyết” 05-NQ/TW"
ENTITIES = (
    Entity("e1", "OFFICIAL", 4, 8, attributes={"canonical": "Lê Văn A", "tự do": "x"}, note="-1", entry="q"),
    Entity("e2", "TITLE", 10, 24, ((10, 16), (17, 24)), attributes={"status": "former"}, confidence=0.25, by="r"),
    Entity("e3", "RESOLUTION", 26, 30, note="dòng\nhai"),
    Entity("e4", "RESOLUTION", 44, 52, note="'"),
)
RELATIONS = (Relation("r1", "holds_title", "e1", "e2", {"a": "b"}, note="@x"),)
REPORT = Report("id1", "+xã.txt", TEXT, "=cmd|' /C calc'!A0", "2021", "Báo", "Hà Nam")
LABELS = AnnotationSet("Lan", Status.DONE, ENTITIES, RELATIONS)
Rows = list[dict[str, str]]


def corpus(*sets: AnnotationSet) -> Corpus:
    return corpus_of([LabelledReport(REPORT, sets or (LABELS,))])


def tables(made: Corpus, options: Options | None = None) -> tuple[dict[str, Rows], dict[str, str], ExportSummary]:
    """The rows of each file, and its text."""
    with tempfile.TemporaryDirectory() as folder:
        summary = CsvTables().write(made, Path(folder, "out.zip"), options or Options())
        with zipfile.ZipFile(Path(folder, "out.zip")) as packed:
            raw = {name: packed.read(name).decode() for name in packed.namelist()}
    delimiter = ";" if options and options.language == "vi" else ","
    rows = {}
    for name, text in raw.items():
        parted = "\t" if name.endswith(".tsv") else delimiter
        rows[name] = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=parted))
    return rows, raw, summary


def test_rows_for_machines() -> None:
    rows, raw, summary = tables(corpus())
    assert sorted(rows) == ["entities.csv", "entities.tsv", "relations.csv", "relations.tsv"]
    first, second, third, _ = rows["entities.tsv"]
    assert {key: first[key] for key in ("report", "report_id", "title", "annotator", "adjudicated", "status")} == {
        "report": "+xã.txt",
        "report_id": "id1",
        "title": "=cmd|' /C calc'!A0",
        "annotator": "Lan",
        "adjudicated": "",
        "status": "done",
    }
    assert [first[key] for key in ("id", "label", "text", "start", "end", "fragments")] == [
        *("e1", "OFFICIAL", "Lê A", "4", "8", ""),
    ]
    assert (first["attr_canonical"], json.loads(first["other_attributes"])) == ("Lê Văn A", {"tự do": "x"})
    assert (first["note"], first["entry"]) == ("-1", "q")
    assert (second["fragments"], second["text"], second["attr_status"]) == ("10-16;17-24", "Bí thư Tỉnh ủy", "former")
    assert (second["confidence"], second["by"]) == ("0.25", "r")
    assert (third["text"], third["note"]) == ("=1+1", "dòng\nhai")
    assert first["sentence"] == "Ông Lê A, Bí thư Tỉnh ủy; =1+1"
    (relation,) = rows["relations.tsv"]
    assert [relation[key] for key in ("id", "type", "source_id", "source_text", "target_label", "target_end")] == [
        *("r1", "holds_title", "e1", "Lê A", "TITLE", "24"),
    ]
    assert relation["source"] == "Báo"
    assert not raw["entities.tsv"].startswith("\ufeff")
    assert (summary.entities, summary.relations, summary.left_out) == (4, 1, {})


@pytest.mark.parametrize("language", ["en", "vi"])
def test_rows_for_spreadsheets(language: str) -> None:
    rows, raw, _ = tables(corpus(), Options(language=language))
    assert raw["entities.csv"].startswith('\ufeff"report";' if language == "vi" else '\ufeff"report",')
    for name in ("entities", "relations"):
        for safe, plain in zip(rows[f"{name}.csv"], rows[f"{name}.tsv"], strict=True):
            assert {key: value.removeprefix("'") for key, value in safe.items()} == plain
            assert not any(value.startswith(DANGEROUS) for value in safe.values())
    assert [row["text"] for row in rows["entities.csv"]] == ["Lê A", "Bí thư Tỉnh ủy", "'=1+1", "05-NQ/TW"]
    assert [row["note"] for row in rows["entities.csv"]] == ["'-1", "", "dòng\nhai", "''"]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.sampled_from([mark + "x" for mark in DANGEROUS])
)
def test_the_guard_can_be_taken_away(value: str) -> None:
    safe = guarded(value)
    assert not safe.startswith(DANGEROUS)
    assert (safe[1:] if safe.startswith("'") else safe) == value


@settings(deadline=None, max_examples=50)
@given(corpora())
def test_every_label_has_its_row(made: Corpus) -> None:
    rows, _, summary = tables(made)
    wanted = [(one, labels) for one in made for labels in one.sets]
    assert [(row["report_id"], row["id"], row["text"]) for row in rows["entities.tsv"]] == [
        (one.report.id, entity.id, entity.surface(one.report.text))
        for one, labels in wanted
        for entity in labels.entities
    ]
    assert [(row["id"], row["type"], row["source_id"], row["target_id"]) for row in rows["relations.tsv"]] == [
        (relation.id, relation.type, relation.source, relation.target)
        for _, labels in wanted
        for relation in labels.relations
    ]
    assert [row["note"] for row in rows["entities.tsv"]] == [
        entity.note or "" for _, labels in wanted for entity in labels.entities
    ]
    assert not any(value.startswith(DANGEROUS) for row in rows["entities.csv"] for value in row.values())
    assert summary.left_out.get(UNLABELLED, 0) == sum(not one.sets for one in made)


def test_what_a_cell_cannot_hold_is_cut_in_the_sheet_alone() -> None:
    labels = replace(LABELS, entities=(replace(ENTITIES[0], note="x" * 200_000), replace(ENTITIES[1], note="\x01")))
    rows, _, summary = tables(corpus(replace(labels, relations=())))
    assert [len(row["note"]) for row in rows["entities.tsv"]] == [200_000, 1]
    assert "cut: 16" in rows["entities.csv"][0]["note"]
    assert rows["entities.csv"][1]["note"] == "\ufffd"
    assert summary.left_out == {CUT: 1, REPLACED: 1}


def test_the_review_says_so_and_a_folder_holds_the_same(tmp_path: Path) -> None:
    made = corpus(LABELS, replace(LABELS, annotator=None, adjudicated=True))
    CsvTables().write(made, tmp_path / "out")
    CsvTables().write(made, tmp_path / "out", Options(force=True))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out"]
    found = list(csv.DictReader((tmp_path / "out" / "relations.tsv").open(encoding="utf-8"), delimiter="\t"))
    assert [(row["annotator"], row["adjudicated"]) for row in found] == [("Lan", ""), ("", "true")]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("language", ["en", "vi"])
def test_libreoffice_opens_it_with_vietnamese_and_without_formulas(language: str, tmp_path: Path) -> None:
    CsvTables().write(corpus(), tmp_path / "out", Options(language=language))
    subprocess.run(
        [
            *(str(SOFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"),
            # Comma or semicolon, quotes, UTF-8, from line 1: what its import window finds by the byte order mark.
            f"--infilter=Text - txt - csv (StarCalc):{59 if language == 'vi' else 44},34,76,1,,0,false,true",
            *(
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                str(tmp_path),
                str(tmp_path / "out" / "entities.csv"),
            ),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    sheet = load_workbook(tmp_path / "entities.xlsx").active
    assert sheet is not None
    cells = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    with (tmp_path / "out" / "entities.csv").open(encoding="utf-8-sig", newline="") as file:
        assert cells == list(csv.reader(file, delimiter=";" if language == "vi" else ","))
