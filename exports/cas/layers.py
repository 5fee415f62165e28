"""The layers that a CAS of ours has, and its type system, as XML and for CAS JSON.

``custom.Span`` and ``custom.Relation`` are INCEpTION's own generic layers with the feature ``label``; ours add the schema's
attributes, ``note``, ``identifier`` (the registry entry) and ``chugiai``. INCEpTION makes the layers with all their features
when TypeSystem.xml is imported on the page "Layers" of a project's settings. ``NamedEntity`` is a copy of each entity (label
and registry entry) for tools that know only that. ``custom.ReportInfo`` holds what is known of the report.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from annotations.schema import EntityType, RelationType, Schema

SPAN = "custom.Span"
RELATION = "custom.Relation"
INFO = "custom.ReportInfo"
_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
NAMED_ENTITY = f"{_DKPRO}.ner.type.NamedEntity"
TOKEN = f"{_DKPRO}.segmentation.type.Token"
SENTENCE = f"{_DKPRO}.segmentation.type.Sentence"
META = f"{_DKPRO}.metadata.type.DocumentMetaData"
SOFA = "uima.cas.Sofa"
DOCUMENT = "uima.tcas.DocumentAnnotation"
VIEW = "_InitialView"

LABEL = "label"
NOTE = "note"
ENTRY = "identifier"
CARRIED = "chugiai"
SOURCE = "Governor"
TARGET = "Dependent"

_STRING = "uima.cas.String"
_ANNOTATION = "uima.tcas.Annotation"
_FEATURE = re.compile(r"(?!BT_|ROLE_)[A-Za-z][A-Za-z0-9_]*")
# Names that UIMA, cassis or the layers themselves use.
_RESERVED = frozenset(("begin", "end", "sofa", "id", "xmiID", "elements", LABEL, NOTE, ENTRY, CARRIED, SOURCE, TARGET))


@dataclass(frozen=True, slots=True)
class Layers:
    """The features of both layers, in order of their columns; ``*_attributes`` are those named like attributes."""

    span_attributes: tuple[str, ...]
    relation_attributes: tuple[str, ...]

    @classmethod
    def of(cls, schema: Schema) -> Layers:
        """The layers of a schema. Attributes whose names cannot be a feature's are carried."""
        return cls(_attributes(schema.entity_types), _attributes(schema.relation_types))

    @property
    def span(self) -> tuple[str, ...]:
        """The features of ``custom.Span``."""
        return (LABEL, *self.span_attributes, NOTE, ENTRY, CARRIED)

    @property
    def relation(self) -> tuple[str, ...]:
        """The features of ``custom.Relation``, without its ends."""
        return (LABEL, *self.relation_attributes, NOTE, CARRIED)

    def types(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Each type with its supertype and its features with their ranges."""
        ends = [(SOURCE, SPAN), (TARGET, SPAN)]
        meta = ["documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"]
        return [
            (META, DOCUMENT, [*((name, _STRING) for name in meta), ("isLastSegment", "uima.cas.Boolean")]),
            (SENTENCE, _ANNOTATION, []),
            (TOKEN, _ANNOTATION, []),
            (NAMED_ENTITY, _ANNOTATION, [("value", _STRING), (ENTRY, _STRING)]),
            (SPAN, _ANNOTATION, [(name, _STRING) for name in self.span]),
            (RELATION, _ANNOTATION, [*ends, *((name, _STRING) for name in self.relation)]),
            (INFO, _ANNOTATION, [(CARRIED, _STRING)]),
        ]

    def xml(self) -> str:
        """TypeSystem.xml."""
        return "".join(
            [
                '<?xml version="1.0" encoding="UTF-8"?>\n',
                '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n<types>\n',
                *(_type_xml(*one) for one in self.types()),
                "</types>\n</typeSystemDescription>\n",
            ]
        )

    def json(self) -> dict[str, object]:
        """What stands at ``%TYPES`` in CAS JSON."""
        return {
            name: {
                "%NAME": name,
                "%SUPER_TYPE": parent,
                **{feature: {"%NAME": feature, "%RANGE": kind} for feature, kind in features},
            }
            for name, parent, features in self.types()
        }


def _attributes(kinds: Iterable[EntityType | RelationType]) -> tuple[str, ...]:
    names = dict.fromkeys(attribute.name for kind in kinds for attribute in kind.attributes)
    return tuple(
        name for name in names if _FEATURE.fullmatch(name) and name not in _RESERVED and not keyword.iskeyword(name)
    )


def _type_xml(name: str, parent: str, features: list[tuple[str, str]]) -> str:
    inner = "".join(
        f"<featureDescription><name>{escape(feature)}</name><description/>"
        f"<rangeTypeName>{kind}</rangeTypeName></featureDescription>\n"
        for feature, kind in features
    )
    return (
        f"<typeDescription><name>{name}</name><description/><supertypeName>{parent}</supertypeName>\n"
        f"<features>\n{inner}</features></typeDescription>\n"
    )


def attribute_value(value: str) -> str:
    """A value with its quotes for an XML attribute; line breaks and tabs stay what they are."""
    return quoteattr(value, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;", '"': "&quot;"})
