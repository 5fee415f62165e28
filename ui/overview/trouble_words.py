"""What annotators disagree on most, as a text to improve the labelling guide with (Markdown)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from annotations.review import Kind
from annotations.review.guidelines import Example, Trouble, Troubles
from ui.words import tr

Shown = Callable[[str], str]
"""The name of a label as people see it."""
_MOST = 20
"""How many pairs of labels, and how many phrases, the text names."""


def kinds() -> dict[Kind, str]:
    """How labels differ, in words."""
    return {
        Kind.MISSING: tr("missing"),
        Kind.LABEL: tr("label"),
        Kind.BOUNDARY: tr("boundary"),
        Kind.ATTRIBUTE: tr("attribute"),
        Kind.RELATION_MISSING: tr("relation missing"),
        Kind.RELATION_TYPE: tr("relation type"),
        Kind.DIRECTION: tr("direction"),
    }


def labels_of(trouble: Trouble, shown: Shown) -> str:
    """The answers that were given, in words."""
    names = [shown(label) if label else tr("nothing") for label in trouble.labels]
    return " / ".join(names)


def counted(found: Mapping[str, int] | Mapping[Kind, int]) -> str:
    """``label 3, boundary 1``."""
    words = kinds()
    named = [(words[key] if isinstance(key, Kind) else tr(key), count) for key, count in found.items()]
    return ", ".join(f"{name} {count}" for name, count in named)


def answers_of(example: Example, shown: Shown) -> str:
    """Who said what."""
    said = (f"{name}: {shown(label)} “{text}”" if label else f"{name}: –" for name, label, text in example.answers)
    return "; ".join(said)


def as_text(found: Troubles, shown: Shown) -> str:
    """All of it as one text with headings and lists."""
    return "\n".join(_lines(found, shown)) + "\n"


def _lines(found: Troubles, shown: Shown) -> Iterator[str]:
    yield "# " + tr("What annotators disagree on most")
    yield ""
    yield tr("{count} conflicts of entities in {reports} reports.", count=found.conflicts, reports=found.reports)
    if found.reasons:
        yield tr("Reasons given in review: {reasons}.", reasons=counted(found.reasons))
    for title, sorts in ((tr("Labels"), found.pairs), (tr("Phrases"), found.phrases)):
        yield ""
        yield f"## {title}"
        for one in sorts[:_MOST]:
            yield ""
            labels = labels_of(one, shown)
            yield f"### {f'“{one.name}” — {labels}' if one.name else labels}"
            yield tr(
                "{count} conflicts in {reports} reports ({kinds})",
                count=one.count,
                reports=one.reports,
                kinds=counted(one.kinds),
            )
            if one.reasons:
                yield tr("Reasons given in review: {reasons}.", reasons=counted(one.reasons))
            yield ""
            for example in one.examples:
                start, end = example.marked
                text = f"{example.text[:start]}**{example.phrase}**{example.text[end:]}"
                yield f"- {example.report_name}: …{' '.join(text.split())}… ({answers_of(example, shown)})"
