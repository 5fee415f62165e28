"""Entries together with what the labels say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from annotations.entries import RegistryEntry
from annotations.matching import same_word_key
from annotations.offsets import fold
from annotations.registry.mention import Mention


class Registry:
    """The entries by id, and the linked mentions of each; merged entries count as the one they were merged into.

    An id that mentions bear and no entry has (from imported labels) is an entry of that name.
    """

    def __init__(self, entries: Iterable[RegistryEntry], mentions: Iterable[Mention] = ()) -> None:
        self.all: dict[str, RegistryEntry] = {entry.id: entry for entry in entries}
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if mention.entry:
                if mention.entry not in self.all:
                    self.all[mention.entry] = RegistryEntry(mention.entry, _entry_label(mention), mention.entry)
                self._mentions[self.resolve(mention.entry)].append(mention)
        for found in self._mentions.values():
            found.sort(key=lambda mention: (mention.date or "~", mention.report_name, mention.start))
        self._merged: dict[str, list[RegistryEntry]] = defaultdict(list)
        for entry in self.all.values():
            if self.resolve(entry.id) != entry.id:
                self._merged[self.resolve(entry.id)].append(entry)
        self._by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_last: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for entry in self.entries:
            for key in sorted(self.names(entry.id)):
                self._by_name[entry.label, key].append(entry.id)
                self._by_last[entry.label, key.rpartition(" ")[2]].append((key, entry.id))

    @property
    def entries(self) -> tuple[RegistryEntry, ...]:
        """The entries that stand for themselves, in order of label and name."""
        standing = (entry for entry in self.all.values() if self.resolve(entry.id) == entry.id)
        return tuple(sorted(standing, key=lambda entry: (entry.label, fold(entry.name), entry.name, entry.id)))

    def resolve(self, entry_id: str) -> str:
        """The id of the entry that this one was merged into, its own when it was not."""
        seen = {entry_id}
        while (entry := self.all.get(entry_id)) is not None and entry.same_as in self.all and entry.same_as not in seen:
            entry_id = entry.same_as
            seen.add(entry_id)
        return entry_id

    def entry(self, entry_id: str) -> RegistryEntry | None:
        """The entry that an entity's id means now."""
        return self.all.get(self.resolve(entry_id))

    def merged(self, entry_id: str) -> tuple[RegistryEntry, ...]:
        """The entries that were merged into this one."""
        return tuple(sorted(self._merged.get(entry_id, ()), key=lambda one: one.id))

    def mentions(self, entry_id: str) -> Sequence[Mention]:
        """The linked mentions of an entry, oldest report first, those without a date last."""
        return tuple(self._mentions.get(self.resolve(entry_id), ()))

    def names(self, entry_id: str) -> frozenset[str]:
        """Every name of an entry, as :func:`same_word_key` makes them."""
        entries = (self.all[entry_id], *self.merged(entry_id))
        return frozenset(same_word_key(name) for one in entries for name in (one.name, *one.aliases))

    def named(self, label: str, key: str) -> tuple[str, ...]:
        """Ids of the entries of this label with this name."""
        return tuple(dict.fromkeys(self._by_name.get((label, key), ())))

    def ending_like(self, label: str, key: str) -> tuple[str, ...]:
        """Ids of the entries of which a name is this one or ends in it, as Vietnamese names are shortened: Thủy of Lê Thị Thủy."""
        found = self._by_last.get((label, key.rpartition(" ")[2]), ())
        return tuple(dict.fromkeys(one for name, one in found if name == key or name.endswith(f" {key}")))


def _entry_label(mention: Mention) -> str:
    return "OFFICIAL" if mention.label == "TITLE" else mention.label
