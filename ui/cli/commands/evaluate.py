"""``chugiai evaluate``: suggestions against labels."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import opened
from ui.words import tr

if TYPE_CHECKING:
    from annotations.suggest.evaluation import Evaluation, Tally

_WIDTH = 22


def _add_arguments(parser: Parser) -> None:
    parser.add_argument("gold", metavar="GOLD.jsonl", help=tr("labelled reports in the native JSONL form"))
    parser.add_argument(
        "project",
        metavar="PROJECT",
        nargs="?",
        help=tr("a project whose labels may help (never those of the same report)"),
    )
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _evaluate(args: Namespace, console: Console) -> int:
    from ui.jobs.suggesting import evaluate_file

    gold = Path(args.gold)
    if args.project is None:
        evaluation = evaluate_file(gold, None, console.progress)
    else:
        with opened(args.project, console) as project:
            evaluation = evaluate_file(gold, project, console.progress)
    if console.is_json:
        console.result(_object(evaluation))
    else:
        _say(evaluation, console)
    return 0


def _object(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "reports": evaluation.reports,
        "entities": {"exact": _table(evaluation.exact), "overlap": _table(evaluation.overlap)},
        "sources": {
            name: {"suggested": tally.suggested, "right": tally.right, "precision": tally.precision}
            for name, tally in sorted(evaluation.sources.items())
        },
        "relations": _table(evaluation.relations),
        "values": {
            name: {"wanted": tally.wanted, "right": tally.right, "share": tally.recall}
            for name, tally in sorted(evaluation.values.items())
        },
    }


def _table(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    from annotations.suggest.evaluation import total

    return {**_figures(total(tallies)), "by_label": {name: _figures(tally) for name, tally in sorted(tallies.items())}}


def _figures(tally: Tally) -> dict[str, Any]:
    return {
        "suggested": tally.suggested,
        "wanted": tally.wanted,
        "right": tally.right,
        "precision": tally.precision,
        "recall": tally.recall,
        "f1": tally.f1,
    }


def _say(evaluation: Evaluation, console: Console) -> None:
    console.say(tr("Compared {count} labelled reports.", count=evaluation.reports))
    for title, tallies in (
        (tr("Entities, exact"), evaluation.exact),
        (tr("Entities, overlap"), evaluation.overlap),
        (tr("Relations"), evaluation.relations),
    ):
        _say_table(title, tallies, console)
    console.say("")
    console.say(f"{tr('Sources'):<{_WIDTH}}{'P':>8}{tr('right'):>9}{tr('suggested'):>11}")
    for name, tally in sorted(evaluation.sources.items()):
        console.say(f"{name:<{_WIDTH}}{tally.precision:>8.3f}{tally.right:>9}{tally.suggested:>11}")
    console.say("")
    console.say(f"{tr('Values'):<{_WIDTH}}{'':>8}{tr('right'):>9}{tr('wanted'):>11}")
    for name, tally in sorted(evaluation.values.items()):
        console.say(f"{name:<{_WIDTH}}{tally.recall:>8.3f}{tally.right:>9}{tally.wanted:>11}")


def _say_table(title: str, tallies: Mapping[str, Tally], console: Console) -> None:
    from annotations.suggest.evaluation import total

    console.say("")
    console.say(f"{title:<{_WIDTH}}{'P':>8}{'R':>8}{'F1':>8}{tr('right'):>9}{tr('suggested'):>11}{tr('wanted'):>9}")
    for name, tally in [*sorted(tallies.items()), (tr("all"), total(tallies))]:
        figures = f"{tally.precision:>8.3f}{tally.recall:>8.3f}{tally.f1:>8.3f}"
        console.say(f"{name:<{_WIDTH}}{figures}{tally.right:>9}{tally.suggested:>11}{tally.wanted:>9}")


EVALUATE = Command(
    "evaluate",
    "Measure suggestions against labels: precision, recall and F1 by label, source and relation.",
    ("chugiai evaluate labelled.jsonl", "chugiai evaluate labelled.jsonl reports.chugiai --json"),
    _add_arguments,
    _evaluate,
)
