"""A project of a database as a file, and the other way round: what its backups are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, MetaData

from model.address import Address
from model.connect import JOB_WAIT_MS, make_engine
from model.copying import copy_pages
from model.engines.postgres_project import make, once, version_there
from model.engines.row_copies import Progress, copy_rows
from model.tables import APPLICATION_ID, Base

_NOT_ROWS = ("alembic_version", "search", "sqlite_")


def save_to_file(address: Address, file: Path, progress: Progress) -> None:
    """Write one snapshot of the project into the new file ``file``; its search index is left to be filled later.

    Also an older project, as it is: a backup comes before its migration. Raises ``ProjectError``, ``OSError``.
    """
    from model.migrate import run_migrations

    version = version_there(address)
    engine = make_engine(file, JOB_WAIT_MS, shared_folder=True)
    try:
        run_migrations(engine, version)
        with engine.connect() as target:
            raw = target.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute("PRAGMA synchronous=OFF")  # the finished file is put on the disk as a whole
            with target.begin(), once(address) as source:
                target.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                there = MetaData()
                there.reflect(target, only=lambda name, _: not name.startswith(_NOT_ROWS))
                copy_rows(source, target, there.sorted_tables, progress)
    finally:
        engine.dispose()


def fill_from_file(backup: Path, address: Address, progress: Progress) -> None:
    """Make the project of a file in an empty database, all or nothing. Raises ``ProjectError`` when there is one."""
    from model.project import Project

    with TemporaryDirectory(prefix="chugiai-") as folder:
        copy = Path(folder) / "copy.chugiai"
        copy_pages(backup, copy, lambda _done, _total: None)
        with Project.open(copy) as project, project.reading() as source:  # migrated, and without dead imports
            make(address, _filling(source, progress))


def _filling(source: Connection, progress: Progress) -> Callable[[Connection], None]:
    return lambda target: copy_rows(source, target, Base.metadata.sorted_tables, progress)
