"""The reviewer's own answer, edited in place: span, label and attributes; of a relation type and direction."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from annotations.offsets import trim
from annotations.report import Entity, Origin, Relation, Span, make_fragments
from annotations.review import EntityGroup, Group, RelationGroup
from annotations.schema import Attribute, EntityType, RelationType, Schema
from ui.annotate.view.steps import next_end, next_start, previous_end, previous_start
from ui.review.typing_guard import TypingGuard
from ui.review.words import attribute_words, label_words
from ui.theme import GRID
from ui.words import tr


class OwnForm(QFrame):
    """Signals: ``given(Entity | Relation)``; ``spans_changed(spans)``; ``closed()``."""

    given = Signal(object)
    spans_changed = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("own_form")
        self.setAccessibleName(tr("Own answer"))
        self._group: Group | None = None
        self._text = ""
        self._spans: tuple[Span, ...] = ()
        self._schema: Schema | None = None
        self._values: dict[str, str] = {}
        self._entry: str | None = None
        self._ends: tuple[str, str] = ("", "")
        self.label = QComboBox(self)
        self.label.setObjectName("own_label")
        self.label.activated.connect(self._on_label)
        self.reverse = QCheckBox(tr("the other way round"), self)
        self.reverse.setObjectName("own_reverse")
        self.surface = QLabel(self)
        self.surface.setObjectName("own_surface")
        self.surface.setTextFormat(Qt.TextFormat.PlainText)
        self.surface.setWordWrap(True)
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self._attributes = QWidget(self)
        save = QPushButton(tr("Take this (Enter)"), self)
        save.setObjectName("own_save")
        save.setProperty("role", "main")
        save.clicked.connect(self.save)
        leave = QPushButton(tr("Cancel (Esc)"), self)
        leave.setObjectName("own_cancel")
        leave.clicked.connect(self.close_form)
        buttons = QHBoxLayout()
        buttons.addWidget(save)
        buttons.addWidget(leave)
        buttons.addStretch()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(3 * GRID, GRID, 3 * GRID, 2 * GRID)
        self._form.setSpacing(GRID)
        self._form.addRow(tr("Label"), self.label)
        self._form.addRow(tr("Text"), self.surface)
        self._form.addRow("", self.reverse)
        self._form.addRow(self._attributes)
        self._form.addRow(buttons)
        self.guard = TypingGuard(self)
        self.guard.watch(self.label, self.reverse)
        self.guard.entered.connect(self.save)
        self.guard.left.connect(self.close_form)
        self.hide()

    # opening

    def open_entity(self, group: EntityGroup, start_with: Entity, text: str, schema: Schema) -> None:
        """Edit a copy of an entity: extent, label, attributes."""
        self._begin(group, text, schema)
        self._spans = start_with.spans
        self._values, self._entry = dict(start_with.attributes), start_with.entry
        self._offer(schema.entity_types, start_with.label)
        self._show_spans()

    def open_relation(
        self, group: RelationGroup, start_with: Relation, ends: tuple[str, str], words: str, schema: Schema
    ) -> None:
        """Edit a copy of a relation: type, direction, attributes. ``ends`` are adjudicated entities, ``words`` their texts."""
        self._begin(group, "", schema)
        self._ends, self._values = ends, dict(start_with.attributes)
        self._offer(schema.relation_types, start_with.type)
        self.surface.setText(words)

    def _begin(self, group: Group, text: str, schema: Schema) -> None:
        self._group, self._text, self._schema = group, text, schema
        self._spans, self._values, self._entry = (), {}, None
        self.reverse.setChecked(False)
        self.reverse.setVisible(isinstance(group, RelationGroup))
        self.show()

    def _offer(self, kinds: tuple[EntityType, ...] | tuple[RelationType, ...], chosen: str) -> None:
        assert self._schema is not None, "the form is open"
        self.label.clear()
        for kind in kinds:
            self.label.addItem(label_words(self._schema, kind.name), kind.name)
        self.label.setCurrentIndex(max(0, self.label.findData(chosen)))
        self._make_fields()
        self.label.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # the span

    @property
    def is_open(self) -> bool:
        """Whether an own answer is being made."""
        return self._group is not None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The extent as it is now; empty for a relation."""
        return self._spans

    def set_span(self, start: int, end: int) -> None:
        """Give the answer another extent, tight."""
        start, end = trim(self._text, start, end)
        if isinstance(self._group, EntityGroup) and start < end:
            self._spans = ((start, end),)
            self._show_spans()

    def move_edge(self, left: bool, step: int) -> None:
        """Move an edge by a syllable: the left or the right one, forwards (1) or backwards (-1)."""
        if not self._spans:
            return
        first, last = self._spans[0][0], self._spans[-1][1]
        if left:
            first = next_start(self._text, first) if step > 0 else previous_start(self._text, first)
        else:
            last = next_end(self._text, last) if step > 0 else previous_end(self._text, last)
        spans = [list(span) for span in self._spans]
        spans[0][0], spans[-1][1] = first, last
        if all(start < end for start, end in spans):
            self._spans = tuple((start, end) for start, end in spans)
            self._show_spans()

    def _show_spans(self) -> None:
        self.surface.setText(" ".join(" … ".join(self._text[start:end] for start, end in self._spans).split()))
        self.spans_changed.emit(self._spans)

    # label and attributes

    def _on_label(self) -> None:
        self._values |= self._written()
        self._make_fields()

    def _make_fields(self) -> None:
        assert self._schema is not None, "the form is open"
        old, self._attributes = self._attributes, QWidget(self)
        self._form.replaceWidget(old, self._attributes)
        old.deleteLater()
        layout = QFormLayout(self._attributes)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        self.fields = {}
        name = self.label.currentData()
        kind = self._schema.entities_by_name.get(name) or self._schema.relations_by_name.get(name)
        for attribute in kind.attributes if kind else ():
            self._add_field(layout, name, attribute)

    def _add_field(self, layout: QFormLayout, label: str, attribute: Attribute) -> None:
        assert self._schema is not None, "the form is open"
        value = self._values.get(attribute.name, "")
        field: QLineEdit | QComboBox
        if attribute.choices:
            field = QComboBox()
            field.setEditable(True)
            field.addItems(["", *attribute.choices])
            field.setCurrentText(value)
            edit = field.lineEdit()
            if edit is not None:
                self.guard.watch(edit)
        else:
            field = QLineEdit(value)
        field.setObjectName(f"own_{attribute.name}")
        words = attribute_words(self._schema, label, attribute.name)
        field.setAccessibleName(words)
        self.guard.watch(field)
        self.fields[attribute.name] = field
        layout.addRow(words, field)

    def _written(self) -> dict[str, str]:
        return {
            name: (field.currentText() if isinstance(field, QComboBox) else field.text()).strip()
            for name, field in self.fields.items()
        }

    # ending

    def save(self) -> None:
        """Give the answer as it stands."""
        if self._group is None:
            return
        values = {name: value for name, value in {**self._values, **self._written()}.items() if value}
        kind = self.label.currentData()
        answer: Entity | Relation
        if isinstance(self._group, EntityGroup):
            start, end, fragments = make_fragments(self._spans)
            answer = Entity(
                self._group.id, kind, start, end, fragments, values, entry=self._entry, origin=Origin.ADJUDICATED
            )
        else:
            source, target = reversed(self._ends) if self.reverse.isChecked() else self._ends
            answer = Relation(self._group.id, kind, source, target, values, origin=Origin.ADJUDICATED)
        self.given.emit(answer)

    def close_form(self) -> None:
        """Close without an answer."""
        if self._group is not None:
            self._group, self._spans = None, ()
            self.hide()
            self.spans_changed.emit(())
            self.closed.emit()
