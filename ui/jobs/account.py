"""What the account of the computer remembers, read without Qt."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from ui.settings import Settings


def account_folder() -> Path:
    """The same folder as ``ui.settings.settings_folder``, which asks Qt: it stands on the ways of each system."""
    named = os.environ.get("CHUGIAI_SETTINGS")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "chugiai"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Preferences" / "chugiai"
    stated = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(stated) if stated.startswith("/") else Path.home() / ".config") / "chugiai"


def remembered_annotator() -> str | None:
    """Who labels at this account; None as long as nobody was asked."""
    return Settings(account_folder()).annotator or None


def person() -> str:
    """Who acts at this account: the remembered annotator, else the account's own name."""
    return remembered_annotator() or account_name()


def account_name() -> str:
    """The name of the account; ``chugiai`` where the system does not know one (a container, a service)."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "chugiai"
