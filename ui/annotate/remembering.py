"""How an account likes the annotate page: how the text is shown, widths of panels and columns. Kept, and given back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QTimer

from ui.annotate.view.appearance import Appearance
from ui.annotate.view.looks import ArcMode

if TYPE_CHECKING:
    from ui.annotate.page import AnnotatePage

TEXT_KEY, SIZES_KEY = "report_text", "annotate_sizes"
"""Keys of the account's settings."""
_AFTER_MS = 500


class Remembering(QObject):
    """Reads the settings once; writes them a moment after the last change, and when the page is hidden."""

    def __init__(self, page: AnnotatePage) -> None:
        super().__init__(page)
        self._page = page
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.write)
        self.restore()
        page.view.zoom_changed.connect(self.changed)
        for splitter in (page.splitter, page.tables):
            splitter.splitterMoved.connect(self.changed)
        for table in (page.entity_table, page.relation_table):
            header = table.horizontalHeader()
            header.sectionResized.connect(self.changed)
            header.sectionMoved.connect(self.changed)

    def changed(self) -> None:
        """Something is to be kept, in a moment."""
        self._timer.start()

    def flush(self) -> None:
        """Write now what waits."""
        if self._timer.isActive():
            self.write()

    def write(self) -> None:
        """Keep how things are."""
        self._timer.stop()
        view, settings = self._page.view, self._page.desk.settings
        text: dict[str, Any] = asdict(view.appearance())
        text |= {"chips": view.chips(), "numbers": view.numbers(), "arcs": view.arc_mode().value}
        text["hidden_relations"] = sorted(view.hidden_relations())
        if text != settings.get(TEXT_KEY):
            settings.set(TEXT_KEY, text)
        sizes = {name: _words(kept.saveState()) for name, kept in self._kept().items()}
        if sizes != settings.get(SIZES_KEY):
            settings.set(SIZES_KEY, sizes)

    def restore(self) -> None:
        """Show things as they were kept; what cannot be understood is left as it is."""
        view, settings = self._page.view, self._page.desk.settings
        text, sizes = settings.get(TEXT_KEY), settings.get(SIZES_KEY)
        if isinstance(text, dict):
            view.set_appearance(_appearance(text))
            view.set_chips(text.get("chips") is True)
            view.set_numbers(text.get("numbers") is True)
            if text.get("arcs") in list(ArcMode):
                view.set_arc_mode(text["arcs"])
            hidden = text.get("hidden_relations")
            if isinstance(hidden, list):
                view.set_hidden_relations(name for name in hidden if isinstance(name, str))
        if isinstance(sizes, dict):
            for name, kept in self._kept().items():
                if isinstance(sizes.get(name), str):
                    kept.restoreState(QByteArray.fromBase64(sizes[name].encode("ascii", "replace")))

    def _kept(self) -> dict[str, Any]:
        """What has a state to be kept: splitters and table headers."""
        page = self._page
        return {
            "panels": page.splitter,
            "tables": page.tables,
            "entities": page.entity_table.horizontalHeader(),
            "relations": page.relation_table.horizontalHeader(),
        }


def _appearance(text: dict[str, Any]) -> Appearance:
    usual = Appearance()
    zoom, spacing, letters = (text.get(name) for name in ("zoom", "spacing", "letters"))
    return Appearance(
        zoom=float(zoom) if isinstance(zoom, int | float) else usual.zoom,
        family=str(text.get("family") or ""),
        spacing=float(spacing) if isinstance(spacing, int | float) else usual.spacing,
        letters=letters if isinstance(letters, int) else usual.letters,
    )


def _words(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")
