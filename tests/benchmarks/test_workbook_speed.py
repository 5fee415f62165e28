"""The Excel workbook against bare openpyxl in write-only mode, given the same cells in the same run.

Aim: at most 1.3 times. Ours includes deriving the rows from the corpus (sentences, Officials, fingerprints), rich
texts and links, which the bare one leaves out, and the scan of the written file, which is also stated apart.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from annotations.corpus import Corpus, LabelledReport
from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Entity, Relation, Report
from exports.protocol import Options
from exports.xlsx import Workbook
from exports.xlsx.columns import SHEETS
from exports.xlsx.scan import count_rows

REPORTS = 100
SENTENCES = 28  # of five entities and three relations: 140 and 84, as the real reports have
LINE = (
    "Sáng ngày 26/4, Ban Thường vụ (BTV) Tỉnh ủy tiếp tục phiên họp hội nghị lần thứ 18. "
    "Đồng chí Trần Văn An, Bí thư Tỉnh ủy chủ trì hội nghị và phát biểu.\n"
)
MENTIONS = (
    ("DATE", "ngày 26/4", {"value": "2021-04-26", "type": "DATE"}),
    ("ORG", "Ban Thường vụ (BTV) Tỉnh ủy", {"canonical": "Ban Thường vụ Tỉnh ủy Hà Nam"}),
    ("MEETING", "hội nghị lần thứ 18", {"kind": "hoi_nghi", "ordinal": "18"}),
    ("OFFICIAL", "Trần Văn An", {"canonical": "Trần Văn An"}),
    ("TITLE", "Bí thư Tỉnh ủy", {"system": "party", "level": "province", "rank": "head"}),
)
LINKS = (("held_on", 2, 0), ("convenes", 1, 2), ("holds_title", 3, 4))


def _labels() -> AnnotationSet:
    entities, relations = [], []
    for sentence in range(SENTENCES):
        for number, (label, words, attributes) in enumerate(MENTIONS):
            start = sentence * len(LINE) + LINE.index(words)
            entity_id = f"{sentence:08x}{number:08x}"
            entities.append(Entity(entity_id, label, start, start + len(words), attributes=attributes))
        for number, (kind, source, target) in enumerate(LINKS):
            ends = (f"{sentence:08x}{end:08x}" for end in (source, target))
            relations.append(Relation(f"r{sentence:07x}{number:08x}", kind, *ends))
    return AnnotationSet("lan", entities=tuple(entities), relations=tuple(relations))


@pytest.fixture
def corpus() -> Corpus:
    labels = _labels()

    def stream() -> Iterator[LabelledReport]:
        for number in range(REPORTS):
            report = Report(f"{number:016x}", f"{number:05}.txt", LINE * SENTENCES, "Họp Ban Thường vụ", "2021-04-29")
            yield LabelledReport(report, (labels,))

    return Corpus(DEFAULT_SCHEMA, stream, REPORTS, "speed")


def _bare(rows: dict[str, list[tuple[Any, ...]]], path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    for name, cells in rows.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    book.save(path)


def _best(work: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def test_workbook_against_bare_openpyxl(benchmark: Any, corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "ours.xlsx"
    benchmark.pedantic(lambda: Workbook().write(corpus, path, Options(force=True)), rounds=5, warmup_rounds=1)
    book = openpyxl.load_workbook(path, read_only=True)
    rows = {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}
    bare = _best(lambda: _bare(rows, tmp_path / "bare.xlsx"))
    ours = benchmark.stats.stats.min
    scan = _best(lambda: count_rows(path, len(SHEETS)))
    found = {
        "reports": REPORTS,
        "rows": sum(map(len, rows.values())),
        "ours_seconds": round(ours, 3),
        "of_which_scan_seconds": round(scan, 3),
        "bare_seconds": round(bare, 3),
        "ratio": round(ours / bare, 2),
        "ratio_without_scan": round((ours - scan) / bare, 2),
        "reports_per_second": round(REPORTS / ours),
    }
    benchmark.extra_info.update(found)
    assert count_rows(path, len(SHEETS)) == tuple(map(len, rows.values()))
