"""What the registry says, as plain text with citations: to be copied into a letter or a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotations.registry.mention import Mention
from annotations.registry.registry import Registry
from annotations.registry.timeline import Gap, Tenure

Words = Callable[..., str]
"""Gives a sentence of the interface language for an English one with ``{places}``."""


def citation(mention: Mention) -> str:
    """Source, date and name of the report that the evidence stands in."""
    return ", ".join(part for part in (mention.source, mention.date, mention.report_name) if part)


def tenure_text(tenure: Tenure, who: str, tr: Words) -> str:
    """``Lê Thị Thủy: 2020-10 – 2021-04-29``, and below it the first and the last evidence with their sentences."""
    lines = [f"{who}: {span_text(tenure, tr)}", _quoted(tr("first"), tenure.first)]
    if tenure.last is not tenure.first:
        lines.append(_quoted(tr("last"), tenure.last))
    return "\n".join(lines)


def span_text(tenure: Tenure, tr: Words) -> str:
    """From the first to the last evidence, as the reports are dated."""
    first, last = tenure.first.date, tenure.last.date
    if not first:
        return str(tr("no date"))
    return first if first == last else f"{first} – {last}"


def gap_text(gap: Gap, registry: Registry, tr: Words) -> str:
    """What lies between two holders, in words."""
    names = {"first": _name(registry, gap.before), "second": _name(registry, gap.after)}
    if gap.overlap:
        return str(
            tr("{first} and {second} are both named, {since} – {until}.", since=gap.since, until=gap.until, **names)
        )
    return str(
        tr(
            "Nobody is named between {first} ({since}) and {second} ({until}).",
            since=gap.since,
            until=gap.until,
            **names,
        )
    )


def post_text(post: str, tenures: Iterable[Tenure], between: Iterable[Gap], registry: Registry, tr: Words) -> str:
    """A post with its holders, evidence, and what lies between them."""
    blocks = [tenure_text(one, _name(registry, one), tr) for one in tenures]
    blocks += [gap_text(one, registry, tr) for one in between]
    return "\n\n".join([post, *blocks])


def entry_text(name: str, tenures: Iterable[Tenure], tr: Words) -> str:
    """An official with the posts held, and their evidence."""
    return "\n\n".join([name, *(tenure_text(one, one.post, tr) for one in tenures)])


def _quoted(which: str, mention: Mention) -> str:
    return f"  {which}: “{mention.evidence}” ({citation(mention)})"


def _name(registry: Registry, tenure: Tenure) -> str:
    entry = registry.entry(tenure.entry_id)
    return entry.name if entry else tenure.entry_id
