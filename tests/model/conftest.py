"""Small projects made through the program's own doors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_projects import TEXT, add_reports

from model.project import Project
from model.workspace import Workspace


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An empty project with the default schema."""
    with Project.create(tmp_path / "project.chugiai") as made:
        yield made


@pytest.fixture
def report_id(project: Project) -> str:
    """The id of the one report of ``project``."""
    return add_reports(project, TEXT)[0]


@pytest.fixture
def workspace(project: Project, report_id: str) -> Workspace:
    """Lan at work on ``project``."""
    return Workspace(project, "lan")
