"""``chugiai merge``: other copies into a project; ``chugiai package``: a copy for one annotator."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, file_path, opened
from ui.words import tr

if TYPE_CHECKING:
    from ui.jobs.merging import MergedCopy


def _add_merge_arguments(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument("others", metavar="OTHER", nargs="+", help=tr("other copies: project files"))
    parser.add_argument(
        "--annotator",
        metavar="OLD=NEW",
        action="append",
        default=[],
        help=tr("the annotator OLD of the other copy is NEW here; may be said several times"),
    )
    parser.add_argument("--dry-run", action="store_true", help=tr("only say what would come"))
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _merge(args: Namespace, console: Console) -> int:
    from ui.jobs.account import remembered_annotator
    from ui.jobs.merging import look_at, merge_copies

    people = _people(args.annotator)
    others = [file_path(other) for other in args.others]
    with opened(args.project, console) as project:
        if args.dry_run:
            copies = look_at(project, others, people, console.progress)
        else:
            copies = merge_copies(project, others, people, remembered_annotator(), console.progress)
    if args.json:
        console.result({"dry_run": args.dry_run, "copies": [_object(copy) for copy in copies]})
        return 0
    from ui.merge_words import lines_of

    for copy in copies:
        console.say(tr("{path}:", path=copy.path))
        for line in lines_of(copy.result, would=args.dry_run):
            console.say(f"  {line}")
    return 0


def _people(given: list[str]) -> dict[str, str]:
    """OLD=NEW pairs. Raises ``Refused`` for another form."""
    from annotations.errors import Refused

    people = {}
    for pair in given:
        old, equals, new = pair.partition("=")
        if not (equals and old.strip() and new.strip()):
            raise Refused("{pair} is not OLD=NEW. Nothing was changed; name two annotators.", pair=pair)
        people[old.strip()] = new.strip()
    return people


def _object(copy: MergedCopy) -> dict[str, Any]:
    from ui.merge_words import difference

    result = copy.result
    counts: dict[str, dict[str, int]] = {}
    for (what, how), number in sorted(result.counts.items()):
        counts.setdefault(what, {})[how] = number
    return {
        "path": str(copy.path),
        "nothing_new": result.nothing,
        "counts": counts,
        "labels_by_annotator": dict(sorted(result.by_annotator.items())),
        "collisions": result.collisions,
        "annotators": result.people,
        "renamed": result.renamed,
        "schema": [difference(*each) for each in result.differences],
        "left_out": dict(result.left_out),
        "copy_of_this_project": result.related,
        "package_for": result.package_for or None,
    }


def _add_package_arguments(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument("out", metavar="OUT", help=tr("the project file to write"))
    parser.add_argument("--annotator", metavar="NAME", required=True, help=tr("whom the package is for"))
    parser.add_argument(
        "--reports", metavar="WORDS", help=tr("the reports with these words in name or title, not the assigned ones")
    )
    parser.add_argument("--force", action="store_true", help=tr("replace OUT when it exists"))
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _package(args: Namespace, console: Console) -> int:
    from model.queries.reports import ReportFilter
    from ui.jobs.merging import package

    wanted = ReportFilter(words=args.reports) if args.reports is not None else None
    with opened(args.project, console) as project:
        made = package(
            project, file_path(args.out), args.annotator, wanted, force=args.force, progress=console.progress
        )
    if args.json:
        console.result({"path": str(made.path), "reports": made.reports, "blind": made.blind})
    else:
        console.say(
            tr(
                "Packed {count} reports for {annotator} into {path}. She opens it as any project; merge it when it is back.",
                count=made.reports,
                annotator=args.annotator,
                path=made.path,
            )
        )
    return 0


MERGE = Command(
    "merge",
    "Merge other copies of a project into it; merging again changes nothing.",
    (
        "chugiai merge reports.chugiai from-lan.chugiai from-minh.chugiai",
        "chugiai merge reports.chugiai from-lan.chugiai --annotator lan=Lan --dry-run",
    ),
    _add_merge_arguments,
    _merge,
)
PACKAGE = Command(
    "package",
    "Make a package for one annotator: a project with only her reports, to be merged when it is back.",
    ("chugiai package reports.chugiai for-lan.chugiai --annotator Lan",),
    _add_package_arguments,
    _package,
)
