"""brat standoff as others write it: what is taken, what is counted, what is refused and where."""

from __future__ import annotations

import stat
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus import ImportedRecord
from annotations.report import Entity, Origin, Relation
from exports.brat import Brat, collection
from exports.errors import FormatError

TEXT = "Ông Lê A, Bí thư"
T1 = "T1\tOFFICIAL 4 8\tLê A\n"
T2 = "T2\tTITLE 10 16\tBí thư\n"


def read(tmp_path: Path, ann: str | bytes, text: str | bytes = TEXT) -> ImportedRecord:
    (tmp_path / "x.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "x.ann").write_bytes(ann if isinstance(ann, bytes) else ann.encode())
    (made,) = Brat().read(tmp_path)
    return made


def imported(name: str, label: str, start: int, end: int, **rest: object) -> Entity:
    return Entity(name, label, start, end, origin=Origin.IMPORTED, **rest)  # type: ignore[arg-type]


def test_a_foreign_pair(tmp_path: Path) -> None:
    made = read(tmp_path, T1 + T2 + "R1\tholds_title Arg1:T1 Arg2:T2\t\n")
    assert made.entities == (imported("T1", "OFFICIAL", 4, 8), imported("T2", "TITLE", 10, 16))
    assert made.relations == (Relation("R1", "holds_title", "T1", "T2", origin=Origin.IMPORTED),)
    assert (made.report.name, made.place, made.annotator, made.has_labels) == ("x.txt", "x.ann", None, True)


@pytest.mark.parametrize("relation", ["R1\tt Arg1:T1 Arg2:T2", "R1\tt Arg1:T1 Arg2:T2 ", "R1\tt From:T1 To:T2\t"])
def test_relations_with_and_without_the_last_tab(tmp_path: Path, relation: str) -> None:
    assert read(tmp_path, f"{relation}\n{T1}{T2}").relations[0].target == "T2"


def test_attributes_modifications_notes_and_references(tmp_path: Path) -> None:
    ann = (
        T1 + "A1\tsystem T1 party\nA3\tsystem T1 state\nM7\tNegation T1\nN1\tReference T1 Wiki:12\tLê A\n"
        "#1\tAnnotatorNotes T1\tđúng\n#2\tAnnotatorNotes T1\tthật\n"
    )
    (entity,) = read(tmp_path, ann).entities
    assert entity.attributes == {"system": "party;state", "Negation": "true"}
    assert entity.note == "đúng\nthật"
    assert entity.metadata == {"reference": ["Wiki:12 Lê A"]}


def test_what_we_cannot_take_is_counted(tmp_path: Path) -> None:
    ann = (
        T1
        + T2
        + (
            "E1\tTITLE:T2 Who:T1\nE2\tTITLE:T2\n*\tEquiv T1 T2\n*\tEquiv T1 T2\nA1\tNegation E1\n"
            "R1\tt Arg1:E1 Arg2:T1\n#1\tAnnotatorNotes E1\tx\n#2\tAnnotationError T1\tx\n"
        )
    )
    assert read(tmp_path, ann).left_out == {
        "attributes, notes and relations of events": 3,
        "comments of other kinds": 1,
        "equivalences": 2,
        "events": 2,
    }


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("T3 ORG 0 3\tÔng", "line 2 is not brat"),
        ("T3\tORG 0 x\tÔng", "line 2 is not brat"),
        ("T3\tORG 0  3\tÔng", "line 2 is not brat"),
        ("T3\tORG\tÔng", "line 2 is not brat"),
        ("T1\tORG 0 3\tÔng", "line 2 is not brat standoff, or its id stands twice"),
        ("R1\tt Arg1:T1", "line 2 is not brat"),
        ("A1\tx", "line 2 is not brat"),
        ("N1\tx", "line 2 is not brat"),
        ("X1\tx", "line 2 is not brat"),
        ("words", "line 2 is not brat"),
        ("T3\tORG 0 17\tÔng", "line 2: the offsets lie outside"),
        ("T3\tORG 3 3\t", "line 2: the offsets lie outside"),
        ("T3\tORG 0 9999999999\tÔng", "line 2: the offsets lie outside"),
        ("T3\tORG 0 3;3 5\tÔng  L", "touch each other"),
        ("T3\tORG 0 5;3 6\tÔng  L", "touch each other"),
        ("T3\tORG 0 3\tông", "line 2: the text is “ông”, but the offsets cover “Ông”"),
        ("R1\tt Arg1:T1 Arg2:T9", "line 2: the relation joins T9"),
        ("R1\tt Arg1:T9 Arg2:T1", "line 2: the relation joins T9"),
        ("#1\tChuGiai T1\tx", "line 2: the ChuGiai note"),
        ("#1\tChuGiai T1\t[]", "line 2: the ChuGiai note"),
        ('#1\tChuGiai T1\t{"origin": "x"}', "line 2: the ChuGiai note"),
        ('#1\tChuGiai T1\t{"confidence": 2}', "line 2: the ChuGiai note"),
        ('#1\tChuGiai T1\t{"attributes": 2}', "line 2: the ChuGiai note"),
        ("#1\tChuGiai T1\t" + "[" * 100_000, "line 2: the ChuGiai note"),
    ],
)
def test_refused_with_file_and_line(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, T1 + line + "\n")
    assert str(caught.value).startswith("x.ann, line 2")
    assert words in f"x.ann, {caught.value}"


