"""Mappings of labels as YAML files."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.errors import FormatError
from exports.label_map import LabelMap, read_map, write_map


def test_a_mapping_is_saved_and_read(tmp_path: Path) -> None:
    labels = LabelMap({"OFFICIAL": "PER", "TERM": None}, {"holds_title": "giữ"})
    write_map(labels, tmp_path / "map.yaml")
    assert read_map(tmp_path / "map.yaml") == labels
    with pytest.raises(FormatError, match="exists already"):
        write_map(labels, tmp_path / "map.yaml")


def test_an_empty_file_maps_nothing(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("", "utf-8")
    assert not read_map(tmp_path / "map.yaml")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[1, 2]", "may only hold"),
        ("labels: {}", "may only hold"),
        ("entities: [ORG]", "written as"),
        ("entities: {ORG: 1}", "does not give"),
        ("entities: {ORG: 'two words'}", "does not give"),
        ("entities: {ORG: ''}", "does not give"),
        ("entities: {1: ORG}", "does not give"),
        ("entities: &a {ORG: PER}\nrelations: *a", "aliases"),
        ("a: b: c", "no YAML"),
        ("entities: !!python/object/apply:os.system ['x']", "no YAML"),
        ("[" * 20_000, "no YAML"),
    ],
)
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    with pytest.raises(FormatError, match=why):
        read_map(tmp_path / "map.yaml")


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        read_map(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00x")
    with pytest.raises(FormatError, match="no YAML"):
        read_map(tmp_path / "bytes.yaml")
    (tmp_path / "big.yaml").write_bytes(b"#" * (2 << 20))
    with pytest.raises(FormatError, match="larger than"):
        read_map(tmp_path / "big.yaml")
