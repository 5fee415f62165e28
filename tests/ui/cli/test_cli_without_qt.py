"""The command line works where Qt cannot be imported."""

from __future__ import annotations

from pathlib import Path

from command_line import MAIN, Said, program
from label_files import record, write_records

NO_QT = f"""
import sys, runpy

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "PySide6":
            raise ModuleNotFoundError("No module named 'PySide6'", name=name)

sys.meta_path.insert(0, NoQt())
sys.argv[0] = {str(MAIN)!r}
runpy.run_path({str(MAIN)!r}, run_name="__main__")
"""


def without_qt(*words: str | Path) -> Said:
    return program(*words, python=("-c", NO_QT), CHUGIAI_SETTINGS="")


def test_every_command_but_the_window_s(tmp_path: Path) -> None:
    project, copy = tmp_path / "p.chugiai", tmp_path / "copy.chugiai"
    labels = write_records(tmp_path / "a.jsonl", record())
    (tmp_path / "b.txt").write_text("Chiều 27/4, Huyện uỷ họp.", "utf-8")
    lines: list[tuple[str | Path, ...]] = [
        ("--help",),
        ("new", project),
        ("import", project, labels, tmp_path / "b.txt"),
        ("export", project, tmp_path / "o.jsonl", "--format", "jsonl", "--all"),
        ("export", project, tmp_path / "o.xlsx", "--format", "xlsx", "--all"),
        ("search", project, "hội nghị"),
        ("schema", project, "--export", tmp_path / "labels.yaml"),
        ("check", project),
        ("backup", project, copy),
        ("restore", copy, project),
    ]
    for line in lines:
        said = without_qt(*line)
        assert (said.status, said.err) == (0, ""), said


def test_the_window_is_refused_in_one_sentence(tmp_path: Path) -> None:
    said = without_qt("demo", tmp_path / "demo.chugiai")
    assert "PySide6" in said.refusal
    assert without_qt("check", tmp_path / "demo.chugiai").status == 0
