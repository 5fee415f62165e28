"""The attribute form: a small card beside the span with all attributes of the entity and its note."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from annotations.report import Entity
from annotations.schema import Attribute
from ui.annotate.edits.cells import set_attributes
from ui.annotate.edits.proposals import proposed
from ui.annotate.edits.sheet import Sheet
from ui.annotate.workplace import Workplace, name_of, short
from ui.words import tr

_WIDTH = 320
_GAP = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AttributeForm(QFrame):
    """Edits one entity; Enter saves, Esc closes without change. Signal: ``closed()``."""

    closed = Signal()

    def __init__(self, place: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("attribute_form")
        self.setAccessibleName(tr("Attributes"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setFixedWidth(_WIDTH)
        self._place, self._page = place, parent
        self._opened_on: tuple[Sheet, Entity] | None = None
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.note = QLineEdit()
        self._body: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def entity_id(self) -> str:
        """Id of the entity that is edited; empty while the form is closed."""
        return self._opened_on[1].id if self._opened_on and not self.isHidden() else ""

    def open_for(self, entity_id: str) -> None:
        """Show an entity's attributes beside it; what was being edited of another one is saved."""
        self.save()
        sheet = self._place.sheet
        if sheet is None or entity_id not in sheet.entities:
            return
        self._opened_on = (sheet, sheet.entities[entity_id])
        self._fill(sheet, sheet.entities[entity_id])
        self.adjustSize()
        self._put_beside(sheet.entities[entity_id])
        self.show()
        self.raise_()
        first = next(iter(self.fields.values()), self.note)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def save(self) -> None:
        """Save what differs, as one action, and close."""
        if self._opened_on is None:
            return
        sheet, entity = self._opened_on
        change = set_attributes(
            sheet, entity.id, {name: _value(one) for name, one in self.fields.items()}, self.note.text()
        )
        self.close_form()
        self._place.apply(change)

    def close_form(self) -> None:
        """Close without change."""
        if self._opened_on is not None:
            self._opened_on = None
            self.hide()
            self._place.view.setFocus()
            self.closed.emit()

    def labels_changed(self) -> None:
        """Close when the entity is gone."""
        sheet = self._place.sheet
        if self._opened_on and (sheet is None or self._opened_on[1].id not in sheet.entities):
            self.close_form()

    # events

    def event(self, event: QEvent) -> bool:
        """Keep plain keys from the shortcuts of the page: they are typed here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            if not event.modifiers() & chord:
                event.accept()
                return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Esc in any field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER:
                self.save()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_form()
                return True
        return super().eventFilter(watched, event)

    # own

    def _fill(self, sheet: Sheet, entity: Entity) -> None:
        if self._body is not None:
            self._layout.removeWidget(self._body)  # else the card keeps room for what is gone
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        self._layout.addWidget(self._body)
        form = QFormLayout(self._body)
        form.setContentsMargins(16, 12, 16, 12)
        form.setSpacing(8)
        heading = QLabel(f"{self._place.label_name(entity.label)}: {short(entity.surface(sheet.text), 60)}")
        heading.setProperty("role", "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        form.addRow(heading)
        proposals = proposed(sheet, entity.label, entity.start, entity.end)
        kind = sheet.entity_type(entity)
        self.fields = {}
        known = kind.attributes if kind else ()
        others = [Attribute(name) for name in entity.attributes if name not in {one.name for one in known}]
        for attribute in (*known, *others):
            self._add_field(
                form, attribute, entity.attributes.get(attribute.name, ""), proposals.get(attribute.name, "")
            )
        self.note = QLineEdit(entity.note or "")
        self.note.setObjectName("attribute_note")
        self.note.installEventFilter(self)
        form.addRow(tr("Note"), self.note)
        hint = QLabel(tr("Enter saves · Esc closes"))
        hint.setProperty("role", "muted")
        form.addRow(hint)
        order = [*self.fields.values(), self.note]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _add_field(self, form: QFormLayout, attribute: Attribute, value: str, proposal: str) -> None:
        field: QLineEdit | QComboBox
        if attribute.choices:
            field = QComboBox()
            field.setEditable(True)
            field.addItems(["", *attribute.choices])
            field.setCurrentText(value)
            line = field.lineEdit()
        else:
            field = line = QLineEdit(value)
        field.setObjectName(f"attribute_{attribute.name}")
        field.setAccessibleName(name_of(attribute))
        field.installEventFilter(self)
        self.fields[attribute.name] = field
        form.addRow(name_of(attribute), field)
        if proposal and line is not None:
            line.setPlaceholderText(proposal)
            form.addRow("", self._proposal(field, proposal))

    def _proposal(self, field: QLineEdit | QComboBox, proposal: str) -> QToolButton:
        """A quiet button that takes what was read from the text; seen while the field says something else."""
        button = QToolButton()
        button.setProperty("flat", True)
        button.setText(tr("From the text: {value}", value=proposal))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: _set_value(field, proposal))

        def refresh() -> None:
            button.setVisible(_value(field) != proposal)

        (field.currentTextChanged if isinstance(field, QComboBox) else field.textChanged).connect(refresh)
        refresh()
        return button

    def _put_beside(self, entity: Entity) -> None:
        """Below the span, or above it where there is no room, inside the page."""
        view, page = self._place.view, self._page
        span = view.rects_of(entity.start, entity.end)
        origin = view.viewport().mapTo(page, QPoint(0, 0))
        box = (span[0].united(span[-1]) if span else QRect()).translated(origin)
        x = max(_GAP, min(box.left(), page.width() - self.width() - _GAP))
        y = box.bottom() + 2 * _GAP
        if y + self.height() > page.height() - _GAP:
            y = box.top() - self.height() - _GAP
        self.move(x, max(_GAP, min(y, page.height() - self.height() - _GAP)))


def _value(field: QLineEdit | QComboBox) -> str:
    return field.currentText() if isinstance(field, QComboBox) else field.text()


def _set_value(field: QLineEdit | QComboBox, value: str) -> None:
    field.setCurrentText(value) if isinstance(field, QComboBox) else field.setText(value)
