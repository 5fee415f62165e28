"""What a server does to a project: locks, snapshots, lost connections, rights; and that it stores the same."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled_projects import content
from postgres import connected, empty_place, new_project
from small_projects import TEXT, add_reports
from sqlalchemy import text

from annotations.changes import AddEntity, EditReports, Relabel, SetEntityNote
from annotations.corpus import ImportedRecord
from annotations.errors import Refused
from annotations.report import Entity, Report
from model.address import Address
from model.bulk import ImportBatch
from model.connect import LABEL_WAIT_MS
from model.engines.postgres_door import words_as_tsvector
from model.engines.postgres_errors import server_sentence
from model.errors import Busy, NotSaved, PasswordWanted, ProjectError
from model.project import Project
from model.queries.reports import Sort, page_of_reports
from model.queries.search import index_next, search
from model.sweep import sweep
from model.workspace import Workspace

ONE, OTHER = Entity("one", "ORG", 13, 34), Entity("other", "ORG", 0, 3)
REPORT = "id-report-0.txt"
NO_DRIVER = "pg8000 is not installed (extras postgres, formats-test)"


@pytest.fixture
def there(database_server: Address) -> Iterator[Address]:
    """A project with one report, in a database."""
    with new_project(database_server) as place:
        with Project.open(place) as project:
            add_reports(project, TEXT)
        yield place


def test_a_label_waits_a_moment_for_another_writer_and_then_says_so(there: Address) -> None:
    with Project.open(there) as writer, Project.open(there, wait_ms=LABEL_WAIT_MS) as window:
        space = Workspace(window, "lan")
        with writer.writing():
            with pytest.raises(Busy, match="is being written by another program"):
                space.apply(AddEntity(REPORT, ONE))
            assert space.annotation_set(REPORT) is None  # reading is never in the way
        assert space.apply(AddEntity(REPORT, ONE)).added == (ONE.id,)


def test_projects_in_one_database_do_not_wait_for_each_other(there: Address) -> None:
    with Project.create(empty_place(there)) as other, Project.open(there, wait_ms=LABEL_WAIT_MS) as window:
        space = Workspace(window, "lan")
        with other.writing():
            space.apply(AddEntity(REPORT, ONE))


def test_reading_sees_one_snapshot_and_a_write_sees_what_came_before_it(there: Address) -> None:
    with Project.open(there) as project:
        lan, minh = Workspace(project, "lan"), Workspace(project, "lan")
        with project.reading() as connection:
            count = text("SELECT count(*) FROM entity")
            assert connection.execute(count).scalar() == 0
            lan.apply(AddEntity(REPORT, ONE))
            assert connection.execute(count).scalar() == 0
        minh.apply(SetEntityNote(REPORT, ("one",), "seen", {"one": 1}))
        news = lan.poll()
        assert news is not None
        assert news.labels == {REPORT}


def test_a_window_hears_of_what_came_after_a_write_that_failed(there: Address) -> None:
    """Numbers of actions that were rolled back are left out; what is told goes by what was committed."""
    with Project.open(there) as project:
        lan, minh = Workspace(project, "lan"), Workspace(project, "minh")
        for _ in range(3):
            with pytest.raises(Refused):
                lan.apply(Relabel(REPORT, ("nothing",), "ORG"))  # its action had a number already
        lan.apply(AddEntity(REPORT, ONE))
        assert lan.poll() is None  # our own
        news = minh.poll()
        assert news is not None
        assert news.annotator == "lan"


def test_a_connection_that_is_lost_is_told_and_made_again(there: Address) -> None:
    with Project.open(there) as project:
        space = Workspace(project, "lan")
        with connected(there) as run:
            run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'Chu Giai'")
        with pytest.raises(NotSaved, match="does not answer"):
            space.apply(AddEntity(REPORT, ONE))
        space.apply(AddEntity(REPORT, ONE))
    assert len(content(there)[1][0].sets[0].entities) == 1


def test_a_server_that_is_not_there_is_told(tmp_path: object) -> None:
    pytest.importorskip("pg8000", reason=NO_DRIVER)
    nowhere = Address(f"{tmp_path}", 5432, "reports", "lan", password="secret")
    with pytest.raises(NotSaved, match="does not answer") as told:
        Project.open(nowhere)
    assert "secret" not in str(told.value)
    with pytest.raises(NotSaved, match="does not answer"):
        Project.create(Address("localhost", 1, "reports", "lan"))


@pytest.mark.parametrize(
    "said", ["Server refuses SSL", "no connection: [SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate"]
)
def test_a_connection_that_cannot_be_encrypted_is_told(said: str) -> None:
    InterfaceError = pytest.importorskip("pg8000.exceptions", reason=NO_DRIVER).InterfaceError
    told = server_sentence(InterfaceError(said), "postgresql://lan@server/reports")
    assert "cannot be encrypted" in str(told)
    assert server_sentence(InterfaceError("a mistake of ours"), "p") is None


def test_a_database_that_is_not_there_or_holds_no_project_is_told(there: Address) -> None:
    with pytest.raises(ProjectError, match="has no database"):
        Project.open(replace(there, database="elsewhere"))
    with pytest.raises(ProjectError, match="There is no project in"):
        Project.open(empty_place(there))
    with pytest.raises(ProjectError, match=r"There is a project in .* already"):
        Project.create(there)


def test_a_password_is_asked_for(there: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    with connected(there) as run:
        run("DROP ROLE IF EXISTS locked_out")
        run("CREATE ROLE locked_out LOGIN SUPERUSER PASSWORD 'right'")
    locked = replace(there, user="locked_out")
    for wrong in (locked, locked.with_password("wrong")):
        with pytest.raises(PasswordWanted, match="refuses locked_out"):
            Project.open(wrong)
    Project.open(locked.with_password("right")).close()


def test_rights_that_are_missing_are_told(there: Address) -> None:
    with connected(there) as run:
        run("DROP ROLE IF EXISTS reader")
        run("CREATE ROLE reader LOGIN")
        run(f"GRANT USAGE ON SCHEMA {there.schema} TO reader")
        run(f"GRANT SELECT ON ALL TABLES IN SCHEMA {there.schema} TO reader")
    try:
        with Project.open(replace(there, user="reader")) as project:
            with pytest.raises(NotSaved, match="may not do this"):
                Workspace(project, "lan")
            with project.reading() as connection:
                assert len(page_of_reports(connection, "lan").rows) == 1
        with pytest.raises(NotSaved, match="may not do this"):
            Project.create(replace(empty_place(there), user="reader"))
        with connected(there) as run:
            run("ALTER ROLE reader SET default_transaction_read_only = on")
        with pytest.raises(NotSaved, match="read-only"), Project.open(replace(there, user="reader")) as project:
            Workspace(project, "lan")
    finally:
        with connected(there) as run:
            run("DROP OWNED BY reader")
            run("DROP ROLE reader")


def test_an_import_of_another_computer_lives_by_the_servers_clock(
    there: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever this computer's clock says."""
    monkeypatch.setattr("model.clock.now", lambda: "2001-01-01T00:00:00.000000Z")
    with Project.open(there) as project, ImportBatch.open(project) as batch:
        batch.add("f", ImportedRecord(Report("r", "r.txt", "text"), "f"))
        batch.flush()
        with project.writing() as connection:
            connection.execute(text("UPDATE action SET owner = 'elsewhere:1:1' WHERE state = 'pending'"))
        assert sweep(project) == 0
        with project.writing() as connection:
            written = "UPDATE action SET heartbeat = '2001-01-01T00:00:00.000000Z' WHERE state = 'pending'"
            connection.execute(text(written))
        assert sweep(project) == 1


