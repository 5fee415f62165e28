"""Which part of a split each report of an export goes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotations.corpus import Corpus, LabelledReport
from annotations.split import split
from exports.protocol import Options, Progress

WHOLE = "reports"
"""The one part of an export that is not split."""


def parts_of(corpus: Corpus, options: Options, progress: Progress) -> Mapping[str, str] | None:
    """The part of each report that has annotation sets, by report id; None when no split is asked for.

    Reads the corpus once; ``progress`` is asked after each report whether to go on.
    """
    if options.split is None:
        return None

    def labelled() -> Iterator[LabelledReport]:
        for one in corpus:
            progress(0, corpus.total)
            if one.sets:
                yield one

    return split(labelled(), options.split, options.seed)


def split_text(options: Options) -> str:
    """The split in words, for a summary."""
    if options.split is None:
        return "none"
    shares = "/".join(map(str, options.split))
    return f"{shares} train/dev/test by report, stratified, near-duplicates together, seed {options.seed}"
