"""What labelling costs by keys alone: a whole report of real size, entity by entity and relation by relation.

The demo report nearest in size to the real ones (some 130–170 entities, 60–90 relations) gives the labels that are wanted. Without
suggestions and without the mouse, real key events make them in the window; in the end the project file holds just
these. A chord (Shift+→) counts as one press. The figures stand in the README.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotations.corpus import ImportedRecord
from annotations.report import Entity, Relation, Report, entity_order
from annotations.sentences import sentence_spans
from model.bulk import ImportBatch
from model.project import Project
from model.workspace import Workspace
from tests.ui.annotate.key_plan import Planner, Press, State
from ui.annotate.edits import relating
from ui.app import open_project
from ui.main_window import MainWindow

REAL_ENTITIES = 150
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
Placed = tuple[str, int, int]


def wanted() -> tuple[Report, tuple[Entity, ...], tuple[Relation, ...]]:
    """Lan's labels on the demo report whose number of entities is nearest to that of a real one."""
    lines = (files("ui") / "demo" / "reports.jsonl").read_text("utf-8").splitlines()
    records = [found for found in map(json.loads, lines) if found.get("annotator") == "lan"]
    chosen = min(records, key=lambda one: abs(len(one["entities"]) - REAL_ENTITIES))
    report = Report("r", chosen["name"], chosen["text"], title=chosen["title"], date=chosen["date"])
    entities = tuple(Entity(one["id"], one["label"], one["start"], one["end"]) for one in chosen["entities"])
    relations = tuple(Relation(one["id"], one["type"], one["source"], one["target"]) for one in chosen["relations"])
    return report, tuple(sorted(entities, key=entity_order)), relations


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window on a project that holds the bare report."""
    path, report = tmp_path / "p.chugiai", wanted()[0]
    with Project.create(path) as project, ImportBatch.open(project, title="Import {count} files") as batch:
        batch.add("reports", ImportedRecord(report, report.name, None, False, None, (), (), False))
        batch.publish({"count": 1})
    made = open_project(path, "Lan")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.view.setFocus()
    yield made
    made.desk.saving.stop()
    made.close()
    made.deleteLater()
    QApplication.processEvents()


class Typist:
    """Labels a report as a person would who knows the keys: each entity, and at once its relations to earlier ones."""

    def __init__(self, window: MainWindow, entities: Sequence[Entity], relations: Sequence[Relation]) -> None:
        self._window, self._page, self._view = window, window.page, window.view
        self._todo, self._relations = list(entities), list(relations)
        self._made: dict[str, str] = {}
        self._keys = {kind.name: kind.key for kind in window.desk.schema.entity_types}
        self._sentences = sentence_spans(window.view.text)
        self.presses = {"entities": 0, "relations": 0}

    def work(self) -> None:
        while self._todo:
            target = self._label()
            self._todo.remove(target)
            self._made[target.id] = self._view.selected_entities()[0]
            for forward, key in ((True, CTRL), (False, CTRL_SHIFT)):
                self._relate(target, forward, (Qt.Key.Key_R, key))

    def _press(self, press: Press, what: str) -> None:
        QTest.keyClick(self._view, *press)
        self.presses[what] += 1

    def _digits(self, digits: str, what: str) -> None:
        for digit in digits:
            self._press((Qt.Key(Qt.Key.Key_0 + int(digit)), PLAIN), what)

    def _label(self) -> Entity:
        """Label one of the first wanted entities that hang together, the one that costs least."""
        labelled = self._window.desk.annotation_set.entities
        selected = [one for one in labelled if one.id in self._view.selected_entities()]
        here = State(self._view.text_selection(), selected[0].end if selected else None)
        plan = Planner(self._view.text, labelled).cheapest(here, self._cluster())
        for press in plan.select:
            self._press(press, "entities")
        self._digits(self._keys[plan.target.label], "entities")
        for press in plan.adjust:
            self._press(press, "entities")
        return plan.target

    def _cluster(self) -> list[Entity]:
        end, found = self._todo[0].end, []
        for one in self._todo:
            if one.start >= end:
                break
            found.append(one)
            end = max(end, one.end)
        return found

    def _relate(self, entity: Entity, forward: bool, begin: Press) -> None:
        here = self._made[entity.id]
        wanted: list[tuple[str, Relation]] = []
        for one in self._relations:
            own, other = (one.source, one.target) if forward else (one.target, one.source)
            if own == entity.id and other in self._made:
                wanted.append((self._made[other], one))
        if not wanted:
            return
        self._press(begin, "relations")
        numbers = self._numbers(here, forward, far=False)
        for other, relation in sorted(wanted, key=lambda one: one[0] not in numbers):
            if other not in numbers:
                self._digits("0", "relations")
                numbers = self._numbers(here, forward, far=True)
            sheet = self._page.place.sheet
            assert sheet is not None
            types = relating.new_types(sheet, *((here, other) if forward else (other, here)))
            self._digits(numbers[other], "relations")
            if len(types) > 1:
                self._digits(str([kind.name for kind in types].index(relation.type) + 1), "relations")
            self._relations.remove(relation)

    def _numbers(self, here: str, forward: bool, far: bool) -> dict[str, str]:
        """The numbers that the screen shows beside the entities."""
        sheet = self._page.place.sheet
        assert sheet is not None
        shown = relating.choices(sheet, here, self._sentences, forward, far)
        return {one.entity.id: one.number for one in shown}


def placed(entities: Sequence[Entity]) -> dict[str, Placed]:
    return {one.id: (one.label, one.start, one.end) for one in entities}


def joined(entities: Sequence[Entity], relations: Sequence[Relation]) -> set[tuple[str, Placed, Placed]]:
    places = placed(entities)
    return {(one.type, places[one.source], places[one.target]) for one in relations}


def test_a_whole_report_by_keys_alone(window: MainWindow) -> None:
    _report, entities, relations = wanted()
    typist = Typist(window, entities, relations)
    typist.work()
    path = window.desk.project.path
    window.close()
    with Project.open(path) as project:
        stored = Workspace(project, "Lan").annotation_set("r")
    assert stored is not None
    assert sorted(placed(stored.entities).values()) == sorted(placed(entities).values())
    assert joined(stored.entities, stored.relations) == joined(entities, relations)
    assert len(stored.relations) == len(relations)
    for what, count, most in (("entities", len(entities), 6), ("relations", len(relations), 4)):
        average = typist.presses[what] / count
        print(f"{typist.presses[what]} presses for {count} {what}: {average:.2f} each")  # noqa: T201 (for the README)
        assert average <= most
