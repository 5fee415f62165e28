"""What people decide that is no label, and what the program works out and may throw away."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from model.tables.base import Base, Tracked


class FactRow(Tracked, Base):
    """A value that people decided, under a key: an assignment, a review decision, a rejected suggestion, a registry entry, a setting.

    ``kind`` says which of these (``annotations.facts.Kind``); ``report_id`` and ``annotator_id`` say what or whom it is about, NULL for the
    whole project. Of one kind, report, annotator and key there is at most one row that nothing removed: the door sees to it.
    """

    __tablename__ = "fact"
    __table_args__ = (
        Index("ix_fact_kind", "kind", "report_id", "key"),
        Index("ix_fact_report_id", "report_id", "kind"),
        Index("ix_fact_created_by", "created_by"),
        Index("ix_fact_removed_by", "removed_by"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    annotator_id: Mapped[int | None] = mapped_column(ForeignKey("annotator.id"))
    key: Mapped[str]
    value: Mapped[dict[str, Any]]


class SeenRow(Base):
    """How far in the history an annotator has been told what others did."""

    __tablename__ = "seen"
    annotator_id: Mapped[int] = mapped_column(ForeignKey("annotator.id"), primary_key=True)
    action_id: Mapped[int]
    at: Mapped[str]


class SuggestionRow(Base):
    """Suggestions for one annotator on one report, as worked out from what ``stamp`` names: a cache."""

    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_benefit", "annotator_id", "benefit"),)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    annotator_id: Mapped[int] = mapped_column(ForeignKey("annotator.id"), primary_key=True)
    stamp: Mapped[str]
    benefit: Mapped[float] = mapped_column(Float)
    content: Mapped[dict[str, Any]]


class ModelRow(Base):
    """A model trained on the labels confirmed here: a cache that training makes anew."""

    __tablename__ = "model"
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[str]
    about: Mapped[dict[str, Any]]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class MeasureRow(Base):
    """A figure of quality as it was at a time, for its trend; never changed."""

    __tablename__ = "measure"
    __table_args__ = (Index("ix_measure_kind", "kind", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[str]
    value: Mapped[dict[str, Any]]
