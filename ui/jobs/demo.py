"""The demo project: invented reports, part of them labelled by two annotators."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from annotations.errors import Refused
from annotations.report import new_id
from exports.formats import importer
from model.address import Address, Place
from model.backup import restore
from model.errors import ProjectError
from model.project import Project
from model.queries.reports import listed_report
from ui.demo import demo_reports
from ui.jobs.importing import import_files
from ui.jobs.progress import Progress, nobody_watches

DEMO_ANNOTATOR = "lan"
"""Who labels in the demo until somebody says otherwise: one of the two whose labels are in it."""


def make_demo(path: Place, progress: Progress = nobody_watches) -> None:
    """Make the demo project at ``path``, whole or not at all; one that is there already is left as it is.

    Raises ``Refused`` when something else stands at ``path``, ``ProjectError`` when it cannot be made.
    """
    if isinstance(path, Address):
        _make_in_database(path, progress)
        return
    if path.exists():
        if is_demo(path):
            return
        raise Refused("{path} exists and is no demo project. It was left as it is; choose another name.", path=path)
    if not path.parent.is_dir():
        raise ProjectError("The folder {folder} does not exist. Nothing was made; create it first.", folder=path.parent)
    folder = path.with_name(f".{path.name}.{new_id()}.part")
    try:
        folder.mkdir()
        _fill(folder / path.name, progress)
        (folder / path.name).rename(path)
    except OSError as error:
        raise ProjectError("{path} cannot be made: {reason}.", path=path, reason=error.strerror) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_in_database(path: Address, progress: Progress) -> None:
    if is_demo(path):
        return
    with TemporaryDirectory(prefix="chugiai-") as folder:
        file = Path(folder) / "demo.chugiai"
        _fill(file, progress)
        restore(file, path)  # refuses a database that holds another project


def is_demo(path: Place) -> bool:
    """Whether ``path`` is a project with one of the demo's reports."""
    with suppress(ProjectError), Project.open(path) as project, demo_reports() as file:
        ids = {record.report.id for record in importer("jsonl").read(file)}
        with project.reading() as connection:
            return any(listed_report(connection, DEMO_ANNOTATOR, report_id) for report_id in sorted(ids))
    return False


def _fill(path: Path, progress: Progress) -> None:
    with Project.create(path) as project, demo_reports() as file:
        refused = import_files(project, [file], progress=progress).refused
        assert not refused, refused
