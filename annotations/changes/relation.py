"""What can be done to relations of the acting annotator's set on one report.

``seen`` as in ``annotations.changes.entity``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.report import Relation


@dataclass(frozen=True, slots=True)
class AddRelations:
    """Relate entities. A relation of equal type and ends that is already there is not doubled."""

    report_id: str
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Retype:
    """Give relations another type."""

    report_id: str
    relation_ids: tuple[str, ...]
    type: str
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReverseRelations:
    """Swap source and target, where the schema allows it."""

    report_id: str
    relation_ids: tuple[str, ...]
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetRelationAttributes:
    """Set attributes of relations; an empty value removes the attribute."""

    report_id: str
    relation_ids: tuple[str, ...]
    attributes: Mapping[str, str]
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetRelationNote:
    """Set the note of relations; empty removes it."""

    report_id: str
    relation_ids: tuple[str, ...]
    note: str
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeleteRelations:
    """Delete relations."""

    report_id: str
    relation_ids: tuple[str, ...]
    seen: Mapping[str, int] = field(default_factory=dict)
