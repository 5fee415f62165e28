"""CoNLL-2003 columns with IOB2 tags, out only: ``token -X- _ TAG``.

A blank line ends a sentence, ``-DOCSTART- -X- O O`` begins a report. The first tag of an entity
is ``B-``, whatever stands before it. Source: Tjong Kim Sang and De Meulder, "Introduction to the CoNLL-2003
shared task" (columns); the two middle ones are filled as Label Studio and most trainers know them.

The format is flat and has no offsets: of nested and overlapping entities the outermost is written, and
all that has no place is counted by reason. Reports without an annotation set are
left out: tagged ``O`` throughout they would teach that there is nothing to find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus
from annotations.offsets import tokens
from annotations.report import AnnotationSet, Entity, Span, entity_order
from annotations.sentences import sentence_spans
from exports.files import check_counts, writing
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, Tally, no_progress

NESTED = "nested in another entity"
OVERLAPPING = "overlapping another entity"
DISCONTINUOUS = "discontinuous entities"
OFF_TOKENS = "not on a token boundary"
ACROSS = "crossing a sentence boundary"
RELATIONS = "relations"
ATTRIBUTES = "attributes"
UNLABELLED = "reports without labels"

_START = "-DOCSTART- -X- O O\n\n"


class Conll:
    """Tokens and tags, at syllable level or, with ``Options.word_level``, at word level."""

    key: ClassVar[str] = "conll"
    title: ClassVar[str] = "CoNLL-2003 (IOB2)"
    suffix: ClassVar[str] = ".conll"
    folder: ClassVar[bool] = False

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write each annotation set as one document; see ``exports.formats.Exporter``."""
        tally = Tally()
        tally.about["tokens"] = _tokenizer(options.word_level)
        done = written = 0
        sentences: list[tuple[Span, ...]] = []
        with writing(path, options.force) as part:
            with part.open("w", encoding="utf-8", newline="\n") as file:
                for labelled in corpus:
                    if labelled.sets:
                        tally.reports += 1
                        sentences = sentence_tokens(labelled.report.text, options.word_level)
                        written += len(labelled.sets) * sum(map(len, sentences))
                    else:
                        tally.left_out[UNLABELLED] += 1
                    for labels in labelled.sets:
                        kept = flat_entities(labels, sentences, tally.left_out)
                        tally.add_set(AnnotationSet(labels.annotator, entities=kept))
                        file.write(_START)
                        file.writelines(_sentence_lines(labelled.report.text, sentences, kept))
                    done += 1
                    progress(done, corpus.total)
            summary = tally.summary(path)
            check_counts(path, (summary.sets, written, summary.entities), _count(part))
        return summary


def _tokenizer(word_level: bool) -> str:
    if not word_level:
        return "syllables and single other characters"
    from annotations.words import words_version

    return words_version()


def sentence_tokens(text: str, word_level: bool) -> list[tuple[Span, ...]]:
    """The tokens of each sentence, as spans of ``text``."""
    if not word_level:
        return [tuple(tokens(text, start, end)) for start, end in sentence_spans(text)]
    from annotations.words import word_spans

    return [
        tuple((start + first, start + last) for first, last in word_spans(text[start:end]))
        for start, end in sentence_spans(text)
    ]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where tokens begin and end: offset → (number of the sentence, number of the token)."""

    starts: dict[int, tuple[int, int]]
    ends: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, sentences: list[tuple[Span, ...]]) -> _Grid:
        places = [(span, (number, token)) for number, row in enumerate(sentences) for token, span in enumerate(row)]
        return cls({span[0]: place for span, place in places}, {span[1]: place for span, place in places})

    def misfit(self, entity: Entity) -> str | None:
        """Why the entity cannot be written on these tokens, or None."""
        if entity.fragments:
            return DISCONTINUOUS
        first, last = self.starts.get(entity.start), self.ends.get(entity.end)
        if first is None or last is None:
            return OFF_TOKENS
        return ACROSS if first[0] != last[0] else None


def flat_entities(
    labels: AnnotationSet, sentences: list[tuple[Span, ...]], left_out: Counter[str]
) -> tuple[Entity, ...]:
    """The entities that can be written: in order, disjoint, each whole tokens of one sentence.

    Of those that share a character the outermost wins, else the first. What is left out is
    added to ``left_out`` by reason; attributes count as they stand on entities and relations.
    """
    grid = _Grid.of(sentences)
    kept: list[Entity] = []
    for entity in sorted(labels.entities, key=entity_order):
        reason = grid.misfit(entity)
        if reason is None and kept and entity.start < kept[-1].end:
            reason = NESTED if entity.end <= kept[-1].end else OVERLAPPING
        if reason is None:
            kept.append(entity)
        else:
            left_out[reason] += 1
    attributes = sum(len(entity.attributes) for entity in labels.entities)
    attributes += sum(len(relation.attributes) for relation in labels.relations)
    left_out.update({RELATIONS: len(labels.relations)} if labels.relations else {})
    left_out.update({ATTRIBUTES: attributes} if attributes else {})
    return tuple(kept)


def _sentence_lines(text: str, sentences: list[tuple[Span, ...]], entities: tuple[Entity, ...]) -> Iterator[str]:
    """The lines of all sentences, each sentence with its blank line."""
    tag_at = {entity.start: (f"B-{tag_name(entity.label)}", entity.end) for entity in entities}
    for row in sentences:
        inside, until = "", -1
        for start, end in row:
            tag = "O"
            if start in tag_at:
                tag, until = tag_at[start]
                inside = "I" + tag[1:]
            elif start < until:
                tag = inside
            yield f"{'_'.join(text[start:end].split())} -X- _ {tag}\n"
        yield "\n"


def tag_name(label: str) -> str:
    """A label as it stands in a tag: without white space."""
    return "_".join(label.split())


def _count(part: Path) -> tuple[int, int, int]:
    """Documents, tokens and entities, counted in the written file."""
    documents = rows = entities = 0
    with part.open("rb") as file:
        for line in file:
            columns = line.split(b" ")
            documents += line.startswith(b"-DOCSTART- -X- O O")
            rows += len(columns) == 4
            entities += len(columns) == 4 and columns[3].startswith(b"B-")
    return documents, rows - documents, entities
