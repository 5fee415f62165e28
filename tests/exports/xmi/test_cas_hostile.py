"""XMI and CAS JSON from elsewhere: INCEpTION's exports are read, damage and attacks are one sentence."""

from __future__ import annotations

import io
import json
import random
import stat
import tempfile
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus import ImportedRecord
from annotations.report import Entity, Origin, Relation
from exports import document_files
from exports.cas import CasJson, Xmi
from exports.cas.casjson import read_casjson
from exports.cas.document import OTHER_VIEW
from exports.cas.native import NAMED, NO_LENGTH, OTHER_ENDS, OTHER_LAYERS, record
from exports.cas.xmi import read_xmi
from exports.errors import FormatError
from tests.exports.same_labels import one_report

ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
    'xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore" xmlns:custom="http:///webanno/custom.ecore" '
    'xmlns:span="http:///custom.ecore" xmlns:pos="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore" '
    'xmlns:dep="http:///de/tudarmstadt/ukp/dkpro/core/api/syntax/type/dependency.ecore" '
    'xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmi:version="2.0">'
)
SOFA = '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{}"/>'
TAIL = '<cas:View sofa="1" members=""/></xmi:XMI>'
LAN = one_report(
    Entity("a", "OFFICIAL", 4, 8, attributes={"canonical": "Lê Văn A"}, note="x"),
    Entity("b", "TITLE", 10, 16),
    relations=(Relation("r", "holds_title", "a", "b"),),
)


def read(inner: str, text: str = "😀ab&#13;&#10;cd") -> ImportedRecord:
    content = ROOT + SOFA.format(text) + inner + TAIL
    return record(read_xmi(content.encode(), "x.xmi"), "x.xmi", "x", {})


def mark(kind: str, number: int, begin: int, end: int, **features: object) -> str:
    values = "".join(f' {name}="{value}"' for name, value in features.items())
    return f'<{kind} xmi:id="{number}" sofa="1" begin="{begin}" end="{end}"{values}/>'


def test_what_inception_writes() -> None:
    made = read(
        mark("ner:NamedEntity", 2, 0, 2, value="PER", identifier="http://wd/Q1")
        + mark("custom:Role", 3, 2, 4, Kind="chair", chair="no")
        + mark("custom:Only", 4, 6, 8, Value="x")
        + mark("span:Span", 5, 6, 8)
        + mark("custom:Link", 6, 2, 4, Governor=2, Dependent=3, Type="holds")
        + mark("pos:POS", 7, 6, 8, PosValue="N")
        + mark("dep:Dependency", 8, 6, 8, Governor=7, Dependent=7)
        + mark("custom:Role", 9, 4, 4)
        + '<custom:Role xmi:id="10" sofa="2" begin="0" end="900"/>'
        + '<custom:Many xmi:id="11" sofa="1" begin="0" end="2"><value>a</value><value>b</value></custom:Many>'
    )
    assert made.report.text == "😀ab\ncd"
    assert [(one.label, one.surface(made.report.text), dict(one.attributes)) for one in made.entities] == [
        ("PER", "😀", {}),
        ("Role", "ab", {"Kind": "chair", "chair": "no"}),
        ("x", "cd", {}),
        ("Span", "cd", {}),
        ("a;b", "😀", {}),
    ]
    assert made.entities[0].entry == "http://wd/Q1"
    assert made.entities[0].origin is Origin.IMPORTED
    (relation,) = made.relations
    assert (relation.type, relation.source, relation.target) == ("holds", made.entities[0].id, made.entities[1].id)
    assert made.left_out == {NO_LENGTH: 1, OTHER_ENDS: 1, OTHER_LAYERS: 1, OTHER_VIEW: 1}
    assert made.annotator is None


def test_a_project_export_names_documents_and_annotators(tmp_path: Path) -> None:
    content = (ROOT + SOFA.format("ab") + mark("ner:NamedEntity", 2, 0, 1, value="X") + TAIL).encode()
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("TypeSystem.xml", b"<x/>")
        packed.writestr("anna.xmi", content)
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as packed:
        packed.writestr("annotation/b.txt/anna.zip", inner.getvalue())
        packed.writestr("annotation/b.txt/INITIAL_CAS.xmi", content)
        packed.writestr("annotation/c.txt/anna.xmi", content)
        packed.writestr("curation/c.txt/CURATION_USER.xmi", content)
        packed.writestr("exportedproject.json", b"{}")
    assert Xmi().recognises(tmp_path / "p.zip")
    found = [(one.report.name, one.annotator, one.adjudicated) for one in Xmi().read(tmp_path / "p.zip")]
    assert found == [("b.txt", "anna", False), ("c.txt", "anna", False), ("c.txt", None, True)]


