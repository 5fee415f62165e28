"""Every reader against every hostile file, through ``chugiai import``: one sentence, nothing changed, bounded memory."""

from __future__ import annotations

import shutil
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from command_line import chugiai
from openpyxl import Workbook

from annotations.report import Entity, Relation
from exports.formats import exporter, formats, info_of
from exports.labelstudio import TASKS
from exports.needs import has
from tests.exports.same_labels import one_report

MOST_MB = 400
"""More than the longest record that is read (64 MB) takes as bytes, as text and as values; far less than the gigabyte offered."""
CORPUS = one_report(
    Entity("a", "OFFICIAL", 4, 8), Entity("b", "TITLE", 10, 24), relations=(Relation("r", "holds_title", "a", "b"),)
)
READERS = [info.key for info in formats() if info.reads]
TEXTUAL = [key for key in READERS if key != "spacy"]
JSON = ["jsonl", "doccano", "prodigy", "labelstudio", "hf", "casjson", "brat", "conllu"]
XML = ["xmi", "docx", "xlsx", "html"]
SUFFIXES = {"xmi": ".xmi", "casjson": ".json", "webanno": ".tsv", "brat": ".ann", "spacy": ".spacy"}
ENTITIES = '<!DOCTYPE x [<!ENTITY a "{}">]>'
LAUGHS = "<!DOCTYPE x [<!ENTITY l0 'ha'>{}]>".format(
    "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
)


def exported(key: str, tmp_path: Path) -> Path:
    """A sound file or folder of the format."""
    info = info_of(key)
    assert info is not None
    if info.needs and not has(info.needs):
        pytest.skip(f"{info.needs} is not installed (extras {key}, formats-test)")
    out = tmp_path / f"in{info.suffix}"
    exporter(key).write(CORPUS, out)
    if key == "hf":
        shutil.rmtree(out / "data")  # the JSON lines are read where there is no parquet
    return out


def main_file(key: str, out: Path) -> Path:
    """The file of the format that holds labels."""
    if out.is_file():
        return out
    if key == "labelstudio":
        return out / TASKS
    if key == "hf":
        return next(file for file in out.rglob("*.jsonl") if file.stat().st_size)
    return next(out.rglob(f"*{SUFFIXES[key]}"))


def content(project: Path) -> list[int]:
    """How much is in the project."""
    import sqlite3

    with closing(sqlite3.connect(project)) as connection:
        tables = ("report", "report_text", "annotation_set", "entity", "relation", "action", "label")
        return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]


@pytest.fixture
def refused(project: Path) -> Iterator[Callable[[Path, str], str]]:
    """Import what must be refused; the sentence."""

    def check(path: Path, key: str) -> str:
        before = content(project)
        tracemalloc.start()
        try:
            said = chugiai("import", project, path, "--format", key, "--annotator", "lan")
            peak = tracemalloc.get_traced_memory()[1] / 2**20
        finally:
            tracemalloc.stop()
        sentence = said.refusal
        assert peak < MOST_MB
        assert content(project) == before
        return sentence

    return check


Refuse = Callable[[Path, str], str]


def test_the_files_would_come_in_if_nobody_spoiled_them(project: Path, tmp_path: Path) -> None:
    for key in READERS:
        (tmp_path / key).mkdir()
        out = exported(key, tmp_path / key)
        assert chugiai("import", project, out, "--format", key, "--annotator", "lan", "--replace").status == 0, key


@pytest.mark.parametrize("key", TEXTUAL)
def test_a_line_of_a_gigabyte(key: str, tmp_path: Path, refused: Refuse) -> None:
    out = exported(key, tmp_path)
    file = main_file(key, out)
    head = file.read_bytes().split(b"\n")[0][:60]
    with file.open("wb") as opened:
        opened.write(head)
        opened.truncate(1 << 30)
    assert file.name in refused(out, key)


