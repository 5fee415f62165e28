"""Each kind of damage, made with raw SQL on a closed project: told in one sentence, and mended where nothing is lost."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from labelled_projects import companions, content, labelled_project, run_sql

from model.check import check
from model.damage import Damage, Finding
from model.errors import ProjectError
from model.repair import repair


@dataclass(frozen=True)
class Case:
    """Damage made by ``statements``; ``said`` is the beginning of each finding. ``same``: mending restores everything."""

    name: str
    statements: tuple[str, ...]
    kind: Damage
    said: tuple[str, ...]
    mendable: bool = True
    same: bool = True

    def __str__(self) -> str:
        return self.name


SPAN, ENDS, LABEL = Damage.SPAN_OUTSIDE_TEXT, Damage.RELATION_WITHOUT_END, Damage.UNKNOWN_LABEL
DOUBLE, INDEX, MISSING = Damage.DUPLICATE_ID, Damage.BROKEN_INDEX, Damage.MISSING_ROW
VALUE = Damage.UNREADABLE_VALUE
POSTS = ("report-0.txt: the entity post of lan", "report-0.txt: the entity post of minh")
BOTH = ("report-0.txt: the relation holds of lan", "report-0.txt: the relation holds of minh")
RELATION = "set_id,relation_id,label_id,source_id,target_id,origin,version,created_by,touched_by"
SEARCH = ("The search index does not match the texts.",)

MENDABLE = (
    Case("a hidden end", ("UPDATE entity SET removed_by=3 WHERE id=2",), ENDS, BOTH[:1]),
    Case("a deleted end", ("DELETE FROM entity WHERE id=2",), ENDS, BOTH[:1], same=False),
    Case("a hidden label", ("UPDATE label SET removed_by=1 WHERE name='TITLE'",), LABEL, POSTS),
    Case("a deleted label", ("DELETE FROM label WHERE name='TITLE'",), LABEL, POSTS),
    Case("a hidden relation type", ("UPDATE label SET removed_by=1 WHERE name='holds_title'",), LABEL, BOTH),
    Case("a deleted relation type", ("DELETE FROM label WHERE name='holds_title'",), LABEL, BOTH),
    Case(
        "a wrong length",
        ("UPDATE report_text SET length=50 WHERE id=1",),
        Damage.TEXT_CHANGED,
        ("report-0.txt: the text has 95 characters, but 50 are written down.",),
    ),
    Case("a text missing from the search index", ("DELETE FROM search_docsize WHERE id=1",), INDEX, SEARCH),
    *(
        Case(f"{change} search_{shadow}", (f"{change} search_{shadow}",), INDEX, SEARCH)
        for shadow in ("data", "idx", "docsize", "config")
        for change in ("DELETE FROM", "DROP TABLE")
    ),
    Case("no search index", ("DROP TABLE search",), INDEX, SEARCH),
    Case("a dropped index", ("DROP INDEX ix_report_date",), INDEX, ("The index ix_report_date is missing.",)),
    Case(
        "an action gone",
        ("DELETE FROM action WHERE id=4",),
        MISSING,
        ("3 references lead to rows of the table action",),
    ),
    Case("no history", ("DELETE FROM action",), MISSING, ("95 references lead to rows of the table action",)),
)
STAYS = (
    Case("a span nowhere", ('UPDATE entity SET start=400, "end"=500 WHERE id=2',), SPAN, POSTS[:1]),
    Case("an empty span", ('UPDATE entity SET "end"=start WHERE id=2',), SPAN, POSTS[:1]),
    Case("a span before the text", ("UPDATE entity SET start=-3 WHERE id=2",), SPAN, POSTS[:1]),
    Case(
        "pieces outside their span",
        ("UPDATE entity SET fragments='[[0, 900]]' WHERE entity_id='pieces' AND set_id=2",),
        SPAN,
        ("report-1.txt: the pieces of the entity pieces of lan",),
    ),
    Case(
        "unreadable pieces",
        ("UPDATE entity SET fragments='[[0,' WHERE entity_id='pieces' AND set_id=2",),
        SPAN,
        ("report-1.txt: the pieces of the entity pieces of lan",),
    ),
    Case(
        "a forbidden relation",
        ("UPDATE entity SET label_id=(SELECT id FROM label WHERE name='DATE') WHERE id=2",),
        Damage.FORBIDDEN_RELATION,
        ("report-0.txt: the relation holds of lan goes from OFFICIAL to DATE",),
    ),
    Case(
        "another text",
        ("UPDATE report_text SET content=replace(content, 'Sáng', 'Tối ') WHERE id=1",),
        Damage.TEXT_CHANGED,
        ("report-0.txt: the text is not the one that was imported",),
    ),
    Case(
        "no text",
        ("DELETE FROM report_text WHERE id=1",),
        Damage.REPORT_WITHOUT_TEXT,
        ("report-0.txt: the report id-report-0.txt has lost its text.",),
    ),
    Case(
        "labels on another report's text",
        ("UPDATE annotation_set SET text_id=2 WHERE id=1",),
        MISSING,
        ("report-0.txt: the labels of lan belong to a text",),
    ),
    Case(
        "unreadable attributes",
        ("UPDATE entity SET attributes='{\"a' WHERE id=2",),
        VALUE,
        ("report-0.txt, post: the attributes of the entity cannot be read.",),
    ),
    Case(
        "a list of attributes",
        ("UPDATE relation SET attributes='[1]' WHERE id=1",),
        VALUE,
        ("report-0.txt, holds: the attributes of the relation cannot be read.",),
    ),
    Case(
        "an origin that there is not",
        ("UPDATE entity SET origin='dream' WHERE id=2",),
        VALUE,
        ("report-0.txt, post: the origin of the entity cannot be read.",),
    ),
    Case(
        "a status that there is not",
        ("UPDATE annotation_set SET status='half' WHERE id=1",),
        VALUE,
        ("report-0.txt: the status of the annotation set cannot be read.",),
    ),
    Case(
        "unreadable metadata",
        ("UPDATE report SET metadata='{' WHERE id=1",),
        VALUE,
        ("report-0.txt: the metadata of the report cannot be read.",),
    ),
    Case(
        "an unreadable label",
        ("UPDATE label SET definition='{' WHERE name='DATE'",),
        VALUE,
        ("DATE: the definition of the label cannot be read.",),
    ),
    Case("no report", ("DELETE FROM report WHERE id=1",), MISSING, ("8 references lead to rows of the table report",)),
    Case(
        "no annotation set",
        ("DELETE FROM annotation_set WHERE id=1",),
        MISSING,
        ("4 references lead to rows of the table annotation_set",),
    ),
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project without damage."""
    return labelled_project(tmp_path_factory.mktemp("sound") / "project.chugiai")


