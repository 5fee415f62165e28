"""Training anew on 200 reports of about 7,000 characters: aim under a minute on two cores.

Times are those of the processor, of both processes together, halved: other work on the machine makes no difference.
"""

from __future__ import annotations

import time

import pytest

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import AnnotationSet, Status
from annotations.suggest.learned.training import pack
from tests.helpers.invented_reports import invented
from ui.jobs.training import hands_at_work

pytest.importorskip("pycrfsuite")

resource = pytest.importorskip("resource")

REPORTS, SENTENCES = 200, 110
AIM = 60.0


def _seconds() -> float:
    """Seconds of the processor that this process and those it has ended took."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def test_two_hundred_reports_take_less_than_a_minute() -> None:
    lessons = [
        (report, AnnotationSet("lan", Status.DONE, entities, relations))
        for report, entities, relations in invented(REPORTS, seed=7, sentences=SENTENCES)
    ]
    before, begun = _seconds(), time.perf_counter()
    trained = hands_at_work(DEFAULT_SCHEMA, iter(lessons))
    seconds, wall = (_seconds() - before) / 2, time.perf_counter() - begun
    size = len(pack(trained, REPORTS))
    average = sum(len(report.text) for report, _ in lessons) // REPORTS
    print(  # noqa: T201
        f"\n{REPORTS} reports of {average} characters: {seconds:.0f} s on two cores ({wall:.0f} s by the clock), model {size // 1024} KiB"
    )
    assert seconds <= AIM
