"""The entries of the registry."""

from __future__ import annotations

from sqlalchemy import Connection

from annotations.entries import RegistryEntry
from annotations.facts import Kind
from model.queries.facts import facts


def registry_entries(connection: Connection) -> tuple[RegistryEntry, ...]:
    """Every entry, merged ones too, in the order in which they were made."""
    return tuple(RegistryEntry.of_fact(fact) for fact in facts(connection, Kind.ENTRY))
