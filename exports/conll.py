"""CoNLL-2003 columns, out and in: ``token -X- _ TAG``, as IOB2, IOB1 or BIOES.

A blank line ends a sentence, ``-DOCSTART- -X- O O`` begins a report. Source: Tjong Kim Sang and De Meulder, "Introduction to
the CoNLL-2003 shared task" (columns; tags there are IOB1); the two middle ones are filled as Label Studio and most trainers know
them. At word level the syllables of a word are joined by ``_``, as in Vietnamese data sets.

The format is flat and has no offsets: of nested and overlapping entities the outermost is written, and
all that has no place is counted by reason. Reports without an annotation set are
left out: tagged ``O`` throughout they would teach that there is nothing to find.

In come two or more columns, tags in the last one, in any usual scheme. The text is put together from tokens with single spaces,
sentences with line breaks; a file without ``-DOCSTART-`` is one report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, ImportedRecord
from annotations.report import AnnotationSet
from exports.errors import FormatError
from exports.files import check_counts, writing
from exports.json_records import Json, imported
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, Tally, no_progress
from exports.tags import decoded, encoded
from exports.text_lines import check_length, text_lines
from exports.tokens import ACROSS, ATTRIBUTES, RELATIONS, UNLABELLED, Grid, Placed, outermost, place_all, tokenizer_name

SPACES = "reports whose white space the file does not hold (set to single spaces and line breaks)"
UNDERSCORES = "words whose underscores became spaces"

_DOCSTART = "-DOCSTART-"
_START = f"{_DOCSTART} -X- O O\n\n"
_TAG = re.compile(r"O|[BIOESLUM]-\S+")
_WORD = re.compile(r"[^\W_]+(?:_[^\W_]+)+")
_LOOKED_AT = 1000


class Conll:
    """Tokens and tags, at syllable level or, with ``Options.word_level``, at word level."""

    key: ClassVar[str] = "conll"
    title: ClassVar[str] = "CoNLL-2003"
    suffix: ClassVar[str] = ".conll"
    folder: ClassVar[bool] = False

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write each annotation set as one document; see ``exports.protocol.Exporter``."""
        tally = Tally()
        tally.about["tokens"] = tokenizer_name(options.word_level)
        tally.about["tags"] = options.tags.upper()
        written = 0
        with writing(path, options.force) as part:
            with part.open("w", encoding="utf-8", newline="\n") as file:
                for done, labelled in enumerate(corpus, 1):
                    if labelled.sets:
                        tally.reports += 1
                        grid = Grid(labelled.report.text, options.word_level)
                        written += len(labelled.sets) * len(grid.tokens)
                    else:
                        tally.left_out[UNLABELLED] += 1
                    for labels in labelled.sets:
                        kept = flat_entities(labels, grid, options.alignment, tally.left_out)
                        tally.add_set(AnnotationSet(labels.annotator, entities=tuple(one.entity for one in kept)))
                        file.write(_START)
                        file.writelines(_sentence_lines(labelled.report.text, grid, kept, options.tags))
                    progress(done, corpus.total)
            summary = tally.summary(path)
            check_counts(path, (summary.sets, written, summary.entities), _count(part))
        return summary

    def recognises(self, path: Path) -> bool:
        """Whether it begins with ``-DOCSTART-``, or its lines have columns of which the last are tags."""
        try:
            return path.is_file() and _is_columns(path)
        except FormatError:
            return False

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per document. Raises ``FormatError`` with the line at the first thing that is wrong."""
        document, number = _Document(""), 0
        for place, line in text_lines(path):
            columns = line.split()
            if _is_start(columns):
                document.end_sentence()
                if document.place:
                    number += 1
                    yield document.record(path, number)
                document = _Document(place)
            elif columns:
                document.take(columns, place)
            else:
                document.end_sentence()
        if document.place:
            yield document.record(path, number + 1)


def flat_entities(labels: AnnotationSet, grid: Grid, alignment: str, left_out: Counter[str]) -> list[Placed]:
    """The entities that can be written: in order, disjoint, each whole tokens of one sentence.

    Of those that share a token the outermost wins, else the first. What is left out is
    added to ``left_out`` by reason; attributes count as they stand on entities and relations.
    """
    placed = []
    for one in place_all(labels.entities, grid, alignment, left_out):
        if grid.crosses(one):
            left_out[ACROSS] += 1
        else:
            placed.append(one)
    kept = outermost(placed, left_out)
    attributes = sum(len(entity.attributes) for entity in labels.entities)
    attributes += sum(len(relation.attributes) for relation in labels.relations)
    left_out.update({RELATIONS: len(labels.relations)} if labels.relations else {})
    left_out.update({ATTRIBUTES: attributes} if attributes else {})
    return kept


def _sentence_lines(text: str, grid: Grid, entities: list[Placed], scheme: str) -> Iterator[str]:
    """The lines of all sentences, each sentence with its blank line."""
    waiting = entities[::-1]
    for first, last in grid.rows():
        here = []
        while waiting and waiting[-1].first < last:
            one = waiting.pop()
            here.append((one.first - first, one.last - first, tag_name(one.entity.label)))
        tags = encoded(here, last - first, scheme)
        for (start, end), tag in zip(grid.tokens[first:last], tags, strict=True):
            yield f"{'_'.join(text[start:end].split())} -X- _ {tag}\n"
        yield "\n"


def tag_name(label: str) -> str:
    """A label as it stands in a tag: without white space."""
    return "_".join(label.split()) or "_"


def _count(part: Path) -> tuple[int, int, int]:
    """Documents, tokens and entities, counted in the written file."""
    documents = rows = entities = 0
    tags: list[str] = []
    with part.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            columns = line.rstrip("\n").split(" ")
            if line == "\n":
                entities += len(decoded(tags))
                tags = []
            elif columns[:4] == _START.split():
                documents += 1
            else:
                rows += 1
                tags.append(columns[-1])
    return documents, rows, entities


def _is_start(columns: list[str]) -> bool:
    """Whether a line begins a document. A token may look like that, but has another third column as we write it."""
    return columns[:1] == [_DOCSTART] and (len(columns) < 4 or columns[2] != "_")


def _is_columns(path: Path) -> bool:
    """Whether all of the first lines are columns, the last of them tags, and one of them is no ``O``."""
    widths: set[int] = set()
    found = False
    for number, (_, line) in enumerate(text_lines(path)):
        columns = line.split()
        if _is_start(columns):
            return True
        if columns:
            widths.add(len(columns))
            found = found or columns[-1] != "O"
            if len(columns) < 2 or len(widths) > 1 or not _TAG.fullmatch(columns[-1]):
                return False
        if number > _LOOKED_AT:
            break
    return found


@dataclass
class _Document:
    """What was read of the document at hand; ``place`` is empty before the first."""

    place: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    begin: int = 0
    """Where the sentence at hand begins in the text: behind the line break of the one before."""
    tokens: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def take(self, columns: list[str], place: str) -> None:
        """Take a token line."""
        self.place = self.place or place
        if len(columns) < 2 or not _TAG.fullmatch(columns[-1]):
            raise FormatError(
                "{place} is no line of CoNLL columns: the last of two or more must be a tag like O or B-ORG. "
                "Nothing was taken from this file.",
                place=place,
            )
        token = columns[0]
        if _WORD.fullmatch(token):
            token = token.replace("_", " ")
            self.left_out[UNDERSCORES] += 1
        self.tokens.append(token)
        self.tags.append(columns[-1])
        self.length += len(token) + 1
        check_length(self.length, place)

    def end_sentence(self) -> None:
        """Lay the sentence's entities on the text so far."""
        if not self.tokens:
            return
        starts, ends, start = [], [], self.begin
        for token in self.tokens:
            starts.append(start)
            ends.append(start + len(token))
            start += len(token) + 1
        for first, last, label in decoded(self.tags):
            self.entities.append({"label": label, "start": starts[first], "end": ends[last - 1]})
        self.pieces.append(" ".join(self.tokens))
        self.begin = start
        self.tokens, self.tags = [], []

    def record(self, path: Path, number: int) -> ImportedRecord:
        """The document as a record."""
        self.end_sentence()
        self.left_out[SPACES] = 1
        native: Json = {"text": "\n".join(self.pieces), "entities": self.entities}
        return imported(native, self.place, f"{path.stem}-{number}", self.left_out)
