"""Linking the mentions of one report: what is sure at once, new entries for what is new, the rest left for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotations.changes import Change, SetEntityEntry, SetFacts, Together
from annotations.entries import LABELS, RegistryEntry
from annotations.registry.mention import Mention
from annotations.registry.propose import is_sure, proposals
from annotations.registry.timeline import Chronicle
from annotations.report import new_id


@dataclass(frozen=True, slots=True)
class Plan:
    """``links``: mentions with the entry that each is to get; ``made``: new entries among these; ``left``: mentions that nobody can be sure of."""

    links: tuple[tuple[Mention, str], ...] = ()
    made: tuple[RegistryEntry, ...] = ()
    left: tuple[Mention, ...] = ()


def plan(chronicle: Chronicle, mentions: Sequence[Mention]) -> Plan:
    """What can be linked without a look, of all mentions of a report (linked ones too: they speak for the others).

    Full names come before shortened ones and titles, which mean somebody named in full. A name that no entry has gets a new one,
    a title or a single syllable never does.
    """
    links: dict[int, str] = {}
    made: dict[tuple[str, str], RegistryEntry] = {}
    left: list[int] = []
    order = sorted(range(len(mentions)), key=lambda at: (_rank(mentions[at]), mentions[at].start))
    for at in order:
        mention = mentions[at]
        if mention.entry:
            continue
        here = [replace(mentions[one], entry=entry) for one, entry in links.items()]
        found = proposals(chronicle, mention, [*here, *(one for one in mentions if one.entry)])
        if is_sure(found):
            links[at] = found[0].entry_id
        elif (known := _made_here(made, mention)) is not None:
            links[at] = known.id
        elif not found and _is_name(mention):
            made[mention.label, mention.key] = entry = new_entry(mention)
            links[at] = entry.id
        else:
            left.append(at)
    return Plan(
        tuple((mentions[at], links[at]) for at in sorted(links)),
        tuple(made.values()),
        tuple(mentions[at] for at in sorted(left)),
    )


def new_entry(mention: Mention) -> RegistryEntry:
    """An entry for what the mention names."""
    return RegistryEntry(new_id(), "OFFICIAL" if mention.label not in LABELS else mention.label, mention.name)


def link(links: Iterable[tuple[Mention, str]], made: Sequence[RegistryEntry], annotator: str) -> Change | None:
    """The change that gives the annotator's own entities these entries; None when none of them is hers."""
    ids: dict[tuple[str, str], list[str]] = {}
    for mention, entry in links:
        for who, entity_id in mention.owners:
            if who == annotator:
                ids.setdefault((mention.report_id, entry), []).append(entity_id)
    if not ids:
        return None
    used = {entry for _, entry in ids}
    facts = tuple(entry.fact() for entry in made if entry.id in used)
    parts = [SetEntityEntry(report, tuple(found), entry) for (report, entry), found in ids.items()]
    new = (SetFacts(facts, "Add to the registry"),) if facts else ()
    return Together((*new, *parts), "Link to the registry")


def _rank(mention: Mention) -> int:
    return 2 if mention.label not in LABELS else 0 if _is_name(mention) else 1


def _is_name(mention: Mention) -> bool:
    """Whether it says enough to be an entry: a full name, a body, a place, a document."""
    return mention.label in LABELS and (mention.label != "OFFICIAL" or " " in mention.key)


def _made_here(made: dict[tuple[str, str], RegistryEntry], mention: Mention) -> RegistryEntry | None:
    """The new entry of this report that the mention means: of this name, or the only one whose name ends in it."""
    if mention.label != "OFFICIAL":
        return made.get((mention.label, mention.key))
    same = made.get((mention.label, mention.key))
    if same is not None:
        return same
    longer = [entry for (label, key), entry in made.items() if label == "OFFICIAL" and key.endswith(f" {mention.key}")]
    return longer[0] if len(longer) == 1 else None
