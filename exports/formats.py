"""The list of exchange formats.

A format is added by a file with a class that fulfils :class:`exports.protocol.Exporter`,
:class:`exports.protocol.Importer` or both, and by one entry in :func:`formats`. Dialog, command line and the published
tables (``exports.published``) are made from the list. Nothing heavy is imported here: a format's file is loaded when it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from exports.errors import FormatError
from exports.protocol import Exporter, Importer


@dataclass(frozen=True, slots=True)
class FormatInfo:
    """An entry of the list. ``suffix`` is empty for a folder; ``holds`` and ``loses`` are for people.

    ``place`` is where the format's class stands: ``module:Class``; ``writes`` and ``reads`` say which ways it goes.
    ``needs`` is the importable name of a library that only this format needs (``exports.needs``); its extra is called like the key.
    ``comes_back``: no labelled reports can be read from it, but what people edited in one that we wrote.
    ``training``: made to learn from, so that by default only what is done goes out (``exports.selection.TRAINING``).
    ``splits``: the exporter itself makes train, dev and test; for the others ``exports.divided`` does. ``always_splits``: there is no
    export without the three parts.
    ``tokens``: it has tokens, so words or syllables and the alignment of entities to them can be chosen. ``tag_schemes``: so
    can the scheme of its tags. ``zips``: its folder can be one zip. ``origins``: it tells suggestions from confirmed labels;
    ``predictions``: it keeps a set of suggestions apart from those of people. ``review``: it is made of everybody's labels and of what
    review decided, not of chosen ones.
    """

    key: str
    title: str
    suffix: str
    holds: str
    loses: str
    place: str
    writes: bool = True
    reads: bool = False
    needs: str = ""
    comes_back: bool = False
    training: bool = False
    splits: bool = False
    always_splits: bool = False
    tokens: bool = False
    tag_schemes: bool = False
    zips: bool = False
    origins: bool = True
    predictions: bool = False
    review: bool = False


@cache
def formats() -> tuple[FormatInfo, ...]:
    """Every format, in the order in which it is shown."""
    return (
        FormatInfo(
            "jsonl",
            "Chú Giải JSON lines",
            ".jsonl",
            "Everything: texts, metadata, every annotation set with ids, attributes, notes and origins.",
            "The history of changes.",
            "exports.jsonl:JsonLines",
            reads=True,
        ),
        FormatInfo(
            "brat",
            "brat standoff",
            "",
            "Texts, entities (nested, overlapping, discontinuous), relations, attributes and notes; what brat "
            "itself has no place for stands in notes and in reports.jsonl and comes back from there.",
            "Entities of line breaks alone; the history of changes.",
            "exports.brat:Brat",
            reads=True,
            zips=True,
        ),
        FormatInfo(
            "conll",
            "CoNLL-2003",
            ".conll",
            "Tokens by sentence with the outermost entities as IOB2, IOB1 or BIOES tags; as syllables or as words.",
            "Nested, overlapping and discontinuous entities, those that do not fall on tokens or go over the end of a sentence, "
            "relations, attributes, metadata, white space; reports without labels.",
            "exports.conll:Conll",
            reads=True,
            training=True,
            tokens=True,
            tag_schemes=True,
            origins=False,
        ),
        FormatInfo(
            "conllu",
            "CoNLL-U with entities",
            ".conllu",
            "Tokens by sentence with all white space; entities (nested, overlapping, discontinuous) as CorefUD has them, the outermost "
            "also as spaCy reads them; the rest, with relations, in a comment that comes back.",
            "Entities that do not fall on tokens (left out, or moved when asked for) or go over the end of a sentence; "
            "for other tools relations and attributes; reports without labels.",
            "exports.conllu:ConllU",
            reads=True,
            training=True,
            tokens=True,
        ),
        FormatInfo(
            "doccano",
            "doccano JSON lines",
            ".jsonl",
            "Texts, entities (nested, overlapping) and relations; the rest stands in doccano's metadata and comes back "
            "for each label that is still where it was.",
            "The gaps of discontinuous entities while they are in doccano; comments and categories that are made there.",
            "exports.doccano:Doccano",
            reads=True,
        ),
        FormatInfo(
            "labelstudio",
            "Label Studio JSON",
            "",
            "Texts, entities (nested, overlapping) and relations of every annotation set, with the labelling configuration; "
            "sets that nobody has begun as predictions. The rest stands in metadata and comes back.",
            "The gaps of discontinuous entities while they are in Label Studio; results of other kinds than labels.",
            "exports.labelstudio:LabelStudio",
            reads=True,
            zips=True,
            predictions=True,
        ),
        FormatInfo(
            "prodigy",
            "Prodigy JSON lines",
            ".jsonl",
            "Texts, tokens, entities (nested, overlapping) and relations; the rest stands beside them and comes back.",
            "Entities that do not fall on tokens (left out, or moved when asked for); the gaps of discontinuous entities "
            "while they are in Prodigy; tasks that were rejected there.",
            "exports.prodigy:Prodigy",
            reads=True,
            tokens=True,
        ),
        FormatInfo(
            "xmi",
            "UIMA CAS XMI (INCEpTION)",
            "",
            "Texts, entities (nested, overlapping) with attributes, notes and registry entries, relations; the rest stands "
            "in a feature of INCEpTION's layers and comes back for each label that is still there.",
            "Control characters of texts and the gaps of discontinuous entities while they are in the other tool.",
            "exports.cas:Xmi",
            reads=True,
            zips=True,
        ),
        FormatInfo(
            "casjson",
            "UIMA CAS JSON (INCEpTION)",
            "",
            "The same as UIMA CAS XMI, in the format that INCEpTION recommends; control characters too.",
            "The gaps of discontinuous entities while they are in the other tool.",
            "exports.cas:CasJson",
            reads=True,
            zips=True,
        ),
        FormatInfo(
            "spacy",
            "spaCy DocBin",
            "",
            'Tokens by sentence, the outermost entities in doc.ents and all in doc.spans["sc"], relations as the rel component '
            "expects them, in parts for training when a split is asked for; the rest stands in user data and comes back.",
            "Discontinuous entities; entities that do not fall on tokens (left out, or moved when asked for); relations of an entity "
            "that begins where another does; reports without labels.",
            "exports.spacy_docbin:SpacyDocBin",
            reads=True,
            needs="spacy",
            training=True,
            splits=True,
            tokens=True,
            zips=True,
        ),
        FormatInfo(
            "hf",
            "Hugging Face dataset",
            "",
            "Everything of texts and annotation sets, as parquet and as JSON lines, with a card and split into train, validation and "
            "test; for token classification the outermost entities as tags.",
            "Reports without labels. In the tags alone: nested, overlapping and discontinuous entities.",
            "exports.hf:HuggingFace",
            reads=True,
            needs="pyarrow",
            training=True,
            splits=True,
            tokens=True,
            zips=True,
            always_splits=True,
        ),
        FormatInfo(
            "webanno",
            "WebAnno TSV 3.3",
            "",
            "Tokens by sentence with entities (nested, overlapping), attributes, notes, registry entries and relations; the "
            "rest stands in a column of its own and comes back for each label that is still there.",
            "Entities of white space alone and texts without anything visible; the gaps of discontinuous entities and white "
            "space at the edges of entities and between sentences while they are in the other tool.",
            "exports.webanno:WebAnno",
            reads=True,
            zips=True,
        ),
        FormatInfo(
            "tacred",
            "TACRED JSON (relations in sentences)",
            "",
            "Pairs of entities in tokenised sentences with their relation, or none where the schema would allow one; in parts for "
            "training when a split is asked for.",
            "Relations across sentences, entities that cross sentences or do not fall on tokens, gaps of discontinuous "
            "entities, attributes, notes, white space; reports without labels.",
            "exports.relation_json:Tacred",
            training=True,
            splits=True,
            tokens=True,
            zips=True,
            origins=False,
        ),
        FormatInfo(
            "docred",
            "DocRED JSON (relations in documents)",
            "",
            "Tokenised sentences, entities with all their mentions (by registry entry or canonical name), relations with the "
            "sentences that tell them; in parts for training when a split is asked for.",
            "Entities that cross sentences or do not fall on tokens, gaps of discontinuous entities, attributes, notes, which "
            "mention a relation joins, white space; reports without labels.",
            "exports.relation_json:Docred",
            training=True,
            splits=True,
            tokens=True,
            zips=True,
            origins=False,
        ),
        FormatInfo(
            "csv",
            "CSV and TSV tables",
            "",
            "Entities and relations with their reports' metadata, attributes, notes and sentences: as CSV that is safe in "
            "Excel and LibreOffice, and as TSV with every value as it is for machines.",
            "Texts; reports without labels. Spreadsheets turn what looks like a date or a number into one: the workbook does not.",
            "exports.csv_tables:CsvTables",
            zips=True,
        ),
        FormatInfo(
            "xlsx",
            "Excel workbook",
            ".xlsx",
            "Reports, entities with their sentences, relations, officials and the schema, as tables for people.",
            "Texts over 32,767 characters and control characters; it says so where it cuts.",
            "exports.xlsx:Workbook",
            comes_back=True,
        ),
        FormatInfo(
            "xlsx-review",
            "Excel workbook of conflicts",
            ".xlsx",
            "A row for each conflict with its sentence, everybody's choice and a Decision to fill in; agreement, confusion, schema. "
            "The decisions come back.",
            "Texts and labels that nobody disagrees on.",
            "exports.xlsx_review:ReviewWorkbook",
            comes_back=True,
            review=True,
        ),
    )


def info_of(key: str) -> FormatInfo | None:
    """The entry of a format, or None."""
    return next((info for info in formats() if info.key == key), None)


def _made(info: FormatInfo) -> Any:
    """A format's object; Any: it is an exporter, an importer or both."""
    module, _, name = info.place.partition(":")
    return getattr(import_module(module), name)()


def exporter(key: str) -> Exporter:
    """The exporter of a format. Raises ``FormatError`` naming the known ones."""
    info = info_of(key)
    if info is None or not info.writes:
        known = ", ".join(info.key for info in formats() if info.writes)
        raise FormatError("There is no export format {key}. The known ones are {known}.", key=key, known=known)
    made: Exporter = _made(info)
    return made


def importer(key: str) -> Importer:
    """The importer of a format. Raises ``FormatError`` naming the known ones."""
    info = info_of(key)
    if info is None or not info.reads:
        known = ", ".join(info.key for info in formats() if info.reads)
        raise FormatError("There is no labelled import format {key}. The known ones are {known}.", key=key, known=known)
    made: Importer = _made(info)
    return made


def recognise(path: Path) -> str | None:
    """The key of the labelled format that a file or folder holds, told by its content; None for any other."""
    # A native record is any object with a text, so the other tools' own keys are looked for first.
    for info in sorted(formats(), key=lambda info: info.key == "jsonl"):
        if info.reads and importer(info.key).recognises(path):
            return info.key
    return None
