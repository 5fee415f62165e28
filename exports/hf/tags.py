"""Datasets of others that hold only tokens and tags: the text is put together with single spaces."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from exports.json_records import Json, list_of
from exports.jsonl.values import Wrong, wrong_type
from exports.tags import decoded

TOKENS = ("tokens", "ner_tags")
SPACES = "white space between tokens, which the file does not hold (set to single spaces)"
_CARD_LIMIT = 1024 * 1024


def has_tokens(row: Json) -> bool:
    """Whether the row has tokens and tags."""
    return all(type(row.get(key)) is list for key in TOKENS)


def stated_names(card: Path) -> list[str]:
    """The names of the tags' numbers, as a card's features state them; empty when it states none."""
    import yaml

    try:
        with card.open(encoding="utf-8") as file:
            text = file.read(_CARD_LIMIT)
        head = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
        made: Any = yaml.safe_load(head.group(1)) if head else None
        infos = made.get("dataset_info") or []
        for info in infos if isinstance(infos, list) else [infos]:
            for feature in info["features"]:
                if feature.get("name") == TOKENS[1]:
                    inner = feature.get("sequence") or feature.get("list")
                    names = inner["class_label"]["names"]
                    return [str(names[key]) for key in sorted(names, key=int)]
    except (OSError, ValueError, yaml.YAMLError, AttributeError, KeyError, TypeError, RecursionError):
        pass
    return []


def from_tokens(row: Json, names: list[str], left_out: Counter[str]) -> Json:
    """A native record of tokens and IOB1, IOB2 or BIOES tags. Raises ``Wrong``."""
    tokens, tags = list_of(row, TOKENS[0]), list_of(row, TOKENS[1])
    if not all(type(token) is str for token in tokens) or len(tokens) != len(tags):
        raise wrong_type("tokens", "a list of texts, as long as ner_tags")
    offsets, length = [], 0
    for token in tokens:
        offsets.append((length, length + len(token)))
        length += len(token) + 1
    left_out[SPACES] += len(tokens) > 1
    entities = [
        {"label": label, "start": offsets[first][0], "end": offsets[last - 1][1]}
        for first, last, label in decoded([_name(tag, names) for tag in tags])
    ]
    return {"text": " ".join(tokens), "entities": entities}


def _name(tag: object, names: list[str]) -> str:
    if type(tag) is str:
        return tag
    if type(tag) is int and 0 <= tag < len(names):
        return names[tag]
    raise Wrong(
        "{place}: the tag {tag} has no name: neither the card nor the file says what its numbers mean; "
        "nothing was taken from this file.",
        tag=tag,
    )
