"""What a package is: a project for one annotator, made from another project."""

from __future__ import annotations

from sqlalchemy import Connection

from annotations.facts import Kind
from model.queries.facts import facts

PACKAGE = "package"
"""Key of the setting that names whom a package is for."""


def package_of(connection: Connection) -> str | None:
    """The annotator for whom this project is a package; None when it is none."""
    found = next(facts(connection, Kind.SETTING, report_id="", annotator="", key=PACKAGE), None)
    return str((found.value or {}).get("annotator", "")) if found is not None else None
