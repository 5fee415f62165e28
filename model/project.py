"""A project: create it, open it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, exists, insert, select

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import new_id
from annotations.schema import Schema
from model.address import Address, Place
from model.clock import now
from model.connect import JOB_WAIT_MS, make_engine, told
from model.database import Database, check_header, stored_version
from model.errors import ProjectError
from model.schema_rows import write_new_schema
from model.search_index import create_index
from model.sweep import sweep
from model.tables import APPLICATION_ID, HEAD, ActionRow, Base, ProjectRow, SchemaRow

SUFFIX = ".chugiai"


class Project(Database):
    """An open project: made by ``create`` or ``open``."""

    @staticmethod
    def create(path: Place, schema: Schema = DEFAULT_SCHEMA, wait_ms: int = JOB_WAIT_MS) -> Project:
        """Make a new project file, or a project in an empty database. Raises ``ProjectError`` when ``path`` exists
        or cannot be made."""
        if isinstance(path, Address):
            from model.engines.postgres_project import make

            make(path, lambda connection: fill_new(connection, path.name, schema))
            return Project.open(path, wait_ms)
        try:
            there, folder = path.exists(), path.parent.is_dir()
        except OSError as error:
            raise ProjectError("{path} cannot be made: {reason}.", path=path, reason=error.strerror) from error
        if there:
            raise ProjectError(
                "{path} exists already. Nothing was changed; choose another name, or open it.", path=path
            )
        if not folder:
            raise ProjectError(
                "The folder {folder} does not exist. Nothing was made; create it first.", folder=path.parent
            )
        beside = path.with_name(f".{path.name}.{new_id()}.part")
        try:
            _fill_new_file(beside, path.stem, schema)
            try:
                beside.rename(path)
            except OSError as error:
                raise ProjectError("{path} cannot be made: {reason}.", path=path, reason=error.strerror) from error
        finally:
            for leftover in (beside, *(beside.with_name(beside.name + end) for end in ("-wal", "-shm", "-journal"))):
                with suppress(OSError):
                    leftover.unlink()
        return Project.open(path, wait_ms)

    @staticmethod
    def open(path: Place, wait_ms: int = JOB_WAIT_MS) -> Project:
        """Open a project; migrates an older one (after a backup), sweeps imports that died.

        Raises ``ProjectError`` when it is missing, not a project, damaged, or newer than this program.
        """
        if isinstance(path, Path):
            check_header(path)
        version = stored_version(path)  # of a database this looks whether there is a project, too
        if version != HEAD:
            from model.migrate import migrate

            migrate(path, version)
        project = Project(path, wait_ms)
        try:
            with project.reading() as connection:
                found = connection.execute(select(ProjectRow.project_id).where(exists(select(SchemaRow.id)))).scalar()
                pending = connection.execute(select(ActionRow.id).where(ActionRow.state == "pending").limit(1)).first()
            if found is None:
                raise ProjectError("{path} lacks parts of a project. Nothing was changed; restore a backup.", path=path)
            if pending:
                sweep(project)
        except BaseException:
            project.close()
            raise
        project.project_id = found
        return project


def _fill_new_file(path: Path, name: str, schema: Schema) -> None:
    engine = make_engine(path, JOB_WAIT_MS, shared_folder=True)
    try:
        with told(str(path)), engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            Base.metadata.create_all(connection)
            connection.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
            create_index(connection)
            fill_new(connection, name, schema)
    finally:
        engine.dispose()


def fill_new(connection: Connection, name: str, schema: Schema) -> None:
    """The rows of a new project."""
    connection.execute(insert(ProjectRow).values(project_id=new_id(), name=name, created_at=now()))
    write_new_schema(connection, schema)
