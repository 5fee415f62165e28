"""Small projects made through the program's own doors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from postgres import new_project
from small_projects import TEXT, add_reports

from model.address import Address, Place
from model.project import Project
from model.workspace import Workspace


@pytest.fixture(params=["file", "database"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a project can be made: what is stored must not depend on it."""
    if request.param == "file":
        return tmp_path / "project.chugiai"
    made: Address = request.getfixturevalue("database")
    return made


@pytest.fixture(params=["file", "database"], scope="session")
def new(request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[Project]]:
    """Makes an empty project with the default schema, of either kind, as often as a property needs one."""

    @contextmanager
    def in_file() -> Iterator[Project]:
        with TemporaryDirectory() as folder, Project.create(Path(folder) / "project.chugiai") as made:
            yield made

    @contextmanager
    def in_database() -> Iterator[Project]:
        with new_project(request.getfixturevalue("database_server")) as place, Project.open(place) as made:
            yield made

    return in_file if request.param == "file" else in_database


@pytest.fixture
def project(new: Callable[[], AbstractContextManager[Project]]) -> Iterator[Project]:
    """An empty project with the default schema, of either kind."""
    with new() as made:
        yield made


@pytest.fixture
def report_id(project: Project) -> str:
    """The id of the one report of ``project``."""
    return add_reports(project, TEXT)[0]


@pytest.fixture
def workspace(project: Project, report_id: str) -> Workspace:
    """Lan at work on ``project``."""
    return Workspace(project, "lan")
