"""Whatever ``chugiai export`` wrote comes in again by ``chugiai import``, told apart by itself: files, folders, zips, splits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import done

from exports.formats import formats
from exports.needs import has
from ui.jobs.sources import find_sources

TEXT = "Ông Lê A, Bí thư Tỉnh ủy. Báo cáo thứ {} về {}."
TOPICS = "kinh tế", "văn hóa giáo dục", "an ninh quốc phòng", "nông thôn mới", "xây dựng Đảng", "y tế"


@pytest.fixture
def labelled(project: Path, tmp_path: Path) -> Path:
    with (tmp_path / "in.jsonl").open("w", encoding="utf-8") as file:
        for number, topic in enumerate(TOPICS):
            entities = [
                {"id": "a", "label": "OFFICIAL", "start": 4, "end": 8},
                {"id": "b", "label": "TITLE", "start": 10, "end": 24},
            ]
            value = {
                **{"id": f"r{number}", "name": f"{number}.txt", "text": TEXT.format(number, topic * (number + 1))},
                **{"annotator": "lan", "status": "done", "entities": entities, "relations": []},
            }
            file.write(json.dumps(value, ensure_ascii=False) + "\n")
    done("import", project, tmp_path / "in.jsonl")
    return project


@pytest.mark.parametrize("info", [info for info in formats() if info.reads], ids=lambda info: info.key)
@pytest.mark.parametrize("split", [False, True], ids=["whole", "split"])
@pytest.mark.parametrize("zipped", [False, True], ids=["plain", "zip"])
def test_out_and_in(labelled: Path, tmp_path: Path, info: object, split: bool, zipped: bool) -> None:
    from exports.formats import FormatInfo

    assert isinstance(info, FormatInfo)
    if info.needs and not has(info.needs):
        pytest.skip(f"{info.needs} is not installed (extras {info.key}, formats-test)")
    divided = split and not info.splits
    if zipped and (divided or info.suffix):
        pytest.skip("a zip of several exports is unpacked by hand" if divided else f"{info.key} is one file")
    folder = tmp_path / "folder"  # with the manifest, which is no report
    folder.mkdir()
    out = folder / ("out.zip" if zipped else f"out{'' if divided else info.suffix}")
    done("export", labelled, out, "--format", info.key, *(("--split", "50,25,25") if split else ()))
    for path in (folder, out):
        for more in ((), ("--format", info.key)):
            again = tmp_path / f"again{path.name}{len(more)}.chugiai"
            done("new", again)
            said = done("import", again, path, "--annotator", "lan", "--json", *more).json
            assert said["totals"]["added"] == len(TOPICS)
            assert said["totals"]["entities"] == 2 * len(TOPICS)


def test_what_only_looks_like_a_manifest_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"name": "an app"}', "utf-8")
    (tmp_path / "a.txt").write_text("x", "utf-8")
    assert [source.name for source in find_sources([tmp_path])] == ["a.txt", "manifest.json"]
