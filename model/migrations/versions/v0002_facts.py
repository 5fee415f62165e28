"""What people decide that is no label, and what the program works out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of facts, of what was seen, of suggestions, models and figures."""
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("annotator_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("touched_by", sa.Integer(), nullable=False),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_fact_report_id_report")),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_fact_annotator_id_annotator")),
        sa.ForeignKeyConstraint(["created_by"], ["action.id"], name=op.f("fk_fact_created_by_action")),
        sa.ForeignKeyConstraint(["touched_by"], ["action.id"], name=op.f("fk_fact_touched_by_action")),
        sa.ForeignKeyConstraint(["removed_by"], ["action.id"], name=op.f("fk_fact_removed_by_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    op.create_index("ix_fact_kind", "fact", ["kind", "report_id", "key"], unique=False)
    op.create_index("ix_fact_report_id", "fact", ["report_id", "kind"], unique=False)
    op.create_index("ix_fact_created_by", "fact", ["created_by"], unique=False)
    op.create_index("ix_fact_removed_by", "fact", ["removed_by"], unique=False)
    op.create_table(
        "seen",
        sa.Column("annotator_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_seen_annotator_id_annotator")),
        sa.PrimaryKeyConstraint("annotator_id", name=op.f("pk_seen")),
    )
    op.create_table(
        "suggestion",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("annotator_id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("benefit", sa.Float(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_suggestion_report_id_report")),
        sa.ForeignKeyConstraint(["annotator_id"], ["annotator.id"], name=op.f("fk_suggestion_annotator_id_annotator")),
        sa.PrimaryKeyConstraint("report_id", "annotator_id", name=op.f("pk_suggestion")),
    )
    op.create_index("ix_suggestion_benefit", "suggestion", ["annotator_id", "benefit"], unique=False)
    op.create_table(
        "model",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("about", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_model")),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    op.create_index("ix_measure_kind", "measure", ["kind", "id"], unique=False)
    op.create_index(
        "ix_entity_entry",
        "entity",
        ["entry"],
        unique=False,
        sqlite_where=sa.text("entry IS NOT NULL"),
        postgresql_where=sa.text("entry IS NOT NULL"),
    )
