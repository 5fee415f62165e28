"""The label bar: one chip for each entity type, with its key, colour and name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from annotations.schema import EntityType
from ui.actions import shown_keys
from ui.annotate.flow import FlowLayout
from ui.annotate.swatch import SIDE, swatch
from ui.annotate.workplace import name_of
from ui.words import tr


class LabelBar(QWidget):
    """Chips that do what the label's action does; a click never takes the focus from the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("label_bar")
        self.setAccessibleName(tr("Labels"))
        self._flow = FlowLayout(self, gap=0)
        self._flow.setContentsMargins(0, 0, 0, 0)

    def set_labels(self, labels: list[tuple[EntityType, QAction]]) -> None:
        """Show these labels in this order."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for label, action in labels:
            self._flow.addWidget(self._chip(label, action))
        self.updateGeometry()

    def chips(self) -> list[QToolButton]:
        """The chips in order."""
        return self.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def _chip(self, label: EntityType, action: QAction) -> QToolButton:
        chip = QToolButton(self)
        chip.setProperty("flat", True)
        chip.setObjectName(f"chip_{label.name}")
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIcon(swatch(label.colour))
        chip.setIconSize(QSize(SIDE, SIDE))
        keys = shown_keys(action)
        chip.setText(f" {keys} {name_of(label)}" if keys else f" {name_of(label)}")
        tip = f"<b>{name_of(label)}</b>"
        if label.description:
            tip += f"<br>{tr(label.description)}"
        chip.setToolTip(tip)
        chip.setAccessibleName(name_of(label))
        chip.clicked.connect(action.trigger)
        return chip