def damaged(sound: Path, folder: Path, *statements: str) -> Path:
    """A copy of the sound project, with damage."""
    path = Path(shutil.copy(sound, folder / "project.chugiai"))
    run_sql(path, *statements)
    return path


def assert_told(findings: tuple[Finding, ...], case: Case) -> None:
    """The findings are just what the case says."""
    assert [finding.kind for finding in findings] == [case.kind] * len(case.said), [
        str(finding) for finding in findings
    ]
    for finding, said in zip(findings, case.said, strict=True):
        assert str(finding).startswith(said)
        assert finding.is_damage


def test_a_sound_project_is_found_sound_and_left_alone(sound: Path, tmp_path: Path) -> None:
    path = damaged(sound, tmp_path)
    assert check(path) == ()
    before = path.read_bytes()
    assert repair(path) == (None, ())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("case", MENDABLE, ids=str)
def test_what_can_be_mended_is_told_and_mended(sound: Path, tmp_path: Path, case: Case) -> None:
    path = damaged(sound, tmp_path, *case.statements)
    found = check(path)
    assert_told(found, case)
    saved, findings = repair(path)
    assert saved is not None
    assert [str(finding) for finding in check(saved)] == [str(finding) for finding in found]
    assert [str(finding) for finding in findings if not finding.repaired] == []
    assert check(path) == ()
    assert (content(path) == content(sound)) == case.same
    assert companions(path) == []


