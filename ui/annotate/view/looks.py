"""How the report view shows a report: appearance, chips, arcs, numbers, suggestions; what others may switch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotations.furniture import furniture_spans
from annotations.report import AnnotationSet, Entity, Relation, Report
from annotations.schema import Schema
from ui.annotate.view.appearance import Appearance
from ui.annotate.view.beside import Beside
from ui.annotate.view.chips import ChipMaker, small_font
from ui.annotate.view.layout import Column, Look
from ui.annotate.view.marks import MarkKind, Marks
from ui.annotate.view.names import chip_words, far_words, relation_lines, relation_name
from ui.annotate.view.scroll_bar import ticks_of
from ui.annotate.view.surface import GUTTER, MARGIN, Surface
from ui.annotate.view.theme import Theme
from ui.annotate.view.tracks import ArcWords, TrackMaker

_NUMBERS = 10_000
"""Paragraph numbers have room for so many paragraphs, more when there are more."""


class ArcMode(StrEnum):
    """Whose relations are painted as arcs: of the hovered and the selected entities, of all in sight, of none."""

    HOVERED = "hovered"
    SELECTED = "selected"
    ALL = "all"
    NONE = "none"


class Looks(Surface):
    """The surface with its switches. Signals: ``zoom_changed(factor)``, ``arc_mode_changed(mode)``."""

    zoom_changed = Signal(float)
    arc_mode_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._built = False
        super().__init__(parent)
        self._ticks_timer = QTimer(self, singleShot=True, interval=60)
        self._ticks_timer.timeout.connect(self._set_ticks)
        self._appearance = Appearance()
        self._chips = self._numbers = False
        self._arc_mode = ArcMode.HOVERED
        self._hidden_relations: frozenset[str] = frozenset()
        self._labels: AnnotationSet | None = None
        self._suggestions: tuple[Sequence[Entity], Sequence[Relation]] = ((), ())
        self._beside = Beside()
        self._pending: frozenset[str] = frozenset()
        self._marks: dict[MarkKind, Marks] = {}
        self.theme = Theme(self.palette(), None)
        self._built = True

    # appearance

    def appearance(self) -> Appearance:
        """How the text is set."""
        return self._appearance

    def set_appearance(self, appearance: Appearance) -> None:
        """Set the text in another zoom, font, spacing or width; the first visible line stays."""
        before, self._appearance = self._appearance, appearance.within_bounds()
        if self._appearance != before:
            self._lay_out_again()
        if self._appearance.zoom != before.zoom:
            self.zoom_changed.emit(self._appearance.zoom)

    def zoom(self) -> float:
        """The zoom factor of the text, 1.0 at first."""
        return self._appearance.zoom

    def set_zoom(self, factor: float) -> None:
        """Zoom the text; the first visible line stays."""
        self.set_appearance(replace(self._appearance, zoom=factor))

    # what stands beside the text

    def chips(self) -> bool:
        """Whether each entity's name stands above it."""
        return self._chips

    def set_chips(self, shown: bool) -> None:
        """Show each entity's name as a chip above its first line; lines grow as needed."""
        if shown != self._chips:
            self._chips = shown
            self._place_above()

    def numbers(self) -> bool:
        """Whether paragraphs are numbered."""
        return self._numbers

    def set_numbers(self, shown: bool) -> None:
        """Show the numbers of paragraphs left of the text; empty ones are not counted."""
        if shown != self._numbers:
            self._numbers = shown
            self._lay_out_again()

    def arc_mode(self) -> ArcMode:
        """Whose relations are painted."""
        return self._arc_mode

    def set_arc_mode(self, mode: ArcMode | str) -> None:
        """Paint the relations of the hovered and the selected entities, of all in sight, or none."""
        before, self._arc_mode = self._arc_mode, ArcMode(mode)
        if self._arc_mode is before:
            return
        if ArcMode.ALL in (before, self._arc_mode):
            self._place_above()
        self.viewport().update()
        self.arc_mode_changed.emit(self._arc_mode.value)

    def cycle_arcs(self) -> ArcMode:
        """Go on to the next mode; returns it, to be said."""
        modes = list(ArcMode)
        self.set_arc_mode(modes[(modes.index(self._arc_mode) + 1) % len(modes)])
        return self._arc_mode

    def hidden_relations(self) -> frozenset[str]:
        """The relation types whose arcs are not painted."""
        return self._hidden_relations

    def set_hidden_relations(self, names: Iterable[str]) -> None:
        """Paint no arcs of these relation types; the relations themselves stay."""
        self._hidden_relations = frozenset(names)
        if self._arc_mode is ArcMode.ALL:
            self._place_above()
        self.viewport().update()

    def relations_in_words(self, entity_id: str) -> list[str]:
        """The relations of an entity, also hidden ones, a line each: ``Lê Thị Thủy → holds title → Bí thư Tỉnh ủy``."""
        index = self.column.index
        return relation_lines(self.schema, self.text, index, index.relations_of(entity_id), entity_id)

    def is_pending(self, label_id: str) -> bool:
        """Whether an entity or a relation is a suggestion that nobody has confirmed."""
        return label_id in self._pending

    # own

    def _set_text(self, report: Report | None, annotation_set: AnnotationSet | None, schema: Schema | None) -> None:
        self._report, self._schema = report, schema
        self._labels, self._suggestions = annotation_set, ((), ())
        self.theme = Theme(self.palette(), schema)
        text = report.text if report else ""
        self._column = Column(text, self._look(), *self._shown_labels())
        self._column.set_quiet(furniture_spans(text))
        self._fit_bar()
        self._bar.setValue(0)
        self._ticks_timer.start()

    def _shown_labels(self) -> tuple[Sequence[Entity], Sequence[Relation]]:
        """The labels and, beside them, the suggestions that none of them took over."""
        shown = self._beside.update(self._labels, *self._suggestions)
        self._pending = self._beside.pending
        return shown

    def _look(self) -> Look:
        font = self._appearance.font(self.font())
        return Look(font, self._column_width(), self._appearance.spacing, *self._above())

    def _above(self) -> tuple[ChipMaker | None, TrackMaker | None]:
        font = self._appearance.font(self.font())
        chips = ChipMaker(font, self._chip_words) if self._chips else None
        return chips, TrackMaker(font, self._arc_words()) if self._arc_mode is ArcMode.ALL else None

    def _chip_words(self, entity: Entity) -> str:
        return chip_words(self._schema, entity, entity.id in self._pending)

    def _arc_words(self) -> ArcWords:
        return ArcWords(
            lambda one: one.type not in self._hidden_relations,
            lambda one: relation_name(self._schema, one),
            lambda one, far, outwards: "↑ " + far_words(self._schema, self.text, one, far, outwards),
        )

    def _gutter(self) -> int:
        if not self._numbers:
            return GUTTER
        digits = str(max(_NUMBERS, len(self.column.starts)) - 1)
        measured = QFontMetricsF(small_font(self._appearance.font(self.font())))
        return GUTTER + round(measured.horizontalAdvance(digits))

    def _column_width(self) -> int:
        letter = QFontMetricsF(self._appearance.font(self.font())).averageCharWidth()
        room = self.viewport().width() - 2 * self._gutter()
        return int(max(letter * 8, min(letter * self._appearance.letters, room)))

    def _place_above(self) -> None:
        """Place chips and arcs anew; the first visible line stays."""
        position = self.scroll_position()
        self._column.set_above(*self._above())
        self._stay(position)

    def _lay_out_again(self) -> None:
        position = self.scroll_position()
        self._column.set_look(self._look())
        self._stay(position)

    def _stay(self, position: tuple[int, int]) -> None:
        self.set_scroll_position(position if self._bar.value() else (0, -MARGIN))
        self._ticks_timer.start()

    def _follow(self, change: QEvent.Type) -> None:
        """Follow a change of the program's palette or font."""
        if not self._built:
            return
        if change in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange):
            self.theme = Theme(self.palette(), self._schema)
            self._ticks_timer.start()
            self.viewport().update()
        elif change in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._lay_out_again()

    def _set_ticks(self) -> None:
        """Show on the scroll bar where entities and marks stand."""
        self._bar.set_ticks(ticks_of(self._column, self._marks, self.theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew when the column's width changes; the first visible line stays."""
        super().resizeEvent(event)
        if self._built and self._column_width() != self._column.width:
            self._lay_out_again()
        self._fit_bar()
