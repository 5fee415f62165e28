"""Plain reports in: text, web pages, Word documents, spreadsheets. No labels here.

The door: ``find_files`` says what there is, ``read_file`` reads one of them, ``recognise`` reads
the metadata of a text, ``spreadsheet_columns`` shows what a spreadsheet's columns are taken for.
"""

from __future__ import annotations

from exports.plain.files import SUFFIXES, find_files, is_plain
from exports.plain.reader import read_file
from exports.plain.recognise import recognise
from exports.plain.report import FIELDS, Metadata, PlainReport
from exports.plain.table import spreadsheet_columns

__all__ = [
    "FIELDS",
    "SUFFIXES",
    "Metadata",
    "PlainReport",
    "find_files",
    "is_plain",
    "read_file",
    "recognise",
    "spreadsheet_columns",
]
