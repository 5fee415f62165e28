"""What people do with the registry, as changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotations.changes import Change, OnBehalf, SetEntityEntry, SetFacts, Together
from annotations.entries import RegistryEntry
from annotations.facts import Fact, Kind
from annotations.registry.mention import Mention
from annotations.registry.registry import Registry


def set_entry(
    mentions: Iterable[Mention], entry: RegistryEntry | None, annotator: str, new: bool = False
) -> Change | None:
    """Give mentions an entry (None takes theirs away), in every annotator's set that has them; a ``new`` entry is made with it.

    What the review decided keeps its entry: that is changed by deciding again. None when there is nothing to change.
    """
    by_set: dict[str, dict[str, list[str]]] = {}
    for mention in mentions:
        for who, entity_id in mention.owners:
            if who:
                by_set.setdefault(who, {}).setdefault(mention.report_id, []).append(entity_id)
    if not by_set:
        return None
    key = entry.id if entry else ""
    parts: list[Change] = [SetFacts((entry.fact(),), "Add to the registry")] if entry and new else []
    for who, reports in by_set.items():
        links = tuple(SetEntityEntry(report_id, tuple(ids), key) for report_id, ids in reports.items())
        parts += links if who == annotator else [OnBehalf(who, links)]
    return Together(tuple(parts), "Link to the registry" if entry else "Take off the registry")


def merge(registry: Registry, entry_id: str, into: str) -> Change:
    """Make two entries one; the entities keep the ids they bear."""
    entry = registry.all[registry.resolve(entry_id)]
    kept = registry.all[registry.resolve(into)]
    fact = replace(entry, same_as=kept.id).fact()
    values = {"name": entry.name, "into": kept.name}
    return SetFacts((fact,), "Merge {name} into {into} in the registry", values, {fact.place: entry.version})


def split(registry: Registry, entry_id: str) -> Change:
    """Make an entry that was merged one of its own again."""
    entry = registry.all[entry_id]
    fact = replace(entry, same_as="").fact()
    return SetFacts((fact,), "Split {name} off in the registry", {"name": entry.name}, {fact.place: entry.version})


def edit_entry(entry: RegistryEntry, name: str, aliases: Iterable[str], note: str) -> Change | None:
    """Another name, other names or another note; None when nothing differs. A name that is empty stays as it was."""
    kept = tuple(dict.fromkeys(alias.strip() for alias in aliases if alias.strip()))
    changed = replace(entry, name=name.strip() or entry.name, aliases=kept, note=note.strip())
    if changed == entry:
        return None
    fact = changed.fact()
    return SetFacts((fact,), "Edit {name} in the registry", {"name": changed.name}, {fact.place: entry.version})


def delete_entry(entry: RegistryEntry) -> Change:
    """Take an entry that nothing refers to out of the registry."""
    fact = Fact(Kind.ENTRY, entry.id, None)
    return SetFacts((fact,), "Remove {name} from the registry", {"name": entry.name}, {fact.place: entry.version})
