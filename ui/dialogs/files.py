"""Asking the person for files: the one place where the system's file dialogs are opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.words import tr


def ask_files(parent: QWidget, title: str, folder: Path, kinds: str = "") -> tuple[Path, ...]:
    """Existing files; ``kinds`` is Qt's filter (``Text (*.txt)``)."""
    chosen, _kind = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
    return tuple(Path(one) for one in chosen)


def ask_file(parent: QWidget, title: str, folder: Path, kinds: str = "") -> Path | None:
    """An existing file, or None."""
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(chosen) if chosen else None


def ask_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """An existing folder, or None."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(folder))
    return Path(chosen) if chosen else None


def ask_target(parent: QWidget, title: str, proposed: Path, suffix: str, replace: bool = True) -> Path | None:
    """Where to write, or None; ``suffix`` is added to a name without it.

    With ``replace`` the system asks whether an existing file may be replaced; without, the caller does. A name that
    only became an existing one through the suffix was not asked for, and comes back as None.
    """
    options = QFileDialog.Option(0) if replace else QFileDialog.Option.DontConfirmOverwrite
    kinds = f"*{suffix}" if suffix else tr("All files (*)")
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds, options=options)
    if not chosen:
        return None
    path = Path(chosen)
    if suffix and path.suffix.lower() != suffix:
        path = path.with_name(path.name + suffix)
        if replace and path.exists():
            return None
    return path
