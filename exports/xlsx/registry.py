"""The sheets Registry and Posts: who and what the registry knows, and who is named in which post, from when to when.

Only the first and the last evidence of each is kept while the reports go by, so that memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.corpus import LabelledReport
from annotations.entries import RegistryEntry
from annotations.matching import same_word_key
from annotations.registry import Mention, Registry, Tenure, gaps, mentions_of
from annotations.schema import Schema
from exports.xlsx.sheet import Cell

_OVERLAP = "overlap with {name}, {since} – {until}"
_GAP = "nobody named between {since} and {until}"


@dataclass(slots=True)
class _Seen:
    first: Mention
    last: Mention
    count: int = 0

    def add(self, mention: Mention) -> None:
        self.count += 1
        if mention.date:
            if not self.first.date or mention.date < self.first.date:
                self.first = mention
            if not self.last.date or mention.date >= self.last.date:
                self.last = mention


class RegistrySheets:
    """Collects the evidence for a registry's entries."""

    def __init__(self, entries: tuple[RegistryEntry, ...], schema: Schema) -> None:
        self._entries, self._schema = entries, schema
        self._known = Registry(entries)
        self._seen: dict[str, _Seen] = {}
        self._posts: dict[tuple[str, str], tuple[str, _Seen]] = {}
        self._other: dict[str, RegistryEntry] = {}

    def add(self, labelled: LabelledReport) -> None:
        """Count what a report says of the entries; without any, ids that entities bear are somebody else's and say nothing."""
        if not self._entries or not any(entity.entry for labels in labelled.sets for entity in labels.entities):
            return
        for mention in mentions_of(labelled, self._schema):
            if not mention.entry:
                continue
            entry_id = self._known.resolve(mention.entry)
            if entry_id not in self._known.all:
                label = "OFFICIAL" if mention.label == "TITLE" else mention.label
                self._other.setdefault(entry_id, RegistryEntry(entry_id, label, entry_id))
            self._seen.setdefault(entry_id, _Seen(mention, mention)).add(mention)
            for post in mention.posts:
                found = self._posts.setdefault((same_word_key(post), entry_id), (post, _Seen(mention, mention)))
                found[1].add(mention)

    def registry_rows(self) -> Iterator[list[Cell]]:
        """One row for each entry that stands for itself."""
        for entry in Registry((*self._entries, *self._other.values())).entries:
            seen = self._seen.get(entry.id)
            merged = self._known.merged(entry.id)
            names = (*entry.aliases, *(one.name for one in merged), *(alias for one in merged for alias in one.aliases))
            yield [
                entry.name,
                entry.label,
                "; ".join(dict.fromkeys(name for name in names if name != entry.name)),
                entry.note,
                seen.count if seen else 0,
                *_evidence(seen.first if seen else None),
                *_evidence(seen.last if seen else None),
                entry.id,
                "; ".join(one.id for one in merged),
            ]

    def post_rows(self) -> Iterator[list[Cell]]:
        """One row for each post and holder, in order of post and first evidence."""
        by_post: dict[str, list[Tenure]] = {}
        for (key, entry_id), (post, seen) in self._posts.items():
            by_post.setdefault(key, []).append(Tenure(entry_id, post, seen.first, seen.last, seen.count))
        for key in sorted(by_post):
            held = sorted(by_post[key], key=lambda one: (one.first.date or "~", one.entry_id))
            after = {id(gap.before): gap for gap in gaps(held)}
            for tenure in held:
                gap = after.get(id(tenure))
                words = ""
                if gap is not None:
                    values = {"name": self._name(gap.after.entry_id), "since": gap.since, "until": gap.until}
                    words = (_OVERLAP if gap.overlap else _GAP).format(**values)
                yield [
                    held[0].post,
                    self._name(tenure.entry_id),
                    *_evidence(tenure.first),
                    *_evidence(tenure.last),
                    tenure.count,
                    "report date" if tenure.first.date else "",
                    words,
                    tenure.entry_id,
                ]

    def _name(self, entry_id: str) -> str:
        entry = self._known.all.get(entry_id)
        return entry.name if entry else entry_id


def _evidence(mention: Mention | None) -> list[Cell]:
    """Date, report and sentence of what was read."""
    return [mention.date, mention.report_name, mention.evidence] if mention else ["", "", ""]
