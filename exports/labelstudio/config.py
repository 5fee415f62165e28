"""The labelling configuration for a schema. Tags: https://labelstud.io/tags/labels, /relations, /text."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from annotations.schema import EntityType, RelationType, Schema

FROM_NAME = "label"
TO_NAME = "text"


def labelling_config(schema: Schema) -> str:
    """XML that labels the task's ``text`` with the schema's labels and relations, in its colours and with its keys."""
    labels = "".join(f"    {_label(kind)}\n" for kind in schema.entity_types)
    relations = "".join(f"    {_relation(kind)}\n" for kind in schema.relation_types)
    relations = f"  <Relations>\n{relations}  </Relations>\n" if relations else ""
    return (
        f'<View>\n{relations}  <Labels name="{FROM_NAME}" toName="{TO_NAME}">\n{labels}  </Labels>\n'
        f'  <Text name="{TO_NAME}" value="$text" granularity="word"/>\n</View>\n'
    )


def _label(kind: EntityType) -> str:
    hotkey = f" hotkey={quoteattr(kind.key)}" if kind.key else ""
    return f"<Label value={quoteattr(kind.name)} background={quoteattr(kind.colour)}{hotkey}/>"


def _relation(kind: RelationType) -> str:
    return f"<Relation value={quoteattr(kind.name)} background={quoteattr(kind.colour)}/>"