def test_a_zip_of_zips_is_recognised(tmp_path: Path) -> None:
    inner = io.BytesIO()
    Xmi().write(LAN, tmp_path / "one.zip")
    inner.write((tmp_path / "one.zip").read_bytes())
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as packed:
        packed.writestr("annotation/b.txt/anna.zip", inner.getvalue())
    assert Xmi().recognises(tmp_path / "p.zip")
    assert not CasJson().recognises(tmp_path / "p.zip")
    (tmp_path / "f").mkdir()
    (tmp_path / "one.zip").rename(tmp_path / "f" / "one.zip")
    assert [one.annotator for one in Xmi().read(tmp_path / "f")] == ["Lan"]


def changed(tmp_path: Path, old: str, new: str) -> ImportedRecord:
    """Our own file, edited as a tool would do it."""
    Xmi().write(LAN, tmp_path / "out")
    file = tmp_path / "out" / "a.xmi"
    content = file.read_text("utf-8")
    assert old in content
    file.write_text(content.replace(old, new), "utf-8")
    (made,) = Xmi().read(file)
    return made


def test_what_was_changed_elsewhere_holds(tmp_path: Path) -> None:
    made = changed(tmp_path, 'canonical="Lê Văn A" note="x"', 'canonical="Khác"')
    assert (made.entities[0].id, made.entities[0].attributes, made.entities[0].note) == (
        "a",
        {"canonical": "Khác"},
        None,
    )


def test_a_span_that_was_moved_leaves_no_ghost(tmp_path: Path) -> None:
    made = changed(tmp_path, 'begin="4" end="8" label="OFFICIAL"', 'begin="0" end="8" label="OFFICIAL"')
    assert [(one.start, one.end) for one in made.entities] == [(0, 8), (10, 16)]
    assert made.left_out == {NAMED: 1}
    assert made.relations[0].source == "a"


def test_a_doubled_label_gets_an_id_of_its_own() -> None:
    chugiai = "{&quot;id&quot;: &quot;a&quot;}"
    made = read("".join(mark("span:Span", n, 0, 2, label="X", chugiai=chugiai) for n in (2, 3)))
    assert made.entities[0].id == "a"
    assert made.entities[1].id != "a"


@pytest.mark.parametrize(
    "chugiai", ["{", "[]", "5", "[" * 5000, "{&quot;attributes&quot;: 5, &quot;exact&quot;: 7}", "NaN"]
)
def test_damaged_extras_are_no_extras(chugiai: str) -> None:
    made = read(
        mark("span:Span", 2, 0, 2, label="X", chugiai=chugiai) + mark("span:ReportInfo", 3, 0, 2, chugiai=chugiai)
    )
    assert [one.label for one in made.entities] == ["X"]
    assert made.report.name == "x"


BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ROOT.replace("?>", "?>" + BILLION, 1) + SOFA.format("&b;") + TAIL, "document type"),
        (ROOT.replace("?>", "?>" + EXTERNAL, 1) + SOFA.format("&a;") + TAIL, "document type"),
        (ROOT.replace("?>", '?><!DOCTYPE x SYSTEM "http://localhost/x.dtd">', 1) + TAIL, "document type"),
        ("", "no element found"),
        ("<a/>", "no XMI"),
        (ROOT + TAIL, "no text"),
        (ROOT + SOFA.format("ab"), "no element found"),
        (ROOT + SOFA.format("a\0b") + TAIL, "invalid token"),
        (ROOT + SOFA.format("a&#0;b") + TAIL, "invalid character"),
        (ROOT + SOFA.format("a&#xD800;b") + TAIL, "invalid character"),
        (ROOT + SOFA.format("&unknown;") + TAIL, "undefined entity"),
        (ROOT.replace("UTF-8", "klingon") + TAIL, "encoding"),
        (ROOT + "<a>" * 100_000, "no element found"),
    ],
)
def test_xml_that_is_refused(content: str, words: str) -> None:
    with pytest.raises(FormatError, match=words) as caught:
        read_xmi(content.encode(), "x.xmi")
    assert str(caught.value).startswith("x.xmi")


