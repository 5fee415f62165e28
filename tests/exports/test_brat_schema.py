"""brat's configuration, written and read as a label schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import chugiai, done

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.schema import ANY, Attribute, EntityType, RelationType, Schema
from exports.brat.conf import annotation_conf, visual_conf
from exports.brat.conf_read import read_conf
from exports.errors import FormatError
from exports.schema_files import read_schema_file

FOREIGN = """\
# from elsewhere
[entities]
!Living-thing
\tPerson
\tAnimal
-----
Place
[relations]
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>
<WHO>=Person|Animal
lives-in\tArg1:<WHO>, Arg2:Place
knows\tArg1:Person, Arg2:Person, <REL-TYPE>:symmetric
near\tArg1:<ENTITY>, Arg2:<ENTITY>
alias\tArg1:Person, Arg2:Person
alias\tArg1:Place, Arg2:Place
[events]
Meet\tWho:Person+
[attributes]
Negation\tArg:<EVENT>
Sure\tArg:Person|Place, Value:yes|no
Old\tArg:<ENTITY>
"""


def conf(folder: Path, annotation: str, visual: str = "") -> Path:
    (folder / "annotation.conf").write_text(annotation, "utf-8")
    if visual:
        (folder / "visual.conf").write_text(visual, "utf-8")
    return folder / "annotation.conf"


def test_what_we_write_is_read_as_the_same_schema(tmp_path: Path) -> None:
    path = conf(tmp_path, annotation_conf(DEFAULT_SCHEMA), visual_conf(DEFAULT_SCHEMA, "vi"))
    assert read_conf(path, DEFAULT_SCHEMA) == DEFAULT_SCHEMA
    alone = read_conf(path)
    for ours, theirs in zip(DEFAULT_SCHEMA.entity_types, alone.entity_types, strict=True):
        assert (theirs.name, theirs.colour.lower()) == (ours.name, ours.colour.lower())
        assert theirs.names["vi"] == ours.names["vi"]
        choices = {one.name for one in ours.attributes if any(value.isascii() for value in one.choices)}
        assert choices <= {one.name for one in theirs.attributes}
    for mine, made in zip(DEFAULT_SCHEMA.relation_types, alone.relation_types, strict=True):
        for source in DEFAULT_SCHEMA.entities_by_name:
            for target in DEFAULT_SCHEMA.entities_by_name:
                assert made.joins(source, target) == mine.joins(source, target), (mine.name, source, target)


def test_relations_of_any_and_of_equal_labels(tmp_path: Path) -> None:
    schema = Schema(
        "s", (EntityType("A"), EntityType("B")), (RelationType("any"), RelationType("same", same_label=True))
    )
    made = read_conf(conf(tmp_path, annotation_conf(schema)))
    assert made.relation_types == schema.relation_types


def test_a_configuration_of_others(tmp_path: Path) -> None:
    visual = (
        "[labels]\nPerson | Người | P\n[drawing]\nPerson\tbgColor:#ff0000, borderColor:darken\nPlace\tbgColor:red\n"
    )
    made = read_schema_file(conf(tmp_path, FOREIGN, visual).parent)
    assert [kind.name for kind in made.entity_types] == ["Person", "Animal", "Place"]
    person, animal, place = made.entity_types
    assert (person.names["vi"], person.colour, place.colour) == ("Người", "#ff0000", "#888888")
    assert person.attributes == (Attribute("Sure", choices=("yes", "no")), Attribute("Old"))
    assert animal.attributes == (Attribute("Old"),)
    lives, knows, near, alias = made.relation_types
    assert (lives.sources, lives.targets) == (("Person", "Animal"), ("Place",))
    assert (knows.sources, knows.targets) == (("Person",), ("Person",))
    assert (near.sources, near.targets) == ((ANY,), (ANY,))
    assert alias.same_label
    assert alias.joins("Place", "Place")
    assert not alias.joins("Place", "Person")
    assert not alias.joins("Animal", "Animal")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Person\n", 1),
        ("[entities]\ntwo words\n", 2),
        ("[entities]\nA\n[relations]\nr\tArg1:A\n", 4),
        ("[entities]\nA\n[relations]\nr\tArg1:A, Arg2:B\n", 4),
        ("[entities]\nA\n[attributes]\nSure\n", 4),
    ],
)
def test_refused_with_the_line(text: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=f"annotation.conf, line {line} "):
        read_conf(conf(tmp_path, text))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[entities]\0", b"#" * (1 << 21)])
def test_what_is_no_configuration(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "annotation.conf").write_bytes(content)
    with pytest.raises(FormatError, match=r"annotation\.conf"):
        read_conf(tmp_path / "annotation.conf")
    with pytest.raises(FormatError, match="cannot be read"):
        read_conf(tmp_path / "none.conf")


def test_macros_that_name_macros_do_not_blow_up(tmp_path: Path) -> None:
    macros = "".join(f"<M{n}>=<M{n - 1}>|<M{n - 1}>\n" for n in range(40, 0, -1))
    with pytest.raises(FormatError):
        read_conf(conf(tmp_path, f"[entities]\nA\n[relations]\n{macros}r\tArg1:<M40>, Arg2:A\n"))


def test_by_command(project: Path, tmp_path: Path) -> None:
    path = conf(tmp_path, FOREIGN)
    done("schema", project, "--import", path)
    said = done("schema", project).out
    assert "Animal" in said
    assert "already" in done("schema", project, "--import", path).out
    done("new", tmp_path / "b.chugiai", "--schema", path)
    assert "lives-in" in done("schema", tmp_path / "b.chugiai").out
    path.write_text("Person\n", "utf-8")
    assert "line 1" in chugiai("schema", project, "--import", path).refusal


@pytest.fixture
def project(tmp_path: Path) -> Path:
    done("new", tmp_path / "a.chugiai")
    return tmp_path / "a.chugiai"