def test_fragments_may_stand_in_any_order(tmp_path: Path) -> None:
    (entity,) = read(tmp_path, "T1\tORG 4 6;0 3\tLê Ông\n").entities
    assert entity.fragments == ((0, 3), (4, 6))


def test_a_missing_text_column_is_filled(tmp_path: Path) -> None:
    assert read(tmp_path, "T1\tORG 0 3\nT2\tORG 4 6\t\n").entities[1].surface(TEXT) == "Lê"


def test_a_line_break_may_stand_as_a_space(tmp_path: Path) -> None:
    assert read(tmp_path, "T1\tORG 0 3\ta b\n", "a\nb").entities[0].end == 3


def test_crlf_counts_as_one(tmp_path: Path) -> None:
    made = read(tmp_path, "T1\tORG 2 3\tb\r\n", "a\r\nb\rc")
    assert made.report.text == "a\nb\nc"
    assert made.entities[0].start == 2


@pytest.mark.parametrize(("ann", "text"), [("T1\tORG 1 2\ta\n", "\ufeffab"), ("T1\tORG 0 1\ta\n", "ab"), ("", "ab")])
def test_a_byte_order_mark_is_counted_by_brat_and_not_by_others(tmp_path: Path, ann: str, text: str) -> None:
    made = read(tmp_path, "\ufeff" + ann, "\ufeffab")
    assert made.report.text == text
    assert all(entity.surface(text) == "a" for entity in made.entities)


@pytest.mark.parametrize(
    ("name", "content"), [("x.txt", b"\xff"), ("x.ann", b"\xff"), ("x.txt", b"a\0"), ("x.ann", b"\0")]
)
def test_refused_bytes(tmp_path: Path, name: str, content: bytes) -> None:
    both = {"x.txt": TEXT.encode(), "x.ann": T1.encode(), name: content}
    with pytest.raises(FormatError, match=f"{name} (is not UTF-8|holds a NUL)"):
        read(tmp_path, both["x.ann"], both["x.txt"])


def test_new_entities_do_not_take_a_kept_id(tmp_path: Path) -> None:
    made = read(tmp_path, T1 + T2 + '#1\tChuGiai T1\t{"id": "T2"}\nR1\tt Arg1:T1 Arg2:T2\n')
    first, second = made.entities
    assert first.id == "T2"
    assert second.id not in ("T1", "T2")
    assert (made.relations[0].source, made.relations[0].target) == (first.id, second.id)


def test_one_id_in_two_notes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="two ChuGiai notes"):
        read(tmp_path, T1 + T2 + '#1\tChuGiai T1\t{"id": "a"}\n#2\tChuGiai T2\t{"id": "a"}\n')


