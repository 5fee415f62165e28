"""What this account of the computer remembers: who labels, recent projects, where each was left, shortcuts.

One JSON file, read and written without Qt; nothing of it ever stands in a project file. A file that cannot be read is put aside and
begun anew; one that cannot be written is not a reason to stop the person's work.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotations.errors import ChuGiaiError
from model.address import Place, place

log = logging.getLogger(__name__)

MOST_RECENT = 12
"""How many recent projects are remembered."""
MOST_PROJECTS = 200
"""How many projects' last places are remembered; the ones not opened for longest are let go."""


def settings_folder() -> Path:
    """``$CHUGIAI_SETTINGS`` when set, else ``chugiai`` in the account's folder for settings, by the ways of each system."""
    named = os.environ.get("CHUGIAI_SETTINGS")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "chugiai"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Preferences" / "chugiai"
    stated = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(stated) if stated.startswith("/") else Path.home() / ".config") / "chugiai"


class Settings:
    """Remembered values (JSON types) by key. Several windows may share the file: each write starts from what is there."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings_folder()
        self.path = self.folder / "settings.json"
        self._values = self._read()

    def get(self, key: str, default: Any = None) -> Any:
        """The value of ``key``; Any because it is whatever JSON holds."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Remember a JSON value; None forgets the key."""
        self._values = self._read()
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._write()

    @property
    def annotator(self) -> str:
        """Who labels at this account; empty as long as nobody was asked."""
        return str(self.get("annotator", ""))

    @annotator.setter
    def annotator(self, name: str) -> None:
        self.set("annotator", name.strip())

    @property
    def recent(self) -> tuple[Place, ...]:
        """Recently opened projects, the last first: files, and addresses of databases (without their passwords)."""
        places: list[Place] = []
        for named in self.get("recent", []):
            with suppress(ChuGiaiError):
                places.append(place(str(named)))
        return tuple(places)

    def opened(self, path: Place) -> None:
        """Put a project at the top of the recent ones. A password is never written down."""
        kept = [str(path), *(str(other) for other in self.recent if other != path)]
        self.set("recent", kept[:MOST_RECENT])

    def forget(self, path: Place) -> None:
        """Take a project out of the recent ones."""
        self.set("recent", [str(other) for other in self.recent if other != path])

    def project(self, project_id: str) -> Mapping[str, Any]:
        """Where the project was left: ``report``, ``caret``, ``scroll``, ``filters``…"""
        found = self.get("projects", {}).get(project_id, {})
        return found if isinstance(found, dict) else {}

    def set_project(self, project_id: str, **values: Any) -> None:
        """Remember where the project was left; values that are not named stay."""
        projects = dict(self._read().get("projects", {}))
        state = {**projects.pop(project_id, {}), **values}
        projects[project_id] = state
        self.set("projects", dict(list(projects.items())[-MOST_PROJECTS:]))

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("settings cannot be read: %s", error)
            self._put_aside()
            return {}
        return found if isinstance(found, dict) else {}

    def _put_aside(self) -> None:
        try:
            self.path.replace(self.path.with_suffix(".unreadable"))
        except OSError as error:
            log.warning("settings cannot be put aside: %s", error)

    def _write(self) -> None:
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), "utf-8")
            beside.replace(self.path)
        except OSError as error:
            log.warning("settings cannot be written: %s", error)
