"""``chugiai import``: reports and labels in."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, opened
from ui.cli.workbook import say_workbook, workbook_object
from ui.words import explain, tr

if TYPE_CHECKING:
    from ui.jobs.importing import ImportedFile, ImportSummary


def _add_arguments(parser: Parser) -> None:
    from ui.jobs.sources import known_formats

    add_project(parser)
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help=tr("files and folders, with all they hold"))
    parser.add_argument(
        "--format",
        metavar="F",
        choices=known_formats(),
        help=tr("read every file as one of {known}; without it the files tell", known=", ".join(known_formats())),
    )
    parser.add_argument("--annotator", metavar="NAME", help=tr("whose the labels are that name nobody"))
    parser.add_argument(
        "--replace",
        action="store_true",
        help=tr("let other labels take the place of an annotator's on the same report"),
    )
    parser.add_argument(
        "--map", metavar="FILE", type=Path, help=tr("rename labels, or leave them out, as a YAML file says")
    )
    parser.add_argument(
        "--add-labels", action="store_true", help=tr("add labels that the schema lacks to it, with the import")
    )
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _import(args: Namespace, console: Console) -> int:
    from exports.label_map import LabelMap, read_map
    from ui.jobs.account import remembered_annotator
    from ui.jobs.importing import import_files
    from ui.jobs.incoming_labels import IncomingLabels

    labels = IncomingLabels(read_map(args.map) if args.map else LabelMap(), add_all=args.add_labels)
    with opened(args.project, console) as project:
        summary = import_files(
            project,
            args.paths,
            annotator=args.annotator,
            actor=remembered_annotator(),
            format=args.format,
            replace=args.replace,
            labels=labels,
            progress=console.progress,
        )
    for file in summary.files:
        if file.refused:
            console.complain(tr("{path} was refused: {reason}", path=file.path, reason=explain(file.refused)))
        elif file.workbook is not None:
            say_workbook(file.workbook, console)
        else:
            console.say(_line(file))
    if summary.new_labels and not args.json:
        console.say(tr("Added to the label schema: {labels}", labels=", ".join(summary.new_labels)))
    if args.json:
        console.result(_object(summary))
    elif any(file.workbook is None for file in summary.files):
        _say_totals(summary, console)
    return 1 if summary.refused or any(file.workbook and file.workbook.found.problems for file in summary.files) else 0


def _line(file: ImportedFile) -> str:
    """What became of a file that was taken, in one line."""
    result = file.result
    parts = [
        tr(sentence, count=count)
        for sentence, count in (
            ("reports added: {count}", result.added),
            ("known already: {count}", result.known),
            ("label sets added: {count}", result.labelled - result.replaced),
            ("label sets replaced: {count}", result.replaced),
            ("label sets known already: {count}", result.unchanged),
            ("entities: {count}", result.entities),
            ("relations: {count}", result.relations),
        )
        if count
    ]
    parts += [tr("{old} is now called {new}", old=old, new=new) for old, new in result.renamed.items()]
    parts += [tr("left out: {what} ({count})", what=tr(what), count=count) for what, count in result.left_out.items()]
    return f"{file.path}: {', '.join(parts)}"


def _say_totals(summary: ImportSummary, console: Console) -> None:
    console.say(
        tr(
            "Files: {files}, refused: {refused}. Reports added: {added}, known already: {known}. "
            "Label sets added: {labelled}, replaced: {replaced}, known already: {unchanged}.",
            files=len(summary.files),
            refused=len(summary.refused),
            added=summary.total("added"),
            known=summary.total("known"),
            labelled=summary.total("labelled") - summary.total("replaced"),
            replaced=summary.total("replaced"),
            unchanged=summary.total("unchanged"),
        )
    )


def _object(summary: ImportSummary) -> dict[str, Any]:
    from ui.jobs.importing import COUNTS

    totals = {"files": len(summary.files), "refused": len(summary.refused)}
    return {
        "files": [_file_object(file) for file in summary.files],
        "new_labels": list(summary.new_labels),
        "totals": totals | {name: summary.total(name) for name in COUNTS},
    }


def _file_object(file: ImportedFile) -> dict[str, Any]:
    from ui.jobs.importing import COUNTS

    return {
        "path": str(file.path),
        "status": file.status,
        **{name: getattr(file.result, name) for name in COUNTS},
        "renamed": file.result.renamed,
        "left_out": dict(file.result.left_out),
        "reason": explain(file.refused) if file.refused else None,
        **({"workbook": workbook_object(file.workbook)} if file.workbook else {}),
    }


IMPORT = Command(
    "import",
    "Import reports and labels in any format, and edited workbooks.",
    (
        "chugiai import reports.chugiai folder/ more.docx",
        "chugiai import reports.chugiai labels.jsonl --annotator Lan",
        "chugiai import reports.chugiai corrected.jsonl --replace --json",
        "chugiai import reports.chugiai theirs.json --annotator Lan --map map.yaml --add-labels",
        "chugiai import reports.chugiai edited.xlsx",
        "chugiai import reports.chugiai brat-folder/ --format brat --annotator Lan",
    ),
    _add_arguments,
    _import,
)
