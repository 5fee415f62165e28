"""JSON of other tools: lines or one array, told with its place, in bounded memory, and never a crash."""

from __future__ import annotations

import json
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import json_records
from exports.errors import FormatError
from exports.json_records import first_record, records

MEMBERS = [{"a": 1}, {"ộ": ']},{ "x\\'}, {}, {"b": [{"c": [1, 2]}]}]


def read(tmp_path: Path, content: bytes) -> list[tuple[str, object]]:
    file = tmp_path / "in.json"
    file.write_bytes(content)
    return list(records(file))


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("chunk", [1, 2, 5, 1000])
def test_members_of_an_array(
    tmp_path: Path, indent: int | None, bom: bytes, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_records, "_CHUNK", chunk)
    content = bom + b" \n" + json.dumps(MEMBERS, indent=indent, ensure_ascii=False).encode() + b"\n "
    made = read(tmp_path, content)
    assert [record for _, record in made] == MEMBERS
    assert [place for place, _ in made] == [f"in.json, record {number}" for number in range(1, 5)]


def test_lines(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + b"\r\n\n".join(json.dumps(member).encode() for member in MEMBERS)
    made = read(tmp_path, content)
    assert [record for _, record in made] == MEMBERS
    assert [place for place, _ in made] == [f"in.json, line {number}" for number in (1, 3, 5, 7)]


@pytest.mark.parametrize("content", [b"", b" \n", b"[]", b" [ ] ", b"\xef\xbb\xbf[]"])
def test_nothing(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[", "record 1 is not a JSON object"),
        (b"[{}", "record 1 is not followed"),
        (b"[{} {}]", "record 1 is not followed"),
        (b"[{},]", "record 2 is not a JSON object"),
        (b"[1]", "record 1 is not a JSON object"),
        (b"[[]]", "record 1 is not a JSON object"),
        (b'[{"a": ]', "record 1 is not JSON"),
        (b'[{"a": 1', "record 1 is not JSON"),
        (b'[{"a": NaN}]', "record 1 is not JSON"),
        (b'[{"a": 1e999}]', "record 1 is not JSON"),
        (b"[{}] x", "goes on after"),
        (b'[{"a": "\xff"}]', "is not UTF-8"),
        (b'[{"a": "\xe1', "is not UTF-8"),
        (b'[{"a": "\\u0000"}]', "holds a NUL"),
        (b'[{"a": {"\\ud800": 1}}]', "half of a surrogate pair"),
        (b'[{"a": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"a": "\xff"}', "line 1 is not UTF-8"),
        (b"{}\n5", "line 2 is not a JSON object"),
        (b"{}\n{", "line 2 is not JSON"),
        (b'{"a": "\\udfff"}', "half of a surrogate pair"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not JSON"),
    ],
)
def test_refused_with_its_place(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=r"othing was taken") as caught:
        read(tmp_path, content)
    assert words in str(caught.value)


@pytest.mark.parametrize("content", [b"[{}, {", b"{}\n{"])
def test_too_long_is_not_read_whole(tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_records, "RECORD_LIMIT", 1024 * 1024)
    monkeypatch.setattr(json_records, "_CHUNK", 64 * 1024)
    file = tmp_path / "in.json"
    with file.open("wb") as out:
        out.write(content + b'"a": "')
        for _ in range(40):
            out.write(b"x" * 1024 * 1024)
    tracemalloc.start()
    with pytest.raises(FormatError, match="longer than 1 MB"):
        list(records(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 * 1024 * 1024


def test_memory_does_not_grow_with_the_array(tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    with file.open("w") as out:
        out.write("[{}")
        for _ in range(300):
            out.write(',{"text": "' + "x" * 100_000 + '"}')
        out.write("]")
    tracemalloc.start()
    assert sum(1 for _ in records(file)) == 301
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="could not be read"):
        list(records(tmp_path / "none"))
    assert first_record(tmp_path / "none") == {}
    assert first_record(tmp_path) == {}


@settings(deadline=None)
@given(st.binary(max_size=40), st.integers(0, 60), st.integers(0, 60))
def test_damaged_files_are_refused_or_read(splice: bytes, start: int, end: int) -> None:
    whole = json.dumps(MEMBERS, ensure_ascii=False).encode()
    with tempfile.TemporaryDirectory() as folder:
        try:
            made = read(Path(folder), whole[:start] + splice + whole[end:])
        except FormatError:
            return
        assert all(isinstance(record, dict) for _, record in made)
