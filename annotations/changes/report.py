"""What can be done to reports: their metadata, the status of one's own set, removal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.report import Status

EDITABLE = ("name", "title", "date", "source", "locality")
"""The fields of a report that can be edited; its text is immutable."""
COMMENT = "comment"
"""What people say about a report as a whole; it stands in its metadata under this key."""


@dataclass(frozen=True, slots=True)
class EditReports:
    """Set metadata of reports: report id → field → value; fields are those of ``EDITABLE``, and ``COMMENT`` (empty removes it)."""

    fields: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Say how far the acting annotator's sets on these reports are."""

    report_ids: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class DeleteReports:
    """Take reports and all labels on them out of the project."""

    report_ids: tuple[str, ...]