@pytest.mark.parametrize("key", TEXTUAL)
def test_nul_bytes(key: str, tmp_path: Path, refused: Refuse) -> None:
    out = exported(key, tmp_path)
    file = main_file(key, out)
    whole = file.read_bytes()
    place = whole.index("Lê".encode())
    file.write_bytes(whole[:place] + b"\0" + whole[place + 1 :])
    assert file.name in refused(out, key)


@pytest.mark.parametrize("key", TEXTUAL)
def test_a_lone_surrogate(key: str, tmp_path: Path, refused: Refuse) -> None:
    out = exported(key, tmp_path)
    file = main_file(key, out)
    whole = file.read_bytes()
    place = whole.index("Lê".encode())
    file.write_bytes(whole[:place] + b"\xed\xa0\x80" + whole[place:])
    assert file.name in refused(out, key)


@pytest.mark.parametrize("key", [key for key in JSON if key not in ("brat", "conllu")])
def test_a_lone_surrogate_by_escape(key: str, tmp_path: Path, refused: Refuse) -> None:
    out = exported(key, tmp_path)
    file = main_file(key, out)
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("Ông Lê A", "Ông\\ud800Lê A"), "utf-8")
    assert "surrogate" in refused(out, key) or file.name in refused(out, key)


@pytest.mark.parametrize("key", JSON)
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_nested_ten_thousand_deep(key: str, opening: str, tmp_path: Path, refused: Refuse) -> None:
    out = exported(key, tmp_path)
    file = main_file(key, out)
    deep = opening * 10_000 + "1" + ("]" if opening == "[" else "}") * 10_000
    if key == "brat":
        file = out / "reports.jsonl"
        file.write_text(f'{{"file": "a", "metadata": {deep}}}\n', "utf-8")
    elif key == "conllu":
        lines = file.read_text("utf-8").splitlines()
        place = next(number for number, line in enumerate(lines) if line.startswith("# chugiai = "))
        lines[place] = f"# chugiai = {deep}"
        file.write_text("\n".join(lines) + "\n", "utf-8")
    else:
        whole = file.read_text("utf-8")
        place = whole.index("{") + 1
        file.write_text(f'{whole[:place]}"deep": {deep}, {whole[place:]}', "utf-8")
    assert file.name in refused(out, key)


def xml_file(key: str, tmp_path: Path, doctype: str, reference: str) -> tuple[Path, str]:
    """A file of XML that makes use of an entity; what it is imported as."""
    if key == "xmi":
        out = exported(key, tmp_path)
        file = main_file(key, out)
        head, body = file.read_text("utf-8").split("?>", 1)
        file.write_text(f"{head}?>{doctype}{body.replace('Ông', reference, 1)}", "utf-8")
        return out, key
    file = tmp_path / f"in.{key}"
    if key == "html":
        file.write_text(f"{doctype}<html><body><p>{reference}</p></body></html>", "utf-8")
        return file, "plain"
    if key == "docx":
        from docx import Document

        made = Document()
        made.add_paragraph("ONG")
        made.save(str(file))
        part = "word/document.xml"
    else:
        book = Workbook()
        assert book.active is not None
        book.active.append(["text"])
        book.active.append(["ONG"])
        book.save(file)
        part = ""
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    part = part or next(name for name, data in parts.items() if b"ONG" in data)
    text = parts[part].decode()
    head, body = text.split("?>", 1) if text.startswith("<?xml") else ("<?xml version='1.0'", text)
    parts[part] = f"{head}?>{doctype}{body.replace('ONG', reference)}".encode()
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return file, "plain"


def secret(project: Path) -> bool:
    """Whether what stood in another file is in the project."""
    return b"very secret words" in project.read_bytes()


@pytest.mark.parametrize("key", XML)
def test_xml_with_an_external_entity(key: str, project: Path, tmp_path: Path) -> None:
    other = tmp_path / "secret.txt"
    other.write_text("very secret words", "utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{other.as_uri()}">]>'
    path, format = xml_file(key, tmp_path, doctype, "&a;")
    said = chugiai("import", project, path, "--format", format, "--annotator", "lan")
    # A page is no XML: what it calls an entity is text. All others are refused, or the entity is empty.
    assert said.status == 0 or said.refusal
    assert not secret(project)
    if key == "xmi":
        assert said.status == 1


