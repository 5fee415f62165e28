"""Below the text: what each annotator says, and the answers that can be given. Every button says its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotations.review.decision import REASONS
from ui.actions import Actions, plain_text, shown_keys
from ui.annotate.swatch import SIDE, swatch
from ui.review.typing_guard import TypingGuard
from ui.review.words import reason_words
from ui.theme import GRID
from ui.words import tr

DIGITS = 6
"""Annotators whose answer a digit takes; that of the next ones Alt and a digit."""
TAKES = 12
"""Annotators whose answer a key takes."""
OTHERS = ("union", "intersection", "neither", "own", "skip", "discuss")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one annotator says: how she is called here, the words, her label's colour (empty: nothing there)."""

    letter: str
    name: str
    words: str
    colour: str
    is_taken: bool = False


class AnswerPanel(QWidget):
    """``reason`` and ``note`` go with the next answer; ``alike`` says that it is for all that are alike."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._actions = actions
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.decided = QLabel(self)
        self.decided.setObjectName("conflict_decision")
        self.decided.setTextFormat(Qt.TextFormat.PlainText)
        self.decided.setProperty("role", "muted")
        self.decided.setWordWrap(True)
        self.takes = [self._take(number) for number in range(TAKES)]
        self.others = {name: self._button(actions[f"action_review_{name}"]) for name in OTHERS}
        self.reason = QComboBox(self)
        self.reason.setObjectName("review_reason")
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setEditable(True)
        self.reason.addItem("", "")
        for reason in REASONS:
            self.reason.addItem(reason_words(reason), reason)
        edit = self.reason.lineEdit()
        assert edit is not None, "an editable box has a line"
        edit.setPlaceholderText(tr("Reason"))
        self.note = QLineEdit(self)
        self.note.setObjectName("review_note")
        self.note.setPlaceholderText(tr("Note for the annotators"))
        self.note.setAccessibleName(tr("Note"))
        self.alike = QCheckBox(self)
        self.alike.setObjectName("review_alike")
        self.alike.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.alike.toggled.connect(actions["action_review_alike"].setChecked)
        actions["action_review_alike"].toggled.connect(self.alike.setChecked)
        self.guard = TypingGuard(self)
        self.guard.watch(self.reason, edit, self.note)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.heading)
        layout.addWidget(self.decided)
        layout.addSpacing(GRID // 2)
        for button in self.takes:
            layout.addWidget(button)
        layout.addSpacing(GRID // 2)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in self.others.values():
            row.addWidget(button)
        row.addStretch()
        layout.addLayout(row)
        last = QHBoxLayout()
        last.setSpacing(GRID)
        self.reason.setFixedWidth(24 * GRID)
        last.addWidget(self.reason)
        last.addWidget(self.note, 1)
        last.addWidget(self.alike)
        layout.addLayout(last)

    def _take(self, number: int) -> QPushButton:
        button = self._button(self._actions[f"action_review_take_{number + 1}"])
        button.setProperty("answer", "take")
        button.setIconSize(QSize(SIDE, SIDE))
        return button

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(action.objectName().replace("action_", "button_"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        action.changed.connect(lambda: self._name(button, action))
        self._name(button, action)
        return button

    @staticmethod
    def _name(button: QPushButton, action: QAction) -> None:
        if button.property("answer") != "take":
            keys = shown_keys(action).partition(",")[0]
            button.setText(f"{keys}  {plain_text(action)}" if keys else plain_text(action))
            button.setToolTip(action.toolTip())

    def show_opinions(self, heading: str, decided: str, opinions: Sequence[Opinion]) -> None:
        """Say what the conflict is about, what was decided, and what each annotator has there."""
        self.heading.setText(heading)
        self.decided.setText(decided)
        self.decided.setVisible(bool(decided))
        for number, button in enumerate(self.takes):
            button.setVisible(number < len(opinions))
            if number >= len(opinions):
                continue
            opinion = opinions[number]
            keys = shown_keys(self._actions[f"action_review_take_{number + 1}"]).partition(",")[0]
            mark = "✓ " if opinion.is_taken else ""
            who = " ".join(part for part in (opinion.letter, opinion.name) if part)
            button.setText(f" {keys}   {mark}{who}   {opinion.words}".replace("&", "&&"))
            button.setToolTip(opinion.words)
            button.setAccessibleName(f"{who}: {opinion.words}")
            button.setIcon(swatch(opinion.colour or "#00000000"))

    def show_alike(self, count: int) -> None:
        """Offer the same answer for all that are alike; ``count`` is how many these are."""
        self.alike.setVisible(count > 1)
        keys = shown_keys(self._actions["action_review_alike"])
        self.alike.setText(tr("the same for all {count} ({keys})", count=count, keys=keys))

    def said_reason(self) -> str:
        """The reason: a usual one by its English name, another one as it was written."""
        text = self.reason.currentText().strip()
        at = self.reason.findText(text)
        return str(self.reason.itemData(at) or "") if at >= 0 else text

    def forget(self) -> None:
        """Empty reason and note, for the next conflict."""
        self.reason.setCurrentIndex(0)
        self.note.clear()
        self.alike.setChecked(False)
