"""A project made by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import done


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project file."""
    path = tmp_path / "project.chugiai"
    done("new", path)
    return path
