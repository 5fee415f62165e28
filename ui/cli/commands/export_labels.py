"""``chugiai export``: labels out, as training data or for people."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, opened
from ui.words import language, tr

if TYPE_CHECKING:
    from exports.protocol import ExportSummary


def _add_arguments(parser: Parser) -> None:
    from exports.formats import formats

    known = ", ".join(info.key for info in formats() if info.writes)
    add_project(parser)
    parser.add_argument("out", metavar="OUT", type=Path, help=tr("the file or folder to write; its folder must exist"))
    parser.add_argument("--format", metavar="F", required=True, help=tr("one of {known}", known=known))
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--annotator", metavar="NAME", help=tr("the labels of this annotator"))
    whose.add_argument("--adjudicated", action="store_true", help=tr("the reviewed labels"))
    whose.add_argument("--all", action="store_true", help=tr("every report, with the labels of everybody"))
    parser.add_argument("--word-level", action="store_true", help=tr("words in place of syllables (conll)"))
    parser.add_argument("--force", action="store_true", help=tr("replace an OUT that exists"))
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _export(args: Namespace, console: Console) -> int:
    from exports.protocol import Options
    from model.queries.corpus import Selection
    from ui.jobs.exporting import export_corpus

    selection = Selection(args.annotator, args.adjudicated, args.all)
    options = Options(args.force, args.word_level, language())
    with opened(args.project, console) as project:
        summary = export_corpus(project, args.out, args.format, selection, options, console.progress)
    if args.json:
        console.result(_object(summary, args.format))
    else:
        _say(summary, console)
    return 0


def _say(summary: ExportSummary, console: Console) -> None:
    console.say(
        tr(
            "Wrote {path}: reports: {reports}, label sets: {sets}, entities: {entities}, relations: {relations}.",
            path=summary.path,
            reports=summary.reports,
            sets=summary.sets,
            entities=summary.entities,
            relations=summary.relations,
        )
    )
    for what, count in summary.left_out.items():
        console.say(tr("Left out: {what} ({count})", what=tr(what), count=count))
    for name, value in summary.about.items():
        console.say(f"{tr(name)}: {value}")


def _object(summary: ExportSummary, format: str) -> dict[str, Any]:
    return {
        "path": str(summary.path),
        "format": format,
        "reports": summary.reports,
        "sets": summary.sets,
        "entities": summary.entities,
        "relations": summary.relations,
        "by_label": dict(summary.by_label),
        "by_type": dict(summary.by_type),
        "left_out": dict(summary.left_out),
        "about": dict(summary.about),
    }


EXPORT = Command(
    "export",
    "Export labels: JSON lines, brat, CoNLL, Excel workbook.",
    (
        "chugiai export reports.chugiai labels.jsonl --format jsonl --all",
        "chugiai export reports.chugiai labels.xlsx --format xlsx --annotator Lan --force",
        "chugiai export reports.chugiai train.conll --format conll --adjudicated --word-level",
        "chugiai export reports.chugiai brat.zip --format brat --annotator Lan --json",
    ),
    _add_arguments,
    _export,
)
