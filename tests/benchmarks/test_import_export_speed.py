"""Import and export against bare SQLite with the same rows, and the first page and a search over many reports.

Aims: import at most 2.5 times ``sqlite3.executemany`` of the same rows into the same tables in one durable transaction;
export as JSON lines at most 1.7 times reading the rows with ``sqlite3`` and ``json.dumps``; the first page of the report
list and a search over 100,000 reports within 30 ms. Ratios are of the best times within one run. The search
index is filled after an import has become visible; what that adds is stated apart.
"""

from __future__ import annotations

import gc
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pytest
from bare_jsonl import bare_export
from label_files import write_corpus

import ui.jobs.importing as importing
from annotations.corpus import ImportedRecord
from annotations.report import Report
from model.bulk import ImportBatch
from model.project import Project
from model.queries.reports import page_of_reports
from model.queries.search import search
from ui.jobs.exporting import export_corpus

REPORTS = 1_000
MANY = 100_000
TABLES = ("action", "annotator", "report", "report_text", "annotation_set", "entity", "relation")
ROUNDS = 4


class Times:
    """Wall and CPU times of one kind of work, in seconds; CPU times hardly depend on what else the computer does."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def take(self, work: Callable[[], object]) -> None:
        """Do it, and remember how long it took."""
        began, spent = perf_counter(), process_time()
        work()
        self.wall.append(perf_counter() - began)
        self.cpu.append(process_time() - spent)

    def against(self, bare: Times) -> dict[str, float]:
        """What is told: reports per second, and the ratios of the best times."""
        return {
            "reports_per_second": round(REPORTS / min(self.wall)),
            "bare_reports_per_second": round(REPORTS / min(bare.wall)),
            "ratio": round(min(self.wall) / min(bare.wall), 2),
            "cpu_ratio": round(min(self.cpu) / min(bare.cpu), 2),
        }


def rows_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in TABLES}


def bare_import(path: Path, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """All rows in one durable transaction, as our connections write: WAL and ``synchronous=FULL``."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            connection.execute(f'DELETE FROM "{table}"')
            places = ", ".join("?" * len(rows[table][0]))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows[table])
        connection.execute("COMMIT")


@pytest.fixture
def unhindered() -> Iterator[Callable[[], None]]:
    """Call it when everything is at hand: the collector then leaves that (and all of pytest) out, as in a fresh process."""

    def freeze() -> None:
        gc.collect()
        gc.freeze()

    yield freeze
    gc.unfreeze()


@pytest.mark.parametrize(("entities", "relations"), [(80, 40), (140, 75)])
def test_import_against_executemany(
    benchmark: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    unhindered: Callable[[], None],
    entities: int,
    relations: int,
) -> None:
    file = write_corpus(tmp_path / "corpus.jsonl", REPORTS, entities, relations)
    empty, made, bare = (tmp_path / f"{name}.chugiai" for name in ("empty", "made", "bare"))
    Project.create(empty).close()

    def fresh(path: Path) -> None:
        for old in tmp_path.glob(f"{path.name}*"):
            old.unlink()
        shutil.copy(empty, path)

    def ours() -> None:
        with Project.open(made) as project:
            assert importing.import_files(project, [file]).total("added") == REPORTS

    fresh(made)
    ours()
    rows = rows_of(made)
    bare_times, indexed, alone = Times(), Times(), Times()
    fill_index = importing.fill_index

    def between() -> None:
        """The bare import and the one with the search index, turn about with ours: what disturbs, disturbs all."""
        fresh(bare)
        bare_times.take(lambda: bare_import(bare, rows))
        fresh(made)
        monkeypatch.setattr(importing, "fill_index", fill_index)
        indexed.take(ours)
        fresh(made)
        monkeypatch.setattr(importing, "fill_index", lambda *_: None)

    unhindered()
    benchmark.pedantic(lambda: alone.take(ours), setup=between, rounds=ROUNDS)
    assert {table: len(found) for table, found in rows_of(bare).items()} == {t: len(r) for t, r in rows.items()}
    benchmark.extra_info.update(alone.against(bare_times))
    benchmark.extra_info["with_search_index"] = indexed.against(bare_times)


def records_of(path: Path) -> list[dict[str, Any]]:
    """The records of a file, labels in an order that does not depend on the writer."""
    with path.open(encoding="utf-8") as file:
        records: list[dict[str, Any]] = [json.loads(line) for line in file]
    for record in records:
        for kind in ("entities", "relations"):
            record[kind].sort(key=lambda label: str(label["id"]))
    return records


@pytest.mark.parametrize(("entities", "relations"), [(80, 40), (140, 75)])
def test_export_against_bare_reading(
    benchmark: Any, tmp_path: Path, unhindered: Callable[[], None], entities: int, relations: int
) -> None:
    file = write_corpus(tmp_path / "corpus.jsonl", REPORTS, entities, relations)
    path, out, bare = tmp_path / "project.chugiai", tmp_path / "ours.jsonl", tmp_path / "bare.jsonl"
    with Project.create(path) as project:
        importing.import_files(project, [file])

        def ours() -> None:
            out.unlink(missing_ok=True)
            assert export_corpus(project, out, "jsonl").reports == REPORTS

        ours()
        ours_times, bare_times = Times(), Times()
        unhindered()
        benchmark.pedantic(
            lambda: ours_times.take(ours), setup=lambda: bare_times.take(lambda: bare_export(path, bare)), rounds=ROUNDS
        )
    assert records_of(out) == records_of(bare)
    benchmark.extra_info.update(ours_times.against(bare_times))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project of 100,000 reports of some 1,500 characters, in the search index. Takes some minutes to make."""
    line = "hội nghị tỉnh uỷ ban thường vụ nghị quyết công tác xây dựng đảng bí thư huyện uỷ thị xã"
    words = line.split()
    with Project.create(tmp_path_factory.mktemp("many") / "many.chugiai") as project:
        with ImportBatch.open(project) as batch:
            for number in range(MANY):
                turned = words[number % len(words) :] + words[: number % len(words)]
                text = f"Báo cáo số {number}\n\n" + (" ".join(turned) + f" {number * 7919 % 10_007}. ") * 16
                report = Report(f"r{number}", f"{number:06}.txt", text, f"Báo cáo số {number}", "2021-04-29")
                batch.add("all", ImportedRecord(report, ""))
            batch.publish()
        importing.fill_index(project)
        yield project


@pytest.mark.slow
def test_first_page_of_100_000_reports(benchmark: Any, many: Project) -> None:
    def first_page() -> int:
        with many.reading() as connection:
            return len(page_of_reports(connection, "lan").rows)

    assert benchmark(first_page) == 100


@pytest.mark.slow
@pytest.mark.parametrize("query", ["hoi nghi tinh uy", "báo cáo số 99999", "7919", "huyện uỷ nghị quyết", "thuyền"])
def test_search_over_100_000_reports(benchmark: Any, many: Project, query: str) -> None:
    def first_hits() -> int:
        with many.reading() as connection:
            return len(search(connection, query).rows)

    assert (benchmark(first_hits) > 0) == (query != "thuyền")
