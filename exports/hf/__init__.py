"""A Hugging Face dataset folder, out and in: card, parquet and JSON lines, split into train, dev and test.

Format: https://huggingface.co/docs/datasets/repository_structure. ``README.md`` is the card; its YAML names the files of each split
and the features, so that ``datasets.load_dataset(OUT)`` gives the parquet of ``data``; ``load_dataset("OUT/jsonl")`` gives
the same from JSON lines. dev is called ``validation``, as there. Without a split of its own (``Options.split``) it is 80, 10 and 10.

One row per annotation set: texts, metadata, entities and relations as they are (offsets in code points, half-open; attributes
as name and value; what else is not text or number as JSON), so nothing of them is lost; and for token classification ``tokens``,
``token_starts`` and ``ner_tags``: the outermost entities as IOB2 tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, ImportedRecord
from exports.needs import need
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, no_progress

CARD = "README.md"


class HuggingFace:
    """A folder with a card and data; reads it, also one of others with ``tokens`` and ``ner_tags``."""

    key: ClassVar[str] = "hf"
    title: ClassVar[str] = "Hugging Face dataset"
    suffix: ClassVar[str] = ""
    folder: ClassVar[bool] = True

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write card and data; see ``exports.protocol.Exporter``."""
        need("pyarrow", "hf")
        from exports.hf.write import write

        return write(corpus, path, options, progress)

    def recognises(self, path: Path) -> bool:
        """Whether it is a folder with a card that names data files or features, or parquet, or a parquet file."""
        from exports.hf.read import recognises

        return recognises(path)

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per row; see ``exports.hf.read``."""
        from exports.hf.read import read

        return read(path)
