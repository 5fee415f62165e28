"""What the door refuses: unknown labels, impossible spans, relations that the schema does not allow.

The span rules of the labelling guide (no nesting in the own label, tight edges)
are guidance and live in ``annotations.notices``; here stands what would be damage.
"""

from __future__ import annotations

from annotations.errors import Refused
from annotations.report import Span
from annotations.schema import Schema


def check_label(label: str, schema: Schema) -> None:
    """Raise ``Refused`` unless ``label`` is an entity type of the schema."""
    if label not in schema.entities_by_name:
        raise Refused(
            "The schema has no label {label}. Nothing was changed; add the label to the schema, or choose one of {known}.",
            label=label,
            known=", ".join(schema.entities_by_name),
        )


def check_spans(spans: tuple[Span, ...], length: int) -> None:
    """Raise ``Refused`` unless spans are non-empty, ordered, apart, and inside a text of ``length`` code points."""
    last = -1
    for start, end in spans:
        if start >= end:
            raise Refused("The span {start}–{end} is empty. Nothing was changed.", start=start, end=end)
        if start < 0 or end > length:
            raise Refused(
                "The span {start}–{end} lies outside the text, which has {length} characters. Nothing was changed.",
                start=start,
                end=end,
                length=length,
            )
        if start <= last:
            raise Refused("The fragments of one entity overlap or touch at {start}. Nothing was changed.", start=start)
        last = end
    if not spans:
        raise Refused("An entity needs a span. Nothing was changed.")


def check_relation(kind: str, source_label: str, target_label: str, schema: Schema) -> None:
    """Raise ``Refused`` unless the schema allows ``kind`` from one label to the other."""
    relation_type = schema.relations_by_name.get(kind)
    if relation_type is None:
        raise Refused(
            "The schema has no relation {kind}. Nothing was changed; choose one of {known}.",
            kind=kind,
            known=", ".join(schema.relations_by_name),
        )
    if not relation_type.joins(source_label, target_label):
        raise Refused(
            "The schema does not allow {kind} from {source} to {target}. Nothing was changed.",
            kind=kind,
            source=source_label,
            target=target_label,
        )
