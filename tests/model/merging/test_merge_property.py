"""Copies that people work on apart, merged in whatever order and however often, come to the same; nothing is lost."""

from __future__ import annotations

import os
import random
import tempfile
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

from copies import copy_of, everything, merge
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from labelled_projects import labelled_project
from project_children import random_change
from small_projects import TEXT, add_reports

from annotations.changes import Change, DeleteReports, EditReports, SetEntityAttributes, SetFacts, SetStatus
from annotations.errors import Refused
from annotations.facts import Fact, Kind
from annotations.report import Status
from model.check import check
from model.project import Project
from model.workspace import Workspace

EXAMPLES = int(os.environ.get("CHUGIAI_MERGES", "6"))  # each some seconds
REPORTS = ("id-report-0.txt", "id-report-1.txt")
VERBS = (
    *("label",) * 8,
    *("undo",) * 3,
    "redo",
    "status",
    "title",
    "name",
    "attribute",
    "fact",
    "fact",
    "unfact",
    "remove",
    "import",
    "same import",
)
STEP = st.tuples(
    st.integers(0, 2), st.sampled_from(("lan", "minh", "hoa")), st.sampled_from(VERBS), st.integers(0, 10_000)
)
MERGE = st.tuples(st.integers(0, 2), st.integers(0, 2))
STEPS = st.lists(st.one_of(STEP, STEP, STEP, STEP, MERGE), max_size=14)


def change_of(space: Workspace, verb: str, chance: random.Random) -> Change:
    """A random change of this kind."""
    report = chance.choice(REPORTS)
    if verb == "label":
        return random_change(chance, report, space.annotation_set(report))
    if verb == "status":
        return SetStatus((report,), chance.choice(list(Status)))
    if verb == "title":
        return EditReports({report: {"title": f"Title {chance.randrange(5)}"}})
    if verb == "name":
        return EditReports({report: {"name": f"name-{chance.randrange(3)}.txt"}})
    if verb == "remove":
        return DeleteReports((report,))
    if verb == "attribute":
        labels = space.annotation_set(report)
        ids = tuple(entity.id for entity in (labels.entities if labels else ()))[:2]
        return SetEntityAttributes(report, ids, {"canonical": str(chance.randrange(3))})
    value = None if verb == "unfact" else {"name": f"value {chance.randrange(4)}"}
    place = chance.choice((("e1", "", ""), ("e2", report, ""), ("", report, "lan")))
    return SetFacts((Fact(Kind.ENTRY, place[0], value, place[1], place[2]),), "Set")


def work(path: Path, name: str, verb: str, seed: int) -> None:
    """Do one thing in a copy, as far as the door lets it."""
    chance = random.Random(seed)
    with Project.open(path) as project:
        if verb.endswith("import"):
            text = f"{TEXT} {'' if verb == 'same import' else path.stem} {seed % 3}"
            add_reports(project, text, names=f"{path.stem}-{seed}-{{}}.txt")
            return
        space = Workspace(project, name)
        try:
            if verb in ("undo", "redo"):
                getattr(space, verb)()
            else:
                space.apply(change_of(space, verb, chance))
        except Refused:
            return


def sound(path: Path) -> None:
    """Nothing is damaged."""
    assert [str(finding) for finding in check(path) if finding.is_damage] == []


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_all_orders_of_merging_come_to_the_same(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base.chugiai"
        labelled_project(base)
        copies = [copy_of(base, name) for name in ("one", "two", "three")]
        for step in steps:
            if len(step) == 2:
                if step[0] != step[1]:
                    merge(copies[step[0]], copies[step[1]])
            else:
                work(copies[step[0]], *step[1:])
        found = []
        for number, order in enumerate(permutations(range(3))):
            result = copy_of(copies[order[0]], f"all-{number}")
            merge(result, *(copies[each] for each in order[1:]))
            found.append(everything(result))
            if not number:
                sound(result)
                assert all(each.nothing for each in merge(result, *copies))
        for first, second in pairwise(found):
            assert first == second
        # Grouped the other way: one with what two and three are together.
        pair = copy_of(copies[1], "pair")
        merge(pair, copies[2])
        grouped = copy_of(copies[0], "grouped")
        merge(grouped, pair)
        assert everything(grouped) == found[0]
