"""Older files are brought up to date after a backup; newer ones are left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from small_projects import TEXT, add_reports

from model import migrate
from model.connect import JOB_WAIT_MS, make_engine
from model.errors import ProjectError
from model.project import Project
from model.tables import APPLICATION_ID, HEAD


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project file; how databases are migrated stands in test_postgres_copies."""
    with Project.create(tmp_path / "project.chugiai") as made:
        yield made


def tables_of(path: Path) -> set[tuple[str, str, str]]:
    """Every table and index as SQLite describes it, columns in order of name."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        columns = {
            (name, row[1], f"{row[2]} {row[3]} {row[5]}")
            for (name,) in names
            for row in connection.execute(f'PRAGMA table_info("{name}")')
        }
        indexes = connection.execute("SELECT tbl_name, name, coalesce(sql, '') FROM sqlite_master WHERE type='index'")
        return columns | {(table, name, sql) for table, name, sql in indexes}


def test_the_newest_migration_is_the_one_that_new_projects_have() -> None:
    assert migrate.known_versions()[-1] == HEAD


def test_migrations_from_nothing_lead_to_the_tables_of_a_new_project(tmp_path: Path, project: Project) -> None:
    path = tmp_path / "migrated.chugiai"
    engine = make_engine(path, JOB_WAIT_MS)
    migrate.run_migrations(engine, HEAD)
    engine.dispose()
    assert tables_of(path) == tables_of(project.path)


def test_a_newer_file_is_left_alone(project: Project) -> None:
    project.close()
    with closing(sqlite3.connect(project.path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = project.path.read_bytes()
    with pytest.raises(ProjectError, match="newer Chú Giải"):
        Project.open(project.path)
    assert project.path.read_bytes() == before


def test_migrating_backs_up_first(project: Project) -> None:
    add_reports(project, TEXT)
    saved = migrate.migrate(project.path, HEAD)
    assert saved.name == f"project.before-{HEAD}.chugiai"
    with Project.open(saved) as copy, copy.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM report").scalar() == 1
    assert migrate.migrate(project.path, HEAD) != saved


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(100), b"PK\x03\x04 not a project", None])
def test_what_is_not_a_project_is_refused_in_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.chugiai"
    if content is None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE t (x)")
    else:
        path.write_bytes(content)
    with pytest.raises(ProjectError, match="is not a Chú Giải project"):
        Project.open(path)


def test_a_damaged_file_is_told(project: Project) -> None:
    project.close()
    content = bytearray(project.path.read_bytes())
    content[100:4096] = bytes(3996)
    project.path.write_bytes(content)
    with pytest.raises(ProjectError, match="damaged"):
        Project.open(project.path)


def test_missing_and_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="There is no project"):
        Project.open(tmp_path / "none.chugiai")
    with pytest.raises(ProjectError, match="is a folder"):
        Project.open(tmp_path)


def test_creating_refuses_what_is_there_and_a_missing_folder(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="exists already"):
        Project.create(project.path)
    with pytest.raises(ProjectError, match="does not exist"):
        Project.create(tmp_path / "none" / "p.chugiai")
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".part") == []


def test_the_file_says_what_it_is(project: Project) -> None:
    assert int.from_bytes(project.path.read_bytes()[68:72], "big") == APPLICATION_ID
