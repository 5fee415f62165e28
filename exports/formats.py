"""The list of exchange formats.

A format is added by a file with a class that fulfils :class:`exports.protocol.Exporter`,
:class:`exports.protocol.Importer` or both, and by one entry in :func:`formats`. Nothing heavy is
imported here: an entry loads its file when the format is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from exports.errors import FormatError
from exports.protocol import Exporter, Importer

if TYPE_CHECKING:
    from exports.brat import Brat
    from exports.cas import CasJson, Xmi
    from exports.conll import Conll
    from exports.conllu import ConllU
    from exports.csv_tables import CsvTables
    from exports.doccano import Doccano
    from exports.hf import HuggingFace
    from exports.jsonl import JsonLines
    from exports.labelstudio import LabelStudio
    from exports.prodigy import Prodigy
    from exports.relation_json import Docred, Tacred
    from exports.spacy_docbin import SpacyDocBin
    from exports.webanno import WebAnno
    from exports.xlsx import Workbook


@dataclass(frozen=True, slots=True)
class FormatInfo:
    """An entry of the list. ``suffix`` is empty for a folder; ``holds`` and ``loses`` are for people.

    ``needs`` is the importable name of a library that only this format needs (``exports.needs``); its extra is called like the key.
    ``comes_back``: no labelled reports can be read from it, but what people edited in one that we wrote.
    ``training``: made to learn from, so that by default only what is done goes out (``exports.selection.TRAINING``).
    ``splits``: the exporter itself makes train, dev and test; for the others ``exports.divided`` does.
    """

    key: str
    title: str
    suffix: str
    holds: str
    loses: str
    exporter: Callable[[], Exporter] | None = None
    importer: Callable[[], Importer] | None = None
    needs: str = ""
    comes_back: bool = False
    training: bool = False
    splits: bool = False

    @property
    def writes(self) -> bool:
        """Whether a corpus can go out in this format."""
        return self.exporter is not None

    @property
    def reads(self) -> bool:
        """Whether labelled reports can come in in this format."""
        return self.importer is not None


def _jsonl() -> JsonLines:
    from exports.jsonl import JsonLines

    return JsonLines()


def _brat() -> Brat:
    from exports.brat import Brat

    return Brat()


def _conll() -> Conll:
    from exports.conll import Conll

    return Conll()


def _conllu() -> ConllU:
    from exports.conllu import ConllU

    return ConllU()


def _doccano() -> Doccano:
    from exports.doccano import Doccano

    return Doccano()


def _labelstudio() -> LabelStudio:
    from exports.labelstudio import LabelStudio

    return LabelStudio()


def _prodigy() -> Prodigy:
    from exports.prodigy import Prodigy

    return Prodigy()


def _xmi() -> Xmi:
    from exports.cas import Xmi

    return Xmi()


def _casjson() -> CasJson:
    from exports.cas import CasJson

    return CasJson()


def _hf() -> HuggingFace:
    from exports.hf import HuggingFace

    return HuggingFace()


def _spacy() -> SpacyDocBin:
    from exports.spacy_docbin import SpacyDocBin

    return SpacyDocBin()


def _webanno() -> WebAnno:
    from exports.webanno import WebAnno

    return WebAnno()


def _tacred() -> Tacred:
    from exports.relation_json import Tacred

    return Tacred()


def _docred() -> Docred:
    from exports.relation_json import Docred

    return Docred()


def _csv() -> CsvTables:
    from exports.csv_tables import CsvTables

    return CsvTables()


def _xlsx() -> Workbook:
    from exports.xlsx import Workbook

    return Workbook()


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
            _jsonl,
            _jsonl,
        ),
        FormatInfo(
            "brat",
            "brat standoff",
            "",
            "Texts, entities (nested, overlapping, discontinuous), relations, attributes and notes; what brat "
            "itself has no place for stands in notes and in reports.jsonl and comes back from there.",
            "Entities of line breaks alone; the history of changes.",
            _brat,
            _brat,
        ),
        FormatInfo(
            "conll",
            "CoNLL-2003",
            ".conll",
            "Tokens by sentence with the outermost entities as IOB2, IOB1 or BIOES tags; as syllables or as words.",
            "Nested, overlapping and discontinuous entities, those that do not fall on tokens or go over the end of a sentence, "
            "relations, attributes, metadata, white space; reports without labels.",
            _conll,
            _conll,
            training=True,
        ),
        FormatInfo(
            "conllu",
            "CoNLL-U with entities",
            ".conllu",
            "Tokens by sentence with all white space; entities (nested, overlapping, discontinuous) as CorefUD has them, the outermost "
            "also as spaCy reads them; the rest, with relations, in a comment that comes back.",
            "Entities that do not fall on tokens (left out, or moved when asked for) or go over the end of a sentence; "
            "for other tools relations and attributes; reports without labels.",
            _conllu,
            _conllu,
            training=True,
        ),
        FormatInfo(
            "doccano",
            "doccano JSON lines",
            ".jsonl",
            "Texts, entities (nested, overlapping) and relations; the rest stands in doccano's metadata and comes back "
            "for each label that is still where it was.",
            "The gaps of discontinuous entities while they are in doccano; comments and categories that are made there.",
            _doccano,
            _doccano,
        ),
        FormatInfo(
            "labelstudio",
            "Label Studio JSON",
            "",
            "Texts, entities (nested, overlapping) and relations of every annotation set, with the labelling configuration; "
            "sets that nobody has begun as predictions. The rest stands in metadata and comes back.",
            "The gaps of discontinuous entities while they are in Label Studio; results of other kinds than labels.",
            _labelstudio,
            _labelstudio,
        ),
        FormatInfo(
            "prodigy",
            "Prodigy JSON lines",
            ".jsonl",
            "Texts, tokens, entities (nested, overlapping) and relations; the rest stands beside them and comes back.",
            "Entities that do not fall on tokens (left out, or moved when asked for); the gaps of discontinuous entities "
            "while they are in Prodigy; tasks that were rejected there.",
            _prodigy,
            _prodigy,
        ),
        FormatInfo(
            "xmi",
            "UIMA CAS XMI (INCEpTION)",
            "",
            "Texts, entities (nested, overlapping) with attributes, notes and registry entries, relations; the rest stands "
            "in a feature of INCEpTION's layers and comes back for each label that is still there.",
            "Control characters of texts and the gaps of discontinuous entities while they are in the other tool.",
            _xmi,
            _xmi,
        ),
        FormatInfo(
            "casjson",
            "UIMA CAS JSON (INCEpTION)",
            "",
            "The same as UIMA CAS XMI, in the format that INCEpTION recommends; control characters too.",
            "The gaps of discontinuous entities while they are in the other tool.",
            _casjson,
            _casjson,
        ),
        FormatInfo(
            "spacy",
            "spaCy DocBin",
            "",
            'Tokens by sentence, the outermost entities in doc.ents and all in doc.spans["sc"], relations as the rel component '
            "expects them, in parts for training when a split is asked for; the rest stands in user data and comes back.",
            "Discontinuous entities; entities that do not fall on tokens (left out, or moved when asked for); relations of an entity "
            "that begins where another does; reports without labels.",
            _spacy,
            _spacy,
            "spacy",
            training=True,
            splits=True,
        ),
        FormatInfo(
            "hf",
            "Hugging Face dataset",
            "",
            "Everything of texts and annotation sets, as parquet and as JSON lines, with a card and split into train, validation and "
            "test; for token classification the outermost entities as tags.",
            "Reports without labels. In the tags alone: nested, overlapping and discontinuous entities.",
            _hf,
            _hf,
            "pyarrow",
            training=True,
            splits=True,
        ),
        FormatInfo(
            "webanno",
            "WebAnno TSV 3.3",
            "",
            "Tokens by sentence with entities (nested, overlapping), attributes, notes, registry entries and relations; the "
            "rest stands in a column of its own and comes back for each label that is still there.",
            "Entities of white space alone and texts without anything visible; the gaps of discontinuous entities and white "
            "space at the edges of entities and between sentences while they are in the other tool.",
            _webanno,
            _webanno,
        ),
        FormatInfo(
            "tacred",
            "TACRED JSON (relations in sentences)",
            "",
            "Pairs of entities in tokenised sentences with their relation, or none where the schema would allow one; in parts for "
            "training when a split is asked for.",
            "Relations across sentences, entities that cross sentences or do not fall on tokens, gaps of discontinuous "
            "entities, attributes, notes, white space; reports without labels.",
            _tacred,
            training=True,
            splits=True,
        ),
        FormatInfo(
            "docred",
            "DocRED JSON (relations in documents)",
            "",
            "Tokenised sentences, entities with all their mentions (by registry entry or canonical name), relations with the "
            "sentences that tell them; in parts for training when a split is asked for.",
            "Entities that cross sentences or do not fall on tokens, gaps of discontinuous entities, attributes, notes, which "
            "mention a relation joins, white space; reports without labels.",
            _docred,
            training=True,
            splits=True,
        ),
        FormatInfo(
            "csv",
            "CSV and TSV tables",
            "",
            "Entities and relations with their reports' metadata, attributes, notes and sentences: as CSV that is safe in "
            "Excel and LibreOffice, and as TSV with every value as it is for machines.",
            "Texts; reports without labels. Spreadsheets turn what looks like a date or a number into one: the workbook does not.",
            _csv,
        ),
        FormatInfo(
            "xlsx",
            "Excel workbook",
            ".xlsx",
            "Reports, entities with their sentences, relations, officials and the schema, as tables for people.",
            "Texts over 32,767 characters and control characters; it says so where it cuts.",
            _xlsx,
            comes_back=True,
        ),
    )


def _info(key: str) -> FormatInfo | None:
    return next((info for info in formats() if info.key == key), None)


def exporter(key: str) -> Exporter:
    """The exporter of a format. Raises ``FormatError`` naming the known ones."""
    info = _info(key)
    if info is None or info.exporter is None:
        known = ", ".join(info.key for info in formats() if info.writes)
        raise FormatError("There is no export format {key}. The known ones are {known}.", key=key, known=known)
    return info.exporter()


def importer(key: str) -> Importer:
    """The importer of a format. Raises ``FormatError`` naming the known ones."""
    info = _info(key)
    if info is None or info.importer is None:
        known = ", ".join(info.key for info in formats() if info.reads)
        raise FormatError("There is no labelled import format {key}. The known ones are {known}.", key=key, known=known)
    return info.importer()


def recognise(path: Path) -> str | None:
    """The key of the labelled format that a file or folder holds, told by its content; None for any other."""
    # A native record is any object with a text, so the other tools' own keys are looked for first.
    for info in sorted(formats(), key=lambda info: info.key == "jsonl"):
        if info.importer is not None and info.importer().recognises(path):
            return info.key
    return None
