"""A copy comes back into the team's database as into a file."""

from __future__ import annotations

from pathlib import Path

from copies import collided, do, everything, merge, sound
from labelled_projects import labelled_project

from annotations.changes import AddEntity, DeleteEntities, SetEntityNote, SettleCollision
from annotations.report import Entity
from model.address import Address
from model.backup import back_up
from model.project import Project

FIRST, SECOND = "id-report-0.txt", "id-report-1.txt"


def test_a_copy_of_a_database_is_merged_into_it(database: Address, tmp_path: Path) -> None:
    labelled_project(database)
    theirs = back_up(database, tmp_path / "theirs.chugiai")
    do(theirs, "lan", AddEntity(FIRST, Entity("new", "DATE", 7, 11)), DeleteEntities(FIRST, ("officer",)))
    do(theirs, "hoa", AddEntity(SECOND, Entity("hers", "DATE", 7, 11)))
    do(theirs, "minh", SetEntityNote(FIRST, ("body",), "there"))
    do(database, "minh", SetEntityNote(FIRST, ("body",), "here"))
    assert merge(database, theirs)[0].collisions == 1
    sound(database)
    (found,) = collided(database)
    do(database, "minh", SettleCollision(FIRST, "minh", found.key, found.lost[0].action))
    assert merge(database, theirs)[0].nothing
    with Project.open(database):  # nothing under way is left to be swept
        pass
    merge(theirs, back_up(database, tmp_path / "back.chugiai"))
    assert everything(theirs) == everything(database)
