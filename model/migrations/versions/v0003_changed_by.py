"""Which undo or redo changed a row last: how a merge sees who is newer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TRACKED = ("schema", "label", "report", "annotation_set", "entity", "relation", "fact")


def upgrade() -> None:
    """Add the column to every table whose rows actions create, edit and remove."""
    for table in _TRACKED:
        op.add_column(table, sa.Column("changed_by", sa.Integer(), nullable=True))
