"""Finds text that does not fit in the widget that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QComboBox, QHeaderView, QLabel, QTabBar, QTableView, QTreeView, QWidget

_MARGINS = 16
"""Pixels beside the words of a heading, as the style sheet has them."""


def cut_off(window: QWidget) -> list[str]:
    """What in a window is cut off, each as ``object name: text``; widgets that are not shown are left out."""
    return [f"{widget.objectName() or type(widget).__name__}: {text}" for widget, text in _all(window)]


def _all(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window):
            continue
        if isinstance(widget, QAbstractButton) and widget.text() and widget.width() < widget.sizeHint().width():
            yield widget, widget.text()
        elif isinstance(widget, QComboBox) and widget.currentText():
            needed = widget.fontMetrics().horizontalAdvance(widget.currentText())
            if needed + 2 * widget.height() // 3 > widget.width():
                yield widget, widget.currentText()
        elif isinstance(widget, QLabel) and widget.text():
            yield from ((widget, widget.text()) for _ in range(_is_cut(widget)))
        elif isinstance(widget, QTabBar):
            for tab in range(widget.count()):
                if widget.tabRect(tab).width() < widget.fontMetrics().horizontalAdvance(widget.tabText(tab)):
                    yield widget, widget.tabText(tab)
        elif isinstance(widget, QHeaderView) and isinstance(widget.parent(), QTreeView | QTableView):
            yield from _cut_headings(widget)


def _is_cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    return label.width() < label.sizeHint().width() and label.minimumSizeHint().width() > 0


def _cut_headings(header: QHeaderView) -> Iterator[tuple[QWidget, str]]:
    model = header.model()
    for section in range(header.count()):
        words = model.headerData(section, header.orientation())
        needed = header.fontMetrics().horizontalAdvance(words) + _MARGINS if isinstance(words, str) else 0
        if not header.isSectionHidden(section) and header.sectionSize(section) < needed:
            yield header, words
