"""The registry beside the report: names in the entity table, linking what is selected, linking what is sure."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from annotations.registry import Mention
from annotations.registry.edits import set_entry
from annotations.registry.linking import link, plan
from model.errors import ProjectError
from ui.actions import Actions
from ui.annotate.page import AnnotatePage
from ui.registry.link_dialog import LinkDialog
from ui.registry.shelf import Shelf
from ui.words import explain, tr


class RegistryAnnotating(QObject):
    """Adds ``action_link_entry`` and ``action_link_sure`` to the annotate page."""

    def __init__(self, page: AnnotatePage, shelf: Shelf, actions: Actions, window: QWidget) -> None:
        super().__init__(page)
        self._page, self._desk, self._shelf, self._window = page, page.desk, shelf, window
        self._sure_wanted = False
        context = page.splitter
        actions.add(
            "action_link_entry", tr("Link to the registry…"), "Ctrl+E", self.choose, menu="Labels", context=context
        )
        actions.add(
            "action_link_sure",
            tr("Link what is sure in this report"),
            "Ctrl+Alt+E",
            self.link_sure,
            menu="Labels",
            context=context,
        )
        shelf.changed.connect(self._on_read)
        shelf.names_changed.connect(self._show_names)
        self._show_names()

    def choose(self) -> None:
        """Ask for the entry of the selected entities."""
        mentions = self._selected()
        if not mentions:
            self._desk.say(
                tr("Select an official, an organisation, a place, a document, or a title that stands for its holder.")
            )
            return
        dialog = LinkDialog(self._shelf, mentions, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.choice is not None:
            own = [_owned(one, self._desk.annotator) for one in mentions]
            change = set_entry(own, dialog.choice.entry, self._desk.annotator, dialog.choice.new)
            if change is not None:
                self._desk.apply(change)

    def link_sure(self) -> None:
        """Link every mention of the report of which there is no doubt; a notice says how many, with Undo."""
        self._sure_wanted = True
        self._shelf.want()

    # own

    def _on_read(self) -> None:
        self._show_names()
        if not self._sure_wanted or not self._shelf.is_fresh:
            return
        self._sure_wanted = False
        here = self._mentions()
        chronicle = self._shelf.chronicle_for(here[0].report_id) if here else self._shelf.chronicle
        if chronicle is None:
            return
        made = plan(chronicle, here)
        change = link(made.links, made.made, self._desk.annotator)
        if change is None:
            self._desk.say(
                tr("There is nothing to link here that is sure. {count} mentions are open.", count=len(made.left))
            )
        elif self._desk.apply(change) is not None:
            said = tr(
                "{links} mentions linked, {made} new entries; {left} mentions are left to you.",
                links=len(made.links),
                made=len(made.made),
                left=len(made.left),
            )
            self._desk.say(said, undo=True)

    def _selected(self) -> list[Mention]:
        ids = set(self._page.view.selected_entities())
        return [one for one in self._mentions() if ids & {key for _, key in one.owners}]

    def _mentions(self) -> list[Mention]:
        """Those of the open report that the annotator's own set has."""
        report = self._desk.report
        if report is None:
            return []
        try:
            found = self._shelf.mentions_on(report.id)
        except ProjectError as error:
            self._desk.trouble.emit(explain(error))
            return []
        return [one for one in found if any(who == self._desk.annotator for who, _ in one.owners)]

    def _show_names(self) -> None:
        self._page.entity_model.show_names(self._shelf.names)


def _owned(mention: Mention, annotator: str) -> Mention:
    return replace(mention, owners=tuple(one for one in mention.owners if one[0] == annotator))