def test_the_rights_that_the_readme_names_are_enough(there: Address) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    grants = [line.strip() for line in readme.splitlines() if line.strip().startswith("GRANT ")]
    assert len(grants) == 3
    with connected(there) as run:
        run("DROP ROLE IF EXISTS member")
        run("CREATE ROLE member LOGIN")
        for grant in grants:
            run(grant.replace("chugiai", there.schema).replace("lan, minh", "member"))
    try:
        with Project.open(replace(there, user="member")) as project:
            space = Workspace(project, "lan")
            space.apply(AddEntity(REPORT, ONE))
            assert not space.undo().nothing
            add_reports(project, "new", names="new-{}.txt")
            with project.writing() as connection:
                assert index_next(connection) == 2
    finally:
        with connected(there) as run:
            run("DROP OWNED BY member")
            run("DROP ROLE member")


def test_without_the_driver_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pg8000", None)
    monkeypatch.setitem(sys.modules, "pg8000.dbapi", None)
    with pytest.raises(ProjectError, match=r"pip install “chugiai\[postgres\]”"):
        Project.open(Address("localhost", 1, "reports", "lan"))


def test_a_character_that_the_server_cannot_hold_is_told(there: Address) -> None:
    with Project.open(there) as project:
        space = Workspace(project, "lan")
        space.apply(AddEntity(REPORT, ONE))
        with pytest.raises(ProjectError, match="cannot hold"):
            space.apply(EditReports({REPORT: {"title": "a\x00b"}}))
        assert not space.undo().nothing


