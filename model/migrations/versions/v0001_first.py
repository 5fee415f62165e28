"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from model.engines import door

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and the search index."""
    op.create_table(
        "annotator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("annotator_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotator")),
        sa.UniqueConstraint("annotator_id", name=op.f("uq_annotator_annotator_id")),
        sa.UniqueConstraint("name", name=op.f("uq_annotator_name")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.String(length=32), nullable=False),
        sa.Column("annotator_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_values", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("heartbeat", sa.String(), nullable=True),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_action_annotator_id_annotator")),
        sa.ForeignKeyConstraint(["target"], ["action.id"], name=op.f("fk_action_target_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("action_id", name=op.f("uq_action_action_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_action_annotator_id", "action", ["annotator_id", "state", "id"], unique=False)
    op.create_index("ix_action_pending", "action", ["state"], unique=False, sqlite_where=sa.text("state = 'pending'"))
    op.create_table(
        "label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("definition", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("touched_by", sa.Integer(), nullable=False),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["action.id"], name=op.f("fk_label_created_by_action")),
        sa.ForeignKeyConstraint(["removed_by"], ["action.id"], name=op.f("fk_label_removed_by_action")),
        sa.ForeignKeyConstraint(["touched_by"], ["action.id"], name=op.f("fk_label_touched_by_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("locality", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("metadata", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("touched_by", sa.Integer(), nullable=False),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["action.id"], name=op.f("fk_report_created_by_action")),
        sa.ForeignKeyConstraint(["removed_by"], ["action.id"], name=op.f("fk_report_removed_by_action")),
        sa.ForeignKeyConstraint(["touched_by"], ["action.id"], name=op.f("fk_report_touched_by_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_report_created_by", "report", ["created_by"], unique=False)
    op.create_index("ix_report_date", "report", ["date", "name"], unique=False)
    op.create_index("ix_report_source", "report", ["source", "name"], unique=False)
    op.create_index("ix_report_title", "report", ["title", "name"], unique=False)
    op.create_index("uq_report_name", "report", ["name"], unique=True, sqlite_where=sa.text("removed_by IS NULL"))
    op.create_index(
        "uq_report_report_id", "report", ["report_id"], unique=True, sqlite_where=sa.text("removed_by IS NULL")
    )
    op.create_table(
        "schema",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("schema_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("touched_by", sa.Integer(), nullable=False),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["action.id"], name=op.f("fk_schema_created_by_action")),
        sa.ForeignKeyConstraint(["removed_by"], ["action.id"], name=op.f("fk_schema_removed_by_action")),
        sa.ForeignKeyConstraint(["touched_by"], ["action.id"], name=op.f("fk_schema_touched_by_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schema")),
    )
    op.create_table(
        "action_report",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_report_action_id_action")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_action_report_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "action_id", name=op.f("pk_action_report")),
    )
    op.create_index("ix_action_report_action_id", "action_report", ["action_id"], unique=False)
    op.create_table(
        "report_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("source_hash", sa.String(), nullable=False),
        sa.Column("stored_hash", sa.String(), nullable=False),
        sa.Column("form_hash", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_text_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_text")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_report_text_form_hash", "report_text", ["form_hash"], unique=False)
    op.create_index("uq_report_text_report_id_number", "report_text", ["report_id", "number"], unique=True)
    op.create_table(
        "annotation_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("annotator_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("schema_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("touched_by", sa.Integer(), nullable=False),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["annotator_id"], ["annotator.id"], name=op.f("fk_annotation_set_annotator_id_annotator")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["action.id"], name=op.f("fk_annotation_set_created_by_action")),
        sa.ForeignKeyConstraint(["removed_by"], ["action.id"], name=op.f("fk_annotation_set_removed_by_action")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_annotation_set_report_id_report")),
        sa.ForeignKeyConstraint(["text_id"], ["report_text.id"], name=op.f("fk_annotation_set_text_id_report_text")),
        sa.ForeignKeyConstraint(["touched_by"], ["action.id"], name=op.f("fk_annotation_set_touched_by_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation_set")),
    )
    op.create_index(
        "ix_annotation_set_annotator_id", "annotation_set", ["annotator_id", "status", "report_id"], unique=False
    )
    op.create_index("ix_annotation_set_created_by", "annotation_set", ["created_by"], unique=False)
    op.create_index("ix_annotation_set_report_id", "annotation_set", ["report_id", "annotator_id"], unique=False)
    op.create_table(
        "entity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("label_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("fragments", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("attributes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("entry", sa.String(), nullable=True),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("metadata", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("touched_by", sa.Integer(), nullable=False),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["action.id"], name=op.f("fk_entity_created_by_action")),
        sa.ForeignKeyConstraint(["label_id"], ["label.id"], name=op.f("fk_entity_label_id_label")),
        sa.ForeignKeyConstraint(["removed_by"], ["action.id"], name=op.f("fk_entity_removed_by_action")),
        sa.ForeignKeyConstraint(["set_id"], ["annotation_set.id"], name=op.f("fk_entity_set_id_annotation_set")),
        sa.ForeignKeyConstraint(["touched_by"], ["action.id"], name=op.f("fk_entity_touched_by_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
    )
    op.create_index("uq_entity_set_id_entity_id", "entity", ["set_id", "entity_id"], unique=True)
    op.create_table(
        "relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("relation_id", sa.String(), nullable=False),
        sa.Column("label_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("attributes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("metadata", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("touched_by", sa.Integer(), nullable=False),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["action.id"], name=op.f("fk_relation_created_by_action")),
        sa.ForeignKeyConstraint(["label_id"], ["label.id"], name=op.f("fk_relation_label_id_label")),
        sa.ForeignKeyConstraint(["removed_by"], ["action.id"], name=op.f("fk_relation_removed_by_action")),
        sa.ForeignKeyConstraint(["set_id"], ["annotation_set.id"], name=op.f("fk_relation_set_id_annotation_set")),
        sa.ForeignKeyConstraint(["source_id"], ["entity.id"], name=op.f("fk_relation_source_id_entity")),
        sa.ForeignKeyConstraint(["target_id"], ["entity.id"], name=op.f("fk_relation_target_id_entity")),
        sa.ForeignKeyConstraint(["touched_by"], ["action.id"], name=op.f("fk_relation_touched_by_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
    )
    op.create_index("uq_relation_set_id_relation_id", "relation", ["set_id", "relation_id"], unique=True)
    door(op.get_bind()).make_search(op.get_bind())
