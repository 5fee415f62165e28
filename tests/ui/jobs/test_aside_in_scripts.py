"""The process beside the window must not run the program again that started it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

SCRIPT = """
from pathlib import Path
print("begun", flush=True)
from ui.jobs.aside import Aside
from ui.jobs.brain import Brain
from annotations.suggest import Knowledge
aside = Aside(Brain)
print(type(aside.call("knowledge", "r", "lan")).__name__, aside._here is None)
aside.stop()
"""


def test_a_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, env=environment, timeout=60, check=True
    )
    assert done.stdout.splitlines() == ["begun", "Knowledge True"], done.stderr