@pytest.mark.parametrize(
    ("begin", "end"),
    [("0", "9"), ("-1", "2"), ("3", "2"), ("1", "3"), ("0", "1"), ("x", "2"), ("", "2"), ("0", "9" * 5000), ("²", "3")],
)
def test_offsets_that_do_not_fit_are_refused_with_line_and_id(begin: str, end: str) -> None:
    inner = f'\n<span:Span xmi:id="7" sofa="1" begin="{begin}" end="{end}"/>'
    with pytest.raises(FormatError, match=r"x.xmi, line 2, annotation 7 \(Span\)"):
        read(inner)


def test_a_relation_to_nothing_is_counted() -> None:
    made = read(
        mark("span:Span", 2, 0, 2, label="X") + mark("span:Relation", 3, 0, 2, Governor=2, Dependent=99, label="r")
    )
    assert (made.relations, made.left_out) == ((), {OTHER_ENDS: 1})


def cas(structures: Any, **more: object) -> bytes:
    return json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": structures, "%VIEWS": {}, **more}).encode()


JSON_SOFA = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": "😀ab"}
JSON_SPAN = {"%ID": 2, "%TYPE": "custom.Span", "@sofa": 1, "begin": 0, "end": 2, "label": "X"}


def test_structures_by_id_are_read_too() -> None:
    plain = {name: value for name, value in JSON_SPAN.items() if name != "%ID"}
    made = record(read_casjson(cas({"1": JSON_SOFA, "2": plain}), "x"), "x", "x", {"annotator": "anna"})
    assert [(one.label, one.start, one.end) for one in made.entities] == [("X", 0, 1)]
    assert made.annotator == "anna"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "cannot be read"),
        (b"[]", "%FEATURE_STRUCTURES"),
        (b"\xff", "cannot be read"),
        (b'{"%FEATURE_STRUCTURES": ' + b"[" * 10_000, "nested too deeply"),
        (b'{"%FEATURE_STRUCTURES": [' + b'{"x":' * 10_000, "nested too deeply"),
        (cas([5]), "%TYPE"),
        (cas([JSON_SPAN]), "no text"),
        (cas([JSON_SOFA | {"sofaString": "a\0b"}]), "NUL"),
        (cas([JSON_SOFA | {"sofaString": "a\ud800"}]), "surrogate"),
        (cas([JSON_SOFA, JSON_SPAN | {"end": 1}]), "annotation 2"),
        (cas([JSON_SOFA, JSON_SPAN | {"end": 5}]), "annotation 2"),
        (cas([JSON_SOFA, JSON_SPAN | {"end": None}]), "annotation 2"),
        (cas([JSON_SOFA, JSON_SPAN | {"end": True}]), "annotation 2"),
        (cas([JSON_SOFA, JSON_SPAN | {"chugiai": '{"id": "\\ud800"}'}]), "surrogate"),
        (b'{"%FEATURE_STRUCTURES": [{"%ID": NaN}]}', "JSON number"),
    ],
)
def test_json_that_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words) as caught:
        record(read_casjson(content, "x.json"), "x.json", "x", {})
    assert str(caught.value).startswith("x.json")


def zipped(tmp_path: Path, name: str, content: bytes = b"x", mode: int = 0) -> Path:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(info, content)
    return tmp_path / "x.zip"


@pytest.mark.parametrize("name", ["../a.xmi", "/a.xmi", "a/../../b.xmi", "C:/a.xmi", "..\\a.xmi", "a.zip/../../x.xmi"])
def test_a_zip_that_points_out_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatError, match="points out"):
        list(Xmi().read(zipped(tmp_path, name)))


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="link"):
        list(Xmi().read(zipped(tmp_path, "a.xmi", b"/etc/passwd", stat.S_IFLNK)))


