"""The project, who works on it, and the history of what they did."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from model.tables.base import Base


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
