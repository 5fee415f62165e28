"""Whom does this mention mean? Proposals with what speaks for them, the whole registry by name, or a new entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotations.entries import RegistryEntry
from annotations.matching import same_word_key
from annotations.offsets import fold
from annotations.registry import Chronicle, Mention, proposals
from annotations.registry.cite import span_text
from annotations.registry.linking import new_entry
from ui.registry.shelf import Shelf
from ui.words import tr

_MOST = 200
_WHY = {
    "name": "the name",
    "part of the name": "a part of the name",
    "post": "the post",
    "other post": "but another post",
    "report": "named in this report",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: an entry, that has to be made first (``new``), or none (the link is taken away)."""

    entry: RegistryEntry | None
    new: bool = False


class LinkDialog(QDialog):
    """Chooses an entry for one mention (or several that are one). Enter takes the marked line, typing searches by name."""

    def __init__(self, shelf: Shelf, mentions: Sequence[Mention], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("link_dialog")
        self.setWindowTitle(tr("Link to the registry"))
        self._shelf, self._mention = shelf, mentions[0]
        self._here = shelf.mentions_on(self._mention.report_id)
        self._choices: list[Choice] = []
        self.choice: Choice | None = None
        heading = QLabel(f"“{self._mention.text}”")
        heading.setProperty("role", "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        sentence = QLabel(self._mention.evidence)
        sentence.setProperty("role", "muted")
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        self.search = QLineEdit()
        self.search.setObjectName("link_search")
        self.search.setPlaceholderText(tr("Search the registry by name"))
        self.search.setAccessibleName(tr("Search the registry by name"))
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("link_list")
        self.list.setAccessibleName(tr("Entries"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = buttons.addButton(tr("Link"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for widget in (heading, sentence, self.search, self.list, buttons):
            layout.addWidget(widget)
        self.resize(560, 480)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self.accept)
        self.list.itemActivated.connect(self.accept)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        shelf.changed.connect(self._fill)
        shelf.want()
        self._fill()
        self.search.setFocus()

    def accept(self) -> None:
        """Take the marked line."""
        row = self.list.currentRow()
        if 0 <= row < len(self._choices):
            self.choice = self._choices[row]
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search line move the mark in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
                return True
        return super().eventFilter(watched, event)

    # own

    def _fill(self) -> None:
        self.list.clear()
        self._choices = []
        chronicle = self._shelf.chronicle_for(self._mention.report_id)
        self.take.setEnabled(self._shelf.is_fresh)
        if chronicle is None or not self._shelf.is_fresh:
            self.list.addItem(tr("Reading the registry…"))
            return
        words = self.search.text().strip()
        if words:
            self._found(chronicle, words)
        else:
            self._proposed(chronicle)
        made = new_entry(self._mention)
        if words and not any(
            entry.entry and same_word_key(entry.entry.name) == same_word_key(words) for entry in self._choices
        ):
            made = RegistryEntry(made.id, made.label, words)
        if self._mention.entry:
            self._add(Choice(None), tr("No entry: take the link away"))
        self._add(Choice(made, new=True), tr("New entry: {name}", name=made.name))
        self.list.setCurrentRow(0)

    def _proposed(self, chronicle: Chronicle) -> None:
        near = [one for one in self._here if one.start != self._mention.start or one.end != self._mention.end]
        for proposal in proposals(chronicle, self._mention, near):
            entry = chronicle.registry.all[proposal.entry_id]
            why = ", ".join(tr(_WHY[one]) for one in proposal.why)
            self._add(
                Choice(entry),
                _shown(chronicle, entry, tr("{percent} %: {why}", percent=round(100 * proposal.sure), why=why)),
            )

    def _found(self, chronicle: Chronicle, words: str) -> None:
        wanted = fold(words).split()
        label = new_entry(self._mention).label
        for entry in chronicle.registry.entries:
            if entry.label == label and all(one in fold(f"{entry.name} {' '.join(entry.aliases)}") for one in wanted):
                self._add(Choice(entry), _shown(chronicle, entry, ""))
                if len(self._choices) >= _MOST:
                    return

    def _add(self, choice: Choice, text: str) -> None:
        self._choices.append(choice)
        self.list.addItem(QListWidgetItem(text))


def _shown(chronicle: Chronicle, entry: RegistryEntry, why: str) -> str:
    """An entry on two lines: name and why, then the posts it is known by."""
    head = f"{entry.name}   ({why})" if why else entry.name
    held = "; ".join(f"{one.post} ({span_text(one, tr)})" for one in chronicle.timeline(entry.id)[-2:])
    return f"{head}\n    {held}" if held else head
