"""Relations: by mouse from entity to entity, or in relation mode by typing the numbers of the other ends.

In relation mode one end stays until Esc, so that several others follow each
other; numbers stay with their entities while the mode lasts.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from annotations.report import Span
from annotations.schema import RelationType
from annotations.sentences import sentence_spans
from ui.annotate.edits import relating
from ui.annotate.edits.relating import Choice
from ui.annotate.edits.sheet import Sheet
from ui.annotate.view.marks import Mark
from ui.annotate.workplace import Workplace, name_of, short
from ui.words import tr


class RelationMode(QObject):
    """Signal: ``changed()`` when the mode begins, goes on or ends, or waits for something else to be typed."""

    changed = Signal()

    def __init__(self, place: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._anchor = ""
        self._forward = True
        self._far = False
        self._choices: tuple[Choice, ...] = ()
        self._typed = ""
        self._picked: Choice | None = None
        self._sentences: tuple[str, tuple[Span, ...]] = ("", ())
        place.view.relation_dragged.connect(self.dragged)

    # the mode

    @property
    def active(self) -> bool:
        """Whether digits are numbers of other ends now."""
        return bool(self._anchor)

    @property
    def anchor(self) -> str:
        """Id of the entity that stays; empty outside the mode."""
        return self._anchor

    def begin(self, forward: bool = True) -> None:
        """Begin with the selected entity as source (or as target: ``forward`` False)."""
        sheet = self._place.whole
        selected = self._place.view.selected_entities()
        if sheet is None or len(selected) != 1 or selected[0] not in sheet.entities:
            self._place.desk.say(tr("Select one entity first; the relation begins at it."))
            return
        self._anchor, self._forward, self._far = selected[0], forward, False
        self._number(sheet)
        if not self._choices:
            self._say_none(sheet)
            self.end()
            return
        self._show()

    def end(self) -> None:
        """Leave the mode."""
        if self._anchor:
            self._anchor, self._choices, self._typed, self._picked = "", (), "", None
            self._show()

    def step_back(self) -> bool:
        """Esc: from the list of types to the numbers, then out of the mode; False when it is not active."""
        if not self.active:
            return False
        if self._picked is not None or self._typed:
            self._picked, self._typed = None, ""
            self._show()
        else:
            self.end()
        return True

    def digit(self, digit: str) -> None:
        """A typed digit: of an end's number, or of a type's."""
        if self._picked is not None:
            at = int(digit) - 1
            if 0 <= at < len(self._picked.types):
                self._add(self._picked.entity.id, self._picked.types[at])
            return
        if digit == "0" and not self._typed:
            self._far = not self._far
            if self._place.whole is not None:
                self._number(self._place.whole)
            self._show()
            return
        self._typed += digit
        found = next((one for one in self._choices if one.number == self._typed), None)
        if found is not None:
            self._typed = ""
            self._pick(found)
        elif not any(one.number.startswith(self._typed) for one in self._choices):
            self._typed = ""
        self._show()

    def choose(self, entity_id: str) -> None:
        """Take an entity that was clicked as the other end; else one that holds it and is allowed."""
        sheet = self._place.whole
        if sheet is None or entity_id == self._anchor:
            return
        other = self._allowed_around(sheet, entity_id)
        ends = self._ends(other)
        types = relating.new_types(sheet, *ends)
        if not types:
            self._refuse(sheet, *ends)
        else:
            self._pick(Choice("", sheet.entities[other], types))
        self._show()

    def labels_changed(self) -> None:
        """Leave out what is gone or related by now; numbers stay."""
        sheet = self._place.whole
        if not self.active:
            return
        if sheet is None or self._anchor not in sheet.entities:
            self.end()
            return
        kept = (
            Choice(one.number, sheet.entities[one.entity.id], types)
            for one in self._choices
            if (types := relating.new_types(sheet, *self._ends(one.entity.id)))
        )
        self._choices = tuple(kept)
        if self._picked is not None and self._picked.entity.id not in sheet.entities:
            self._picked = None
        self._show()

    def words(self) -> str:
        """What the status line says."""
        sheet = self._place.whole
        if not self.active or sheet is None:
            return ""
        here = short(sheet.entities[self._anchor].surface(sheet.text), 30)
        if self._picked is not None:
            there = short(self._picked.entity.surface(sheet.text), 30)
            source, target = (here, there) if self._forward else (there, here)
            kinds = "   ".join(f"{at} {name_of(kind)}" for at, kind in enumerate(self._picked.types, 1))
            return tr("“{source}” → “{target}”:   {kinds}   — Esc back", source=source, target=target, kinds=kinds)
        if self._typed:
            return tr("Number {typed}… — the second digit, or Esc", typed=self._typed)
        if self._forward:
            return tr("Relation from “{source}” to: type a number — 0 more, Esc ends", source=here)
        return tr("Relation to “{target}” from: type a number — 0 more, Esc ends", target=here)

    # the mouse

    def dragged(self, source_id: str, target_id: str) -> None:
        """Relate two entities between which the mouse was dragged; of several types a menu asks."""
        sheet = self._place.whole
        if sheet is None or source_id not in sheet.entities or target_id not in sheet.entities:
            return
        self.end()
        self._anchor, self._forward = source_id, True
        target_id = self._allowed_around(sheet, target_id)
        self._anchor = ""
        types = relating.new_types(sheet, source_id, target_id)
        if not types:
            self._refuse(sheet, source_id, target_id)
        elif len(types) == 1:
            self._relate(source_id, target_id, types[0].name)
        else:
            self._ask(source_id, target_id, types)

    def type_menu(self, source_id: str, target_id: str, types: tuple[RelationType, ...]) -> QMenu:
        """A menu of relation types; choosing one adds the relation."""
        menu = QMenu(self._place.view)
        menu.setObjectName("relation_type_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at, kind in enumerate(types, 1):
            action = menu.addAction(f"&{at}  {name_of(kind)}" if at < 10 else name_of(kind))
            action.setData(kind.name)
            action.triggered.connect(lambda _checked=False, name=kind.name: self._relate(source_id, target_id, name))
        return menu

    # own

    def _ends(self, other: str) -> tuple[str, str]:
        return (self._anchor, other) if self._forward else (other, self._anchor)

    def _number(self, sheet: Sheet) -> None:
        if self._sentences[0] != sheet.report.id:
            self._sentences = (sheet.report.id, sentence_spans(sheet.text))
        self._typed, self._picked = "", None
        self._choices = relating.choices(sheet, self._anchor, self._sentences[1], self._forward, self._far)

    def _pick(self, choice: Choice) -> None:
        if len(choice.types) == 1:
            self._add(choice.entity.id, choice.types[0])
        else:
            self._picked = choice

    def _add(self, other: str, kind: RelationType) -> None:
        self._picked = None
        self._relate(*self._ends(other), kind.name)
        self._show()

    def _relate(self, source_id: str, target_id: str, kind: str) -> None:
        sheet, suggesting = self._place.whole, self._place.suggesting
        if sheet is None or source_id not in sheet.entities or target_id not in sheet.entities:
            return
        if suggesting is None or not {source_id, target_id} & suggesting.offered.entities.keys():
            self._place.apply(relating.relate(sheet, source_id, target_id, kind))
            return
        deed = suggesting.relate(source_id, target_id, kind)  # ends that are only suggested are confirmed along
        self._anchor = deed.became.get(self._anchor, self._anchor)
        self._place.apply(deed.change)

    def _allowed_around(self, sheet: Sheet, entity_id: str) -> str:
        """The entity, or when the schema does not allow it as other end the nearest around it that is allowed."""
        inner = sheet.entities[entity_id]
        around = [one for one in sheet.labels.entities if one.start <= inner.start and inner.end <= one.end]
        for one in (inner, *sorted(around, key=lambda outer: outer.end - outer.start)):
            if one.id != self._anchor and relating.types_between(sheet, *self._ends(one.id)):
                return one.id
        return entity_id

    def _refuse(self, sheet: Sheet, source_id: str, target_id: str) -> None:
        if relating.types_between(sheet, source_id, target_id):
            self._place.desk.say(tr("These two are related already."))
            return
        labels = [self._place.label_name(sheet.entities[one].label) for one in (source_id, target_id)]
        self._place.desk.say(
            tr("The schema does not allow a relation from {source} to {target}.", source=labels[0], target=labels[1])
        )

    def _say_none(self, sheet: Sheet) -> None:
        label = self._place.label_name(sheet.entities[self._anchor].label)
        if self._forward:
            self._place.desk.say(tr("Nothing here can be the target of a relation from {label}.", label=label))
        else:
            self._place.desk.say(tr("Nothing here can be the source of a relation to {label}.", label=label))

    def _ask(self, source_id: str, target_id: str, types: tuple[RelationType, ...]) -> None:
        view, sheet = self._place.view, self._place.whole
        if sheet is None:
            return
        target = sheet.entities[target_id]
        below = view.rects_of(target.start, target.end)[-1].bottomRight() + QPoint(0, 4)
        self.type_menu(source_id, target_id, types).popup(view.viewport().mapToGlobal(below))

    def _show(self) -> None:
        sheet, marks = self._place.whole, []
        if self.active and sheet is not None and self._anchor in sheet.entities:
            shown = self._choices if self._picked is None else (self._picked,)
            marks = [
                Mark(one.entity.start, one.entity.end, one.number or "?")
                for one in shown
                if one.number.startswith(self._typed)
            ]
            if self._place.view.selected_entities() != (self._anchor,):
                self._place.view.select_entities((self._anchor,), scroll=False)
        self._place.view.set_extra_marks("number", marks)
        self.changed.emit()
