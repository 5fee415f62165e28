"""Colours for labels that colour-blind people can tell apart."""

from __future__ import annotations

SWATCHES = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#882255",
    "#332288", "#88CCEE", "#44AA99", "#117733", "#999933", "#DDCC77", "#CC6677", "#AA4499",
)  # fmt: skip
"""Okabe and Ito's palette with a wine red, then Paul Tol's muted one."""


def free_colour(taken: set[str]) -> str:
    """The first swatch that no label has yet."""
    used = {colour.lower() for colour in taken}
    return next((colour for colour in SWATCHES if colour.lower() not in used), "#888888")
