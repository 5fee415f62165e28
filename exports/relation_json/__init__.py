"""Relation extraction JSON, out only: as TACRED has it (pairs in sentences), and as DocRED has it (entities of documents).

OUT is a folder, or a zip when it ends with ``.zip``: ``reports.json``, or ``train.json``, ``dev.json`` and ``test.json`` when a split is
asked for, each one JSON array with a record a line, and the relation types in a file of their own.

- ``tacred`` (Zhang et al. 2017): ``token``, ``subj_start`` … ``obj_end`` where the ends are INCLUSIVE as in the original, ``subj_type``,
  ``obj_type``, ``relation``. One record per relation, and one ``no_relation`` per ordered pair of a sentence between which the schema
  allows a relation and there is none. ``stanford_ner`` are the outermost entities; we have no tagger and no
  parser, so ``stanford_pos``, ``stanford_head`` and ``stanford_deprel`` are placeholders (``X``, 0, ``dep``). ``rel2id.json``: numbers of types.
- ``docred`` (Yao et al. 2019): ``title``, ``sents``, ``vertexSet`` with mentions (``pos`` is half-open, in tokens of its sentence), ``labels`` with
  ``h``, ``t``, ``r``, ``evidence``. Mentions with one registry entry, else one ``canonical`` value, and one label are one vertex; every
  other mention is a vertex of its own. ``r`` is the type's name; ``rel_info.json`` has the names for people.

Entities stand on tokens (``Options.word_level``, ``alignment``); what does not fit is counted.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, no_progress


class Tacred:
    """One record per pair of entities in a sentence."""

    key: ClassVar[str] = "tacred"
    title: ClassVar[str] = "TACRED JSON (relations in sentences)"
    suffix: ClassVar[str] = ""
    folder: ClassVar[bool] = True

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the records; see ``exports.protocol.Exporter``."""
        from exports.relation_json.tacred import Pairs, numbers
        from exports.relation_json.write import write_parts

        extra = ("rel2id.json", numbers(corpus.schema))
        return write_parts(corpus, path, options, progress, extra, Pairs(corpus.schema, options))


class Docred:
    """One record per annotation set."""

    key: ClassVar[str] = "docred"
    title: ClassVar[str] = "DocRED JSON (relations in documents)"
    suffix: ClassVar[str] = ""
    folder: ClassVar[bool] = True

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write the records; see ``exports.protocol.Exporter``."""
        from exports.relation_json.docred import Documents, names
        from exports.relation_json.write import write_parts

        extra = ("rel_info.json", names(corpus.schema, options.language))
        return write_parts(corpus, path, options, progress, extra, Documents(options))
