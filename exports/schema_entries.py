"""From the plain values of a schema file to a schema; every refusal names the file and the entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from annotations.schema import ANY, Attribute, EntityType, RelationType, Schema
from exports.errors import FormatError

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_COMMON = ("name", "names", "key", "colour", "description", "attributes")


def schema_from(value: object, where: str) -> Schema:
    """The schema that mappings, lists and strings describe; ``where`` names the file in a ``FormatError``."""
    return _Reader(where).schema(value)


class _Reader:
    def __init__(self, where: str) -> None:
        self._where = where

    def schema(self, value: object) -> Schema:
        top = self._mapping(value, "the schema", ("id", "version", "entity_types", "relation_types"))
        version = self._text(top, "version", "the schema") or "1"
        if not re.fullmatch(r"[1-9][0-9]{0,8}", version):
            raise self._wrong("{path}: version “{value}” is not a whole number above 0.", value=version)
        schema = Schema(
            id=self._required(top, "id", "the schema"),
            entity_types=tuple(self._entity_type(each) for each in self._items(top, "entity_types", "the schema")),
            relation_types=tuple(
                self._relation_type(each) for each in self._items(top, "relation_types", "the schema")
            ),
            version=int(version),
        )
        self._check(schema)
        return schema

    def _entity_type(self, value: object) -> EntityType:
        name, entry = self._named(value, "entity_types", _COMMON)
        return EntityType(name=name, **self._common(entry, name))

    def _relation_type(self, value: object) -> RelationType:
        name, entry = self._named(value, "relation_types", (*_COMMON, "sources", "targets", "same_label"))
        same_label = self._text(entry, "same_label", name) or "false"
        if same_label.lower() not in ("true", "false"):
            raise self._wrong("{path}: same_label of {entry} is neither true nor false.", entry=name)
        return RelationType(
            name=name,
            sources=self._words(entry, "sources", name) if "sources" in entry else (ANY,),
            targets=self._words(entry, "targets", name) if "targets" in entry else (ANY,),
            same_label=same_label.lower() == "true",
            **self._common(entry, name),
        )

    def _common(self, entry: Mapping[str, object], name: str) -> dict[str, Any]:
        """What both kinds of type have; typed loosely because it is spread into either."""
        key = self._text(entry, "key", name)
        if key and not re.fullmatch("[0-9]", key):
            raise self._wrong("{path}: key “{value}” of {entry} is not one digit.", value=key, entry=name)
        colour = self._text(entry, "colour", name) or "#888888"
        if not _COLOUR.fullmatch(colour):
            raise self._wrong(
                '{path}: colour “{value}” of {entry} is not of the form "#rrggbb", in quotes.', value=colour, entry=name
            )
        attributes = tuple(self._attribute(each, name) for each in self._items(entry, "attributes", name))
        self._once((each.name for each in attributes), f"attributes of {name}")
        return {
            "names": self._names(entry, name),
            "key": key,
            "colour": colour,
            "description": self._text(entry, "description", name),
            "attributes": attributes,
        }

    def _attribute(self, value: object, owner: str) -> Attribute:
        name, entry = self._named(value, f"attributes of {owner}", ("name", "names", "choices", "kind"))
        where = f"{owner}.{name}"
        return Attribute(
            name, self._names(entry, where), self._words(entry, "choices", where), self._text(entry, "kind", where)
        )

    def _check(self, schema: Schema) -> None:
        labels = [kind.name for kind in schema.entity_types]
        self._once(labels, "entity_types")
        self._once((kind.name for kind in schema.relation_types), "relation_types")
        self._once((kind.key for kind in schema.entity_types if kind.key), "keys of entity_types")
        self._once((kind.key for kind in schema.relation_types if kind.key), "keys of relation_types")
        for kind in schema.relation_types:
            for label in (*kind.sources, *kind.targets):
                if label != ANY and label not in labels:
                    raise self._wrong(
                        "{path}: relation type {entry} names the label “{value}”, which the schema lacks.",
                        entry=kind.name,
                        value=label,
                    )

    def _once(self, names: Iterable[str], where: str) -> None:
        seen: set[str] = set()
        for name in names:
            if name in seen:
                raise self._wrong("{path}: “{value}” stands twice among the {entry}.", value=name, entry=where)
            seen.add(name)

    def _named(self, value: object, where: str, known: tuple[str, ...]) -> tuple[str, Mapping[str, object]]:
        entry = self._mapping(value, where)
        name = self._required(entry, "name", where)
        self._mapping(value, name, known)
        if re.search(r"\s", name) or name == ANY:
            raise self._wrong(
                "{path}: the name “{value}” among the {entry} holds a space or stands for every label.",
                value=name,
                entry=where,
            )
        return name, entry

    def _mapping(self, value: object, where: str, known: tuple[str, ...] = ()) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise self._wrong("{path}: {entry} is not a list of “key: value”.", entry=where)
        for key in value:
            if known and key not in known:
                raise self._wrong("{path}: {entry} has an unknown key “{value}”.", entry=where, value=key)
        return value

    def _items(self, entry: Mapping[str, object], key: str, where: str) -> list[object]:
        value = entry.get(key) or []
        if not isinstance(value, list):
            raise self._wrong("{path}: {value} of {entry} is not a list.", entry=where, value=key)
        return value

    def _words(self, entry: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
        return tuple(self._string(word, key, where) for word in self._items(entry, key, where))

    def _names(self, entry: Mapping[str, object], where: str) -> dict[str, str]:
        names = self._mapping(entry.get("names") or {}, f"names of {where}")
        return {language: self._string(name, "names", where) for language, name in names.items()}

    def _text(self, entry: Mapping[str, object], key: str, where: str) -> str:
        return self._string(entry.get(key, ""), key, where)

    def _string(self, value: object, key: str, where: str) -> str:
        if not isinstance(value, str):
            raise self._wrong("{path}: {value} of {entry} is not plain text.", entry=where, value=key)
        return value

    def _required(self, entry: Mapping[str, object], key: str, where: str) -> str:
        value = self._text(entry, key, where)
        if not value:
            raise self._wrong("{path}: {entry} lacks its {value}.", entry=where, value=key)
        return value

    def _wrong(self, sentence: str, **values: object) -> FormatError:
        return FormatError(sentence, path=self._where, **values)
