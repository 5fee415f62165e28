"""Small projects made through the program's own doors; for every room's tests."""

from __future__ import annotations

from annotations.corpus import ImportedRecord
from annotations.report import Report
from model.bulk import ImportBatch
from model.project import Project

TEXT = "😀 Sáng 26/4, Ban Thường vụ Tỉnh uỷ họp. Đồng chí Lê Thị Thủy, Bí thư Tỉnh ủy, chủ trì hội nghị."


def add_reports(project: Project, *texts: str, names: str = "report-{}.txt") -> list[str]:
    """Import plain texts; their report ids."""
    records = [
        ImportedRecord(Report(f"id-{names.format(number)}", names.format(number), text), f"text {number}")
        for number, text in enumerate(texts)
    ]
    with ImportBatch.open(project) as batch:
        for record in records:
            batch.add(record.report.name, record)
        results = batch.publish()
    assert not [result.refused for result in results.values() if result.refused]
    return [record.report.id for record in records]
