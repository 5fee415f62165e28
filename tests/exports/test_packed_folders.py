"""Formats of folders as one zip, out and in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from exports import packed
from exports.errors import FormatError
from exports.formats import exporter, formats, importer, recognise
from exports.needs import has
from tests.exports.test_hostile_values import CORPUS

ZIPPED = [info.key for info in formats() if info.zips]


def need(key: str) -> None:
    info = next(info for info in formats() if info.key == key)
    if info.needs and not has(info.needs):
        pytest.skip(f"{info.needs} is not installed (extras {key}, formats-test)")


@pytest.mark.parametrize("key", [info.key for info in formats() if info.writes and not info.suffix])
def test_every_folder_can_be_a_zip_and_the_list_says_so(key: str) -> None:
    assert key in ZIPPED


@pytest.mark.parametrize("key", ZIPPED)
def test_the_zip_holds_what_the_folder_holds(key: str, tmp_path: Path) -> None:
    need(key)
    exporter(key).write(CORPUS, tmp_path / "folder")
    exporter(key).write(CORPUS, tmp_path / "one.zip")
    files = sorted(file for file in (tmp_path / "folder").rglob("*") if file.is_file())
    with zipfile.ZipFile(tmp_path / "one.zip") as found:
        assert found.testzip() is None
        names = sorted(found.namelist())
        assert names == sorted(file.relative_to(tmp_path / "folder").as_posix() for file in files)
        for file in files:
            if file.suffix not in (".spacy", ".parquet") and "tokenizer" not in file.parts:
                assert found.read(file.relative_to(tmp_path / "folder").as_posix()) == file.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "one.zip"]


@pytest.mark.parametrize("key", [info.key for info in formats() if info.zips and info.reads])
def test_the_zip_comes_back_as_the_folder_does(key: str, tmp_path: Path) -> None:
    need(key)
    records = []
    for name in ("folder", "one.zip"):
        exporter(key).write(CORPUS, tmp_path / name)
        assert recognise(tmp_path / name) == key
        records.append([(one.report, one.entities, one.relations) for one in importer(key).read(tmp_path / name)])
    assert records[0] == records[1]
    assert len(records[0]) == 2


def test_a_zip_that_unpacks_to_far_more_than_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("tasks.json", b" " * (8 << 20))
    with pytest.raises(FormatError, match="far more than it holds"):
        list(importer("labelstudio").read(file))
    monkeypatch.setattr(packed, "UNPACKED_LIMIT", 1000)
    exporter("labelstudio").write(CORPUS, tmp_path / "b.zip")
    with pytest.raises(FormatError, match="far more than it holds"):
        list(importer("labelstudio").read(tmp_path / "b.zip"))


@pytest.mark.parametrize("name", ["../tasks.json", "/tasks.json", "C:/tasks.json", "a\\..\\tasks.json"])
def test_a_zip_that_points_out_of_itself(name: str, tmp_path: Path) -> None:
    file = tmp_path / "in" / "a.zip"
    file.parent.mkdir()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(zipfile.ZipInfo(name), b"[]")
    with pytest.raises(FormatError, match="points out of it"):
        list(importer("labelstudio").read(file))
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("key", [info.key for info in formats() if info.zips and info.reads])
def test_a_zip_with_a_file_without_a_name(key: str, tmp_path: Path) -> None:
    """Found by atheris."""
    need(key)
    file = tmp_path / "a.zip"
    exporter(key).write(CORPUS, file)
    with zipfile.ZipFile(file, "a") as made:
        info = zipfile.ZipInfo("x")
        info.filename = ""
        made.writestr(info, b"x")
    recognise(file)
    with pytest.raises(FormatError, match="damaged"):
        list(importer(key).read(file))


def test_a_damaged_zip(tmp_path: Path) -> None:
    exporter("labelstudio").write(CORPUS, tmp_path / "a.zip")
    whole = (tmp_path / "a.zip").read_bytes()
    for place in range(0, len(whole), 7):
        (tmp_path / "b.zip").write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        recognise(tmp_path / "b.zip")
        try:
            list(importer("labelstudio").read(tmp_path / "b.zip"))
        except FormatError:
            continue
