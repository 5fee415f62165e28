"""Our own bugs: their traceback goes to the log file that the window also writes."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path


def log_bug(error: BaseException) -> Path | str:
    """Add the traceback to the log file; where that is, or why it could not be written."""
    from ui.jobs.account import account_folder

    path = account_folder() / "chugiai.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ}\n{''.join(traceback.format_exception(error))}\n")
    except OSError as failed:
        return f"{path} ({failed.strerror})"
    return path
