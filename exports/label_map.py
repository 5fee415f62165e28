"""A mapping of labels and relation types: renamed or left out, kept as a YAML file, for exports and for imports.

.. code:: yaml

    entities:
      OFFICIAL: PER      # renamed; two labels may get one name
      TERM: null         # left out, with the relations that end in it
    relations:
      holds_title: null

What is not named stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotations.errors import Refused
from annotations.report import AnnotationSet, Entity, Relation
from annotations.schema import ANY, EntityType, RelationType, Schema
from exports.errors import FormatError

ENTITIES_OUT = "entities left out by the mapping"
RELATIONS_OUT = "relations left out by the mapping"
ENDS_OUT = "relations of entities left out"
_LIMIT = 1 << 20
Renames = Mapping[str, str | None]
"""A label to its new name; None leaves it out."""


@dataclass(frozen=True, slots=True)
class LabelMap:
    """New names of labels and of relation types."""

    entities: Renames = field(default_factory=dict)
    relations: Renames = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.entities or self.relations)

    def labels(
        self, entities: Iterable[Entity], relations: Iterable[Relation], left_out: Counter[str]
    ) -> tuple[tuple[Entity, ...], tuple[Relation, ...]]:
        """The labels under their new names; what goes is counted by reason."""
        kept: list[Entity] = []
        for entity in entities:
            label = self.entities.get(entity.label, entity.label)
            if label is None:
                left_out[ENTITIES_OUT] += 1
            else:
                kept.append(entity if label == entity.label else replace(entity, label=label))
        ids = {entity.id for entity in kept}
        joined: list[Relation] = []
        for relation in relations:
            kind = self.relations.get(relation.type, relation.type)
            if kind is None:
                left_out[RELATIONS_OUT] += 1
            elif relation.source not in ids or relation.target not in ids:
                left_out[ENDS_OUT] += 1
            else:
                joined.append(relation if kind == relation.type else replace(relation, type=kind))
        return tuple(kept), tuple(joined)

    def set(self, labels: AnnotationSet, left_out: Counter[str]) -> AnnotationSet:
        """An annotation set under the new names."""
        entities, relations = self.labels(labels.entities, labels.relations, left_out)
        return replace(labels, entities=entities, relations=relations)

    def schema(self, schema: Schema) -> Schema:
        """The schema under the new names; of labels that become one, the first gives all but attributes and pairs."""
        entities: dict[str, EntityType] = {}
        for kind in schema.entity_types:
            name = self.entities.get(kind.name, kind.name)
            if name is not None:
                entities[name] = _joined(entities[name], kind) if name in entities else replace(kind, name=name)
        relations: dict[str, RelationType] = {}
        for relation in schema.relation_types:
            name = self.relations.get(relation.name, relation.name)
            if name is None:
                continue
            made = replace(
                relation, name=name, sources=self._ends(relation.sources), targets=self._ends(relation.targets)
            )
            if made.sources and made.targets:
                relations[name] = _related(relations[name], made) if name in relations else made
        return replace(schema, entity_types=tuple(entities.values()), relation_types=tuple(relations.values()))

    def check(self, schema: Schema) -> None:
        """Raise ``Refused`` when the mapping names a label that the schema lacks."""
        for names, known in (
            (self.entities, schema.entities_by_name),
            (self.relations, schema.relations_by_name),
        ):
            for name in names:
                if name not in known:
                    raise Refused(
                        "The mapping names {label}, which the schema lacks. Nothing was written; the schema has {known}.",
                        label=name,
                        known=", ".join(known),
                    )

    def _ends(self, names: tuple[str, ...]) -> tuple[str, ...]:
        mapped = (name if name == ANY else self.entities.get(name, name) for name in names)
        return tuple(dict.fromkeys(name for name in mapped if name is not None))


def _joined(first: EntityType, other: EntityType) -> EntityType:
    known = {attribute.name for attribute in first.attributes}
    more = tuple(attribute for attribute in other.attributes if attribute.name not in known)
    return replace(first, attributes=(*first.attributes, *more))


def _related(first: RelationType, other: RelationType) -> RelationType:
    known = {attribute.name for attribute in first.attributes}
    more = tuple(attribute for attribute in other.attributes if attribute.name not in known)
    return replace(
        first,
        sources=tuple(dict.fromkeys((*first.sources, *other.sources))),
        targets=tuple(dict.fromkeys((*first.targets, *other.targets))),
        same_label=first.same_label and other.same_label,
        attributes=(*first.attributes, *more),
    )


def dump_map(labels: LabelMap) -> str:
    """The mapping as YAML."""
    import yaml

    values = {"entities": dict(labels.entities), "relations": dict(labels.relations)}
    text: str = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    return text


def write_map(labels: LabelMap, path: Path, force: bool = False) -> None:
    """Save the mapping. Raises ``FormatError`` when it cannot be written."""
    from exports.files import writing

    with writing(path, force) as part:
        part.write_text(dump_map(labels), encoding="utf-8", newline="\n")


def read_map(path: Path) -> LabelMap:
    """A mapping that was saved or written by hand. Raises ``FormatError``, which names what is wrong."""
    import yaml

    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
        if len(data) > _LIMIT:
            raise FormatError("{path} is larger than any mapping of labels; nothing was done.", path=path)
        # The safe loader makes nothing but plain values; aliases are refused, they can blow up.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(data.decode("utf-8-sig"))):
            raise _bad(path, "it uses aliases (*name)")
        values = yaml.safe_load(data.decode("utf-8-sig"))
    except OSError as error:
        raise FormatError(
            "{path} cannot be read: {why}; nothing was done.", path=path, why=error.strerror or ""
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise _bad(path, "it is no YAML") from error
    if values is None:
        return LabelMap()
    if not isinstance(values, dict) or not set(values) <= {"entities", "relations"}:
        raise _bad(path, "it may only hold “entities” and “relations”")
    return LabelMap(_renames(values.get("entities"), path), _renames(values.get("relations"), path))


def _renames(values: Any, path: Path) -> Renames:
    """Any: what YAML holds."""
    good: Callable[[Any], bool] = lambda name: isinstance(name, str) and bool(name) and not any(map(str.isspace, name))  # noqa: E731
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise _bad(path, "labels and their new names are written as “LABEL: NAME”")
    for name, new in values.items():
        # Other tools' labels may have spaces; ours are one word.
        if not (isinstance(name, str) and name) or not (new is None or good(new)):
            raise _bad(path, f"“{name}: {new}” does not give a label its new name, or null to leave it out")
    return dict(values)


def _bad(path: Path, why: str) -> FormatError:
    return FormatError("{path} is no mapping of labels: {why}. Nothing was done.", path=path, why=why)
