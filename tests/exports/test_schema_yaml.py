"""The schema as YAML: the same schema comes back, and every slip is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.schema import Attribute, EntityType, RelationType, Schema
from exports.errors import FormatError
from exports.schema_yaml import MAX_BYTES, dump_schema, parse_schema, read_schema, write_schema

SMALL = """\
id: x/1
version: 3
entity_types:
- name: OFFICIAL
  key: 1
- name: ORG
  key: 2
relation_types:
- name: works_at
  sources: [OFFICIAL]
  targets: [ORG]
"""

_words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
_names = st.dictionaries(st.sampled_from(["vi", "en"]), _words, max_size=2)
_ids = st.text(st.characters(categories=("L", "N"), include_characters="_-:#"), min_size=1, max_size=8)
_colours = st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True)
_attributes = st.lists(
    st.builds(Attribute, _ids, _names, st.lists(_words, max_size=3).map(tuple), st.sampled_from(["", "edtf"])),
    max_size=3,
    unique_by=lambda attribute: attribute.name,
).map(tuple)


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    labels = draw(st.lists(_ids, unique=True, max_size=4))
    kinds = [
        EntityType(name, draw(_names), str(n) if n else "", draw(_colours), draw(_words), draw(_attributes))
        for n, name in enumerate(labels)
    ]
    ends = st.lists(st.sampled_from(["*", *labels]), max_size=2).map(tuple)
    relations = [
        RelationType(
            name,
            draw(_names),
            draw(ends),
            draw(ends),
            draw(st.booleans()),
            "",
            draw(_colours),
            draw(_words),
            draw(_attributes),
        )
        for name in draw(st.lists(_ids, unique=True, max_size=3))
    ]
    return Schema(draw(_ids), tuple(kinds), tuple(relations), draw(st.integers(1, 10**6)))


def test_the_default_schema_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "schema.yaml"
    write_schema(DEFAULT_SCHEMA, path)
    assert read_schema(path) == DEFAULT_SCHEMA
    text = path.read_text("utf-8")
    assert "Cán bộ, lãnh đạo" in text
    assert text.startswith("# Chú Giải")


def test_writing_over_a_file_needs_force(tmp_path: Path) -> None:
    path = tmp_path / "schema.yaml"
    path.write_text("mine")
    with pytest.raises(FormatError):
        write_schema(DEFAULT_SCHEMA, path)
    assert path.read_text() == "mine"
    write_schema(DEFAULT_SCHEMA, path, force=True)
    assert read_schema(path) == DEFAULT_SCHEMA


@settings(max_examples=60, deadline=None)
@given(schemas())
def test_any_schema_comes_back(schema: Schema) -> None:
    assert parse_schema(dump_schema(schema)) == schema


@pytest.mark.parametrize("word", ["NO", "yes", "null", "~", "1", "0x10", "2020-01-01", "1e3", ".5"])
def test_words_that_yaml_would_turn_into_something_else_stay_words(word: str) -> None:
    schema = Schema("x", (EntityType(word, {"en": word}, description=word),))
    assert parse_schema(dump_schema(schema)) == schema
    assert parse_schema(f"id: {word}\nentity_types:\n- name: {word}").entity_types[0].name == word


def test_what_is_left_out_takes_its_usual_value() -> None:
    schema = parse_schema(SMALL)
    assert schema.version == 3
    assert schema.entity_types[0] == EntityType("OFFICIAL", key="1")
    assert parse_schema("id: x").relation_types == ()
    assert parse_schema("id: x\nrelation_types:\n- name: r").relation_types == (RelationType("r"),)


def test_a_byte_order_mark_and_crlf_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read_schema(path) == parse_schema(SMALL)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("key: 1", "kye: 1", "OFFICIAL has an unknown key “kye”"),
        ("id: x/1", "idd: x/1", "unknown key “idd”"),
        ("id: x/1", "id:", "lacks its id"),
        ("name: ORG", "name: POLITICAL ORG", "“POLITICAL ORG”"),
        ("name: ORG", "name: 'A\tB'", "holds a space"),
        ("name: ORG", "name: ''", "entity_types lacks its name"),
        ("name: ORG", "name: '*'", "“*”"),
        ("name: ORG", "name: [ORG]", "name of entity_types is not plain text"),
        ("name: ORG", "name: OFFICIAL", "“OFFICIAL” stands twice among the entity_types"),
        ("key: 2", "key: 1", "“1” stands twice among the keys of entity_types"),
        ("key: 2", "key: 12", "“12” of ORG is not one digit"),
        ("key: 2", "key: x", "“x” of ORG is not one digit"),
        ("key: 2", "colour: red", "“red” of ORG"),
        ("key: 2", "colour: '#12345'", "“#12345” of ORG"),
        ("key: 2", "colour: #E69F00", None),
        ("key: 2", "names: Tổ chức", "names of ORG"),
        ("key: 2", "names: {vi: [a]}", "names of ORG is not plain text"),
        ("key: 2", "attributes: canonical", "attributes of ORG is not a list"),
        ("key: 2", "attributes: [{name: a}, {name: a}]", "“a” stands twice among the attributes of ORG"),
        ("key: 2", "attributes: [{name: a, value: b}]", "unknown key “value”"),
        ("key: 2", "attributes: [{name: a, choices: b}]", "choices of ORG.a is not a list"),
        ("key: 2", "attributes: [{names: {}}]", "attributes of ORG lacks its name"),
        ("version: 3", "version: three", "“three”"),
        ("version: 3", "version: 0", "“0”"),
        ("sources: [OFFICIAL]", "sources: [PERSON]", "works_at names the label “PERSON”"),
        ("targets: [ORG]", "targets: ORG", "targets of works_at is not a list"),
        ("targets: [ORG]", "same_label: perhaps", "same_label of works_at"),
        ("id: x/1", "id: x/1\nid: y/1", "line 2: the key “id”"),
        ("entity_types:\n", "entity_types: &a\n", "line 3: anchors"),
        ("id: x/1", "id: *x", "line 1: anchors"),
        ("id: x/1", "id: [", "not valid YAML"),
        ("id: x/1", "id: x\x00", "not valid YAML"),
        ("id: x/1", "id: " + "[" * 9000 + "]" * 9000, "nested too deep"),
        ("id: x/1", "? [a]\n: b", "line 1: the key “”"),
        ("id: x/1", "id: x/1\n--- \nid: y", "not valid YAML"),
    ],
)
def test_a_slip_is_named(old: str, new: str, named: str | None) -> None:
    text = SMALL.replace(old, new, 1)
    assert text != SMALL
    if named is None:  # an unquoted # begins a comment: the colour is empty, so the usual one
        assert parse_schema(text).entity_types[1].colour == "#888888"
        return
    with pytest.raises(FormatError) as caught:
        parse_schema(text, "my.yaml")
    assert str(caught.value).startswith("my.yaml")
    assert named in str(caught.value)
    assert "\n" not in str(caught.value).rstrip()


@pytest.mark.parametrize("text", ["", "- a", "just words", "# nothing"])
def test_something_else_than_a_schema_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="the schema"):
        parse_schema(text)


def test_a_billion_laughs_are_refused_before_they_grow() -> None:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    with pytest.raises(FormatError, match="aliases"):
        parse_schema("\n".join(lines))


def test_files_that_cannot_be_a_schema_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" * (MAX_BYTES + 1))
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"id: \xff\xfe")
    for path, said in ((huge, "larger"), (binary, "UTF-8"), (tmp_path / "none.yaml", "cannot be read")):
        with pytest.raises(FormatError, match=said):
            read_schema(path)


def test_a_python_tag_makes_nothing() -> None:
    schema = parse_schema("id: !!python/object/apply:os.getcwd x")
    assert schema == replace(Schema("x"), id="x")
