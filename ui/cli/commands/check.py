"""``chugiai check``: is the project sound?"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, project_path
from ui.words import tr

if TYPE_CHECKING:
    from model.address import Place
    from model.damage import Finding


def _add_arguments(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument("--repair", action="store_true", help=tr("back up, then mend what can be mended without loss"))
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _check(args: Namespace, console: Console) -> int:
    from ui.jobs.keeping import check, repair

    path = project_path(args.project)
    saved: Path | None = None
    if args.repair:
        saved, findings = repair(path)
    else:
        findings = check(path, console.progress)
    left = [finding for finding in findings if finding.is_damage and not finding.repaired]
    if args.json:
        console.result(_object(path, saved, findings))
    else:
        _say(path, saved, findings, console)
    if not left:
        return 0
    console.complain(_refusal(path, left, args.repair))
    return 1


def _refusal(path: Place, left: Sequence[Finding], tried: bool) -> str:
    count = len(left)
    if tried or not any(finding.mendable for finding in left):
        return tr(
            "{path} is damaged in {count} places that cannot be mended; restore a backup.", path=path, count=count
        )
    return tr(
        "{path} is damaged in {count} places. Nothing was changed; “chugiai check {path} --repair” mends what it can.",
        path=path,
        count=count,
    )


def _say(path: Place, saved: Path | None, findings: Sequence[Finding], console: Console) -> None:
    for finding in findings:
        said = tr(finding.sentence, **finding.values)
        if finding.repaired:
            console.say(tr("Mended: {what}", what=said))
        elif finding.is_damage:
            console.say(tr("Damage: {what}", what=said))
        else:
            console.say(tr("Notice: {what}", what=said))
    if saved is not None:
        console.say(tr("The project as it was before stands in {path}.", path=saved))
    counts = _counts(findings)
    console.say(
        tr(
            "{path}: damaged places: {damage}, mended: {repaired}, notices: {notices}.",
            path=path,
            **counts,
        )
    )


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    """Damage that is left, damage that was mended, and notices."""
    return {
        "damage": sum(finding.is_damage and not finding.repaired for finding in findings),
        "repaired": sum(finding.repaired for finding in findings),
        "notices": sum(not finding.is_damage for finding in findings),
    }


def _object(path: Place, saved: Path | None, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "project": str(path),
        "backup": str(saved) if saved else None,
        **_counts(findings),
        "findings": [
            {
                "kind": str(finding.kind),
                "is_damage": finding.is_damage,
                "mendable": finding.mendable,
                "repaired": finding.repaired,
                "message": tr(finding.sentence, **finding.values),
                "values": finding.values,
            }
            for finding in findings
        ],
    }


CHECK = Command(
    "check",
    "Look a project over for damage, and mend it.",
    ("chugiai check reports.chugiai", "chugiai check reports.chugiai --repair", "chugiai check reports.chugiai --json"),
    _add_arguments,
    _check,
)
