"""Formats of folders: whole or not at all, the same bytes for the same content, told apart by content."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotations.corpus import Corpus
from annotations.errors import Cancelled
from annotations.report import Entity, Relation
from exports.document_folder import ADJUDICATED
from exports.errors import FormatError
from exports.files import check_counts
from exports.formats import exporter, formats, recognise
from exports.protocol import Options
from tests.exports.same_labels import one_report

ROOT = Path(__file__).resolve().parents[3]
KEYS = ["xmi", "casjson", "webanno", "tacred", "docred", "csv"]
CORPUS = one_report(
    Entity("a", "OFFICIAL", 4, 8), Entity("b", "TITLE", 10, 16), relations=(Relation("r", "holds_title", "a", "b"),)
)


@pytest.mark.parametrize("key", KEYS)
def test_the_list_says_what_the_format_says(key: str) -> None:
    info = next(info for info in formats() if info.key == key)
    made = exporter(key)
    assert (made.key, made.title, made.suffix, made.folder) == (info.key, info.title, info.suffix, True)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_cancelled_leaves_nothing(key: str, name: str, tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        exporter(key).write(CORPUS, tmp_path / name, progress=cancel)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", KEYS)
def test_progress_counts_the_reports(key: str, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    exporter(key).write(CORPUS, tmp_path / "out", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]


@pytest.mark.parametrize("key", KEYS)
def test_the_same_content_is_the_same_bytes(key: str, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        exporter(key).write(CORPUS, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_an_existing_out_is_left_alone_without_force(key: str, name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    exporter(key).write(CORPUS, out)
    with pytest.raises(FormatError, match="exists already"):
        exporter(key).write(one_report(), out)
    summary = exporter(key).write(CORPUS, out, Options(force=True))
    assert (summary.path, summary.entities, summary.relations) == (out, 2, 1)
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("key", KEYS)
def test_a_folder_that_is_no_export_is_never_replaced(key: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(FormatError, match="no earlier export"):
        exporter(key).write(CORPUS, home, Options(force=True))
    assert [file.name for file in home.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("key", ["xmi", "casjson", "webanno"])
@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_told_apart_by_content(key: str, name: str, tmp_path: Path) -> None:
    exporter(key).write(CORPUS, tmp_path / name)
    assert recognise(tmp_path / name) == key
    if name == "out":
        (file,) = [file for file in (tmp_path / name).iterdir() if file.name != "TypeSystem.xml"]
        assert recognise(file) == key
        assert recognise(tmp_path / name / "TypeSystem.xml") is None


@pytest.mark.parametrize("key", ["tacred", "docred", "csv"])
def test_what_is_not_read_is_not_recognised(key: str, tmp_path: Path) -> None:
    exporter(key).write(CORPUS, tmp_path / "out.zip")
    assert recognise(tmp_path / "out.zip") is None


@pytest.mark.parametrize("key", KEYS)
def test_what_is_lost_on_the_way_to_the_disk_is_noticed(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("exports.document_folder", "exports.relation_json.write", "exports.csv_tables"):
        __import__(module)
        monkeypatch.setattr(f"{module}.check_counts", _one_less)
    with pytest.raises(FormatError, match="was not placed"):
        exporter(key).write(CORPUS, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def _one_less(path: Path, written: tuple[int, ...], found: tuple[int, ...]) -> None:
    check_counts(path, written, written)
    assert written == found
    check_counts(path, written, (*found[:-1], found[-1] - 1))


def test_the_readers_need_no_library_of_the_extras() -> None:
    code = (
        "import sys, exports.cas.xmi, exports.cas.casjson, exports.webanno.read, exports.csv_tables, exports.relation_json.write; "
        "print(*sorted({'cassis', 'lxml', 'openpyxl', 'underthesea', 'pandas'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert made.stdout.strip() == ""


def test_the_folder_of_the_review_is_no_annotators(tmp_path: Path) -> None:
    from dataclasses import replace

    (report,) = CORPUS
    sets = (replace(report.sets[0], annotator=ADJUDICATED), replace(report.sets[0], annotator=None, adjudicated=True))
    both = Corpus(CORPUS.schema, lambda: iter([replace(report, sets=sets)]), 1)
    exporter("xmi").write(both, tmp_path / "out")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "TypeSystem.xml",
        "adjudicated",
        "adjudicated-2",
    ]
