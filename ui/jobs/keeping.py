"""Keep a project safe: copies, restoring, checking and mending. The model does the work; here is the progress."""

from __future__ import annotations

from pathlib import Path

from model import backup as backups
from model import check as checks
from model import repair as repairs
from model.address import Place
from model.damage import Finding
from ui.jobs.progress import Progress, nobody_watches
from ui.words import tr


def back_up(project: Place, out: Path, progress: Progress = nobody_watches) -> Path:
    """Copy a project, open or closed, into one file. Raises ``ProjectError`` when ``out`` exists or cannot be written."""
    return backups.back_up(project, out, lambda done, total: progress(done, total, tr("Copying")))


def send_copy(project: Place, out: Path, progress: Progress = nobody_watches) -> Path:
    """Make one mailable file of a project that is open; a copy that the person chose to replace is replaced."""
    return backups.back_up(project, out, lambda done, total: progress(done, total, tr("Copying")), force=True)


def restore(backup: Path, project: Place) -> Path | None:
    """Put a backup in a project's place; where the former project was kept, or None when there was none.

    Raises ``ProjectError`` when the backup is damaged or the project is open somewhere; nothing was changed then.
    """
    return backups.restore(backup, project)


def check(project: Place, progress: Progress = nobody_watches) -> tuple[Finding, ...]:
    """All that is wrong with a project, and its notices. Raises ``ProjectError`` when it is none at all."""
    return checks.check(project, lambda done, total: progress(done, total, tr("Checking")))


def repair(project: Place) -> tuple[Path | None, tuple[Finding, ...]]:
    """Back up and mend what can be mended without loss; the backup's path and the findings, mended ones marked."""
    return repairs.repair(project)
