"""A merge that is killed at any moment leaves nothing of it; merged again, all of it is there."""

from __future__ import annotations

import os
import random
from pathlib import Path
from time import sleep

from copies import copy_of, do, everything, merge, merge_and_tell, sound
from project_children import Told, child
from small_projects import TEXT, add_reports

from annotations.changes import AddEntities, DeleteEntities, SetEntityNote
from annotations.report import Entity
from model.project import Project

KILLS = int(os.environ.get("CHUGIAI_KILLS", "8"))
REPORTS = 60


def test_a_merge_that_is_killed_leaves_nothing_of_it(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    base = tmp_path / "base.chugiai"
    with Project.create(base) as project:
        ids = add_reports(project, *(f"{TEXT} {number}" for number in range(REPORTS)))
    labels = {report: tuple(Entity(f"e{at}", "ORG", at, at + 5) for at in range(20)) for report in ids}
    do(base, "lan", AddEntities(labels))
    theirs = copy_of(base, "theirs")
    do(theirs, "minh", AddEntities(labels))
    for report in ids[:20]:
        do(theirs, "lan", SetEntityNote(report, ("e1",), "there"), DeleteEntities(report, ("e2",)))
    with Project.open(theirs) as project:
        add_reports(project, *(f"Mới {number}." for number in range(20)), names="new{}.txt")
    before, whole = everything(base), copy_of(base, "whole")
    merge(whole, theirs)
    after = everything(whole)
    done = 0
    for number in range(KILLS):
        ours = copy_of(base, f"ours-{number}")
        told = Told(tmp_path / f"told-{number}")
        with child(merge_and_tell, ours, theirs, told.path) as process:
            told.wait(process)
            sleep(chance.random() * 0.6)
            process.kill()
        found = everything(ours)
        assert found in (before, after)
        done += found == after
        sound(ours)
        merge(ours, theirs)
        assert everything(ours) == after
    assert done < KILLS  # some were killed in the middle
