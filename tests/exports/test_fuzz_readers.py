"""Every reader on real files with bytes changed, cut, doubled and exchanged: it refuses in one sentence, or reads sound records."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.errors import FormatError
from exports.formats import exporter, formats, importer, info_of
from exports.labelstudio import TASKS
from exports.needs import has
from exports.plain import read_file
from exports.xlsx.read import is_own_workbook, read_rows
from tests.exports.test_hostile_values import CORPUS, check

READERS = [info.key for info in formats() if info.reads]
SUFFIXES = {"xmi": ".xmi", "casjson": ".json", "webanno": ".tsv", "brat": ".ann", "spacy": ".spacy"}
PIECES = st.sampled_from(
    [
        *(
            b"",
            b"\0",
            b"\xff",
            b"\xed\xa0\x80",
            b"\xf0\x9f\x98\x80",
            b"\n",
            b"\r\n",
            b"\t",
            b" ",
            b'"',
            b"\\",
            b"\\u0000",
        ),
        *(
            b"-1",
            b"0",
            b"99999999999999999999",
            b"1e999",
            b"NaN",
            b"null",
            b"{",
            b"[",
            b"]]",
            b"}",
            b"_",
            b"*",
            b"|",
            b"&#0;",
        ),
        *(
            b"<",
            b"T1\tORG 0 1\tx\n",
            b"R1\tx Arg1:T1 Arg2:T9\n",
            b"[1]",
            b"1-1\t0-3\tx\n",
            b"&a;",
            b"\x1f",
            "\u2028".encode(),
        ),
    ]
)
changes = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 40), PIECES), min_size=1, max_size=4)
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def mutated(whole: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """The bytes with pieces in place of others."""
    for place, length, piece in edits:
        at = place % (len(whole) + 1)
        whole = whole[:at] + piece + whole[at + length :]
    return whole


def seed(key: str, tmp_path: Path) -> tuple[Path, Path]:
    """An exported file or folder, and the file in it that is changed."""
    info = info_of(key)
    assert info is not None
    if info.needs and not has(info.needs):
        pytest.skip(f"{info.needs} is not installed (extras {key}, formats-test)")
    out = tmp_path / f"in{info.suffix}"
    exporter(key).write(CORPUS, out)
    if out.is_file():
        return out, out
    if key == "hf":
        shutil.rmtree(out / "data")
        return out, next(file for file in out.rglob("*.jsonl") if file.stat().st_size)
    return out, out / TASKS if key == "labelstudio" else next(out.rglob(f"*{SUFFIXES[key]}"))


def read(key: str, path: Path) -> None:
    """Read it all; anything but a ``FormatError`` is a bug."""
    reader = importer(key)
    reader.recognises(path)
    said = "."
    try:
        for record in reader.read(path):
            check(record)
    except FormatError as error:
        said = str(error)
    assert "\n" not in said
    assert said.endswith(".")


@pytest.mark.parametrize("key", READERS)
def test_mutated_files(key: str, tmp_path: Path) -> None:
    out, file = seed(key, tmp_path)
    whole = file.read_bytes()

    @FUZZ
    @given(changes)
    def run(edits: list[tuple[int, int, bytes]]) -> None:
        file.write_bytes(mutated(whole, edits))
        read(key, out)

    run()


@pytest.mark.parametrize("key", [info.key for info in formats() if info.zips and info.reads])
def test_mutated_zips(key: str, tmp_path: Path) -> None:
    seed(key, tmp_path)
    file = tmp_path / "in.zip"
    exporter(key).write(CORPUS, file)
    whole = file.read_bytes()

    @FUZZ
    @given(changes)
    def run(edits: list[tuple[int, int, bytes]]) -> None:
        file.write_bytes(mutated(whole, edits))
        read(key, file)

    run()


def test_mutated_parquet(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (extras hf, formats-test)")
    exporter("hf").write(CORPUS, tmp_path / "in")
    file = next(file for file in (tmp_path / "in").rglob("train*.parquet"))
    whole = file.read_bytes()

    @FUZZ
    @given(changes)
    def run(edits: list[tuple[int, int, bytes]]) -> None:
        file.write_bytes(mutated(whole, edits))
        read("hf", file)

    run()


def test_mutated_parts_of_an_own_workbook(tmp_path: Path) -> None:
    file = tmp_path / "in.xlsx"
    exporter("xlsx").write(CORPUS, file)
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    names = sorted(name for name in parts if name.endswith((".xml", ".rels")))

    @FUZZ
    @given(st.sampled_from(names), changes)
    def run(name: str, edits: list[tuple[int, int, bytes]]) -> None:
        with zipfile.ZipFile(file, "w") as packed:
            for one, data in parts.items():
                packed.writestr(one, mutated(data, edits) if one == name else data)
        is_own_workbook(file)
        said = file.name
        try:
            for _ in read_rows(file):
                pass
        except FormatError as error:
            said = str(error)
        assert file.name in said

    run()


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("a.txt", "Thứ 5 Ngày 29/04/2021\nTỉnh ủy họp\nSáng 26/4, Ban Thường vụ họp.\nBáo Hà Nam\n"),
        ("a.html", "<html><head><meta charset='utf-8'><title>Khai mạc</title></head><body><p>Hội đồng họp.</p></body>"),
        ("a.csv", 'text,title,date\n"Ông Lê A, nói",Họp,29/4/2021\nXã họp.,,\n'),
    ],
)
def test_mutated_plain_files(name: str, whole: str, tmp_path: Path) -> None:
    file = tmp_path / name

    @FUZZ
    @given(changes)
    def run(edits: list[tuple[int, int, bytes]]) -> None:
        file.write_bytes(mutated(whole.encode(), edits))
        said = name
        try:
            for report in read_file(file, name):
                assert "\0" not in report.text
                report.text.encode()
        except FormatError as error:
            said = str(error)
        assert name in said

    run()
