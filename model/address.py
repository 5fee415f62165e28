"""Where a project is: a file, or a database of a PostgreSQL server that a whole team works in.

An address never shows its password: ``str`` leaves it out, so that it can stand in sentences and settings. A
password that the address does not hold is looked for where PostgreSQL's own programs look: ``$PGPASSWORD``, and
the password file (``$PGPASSFILE``, else ``~/.pgpass``). Light to import: the first window reads recent addresses.
"""

from __future__ import annotations

import getpass
import os
import re
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from annotations.errors import Refused

SCHEMA = "chugiai"
"""The database schema in which a project's tables stand when the address names no other (``?schema=``)."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # a path that was made of it has lost one slash
_KINDS = ("postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2", "postgresql+pg8000")
_SSL = ("disable", "prefer", "require", "verify-ca", "verify-full")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_PORT = 5432


@dataclass(frozen=True, slots=True)
class Address:
    """A project in a PostgreSQL database. ``host`` beginning with a slash is the folder of a Unix socket.

    Two addresses are the same project whatever their passwords. Like a path it has a ``name``, and a
    ``parent``: the account's home, where backups and exports are proposed.
    """

    host: str
    port: int
    database: str
    user: str
    schema: str = SCHEMA
    sslmode: str = "prefer"
    sslrootcert: str = ""
    password: str | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        query = {
            "schema": self.schema if self.schema != SCHEMA else "",
            "host": self.host if self.host.startswith("/") else "",
            "sslmode": self.sslmode if self.sslmode != "prefer" else "",
            "sslrootcert": self.sslrootcert,
        }
        host = "" if self.host.startswith("/") else f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port != _PORT else ""
        asked = urlencode({key: value for key, value in query.items() if value}, safe="/")
        base = f"postgresql://{quote(self.user, safe='')}@{host}{port}/{quote(self.database, safe='')}"
        return f"{base}?{asked}" if asked else base

    @property
    def name(self) -> str:
        """What the project is called: the database, and the schema when it is not the usual one."""
        return self.database if self.schema == SCHEMA else f"{self.database}-{self.schema}"

    @property
    def stem(self) -> str:
        """The name, as the beginning of a file's name."""
        return re.sub(r"[^\w.-]+", "_", self.name)

    @property
    def suffix(self) -> str:
        """The ending of project files: what a copy of the project is called by."""
        return ".chugiai"

    @property
    def parent(self) -> Path:
        """The folder in which files beside the project are proposed: the account's home."""
        return Path.home()

    def with_name(self, name: str) -> Path:
        """A file of this name in ``parent``."""
        return self.parent / name

    def with_suffix(self, suffix: str) -> Path:
        """A file in ``parent`` that is called like the project."""
        return self.parent / f"{self.stem}{suffix}"

    def with_password(self, password: str) -> Address:
        """The same address with the password that a person typed."""
        return replace(self, password=password)

    def known_password(self) -> str | None:
        """The password: of the address, of the environment, or of the password file; None when there is none."""
        if self.password is not None:
            return self.password
        return os.environ.get("PGPASSWORD") or _of_password_file(self)


Place = Path | Address
"""Where a project is."""


def is_address(text: str) -> bool:
    """Whether a text is the address of a database, of whatever kind, rather than the path of a file."""
    return bool(_ADDRESS.match(text))


def place(named: str | Path | Address) -> Place:
    """The file or the database that was named. Raises ``Refused`` for an address that cannot be understood.

    The sentence never repeats the address, which may hold a password.
    """
    if isinstance(named, str) and is_address(named):
        return _address(named)
    return named if isinstance(named, Address) else Path(named)


def _address(text: str) -> Address:
    try:
        parts = urlsplit(text)
        port = parts.port or int(os.environ.get("PGPORT") or _PORT)
    except ValueError as error:
        raise _not_understood() from error
    if parts.scheme.lower() not in _KINDS:
        raise Refused(
            "Only PostgreSQL databases can hold a project (postgresql://…), not {kind}. Nothing was done.",
            kind=parts.scheme,
        )
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = unquote(query.pop("host", "")) or parts.hostname or os.environ.get("PGHOST") or "localhost"
    schema, sslmode, root = query.pop("schema", SCHEMA), query.pop("sslmode", "prefer"), query.pop("sslrootcert", "")
    database = unquote(parts.path.lstrip("/"))
    if not database or "/" in database or not _NAME.fullmatch(schema) or sslmode not in _SSL or query:
        raise _not_understood()
    user = unquote(parts.username or "") or os.environ.get("PGUSER") or getpass.getuser()
    password = unquote(parts.password) if parts.password is not None else None
    return Address(host, port, database, user, schema, sslmode, root, password)


def _not_understood() -> Refused:
    return Refused(
        "The address of the database is not understood. Nothing was done; write it as "
        "postgresql://USER@HOST/DATABASE, with ?schema=NAME for a second project in the same database."
    )


def _of_password_file(address: Address) -> str | None:
    """The password of the first line that fits: ``host:port:database:user:password``, a star fits everything."""
    usual = Path(os.environ["APPDATA"]) / "postgresql" / "pgpass.conf" if sys.platform == "win32" else None
    file = Path(os.environ.get("PGPASSFILE") or usual or Path.home() / ".pgpass")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return None
    host = "localhost" if address.host.startswith("/") else address.host
    wanted = (host, str(address.port), address.database, address.user)
    for line in lines:
        fields = [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\):", line)]
        fits = all(there in ("*", want) for there, want in zip(fields, wanted, strict=False))
        if not line.startswith("#") and len(fields) == 5 and fits:
            return fields[4]
    return None
