"""A database's backup is a file, and a file fills an empty database; migrations; damage and its repair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from labelled_projects import content, labelled_project, run_sql
from postgres import connected
from small_projects import TEXT, add_reports

from annotations.changes import AddEntity, SetEntityNote
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.errors import Cancelled
from annotations.report import Entity
from model import migrate
from model.address import Address
from model.backup import back_up, restore
from model.bulk import ImportBatch
from model.check import check
from model.damage import Damage
from model.engines.postgres_project import once
from model.engines.row_copies import copy_rows
from model.errors import NotSaved, ProjectError
from model.project import Project, fill_new
from model.queries.history import history_page
from model.queries.search import search
from model.repair import repair
from model.tables import HEAD, Base
from model.workspace import Workspace

ONE = Entity("one", "ORG", 13, 34)


@pytest.fixture
def labelled(database: Address) -> Address:
    """Two reports that lan and minh labelled, in a database."""
    place = labelled_project(database)
    assert isinstance(place, Address)
    return place


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files beside a database go."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def test_a_backup_is_a_whole_project_file(labelled: Address, tmp_path: Path) -> None:
    saved = back_up(labelled, tmp_path / "b.chugiai")
    assert content(saved) == content(labelled)
    assert [str(finding) for finding in check(saved) if finding.is_damage] == []
    with Project.open(saved) as project:
        space = Workspace(project, "lan")
        assert space.undo().title  # the history came along
        with project.reading() as connection:
            assert len(history_page(connection)) > 8
    assert [file.name for file in tmp_path.glob("*.chugiai*")] == ["b.chugiai"]


def test_a_file_fills_an_empty_database_and_comes_back(database: Address, tmp_path: Path) -> None:
    file = labelled_project(tmp_path / "p.chugiai")
    assert isinstance(file, Path)
    with Project.open(file) as project:
        space = Workspace(project, "lan")
        space.apply(SetEntityNote("id-report-0.txt", ("post",), "tab\t, line\nand back\\slash \\N đ 😀"))
    before = content(file)
    assert restore(file, database) is None
    assert content(database) == before
    assert content(file) == before
    assert [str(finding) for finding in check(database) if finding.is_damage] == []
    with Project.open(database) as project:
        space = Workspace(project, "lan")
        assert not space.undo().nothing
        assert not space.redo().nothing
        space.apply(AddEntity("id-report-0.txt", ONE))  # keys go on after those that came
        add_reports(project, "new", names="new-{}.txt")
    assert content(back_up(database, tmp_path / "back.chugiai")) == content(database)


def test_a_database_that_holds_a_project_is_not_filled(labelled: Address, tmp_path: Path) -> None:
    file = labelled_project(tmp_path / "p.chugiai")
    assert isinstance(file, Path)
    before = content(labelled)
    with pytest.raises(ProjectError, match=r"There is a project in .* already"):
        restore(file, labelled)
    assert content(labelled) == before


def test_a_restore_that_fails_leaves_nothing(
    database: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = labelled_project(tmp_path / "p.chugiai")
    assert isinstance(file, Path)

    def stop(*values: object) -> None:
        copy_rows(*values[:3], lambda done, _total: None)  # type: ignore[arg-type]
        raise Cancelled

    with monkeypatch.context() as patch:
        patch.setattr("model.engines.postgres_copies.copy_rows", stop)
        with pytest.raises(Cancelled):
            restore(file, database)
    with pytest.raises(ProjectError, match="There is no project in"):
        Project.open(database)
    restore(file, database)
    assert content(database) == content(file)


def test_a_backup_does_not_take_an_import_under_way(labelled: Address, tmp_path: Path) -> None:
    before = content(labelled)
    with Project.open(labelled) as project, ImportBatch.open(project) as batch:
        for record in _records(3):
            batch.add("file", record)
        batch.flush()
        saved = back_up(labelled, tmp_path / "b.chugiai")
    assert content(saved) == before


def _records(count: int) -> Iterator[object]:
    from project_children import records

    return records(count, "under-way")


def test_a_backup_replaces_nothing_and_cancelling_leaves_nothing(labelled: Address, tmp_path: Path) -> None:
    (tmp_path / "there.chugiai").write_text("mine")
    with pytest.raises(ProjectError, match="exists already"):
        back_up(labelled, tmp_path / "there.chugiai")

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        back_up(labelled, tmp_path / "b.chugiai", stop)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["home", "there.chugiai"]


@pytest.mark.parametrize("new", ["database"], indirect=True)
def test_migrations_lead_to_the_tables_of_a_new_project(database: Address, project: Project) -> None:
    assert isinstance(project.path, Address)
    with once(database, writing=True) as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {database.schema}")
        migrate.upgrade(connection, HEAD)
    assert _described(database) == _described(project.path)


def _described(place: Address) -> set[tuple[object, ...]]:
    """Every column and every index of a project's schema; those that only a database has are left out."""
    with connected(place) as run:
        columns = run(
            "SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns "
            "WHERE table_schema = current_schema()"
        )
        indexes = run("SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()")
    ours = ("ix_relation_source_id", "ix_relation_target_id", "ix_annotation_set_text_id")
    return {tuple(row) for row in columns} | {
        (table, name, told.replace(place.schema, "S")) for table, name, told in indexes if name not in ours
    }