def test_a_zip_within_a_zip_is_checked_too(tmp_path: Path) -> None:
    inner = zipped(tmp_path, "../a.xmi").read_bytes()
    with pytest.raises(FormatError, match="points out"):
        list(Xmi().read(zipped(tmp_path, "a.zip", inner)))
    with pytest.raises(FormatError, match="damaged"):
        list(Xmi().read(zipped(tmp_path, "a.zip", b"PK no zip")))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zipped(tmp_path, "a.xmi", b" " * (document_files.FILE_LIMIT + 1))
    for _ in range(2):
        tracemalloc.start()
        with pytest.raises(FormatError, match="larger than"):
            list(Xmi().read(bomb))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 4 * document_files.FILE_LIMIT
        bomb = zipped(tmp_path, "a.zip", bomb.read_bytes())


def test_a_file_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    for format, name in ((Xmi, "a.xmi"), (CasJson, "a.json")):
        with (tmp_path / name).open("wb") as file:
            file.truncate(1 << 30)
        with pytest.raises(FormatError, match="larger than"):
            list(format().read(tmp_path / name))
        assert not format().recognises(tmp_path / name)
        assert not format().recognises(tmp_path)


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped(tmp_path, "a.xmi").read_bytes())
    for start in (content.index(b"PK\3\4") + 6, content.index(b"PK\1\2") + 8):
        content[start] |= 1
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(FormatError, match="password"):
        list(Xmi().read(tmp_path / "x.zip"))
    assert not Xmi().recognises(tmp_path / "x.zip")


def test_a_zip_of_another_packing_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_BZIP2) as packed:
        packed.writestr("a.xmi", ROOT)
    with pytest.raises(FormatError, match="unusual"):
        list(Xmi().read(tmp_path / "x.zip"))
    assert not Xmi().recognises(tmp_path / "x.zip")


def test_many_values_of_a_feature_take_no_more_than_their_length() -> None:
    made = read('<span:Span xmi:id="7" sofa="1" begin="0" end="2">' + "<label>a</label>" * 300_000 + "</span:Span>")
    assert len(made.entities[0].label) == 599_999


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_mutated_zips_are_read_or_refused(zips: list[bytes], seed: int, cuts: int) -> None:
    source = random.Random(seed)
    content = bytearray(zips[seed % len(zips)])
    for _ in range(cuts):
        at = source.randrange(len(content))
        content[at : at + source.choice((0, 1, 1, 4))] = bytes(
            source.randrange(256) for _ in range(source.choice((0, 1, 4)))
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "x.zip")
        file.write_bytes(content)
        Xmi().recognises(file)
        with suppress(FormatError):
            list(Xmi().read(file))


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("zips")
    Xmi().write(LAN, folder / "a.zip")
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as packed:
        packed.writestr("annotation/b/anna.zip", (folder / "a.zip").read_bytes())
    return [(folder / "a.zip").read_bytes(), outer.getvalue()]


def test_what_is_not_there(tmp_path: Path) -> None:
    for format in (Xmi(), CasJson()):
        assert not format.recognises(tmp_path / "none")
        assert not format.recognises(tmp_path)
        with pytest.raises(FormatError, match="could not be read"):
            list(format.read(tmp_path / "none"))


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 2**32), st.integers(1, 8), st.sampled_from([Xmi, CasJson]))
def test_mutated_files_are_read_or_refused(mutated: dict[Any, bytes], seed: int, cuts: int, format: Any) -> None:
    source = random.Random(seed)
    content = bytearray(mutated[format])
    for _ in range(cuts):
        at = source.randrange(len(content))
        content[at : at + source.choice((0, 1, 1, 20))] = source.choice(
            (b"", b"\0", b"<", b'"', b"-1", b"[", b"\xff", b"&#0;", b"99999")
        )
    reader = read_xmi if format is Xmi else read_casjson
    with suppress(FormatError):
        record(reader(bytes(content), "x"), "x", "x", {})


@pytest.fixture(scope="module")
def mutated(tmp_path_factory: pytest.TempPathFactory) -> dict[Any, bytes]:
    folder = tmp_path_factory.mktemp("cas")
    made = {}
    for format, name in ((Xmi, "a.xmi"), (CasJson, "a.json")):
        format().write(LAN, folder / format.key)
        made[format] = (folder / format.key / name).read_bytes()
    return made