def test_long_texts_words_and_titles_are_taken(there: Address) -> None:
    long = " ".join(f"word{number}" for number in range(90_000)) + " " + "x" * 5_000 + " end"
    with Project.open(there) as project, ImportBatch.open(project) as batch:
        batch.add("f", ImportedRecord(Report("long", "long.txt", long, title="t " * 4_000), "f"))
        assert batch.publish()["f"].added == 1
        with project.writing() as connection:
            while index_next(connection):
                pass
        with project.reading() as connection:
            assert [hit.name for hit in search(connection, "word7 word8").rows] == ["long.txt"]
            assert [row.name for row in page_of_reports(connection, "lan", sort=Sort.TITLE).rows][-1] == "long.txt"


def test_places_of_words_are_counted_as_far_as_a_tsvector_goes() -> None:
    made = words_as_tsvector("a b " + "a " * 20_000)
    assert made.startswith("'a':1,3,4,5")
    assert made.count(",") == 254
    assert words_as_tsvector(" ".join(f"w{number}" for number in range(30_000))).count(":") == 16_383
    assert words_as_tsvector("x" * 5_000 + " y") == "'y':2"


New = Callable[[], AbstractContextManager[Project]]
WORDS = (
    "Hội",
    "hội nghị",
    "HỌP",
    "đảng",
    "Đ",
    "a",
    "b",
    "bộ",
    "26/4",
    "thị",
    "thủy",
    "\n",
    ".",
    "x_y",
    "–",
    "Lê",
    "😀",
)
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), min_size=1, max_size=6)
QUERIES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4)


@settings(max_examples=20)
@given(TEXTS, QUERIES)
def test_a_search_finds_the_same_in_a_file_and_in_a_database(
    both: tuple[New, New], texts: list[str], queries: list[str]
) -> None:
    found = []
    with ExitStack() as stack:
        for new in both:
            project = stack.enter_context(new())
            add_reports(project, *dict.fromkeys(texts))
            with project.writing() as connection:
                index_next(connection, 100)
            with project.reading() as connection:
                found.append([_all_hits(connection, query) for query in queries])
    assert found[0] == found[1]


def _all_hits(connection: object, query: str) -> list[tuple[str, int, int, str]]:
    hits, after = [], None
    while True:
        page = search(connection, query, after, 2)  # type: ignore[arg-type]
        hits += [(hit.name, hit.start, hit.end, hit.snippet) for hit in page.rows]
        if page.after is None:
            return hits
        after = page.after


NAMES = ("b", "A", "a", "Đ", "đ", "_", "a b", "ab", "a-b", "Z", "é", "e", "😀", "10", "9", "Ấ", "~")


def test_names_are_in_the_same_order_in_a_file_and_in_a_database(both: tuple[New, New]) -> None:
    for new in both:
        with new() as project:
            with ImportBatch.open(project) as batch:
                for name in NAMES:
                    batch.add(name, ImportedRecord(Report(f"id {name}", name, f"text {name}", title=name), name))
                batch.publish()
            names, after = [], None
            with project.reading() as connection:
                for sort in (Sort.NAME, Sort.TITLE):
                    names = []
                    while True:
                        page = page_of_reports(connection, "lan", sort=sort, after=after, limit=4)
                        names += [row.name for row in page.rows]
                        after = page.after
                        if after is None:
                            break
                    assert names == sorted(NAMES)


@pytest.fixture(scope="session")
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[New, New]:
    """What makes an empty project in a file, and in a database."""
    return in_file(tmp_path_factory), in_database(request.getfixturevalue("database_server"))


def in_file(factory: pytest.TempPathFactory) -> New:
    return lambda: Project.create(factory.mktemp("file") / "p.chugiai")


def in_database(server: Address) -> New:
    def made() -> AbstractContextManager[Project]:
        stack = ExitStack()
        project = stack.enter_context(Project.open(stack.enter_context(new_project(server))))
        stack.pop_all()
        return project

    return made
