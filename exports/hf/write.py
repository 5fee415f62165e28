"""Writing the data files part by part, as a stream."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from annotations.corpus import Corpus
from annotations.split import SHARES
from exports.files import check_counts
from exports.hf import CARD
from exports.hf.card import DATA, LINES, NAMES, card
from exports.hf.rows import FEATURES, Feature, row, tag_names
from exports.json_records import Json, records
from exports.packed import folder_or_zip
from exports.parts import parts_of, split_text
from exports.protocol import ExportSummary, Options, Progress, Tally
from exports.tokens import UNLABELLED, Grid, tokenizer_name

_ROWS_AT_ONCE = 100
_SUFFIXES = frozenset((".md", ".parquet", ".jsonl"))
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, default=dict).encode


def write(corpus: Corpus, path: Path, options: Options, progress: Progress) -> ExportSummary:
    """Write the corpus; see ``exports.protocol.Exporter``."""
    options = replace(options, split=options.split or SHARES)
    tally = Tally()
    tally.about["tokens"] = tokenizer_name(options.word_level)
    tally.about["split"] = split_text(options)
    parts = parts_of(corpus, options, progress) or {}
    not_tagged: Counter[str] = Counter()
    with folder_or_zip(path, options.force, CARD, _SUFFIXES) as part:
        (part / DATA).mkdir()
        (part / LINES).mkdir()
        with ExitStack() as files:
            data = _Data(part, [kind.name for kind in corpus.schema.entity_types], files)
            for done, labelled in enumerate(corpus, 1):
                if labelled.sets:
                    tally.add(labelled)
                    grid = Grid(labelled.report.text, options.word_level)
                else:
                    tally.left_out[UNLABELLED] += 1
                for owned in labelled.sets:
                    made = row(labelled.report, owned, grid, options.alignment, not_tagged)
                    data.add(parts[labelled.report.id], made)
                progress(done, corpus.total)
            rows = data.finish()
        if not_tagged:
            reasons = (f"{count} {reason}" for reason, count in sorted(not_tagged.items()))
            tally.about["entities without ner_tags of their own"] = ", ".join(reasons)
        (part / CARD).write_text(card(corpus, data.tags, rows, tally, tally.about), "utf-8", newline="\n")
        summary = tally.summary(path)
        written = (summary.sets, summary.entities, summary.relations)
        check_counts(path, written, _count_parquet(part / DATA))
        check_counts(path, written, _count_lines(part / LINES))
    return summary


class _Data:
    """The open files of each part; rows go out in blocks of 100."""

    def __init__(self, folder: Path, labels: Sequence[str], files: ExitStack) -> None:
        self._folder = folder
        self._files = files
        self._numbers = {tag: number for number, tag in enumerate(tag_names(labels))}
        self._schema = _arrow_schema()
        self._open: dict[str, tuple[Any, Any]] = {}
        self._waiting: dict[str, list[Json]] = {}
        self._rows: Counter[str] = Counter()

    @property
    def tags(self) -> list[str]:
        """The names of the tags' numbers: those of the schema, then any others that were met."""
        return list(self._numbers)

    def add(self, part: str, made: Json) -> None:
        """Write a row."""
        pq: Any = import_module("pyarrow.parquet")
        if part not in self._open:
            lines = (self._folder / LINES / f"{NAMES[part]}.jsonl").open("wb")
            parquet = pq.ParquetWriter(
                self._folder / DATA / f"{NAMES[part]}.parquet", self._schema, write_statistics=False
            )
            self._open[part] = self._files.enter_context(lines), self._files.enter_context(parquet)
            self._waiting[part] = []
        self._open[part][0].write(_encode(made).encode() + b"\n")
        numbers = [self._numbers.setdefault(tag, len(self._numbers)) for tag in made["ner_tags"]]
        self._waiting[part].append({**made, "ner_tags": numbers})
        self._rows[part] += 1
        if len(self._waiting[part]) == _ROWS_AT_ONCE:
            self._flush(part)

    def finish(self) -> dict[str, int]:
        """Write what is left; the rows of each part, in order of the parts."""
        for part in self._open:
            self._flush(part)
        return {part: self._rows[part] for part in NAMES if self._rows[part]}

    def _flush(self, part: str) -> None:
        pa: Any = import_module("pyarrow")
        if self._waiting[part]:
            self._open[part][1].write_batch(pa.RecordBatch.from_pylist(self._waiting[part], schema=self._schema))
            self._waiting[part] = []


def _arrow_schema() -> Any:
    pa: Any = import_module("pyarrow")
    named = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_(), "tag": pa.int64()}

    def arrow(feature: Feature) -> Any:
        if isinstance(feature, list):
            return pa.list_(arrow(feature[0]))
        if isinstance(feature, dict):
            return pa.struct([pa.field(name, arrow(inner)) for name, inner in feature.items()])
        return named[feature]

    return pa.schema([pa.field(name, arrow(feature)) for name, feature in FEATURES.items()])


def _count_parquet(folder: Path) -> tuple[int, int, int]:
    """Rows, entities and relations of all parts, counted in the written columns."""
    pq: Any = import_module("pyarrow.parquet")
    rows = entities = relations = 0
    for file in folder.glob("*.parquet"):
        with pq.ParquetFile(file) as parquet:
            for batch in parquet.iter_batches(_ROWS_AT_ONCE, columns=["entities", "relations"]):
                rows += batch.num_rows
                entities += len(batch.column("entities").flatten())
                relations += len(batch.column("relations").flatten())
    return rows, entities, relations


def _count_lines(folder: Path) -> tuple[int, int, int]:
    rows = entities = relations = 0
    for file in folder.glob("*.jsonl"):
        for _, record in records(file):
            rows += 1
            entities += len(record["entities"])
            relations += len(record["relations"])
    return rows, entities, relations
