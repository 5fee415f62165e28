"""Take labels out of a project, as a file of any format."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from annotations.corpus import Corpus
from annotations.errors import Refused
from annotations.report import Status
from annotations.split import SHARES
from exports.divided import write_divided
from exports.files import check_target
from exports.formats import FormatInfo, exporter, formats
from exports.manifest import manifest_path, place_manifest, write_manifest
from exports.needs import need
from exports.parts import parts_of
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options
from exports.protocol import Progress as Counted
from exports.selection import EVERYTHING, TRAINING, Chosen, ExportFilter, with_left_out
from model.project import Project
from model.queries.corpus import Selection, corpus, statuses
from ui.jobs.progress import Progress, nobody_watches
from ui.jobs.with_suggestions import WithSuggestions
from ui.words import tr

_UNDECIDED = Selection()
UNSELECTED = "relations of other annotation sets"
NONE_DONE = "all, because none is done"


def export_corpus(
    project: Project,
    out: Path,
    format: str,
    selection: Selection = _UNDECIDED,
    options: Options = DEFAULT_OPTIONS,
    progress: Progress = nobody_watches,
    wanted: ExportFilter | None = None,
) -> ExportSummary:
    """Write the selected labels to ``out``; what was written and what was left out, counted.

    ``wanted`` says which of them (default: :func:`usual_filter`). Formats of tokens or for training, and whatever is filtered, mapped or
    split, get a manifest: ``OUT.manifest.json`` beside it, or in the folder that a split of a format without parts is.
    Raises ``FormatError`` or ``Refused``; then, and after ``Cancelled`` from ``progress``, ``out`` is as it was.
    """
    exporter(format)  # refuses an unknown one
    info = next(info for info in formats() if info.key == format)
    if info.needs:
        need(info.needs, info.key)
    if info.review:
        return _conflicts(project, info, out, options, progress)
    usual = usual_filter(project, format, selection)
    wanted = usual if wanted is None else wanted
    whole = corpus(project, selection)
    _check_there_are(project, whole, selection)
    if not wanted.suggestions:
        summary = _written(info, Chosen(whole, wanted), out, options, wanted, progress)
    else:
        with closing(WithSuggestions(project, whole, info.predictions)) as more:
            more.prepare(lambda done, total: progress(done, total, tr("Suggesting")))
            summary = _written(info, Chosen(more.corpus, wanted), out, options, wanted, progress)
            summary = _with_about(summary, info, more)
    if (
        info.training
        and replace(wanted, suggestions=False) == usual
        and wanted.statuses is None
        and not selection.everything
    ):
        summary = replace(summary, about={**summary.about, "status": NONE_DONE})
    return _never_silent(project, summary)


def _conflicts(project: Project, info: FormatInfo, out: Path, options: Options, progress: Progress) -> ExportSummary:
    """What annotators disagree on: everybody's labels, whatever was chosen."""
    from model.queries.review import review_corpus

    def counted(done: int, total: int) -> None:
        progress(done, max(done, total), tr("Exporting"))

    return exporter(info.key).write(review_corpus(project), out, options, counted)


def _written(
    info: FormatInfo, chosen: Chosen, out: Path, options: Options, wanted: ExportFilter, progress: Progress
) -> ExportSummary:
    def counted(done: int, total: int) -> None:
        progress(done, total, tr("Exporting"))

    if info.training or info.tokens or options.split or wanted != EVERYTHING:
        summary = _with_manifest(info, chosen, out, options, wanted, counted)
    else:
        summary = exporter(info.key).write(chosen.corpus, out, options, counted)
    return replace(summary, left_out=with_left_out(summary.left_out, chosen.left_out))


def _with_about(summary: ExportSummary, info: FormatInfo, more: WithSuggestions) -> ExportSummary:
    """How many suggestions went to the format, and whether it can tell them apart."""
    said = f"{more.entities} entities, {more.relations} relations"
    if not info.origins:
        said += " (this format does not tell them from confirmed labels)"
    return replace(summary, about={**summary.about, "suggestions": said})


def usual_filter(project: Project, format: str, selection: Selection = _UNDECIDED) -> ExportFilter:
    """What goes out when nothing is said: all of it; for training, annotation sets that are done (all, when none is) without
    what a page showed below its text. Who asks for everything gets everything."""
    info = next((info for info in formats() if info.key == format), None)
    if info is None or not info.training or selection.everything:
        return EVERYTHING
    found = statuses(project, selection)
    return TRAINING if Status.DONE in found else replace(TRAINING, statuses=None)


def _with_manifest(
    info: FormatInfo, chosen: Chosen, out: Path, options: Options, wanted: ExportFilter, progress: Counted
) -> ExportSummary:
    writer = exporter(info.key)
    if info.always_splits and options.split is None:
        options = replace(options, split=SHARES)
    parts: Mapping[str, str] | None = parts_of(chosen.corpus, options, progress)
    manifest = partial(
        place_manifest,
        corpus=chosen.corpus,
        format=info.key,
        wanted=wanted,
        options=options,
        parts=parts,
        progress=progress,
    )
    if parts is not None and not info.splits:

        def finish(summary: ExportSummary, place: Path) -> ExportSummary:
            both = replace(summary, left_out=with_left_out(summary.left_out, chosen.left_out))
            listed = write_manifest(place, chosen.corpus, info.key, wanted, options, both, parts, progress)
            return replace(summary, off_tokens=listed)

        return write_divided(writer, chosen.corpus, out, options, parts, progress, finish)
    check_target(manifest_path(out), options.force)
    summary = writer.write(chosen.corpus, out, options, progress)
    both = replace(summary, left_out=with_left_out(summary.left_out, chosen.left_out))
    return replace(summary, off_tokens=manifest(out, options.force, summary=both))


def _check_there_are(project: Project, found: Corpus, selection: Selection) -> None:
    if selection.adjudicated and not found.total:
        raise Refused(
            "{project} has no adjudicated labels. Nothing was written; choose --annotator NAME or --all.",
            project=project.path.name,
        )


def _never_silent(project: Project, summary: ExportSummary) -> ExportSummary:
    """An export without relations must not look complete when the project has some."""
    if summary.relations or summary.left_out.get("relations"):
        return summary
    everything = corpus(project, Selection(everything=True))
    elsewhere = sum(len(labels.relations) for labelled in everything for labels in labelled.sets)
    if not elsewhere or any("relations" in reason for reason in summary.left_out):
        return summary
    return replace(summary, left_out={**summary.left_out, UNSELECTED: elsewhere})
