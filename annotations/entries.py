"""One entry of the registry, and how it is kept as a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotations.facts import Fact, Kind

LABELS = ("OFFICIAL", "ORG", "PLACE", "RESOLUTION")
"""The labels whose entities can have an entry; a TITLE that stands for its holder can refer to an OFFICIAL's entry."""


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """A real official, organisation, place or resolution.

    ``same_as`` is the id of the entry that this one was merged into: entities keep the id they bear, so that splitting
    again gives back what was. ``version`` is that of the fact, 0 for one that is not stored.
    """

    id: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    note: str = ""
    same_as: str = ""
    version: int = 0

    def fact(self) -> Fact:
        """The entry as the project keeps it."""
        value: dict[str, Any] = {"label": self.label, "name": self.name}
        if self.aliases:
            value["aliases"] = list(self.aliases)
        if self.note:
            value["note"] = self.note
        if self.same_as:
            value["same_as"] = self.same_as
        return Fact(Kind.ENTRY, self.id, value, version=self.version)

    @staticmethod
    def of_fact(fact: Fact) -> RegistryEntry:
        """The entry that a fact of kind ``entry`` holds; what it lacks is empty."""
        value = fact.value or {}
        return RegistryEntry(
            fact.key,
            str(value.get("label", "")),
            str(value.get("name", fact.key)),
            tuple(str(alias) for alias in value.get("aliases", ())),
            str(value.get("note", "")),
            str(value.get("same_as", "")),
            fact.version,
        )
