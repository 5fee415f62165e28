"""A split for formats that know none: a folder with one export for each part, and the manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from annotations.corpus import Corpus, LabelledReport
from annotations.split import PARTS
from exports.manifest import MANIFEST
from exports.packed import folder_or_zip
from exports.parts import split_text
from exports.protocol import Exporter, ExportSummary, Options, Progress
from exports.tokens import UNLABELLED

_SUFFIXES = frozenset(
    (
        ".jsonl",
        ".json",
        ".txt",
        ".ann",
        ".conf",
        ".conll",
        ".conllu",
        ".csv",
        ".tsv",
        ".xlsx",
        ".xml",
        ".xmi",
        ".md",
        "",
    )
)


def write_divided(
    exporter: Exporter,
    corpus: Corpus,
    path: Path,
    options: Options,
    parts: Mapping[str, str],
    progress: Progress,
    finish: Callable[[ExportSummary, Path], ExportSummary],
) -> ExportSummary:
    """Write ``train``, ``dev`` and ``test`` below ``path``, those that have reports; ``finish`` writes the manifest
    and completes the summary.

    Raises ``FormatError``; then ``path`` is as it was.
    """
    with folder_or_zip(path, options.force, MANIFEST, _SUFFIXES) as folder:
        made: list[tuple[str, ExportSummary]] = []
        for part in PARTS:
            count = sum(1 for one in parts.values() if one == part)
            if count:
                only = replace(corpus, stream=_only(corpus, parts, part), total=count)
                made.append(
                    (
                        part,
                        exporter.write(
                            only, folder / f"{part}{exporter.suffix}", replace(options, split=None), progress
                        ),
                    )
                )
        summary = _together(path, made, options)
        unlabelled = sum(1 for labelled in corpus if labelled.report.id not in parts)
        if unlabelled:
            summary = replace(summary, left_out={**summary.left_out, UNLABELLED: unlabelled})
        return finish(summary, folder / MANIFEST)


def _only(corpus: Corpus, parts: Mapping[str, str], part: str) -> Callable[[], Iterator[LabelledReport]]:
    return lambda: (labelled for labelled in corpus if parts.get(labelled.report.id) == part)


def _together(path: Path, made: list[tuple[str, ExportSummary]], options: Options) -> ExportSummary:
    labels: Counter[str] = Counter()
    types: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    about: dict[str, str] = {}
    for part, summary in made:
        labels.update(summary.by_label)
        types.update(summary.by_type)
        left_out.update(summary.left_out)
        about.update(summary.about)
        about[part] = str(summary.reports)
    about["split"] = split_text(options)
    total = {name: sum(getattr(one, name) for _, one in made) for name in ("reports", "sets", "entities", "relations")}
    ordered = [dict(sorted(counts.items())) for counts in (labels, types, left_out)]
    return ExportSummary(path, **total, by_label=ordered[0], by_type=ordered[1], left_out=ordered[2], about=about)
