"""Every format: memory that does not grow with the number of reports, and how fast it is against bare JSON lines.

A process of its own exports a project of 1,000 and one of 10,000 reports; its peak memory is that of the whole process
(``VmHWM``). A split keeps about half a kilobyte a report (``annotations.split``) and spaCy its vocabulary, hence the slack. The
speed is that of ``export_corpus`` from the project's rows to the counted and renamed file, against ``sqlite3`` and
``json.dumps`` of the same rows.

``CHUGIAI_FORMATS=conll,brat`` measures these formats only.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest
from bare_jsonl import bare_export

from exports.formats import FormatInfo, formats
from exports.needs import has
from model.project import Project
from ui.jobs.exporting import export_corpus
from ui.jobs.importing import import_files

FEW, MANY = 1_000, 10_000
SLACK_MB = 28
"""12 of it are SQLite's page cache (16 MB, which a small project does not fill), the rest names of files and the split. 9,000 further
reports are over 60 MB as Python values: whoever kept them would be seen."""
ROOT = Path(__file__).resolve().parents[2]
CHOSEN = [key for key in os.environ.get("CHUGIAI_FORMATS", "").split(",") if key]
KEYS = [info.key for info in formats() if info.writes and not info.review and (not CHOSEN or info.key in CHOSEN)]
_WORDS = re.findall(
    r"\w+", "tỉnh họp bàn kinh tế xã hội nông thôn mới đầu tư công giáo dục y văn hóa thể thao an ninh quốc phòng"
)
CHILD = """
import json, sys, time
from pathlib import Path
from model.project import Project
from ui.jobs.exporting import export_corpus

path, out, key = sys.argv[1:]
calls = []
with Project.open(Path(path)) as project:
    began = time.perf_counter()
    summary = export_corpus(project, Path(out), key, progress=lambda done, total, what: calls.append(done) if not calls else None)
    seconds = time.perf_counter() - began
# Not ru_maxrss: after a fork it begins with what the parent had.
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
print(json.dumps({"mb": round(peak, 1), "seconds": round(seconds, 2), "entities": summary.entities, "told": len(calls)}))
"""


def write_reports(path: Path, count: int) -> Path:
    """Reports of some 1,500 characters, no two alike, with 16 entities and 8 relations each; all done."""
    dice = random.Random(count)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            sentences = [
                f"Ông Lê Thị {dice.randrange(10**6)}, Bí thư Tỉnh ủy, "
                + " ".join(dice.choices(_WORDS, k=22))
                + f" {dice.randrange(10**6)}."
                for _ in range(8)
            ]
            text, entities, relations = "", [], []
            for place, sentence in enumerate(sentences):
                name = (len(text) + 4, len(text) + sentence.index(","))
                title = (name[1] + 2, name[1] + 16)
                for kind, (start, end), mark in (("OFFICIAL", name, "a"), ("TITLE", title, "b")):
                    entities.append({"id": f"{mark}{place}", "label": kind, "start": start, "end": end})
                relations.append(
                    {"id": f"r{place}", "type": "holds_title", "source": f"a{place}", "target": f"b{place}"}
                )
                text += sentence + "\n"
            value = {
                **{"id": f"r{number}", "name": f"{number:06}.txt", "text": text, "annotator": "lan", "status": "done"},
                **{"entities": entities, "relations": relations},
            }
            file.write(json.dumps(value, ensure_ascii=False) + "\n")
    return path


def make_project(folder: Path, count: int) -> Path:
    """A project file of so many reports."""
    path = folder / f"{count}.chugiai"
    with Project.create(path) as project:
        assert import_files(project, [write_reports(folder / f"{count}.jsonl", count)]).total("added") == count
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("streaming")


@pytest.fixture(scope="module")
def few(folder: Path) -> Path:
    return make_project(folder, FEW)


@pytest.fixture(scope="module")
def many(folder: Path) -> Path:
    return make_project(folder, MANY)


def measured(project: Path, out: Path, key: str) -> dict[str, float]:
    """What an export of the whole project in its own process took."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(project), str(out), key],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout)
    return found


def info_of(key: str) -> FormatInfo:
    info = next(info for info in formats() if info.key == key)
    if info.needs and not has(info.needs):
        pytest.skip(f"{info.needs} is not installed")
    return info


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_memory_of_10_000_reports_is_that_of_1_000(key: str, few: Path, many: Path, tmp_path: Path) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell the peak memory of a process")
    info_of(key)
    small, large = measured(few, tmp_path / "few", key), measured(many, tmp_path / "many", key)
    print(f"\n{key:12} {small['mb']:7} MB {large['mb']:7} MB  {large['seconds']:7} s")  # noqa: T201 - the figures
    assert large["entities"] == 10 * small["entities"] > 0
    assert large["told"]
    assert large["mb"] - small["mb"] < SLACK_MB


@pytest.mark.parametrize("key", KEYS)
def test_speed_against_bare_json_lines(key: str, few: Path, tmp_path: Path) -> None:
    info_of(key)
    bare, ours = [], []
    for turn in range(2):
        began = perf_counter()
        bare_export(few, tmp_path / f"bare{turn}")
        bare.append(perf_counter() - began)
        with Project.open(few) as project:
            began = perf_counter()
            assert export_corpus(project, tmp_path / f"ours{turn}", key).reports == FEW
            ours.append(perf_counter() - began)
    rates = [round(FEW / min(times)) for times in (ours, bare)]
    print(f"\n{key:12} {rates[0]:6} reports/s, bare JSON lines {rates[1]}: {min(ours) / min(bare):.1f} times")  # noqa: T201
