"""How the window looks: two calm palettes with one accent colour, an 8-pixel grid, and the few rules on top."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.icons import app_icon
from ui.settings import Settings

GRID = 8
"""Distances are multiples of this, in pixels."""
APPEARANCES = ("system", "light", "dark")

_LIGHT = {
    "Window": "#f3f2ef",
    "WindowText": "#22262b",
    "Base": "#fdfdfb",
    "AlternateBase": "#f6f5f2",
    "Text": "#1d2126",
    "Button": "#eae8e4",
    "ButtonText": "#22262b",
    "BrightText": "#a32a00",
    "Highlight": "#2f6c9c",
    "HighlightedText": "#ffffff",
    "Accent": "#2f6c9c",
    "Link": "#2f6c9c",
    "LinkVisited": "#6a5a94",
    "PlaceholderText": "#6b7178",
    "ToolTipBase": "#2b2f34",
    "ToolTipText": "#f2f1ee",
    "Light": "#ffffff",
    "Midlight": "#e4e2dd",
    "Mid": "#d6d3cd",
    "Dark": "#a9a59d",
    "Shadow": "#6f6c66",
}
_DARK = {
    "Window": "#1b1d20",
    "WindowText": "#e2e2df",
    "Base": "#232629",
    "AlternateBase": "#282b2f",
    "Text": "#e8e8e5",
    "Button": "#2f3337",
    "ButtonText": "#e2e2df",
    "BrightText": "#ffb199",
    "Highlight": "#6cabdb",
    "HighlightedText": "#10161b",
    "Accent": "#6cabdb",
    "Link": "#86bce4",
    "LinkVisited": "#b7a6dd",
    "PlaceholderText": "#989ea4",
    "ToolTipBase": "#3a3f44",
    "ToolTipText": "#f0f0ed",
    "Light": "#43484e",
    "Midlight": "#373b40",
    "Mid": "#3b4045",
    "Dark": "#15171a",
    "Shadow": "#000000",
}


def palette_of(dark: bool) -> QPalette:
    """The light or the dark palette."""
    palette = QPalette()
    for role, colour in (_DARK if dark else _LIGHT).items():
        palette.setColor(QPalette.ColorRole[role], QColor(colour))
    for role in ("WindowText", "Text", "ButtonText"):
        faded = QColor("#767c82" if dark else "#96999d")
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], faded)
    return palette


def muted(palette: QPalette) -> QColor:
    """The colour of what stands back behind the text, still readable."""
    return palette.color(QPalette.ColorRole.PlaceholderText)


def warning(palette: QPalette) -> QColor:
    """The colour of what needs attention; words always say it too."""
    return palette.color(QPalette.ColorRole.BrightText)


class Theme(QObject):
    """Keeps the application's palette in step with the system, or with what the person chose."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._system_dark = _is_dark(app.palette())
        app.setStyle("Fusion")
        app.setWindowIcon(app_icon())
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self.apply())
        self.apply()

    @property
    def appearance(self) -> str:
        """``system``, ``light`` or ``dark``."""
        chosen = self._settings.get("appearance", "system")
        return chosen if chosen in APPEARANCES else "system"

    @appearance.setter
    def appearance(self, chosen: str) -> None:
        self._settings.set("appearance", chosen)
        QTimer.singleShot(0, self, self.apply)

    def apply(self) -> None:
        """Take the palette that is wanted now. A system that asks for high contrast keeps its own."""
        accessibility = getattr(self._app.styleHints(), "accessibility", None)  # Qt 6.10
        if accessibility is not None and accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return
        dark = self._wants_dark()
        self._app.setPalette(palette_of(dark))
        self._app.setStyleSheet(rules(palette_of(dark)))

    def _wants_dark(self) -> bool:
        if self.appearance != "system":
            return self.appearance == "dark"
        scheme = self._app.styleHints().colorScheme()
        if scheme == Qt.ColorScheme.Unknown:
            return self._system_dark
        return scheme == Qt.ColorScheme.Dark


def _is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def rules(palette: QPalette) -> str:
    """The style sheet: only what a palette cannot say."""

    def name(role: QPalette.ColorRole) -> str:
        return palette.color(role).name()

    role = QPalette.ColorRole
    return (files("ui") / "style.qss").read_text("utf-8") % {
        "window": name(role.Window),
        "base": name(role.Base),
        "text": name(role.WindowText),
        "faded": palette.color(QPalette.ColorGroup.Disabled, role.WindowText).name(),
        "muted": muted(palette).name(),
        "line": name(role.Midlight),
        "hover": name(role.Button),
        "edge": name(role.Mid),
        "accent": name(role.Accent),
        "on_accent": name(role.HighlightedText),
        "warning": warning(palette).name(),
        **{picture: _picture(picture, palette) for picture in ("chevron", "check")},
    }


def _picture(name: str, palette: QPalette) -> str:
    """The path of a picture that the style sheet needs, in its light or dark form."""
    return str(files("ui.icons") / f"{name}-{'dark' if _is_dark(palette) else 'light'}.svg").replace("\\", "/")
