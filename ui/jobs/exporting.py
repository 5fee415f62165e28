"""Take labels out of a project, as a file of any format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotations.errors import Refused
from exports.formats import exporter
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options
from model.project import Project
from model.queries.corpus import Selection, corpus
from ui.jobs.progress import Progress, nobody_watches
from ui.words import tr

_UNDECIDED = Selection()
UNSELECTED = "relations of other annotation sets"


def export_corpus(
    project: Project,
    out: Path,
    format: str,
    selection: Selection = _UNDECIDED,
    options: Options = DEFAULT_OPTIONS,
    progress: Progress = nobody_watches,
) -> ExportSummary:
    """Write the selected labels to ``out``; what was written and what was left out, counted.

    Raises ``FormatError`` or ``Refused``; then, and after ``Cancelled`` from ``progress``, ``out`` is as it was.
    """
    writer = exporter(format)
    chosen = corpus(project, selection)
    if selection.adjudicated and not chosen.total:
        raise Refused(
            "{project} has no adjudicated labels. Nothing was written; choose --annotator NAME or --all.",
            project=project.path.name,
        )
    summary = writer.write(chosen, out, options, lambda done, total: progress(done, total, tr("Exporting")))
    if summary.relations or summary.left_out.get("relations") or selection.everything:
        return summary
    elsewhere = _relations_of_all(project)
    return replace(summary, left_out={**summary.left_out, UNSELECTED: elsewhere}) if elsewhere else summary


def _relations_of_all(project: Project) -> int:
    """How many relations the project has: an export without any must not look complete."""
    everything = corpus(project, Selection(everything=True))
    return sum(len(labels.relations) for labelled in everything for labels in labelled.sets)
