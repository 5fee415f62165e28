"""The word at an offset. The segmenter takes a second to load: beside the window, when a word is first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal

from annotations.report import Span
from annotations.words import word_spans

_REACH = 300
"""Characters at each side that are segmented: a sentence may be a page long."""


class WordFinder(QObject):
    """Finds words. ``is_ready`` once the segmenter is loaded, for every window."""

    is_ready = False
    _loaded = Signal()
    _loading: threading.Thread | None = None

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._then: Callable[[], None] | None = None
        self._loaded.connect(self._on_loaded, Qt.ConnectionType.QueuedConnection)

    def word_at(self, text: str, syllable: Span, sentence: Span) -> Span:
        """The word around a syllable, within its sentence; the syllable itself where the segmenter sees it otherwise."""
        start, end = max(sentence[0], syllable[0] - _REACH), min(sentence[1], syllable[1] + _REACH)
        for first, last in word_spans(text[start:end]):
            if start + first <= syllable[0] and syllable[1] <= start + last:
                return start + first, start + last
        return syllable

    def load(self, then: Callable[[], None]) -> None:
        """Load the segmenter, and call ``then`` (the last one that was given) when it is there."""
        self._then = then
        if WordFinder._loading is None or not WordFinder._loading.is_alive():
            WordFinder._loading = threading.Thread(target=self._load, name="segmenter", daemon=True)
            WordFinder._loading.start()

    def _load(self) -> None:
        word_spans("Hội nghị")
        WordFinder.is_ready = True
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._loaded.emit()

    def _on_loaded(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
