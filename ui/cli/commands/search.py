"""``chugiai search``: find reports, whatever case, diacritics and tone style."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ui.cli.command import Command
from ui.cli.console import Console
from ui.cli.parser import Parser
from ui.cli.project import add_project, opened
from ui.words import tr

if TYPE_CHECKING:
    from model.project import Project
    from model.queries.search import Hit


def _add_arguments(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument("words", metavar="WORDS", nargs="+", help=tr("all these words, as a phrase first"))
    parser.add_argument("--json", action="store_true", help=tr("print the result as JSON"))


def _search(args: Namespace, console: Console) -> int:
    query = " ".join(args.words)
    with opened(args.project, console) as project:
        _index_all(project, console)
        if args.json:
            console.result({"query": query, "hits": [_object(hit) for hit in _hits(project, query)]})
            return 0
        found = False
        for hit in _hits(project, query):
            found = True
            title = f" · {hit.title}" if hit.title else ""
            console.say(f"{hit.name}{title}\n    {hit.snippet}")
    if not found:
        console.say(tr("No report holds “{query}”.", query=query))
    return 0


def _index_all(project: Project, console: Console) -> None:
    """Texts that an import has not indexed yet; where the project cannot be written, the others are searched."""
    from model.errors import Busy, NotSaved
    from ui.jobs.importing import fill_index

    try:
        fill_index(project, progress=console.progress)
    except (Busy, NotSaved):
        console.complain(tr("Some texts are not prepared for the search yet and were not looked through."))


def _hits(project: Project, query: str) -> Iterator[Hit]:
    from model.queries.search import search

    after = None
    while True:
        with project.reading() as connection:
            page = search(connection, query, after)
        yield from page.rows
        if page.after is None:
            return
        after = page.after


def _object(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.report_id,
        "name": hit.name,
        "title": hit.title,
        "date": hit.date,
        "start": hit.start,
        "end": hit.end,
        "snippet": hit.snippet,
    }


SEARCH = Command(
    "search",
    "Find reports by words, without regard to case and diacritics.",
    ("chugiai search reports.chugiai hoi nghi tinh uy", "chugiai search reports.chugiai “nghị quyết” --json"),
    _add_arguments,
    _search,
)
