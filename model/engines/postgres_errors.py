"""What goes wrong with a database server, told in one sentence."""

from __future__ import annotations

from model.errors import Busy, NotSaved, PasswordWanted, ProjectError

_BUSY = (Busy, "{path} is being written by another program. Nothing is lost; try again in a moment.")
_GONE = (
    NotSaved,
    "The database server of {path} does not answer. What was saved is safe; try again when it can be reached.",
)
_REFUSED = (
    PasswordWanted,
    "The database server refuses {user} at {path}: the password is missing or not the right one. "
    "Nothing was changed; it can stand in the address, in PGPASSWORD or in the file ~/.pgpass.",
)

_BY_CODE: tuple[tuple[str, tuple[type[ProjectError], str]], ...] = (
    ("55P03", _BUSY),
    ("40001", _BUSY),
    ("40P01", _BUSY),
    ("28", _REFUSED),
    (
        "3D000",
        (
            ProjectError,
            "The server has no database for {path}. Nothing was changed; create it there first (createdb), or check the name.",
        ),
    ),
    (
        "42501",
        (
            NotSaved,
            "The account {user} may not do this in {path}. Nothing was changed; ask who looks after the database "
            "for the rights.",
        ),
    ),
    (
        "25006",
        (
            NotSaved,
            "The database {path} is read-only at present, so this was not saved. What was saved before is safe.",
        ),
    ),
    (
        "53100",
        (
            NotSaved,
            "The disk of the database server of {path} is full, so this was not saved. What was saved before is safe.",
        ),
    ),
    (
        "53300",
        (
            NotSaved,
            "The database server of {path} takes no more connections, so this was not saved; it will be tried again.",
        ),
    ),
    ("53", _GONE),
    ("57P", _GONE),
    (
        "57014",
        (
            NotSaved,
            "The database server took too long over {path}, so this was not saved. What was saved before is safe.",
        ),
    ),
    ("58", _GONE),
    ("08", _GONE),
    (
        "42P01",
        (
            ProjectError,
            "{path} lacks parts of a project. Nothing was changed; restore a backup into an empty database.",
        ),
    ),
    (
        "22021",
        (ProjectError, "There is a character in this that the database of {path} cannot hold. Nothing was changed."),
    ),
    (
        "54000",
        (ProjectError, "A name or another text is longer than the database of {path} can hold. Nothing was changed."),
    ),
)


_OF_THE_NETWORK = (
    "network",
    "connection",
    "communication",
    "name or service",
    "timed out",
)


def server_sentence(error: BaseException, path: str) -> ProjectError | None:
    """The sentence for an error of pg8000 that the world made; None for a bug of ours, or another library's error."""
    if isinstance(error, OSError):
        return _GONE[0](_GONE[1], path=path)
    if not type(error).__module__.startswith("pg8000"):
        return None
    said = error.args[0] if error.args else ""
    user = path.partition("://")[2].partition("@")[0]
    if not isinstance(said, dict):  # of the network, or of the way in
        if "password" in str(said):
            return _REFUSED[0](_REFUSED[1], path=path, user=user)
        if any(word in str(said).lower() for word in ("ssl", "certificate")):
            return ProjectError(
                "The connection to the database server of {path} cannot be encrypted as its address asks (sslmode). "
                "Nothing was changed; ask who looks after the server.",
                path=path,
            )
        gone = any(word in str(said).lower() for word in _OF_THE_NETWORK)
        return _GONE[0](_GONE[1], path=path) if gone else None
    code = str(said.get("C", ""))
    for start, (kind, sentence) in _BY_CODE:
        if code.startswith(start):
            return kind(sentence, path=path, user=user)
    return None