@pytest.mark.parametrize("case", STAYS, ids=str)
def test_what_cannot_be_mended_is_told_and_left_alone(sound: Path, tmp_path: Path, case: Case) -> None:
    path = damaged(sound, tmp_path, *case.statements)
    found = check(path)
    assert_told(found, case)
    before = path.read_bytes()
    assert repair(path) == (None, found)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_span_over_the_end_is_cut_and_everything_else_stays(sound: Path, tmp_path: Path) -> None:
    path = damaged(sound, tmp_path, 'UPDATE entity SET "end"=500 WHERE id=2')
    (found,) = check(path)
    assert str(found) == "report-0.txt: the entity post of lan runs over the end of the text (62–500 of 95)."
    repair(path)
    assert not [finding for finding in check(path) if finding.is_damage]
    run_sql(path, 'UPDATE entity SET "end"=76, version=1 WHERE id=2')
    assert content(path) == content(sound)


def test_pieces_over_the_end_are_cut_one_by_one(sound: Path, tmp_path: Path) -> None:
    path = damaged(
        sound,
        tmp_path,
        "UPDATE entity SET \"end\"=500, fragments='[[13, 16], [27, 500]]' WHERE entity_id='pieces' AND set_id=2",
    )
    repair(path)
    _, reports = content(path)
    (pieces,) = (entity for entity in reports[1].sets[0].entities if entity.id == "pieces")
    assert pieces.fragments == ((13, 16), (27, 100))
    assert not [finding for finding in check(path) if finding.is_damage]


@pytest.mark.parametrize(
    ("table", "index", "statement", "said"),
    [
        (
            "entity",
            "uq_entity_set_id_entity_id",
            "UPDATE entity SET entity_id='officer' WHERE id=3",
            "the id officer of lan",
        ),
        (
            "relation",
            "uq_relation_set_id_relation_id",
            f"INSERT INTO relation ({RELATION}) SELECT {RELATION} FROM relation WHERE id=1",
            "the id holds of lan",
        ),
        ("report", "uq_report_report_id", "UPDATE report SET report_id='same'", "the report id same stands on two"),
        ("report", "uq_report_name", "UPDATE report SET name='same.txt'", "The name same.txt stands on two reports"),
    ],
)
def test_doubled_ids_get_new_ones(
    sound: Path, tmp_path: Path, table: str, index: str, statement: str, said: str
) -> None:
    path = damaged(sound, tmp_path, f"DROP INDEX {index}", statement)
    doubled, missing = check(path)
    assert (doubled.kind, missing.kind) == (DOUBLE, INDEX)
    assert said in str(doubled)
    _, findings = repair(path)
    assert all(finding.repaired for finding in findings)
    assert check(path) == ()
    _, reports = content(path)
    ids = [{entity.id for entity in labels.entities} for report in reports for labels in report.sets]
    assert sorted(map(len, ids)) == [1, 1, 3, 3]


def test_an_index_out_of_step_is_made_again(sound: Path, tmp_path: Path) -> None:
    path = damaged(
        sound,
        tmp_path,
        "PRAGMA writable_schema=ON",
        "CREATE TABLE kept AS SELECT * FROM sqlite_master WHERE name='ix_report_title'",
        "DELETE FROM sqlite_master WHERE name='ix_report_title'",
    )
    run_sql(path, "UPDATE report SET title='another' WHERE id=1")
    run_sql(path, "PRAGMA writable_schema=ON", "INSERT INTO sqlite_master SELECT * FROM kept")
    run_sql(path, "DROP TABLE kept")
    (found,) = check(path)
    assert str(found) == "The index ix_report_title does not match its table (1 places)."
    repair(path)
    assert check(path) == ()


def test_an_annotator_who_is_gone_gets_a_name_again(sound: Path, tmp_path: Path) -> None:
    path = damaged(sound, tmp_path, "DELETE FROM annotator WHERE name='lan'")
    (found,) = check(path)
    assert found.kind is MISSING
    repair(path)
    assert check(path) == ()
    _, reports = content(path)
    assert {labels.annotator for report in reports for labels in report.sets} == {"annotator 1", "minh"}


