"""Reading WebAnno TSV 3.2 and 3.3: strict, line by line, by the specification."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from exports.cas.document import Arc, Document, Mark, is_entity_layer
from exports.cas.features import decoded
from exports.cas.layers import CARRIED, INFO, RELATION, SPAN
from exports.errors import FormatError
from exports.jsonl.values import Wrong
from exports.utf16 import Utf16
from exports.webanno.header import Damage, Header, Layer, read_header
from exports.webanno.rows import GAPS, HULL, Tokens
from exports.webanno.values import EMPTY, NOTHING, Cell, cells, escaped, unescaped_text

SLOTS = "slots and chains"

_ROW = re.compile(r"(\d{1,9})-(\d{1,9})(?:\.(\d{1,9}))?")
_OFFSETS = re.compile(r"(\d{1,9})-(\d{1,9})")


def read_tsv(content: bytes, place: str) -> Document:
    """What the file holds. Raises ``FormatError`` with the line for what breaks a rule of the format."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            "{place} is not UTF-8 (byte {byte}). Nothing was taken from it.", place=place, byte=error.start + 1
        ) from error
    if "\0" in text:
        raise FormatError("{place} holds a NUL. Nothing was taken from it.", place=place)
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    try:
        header = read_header(lines)
        return _Reader(header).read(lines)
    except Wrong as wrong:
        raise wrong.at(place) from wrong
    except Damage as damage:
        raise FormatError(
            "{place}, line {line}: {why}. Nothing was taken from it.", place=place, line=damage.line, why=damage
        ) from damage


def count(content: bytes) -> tuple[int, int]:
    """The entities and relations of a file that we wrote, counted in its cells: of several rows or one."""
    lines = content.decode("utf-8").split("\n")
    layers = {layer.name: layer for layer in read_header(lines).layers}
    label, reference = layers[SPAN].columns[0][1], layers[RELATION].reference
    numbers: set[tuple[int, ...]] = set()
    entities = relations = 0
    for line in lines:
        fields = line.split("\t")
        if len(fields) > reference and fields[label] != NOTHING:
            for cell in cells(fields[label]) or ():
                entities += not cell.ids
                numbers.update([cell.ids] if cell.ids else [])
            relations += len(cells(fields[reference]) or ())
    return entities + len(numbers), relations


@dataclass(frozen=True, slots=True)
class _Row:
    """A token or a part of one; offsets in UTF-16 units."""

    name: str
    begin: int
    end: int
    text: str
    line: int
    part: bool


@dataclass(slots=True)
class _Open:
    """An annotation that may go on in the next rows."""

    mark: Mark
    number: int


@dataclass(slots=True)
class _Reference:
    """A relation whose ends are not looked up yet."""

    layer: Layer
    row: _Row
    source: str
    ids: tuple[int, ...]
    features: dict[str, str]


