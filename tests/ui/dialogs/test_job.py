"""A job beside the window: progress, cancel, its three ways to end."""

from __future__ import annotations

import sys
import threading
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from annotations.errors import Cancelled, Refused
from model.project import Project
from ui import worker
from ui.desk import Desk
from ui.jobs.progress import Progress
from ui.worker import Job, end_all, project_job

SOON = 20_000


def test_result_comes_back_on_the_qt_thread(qtbot: QtBot) -> None:
    told: list[object] = []
    job = Job(lambda _progress: threading.current_thread())
    job.done.connect(lambda worked_in: told.extend((worked_in, threading.current_thread())))
    job.ended.connect(lambda: told.append("ended"))
    with qtbot.waitSignal(job.ended, timeout=SOON):
        job.start()
        assert job.running
    assert told[0] is not threading.main_thread()
    assert told[1:] == [threading.main_thread(), "ended"]
    assert not job.running


def test_a_refusal_comes_back(qtbot: QtBot) -> None:
    def work(_progress: Progress) -> None:
        raise Refused("No {what}.", what="tea")

    job = Job(work)
    with qtbot.waitSignal(job.failed, timeout=SOON) as told:
        job.start()
    assert str(told.args[0]) == "No tea."


def test_cancel_is_raised_by_the_progress(qtbot: QtBot) -> None:
    undone = []

    def work(progress: Progress) -> None:
        try:
            while True:
                progress(1, 2, "Working")
        finally:
            undone.append(True)

    job = Job(work)
    job.progressed.connect(lambda *_: job.cancel())
    with qtbot.waitSignal(job.failed, timeout=SOON) as told:
        job.start()
    assert isinstance(told.args[0], Cancelled)
    assert undone == [True]


def test_progress_is_told_at_most_twenty_times_a_second(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(worker, "monotonic", lambda: now[0])

    def work(progress: Progress) -> None:
        for number in range(1000):
            now[0] += 0.001
            progress(number, 1000, "Working")

    heard = []
    job = Job(work)
    job.progressed.connect(lambda done, total, what: heard.append((done, total, what)))
    with qtbot.waitSignal(job.ended, timeout=SOON):
        job.start()
    assert heard[0] == (0, 1000, "Working")
    assert 15 <= len(heard) <= 21


def test_counts_may_be_larger_than_32_bits(qtbot: QtBot) -> None:
    job = Job(lambda progress: progress(5 * 2**30, 6 * 2**30, "Copying"))
    with qtbot.waitSignal(job.progressed, timeout=SOON) as told:
        job.start()
    assert told.args == [5 * 2**30, 6 * 2**30, "Copying"]
    assert job.wait(20)


def test_a_bug_goes_the_way_of_bugs(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[Any] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: caught.append(what))
    job = Job(lambda _progress: {}["no"])  # type: ignore[index]
    with qtbot.waitSignals([job.crashed, job.ended], timeout=SOON):
        job.start()
    assert [what[0] for what in caught] == [KeyError]


def test_closing_the_program_ends_every_job(qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        while True:
            progress(0, 0, "Working")

    jobs = [Job(work), Job(work)]
    for job in jobs:
        job.start()
    end_all()
    assert all(job.wait(0) for job in jobs)
    qtbot.waitUntil(lambda: not any(job.running for job in jobs))


def test_a_project_job_has_a_connection_of_its_own(desk: Desk, qtbot: QtBot) -> None:
    seen: list[Project] = []

    def work(project: Project, _progress: Progress) -> str:
        seen.append(project)
        return project.project_id

    job = project_job(desk.project.path, work)
    with qtbot.waitSignal(job.done, timeout=SOON) as told:
        job.start()
    assert told.args == [desk.project.project_id]
    assert seen[0] is not desk.project
