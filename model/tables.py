"""The mapping: what a project file holds.

Integer keys never leave ``model``. Rows that people create are never deleted but
carry the action that removed them (a tombstone), so that every action can be
undone as a set. ``touched_by`` is the last action that changed the row, which is
how an undo sees that somebody changed it since.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, MetaData, String, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

APPLICATION_ID = 0x43684769  # "ChGi", in the header of the SQLite file
HEAD = "0001"  # the newest migration

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Names every constraint, because SQLite migrations need the names."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dict[str, Any]: JSON(none_as_null=True), list[Any]: JSON(none_as_null=True)}  # noqa: RUF012


class Tracked:
    """A row that actions create, edit and remove."""

    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[int] = mapped_column(ForeignKey("action.id"))
    touched_by: Mapped[int] = mapped_column(ForeignKey("action.id"))
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("action.id"))


class ProjectRow(Base):
    """The one row that says which project this is."""

    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[str] = mapped_column(String(32))
    name: Mapped[str]
    created_at: Mapped[str]


class AnnotatorRow(Base):
    """A person who labels; names may change, ids stay."""

    __tablename__ = "annotator"
    id: Mapped[int] = mapped_column(primary_key=True)
    annotator_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[str]


class ActionRow(Base):
    """One entry of the history: append-only but for ``state`` and ``undone_by``.

    ``kind`` is ``do``, ``undo`` or ``redo``; the latter two name their ``target``.
    ``state`` is ``pending`` (bulk work under way: what it created is visible nowhere), ``done``,
    ``undone``, or ``discarded`` (undone, and something else was done since, so that it is not redone).
    ``payload`` holds what an undo needs: see ``model.history``.
    """

    __tablename__ = "action"
    __table_args__ = (
        Index("ix_action_annotator_id", "annotator_id", "state", "id"),
        Index("ix_action_pending", "state", sqlite_where=text("state = 'pending'")),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[str] = mapped_column(String(32), unique=True)
    annotator_id: Mapped[int | None] = mapped_column(ForeignKey("annotator.id"))
    at: Mapped[str]
    kind: Mapped[str] = mapped_column(String(8))
    title: Mapped[str]
    title_values: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(12))
    target: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    undone_by: Mapped[int | None]
    owner: Mapped[str | None]
    heartbeat: Mapped[str | None]
    payload: Mapped[dict[str, Any]]


class ActionReportRow(Base):
    """The reports that an action touches (not those that it made or removed: these carry its id)."""

    __tablename__ = "action_report"
    __table_args__ = (Index("ix_action_report_action_id", "action_id"),)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), primary_key=True)


class SchemaRow(Tracked, Base):
    """The one row that names the schema and counts its versions."""

    __tablename__ = "schema"
    id: Mapped[int] = mapped_column(primary_key=True)
    schema_id: Mapped[str]
    number: Mapped[int]


class LabelRow(Tracked, Base):
    """An entity type or relation type; labels point here, so that renaming one is one row."""

    __tablename__ = "label"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str]
    position: Mapped[int]
    definition: Mapped[dict[str, Any]]


class ReportRow(Tracked, Base):
    """One report; its texts stand in ``report_text``. ``folded`` is name and title, folded for filtering."""

    __tablename__ = "report"
    __table_args__ = (
        Index("uq_report_report_id", "report_id", unique=True, sqlite_where=text("removed_by IS NULL")),
        Index("uq_report_name", "name", unique=True, sqlite_where=text("removed_by IS NULL")),
        Index("ix_report_date", "date", "name"),
        Index("ix_report_title", "title", "name"),
        Index("ix_report_source", "source", "name"),
        Index("ix_report_created_by", "created_by"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[str]
    name: Mapped[str]
    title: Mapped[str]
    date: Mapped[str]
    source: Mapped[str]
    locality: Mapped[str]
    folded: Mapped[str]
    meta: Mapped[dict[str, Any] | None] = mapped_column("metadata")


class TextRow(Base):
    """A text version of a report; immutable. ``form_hash`` is of the NFC/LF form and decides "same text"."""

    __tablename__ = "report_text"
    __table_args__ = (
        Index("uq_report_text_report_id_number", "report_id", "number", unique=True),
        Index("ix_report_text_form_hash", "form_hash"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    length: Mapped[int]
    source_hash: Mapped[str]
    stored_hash: Mapped[str]
    form_hash: Mapped[str]
    content: Mapped[str] = mapped_column(Text)


class SetRow(Tracked, Base):
    """One annotator's labels on one text version; ``annotator_id`` is NULL for the adjudicated set."""

    __tablename__ = "annotation_set"
    __table_args__ = (
        Index("ix_annotation_set_report_id", "report_id", "annotator_id"),
        Index("ix_annotation_set_annotator_id", "annotator_id", "status", "report_id"),
        Index("ix_annotation_set_created_by", "created_by"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("report_text.id"))
    annotator_id: Mapped[int | None] = mapped_column(ForeignKey("annotator.id"))
    status: Mapped[str] = mapped_column(String(12))
    schema_number: Mapped[int]


class EntityRow(Tracked, Base):
    """One entity; offsets are code points of the set's text version."""

    __tablename__ = "entity"
    __table_args__ = (Index("uq_entity_set_id_entity_id", "set_id", "entity_id", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("annotation_set.id"))
    entity_id: Mapped[str]
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"))
    start: Mapped[int]
    end: Mapped[int]
    fragments: Mapped[list[Any] | None]
    attributes: Mapped[dict[str, Any] | None]
    note: Mapped[str | None]
    entry: Mapped[str | None]
    origin: Mapped[str] = mapped_column(String(12))
    by: Mapped[str | None]
    confidence: Mapped[float | None] = mapped_column(Float)
    meta: Mapped[dict[str, Any] | None] = mapped_column("metadata")


class RelationRow(Tracked, Base):
    """One relation between two entities of the same set."""

    __tablename__ = "relation"
    __table_args__ = (Index("uq_relation_set_id_relation_id", "set_id", "relation_id", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("annotation_set.id"))
    relation_id: Mapped[str]
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("entity.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("entity.id"))
    attributes: Mapped[dict[str, Any] | None]
    note: Mapped[str | None]
    origin: Mapped[str] = mapped_column(String(12))
    by: Mapped[str | None]
    confidence: Mapped[float | None] = mapped_column(Float)
    meta: Mapped[dict[str, Any] | None] = mapped_column("metadata")


TRACKED: dict[str, type[Tracked]] = {
    "schema": SchemaRow,
    "label": LabelRow,
    "report": ReportRow,
    "annotation_set": SetRow,
    "entity": EntityRow,
    "relation": RelationRow,
}
"""The tables whose rows actions create, edit and remove, by table name."""
