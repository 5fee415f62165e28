"""Writing documents as CoNLL-U, report by report."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations.corpus import Corpus
from annotations.report import AnnotationSet, Entity, Report, entity_order
from exports.carried import KEY, entity_part, owner_part, relation_part, report_part
from exports.conllu.misc import escaped, label_name
from exports.files import check_counts, writing
from exports.protocol import ExportSummary, Options, Progress, Tally
from exports.tokens import ACROSS, OFF_TOKENS, UNLABELLED, Grid, Placed, outermost, place_all, tokenizer_name

RELATIONS = "relations (in a comment that only Chú Giải reads)"

_OPENED = re.compile(rb"\(e\d+(?:-|\[1/)")
"""What opens an entity; of a discontinuous one, what opens its first part."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity and its parts on tokens: one, or one for each fragment."""

    entity: Entity
    parts: tuple[Placed, ...]


def write(corpus: Corpus, path: Path, options: Options, progress: Progress) -> ExportSummary:
    """Write the corpus; see ``exports.protocol.Exporter``."""
    tally = Tally()
    tally.about["tokens"] = tokenizer_name(options.word_level)
    tokens = 0
    with writing(path, options.force) as part:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for done, labelled in enumerate(corpus, 1):
                if labelled.sets:
                    tally.reports += 1
                    grid = Grid(labelled.report.text, options.word_level)
                else:
                    tally.left_out[UNLABELLED] += 1
                for labels in labelled.sets:
                    mentions = list(placed_mentions(labels.entities, grid, options.alignment, tally.left_out))
                    kept = tuple(one.entity for one in mentions)
                    tally.add_set(AnnotationSet(labels.annotator, entities=kept))
                    if labels.relations:
                        tally.left_out[RELATIONS] += len(labels.relations)
                    file.writelines(document_lines(labelled.report, labels, mentions, grid))
                    tokens += len(grid.tokens)
                progress(done, corpus.total)
        summary = tally.summary(path)
        check_counts(path, (summary.sets, tokens, summary.entities), _count(part))
    return summary


def placed_mentions(
    entities: Sequence[Entity], grid: Grid, alignment: str, left_out: Counter[str]
) -> Iterator[Mention]:
    """The entities that can be written, outer before inner; fragments must fall on tokens as they are."""
    for entity in sorted(entities, key=entity_order):
        if entity.fragments:
            found = [grid.place(Entity(entity.id, entity.label, *span), "strict") for span in entity.fragments]
            parts = [one for one in found if one is not None]
            if len(parts) < len(found):
                left_out[OFF_TOKENS] += 1
                continue
        else:
            parts = place_all([entity], grid, alignment, left_out)
        if not parts:
            continue
        if grid.crosses(Placed(entity, parts[0].first, parts[-1].last, parts[0].start, parts[-1].end)):
            left_out[ACROSS] += 1
        else:
            yield Mention(entity, tuple(parts))


def document_lines(report: Report, labels: AnnotationSet, mentions: list[Mention], grid: Grid) -> Iterator[str]:
    """The lines of one document, each sentence with its blank line."""
    names = {one.entity.id: f"e{number}" for number, one in enumerate(mentions, 1)}
    carried = {**report_part(report), **owner_part(labels)}
    carried["entities"] = {names[one.entity.id]: entity_part(one.entity) for one in mentions}
    carried["relations"] = [
        [one.type, names[one.source], names[one.target], relation_part(one)]
        for one in labels.relations
        if one.source in names and one.target in names
    ]
    yield f"# newdoc id = {escaped(report.id)}\n"
    yield "# global.Entity = eid-etype\n"
    # Line breaks of other alphabets are escaped too: not every reader of lines knows only one.
    yield f"# {KEY} = {json.dumps(carried, default=dict)}\n"
    text = report.text
    brackets = _brackets(mentions, names)
    tags = _tags(mentions)
    spaces = _spaces(text, grid)
    rows = list(grid.rows())
    if not rows:
        # A document without a token would have no sentence: its white space is kept with an empty one.
        yield f"# text = \n1\t_\t_\t_\t_\t_\t_\t_\t_\tSpacesBefore={escaped(text)}|SpacesInToken=\n\n"
    for number, (first, last) in enumerate(rows, 1):
        yield f"# sent_id = {number}\n"
        yield f"# text = {_line(text[grid.tokens[first][0] : grid.tokens[last - 1][1]])}\n"
        for token in range(first, last):
            start, end = grid.tokens[token]
            form = text[start:end]
            misc = [*spaces[token], *brackets.get(token, ()), *tags.get(token, ())]
            if _line(form) != form:
                misc.append(f"SpacesInToken={escaped(form)}")
            yield f"{token - first + 1}\t{_line(form)}\t_\t_\t_\t_\t_\t_\t_\t{'|'.join(misc) or '_'}\n"
        yield "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _spaces(text: str, grid: Grid) -> list[list[str]]:
    """For each token what says which white space stands around it."""
    made: list[list[str]] = [[] for _ in grid.tokens]
    for number, (start, end) in enumerate(grid.tokens):
        last = number + 1 == len(grid.tokens)
        gap = text[end : len(text) if last else grid.tokens[number + 1][0]]
        if number == 0 and start:
            made[0].append(f"SpacesBefore={escaped(text[:start])}")
        if not gap:
            made[number].append("SpaceAfter=No")
        elif gap != " " or last:
            made[number].append(f"SpacesAfter={escaped(gap)}")
    return made


def _brackets(mentions: list[Mention], names: dict[str, str]) -> dict[int, list[str]]:
    """``Entity=`` by token: what closes there, then what opens, outer before inner."""
    closing: dict[int, list[str]] = defaultdict(list)
    opening: dict[int, list[str]] = defaultdict(list)
    for one in mentions:
        for number, part in enumerate(one.parts, 1):
            name = names[one.entity.id] + (f"[{number}/{len(one.parts)}]" if len(one.parts) > 1 else "")
            single = part.last == part.first + 1
            opening[part.first].append(f"({name}-{label_name(one.entity.label)}{')' if single else ''}")
            if not single:
                closing[part.last - 1].insert(0, f"{name})")
    return {
        token: [f"Entity={''.join(closing.get(token, ()))}{''.join(opening.get(token, ()))}"]
        for token in closing.keys() | opening.keys()
    }


def _tags(mentions: list[Mention]) -> dict[int, list[str]]:
    """``name=`` by token: the outermost continuous entities, IOB2."""
    made: dict[int, list[str]] = {}
    for part in outermost([one.parts[0] for one in mentions if len(one.parts) == 1], Counter()):
        for token in range(part.first, part.last):
            made[token] = [f"name={'B' if token == part.first else 'I'}-{label_name(part.entity.label)}"]
    return made


def _count(part: Path) -> tuple[int, int, int]:
    """Documents, tokens and entities, counted in the written file."""
    documents = tokens = entities = 0
    with part.open("rb") as file:
        for line in file:
            if line.startswith(b"# newdoc id = "):
                documents += 1
            elif line[:1].isdigit():
                misc = line.rstrip(b"\n").split(b"\t")[9].split(b"|")
                tokens += b"SpacesInToken=" not in misc
                entities += sum(len(_OPENED.findall(value)) for value in misc if value.startswith(b"Entity="))
    return documents, tokens, entities
