"""From a path, or the address of a database, to an open desk."""

from __future__ import annotations

from model.address import Place
from model.annotators import annotator_names
from model.connect import LABEL_WAIT_MS
from model.errors import Busy
from model.project import Project
from model.workspace import Workspace
from ui.desk import Desk
from ui.settings import Settings


def make_desk(path: Place, annotator: str, settings: Settings, tries: int) -> Desk:
    """Open a project for labelling; while another program writes, try again, at most ``tries`` times.

    Raises ``ProjectError`` when it cannot be opened.
    """
    project = Project.open(path, wait_ms=LABEL_WAIT_MS)
    try:
        return Desk(project, _workspace(project, annotator, tries), settings)
    except BaseException:
        project.close()
        raise


def known_annotators(path: Place) -> tuple[str, ...]:
    """Who labels in a project already. Raises ``ProjectError`` when it cannot be opened."""
    with Project.open(path) as project, project.reading() as connection:
        return annotator_names(connection)


def _workspace(project: Project, annotator: str, tries: int) -> Workspace:
    while True:
        tries -= 1
        try:
            return Workspace(project, annotator)
        except Busy:
            if tries <= 0:
                raise
