"""LibreOffice shows the same cells, and keeps texts, keys and fingerprints when it saves the file."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from annotations.entries import RegistryEntry
from annotations.report import Entity
from exports.protocol import Options
from exports.xlsx import Workbook, row_fingerprint
from exports.xlsx.columns import SHEETS, fingerprinted

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
# Separator, quote, UTF-8, from line 1, …, every sheet to a file of its own.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
HOSTILE = [
    "05-NQ/TW",
    "1/3",
    "007",
    "1e5",
    "=1+1",
    "+84",
    "-1",
    "@x",
    "_x0041_",
    "hai\ndòng",
    " rìa ",
    "😀 ắ & <b>",
    "\t=1",
]


def _convert(source: Path, kind: str, folder: Path) -> None:
    subprocess.run(
        [
            *(str(SOFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--convert-to", kind, "--outdir", str(folder), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


@pytest.fixture
def workbook(tmp_path: Path, reports: Any, one_report: Callable[..., Any], corpus_of: Callable[..., Any]) -> Path:
    entities = tuple(
        Entity(f"e{n}", "ORG", n, n + 1, note=text, attributes={"canonical": text}) for n, text in enumerate(HOSTILE)
    )
    hostile = one_report("x" * len(HOSTILE), *entities, title="=cmd|' /C calc'!A0", source="5-3-2024")
    hostile = replace(hostile, report=replace(hostile.report, id="h", name="h.txt"))
    path = tmp_path / "book.xlsx"
    entries = tuple(RegistryEntry(f"o{n}", "ORG", text) for n, text in enumerate(HOSTILE))
    Workbook().write(replace(corpus_of(*reports, hostile), registry=entries), path, Options(language="vi"))
    return path


def _cells(path: Path, sheet: str) -> list[list[str]]:
    book = load_workbook(path, rich_text=True)
    return [["" if value is None else str(value) for value in row] for row in book[sheet].iter_rows(values_only=True)]


def test_libreoffice_shows_the_same_cells(workbook: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    _convert(workbook, CSV, folder)
    sheets = load_workbook(workbook, read_only=True).sheetnames
    assert sheets == list(SHEETS)
    for sheet in sheets:
        with (folder / f"book-{sheet}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file)) == _cells(workbook, sheet), sheet


def test_a_file_saved_by_libreoffice_keeps_texts_keys_and_links(workbook: Path, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    _convert(workbook, "xlsx:Calc MS Excel 2007 XML", folder)
    book = load_workbook(folder / "book.xlsx")
    for sheet in book.sheetnames:
        for place, column in enumerate(SHEETS[sheet]):
            ((on, cell),) = book.defined_names[f"chugiai.{sheet.lower()}.{column.key}"].destinations
            assert (on, book[sheet][cell].column) == (sheet, place + 1)
    for sheet in ("Reports", "Entities", "Relations"):
        keys = [column.key for column in SHEETS[sheet]]
        for cells in book[sheet].iter_rows(min_row=2):
            row = dict(zip(keys, cells, strict=False))
            texts = {key: str(row[key].value or "") for key in fingerprinted(SHEETS[sheet])}
            assert row_fingerprint(texts) == row["row_fingerprint"].value, texts
            assert all(cell.number_format == "@" for cell in cells if isinstance(cell.value, str))
            assert all(cell.data_type != "f" for cell in cells)
    assert book["Entities"]["A2"].hyperlink.location in ("Reports!A2", "Reports.A2", "#Reports.A2")
    assert book["Entities"].auto_filter.ref
    assert {prop.name for prop in book.custom_doc_props.props} >= {"chugiai.workbook", "chugiai.schema"}
