"""Who held which post, from the first to the last evidence; a post's holders, where they overlap and where nobody is known.

The date of evidence is that of its report: that someone is named with a title then says nothing of the days around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from annotations.matching import same_word_key
from annotations.normalise.edtf import bounds
from annotations.offsets import fold
from annotations.registry.mention import Mention
from annotations.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Tenure:
    """One entry in one post, from its first to its last dated evidence (undated evidence counts where there is no other)."""

    entry_id: str
    post: str
    first: Mention
    last: Mention
    count: int

    @property
    def post_key(self) -> str:
        """Equal for posts that are the same words."""
        return same_word_key(self.post)

    @property
    def since(self) -> date | None:
        """The first day that the first evidence may be from; None when its report has no date."""
        days = _days(self.first)
        return days[0] if days else None

    @property
    def until(self) -> date | None:
        """The last day that the last evidence may be from."""
        days = _days(self.last)
        return days[1] if days else None


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two holders of a post that follow each other: days without evidence, or (overlap) of both."""

    before: Tenure
    after: Tenure
    overlap: bool
    since: date
    until: date


class Chronicle:
    """Who held which post, of a whole registry."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._by_entry: dict[str, tuple[Tenure, ...]] = {}
        by_post: dict[str, list[Tenure]] = {}
        for entry in registry.entries:
            if entry.label == "OFFICIAL":
                self._by_entry[entry.id] = held = _timeline(registry, entry.id)
                for tenure in held:
                    by_post.setdefault(tenure.post_key, []).append(tenure)
        self._by_post = {key: tuple(sorted(by_post[key], key=_order)) for key in sorted(by_post, key=fold)}

    def seen(self) -> Chronicle:
        """The same without entries that no mention here refers to: where work is blind, these may come from others' labels."""
        kept = [one for one in self.registry.entries if self.registry.mentions(one.id)]
        merged = [other for one in kept for other in self.registry.merged(one.id)]
        return Chronicle(
            Registry([*kept, *merged], [one for entry in kept for one in self.registry.mentions(entry.id)])
        )

    @property
    def posts(self) -> dict[str, str]:
        """The posts with holders: key to name, in order of name."""
        return {key: tenures[0].post for key, tenures in self._by_post.items()}

    def timeline(self, entry_id: str) -> tuple[Tenure, ...]:
        """The posts of an official, first evidence first."""
        return self._by_entry.get(self.registry.resolve(entry_id), ())

    def holders(self, post_key: str) -> tuple[Tenure, ...]:
        """Everybody who is named in a post, first evidence first."""
        return self._by_post.get(post_key, ())


def _timeline(registry: Registry, entry_id: str) -> tuple[Tenure, ...]:
    found: dict[str, list[Mention]] = {}
    names: dict[str, str] = {}
    for mention in registry.mentions(entry_id):
        for post in mention.posts:
            names.setdefault(same_word_key(post), post)
            found.setdefault(same_word_key(post), []).append(mention)
    made = (_tenure(entry_id, names[key], mentions) for key, mentions in found.items())
    return tuple(sorted(made, key=_order))


def gaps(tenures: Iterable[Tenure]) -> tuple[Gap, ...]:
    """What lies between holders that follow each other; undated ones are left out."""
    dated = sorted((one for one in tenures if one.since and one.until), key=_order)
    found = []
    for before, after in pairwise(dated):
        assert before.until is not None
        assert after.since is not None
        assert after.until is not None
        if after.since <= before.until:
            found.append(Gap(before, after, True, after.since, min(before.until, after.until)))
        elif (after.since - before.until).days > 1:
            found.append(Gap(before, after, False, before.until, after.since))
    return tuple(found)


def _tenure(entry_id: str, post: str, mentions: list[Mention]) -> Tenure:
    dated = [mention for mention in mentions if _days(mention)] or mentions
    return Tenure(entry_id, post, dated[0], dated[-1], len(mentions))


def _days(mention: Mention) -> tuple[date, date] | None:
    return None if not mention.date or "X" in mention.date else bounds(mention.date)


def _order(tenure: Tenure) -> tuple[bool, date, str, str]:
    return tenure.since is None, tenure.since or date.min, tenure.post, tenure.entry_id