@pytest.mark.parametrize("key", XML)
def test_a_billion_laughs(key: str, project: Path, tmp_path: Path) -> None:
    path, format = xml_file(key, tmp_path, LAUGHS, "&l11;")
    tracemalloc.start()
    try:
        said = chugiai("import", project, path, "--format", format, "--annotator", "lan")
        peak = tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()
    assert said.status == 0 or said.refusal
    assert peak < 50
    if key == "xmi":
        assert said.status == 1


ZIPPED = [info.key for info in formats() if info.zips and info.reads]


@pytest.mark.parametrize("key", ZIPPED)
@pytest.mark.parametrize("prefix", ["../", "/", "C:/", "a\\..\\..\\"])
def test_a_zip_that_points_out_of_itself(key: str, prefix: str, tmp_path: Path, refused: Refuse) -> None:
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    out = exported(key, folder)
    file = folder / "in.zip"
    with zipfile.ZipFile(file, "w") as packed:
        for one in sorted(out.rglob("*")):
            if one.is_file():
                packed.write(one, one.relative_to(out).as_posix())
        own = main_file(key, out)
        packed.writestr(zipfile.ZipInfo(prefix + own.name), own.read_bytes())
    shutil.rmtree(out)
    before = sorted(path for path in tmp_path.rglob("*") if "project" not in path.name)
    assert "points out of it" in refused(file, key)
    assert sorted(path for path in tmp_path.rglob("*") if "project" not in path.name) == before


@pytest.mark.parametrize("key", ZIPPED)
def test_a_zip_bomb(key: str, tmp_path: Path, refused: Refuse) -> None:
    """Half a gigabyte in half a megabyte, where a report of the format would be."""
    out = exported(key, tmp_path)
    own = main_file(key, out).relative_to(out)
    file = tmp_path / "in.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in sorted(out.rglob("*")):
            if one.is_file() and one.relative_to(out) != own:
                packed.write(one, one.relative_to(out).as_posix())
        with packed.open(own.as_posix(), "w", force_zip64=True) as member:
            for _ in range(512):
                member.write(b" " * (1 << 20))
    shutil.rmtree(out)
    refused(file, key)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
"""How every file begins that Excel or Word locked with a password."""


@pytest.mark.parametrize(("name", "key"), [("a.xlsx", "plain"), ("a.xlsx", "xlsx"), ("a.docx", "plain")])
def test_a_workbook_with_a_password(name: str, key: str, tmp_path: Path, refused: Refuse) -> None:
    (tmp_path / name).write_bytes(OLE)
    sentence = refused(tmp_path / name, key)
    assert name in sentence
    assert key == "xlsx" or "password" in sentence


@pytest.mark.parametrize("key", ZIPPED)
def test_a_zip_with_a_password(key: str, tmp_path: Path, refused: Refuse) -> None:
    out = exported(key, tmp_path)
    file = tmp_path / "in.zip"
    exporter(key).write(CORPUS, file)
    shutil.rmtree(out)
    whole = bytearray(file.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.find(mark)
        while at >= 0:
            whole[at + place] |= 1
            at = whole.find(mark, at + 4)
    file.write_bytes(whole)
    assert "password" in refused(file, key)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv"])
@pytest.mark.parametrize("hostile", ["gigabyte", "nul"])
def test_plain_files(name: str, hostile: str, tmp_path: Path, refused: Refuse) -> None:
    file = tmp_path / name
    with file.open("wb") as opened:
        opened.write("text\nÔng Lê A nói.".encode())
        if hostile == "gigabyte":
            opened.truncate(1 << 30)
        else:
            opened.write(b"\0 nay")
    assert name in refused(file, "plain")
