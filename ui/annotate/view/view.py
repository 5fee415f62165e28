"""The report view: reads a text with its labels and says what the person did with it.

It is given values and never changes them: selections and dragged edges leave as
signals, and the window answers with new labels. Offsets are code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotations.report import AnnotationSet, Entity, Relation, Report, Span
from annotations.schema import Schema
from ui.annotate.view import access
from ui.annotate.view.above import AbovePainter
from ui.annotate.view.arcs import Arcs
from ui.annotate.view.chips import small_font
from ui.annotate.view.keys import Keys
from ui.annotate.view.marks import Mark, MarkKind, Marks
from ui.annotate.view.mouse import Mouse
from ui.annotate.view.painter import Painter, Shown
from ui.annotate.view.places import Places
from ui.annotate.view.steps import TextSelection
from ui.annotate.view.surface import GUTTER
from ui.annotate.view.theme import Theme
from ui.words import tr


class ReportView(Places):
    """Text, entities and relations of one report.

    Signals: ``selection_changed(start, end)``, ``entities_selected(ids)``,
    ``entity_activated(id)`` (Enter, double click on a selected entity),
    ``relation_dragged(source, target)``, ``edge_moved(id, start, end, alone)``,
    ``context_menu_wanted(point)`` in viewport pixels, ``walked(step)`` (Tab),
    ``candidate_wanted()`` (Space), ``entity_hovered(id)`` (empty: none), ``zoom_changed(factor)``,
    ``arc_mode_changed(mode)``, ``edge_alone_changed(alone)``.
    """

    entity_activated = Signal(str)
    relation_dragged = Signal(str, str)
    edge_moved = Signal(str, int, int, bool)
    context_menu_wanted = Signal(QPoint)
    walked = Signal(int)
    candidate_wanted = Signal()
    entity_hovered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report_view")
        self.setAccessibleName(tr("Report text"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for widget in (self, self.viewport()):
            widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setMouseTracking(True)
        self._keys = Keys(self)
        self._mouse = Mouse(self)
        self.arcs = Arcs(self)
        access.install(ReportView)

    # what is shown

    def set_report(self, report: Report | None, annotation_set: AnnotationSet | None, schema: Schema | None) -> None:
        """Show a report from its beginning, with nothing selected; None shows an empty page."""
        self._mouse.cancel()
        self._marks.clear()
        self._set_text(report, annotation_set, schema)
        self._mouse.forget_gone(self.column.index.by_id)
        self._become(TextSelection.exact(0, 0), (), ())
        self.viewport().update()

    def update_labels(
        self,
        annotation_set: AnnotationSet | None,
        suggestions: tuple[Sequence[Entity], Sequence[Relation]] | None = None,
    ) -> None:
        """Show other labels on the same text; caret, scroll and selection stay, entities that are gone are deselected.

        ``suggestions`` take the place of those that are shown; None leaves them.
        """
        self._labels = annotation_set
        if suggestions is not None:
            self._suggestions = suggestions
        self._show_labels()

    def set_suggestions(self, entities: Iterable[Entity], relations: Iterable[Relation] = ()) -> None:
        """Show suggestions beside the labels in place of former ones: painted as unconfirmed, clicked and selected alike.

        One whose id a label has is left out. Another report forgets them.
        """
        self._suggestions = (tuple(entities), tuple(relations))
        self._show_labels()

    def _show_labels(self) -> None:
        position, old_total, pending = self.scroll_position(), self.column.heights.total, self._pending
        changed, related = self.column.update_labels(*self._shown_labels())
        if self._chips and self._pending != pending:
            self.column.set_above(*self._above())
        if self.column.heights.total != old_total or not self.column.is_settled:
            self.set_scroll_position(position)
        by_id = self.column.index.by_id
        self._mouse.forget_gone(by_id)
        relation = self._relation if self.relation(self._relation) else ""
        self._become(self._selection, self._more, tuple(one for one in self._selected if one in by_id), relation)
        if changed or related or self._pending != pending:
            self._ticks_timer.start()
            self.viewport().update()

    def set_schema(self, schema: Schema) -> None:
        """Show labels in the names and colours of another schema."""
        self._schema = schema
        self.theme = Theme(self.palette(), schema)
        self._place_above()
        self.viewport().update()

    def set_extra_marks(self, kind: MarkKind | str, marks: Iterable[Mark | Span]) -> None:
        """Show marks of one kind (``find``, ``current``, ``number``, ``notice``) in place of its former ones."""
        made = (mark if isinstance(mark, Mark) else Mark(*mark) for mark in marks)
        self._marks[MarkKind(kind)] = Marks(made)
        self._ticks_timer.start()
        self.viewport().update()

    # what is where, in viewport pixels

    def hovered_entity(self) -> str | None:
        """Id of the entity below the mouse."""
        return self._mouse.hovered

    def mouse_place(self) -> QPoint:
        """Where the mouse was last, in viewport pixels."""
        return self._mouse.place()

    def grips(self) -> list[QRectF]:
        """The grips that are shown, in viewport pixels."""
        shown = (*self._selected[:1], self.hovered_entity())
        found = (self.grip_rect(one) for one in shown if one in self.column.index.by_id)
        return [QRectF(rect) for rect in found if rect is not None]

    def escape(self) -> bool:
        """One step back: a drag, the entity selection, the text selection; False when there was none."""
        if self._mouse.cancel():
            return True
        if self._selected or self._relation or self.selections():
            self.set_caret(self.caret())
            return True
        return False

    # own

    def _selection_told(self, words: str) -> None:
        access.tell(self, words)

    def _shown(self) -> Shown:
        caret = None if self._selected or self._relation or self._report is None else self._selection.caret
        relation = self.relation(self._relation)
        return Shown(
            self.theme,
            self.selections(),
            frozenset(self._selected),
            self._mouse.hovered,
            caret,
            self.hasFocus(),
            self._mouse.preview(),
            self._marks,
            self._pending,
            small_font(self.column.font),
            float(-GUTTER) if self._numbers else None,
            self._alone,
            frozenset((relation.source, relation.target) if relation else ()),
        )

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is visible."""
        self.settle()
        painter = QPainter(self.viewport())
        try:  # a painter left open by an error would end the program
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(event.rect(), self.theme.base)
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        shown, origin = self._shown(), self.origin()
        text_painter = Painter(painter, self.column, shown)
        painter.translate(origin)
        text_painter.paint(*self._visible_range())
        painter.translate(-origin)
        self.arcs.paint(painter)
        painter.translate(origin)
        AbovePainter(painter, self.column, shown).paint(*self._visible_range())
        text_painter.paint_edges()
        painter.translate(-origin)
        self._mouse.paint(painter)
        if self._report is None:
            painter.setPen(self.theme.muted)
            words = tr("No report is open. Choose one in the list, or import reports.")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words)
        if self.hasFocus():
            self._paint_focus(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        """A thin frame: four strips, because an outline that large is slow to draw."""
        quiet, rect = QColor(self.theme.accent_line), self.viewport().rect()
        quiet.setAlphaF(0.5)
        for strip in (
            QRect(rect.left(), rect.top(), rect.width(), 1),
            QRect(rect.left(), rect.bottom(), rect.width(), 1),
            QRect(rect.left(), rect.top() + 1, 1, rect.height() - 2),
            QRect(rect.right(), rect.top() + 1, 1, rect.height() - 2),
        ):
            painter.fillRect(strip, quiet)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the view from shortcuts of the window, and Tab from moving the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._keys.knows(event):
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._keys.is_tab(event):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in words what is below the mouse when it rests there."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.arcs.tip_at(event.pos()) or self.tip_at(event.pos())
            QToolTip.showText(event.globalPos(), words, self.viewport()) if words else QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means here; others, also all letters, do nothing."""
        if not self._keys.press(event):
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """An input method composes nothing here."""
        event.ignore()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Tell input methods that there is nothing to write in."""
        return False if query == Qt.InputMethodQuery.ImEnabled else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover or drag."""
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word, or open the selected entity."""
        self._mouse.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered outside."""
        self._mouse.hover(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom() * 1.1 ** (event.angleDelta().y() / 120))
            event.accept()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu; what is under the mouse is selected first."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            point = self.viewport().mapFromGlobal(event.globalPos())
            self._mouse.point_at(point)
        else:
            point = self.rects_of(self.caret(), self.caret())[0].bottomLeft()
        self.context_menu_wanted.emit(point)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette and the font of the program."""
        super().changeEvent(event)
        self._follow(event.type())
