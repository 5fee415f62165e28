"""``chugiai assign``: hand out reports to annotators, and tell how far everybody is."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, opened
from ui.words import tr

if TYPE_CHECKING:
    from annotations.assigning import Plan
    from model.queries.assignments import PersonProgress


def _add_arguments(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument(
        "--to", metavar="NAME", nargs="+", default=[], help=tr("to whom; without it, only how far everybody is is told")
    )
    parser.add_argument(
        "--report", metavar="NAME", nargs="+", default=[], help=tr("only the reports of these names; all when not said")
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--each", metavar="N", type=int, help=tr("N further reports to each annotator"))
    how.add_argument("--per-report", metavar="N", type=int, help=tr("N annotators to each report"))
    how.add_argument(
        "--overlap",
        metavar="PERCENT",
        type=float,
        help=tr("this share of the reports to everybody named, the rest to one each"),
    )
    parser.add_argument(
        "--by-length", action="store_true", help=tr("even by length of text; by number of reports when not said")
    )
    parser.add_argument("--blind", action="store_true", help=tr("nobody is shown what others labelled"))
    parser.add_argument(
        "--as", dest="actor", metavar="NAME", help=tr("who hands out; this account's name when not said")
    )
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _carry_out(args: Namespace, console: Console) -> int:
    from model.queries.assignments import people

    plan = None
    with opened(args.project, console) as project:
        if args.to:
            plan = _hand_out(args, project)
        with project.reading() as connection:
            found = people(connection)
    if args.json:
        console.result(_as_json(plan, found))
        return 0
    if plan is not None:
        console.say(tr("Handed out: {count} assignments.", count=len(plan.assigned)))
    for one in found:
        console.say(
            tr(
                "{name}: {assigned} assigned, {new} new, {begun} in progress, {done} done",
                name=one.annotator,
                assigned=one.assigned,
                new=one.new,
                begun=one.in_progress,
                done=one.done,
            )
        )
    return 0


def _hand_out(args: Namespace, project: object) -> Plan:
    from annotations.assigning import Balance, Way, Wish
    from model.project import Project
    from ui.jobs.account import person
    from ui.jobs.handing_out import assign_named

    assert isinstance(project, Project)
    names = tuple(dict.fromkeys(args.to))
    balance = Balance.LENGTH if args.by_length else Balance.COUNT
    if args.each is not None:
        wish = Wish(names, Way.PER_ANNOTATOR, args.each, balance=balance)
    elif args.per_report is not None:
        wish = Wish(names, Way.PER_REPORT, args.per_report, balance=balance)
    elif args.overlap is not None:
        wish = Wish(names, Way.OVERLAP, len(names), args.overlap / 100, balance)
    else:
        wish = Wish(names)
    return assign_named(project, args.actor or person(), wish, args.report, args.blind)[0]


def _as_json(plan: Plan | None, found: tuple[PersonProgress, ...]) -> dict[str, object]:
    made = [] if plan is None else [{"report": report, "annotator": name} for report, name in plan.assigned]
    return {
        "assigned": made,
        "annotators": [
            {
                "annotator": one.annotator,
                "assigned": one.assigned,
                "new": one.new,
                "in_progress": one.in_progress,
                "done": one.done,
                "beside": one.beside,
                "blind": one.blind,
                "locked": one.locked,
            }
            for one in found
        ],
    }


ASSIGN = Command(
    "assign",
    "Hand out reports to annotators, and tell how far everybody is.",
    (
        "chugiai assign reports.chugiai --to lan minh --overlap 20 --blind",
        "chugiai assign reports.chugiai --json",
    ),
    _add_arguments,
    _carry_out,
)
