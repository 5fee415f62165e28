"""What every test gets: an offscreen Qt, settings of its own, and the real reports when they are there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import postgres
import pytest
from hypothesis import settings

from model.address import Address

# The first example of a property may load a segmenter or a window; slowness is measured in benchmarks, not here.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def real_reports() -> list[Path]:
    """The real reports beside the checkout; the test is skipped where they are not there."""
    folder = ROOT.parent / "shared" / "reports"
    found = sorted(folder.glob("*.txt"))
    if not found:
        pytest.skip("the real reports are not beside this checkout")
    return found


@pytest.fixture(scope="session")
def database_server() -> Iterator[Address]:
    """A PostgreSQL server that runs as long as the tests; where there can be none, the test is skipped and says why."""
    if why := postgres.why_not():
        pytest.skip(why)
    with postgres.server() as address:
        yield address


@pytest.fixture
def database(database_server: Address) -> Address:
    """A place in a database where no project is yet."""
    return postgres.empty_place(database_server)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the computer's account go to a folder of this test."""
    monkeypatch.setenv("CHUGIAI_SETTINGS", str(tmp_path_factory.mktemp("settings")))
    monkeypatch.setenv("CHUGIAI_LANGUAGE", "en")
