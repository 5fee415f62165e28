"""Merge other copies into a project, after a look at what will come; make a package for one annotator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotations.errors import Refused
from model.address import Address, is_address
from model.annotators import annotator_names
from model.merging import MergeResult, check_labels, look, merge_copy, snapshot
from model.merging.package import PackageResult, make_package
from model.project import Project
from model.queries.reports import ReportFilter
from ui.jobs.account import person
from ui.jobs.importing import fill_index
from ui.jobs.progress import Progress, nobody_watches
from ui.words import tr


@dataclass(frozen=True, slots=True)
class MergedCopy:
    """What one copy brought, or would bring."""

    path: Path
    result: MergeResult


def look_at(
    project: Project,
    others: Iterable[Path],
    people: Mapping[str, str] | None = None,
    progress: Progress = nobody_watches,
) -> tuple[MergedCopy, ...]:
    """What merging each of these copies, alone, would bring; nothing is written.

    Raises ``ChuGiaiError`` for a file that cannot be merged, ``Cancelled`` from ``progress``.
    """
    return tuple(_each(project, others, people or {}, None, progress))


def merge_copies(
    project: Project,
    others: Iterable[Path],
    people: Mapping[str, str] | None = None,
    actor: str | None = None,
    progress: Progress = nobody_watches,
) -> tuple[MergedCopy, ...]:
    """Merge these copies, one after another, each as a whole; ``people`` leads from annotators there to annotators here.

    All of them are opened and looked over before the first is merged, so that a bad file changes nothing.
    Raises ``ChuGiaiError``, ``Cancelled`` from ``progress``: the copy under way is then taken back.
    """
    merged = tuple(_each(project, others, people or {}, actor or person(), progress))
    added = sum(copy.result.counts["reports", "added"] for copy in merged)
    if added:
        fill_index(project, added, progress)
    return merged


def _each(
    project: Project, others: Iterable[Path], people: Mapping[str, str], actor: str | None, progress: Progress
) -> list[MergedCopy]:
    paths = list(dict.fromkeys(others))
    own = project.path if isinstance(project.path, Path) else None
    with ExitStack() as open_copies:
        copies = []
        for path in paths:
            if isinstance(path, Address) or is_address(str(path)):
                raise Refused("Only project files can be merged into a project. Nothing was changed; name a file.")
            copy = open_copies.enter_context(
                snapshot(path, own, lambda done, total: progress(done, total, tr("Reading")))
            )
            check_labels(copy, path)
            copies.append(copy)
        found = []
        for path, copy in zip(paths, copies, strict=True):
            told = _told(progress, tr("Looking") if actor is None else tr("Merging"))
            mapped = {there: here for there, here in people.items() if len(paths) == 1 or _has(copy, there)}
            if actor is None:
                found.append(MergedCopy(path, look(project, copy, mapped, told)))
            else:
                found.append(MergedCopy(path, merge_copy(project, copy, mapped, actor, path.name, told)))
        return found


def _has(copy: Project, annotator: str) -> bool:
    with copy.reading() as connection:
        return annotator in annotator_names(connection)


def _told(progress: Progress, what: str) -> Any:
    return lambda done, total: progress(done, total, what)


def package(
    project: Project,
    out: Path,
    annotator: str,
    wanted: ReportFilter | None = None,
    report_ids: Iterable[str] | None = None,
    force: bool = False,
    progress: Progress = nobody_watches,
) -> PackageResult:
    """Make a project file with one annotator's reports: those assigned to her, or those asked for.

    Raises ``ChuGiaiError`` when there are none, or ``out`` exists (unless ``force``) or cannot be written.
    """
    told = _told(progress, tr("Packing"))
    return make_package(project, out, annotator, wanted, report_ids, force, told)
