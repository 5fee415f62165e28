"""A store for each kind of place."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection, Engine

from model.address import Address, Place
from model.engines.sqlite_store import FileStore


class Store(Protocol):
    """Gives connections to one project. ``warning`` is a sentence for the person, else empty."""

    engine: Engine
    warning: str

    def unchecked(self, connection: Connection) -> AbstractContextManager[None]:
        """Do not check foreign keys where that would cost too much."""

    def check_place(self) -> None:
        """Raise ``NotSaved`` when what is about to be committed would be lost."""

    def close(self) -> None:
        """Close every connection."""


def open_store(place: Place, wait_ms: int) -> Store:
    """The store of the project at ``place``; a write waits ``wait_ms`` for the others. Raises ``ProjectError``."""
    if isinstance(place, Address):
        from model.engines.postgres_store import ServerStore

        return ServerStore(place, wait_ms)
    return FileStore(place, wait_ms)
