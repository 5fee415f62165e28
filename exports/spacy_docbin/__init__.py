"""spaCy's DocBin, out and in: a folder of ``.spacy`` files, as ``spacy train`` and ``spacy debug data`` take it.

Format: https://spacy.io/api/docbin. Out goes ``reports/00000.spacy`` …, or ``train``, ``dev`` and ``test`` when a split is asked for;
each folder is a corpus path (``--paths.train OUT/train``). A file holds at most 200 annotation sets, so that neither side
needs memory for all. ``about.json`` says what was done; at syllable level ``tokenizer`` is a blank pipeline
whose tokenizer makes the same tokens: name it in the training configuration (``[initialize.before_init]``,
``@callbacks = "spacy.copy_from_base_model.v1"``, ``tokenizer = "OUT/tokenizer"``), else spaCy aligns its own tokens.

- ``doc.ents`` holds the outermost entities, ``doc.spans["sc"]`` all, with our ids as span ids and registry entries as ``kb_id``.
- ``doc._.rel`` is what the rel component of explosion/projects expects: for each ordered pair of ``doc.ents``, by
  their first tokens, the relations that hold with 1.0. Entities that begin with one token share its place there.
- What spaCy has no field for stands in ``doc.user_data["chugiai"]`` and comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, ImportedRecord
from exports.needs import need
from exports.packed import names_in
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, no_progress

SUFFIX = ".spacy"
ABOUT = "about.json"
"""The file that says what was done."""
SPANS = "sc"
REL = ("._.", "rel", None, None)
"""Where spaCy keeps ``doc._.rel`` in a document's user data."""


class SpacyDocBin:
    """Documents with entities, span groups and relations; reads a folder or one file."""

    key: ClassVar[str] = "spacy"
    title: ClassVar[str] = "spaCy DocBin"
    suffix: ClassVar[str] = ""
    folder: ClassVar[bool] = True

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write each annotation set as one document; see ``exports.protocol.Exporter``."""
        need("spacy", "spacy")
        from exports.spacy_docbin.write import write

        return write(corpus, path, options, progress)

    def recognises(self, path: Path) -> bool:
        """Whether it is a ``.spacy`` file of packed content, or a folder with one."""
        try:
            if names := names_in(path):
                return any(name.endswith(SUFFIX) for name in names)
            files = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
            for file in files[:1]:
                with file.open("rb") as opened:
                    return file.suffix == SUFFIX and opened.read(1) == b"\x78"
        except OSError:
            pass
        return False

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per document; see ``exports.spacy_docbin.read``."""
        need("spacy", "spacy")
        from exports.spacy_docbin.read import read

        return read(path)
