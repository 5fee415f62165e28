"""The card of a dataset folder: YAML that tells ``datasets`` what is where, and a page for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotations.corpus import Corpus
from exports.hf.rows import FEATURES, Feature
from exports.protocol import Tally

NAMES = {"train": "train", "dev": "validation", "test": "test"}
"""The parts of a split by the names that datasets have there."""

DATA, LINES = "data", "jsonl"
"""The folders of the parquet files and of the JSON lines."""

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def card(corpus: Corpus, tags: Sequence[str], rows: Mapping[str, int], tally: Tally, about: Mapping[str, str]) -> str:
    """The text of ``README.md``; ``rows`` counts them by part (``train``, ``dev``, ``test``)."""
    import yaml

    head = {
        "pretty_name": corpus.project_name or "Chú Giải export",
        "language": ["vi"],
        "license": "unknown",
        "annotations_creators": ["expert-generated"],
        "task_categories": ["token-classification"],
        "task_ids": ["named-entity-recognition"],
        "tags": ["relation-extraction", "nested-entities", "politics", "news"],
        "size_categories": [_size(sum(rows.values()))],
        # All configurations of a folder must have files of one kind, so the JSON lines are none.
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": NAMES[part], "path": f"{DATA}/{NAMES[part]}.parquet"} for part in rows],
            }
        ],
        "dataset_info": {"features": [_named(key, feature, tags) for key, feature in FEATURES.items()]},
    }
    written: str = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
    return f"---\n{written}---\n\n{_page(corpus, rows, tally, about)}"


def _size(count: int) -> str:
    return next((name for limit, name in _SIZES if count < limit), "n>1M")


def _named(name: str, feature: Feature, tags: Sequence[str]) -> dict[str, Any]:
    """A feature as the card's YAML has it."""
    if isinstance(feature, list):
        (inner,) = feature
        if inner == "tag":
            names = {str(number): tag for number, tag in enumerate(tags)}
            return {"name": name, "sequence": {"class_label": {"names": names}}}
        if isinstance(inner, dict):
            return {"name": name, "list": [_named(key, part, tags) for key, part in inner.items()]}
        return {"name": name, "sequence": inner}
    return {"name": name, "dtype": feature}


def _page(corpus: Corpus, rows: Mapping[str, int], tally: Tally, about: Mapping[str, str]) -> str:
    labels = "\n".join(f"| `{label}` | {count} |" for label, count in sorted(tally.labels.items()))
    types = "\n".join(f"| `{kind}` | {count} |" for kind, count in sorted(tally.types.items()))
    parts = "\n".join(f"| {NAMES[part]} | {count} |" for part, count in rows.items())
    facts = "\n".join(f"- {name}: {value}" for name, value in about.items())
    selected = "\n".join(f"- {name}: {value}" for name, value in corpus.about.items())
    return f"""# {corpus.project_name or "Chú Giải export"}

Vietnamese political news reports, labelled with entities (which may nest and overlap) and relations between them.

## Data

Each row is one report with the labels of one annotator, or of the review. `entities` and `relations` hold all labels; offsets are
code points of `text`, half-open. The same rows stand in `{LINES}` as JSON lines. `tokens` and `ner_tags` hold the outermost entities as IOB2 tags for token classification.

| split | rows |
| --- | ---: |
{parts}

| entity | number |
| --- | ---: |
{labels}

| relation | number |
| --- | ---: |
{types}

## How it was made

- schema: {corpus.schema.id}, version {corpus.schema.version}
{facts}
{selected}

## Licence and use

The licence of the texts is that of their publishers; state it here before you share this dataset.
"""