@dataclass(slots=True)
class _Reader:
    header: Header
    gaps: list[int] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    marks: dict[str, _Open] = field(default_factory=dict)
    on: dict[tuple[str, str, int], list[_Open]] = field(default_factory=dict)
    references: list[_Reference] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    info: str | None = None
    length: int = 0
    token: _Row | None = None

    def read(self, lines: Sequence[str]) -> Document:
        """The body: sentences parted by empty lines."""
        waiting: list[str] = []
        inside = False
        for number, line in enumerate(lines[self.header.lines :], self.header.lines + 1):
            if not line:
                if waiting:
                    raise Damage(number, "a sentence has no tokens")
                inside = False
            elif line.startswith("#") and not inside:
                if line.startswith("#Text="):
                    waiting.append(unescaped_text(line.removeprefix("#Text=")))
                elif not line.startswith("#Sentence.id="):
                    raise Damage(number, "it is neither #Text= nor #Sentence.id=")
            else:
                if not inside and not waiting:
                    raise Damage(number, "a row stands outside of a sentence")
                fields = self._fields(line, number)
                row = self._row(fields, number, "\n".join(waiting) if waiting else None)
                waiting, inside = [], True
                self._annotations(fields, row)
        if waiting:
            raise Damage(len(lines), "a sentence has no tokens: the file is cut off")
        return self._document()

    def _fields(self, line: str, number: int) -> list[str]:
        fields = line.split("\t")
        # WebAnno ends each column with a tab, the last one too.
        if len(fields) == self.header.width + 1 and not fields[-1]:
            fields.pop()
        if len(fields) != self.header.width:
            raise Damage(number, f"it has {len(fields)} columns, the head says {self.header.width}")
        return fields

    def _row(self, fields: list[str], number: int, text: str | None) -> _Row:
        """The row, after a look whether it follows on the one before; ``text`` begins a sentence."""
        name, offsets = _ROW.fullmatch(fields[0]), _OFFSETS.fullmatch(fields[1])
        if name is None or offsets is None:
            raise Damage(number, "it does not begin with sentence-token and begin-end")
        begin, end = int(offsets[1]), int(offsets[2])
        if text is not None:
            self._begin_sentence(text, begin, number)
        row = _Row(fields[0], begin, end, fields[2], number, name[3] is not None)
        last = self.rows[-1] if self.rows else None
        if name[0] != self._next_name(row, last, text is not None):
            raise Damage(number, "the numbers of sentences, tokens and parts are not in order")
        # A part lies in its token, and a token behind the one before.
        token = self.token
        fits = begin <= end <= self.length if row.part else begin < end <= self.length
        if row.part and token:
            fits = fits and token.begin <= begin and end <= token.end
        elif token:
            fits = fits and token.end <= begin
        if not fits:
            raise Damage(number, f"{begin}–{end} is no place in the text for it")
        self.rows.append(row)
        if not row.part:
            self.token = row
        return row

    def _next_name(self, row: _Row, last: _Row | None, begins: bool) -> str:
        if begins:
            return f"{len(self.sentences)}-1"
        token, _, part = (last.name if last else "").partition(".")
        if row.part:
            return f"{token}.{int(part or 0) + 1}"
        sentence, _, place = token.partition("-")
        return f"{sentence}-{int(place) + 1}"

    def _begin_sentence(self, text: str, begin: int, number: int) -> None:
        if begin < self.length:
            raise Damage(number, "the sentence begins inside of the one before")
        if begin - self.length > _LARGEST_GAP:
            raise Damage(number, "the sentence begins too far behind the one before")
        self.gaps.append(begin - self.length)
        self.sentences.append(text)
        self.length = begin + Utf16(text).units(len(text))

    def _annotations(self, fields: list[str], row: _Row) -> None:
        if fields.count(NOTHING) == self.header.width - 3 and fields[2] != NOTHING:
            return  # most rows
        for layer in self.header.layers:
            if all(fields[place] == NOTHING for place in layer.places):
                continue
            columns = [_cells(fields[place], row.line) for _, place in layer.columns]
            references = _cells(fields[layer.reference], row.line) if layer.base else None
            counts = {len(column) for column in columns} | ({len(references)} if references is not None else set())
            self.left_out[SLOTS] += sum(fields[place] not in (NOTHING, EMPTY) for place in layer.slots)
            if layer.skipped:
                self.left_out[SLOTS] += max(counts)
                continue
            if len(counts) > 1:
                raise Damage(row.line, f"the columns of {layer.name} hold different numbers of annotations")
            for place in range(max(counts)):
                found = [column[place] for column in columns]
                features = {
                    name: cell.value
                    for (name, _), cell in zip(layer.columns, found, strict=True)
                    if cell.value is not None and name
                }
                if references is None:
                    self._span(layer, row, place, found, features)
                else:
                    self._relation(layer, row, references[place], features)

    def _span(self, layer: Layer, row: _Row, place: int, found: list[Cell], features: dict[str, str]) -> None:
        if layer.name == INFO:
            self.info = self.info or features.get(CARRIED)
            return
        ids = {cell.ids for cell in found}
        if len(ids) > 1 or len(found[0].ids) > 1:
            raise Damage(row.line, f"the columns of {layer.name} give an annotation different numbers in brackets")
        number = found[0].ids[0] if found[0].ids else 0
        key = f"{layer.name}[{number}]" if number else f"{layer.name} {row.name}|{place}"
        known = self.marks.get(key)
        if known is None:
            known = _Open(Mark(key, layer.name, row.begin, row.end, features), number)
            self.marks[key] = known
        else:
            known.mark = replace(known.mark, end=max(known.mark.end, row.end))
        # Under number 0 stands all that there is: a relation with no number there means the only one.
        for found_by in {0, number}:
            self.on.setdefault((layer.name, row.name, found_by), []).append(known)

    def _relation(self, layer: Layer, row: _Row, cell: Cell, features: dict[str, str]) -> None:
        if cell.value is None or len(cell.ids) not in (0, 2):
            raise Damage(row.line, "a relation does not say where it comes from")
        self.references.append(_Reference(layer, row, cell.value, cell.ids, features))

    def _document(self) -> Document:
        text = self._text()
        units = Utf16(text)
        tokens = []
        for row in self.rows:
            start, end = units.code_points(row.begin), units.code_points(row.end)
            covered = text[start:end]
            if (units.units(start), units.units(end)) != (row.begin, row.end) or row.text not in (
                covered,
                escaped(covered),
            ):
                raise Damage(row.line, f"its text is “{row.text[:40]}”, but the offsets cover “{covered[:40]}”")
            if not row.part:
                tokens.append((start, end))
        made = Document(text, info=self.info, left_out=self.left_out)
        grid = Tokens(tokens)
        for one in self.marks.values():
            begin, end = units.code_points(one.mark.begin), units.code_points(one.mark.end)
            begin, end = _whole(one.mark, grid, len(text), begin, end)
            made.marks.append(replace(one.mark, begin=begin, end=end))
        made.marks.sort(key=lambda mark: (mark.begin, -mark.end))
        made.arcs.extend(self._arcs())
        return made

    def _text(self) -> str:
        """The sentences with the white space between them: as carried, where it is as long, else as WebAnno fills it."""
        carried = decoded(self.info).get(GAPS)
        gaps: list[str] = carried if type(carried) is list and all(map(_is_gap, carried)) else []
        if len(gaps) != len(self.gaps) + 1 or [len(gap) for gap in gaps[:-1]] != self.gaps:
            gaps = [("\n" if number else " ")[:gap] + " " * (gap - 1) for number, gap in enumerate(self.gaps)]
            gaps.append("")
        return "".join([gap + sentence for gap, sentence in zip(gaps, [*self.sentences, ""], strict=True)])

    def _arcs(self) -> Iterator[Arc]:
        for one in self.references:
            source, target = one.ids or (0, 0)
            ends = [self._end(one, unit, number) for unit, number in ((one.source, source), (one.row.name, target))]
            yield Arc(one.layer.name, ends[0], ends[1], one.features)

    def _end(self, one: _Reference, unit: str, number: int) -> str:
        """The key of a relation's end. What joins layers that hold no entities is counted later, by its unknown ends."""
        fitting = self.on.get((one.layer.base, unit, number), [])
        if len(fitting) == 1:
            return fitting[0].mark.key
        if not is_entity_layer(one.layer.base):
            return ""
        raise Damage(one.row.line, f"a relation joins {unit}[{number}], where there is no annotation, or more than one")


_LARGEST_GAP = 1_000_000
"""Of white space between two sentences, in UTF-16 units."""


def _cells(written: str, line: int) -> list[Cell]:
    made = cells(written)
    if made is None:
        raise Damage(line, f"“{written[:40]}” is no value: a bracket or a bar stands without its backslash")
    return made


def _is_gap(value: object) -> bool:
    return type(value) is str and not value.strip()


def _whole(mark: Mark, grid: Tokens, length: int, begin: int, end: int) -> tuple[int, int]:
    """The span with the outer white space that it had, unless someone has moved it since."""
    hull = decoded(mark.features.get(CARRIED)).get(HULL)
    if type(hull) is not list or len(hull) != 2 or not all(type(one) is int for one in hull):
        return begin, end
    start, stop = hull
    return (start, stop) if 0 <= start < stop <= length and grid.clipped(start, stop) == (begin, end) else (begin, end)
