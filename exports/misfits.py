"""The entities that do not fall on tokens, one by one: for the list beside the data and in the summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotations.corpus import LabelledReport
from exports.protocol import ExportSummary
from exports.tokens import MOVED, OFF_TOKENS, Alignment, Grid

MOST = 100
"""So many are named in a summary; the manifest has all."""


def has_misfits(summary: ExportSummary) -> bool:
    """Whether the export left entities out, or moved or did not tag them, because of tokens."""
    told = (*summary.left_out, *summary.about.values())
    return "tokens" in summary.about and any(reason in one for one in told for reason in (OFF_TOKENS, MOVED))


def misfits(labelled: LabelledReport, word_level: bool, alignment: str) -> Iterator[Mapping[str, Any]]:
    """Each entity whose hull does not begin and end with a token, with what the alignment makes of it (None: left out).

    Offsets are code points of the report's text, half-open. Any: JSON values.
    """
    grid = Grid(labelled.report.text, word_level)
    for labels in labelled.sets:
        for entity in labels.entities:
            if grid.place(entity, Alignment.STRICT) is not None:
                continue
            placed = grid.place(entity, alignment)
            yield {
                "annotator": labels.annotator,
                "id": entity.id,
                "label": entity.label,
                "start": entity.start,
                "end": entity.end,
                "text": entity.surface(labelled.report.text),
                "became": [placed.start, placed.end] if placed else None,
            }


def told(name: str, misfit: Mapping[str, Any]) -> str:
    """One of them in a line: ``a.txt 4–8 OFFICIAL “Lê A” → 4–9``."""
    new = misfit["became"]
    became = f"{new[0]}–{new[1]}" if new else "—"
    return f"{name} {misfit['start']}–{misfit['end']} {misfit['label']} “{misfit['text']}” → {became}"
