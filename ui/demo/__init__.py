"""The demo corpus: invented reports of this genre, part of them labelled by two annotators.

Persons, bodies, provinces and events are made up; nothing is taken from a newspaper.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def demo_reports() -> Iterator[Path]:
    """The path of the demo corpus: native JSON lines, one record per report and annotation set, UTF-8.

    The file is there as long as the context is open; it is the program's own and must not be written to.
    """
    with as_file(files(__name__) / "reports.jsonl") as path:
        yield path
