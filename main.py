"""Start the application: ``python main.py`` or the installed command ``chugiai``."""

from __future__ import annotations

import sys
from pathlib import Path


def _use_bundled_packages() -> None:
    """Put this file's folder first on ``sys.path``.

    ``python main.py`` does so by itself; the installed command, which imports
    this file as ``chugiai.main``, and ``python -P main.py`` do not.
    """
    here = str(Path(__file__).resolve().parent)
    if here in sys.path:
        sys.path.remove(here)
    sys.path.insert(0, here)


def main() -> int:
    """Run the application and return its exit status."""
    _use_bundled_packages()
    from ui.cli import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
