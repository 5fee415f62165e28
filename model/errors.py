"""What can go wrong with a project, told in one sentence."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

from annotations.errors import ChuGiaiError


class ProjectError(ChuGiaiError):
    """A project cannot be created, opened, read or written."""


class Busy(ProjectError):
    """Another program is writing at this moment; trying again soon will do."""


class PasswordWanted(ProjectError):
    """A database server wants a password, or another one."""


class NotSaved(ProjectError):
    """A write failed for a lasting reason (disk full, file read-only or gone); nothing was changed."""


_SENTENCES: tuple[tuple[str, type[ProjectError], str], ...] = (
    ("locked", Busy, "{path} is being written by another program. Nothing is lost; try again in a moment."),
    ("busy", Busy, "{path} is being written by another program. Nothing is lost; try again in a moment."),
    (
        "full",
        NotSaved,
        "The disk that holds {path} is full, so this was not saved. What was saved before is safe; free some space.",
    ),
    (
        "readonly",
        NotSaved,
        "{path} is read-only, so this was not saved. What was saved before is safe; make the file writable.",
    ),
    (
        "read-only",
        NotSaved,
        "{path} is read-only, so this was not saved. What was saved before is safe; make the file writable.",
    ),
    (
        "malformed",
        ProjectError,
        "{path} is damaged. Run “chugiai check {path} --repair” or restore a backup; the file was not changed.",
    ),
    ("not a database", ProjectError, "{path} is not a Chú Giải project. Nothing was changed; choose a .chugiai file."),
    (
        "unable to open",
        NotSaved,
        "{path} cannot be opened: it is gone, or this account may not read and write it and its folder. "
        "Nothing was changed.",
    ),
    (
        "disk i/o",
        NotSaved,
        "The disk that holds {path} does not answer, so this was not saved. What was saved before is safe.",
    ),
    (
        "no such table",
        ProjectError,
        "{path} lacks parts of a project. Nothing was changed; restore a backup.",
    ),
    (
        "vtable constructor",
        ProjectError,
        "The search index of {path} is damaged; texts and labels are not. Run “chugiai check {path} --repair”.",
    ),
    (
        "fts5",
        ProjectError,
        "The search index of {path} is damaged; texts and labels are not. Run “chugiai check {path} --repair”.",
    ),
    (
        "sql logic error",  # only the search index fails without more words
        ProjectError,
        "The search index of {path} is damaged; texts and labels are not. Run “chugiai check {path} --repair”.",
    ),
)


def known_error(error: DBAPIError, path: str) -> ProjectError | None:
    """The sentence for a database error that the world made; None for a bug of ours."""
    if error.orig is None or isinstance(error.orig, sqlite3.Error):
        return known_sentence(error.orig, path)
    from model.engines.postgres_errors import server_sentence

    return server_sentence(error.orig, path)


def known_sentence(error: BaseException | None, path: str) -> ProjectError | None:
    """The same for an error of SQLite itself."""
    said = str(error).lower()
    for part, kind, sentence in _SENTENCES:
        if part in said:
            return kind(sentence, path=path)
    return None
