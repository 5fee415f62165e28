"""A small form for how the text is set; what is chosen shows at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFontComboBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui.annotate.view.appearance import LETTERS, SPACINGS, ZOOMS, Appearance
from ui.annotate.view.view import ReportView
from ui.theme import GRID
from ui.words import tr


class TextSettings(QDialog):
    """Sets zoom, font family, line spacing and width of a report view. ``changed`` is called after each change."""

    def __init__(self, view: ReportView, changed: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("text_settings")
        self.setWindowTitle(tr("Text of reports"))
        self._view, self._changed = view, changed
        self._filling = False
        self.zoom = _percent(ZOOMS, "text_zoom", self)
        self.spacing = _percent(SPACINGS, "text_spacing", self)
        self.letters = QSpinBox(self, minimum=LETTERS[0], maximum=LETTERS[1], singleStep=5)
        self.letters.setObjectName("text_letters")
        self.letters.setSuffix(tr(" letters"))
        self.own_font = QCheckBox(tr("The font of the program"), self)
        self.own_font.setObjectName("text_own_font")
        self.family = QFontComboBox(self)
        self.family.setEditable(False)
        self.family.setObjectName("text_family")
        form = QFormLayout()
        form.setSpacing(GRID)
        form.addRow(tr("Size"), self.zoom)
        form.addRow(tr("Font"), self.own_font)
        form.addRow("", self.family)
        form.addRow(tr("Line spacing"), self.spacing)
        form.addRow(tr("Widest line"), self.letters)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.Reset)
        buttons.rejected.connect(self.close)
        usual = buttons.button(QDialogButtonBox.StandardButton.Reset)
        usual.clicked.connect(lambda: self._take(Appearance()))
        usual.setAutoDefault(False)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._fill()
        for box in (self.zoom, self.spacing, self.letters):
            box.valueChanged.connect(self._on_changed)
        self.own_font.toggled.connect(self._on_changed)
        self.family.currentFontChanged.connect(self._on_changed)

    def _fill(self) -> None:
        """Show how the text is set now."""
        self._filling = True
        now = self._view.appearance()
        self.zoom.setValue(round(now.zoom * 100))
        self.spacing.setValue(round(now.spacing * 100))
        self.letters.setValue(now.letters)
        self.own_font.setChecked(not now.family)
        self.family.setCurrentFont(QFont(now.family or QFontInfo(self._view.font()).family()))
        self.family.setEnabled(bool(now.family))
        self._filling = False

    def _on_changed(self) -> None:
        if self._filling:
            return
        now = self._view.appearance()
        zoom, spacing = self.zoom.value(), self.spacing.value()
        self._take(
            replace(
                now,
                zoom=now.zoom if zoom == round(now.zoom * 100) else zoom / 100,
                spacing=now.spacing if spacing == round(now.spacing * 100) else spacing / 100,
                letters=self.letters.value(),
                family="" if self.own_font.isChecked() else self.family.currentFont().family(),
            )
        )

    def _take(self, appearance: Appearance) -> None:
        self._view.set_appearance(appearance)
        self._fill()
        self._changed()


def _percent(bounds: tuple[float, float], name: str, parent: QWidget) -> QSpinBox:
    box = QSpinBox(parent, minimum=round(bounds[0] * 100), maximum=round(bounds[1] * 100), singleStep=10)
    box.setObjectName(name)
    box.setSuffix(" %")
    return box
