"""What feeds a window's suggestions: names, kept suggestions by stamp, refusals, surveys, figures, when to train."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.changes import AddEntities, SetFacts, SetStatus
from annotations.corpus import ImportedRecord
from annotations.facts import Fact, Kind
from annotations.report import AnnotationSet, Entity, Report, Status
from annotations.suggestion_choices import set_label, set_source, set_training
from model.bulk import ImportBatch
from model.project import Project
from model.queries.labels import read_report
from model.queries.reports import Sort, page_of_reports
from model.suggestion_cache import kept_suggestions, measures
from model.workspace import Workspace
from ui.jobs.aside import Aside
from ui.jobs.suggestion_feed import MEASURE, Feed

TEXT = "Ngày 26/4, đồng chí Lê Thị Mai thăm Câu lạc bộ Sen Hồng ở xã {number}."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "p.chugiai")
    with ImportBatch.open(made) as batch:
        for number in range(12):
            text = TEXT.format(number=number) * (number + 1)
            batch.add(
                str(number), ImportedRecord(Report(f"r{number:02}", f"{number:02}.txt", text, date="2021-04-29"), "")
            )
        batch.publish()
    yield made
    made.close()


@pytest.fixture
def feed(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Feed]:
    """Thinks in the test's own process."""

    def here(self: Aside) -> None:
        self._here = self._make()

    monkeypatch.setattr(Aside, "_start", here)
    made = Feed(project, "lan")
    yield made
    made.stop()


def _report(project: Project, report_id: str = "r00") -> Report:
    with project.reading() as connection:
        found = read_report(connection, report_id)
    assert found is not None
    return found


def _words(feed: Feed, report: Report) -> dict[str, str | None]:
    found = feed.suggest(report, AnnotationSet("lan"), feed.refused(report.id)).entities
    return {one.surface(report.text): one.by for one in found}


def _label(project: Project, who: str, report: Report, words: str, label: str = "ORG") -> None:
    start = report.text.index(words)
    Workspace(project, who).apply(
        AddEntities({report.id: (Entity(f"{who}{start}", label, start, start + len(words)),)})
    )


def test_names_confirmed_elsewhere_are_suggested_and_those_of_this_report_only_to_who_made_them(
    project: Project, feed: Feed
) -> None:
    report, other = _report(project), _report(project, "r01")
    assert "Câu lạc bộ Sen Hồng" not in {words for words, by in _words(feed, report).items() if by == "project"}
    _label(project, "minh", report, "Câu lạc bộ Sen Hồng")
    while feed.teach_more():
        pass
    assert _words(feed, report).get("Câu lạc bộ Sen Hồng") != "project"  # blind: minh labelled this very report
    assert _words(feed, other)["Câu lạc bộ Sen Hồng"] == "project"
    _label(project, "lan", report, "Câu lạc bộ Sen Hồng")
    feed.learn_again({report.id})
    assert _words(feed, report)["Câu lạc bộ Sen Hồng"] == "project"


def test_kept_suggestions_hold_until_what_they_came_from_changes(project: Project, feed: Feed) -> None:
    report = _report(project)
    assert feed.kept(report) is None
    feed.keep(report)
    kept = feed.kept(report)
    assert kept is not None
    assert kept.entities
    assert feed.kept(Report(report.id, report.name, report.text, date="2022-01-01")) is None
    Workspace(project, "lan").apply(set_label("DATE", True, 0))
    feed.tune()
    assert feed.kept(report) is None


def test_a_source_that_is_switched_off_suggests_nothing(project: Project, feed: Feed) -> None:
    report = _report(project)
    assert "rules" in _words(feed, report).values()
    Workspace(project, "lan").apply(set_source("rules", True, 0))
    feed.tune()
    assert "rules" not in _words(feed, report).values()


def test_what_is_refused_is_so_for_this_annotator_and_report(project: Project, feed: Feed) -> None:
    report, other = _report(project), _report(project, "r01")
    start = report.text.index("Lê Thị Mai")
    key = f"OFFICIAL {start} {start + 10}"
    Workspace(project, "lan").apply(SetFacts((Fact(Kind.REJECTION, key, {}, report.id, "lan"),), "Reject"))
    assert "Lê Thị Mai" not in _words(feed, report)
    assert "Lê Thị Mai" in _words(feed, other)
    assert Feed(project, "minh").refused(report.id) == frozenset()


def test_a_survey_reaches_every_report_once_and_orders_the_list(project: Project, feed: Feed) -> None:
    after, steps = "", 0
    while after := feed.survey(after):
        steps += 1
    assert steps == 2
    assert feed.survey("") == ""
    with project.reading() as connection:
        assert all(kept_suggestions(connection, f"r{number:02}", "lan") for number in range(12))
        first = page_of_reports(connection, "lan", sort=Sort.BENEFIT, descending=True, limit=5)
        second = page_of_reports(connection, "lan", sort=Sort.BENEFIT, descending=True, after=first.after, limit=100)
    rows = [*first.rows, *second.rows]
    assert len({row.report_id for row in rows}) == 12
    assert [row.benefit for row in rows] == sorted((row.benefit for row in rows), reverse=True)
    assert rows[0].benefit > 0
    Workspace(project, "lan").apply(SetStatus((rows[0].report_id,), Status.DONE))
    with project.reading() as connection:
        last = page_of_reports(connection, "lan", sort=Sort.BENEFIT, descending=True).rows[-1]
        assert page_of_reports(connection, "minh", sort=Sort.BENEFIT, descending=True).rows[0].benefit == 0
    assert (last.report_id, last.benefit) == (rows[0].report_id, 0)


def test_figures_are_kept_once_a_report_is_done(project: Project, feed: Feed) -> None:
    report = _report(project)
    feed.tune()
    _label(project, "lan", report, "Lê Thị Mai", "OFFICIAL")
    feed.keep(report)
    assert not feed.measure(report.id)  # not done yet
    Workspace(project, "lan").apply(SetStatus((report.id,), Status.DONE))
    assert feed.measure(report.id)
    with project.reading() as connection:
        ((_at, value),) = measures(connection, MEASURE)
    assert value["report"] == report.id
    assert value["labels"]["OFFICIAL"] == [1, 1, 1]
    assert ["DATE", "", 1] in value["confusions"]


def test_training_is_due_after_so_many_finished_labels(project: Project, feed: Feed) -> None:
    report = _report(project, "r05")
    Workspace(project, "lan").apply(set_training(1))
    feed.tune()
    _label(project, "lan", report, "Lê Thị Mai", "OFFICIAL")
    assert not feed.is_training_due()  # nothing is finished
    Workspace(project, "lan").apply(SetStatus((report.id,), Status.DONE))
    assert feed.is_training_due()
    Workspace(project, "lan").apply(set_training(0))
    feed.tune()
    assert not feed.is_training_due()
