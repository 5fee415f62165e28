"""The small bar below a suggestion that was clicked: what it is, and two buttons, yes and no. Also for its relations."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton

from annotations.report import Relation
from ui.annotate.suggestions.offered import Item
from ui.annotate.suggestions.suggesting import Suggesting
from ui.annotate.suggestions.words import ends_words, kind_words
from ui.annotate.workplace import Workplace
from ui.icons import icon
from ui.words import tr

MOST = 5
"""So many suggested relations of what was clicked are listed."""
_GAP = 6


class SuggestionBar(QFrame):
    """Lies over the report view while what was clicked stays selected; takes no keys."""

    def __init__(self, place: Workplace, suggesting: Suggesting) -> None:
        super().__init__(place.view.viewport())
        self.setObjectName("suggestion_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._place, self._suggesting = place, suggesting
        self._shown: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 4, 4, 4)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.show_for_selected)
        self.hide()
        place.view.viewport().installEventFilter(self)
        place.view.entities_selected.connect(lambda _ids: self.hide())
        place.view.selection_changed.connect(lambda _start, _end: self.hide())
        place.view.verticalScrollBar().valueChanged.connect(lambda _value: self.hide())
        suggesting.changed.connect(self._on_changed)

    def show_for_selected(self) -> None:
        """Show it for the one entity or suggested relation that is selected, when there is something to decide about it."""
        view, offered = self._place.view, self._suggesting.offered
        here, items = self._to_decide()
        if not items:
            self.hide()
            return
        self._fill(items)
        self.adjustSize()
        entity = offered.ends[here]
        below = view.rects_of(entity.start, entity.end)[-1].bottomLeft() + QPoint(0, _GAP)
        room = view.viewport().rect()
        x = max(4, min(below.x(), room.width() - self.width() - 4))
        if below.y() + self.height() > room.height():
            below = view.rects_of(entity.start, entity.end)[0].topLeft() - QPoint(0, self.height() + _GAP)
        self.move(x, max(4, below.y()))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click in the text shows it, the wheel and a press take it away."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._soon.start()
        elif event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.Resize):
            self.hide()
        return super().eventFilter(watched, event)

    # own

    def _to_decide(self) -> tuple[str, list[Item]]:
        """The entity at which the bar is shown, and what is listed in it."""
        offered, selected = self._suggesting.offered, self._place.view.selected_entities()
        walked = [one for one in self._suggesting.selected() if one in offered.relations]
        if walked:
            relation = offered.relations[walked[0]]
            return relation.target, [relation]
        if len(selected) != 1 or selected[0] not in offered.ends:
            return "", []
        here = selected[0]
        items: list[Item] = [offered.entities[here]] if here in offered.entities else []
        items += [one for one in offered.relations.values() if here in (one.source, one.target)][:MOST]
        return here, items

    def _fill(self, items: list[Item]) -> None:
        while (child := self._grid.takeAt(0)) is not None:
            if (widget := child.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._shown = tuple(item.id for item in items)
        for row, item in enumerate(items):
            words = QLabel(self._words(item), self)
            words.setTextFormat(Qt.TextFormat.PlainText)
            self._grid.addWidget(words, row, 0)
            self._grid.addWidget(self._button("check", tr("Confirm (Enter)"), item, True), row, 1)
            self._grid.addWidget(self._button("close", tr("Reject (Delete)"), item, False), row, 2)

    def _words(self, item: Item) -> str:
        said = kind_words(self._place, item)
        if isinstance(item, Relation):
            return f"{said} · {ends_words(self._suggesting.offered, item, self._place.view.text, 24)}"
        return said

    def _button(self, name: str, tip: str, item: Item, is_yes: bool) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setObjectName("suggestion_yes" if is_yes else "suggestion_no")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setIcon(icon(name, self.palette().color(QPalette.ColorRole.Text).name()))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self._decide(item.id, is_yes))
        return button

    def _decide(self, item_id: str, is_yes: bool) -> None:
        (self._suggesting.confirm if is_yes else self._suggesting.reject)((item_id,))
        self._soon.start()  # what is left to decide about the same entity

    def _on_changed(self) -> None:
        if self.isVisible() and any(self._suggesting.offered.item(one) is None for one in self._shown):
            self.hide()
