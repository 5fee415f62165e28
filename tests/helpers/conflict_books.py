"""Workbooks of conflicts in tests: filled in as colleagues do, with openpyxl or by LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Sheet = Any
"""A worksheet of openpyxl, which has no types."""


def column(sheet: Sheet, title: str) -> int:
    """The number of the column with this title, from 1."""
    return next(cell.column for cell in sheet[1] if cell.value == title)


def cells(path: Path, sheet: str = "Conflicts") -> list[dict[str, Any]]:
    """The rows below the titles, by title."""
    rows = list(load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def edited(path: Path, to: Path, edit: Callable[[Sheet], object]) -> Path:
    """The workbook with its sheet Conflicts edited, saved elsewhere."""
    book = load_workbook(path)
    edit(book["Conflicts"])
    book.save(to)
    return to


def fill(path: Path, to: Path, rows: Mapping[int, Mapping[str, str]]) -> Path:
    """The workbook with cells filled in: row number → title → value."""

    def edit(sheet: Sheet) -> None:
        for number, values in rows.items():
            for title, value in values.items():
                sheet.cell(number, column(sheet, title)).value = value

    return edited(path, to, edit)


def by_libreoffice(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    program = shutil.which("soffice")
    assert program is not None, "LibreOffice is there"
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=170, env={**os.environ, "HOME": str(folder)})
    return folder / path.name
