"""``chugiai agreement`` and ``chugiai conflicts``: how far annotators agree, and where they do not."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from typing import TYPE_CHECKING, Any

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, opened
from ui.words import tr

if TYPE_CHECKING:
    from annotations.agreement import Agreement, Figure, PairAgreement

MATCHES = ("exact", "overlap", "boundary", "type")


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1:
        raise ArgumentTypeError(tr("a number above 0 and up to 1, not {text}", text=text))
    return value


def _add_agreement(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument(
        "--annotators", metavar="NAME", nargs="+", default=[], help=tr("whose labels; all when not said")
    )
    parser.add_argument("--match", choices=MATCHES, default="exact", help=tr("when two entities are the same"))
    parser.add_argument(
        "--threshold", type=_share, default=0.5, metavar="SHARE", help=tr("how much must overlap, for --match overlap")
    )
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _agreement(args: Namespace, console: Console) -> int:
    from annotations.agreement import Match, agreement_json
    from ui.jobs.comparing import agreement_of

    with opened(args.project, console) as project:
        found = agreement_of(project, args.annotators, Match(args.match), args.threshold, console.progress)
    if args.json:
        console.result(agreement_json(found))
    else:
        _tell(found, console)
    return 0


def _tell(found: Agreement, console: Console) -> None:
    console.say(tr("Compared {used} of {total} reports.", used=found.used, total=found.total))
    for pair in found.pairs:
        _tell_pair(pair, console)
    for name, figure in (
        (tr("alpha"), found.alpha),
        (tr("alpha_U"), found.alpha_u),
        (tr("Fleiss' kappa"), found.fleiss),
    ):
        console.say(f"{name}: {_figure(figure)}")
    for note in found.notes:
        console.say(tr(note))


def _tell_pair(pair: PairAgreement, console: Console) -> None:
    first, second = pair.annotators
    for what, compared in ((tr("entities"), pair.entities), (tr("relations"), pair.relations)):
        console.say(
            tr(
                "{first} – {second}, {what}: F1 {f1}; both {both}, only {first} {only_a}, only {second} {only_b}",
                first=first,
                second=second,
                what=what,
                f1=_figure(compared.f1),
                both=compared.both,
                only_a=compared.only_a,
                only_b=compared.only_b,
            )
        )
    console.say(tr("{first} – {second}: kappa {kappa}", first=first, second=second, kappa=_figure(pair.kappa)))


def _figure(figure: Figure) -> str:
    """``0.912 [0.880, 0.941]``, or why there is none."""
    if figure.value is None:
        return f"– ({tr(figure.reason)})"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def _add_conflicts(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _conflicts(args: Namespace, console: Console) -> int:
    from ui.jobs.comparing import conflicts_of

    with opened(args.project, console) as project:
        found = list(conflicts_of(project, console.progress))
    if args.json:
        console.result(found)
        return 0
    for conflict in found:
        answers = "; ".join(f"{name}: {_answers(given)}" for name, given in conflict["answers"].items())
        console.say(f"{conflict['report']} · {conflict['kind']} · {answers}{_decided(conflict)}")
    undecided = sum(conflict["state"] != "decided" for conflict in found)
    console.say(tr("Conflicts: {count}, undecided: {undecided}.", count=len(found), undecided=undecided))
    return 0


def _decided(conflict: dict[str, Any]) -> str:
    """What was decided and by whom, after an arrow; empty when nothing was."""
    decision = conflict["decision"]
    if decision is None:
        return ""
    whose = decision["taken"] or decision["by"]
    return f" → {decision['answer']} ({whose})" if whose else f" → {decision['answer']}"


def _answers(given: list[dict[str, object]]) -> str:
    """What one annotator has there: labels with their spans, or a dash."""
    return (
        ", ".join(
            f"{one['label']} {one['start']}–{one['end']}" if "label" in one else f"{one['type']}" for one in given
        )
        or "–"
    )


AGREEMENT = Command(
    "agreement",
    "Measure how far annotators agree.",
    (
        "chugiai agreement reports.chugiai",
        "chugiai agreement reports.chugiai --annotators lan minh --match overlap --json",
    ),
    _add_agreement,
    _agreement,
)
CONFLICTS = Command(
    "conflicts",
    "List where annotators differ.",
    ("chugiai conflicts reports.chugiai", "chugiai conflicts reports.chugiai --json"),
    _add_conflicts,
    _conflicts,
)
