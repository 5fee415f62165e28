"""The schema, the reports with their texts, and the labels on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from model.tables.base import Base, Tracked


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
    __table_args__ = (
        Index("uq_entity_set_id_entity_id", "set_id", "entity_id", unique=True),
        Index(
            "ix_entity_entry",
            "entry",
            sqlite_where=text("entry IS NOT NULL"),
            postgresql_where=text("entry IS NOT NULL"),
        ),
    )
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