def test_an_older_database_is_migrated_after_a_backup(database: Address, home: Path) -> None:
    with once(database, writing=True) as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {database.schema}")
        migrate.upgrade(connection, "0001")
        fill_new(connection, "old", DEFAULT_SCHEMA)
    with Project.open(database) as project:
        add_reports(project, TEXT)
        Workspace(project, "lan").apply(AddEntity("id-report-0.txt", ONE))
    (saved,) = home.glob("*.before-0001.chugiai")
    with Project.open(saved) as copy, copy.reading() as connection:
        assert len(history_page(connection)) == 1
    assert [str(finding) for finding in check(database) if finding.is_damage] == []


def test_a_newer_database_is_left_alone(labelled: Address, home: Path) -> None:
    run_sql(labelled, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ProjectError, match="newer Chú Giải"):
        Project.open(labelled)
    assert not list(home.iterdir())


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ('UPDATE entity SET "end" = 9999 WHERE id = 2', Damage.SPAN_OUTSIDE_TEXT),
        ("UPDATE entity SET removed_by = 1 WHERE entity_id = 'post'", Damage.RELATION_WITHOUT_END),
        ("UPDATE label SET removed_by = 1 WHERE name = 'TITLE'", Damage.UNKNOWN_LABEL),
        ("UPDATE report_text SET length = 3 WHERE id = 1", Damage.TEXT_CHANGED),
        ("DROP INDEX ix_report_date", Damage.BROKEN_INDEX),
        ("DELETE FROM search WHERE text_id = 1", Damage.BROKEN_INDEX),
        ("DROP TABLE search", Damage.BROKEN_INDEX),
        (
            "SET session_replication_role = replica; DELETE FROM annotator WHERE name = 'minh'",
            Damage.MISSING_ROW,
        ),
        ("SET session_replication_role = replica; DELETE FROM action WHERE id = 4", Damage.MISSING_ROW),
    ],
)
def test_damage_is_found_and_mended_after_a_backup(labelled: Address, home: Path, statement: str, kind: Damage) -> None:
    run_sql(labelled, statement)
    found = [finding for finding in check(labelled) if finding.is_damage]
    assert {finding.kind for finding in found} == {kind}
    saved, findings = repair(labelled)
    assert saved == home / f"{labelled.stem}.before-repair-1.chugiai"
    assert saved.exists()
    assert [str(finding) for finding in findings if finding.is_damage and not finding.repaired] == []
    assert [str(finding) for finding in check(labelled) if finding.is_damage] == []
    with Project.open(labelled) as project, project.reading() as connection:
        assert len(search(connection, "thuong vu").rows) == 2


def test_a_full_home_stops_a_repair(labelled: Address, home: Path) -> None:
    run_sql(labelled, "UPDATE report_text SET length = 3 WHERE id = 1")
    home.rmdir()
    with pytest.raises((NotSaved, ProjectError)):
        repair(labelled)
    assert [finding.kind for finding in check(labelled) if finding.is_damage] == [Damage.TEXT_CHANGED]


def test_every_table_is_copied(labelled: Address, tmp_path: Path) -> None:
    """Tables that come later are copied too: all of them, in an order that foreign keys allow."""
    saved = back_up(labelled, tmp_path / "b.chugiai")
    with Project.open(saved) as copy, copy.reading() as there, once(labelled) as here:
        for table in Base.metadata.sorted_tables:
            count = f'SELECT count(*) FROM "{table.name}"'
            assert there.exec_driver_sql(count).scalar() == here.exec_driver_sql(count).scalar(), table.name