@pytest.mark.parametrize("case", [*MENDABLE, *STAYS], ids=str)
def test_whoever_reads_damage_hears_of_it_in_a_sentence(sound: Path, tmp_path: Path, case: Case) -> None:
    from annotations.notices import notices
    from model.project import Project
    from model.queries.corpus import EVERYTHING, corpus
    from model.queries.reports import page_of_reports
    from model.queries.search import search
    from model.workspace import Workspace

    with Project.open(damaged(sound, tmp_path, *case.statements)) as project:

        def window() -> None:
            workspace = Workspace(project, "lan")
            with project.reading() as connection:
                page_of_reports(connection, "lan")
            report = workspace.report("id-report-0.txt")
            found = workspace.annotation_set("id-report-0.txt")
            if report is not None and found is not None:
                notices(report.text, found.entities, workspace.schema)

        def find() -> None:
            with project.reading() as connection:
                search(connection, "tinh uy")

        said = []
        for reader in (window, find, lambda: list(corpus(project, EVERYTHING))):
            try:
                reader()
            except ProjectError as error:
                said.append(str(error))
    assert all(re.search("chugiai check|restore a backup", sentence) for sentence in said), said


@pytest.mark.parametrize("column", ["attributes='{'", "origin='dream'", "label_id=999"])
def test_labels_that_cannot_be_read_name_the_repair(sound: Path, tmp_path: Path, column: str) -> None:
    from model.project import Project
    from model.queries.corpus import EVERYTHING, corpus
    from model.workspace import Workspace

    with Project.open(damaged(sound, tmp_path, f"UPDATE entity SET {column} WHERE id=2")) as project:
        with pytest.raises(ProjectError, match="chugiai check PROJECT --repair"):
            list(corpus(project, EVERYTHING))
        with pytest.raises(ProjectError, match="chugiai check PROJECT --repair"):
            Workspace(project, "lan").annotation_set("id-report-0.txt")


def test_damaged_pages_are_told_and_left_alone(sound: Path, tmp_path: Path) -> None:
    path = damaged(sound, tmp_path)
    whole = bytearray(path.read_bytes())
    whole[-8192:-4096] = bytes(4096)
    path.write_bytes(whole)
    (found,) = check(path)
    assert found.kind is Damage.FILE
    assert str(found).startswith("Pages of the file are damaged (")
    assert repair(path) == (None, (found,))
    assert path.read_bytes() == whole


@pytest.mark.parametrize("table", ["project", "schema", "alembic_version", "relation"])
def test_what_is_no_whole_project_is_refused_in_one_sentence(sound: Path, tmp_path: Path, table: str) -> None:
    path = damaged(sound, tmp_path, f"DROP TABLE {table}")
    with pytest.raises(ProjectError, match="lacks parts of a project"):
        check(path)


def test_damage_of_several_kinds_is_mended_together(sound: Path, tmp_path: Path) -> None:
    path = damaged(
        sound,
        tmp_path,
        *(statement for case in MENDABLE if case.same for statement in case.statements if "search" not in statement),
    )
    run_sql(path, "DROP TABLE search")
    assert {finding.kind for finding in check(path)} >= {LABEL, INDEX, MISSING, Damage.TEXT_CHANGED}
    _, findings = repair(path)
    assert [str(finding) for finding in findings if not finding.repaired] == []
    assert check(path) == ()
    assert content(path) == content(sound)


def test_breaches_of_the_span_rules_are_notices_and_no_damage(sound: Path, tmp_path: Path) -> None:
    path = damaged(sound, tmp_path, 'UPDATE entity SET "end"=77 WHERE id=2')
    (found,) = check(path)
    assert not found.is_damage
    assert str(found) == "report-0.txt: loose_edge at 76–77 (“,”, lan)."
    assert repair(path) == (None, (found,))


def test_a_repair_stands_in_the_history_with_its_reports(sound: Path, tmp_path: Path) -> None:
    from model.project import Project
    from model.queries.history import history_page

    path = damaged(sound, tmp_path, 'UPDATE entity SET "end"=500 WHERE id=2')
    repair(path)
    with Project.open(path) as project, project.reading() as connection:
        newest = history_page(connection, "id-report-0.txt")[0]
    assert newest.title == "Repair {count} places"
    assert newest.values == {"count": 1}
