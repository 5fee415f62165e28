"""Tell network and synced folders, on which SQLite's WAL is not safe."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

_SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "nextcloud", "owncloud", "mega sync")
_NETWORK = {"nfs", "nfs4", "cifs", "smbfs", "smb3", "fuse.sshfs", "afs", "9p", "davfs", "fuse.rclone", "ncpfs"}


def is_shared_folder(path: Path) -> bool:
    """Whether ``path`` lies on a network share or in a folder that a sync program watches."""
    folder = path.resolve().parent
    if any(part.lower().startswith(_SYNCED) for part in folder.parts) or "Mobile Documents" in folder.parts:
        return True
    if sys.platform.startswith("linux"):
        return _linux_kind(folder) in _NETWORK
    if sys.platform == "win32":
        return _windows_is_remote(folder)
    return False


def _linux_kind(folder: Path) -> str:
    """The file system type of the mount that holds ``folder``."""
    best, kind = "", ""
    for mount, found in _linux_mounts():
        inside = str(folder) == mount or str(folder).startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, found
    return kind


@cache
def _linux_mounts() -> tuple[tuple[str, str], ...]:
    try:
        lines = Path("/proc/mounts").read_text(errors="replace").splitlines()
    except OSError:
        return ()
    rows = (line.split() for line in lines)
    return tuple((row[1].replace("\\040", " "), row[2]) for row in rows if len(row) > 2)


def _windows_is_remote(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    import ctypes

    drive_type = getattr(ctypes, "windll").kernel32.GetDriveTypeW(folder.anchor)  # noqa: B009 (absent elsewhere)
    return bool(drive_type == 4)  # DRIVE_REMOTE
