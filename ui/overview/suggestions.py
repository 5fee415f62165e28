"""How good suggestions are against what people then confirmed, and what the project chooses about them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from annotations.changes.fact import SetFacts
from annotations.changes.outcome import Changed
from annotations.facts import Kind
from annotations.schema import shown_name
from annotations.suggestion_choices import Choices
from model.errors import ProjectError
from model.queries.facts import facts
from model.suggestion_cache import kept_model, measures
from ui.actions import Actions
from ui.annotate.suggestions.words import source_name
from ui.desk import Desk
from ui.dialogs.parts import Said, button, row
from ui.jobs.suggestion_feed import MEASURE
from ui.jobs.training import MODEL
from ui.overview.cells import CellTable
from ui.overview.own_lists import OwnListsDialog
from ui.overview.suggestion_choices import ChoicesPanel
from ui.overview.suggestion_tables import (
    Table,
    confusion_table,
    latest,
    source_table,
    summed,
    tally_table,
    time_table,
)
from ui.theme import GRID
from ui.words import explain, language, tr


class SuggestionsSection(QWidget):
    """Reads when it is seen."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestions_section")
        self._desk, self._actions = desk, actions
        self.said = Said("suggestions_said", self)
        self.train = button(tr("Train on confirmed labels"), "train_button", self)
        self.train.clicked.connect(lambda: actions["action_train"].trigger())
        self.lists = button(tr("Own lists…"), "own_lists_button", self)
        self.lists.clicked.connect(self.open_lists)
        self.choices = ChoicesPanel(self)
        self.choices.wanted.connect(self._apply)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        self.tables: dict[str, CellTable] = {}
        for name, title, accessible in (
            ("labels", tr("Labels"), tr("Quality of suggestions by label")),
            ("relations", tr("Relation types"), tr("Quality of suggestions by relation type")),
            ("sources", tr("Sources"), tr("Quality of suggestions by source")),
            ("confusions", tr("Confusions"), tr("What suggestions are taken for")),
            ("time", tr("Over time"), tr("Quality of suggestions by day")),
        ):
            self.tables[name] = CellTable(f"suggestion_{name}_table", accessible, self)
            self.tabs.addTab(self.tables[name], title)
        self._lay_out()
        desk.bus.changed.connect(self._on_changed)
        actions["action_train"].changed.connect(lambda: self.train.setText(actions["action_train"].text()))

    def enter(self) -> None:
        """Read and show what is known now."""
        desk = self._desk
        try:
            with desk.project.reading() as connection:
                kept = measures(connection, MEASURE)
                choices = Choices.of(facts(connection, Kind.SETTING, report_id=""))
                model = kept_model(connection, MODEL)
        except ProjectError as error:
            self.said.warn(explain(error))
            return
        self.choices.show_choices(desk.schema, choices)
        shown = latest(kept, "" if desk.work.work.sees_others else desk.annotator)
        quality = summed(shown)
        self._fill("labels", tally_table(tr("Label"), quality.labels, self._label))
        self._fill("relations", tally_table(tr("Relation type"), quality.relations, self._type))
        self._fill("sources", source_table(quality.sources, source_name))
        self._fill("confusions", confusion_table(quality, self._label))
        self._fill("time", time_table(shown))
        about = (
            tr("The model was trained on {count} finished reports.", count=model.about.get("reports", 0))
            if model
            else tr("The model that comes with the program is used; train it on what is confirmed here.")
        )
        compared = (
            tr("Compared with what was confirmed on {count} finished reports.", count=quality.reports)
            if quality.reports
            else tr(
                "Figures will stand here when reports are done: what was suggested is then compared with what was confirmed."
            )
        )
        self.said.say(f"{compared} {about}")

    def open_lists(self) -> OwnListsDialog:
        """Open the project's own lists."""
        dialog = OwnListsDialog(self._desk, self.window())
        dialog.open()
        return dialog

    # own

    def _lay_out(self) -> None:
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.choices, 1)
        column.addLayout(row(self.lists, self.train, None))
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.tabs)
        splitter.addWidget(side)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([840, 480])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.said)
        layout.addWidget(splitter, 1)

    def _fill(self, name: str, table: Table) -> None:
        self.tables[name].show_rows(*table)

    def _apply(self, change: SetFacts) -> None:
        self._desk.apply(change)

    def _on_changed(self, changed: Changed) -> None:
        if self.isVisible() and (changed.schema or "setting" in changed.facts):
            self.enter()

    def _label(self, name: str) -> str:
        kind = self._desk.schema.entities_by_name.get(name)
        return shown_name(kind, language()) if kind else name

    def _type(self, name: str) -> str:
        kind = self._desk.schema.relations_by_name.get(name)
        return shown_name(kind, language()) if kind else name
