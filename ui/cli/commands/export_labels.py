"""``chugiai export``: labels out, as training data or for people."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.errors import Refused
from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, opened
from ui.words import language, tr

if TYPE_CHECKING:
    from annotations.report import Status
    from exports.protocol import ExportSummary
    from exports.selection import ExportFilter


def _add_arguments(parser: Parser) -> None:
    from exports.formats import formats

    keys = [info.key for info in formats() if info.writes]
    add_project(parser)
    parser.add_argument("out", metavar="OUT", type=Path, help=tr("the file or folder to write; its folder must exist"))
    known = tr("one of {known}", known=", ".join(keys))
    parser.add_argument("--format", metavar="F", choices=keys, required=True, help=known)
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--annotator", metavar="NAME", help=tr("the labels of this annotator"))
    whose.add_argument("--adjudicated", action="store_true", help=tr("the reviewed labels"))
    whose.add_argument("--all", action="store_true", help=tr("every report, with the labels of everybody"))
    _add_choices(parser)
    parser.add_argument("--force", action="store_true", help=tr("replace an OUT that exists"))
    parser.add_argument("--summary", metavar="FILE", type=Path, help=tr("save what was written and left out, as JSON"))
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _add_choices(parser: Parser) -> None:
    from annotations.split import SEED
    from exports.tags import SCHEMES
    from exports.tokens import Alignment

    parser.add_argument(
        "--status",
        metavar="S",
        help=tr(
            "all, or of new, in_progress, done (several with commas); default: done for training formats, else all"
        ),
    )
    parser.add_argument(
        "--from", dest="since", metavar="DATE", default="", help=tr("reports from this date on, e.g. 2021-04")
    )
    parser.add_argument("--to", dest="until", metavar="DATE", default="", help=tr("reports up to this date"))
    parser.add_argument(
        "--map", metavar="FILE", type=Path, help=tr("rename labels, or leave them out, as a YAML file says")
    )
    parser.add_argument(
        "--with-suggestions",
        action="store_true",
        help=tr("also what the machine would label, marked as suggested (default: confirmed labels only)"),
    )
    parser.add_argument(
        "--keep-furniture",
        action="store_true",
        help=tr("keep what a page showed below its text (training formats cut it off)"),
    )
    parser.add_argument(
        "--split", metavar="N,N,N", type=_shares, help=tr("shares of train, dev and test, e.g. 80,10,10")
    )
    parser.add_argument(
        "--seed", metavar="N", type=int, default=SEED, help=tr("of the split (default: {seed})", seed=SEED)
    )
    parser.add_argument("--word-level", action="store_true", help=tr("words in place of syllables (token formats)"))
    parser.add_argument(
        "--align",
        choices=list(map(str, Alignment)),
        default=str(Alignment.STRICT),
        help=tr("what becomes of entities that do not fall on tokens: left out, widened, narrowed"),
    )
    parser.add_argument("--tags", choices=SCHEMES, default=SCHEMES[0], help=tr("the tag scheme of conll"))


def _shares(text: str) -> tuple[int, int, int]:
    try:
        train, dev, test = (int(share) for share in text.split(","))
    except ValueError as error:
        raise ArgumentTypeError(tr("“{text}” is not like 80,10,10", text=text)) from error
    return train, dev, test


def _filter(args: Namespace, usual: ExportFilter) -> ExportFilter:
    """The usual choice with what was said otherwise. Raises ``Refused``, ``FormatError``."""
    from exports.label_map import read_map

    wanted = replace(usual, since=args.since, until=args.until)
    if args.status:
        wanted = replace(wanted, statuses=_statuses(args.status))
    if args.keep_furniture:
        wanted = replace(wanted, furniture=True)
    if args.with_suggestions:
        wanted = replace(wanted, suggestions=True)
    return replace(wanted, labels=read_map(args.map)) if args.map else wanted


def _statuses(text: str) -> frozenset[Status] | None:
    from annotations.report import Status

    if text == "all":
        return None
    words = [word.strip() for word in text.split(",")]
    if unknown := [word for word in words if word not in set(Status)]:
        raise Refused(
            "There is no status {status}. Nothing was written; there are {known}, and all.",
            status=unknown[0],
            known=", ".join(Status),
        )
    return frozenset(Status(word) for word in words)


def _export(args: Namespace, console: Console) -> int:
    from exports.files import check_target, writing
    from exports.protocol import Options
    from model.queries.corpus import Selection
    from ui.jobs.exporting import export_corpus, usual_filter

    selection = Selection(args.annotator, args.adjudicated, args.all)
    options = Options(args.force, args.word_level, language(), args.align, args.split, args.seed, args.tags)
    if args.summary:
        check_target(args.summary, args.force)
    with opened(args.project, console) as project:
        wanted = _filter(args, usual_filter(project, args.format, selection))
        summary = export_corpus(project, args.out, args.format, selection, options, console.progress, wanted)
    if args.summary:
        with writing(args.summary, args.force) as part:
            text = json.dumps(_object(summary, args.format), ensure_ascii=False, indent=1)
            part.write_text(text + "\n", encoding="utf-8", newline="\n")
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
    for one in summary.off_tokens:
        console.say(tr("Not on tokens: {entity}", entity=one))
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
        "off_tokens": list(summary.off_tokens),
    }


EXPORT = Command(
    "export",
    "Export labels in any format: as training data, for other tools, for people.",
    (
        "chugiai export reports.chugiai labels.jsonl --format jsonl --all",
        "chugiai export reports.chugiai labels.xlsx --format xlsx --annotator Lan --force",
        "chugiai export reports.chugiai train.conll --format conll --adjudicated --word-level",
        "chugiai export reports.chugiai data --format spacy --adjudicated --split 80,10,10 --seed 7 --align expand",
        "chugiai export reports.chugiai april.jsonl --format jsonl --from 2021-04 --to 2021-04 --status done --map map.yaml",
        "chugiai export reports.chugiai brat.zip --format brat --annotator Lan --json",
    ),
    _add_arguments,
    _export,
)
