"""What all tables share: names of constraints, and what is kept of a row that actions create, edit and remove."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

APPLICATION_ID = 0x43684769  # "ChGi", in the header of the SQLite file
HEAD = "0003"  # the newest migration

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
    """A row that actions create, edit and remove.

    ``changed_by`` is the undo, redo or decision that changed the row last, where ``removed_by`` and ``touched_by`` do not
    say so: the first of ``changed_by``, ``removed_by`` and ``touched_by`` that is set is the row's last change, which is
    how a merge sees who is newer.
    """

    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[int] = mapped_column(ForeignKey("action.id"))
    touched_by: Mapped[int] = mapped_column(ForeignKey("action.id"))
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    changed_by: Mapped[int | None]
