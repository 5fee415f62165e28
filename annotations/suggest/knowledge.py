"""What suggestions may know besides the report: filled by the program from the project, passed as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Confirmed names and settings. For a blind report it must not hold what others labelled there.

    ``names``: label to confirmed surfaces (OFFICIAL, ORG, PLACE, TITLE…). ``canonical``: label and surface to the registry's name.
    ``model``: a trained model's bytes, or None for the one that is shipped. ``sources_off`` and ``labels_off`` are not used;
    ``thresholds``: label to the least confidence that is shown, ``source_thresholds`` the same by source.
    ``rejected``: (label, start, end) that stay away from this report. ``lists``: label to the project's own list of names.
    """

    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    canonical: Mapping[tuple[str, str], str] = field(default_factory=dict)
    model: bytes | None = None
    sources_off: frozenset[str] = frozenset()
    labels_off: frozenset[str] = frozenset()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    source_thresholds: Mapping[str, float] = field(default_factory=dict)
    rejected: frozenset[tuple[str, int, int]] = frozenset()
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
