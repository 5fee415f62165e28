"""The label schema of a project as YAML, out and in."""

from __future__ import annotations

from pathlib import Path

from annotations.changes.outcome import Outcome
from annotations.changes.schema import ReplaceSchema
from annotations.schema import Schema
from exports.schema_files import read_schema_file
from exports.schema_yaml import dump_schema, write_schema
from model.project import Project
from model.schema_rows import read_schema as stored_schema
from model.workspace import Workspace


def schema_text(project: Project) -> str:
    """The schema as YAML."""
    return dump_schema(_schema(project))


def export_schema(project: Project, path: Path) -> None:
    """Write the schema as YAML. Raises ``FormatError`` when ``path`` exists or cannot be written."""
    write_schema(_schema(project), path)


def import_schema(project: Project, path: Path, actor: str) -> Outcome:
    """Take the schema of a YAML file or of brat's configuration; ``actor`` does it and can undo it.

    Raises ``FormatError`` for a bad file, ``Refused`` when it lacks a label that is in use.
    """
    stored = _schema(project)
    wanted = read_schema_file(path, stored)
    if _content(wanted) == _content(stored):
        return Outcome(nothing=True)
    return Workspace(project, actor).apply(ReplaceSchema(wanted))


def _schema(project: Project) -> Schema:
    with project.reading() as connection:
        return stored_schema(connection).schema


def _content(schema: Schema) -> tuple[object, ...]:
    """All but the version, which the project counts itself."""
    return (schema.id, schema.entity_types, schema.relation_types)
