"""Which entry a mention may mean: by name, post and date, and what else the report calls it.

A figure between 0 and 1 says how sure that is. Two people of one name stay two: when the posts at hand are not those
of the entry, the name alone is not enough to be sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from annotations.matching import same_word_key
from annotations.registry.mention import TITLE, Mention
from annotations.registry.timeline import Chronicle, Tenure

SURE = 0.85
"""From here on a proposal may be taken over without a look, when no other comes near (``LEAD``)."""
LEAD = 0.2
_REACH = timedelta(days=400)
"""How far from its evidence a post still speaks for its holder."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that a mention may mean; ``why`` names what speaks for it: ``name``, ``part of the name``, ``post``, ``other post``, ``report``."""

    entry_id: str
    sure: float
    why: tuple[str, ...]


def proposals(chronicle: Chronicle, mention: Mention, same_report: Iterable[Mention] = ()) -> tuple[Proposal, ...]:
    """Entries that the mention may mean, the surest first; ``same_report`` are the linked mentions of its report."""
    registry = chronicle.registry
    near = {registry.resolve(other.entry) for other in same_report if other.entry}
    if mention.label == TITLE:
        found = _holders(chronicle, mention, near)
    elif mention.label == "OFFICIAL":
        found = _people(chronicle, mention, near)
    else:
        found = [Proposal(one, 0.95, ("name",)) for one in registry.named(mention.label, mention.key)]
        if len(found) > 1:
            found = [Proposal(one.entry_id, 0.6 + 0.2 * (one.entry_id in near), one.why) for one in found]
    return tuple(sorted(found, key=lambda one: (-one.sure, one.entry_id)))


def is_sure(found: tuple[Proposal, ...]) -> bool:
    """Whether the first proposal is sure, and alone so."""
    return bool(found) and found[0].sure >= SURE and (len(found) < 2 or found[0].sure - found[1].sure >= LEAD)


def _people(chronicle: Chronicle, mention: Mention, near: set[str]) -> list[Proposal]:
    exact = set(chronicle.registry.named("OFFICIAL", mention.key))
    found = []
    for entry_id in chronicle.registry.ending_like("OFFICIAL", mention.key):
        sure, why = (0.8, ["name"]) if entry_id in exact else (0.4, ["part of the name"])
        if entry_id in near:
            sure, why = sure + (0.15 if entry_id in exact else 0.45), [*why, "report"]
        post = _post_speaks(chronicle, mention, entry_id)
        if post is not None:
            sure, why = sure + (0.15 if post else -0.3), [*why, "post" if post else "other post"]
        found.append(Proposal(entry_id, round(min(max(sure, 0.05), 0.99), 2), tuple(why)))
    return found


def _post_speaks(chronicle: Chronicle, mention: Mention, entry_id: str) -> bool | None:
    """Whether the mention's posts are among the entry's; None when one of them has none."""
    held = chronicle.timeline(entry_id)
    if not held or not mention.posts:
        return None
    return bool({same_word_key(post) for post in mention.posts} & {one.post_key for one in held})


def _holders(chronicle: Chronicle, mention: Mention, near: set[str]) -> list[Proposal]:
    """Who holds the post that the title alone names."""
    found = []
    for tenure in chronicle.holders(same_word_key(mention.name)):
        in_report = tenure.entry_id in near
        if in_report or _in_reach(tenure, mention):
            why = ("post", "report") if in_report else ("post",)
            found.append(Proposal(tenure.entry_id, 0.9 if in_report else 0.6, why))
    return found


def _in_reach(tenure: Tenure, mention: Mention) -> bool:
    here = Tenure("", "", mention, mention, 1)
    if tenure.since is None or tenure.until is None or here.since is None or here.until is None:
        return False
    return tenure.since - _REACH <= here.until and here.since <= tenure.until + _REACH
