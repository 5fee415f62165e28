"""The registry as a window knows it: read beside the window when first wanted, kept up to date from then on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from annotations.changes.outcome import Changed
from annotations.entries import RegistryEntry
from annotations.errors import Cancelled, ChuGiaiError
from annotations.facts import Kind
from annotations.registry import Chronicle, Mention, Registry
from model.errors import ProjectError
from model.queries.assignments import is_blind
from model.queries.entries import registry_entries
from ui.desk import Desk
from ui.jobs.registry import Read, read_registry
from ui.words import explain
from ui.worker import Job, project_job

_PAUSE_MS = 300
"""How long to wait after a change before reading again: several come together."""


class Shelf(QObject):
    """``names`` are known at once; ``chronicle`` is None until it was read.

    Signals: ``changed()`` after the chronicle was read; ``names_changed()`` after entries were made, renamed or merged.
    """

    changed = Signal()
    names_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._names: Mapping[str, str] | None = None
        self._mentions: dict[str, tuple[Mention, ...]] = {}
        self._job: Job | None = None
        self._wanted = self._dirty = False
        self._stale: set[str] = set()
        self.chronicle: Chronicle | None = None
        self._again = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._again.timeout.connect(self._read)
        desk.bus.changed.connect(self._on_changed)

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each entry by the id that entities bear."""
        if self._names is None:
            try:
                with self._desk.project.reading() as connection:
                    self._names = _names(registry_entries(connection))
            except ProjectError:  # asked again at the next change; ids are shown until then
                return {}
        return self._names

    @property
    def is_fresh(self) -> bool:
        """Whether the chronicle was read since the last change."""
        return self.chronicle is not None and not self._dirty and self._job is None

    def want(self) -> None:
        """See to it that the chronicle comes to be read; ``changed`` follows, also when it was read already."""
        if self.is_fresh:
            QTimer.singleShot(0, self, self.changed.emit)
        elif self._job is None:
            self._wanted = True
            self._read()

    def mentions_on(self, report_id: str) -> tuple[Mention, ...]:
        """Every mention of one report, as the labels stand now. Raises ``ProjectError``."""
        found = read_registry(self._desk.project, self._desk.annotator, (report_id,))
        return found.mentions[report_id]

    def chronicle_for(self, report_id: str) -> Chronicle | None:
        """What may be proposed on a report: where it is blind, nothing that only others' labels know. Raises ``ProjectError``."""
        if self.chronicle is None:
            return None
        with self._desk.project.reading() as connection:
            blind = is_blind(connection, report_id, self._desk.annotator)
        return self.chronicle.seen() if blind else self.chronicle

    def close(self) -> None:
        """Stop reading."""
        self._again.stop()
        if self._job is not None:
            self._job.cancel()

    # own

    def _on_changed(self, changed: Changed) -> None:
        if Kind.ENTRY in changed.facts or changed.queue:
            self._names = None
            self.names_changed.emit()
        if not self._wanted:
            return
        self._stale |= changed.labels | changed.reports
        if self._stale or Kind.ENTRY in changed.facts or Kind.ASSIGNMENT in changed.facts or changed.queue:
            self._dirty = True
            self._again.start()

    def _read(self) -> None:
        if self._job is not None:
            self._again.start()
            return
        self._again.stop()
        self._dirty = False
        anew = self.chronicle is None
        stale, self._stale = frozenset(self._stale), set()
        annotator = self._desk.annotator
        self._job = project_job(
            self._desk.project.path,
            lambda project, progress: read_registry(project, annotator, None if anew else stale, progress),
        )
        self._job.done.connect(partial(self._on_read, anew))
        self._job.failed.connect(partial(self._on_failed, stale))
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_read(self, anew: bool, read: Read) -> None:
        if anew:
            self._mentions = {}
        self._mentions.update(read.mentions)
        linked = (one for mentions in self._mentions.values() for one in mentions if one.entry)
        self.chronicle = Chronicle(Registry(read.entries, linked))
        self._names = _names(read.entries)

    def _on_failed(self, stale: frozenset[str], error: ChuGiaiError) -> None:
        self._stale |= stale
        self._dirty = True
        if not isinstance(error, Cancelled):
            self._desk.trouble.emit(explain(error))

    def _on_ended(self) -> None:
        self._job = None
        if self.chronicle is not None:
            self.changed.emit()


def _names(entries: tuple[RegistryEntry, ...]) -> dict[str, str]:
    """The name that stands for each id: that of the entry it was merged into."""
    registry = Registry(entries)
    return {key: registry.all[registry.resolve(key)].name for key in registry.all}
