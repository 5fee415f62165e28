"""The manifest beside exported data: what is in it, of which texts, chosen how. JSON, the same for the same content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotations.corpus import Corpus
from exports.files import writing
from exports.misfits import MOST, has_misfits, misfits, told
from exports.protocol import ExportSummary, Options, Progress, no_progress
from exports.schema_yaml import dump_schema
from exports.selection import ExportFilter

MANIFEST = "manifest.json"
OFFSETS = "Unicode code points of the report's text, from 0, half-open; formats that count otherwise say so"
_encode = json.JSONEncoder(ensure_ascii=False).encode


def manifest_path(out: Path) -> Path:
    """Where the manifest of a file or folder stands: beside it."""
    return out.with_name(f"{out.name}.{MANIFEST}")


def write_manifest(
    path: Path,
    corpus: Corpus,
    format: str,
    wanted: ExportFilter,
    options: Options,
    summary: ExportSummary,
    parts: Mapping[str, str] | None,
    progress: Progress = no_progress,
) -> tuple[str, ...]:
    """Write the manifest of an export; reads the corpus once. ``parts`` says the part of each report, None without a split.

    Beside each report stand its entities that do not fall on tokens; the first of them are returned in words.
    """
    listing = has_misfits(summary)
    first: list[str] = []
    head = {
        "format": format,
        "schema": {
            "id": corpus.schema.id,
            "version": corpus.schema.version,
            "sha256": _hash(dump_schema(corpus.schema)),
        },
        "offsets": OFFSETS,
        "tokenizer": summary.about.get("tokens"),
        "alignment": options.alignment if "tokens" in summary.about else None,
        "chosen": {**corpus.about, **wanted.about()},
        "mapping": {"entities": dict(wanted.labels.entities), "relations": dict(wanted.labels.relations)},
        "split": {"shares": list(options.split), "seed": options.seed} if options.split and parts is not None else None,
        "counts": {
            name: getattr(summary, name) for name in ("reports", "sets", "entities", "relations", "by_label", "by_type")
        },
        "left_out": summary.left_out,
    }
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("{\n")
        for name, value in head.items():
            file.write(f"{_encode(name)}: {json.dumps(value, ensure_ascii=False, default=dict)},\n")
        file.write('"reports": [')
        comma = "\n"
        for done, labelled in enumerate(corpus, 1):
            if parts is None or labelled.report.id in parts:
                entry = _entry(labelled.report.id, labelled.report.name, labelled.report.text, parts)
                if listing and (found := list(misfits(labelled, options.word_level, options.alignment))):
                    entry["off_tokens"] = found
                    first += [told(labelled.report.name, one) for one in found[: MOST - len(first)]]
                file.write(comma + _encode(entry))
                comma = ",\n"
            progress(done, corpus.total)
        file.write("\n]\n}\n")
    return tuple(first)


def place_manifest(out: Path, force: bool, **what: Any) -> tuple[str, ...]:
    """Write the manifest beside ``out``; as :func:`write_manifest` (Any: its arguments are passed on as they are)."""
    with writing(manifest_path(out), force) as part:
        return write_manifest(part, **what)


def _entry(report_id: str, name: str, text: str, parts: Mapping[str, str] | None) -> dict[str, Any]:
    part = {"part": str(parts[report_id])} if parts is not None else {}
    return {"id": report_id, "name": name, "sha256": _hash(text), **part}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
