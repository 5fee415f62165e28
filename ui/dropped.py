"""Files that are dropped on a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

SUFFIX = ".chugiai"  # as in model.project, which the welcome page does not wait for


def local_paths(data: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this computer that are being dragged."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


def is_project(path: Path) -> bool:
    """Whether the name is that of a project file."""
    return path.suffix == SUFFIX
