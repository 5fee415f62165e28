"""Moving the focus from panel to panel (F6)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

PANELS = (
    "report_list",
    "search_results",
    "history_list",
    "news_list",
    "report_view",
    "entity_table",
    "relation_table",
    "conflict_list",
    "conflict_text",
)
"""Object names of the panels, in order."""


def next_panel(window: QWidget, step: int = 1) -> QWidget | None:
    """Give the focus to the next (1) or previous (-1) panel that is seen; returns it."""
    found = (window.findChild(QWidget, name) for name in PANELS)
    seen = [panel for panel in found if panel is not None and panel.isVisible() and panel.isEnabled()]
    if not seen:
        return None
    focus = QApplication.focusWidget()
    here = next((at for at, one in enumerate(seen) if focus and (one is focus or one.isAncestorOf(focus))), None)
    wanted = seen[0 if here is None else (here + step) % len(seen)]
    wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return wanted
