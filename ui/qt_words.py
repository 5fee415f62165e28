"""What Qt itself says (buttons, context menus of fields, file and colour dialogs), in the interface language.

Qt brings no Vietnamese catalogue; its English words are the keys, as everywhere.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from ui.words import language, tr


class QtWords(QTranslator):
    """Answers Qt from our own catalogue; what is not in it stays English."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The words in the interface language, None for those that are not ours to translate."""
        return _words(language()).get(text) if context.startswith("Q") else None

    def isEmpty(self) -> bool:
        """Never: Qt takes no notice of a translator that is empty."""
        return False


def install(app: QCoreApplication) -> QtWords | None:
    """Let Qt speak the interface language from now on; None where that is English, which it speaks already."""
    if language() == "en":
        return None
    found = app.findChild(QObject, "qt_words")
    if isinstance(found, QtWords):
        return found
    made = QtWords(app)
    made.setObjectName("qt_words")
    app.installTranslator(made)
    return made


@cache
def _words(_language: str) -> dict[str, str]:
    """Qt's English words and ours."""
    return {
        english: tr(english)
        for english in (
            *("OK", "&OK", "Save", "&Save", "Save All", "Open", "&Open", "&Yes", "Yes to &All", "&No", "N&o to All"),
            *("Abort", "Retry", "Ignore", "Close", "&Close", "Cancel", "&Cancel", "Discard", "Help", "Apply", "Reset"),
            *(
                "Restore Defaults",
                "Close without Saving",
                "Press shortcut",
                "Clear",
                "Show Details...",
                "Hide Details...",
            ),
            *("&Undo", "&Redo", "Cu&t", "&Copy", "Copy &Link Location", "&Paste", "Delete", "Select All"),
            *("&Select All", "&Step up", "Step &down"),
            *("Look in:", "File &name:", "Files of type:", "Directory:", "Back", "Forward", "Parent Directory"),
            *("Create New Folder", "List View", "Detail View", "&Choose", "&New Folder", "New Folder", "&Rename"),
            *("&Delete", "Show &hidden files", "Find Directory", "Save As", "Computer", "Name", "Size", "Type"),
            *("Date Modified", "All Files (*)", "Recent Places", "Remove", "Sidebar", "Folder", "Drive", "Files"),
            "%1 already exists.\nDo you want to replace it?",
            "%1\nFile not found.\nPlease verify the correct file name was given.",
            "%1\nDirectory not found.\nPlease verify the correct directory name was given.",
            *("Select Color", "&Basic colors", "&Custom colors", "&Add to Custom Colors", "&Pick Screen Color"),
            *("Hu&e:", "&Sat:", "&Val:", "&Red:", "&Green:", "Bl&ue:", "A&lpha channel:", "&HTML:"),
        )
    }
