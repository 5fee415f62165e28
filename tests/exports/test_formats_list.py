"""The one list of formats, and writing whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.corpus import LabelledReport
from annotations.errors import Cancelled
from annotations.report import AnnotationSet, Entity, Report
from exports.errors import FormatError
from exports.files import check_counts, writing
from exports.formats import exporter, formats, importer, recognise
from exports.needs import has
from exports.protocol import Options
from tests.exports.random_corpora import corpus_of

ROOT = Path(__file__).resolve().parents[2]
REPORT = Report("r", "a.txt", "Ông Lê A\nBí thư")
CORPUS = corpus_of([LabelledReport(REPORT, (AnnotationSet("lan", entities=(Entity("e", "OFFICIAL", 4, 8),)),))])
OURS = [info.key for info in formats() if info.writes and (not info.needs or has(info.needs))]
READ = [info.key for info in formats() if info.key in OURS and info.reads]


def test_nothing_heavy_is_imported_with_the_list() -> None:
    code = (
        "import sys, exports.formats as f; f.formats(); "
        "print(*sorted({'openpyxl', 'yaml', 'underthesea', 'lxml', 'exports.jsonl', 'exports.brat'} & set(sys.modules)))"
    )
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert made.stdout.strip() == ""


def test_unknown_formats_are_answered_with_the_known_ones() -> None:
    with pytest.raises(FormatError, match=r"no export format pdf.*jsonl, brat, conll, .*xlsx"):
        exporter("pdf")
    with pytest.raises(FormatError, match=r"no labelled import format pdf.*jsonl, brat"):
        importer("pdf")


@pytest.mark.parametrize("key", OURS)
def test_the_list_says_what_the_format_says(key: str) -> None:
    info = next(info for info in formats() if info.key == key)
    made = exporter(key)
    assert (made.key, made.title, made.suffix) == (info.key, info.title, info.suffix)
    assert made.folder is (info.suffix == "")
    if info.reads:
        assert importer(key).key == key


def test_files_are_told_apart_by_content(tmp_path: Path) -> None:
    for key in READ:
        exporter(key).write(CORPUS, tmp_path / key)
        assert recognise(tmp_path / key) == key
    (tmp_path / "a.jsonl").write_text("nothing of the kind", encoding="utf-8")
    assert recognise(tmp_path / "a.jsonl") is None
    assert recognise(tmp_path / "none") is None


@pytest.mark.parametrize("key", OURS)
def test_an_existing_out_is_left_alone_without_force(key: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    exporter(key).write(CORPUS, out)
    with pytest.raises(FormatError, match="exists already"):
        exporter(key).write(corpus_of([]), out)
    assert key not in READ or recognise(out) in (key, None)
    conflicts_only = key == "xlsx-review"  # one annotator disagrees with nobody
    assert exporter(key).write(CORPUS, out, Options(force=True)).entities == (0 if conflicts_only else 1)
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("key", OURS)
def test_the_folder_of_out_must_exist(key: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="does not exist"):
        exporter(key).write(CORPUS, tmp_path / "none" / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", OURS)
def test_cancelled_leaves_nothing(key: str, tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        assert total == 1
        if done == 1:  # a split looks at all reports before
            raise Cancelled

    for out in ("out", "out.zip"):
        with pytest.raises(Cancelled):
            exporter(key).write(CORPUS, tmp_path / out, progress=cancel)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", OURS)
def test_the_same_content_is_the_same_bytes(key: str, tmp_path: Path) -> None:
    for out in ("a.zip", "b.zip"):
        exporter(key).write(CORPUS, tmp_path / out)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from annotations.corpus import Corpus, LabelledReport
    from annotations.default_schema import DEFAULT_SCHEMA
    from annotations.report import AnnotationSet, Entity, Report
    from exports.formats import exporter

    def stream():
        for number in range(5):
            yield LabelledReport(
                Report(str(number), str(number), "Ông Lê A" * 5000),
                (AnnotationSet("lan", entities=(Entity("e", "OFFICIAL", 4, 8),)),),
            )
        os.kill(os.getpid(), signal.SIGKILL)

    exporter(sys.argv[1]).write(Corpus(DEFAULT_SCHEMA, stream, 6), Path(sys.argv[2]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("key", OURS)
@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_killed_leaves_no_out(key: str, name: str, tmp_path: Path) -> None:
    code = textwrap.dedent(KILLED)
    out = tmp_path / name
    done = subprocess.run([sys.executable, "-c", code, key, str(out)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not out.exists()
    left = [file.name for file in tmp_path.iterdir()]
    info = next(info for info in formats() if info.key == key)
    assert left or info.always_splits  # then all reports are looked at before anything is written
    assert all(name.startswith(".out") for name in left)
    exporter(key).write(CORPUS, out)
    assert out.exists()


def test_what_is_no_export_is_never_replaced(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(FormatError, match="no earlier export"):
        exporter("brat").write(CORPUS, home, Options(force=True))
    with pytest.raises(FormatError, match="another kind"):
        exporter("jsonl").write(CORPUS, home, Options(force=True))
    assert [file.name for file in home.iterdir()] == ["thesis.txt"]
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(FormatError, match="another kind"):
        exporter("brat").write(CORPUS, tmp_path / "file", Options(force=True))


def test_an_earlier_export_with_a_strange_file_is_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    exporter("brat").write(CORPUS, out)
    (out / "notes.docx").write_bytes(b"x")
    with pytest.raises(FormatError, match="no earlier export"):
        exporter("brat").write(CORPUS, out, Options(force=True))


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with writing(tmp_path / "link", force=True) as part:
        part.write_text("new", encoding="utf-8")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "new"


def test_out_that_appears_meanwhile_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="exists already"), writing(tmp_path / "out"):
        (tmp_path / "out").write_text("theirs", encoding="utf-8")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "theirs"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    def stream() -> Iterator[LabelledReport]:
        yield from CORPUS
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(FormatError, match="the disk is full"):
        exporter("jsonl").write(replace(CORPUS, stream=stream), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FormatError, match="not allowed"), writing(tmp_path / "out"):
        pass


def test_a_very_long_name_still_has_a_part(tmp_path: Path) -> None:
    out = tmp_path / ("ộ" * 80)
    with writing(out) as part:
        part.write_text("x", encoding="utf-8")
    assert out.exists()


def test_counts_that_differ_are_refused() -> None:
    check_counts(Path("x"), (1, 2), (1, 2))
    with pytest.raises(FormatError, match="1/1 were counted in the written file where 1/2"):
        check_counts(Path("x"), (1, 2), (1, 1))
