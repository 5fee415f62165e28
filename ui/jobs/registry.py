"""Reading the registry for a window: who is in it, and where the labels speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotations.entries import RegistryEntry
from annotations.registry import Mention, mentions_of
from model.project import Project
from model.queries.entries import registry_entries
from model.queries.registry import labelled_for, reports_with_links
from model.schema_rows import read_schema
from ui.jobs.progress import Progress, nobody_watches
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Read:
    """The entries, and the mentions of reports by report id; a report without any is there with none."""

    entries: tuple[RegistryEntry, ...]
    mentions: Mapping[str, tuple[Mention, ...]]


def read_registry(
    project: Project,
    annotator: str,
    report_ids: Iterable[str] | None = None,
    progress: Progress = nobody_watches,
) -> Read:
    """The entries, and what the annotator may see of the reports with links (None), or of these reports.

    Of reports that are asked for by name every mention is read, of the others the linked ones. Raises ``Cancelled`` from ``progress``.
    """
    with project.reading() as connection:
        stored = read_schema(connection)
        wanted = list(reports_with_links(connection) if report_ids is None else report_ids)
        found: dict[str, tuple[Mention, ...]] = dict.fromkeys(wanted, ())
        for number, labelled in enumerate(labelled_for(connection, stored, annotator, wanted), 1):
            mentions = mentions_of(labelled, stored.schema)
            kept = (one for one in mentions if one.entry or report_ids is not None)
            found[labelled.report.id] = tuple(kept)
            progress(number, len(wanted), tr("Reading the registry"))
        return Read(registry_entries(connection), found)
