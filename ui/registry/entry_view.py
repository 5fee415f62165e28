"""One entry of the registry: its names, the posts held with first and last evidence, and every mention."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotations.entries import RegistryEntry
from annotations.registry import Chronicle, Mention
from annotations.registry.cite import citation, entry_text, span_text
from ui.registry.cells import CellTable
from ui.words import tr

_SEPARATOR = ";"


class EntryView(QWidget):
    """Signals: ``edited(entry, name, aliases, note)``; ``merge_wanted(entry)``; ``split_wanted(id)``; ``remove_wanted(entry)``;
    ``move_wanted(mentions)`` the mentions are somebody else; ``place_wanted(mention)`` show it in its report; ``post_wanted(key)``;
    ``said(sentence)``."""

    edited = Signal(object, str, object, str)
    merge_wanted = Signal(object)
    split_wanted = Signal(str)
    remove_wanted = Signal(object)
    move_wanted = Signal(object)
    place_wanted = Signal(object)
    post_wanted = Signal(str)
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("entry_view")
        self._chronicle: Chronicle | None = None
        self.entry: RegistryEntry | None = None
        self._mentions: tuple[Mention, ...] = ()
        self.name, self.aliases, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        for line, key in ((self.name, "entry_name"), (self.aliases, "entry_aliases"), (self.note, "entry_note")):
            line.setObjectName(key)
            line.editingFinished.connect(self._on_edited)
        self.aliases.setPlaceholderText(tr("several with ;"))
        self.timeline = CellTable(
            "entry_timeline",
            tr("Posts"),
            (tr("Post"), tr("From – to"), tr("Mentions"), tr("First evidence")),
            (260, 170, 80),
        )
        self.mentions = CellTable(
            "entry_mentions",
            tr("Mentions"),
            (tr("Date"), tr("Report"), tr("Text"), tr("Sentence")),
            (96, 160, 160),
        )
        self.timeline.opened.connect(self._on_post)
        self.mentions.opened.connect(lambda row: self.place_wanted.emit(self._mentions[row]))
        self._lay_out()

    def show_entry(self, chronicle: Chronicle, entry: RegistryEntry) -> None:
        """Show an entry with what the labels say of it."""
        self._chronicle, self.entry = chronicle, entry
        texts = ((self.name, entry.name), (self.aliases, f"{_SEPARATOR} ".join(entry.aliases)), (self.note, entry.note))
        for line, text in texts:
            if line.text() != text and not line.isModified():
                with QSignalBlocker(line):
                    line.setText(text)
        held = chronicle.timeline(entry.id)
        self.timeline.setVisible(entry.label == "OFFICIAL")
        self._posts_title.setVisible(entry.label == "OFFICIAL")
        self.timeline.cells.show_rows(
            [(one.post, span_text(one, tr), str(one.count), one.first.evidence) for one in held]
        )
        self._mentions = tuple(chronicle.registry.mentions(entry.id))
        self.mentions.cells.show_rows([(one.date, one.report_name, one.text, one.evidence) for one in self._mentions])
        self._mentions_title.setText(tr("Mentions: {count}", count=len(self._mentions)))
        self.split.setEnabled(bool(chronicle.registry.merged(entry.id)))
        self.remove.setEnabled(not self._mentions and not chronicle.registry.merged(entry.id))

    def copy(self) -> None:
        """Copy the entry with its posts and their evidence; without posts, its mentions."""
        if self._chronicle is None or self.entry is None:
            return
        held = self._chronicle.timeline(self.entry.id)
        text = entry_text(self.entry.name, held, tr)
        if not held:
            text = "\n".join([self.entry.name, *(f"  “{one.evidence}” ({citation(one)})" for one in self._mentions)])
        QApplication.clipboard().setText(text)
        self.said.emit(tr("Copied with citations."))

    # own

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Other names"), self.aliases)
        form.addRow(tr("Note"), self.note)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.merge = self._button(
            tr("Merge with another…"), "entry_merge", lambda: self.merge_wanted.emit(self.entry), row
        )
        self.split = self._button(tr("Split off…"), "entry_split", self._choose_split, row)
        self.move_away = self._button(tr("Selected mentions are another…"), "entry_move", self._on_move, row)
        self.remove = self._button(tr("Remove"), "entry_remove", lambda: self.remove_wanted.emit(self.entry), row)
        row.addStretch(1)
        self._button(tr("Copy with citations"), "entry_copy", self.copy, row)
        self._posts_title, self._mentions_title = QLabel(tr("Posts")), QLabel()
        for title in (self._posts_title, self._mentions_title):
            title.setProperty("role", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(form)
        layout.addLayout(row)
        layout.addWidget(self._posts_title)
        layout.addWidget(self.timeline, 1)
        layout.addWidget(self._mentions_title)
        layout.addWidget(self.mentions, 2)

    @staticmethod
    def _button(text: str, name: str, do: Callable[[], None], row: QHBoxLayout) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.clicked.connect(lambda: do())
        row.addWidget(button)
        return button

    def _on_edited(self) -> None:
        if self.entry is not None and any(line.isModified() for line in (self.name, self.aliases, self.note)):
            for line in (self.name, self.aliases, self.note):
                line.setModified(False)
            self.edited.emit(self.entry, self.name.text(), self.aliases.text().split(_SEPARATOR), self.note.text())

    def _on_post(self, row: int) -> None:
        if self._chronicle is not None and self.entry is not None:
            self.post_wanted.emit(self._chronicle.timeline(self.entry.id)[row].post_key)

    def _on_move(self) -> None:
        chosen = [self._mentions[row] for row in self.mentions.selected()]
        if chosen:
            self.move_wanted.emit(chosen)
        else:
            self.said.emit(tr("Select the mentions that are somebody or something else, below."))
            self.mentions.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_split(self) -> None:
        if self._chronicle is None or self.entry is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for other in self._chronicle.registry.merged(self.entry.id):
            menu.addAction(other.name).triggered.connect(lambda _=False, key=other.id: self.split_wanted.emit(key))
        menu.popup(self.split.mapToGlobal(self.split.rect().bottomLeft()))