def test_a_text_alone_comes_without_labels(tmp_path: Path) -> None:
    read(tmp_path, T1)
    (tmp_path / "y.txt").write_text("y", "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.txt").write_text("z", "utf-8")
    (tmp_path / ".hidden.txt").write_text("z", "utf-8")
    assert [(one.report.name, one.has_labels) for one in Brat().read(tmp_path)] == [
        ("sub/x.txt", False),
        ("x.txt", True),
        ("y.txt", False),
    ]


def test_labels_without_their_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.ann").write_text(T1, "utf-8")
    with pytest.raises(FormatError, match=r"x\.ann has no x\.txt"):
        list(Brat().read(tmp_path))


def test_one_pair_by_its_ann(tmp_path: Path) -> None:
    read(tmp_path, T1)
    (tmp_path / "y.txt").write_text("y", "utf-8")
    (made,) = Brat().read(tmp_path / "x.ann")
    assert len(made.entities) == 1


@pytest.mark.parametrize("line", ["x", "[]", '{"file": 5}', '{"file": "x", "id": 5}', '{"file": "x", "status": "y"}'])
def test_a_damaged_sidecar_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "reports.jsonl").write_text("\n" + line, "utf-8")
    with pytest.raises(FormatError, match=r"reports\.jsonl, line 2"):
        read(tmp_path, T1)


def zipped(tmp_path: Path, **files: bytes) -> Path:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {"d/x.txt": TEXT.encode(), "d/x.ann": T1.encode(), **files}.items():
            packed.writestr(name, content)
    return path


def test_a_zip_made_by_others(tmp_path: Path) -> None:
    path = zipped(tmp_path, **{"__MACOSX/d/._x.ann": b"\xff", "d/": b""})
    assert Brat().recognises(path)
    (made,) = Brat().read(path)
    assert (made.report.name, len(made.entities)) == ("d/x.txt", 1)


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "d/../../x.txt", "c:/x.txt", "d\\x.txt"])
def test_names_that_point_out_of_the_zip_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatError, match="points out of it"):
        list(Brat().read(zipped(tmp_path, **{name: b"x"})))


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path)
    link = zipfile.ZipInfo("d/y.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(link, "/etc/passwd")
    with pytest.raises(FormatError, match="is a link"):
        list(Brat().read(path))


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path, **{"d/y.txt": b" " * 3_000_000})
    monkeypatch.setattr(collection, "FILE_LIMIT", 1 << 20)
    with pytest.raises(FormatError, match=r"y\.txt is larger than 1 MB"):
        list(Brat().read(path))
    monkeypatch.setattr(collection, "TOTAL_LIMIT", 1 << 20)
    with pytest.raises(FormatError, match="unpacks to more than"):
        list(Brat().read(path))


def test_a_large_file_in_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "FILE_LIMIT", 10)
    with pytest.raises(FormatError, match="is larger than"):
        read(tmp_path, T1)


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path)
    content = bytearray(path.read_bytes())
    content[40:50] = b"\0" * 10
    path.write_bytes(content)
    with pytest.raises(FormatError, match="damaged"):
        list(Brat().read(path))
    path.write_bytes(b"PK")
    with pytest.raises(FormatError, match="no zip"):
        list(Brat().read(path))
    with pytest.raises(FormatError, match="could not be read"):
        list(Brat().read(tmp_path / "none.zip"))


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_zip_with_a_wrong_byte_is_read_or_refused(place: int, change: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = zipped(Path(folder))
        content = bytearray(path.read_bytes())
        content[place % len(content)] ^= change
        path.write_bytes(content)
        with suppress(FormatError):
            list(Brat().read(path))
        Brat().recognises(path)


def test_what_is_recognised(tmp_path: Path) -> None:
    assert not Brat().recognises(tmp_path)
    (tmp_path / "x.ann").write_text(T1, "utf-8")
    assert not Brat().recognises(tmp_path)
    assert not Brat().recognises(tmp_path / "x.ann")
    read(tmp_path, T1)
    assert Brat().recognises(tmp_path)
    assert Brat().recognises(tmp_path / "x.ann")
    assert not Brat().recognises(tmp_path / "x.txt")
    assert not Brat().recognises(tmp_path / "none")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr("x.txt", "x")
    assert not Brat().recognises(tmp_path / "b.zip")
