"""The label schema as a YAML file that people read, edit and pass on.

Every scalar is read as the text that stands there: ``key: 1`` is the digit, a label called ``NO`` is no
truth value and a date-like id stays an id. Anchors, aliases, repeated keys and unknown keys are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.schema import Attribute, EntityType, RelationType, Schema
from exports.errors import FormatError
from exports.files import writing
from exports.schema_entries import schema_from

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 256_000
MAX_DEPTH = 12

_HEADER = """\
# Chú Giải label schema: what may be labelled, in the order in which it is shown.
# name: stored with every label; no spaces. names: what people see, by language (vi, en).
# key: the digit that labels a selection. colour: "#rrggbb". choices: usual values, offered but not forced.
# kind: edtf or resolution proposes a normalised value. sources and targets: labels that a relation may
# join; "*" is every label. Lines that begin with # are comments.

"""


def write_schema(schema: Schema, path: Path, force: bool = False) -> None:
    """Write ``schema`` to ``path``, beside and renamed; with ``force`` over an existing file.

    Raises ``FormatError`` when the file cannot be written.
    """
    with writing(path, force) as beside:
        beside.write_text(dump_schema(schema), encoding="utf-8", newline="\n")


def dump_schema(schema: Schema) -> str:
    """The YAML text of ``schema``; what is empty is left out, order is kept."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    # PyYAML would fold these line ends of other scripts to spaces unless they are escaped.
    Dumper.add_representer(
        str,
        lambda dumper, text: dumper.represent_scalar(
            _STR_TAG, text, style='"' if any(end in text for end in "\x85\u2028\u2029") else None
        ),
    )
    # Names and lists of words on one line each: a label then fits on a screen.
    Dumper.add_representer(_Line, lambda dumper, line: dumper.represent_mapping(_MAP_TAG, line, flow_style=True))
    Dumper.add_representer(_Words, lambda dumper, words: dumper.represent_sequence(_SEQ_TAG, words, flow_style=True))
    content = {
        "id": schema.id,
        "version": schema.version,
        "entity_types": [_entity_type_out(kind) for kind in schema.entity_types],
        "relation_types": [_relation_type_out(kind) for kind in schema.relation_types],
    }
    return _HEADER + str(yaml.dump(content, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=110))


def read_schema(path: Path) -> Schema:
    """The schema that the YAML file ``path`` holds.

    Raises ``FormatError`` with one sentence that names the entry at fault.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FormatError("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error) from error
    if len(data) > MAX_BYTES:
        raise FormatError("{path} is larger than any schema; nothing was read from it.", path=path)
    try:
        return parse_schema(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise FormatError("{path} is not UTF-8 text; nothing was read from it.", path=path) from error


def parse_schema(text: str, where: str = "the schema") -> Schema:
    """The schema that the YAML ``text`` holds; ``where`` names its origin in a ``FormatError``."""
    return schema_from(_plain_value(text, where), where)


class _Line(dict[str, str]):
    """A mapping written on one line."""


class _Words(list[str]):
    """A list written on one line."""


_MAP_TAG = "tag:yaml.org,2002:map"
_SEQ_TAG = "tag:yaml.org,2002:seq"
_STR_TAG = "tag:yaml.org,2002:str"


def _filled(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}


def _attribute_out(attribute: Attribute) -> dict[str, object]:
    return {"name": attribute.name} | _filled(
        names=_Line(attribute.names), choices=_Words(attribute.choices), kind=attribute.kind
    )


def _entity_type_out(kind: EntityType) -> dict[str, object]:
    return {"name": kind.name} | _filled(
        names=_Line(kind.names),
        key=kind.key,
        colour=kind.colour,
        description=kind.description,
        attributes=[_attribute_out(attribute) for attribute in kind.attributes],
    )


def _relation_type_out(kind: RelationType) -> dict[str, object]:
    return {
        "name": kind.name,
        **_filled(names=_Line(kind.names)),
        "sources": _Words(kind.sources),
        "targets": _Words(kind.targets),
        **_filled(
            same_label=kind.same_label,
            key=kind.key,
            colour=kind.colour,
            description=kind.description,
            attributes=[_attribute_out(attribute) for attribute in kind.attributes],
        ),
    }


def _plain_value(text: str, where: str) -> object:
    """The document as mappings, lists and strings; refuses aliases and depth before anything is built."""
    import yaml

    try:
        _guard(yaml.parse(text, Loader=yaml.BaseLoader), where)
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise FormatError(
            "{path}, line {line}: this is not valid YAML; nothing was read from it.",
            path=where,
            line=mark.line + 1 if mark else 1,
        ) from error
    return _built(root, where)


def _guard(events: Iterator[yaml.Event], where: str) -> None:
    import yaml

    depth = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FormatError("{path}, line {line}: anchors and aliases are not taken.", path=where, line=line)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise FormatError("{path}, line {line}: nested too deep for a schema.", path=where, line=line)


def _built(node: yaml.Node | None, where: str) -> object:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [_built(item, where) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, object] = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not key or key in mapping:
                raise FormatError(
                    "{path}, line {line}: the key “{key}” is empty or stands there twice.",
                    path=where,
                    line=key_node.start_mark.line + 1 if key_node.start_mark else 1,
                    key=key,
                )
            mapping[key] = _built(value, where)
        return mapping
    return node.value if isinstance(node, yaml.ScalarNode) else ""
