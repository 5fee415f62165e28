"""A small labelled project, closed; raw SQL on it; its content as values: for tests of damage, copies and kills."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from postgres import connected
from small_projects import TEXT, add_reports

from annotations.changes import AddEntities, AddRelations, DeleteEntities, SetStatus
from annotations.report import Entity, Relation, Status
from model.address import Address, Place
from model.project import Project
from model.queries.corpus import Selection, corpus
from model.queries.search import index_next
from model.workspace import Workspace

OFFICER = Entity("officer", "OFFICIAL", 49, 60)
POST = Entity("post", "TITLE", 62, 76)
BODY = Entity("body", "ORG", 13, 34)
PIECES = Entity("pieces", "ORG", 13, 34, ((13, 16), (27, 34)))
HOLDS = Relation("holds", "holds_title", "officer", "post")


def labelled_project(path: Place) -> Place:
    """Two reports that lan and minh labelled; the search index is filled; nothing has it open."""
    with Project.create(path) as project:
        first, second = add_reports(project, TEXT, TEXT + " Hết.")
        for name in ("lan", "minh"):
            space = Workspace(project, name)
            space.apply(AddEntities({first: (OFFICER, POST, BODY)}))
            space.apply(AddRelations(first, (HOLDS,)))
            space.apply(AddEntities({second: (PIECES, BODY)}))
            space.apply(DeleteEntities(second, ("body",)))
        Workspace(project, "lan").apply(SetStatus((first,), Status.DONE))
        with project.writing() as connection:
            index_next(connection)
    return path


def run_sql(path: Place, *statements: str) -> None:
    """Change a closed project behind the program's back."""
    if isinstance(path, Address):
        with connected(path) as run:
            for statement in statements:
                run(statement)
        return
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def content(path: Place) -> tuple[Any, ...]:
    """Everything of a project but its history, as values."""
    with Project.open(path) as project:
        whole = corpus(project, Selection(everything=True))
        return whole.schema, tuple(whole)


def companions(path: Place) -> list[str]:
    """The names of the files that SQLite or a lock put beside ``path``."""
    if isinstance(path, Address):
        return []
    return sorted(file.name for file in path.parent.iterdir() if file.name.startswith(f"{path.name}-"))
