"""One post: who is named in it, from the first to the last evidence, where they overlap, where nobody is named."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotations.registry import Chronicle, Tenure, gaps
from annotations.registry.cite import gap_text, post_text
from ui.registry.cells import CellTable
from ui.words import tr


class PostView(QWidget):
    """Signals: ``place_wanted(mention)`` the first evidence in its report; ``entry_wanted(id)``; ``said(sentence)``."""

    place_wanted = Signal(object)
    entry_wanted = Signal(str)
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("post_view")
        self._chronicle: Chronicle | None = None
        self._post = ""
        self._tenures: tuple[Tenure, ...] = ()
        self._rows: list[tuple[Tenure, bool]] = []
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.holders = CellTable(
            "post_holders",
            tr("Holders"),
            (tr("Official"), tr("Evidence"), tr("Date"), tr("Date basis"), tr("Report"), tr("Sentence")),
            (180, 80, 96, 120, 160),
        )
        self.holders.opened.connect(self._on_opened)
        self.between = QLabel()
        self.between.setObjectName("post_between")
        self.between.setWordWrap(True)
        self.between.setProperty("role", "muted")
        person = QPushButton(tr("Show the official"))
        person.setObjectName("post_official")
        person.clicked.connect(self._on_person)
        copy = QPushButton(tr("Copy with citations"))
        copy.setObjectName("post_copy")
        copy.clicked.connect(self.copy)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(person)
        row.addStretch(1)
        row.addWidget(copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addLayout(row)
        layout.addWidget(self.holders, 1)
        layout.addWidget(self.between)

    def show_post(self, chronicle: Chronicle, post_key: str) -> None:
        """Show the holders of a post."""
        self._chronicle, self._post = chronicle, post_key
        self._tenures = chronicle.holders(post_key)
        self._rows = [(one, False) for one in self._tenures]
        self._rows = [
            row
            for one in self._tenures
            for row in ([(one, False)] if one.first is one.last else [(one, False), (one, True)])
        ]
        self.heading.setText(chronicle.posts.get(post_key, post_key))
        self.holders.cells.show_rows([self._cells(*row) for row in self._rows])
        said = [gap_text(one, chronicle.registry, tr) for one in gaps(self._tenures)]
        self.between.setText("\n".join(said))
        self.between.setVisible(bool(said))

    def copy(self) -> None:
        """Copy the post with its holders and their evidence."""
        if self._chronicle is not None:
            name = self._chronicle.posts.get(self._post, self._post)
            found = gaps(self._tenures)
            QApplication.clipboard().setText(post_text(name, self._tenures, found, self._chronicle.registry, tr))
            self.said.emit(tr("Copied with citations."))

    # own

    def _cells(self, tenure: Tenure, last: bool) -> tuple[str, ...]:
        mention = tenure.last if last else tenure.first
        entry = self._chronicle.registry.entry(tenure.entry_id) if self._chronicle else None
        return (
            "" if last else (entry.name if entry else tenure.entry_id),
            tr("last") if last else tr("first"),
            mention.date,
            _basis(mention.date),
            mention.report_name,
            mention.evidence,
        )

    def _on_opened(self, row: int) -> None:
        tenure, last = self._rows[row]
        self.place_wanted.emit(tenure.last if last else tenure.first)

    def _on_person(self) -> None:
        row = self.holders.currentIndex().row()
        if row >= 0:
            self.entry_wanted.emit(self._rows[row][0].entry_id)
        else:
            self.said.emit(tr("Select a line first."))


def _basis(date: str) -> str:
    """What a date rests on."""
    if not date:
        return tr("no date")
    return (
        tr("report, day")
        if date.count("-") == 2
        else tr("report, only {precision}", precision=tr("month") if "-" in date else tr("year"))
    )
