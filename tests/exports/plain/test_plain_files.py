"""What an import finds, how it is named, and files that cannot be had."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from annotations.errors import ChuGiaiError
from exports.errors import FormatError
from exports.plain import PlainReport, find_files, is_plain, read_file
from exports.plain import files as files_module

Read = Callable[[str, bytes | str], PlainReport]
Refusal = Callable[[str, bytes | str], str]


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Tin {name}")


def names_in(*paths: Path) -> list[str]:
    return [name for _, name in find_files(paths)]


def test_a_folder_gives_names_with_the_path_inside_it(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "2021/a.txt", "2021/quý 1/c.html", "bảng.xlsx")
    found = find_files([tmp_path])
    assert [name for _, name in found] == ["2021/a.txt", "2021/quý 1/c.html", "b.txt", "bảng.xlsx"]
    assert all((tmp_path / name) == path for path, name in found)


def test_a_file_has_its_own_name(tmp_path: Path) -> None:
    make(tmp_path, "2021/a.txt")
    assert find_files([tmp_path / "2021" / "a.txt"]) == [(tmp_path / "2021" / "a.txt", "a.txt")]


def test_hidden_and_lock_files_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.docx", "~$a.docx", ".DS_Store", ".git/config.txt", "Thumbs.db", "desktop.ini", "__MACOSX/a.txt")
    assert names_in(tmp_path) == ["a.docx"]


def test_other_kinds_are_listed_and_refused_with_their_reason(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "ảnh.jpg", "old.doc", "labels.jsonl")
    assert names_in(tmp_path) == ["a.txt", "labels.jsonl", "old.doc", "ảnh.jpg"]
    for name in ("ảnh.jpg", "old.doc", "labels.jsonl"):
        assert not is_plain(tmp_path / name)
        with pytest.raises(FormatError, match="not a kind of file that can be read"):
            next(read_file(tmp_path / name, name))
    assert is_plain(tmp_path / "A.TXT")


def test_a_path_that_does_not_exist_is_an_error_of_the_world(tmp_path: Path) -> None:
    with pytest.raises(ChuGiaiError, match=r"nothing\.txt does not exist"):
        find_files([tmp_path / "nothing.txt"])


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert find_files([tmp_path]) == []


def test_a_file_given_twice_comes_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert names_in(tmp_path, tmp_path / "a.txt", tmp_path) == ["a.txt"]


def test_equal_names_of_two_folders_carry_the_folder(tmp_path: Path) -> None:
    make(tmp_path, "hn/a.txt", "nd/a.txt", "nd/b.txt")
    assert names_in(tmp_path / "hn", tmp_path / "nd") == ["b.txt", "hn/a.txt", "nd/a.txt"]


def test_equal_names_of_equal_folders_are_numbered(tmp_path: Path) -> None:
    make(tmp_path, "1/tin/a.txt", "2/tin/a.txt")
    assert names_in(tmp_path / "1" / "tin", tmp_path / "2" / "tin") == ["tin/a.txt", "tin/a.txt (2)"]


def test_names_are_nfc(tmp_path: Path) -> None:
    make(tmp_path, "Quy\u0301.txt")
    assert names_in(tmp_path) == ["Quý.txt"]


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_name_that_is_no_text_can_still_be_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/tin-\xff.txt"))
    try:
        path.write_text("Tin ngắn")
    except OSError:
        pytest.skip("this disk takes only names that are text")
    ((found, name),) = find_files([tmp_path])
    (report,) = read_file(found, name)
    assert report.name == "tin-\ufffd.txt"
    report.source_path.encode()


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    make(tmp_path, "a/tin.txt")
    try:
        (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed here")
    assert names_in(tmp_path) == ["a/tin.txt"]


def test_a_link_to_nothing_is_listed_and_refused(tmp_path: Path) -> None:
    try:
        (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    except OSError:
        pytest.skip("links are not allowed here")
    ((path, name),) = find_files([tmp_path])
    with pytest.raises(FormatError, match="does not exist"):
        next(read_file(path, name))


def test_a_folder_that_cannot_be_opened_is_listed_and_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.txt", "locked/b.txt")
    scandir = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(files_module.os, "scandir", guarded)
    assert names_in(tmp_path) == ["a.txt", "locked"]
    for kind in ("locked", "locked.txt"):  # the name's end does not matter
        with pytest.raises(FormatError, match="not allowed to read it"):
            next(read_file(tmp_path / "locked", kind))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(13, "Permission denied"), "not allowed to read it"),
        (FileNotFoundError(2, "No such file"), "does not exist"),
        (OSError(5, "Input/output error"), "Input/output error"),
    ],
)
def test_a_file_that_cannot_be_had(
    error: OSError, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.txt")

    def refuse(path: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FormatError, match=reason):
        next(read_file(tmp_path / "a.txt", "a.txt"))


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.xlsx"])
@pytest.mark.parametrize("refused_at", [1, 2, 3, 4])
def test_a_spreadsheet_that_cannot_be_had(
    name: str, refused_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    if name == "a.xlsx":
        book = openpyxl.Workbook()
        book.active.append(["text"])
        book.active.append(["Tin ngắn"])
        book.save(path)
    else:
        path.write_text("text\nTin ngắn\n")
    opened, times = Path.open, []

    def refuse(self: Path, mode: str = "r") -> object:
        times.append(mode)
        if len(times) >= refused_at:
            raise PermissionError(13, "Permission denied")
        return opened(self, mode)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FormatError, match="not allowed to read it"):
        next(read_file(path, name))


def test_a_link_to_itself_is_listed_and_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    try:
        path.symlink_to(path)
    except OSError:
        pytest.skip("links are not allowed here")
    for given in (path, tmp_path):
        assert find_files([given]) == [(path, "a.txt")]
    with pytest.raises(FormatError, match="cannot be read"):
        next(read_file(path, "a.txt"))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.csv", "a.xlsx"])
def test_a_file_without_permission(name: str, tmp_path: Path) -> None:
    make(tmp_path, name)
    (tmp_path / name).chmod(0)
    if os.access(tmp_path / name, os.R_OK):
        pytest.skip("this account may read everything")
    with pytest.raises(FormatError, match="not allowed to read it"):
        next(read_file(tmp_path / name, name))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.csv", "a.xlsx", "a.jpg"])
def test_a_file_that_went_away(name: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="does not exist"):
        next(read_file(tmp_path / name, name))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.csv", "a.xlsx"])
def test_a_folder_called_like_a_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(FormatError, match="it is a folder"):
        next(read_file(tmp_path / name, name))


@pytest.mark.parametrize("name", ["a.txt", "a.htm", "a.docx", "a.csv", "a.tsv", "a.xlsx"])
def test_an_empty_file(name: str, refusal: Refusal) -> None:
    assert refusal(name, b"") == f"{name} was not imported: the file is empty."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(FormatError, match="not an ordinary file"):
        next(read_file(tmp_path / "a.txt", "a.txt"))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx"])
def test_a_file_of_a_size_that_no_report_has(name: str, tmp_path: Path) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(files_module.LARGEST + 1)
    with pytest.raises(FormatError, match="larger than 64 MB"):
        next(read_file(tmp_path / name, name))


def test_a_report_tells_where_it_came_from(one: Read, tmp_path: Path) -> None:
    content = "\ufeffMột\r\nhai".encode()
    report = one("a.txt", content)
    assert report.source_hash == hashlib.sha256(content).hexdigest()
    assert report.source_path == str(tmp_path / "a.txt")
    assert report.name == "a.txt"
    assert report.metadata == {}
