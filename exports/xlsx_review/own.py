"""An own answer from the cells Label and Text; nothing is guessed."""

from __future__ import annotations

import re

from annotations.errors import Refused
from annotations.report import Entity, Origin, Relation, Span
from annotations.review import EntityGroup, RelationGroup
from annotations.sentences import sentence_at, sentence_spans
from exports.xlsx_review.rows import Reviewed


def own_entity(group: EntityGroup, label: str, words: str, reviewed: Reviewed) -> Entity:
    """The entity that the cells name. An empty cell stands for what all members have alike. Raises ``Refused``."""
    members = list(group.members.values())
    labels, extents = {member.label for member in members}, {member.spans for member in members}
    if not label and not words:
        raise Refused("the answer is “own”, and both Label and Text are empty; fill in what it shall be")
    if not label and len(labels) > 1:
        raise Refused("the answer is “own”, and Label is empty; choose one")
    if not words and len(extents) > 1:
        raise Refused("the answer is “own”, and Text is empty; write the words as they stand in the report")
    chosen = label or labels.pop()
    attributes = {name: value for name, value in members[0].attributes.items() if name not in group.differing}
    alike = attributes if chosen in {member.label for member in members} else {}
    if not words:
        first = members[0]
        return Entity(group.id, chosen, first.start, first.end, first.fragments, alike, origin=Origin.ADJUDICATED)
    start, end = _find(group, words, reviewed.labelled.report.text)
    return Entity(group.id, chosen, start, end, (), alike, origin=Origin.ADJUDICATED)


def own_relation(group: RelationGroup, kind: str, words: str) -> Relation:
    """The relation of this type in the direction that the members agree on. Raises ``Refused``."""
    if words:
        raise Refused("Text is for entities; an own relation is told by its type in Label")
    if not kind:
        raise Refused("the answer is “own”, and Label is empty; choose a relation type")
    ends = set(group.ends.values())
    if len(ends) > 1:
        raise Refused("the annotators differ in the direction; take one of them, or decide it in the program")
    source, target = ends.pop()
    return Relation(group.id, kind, source, target, origin=Origin.ADJUDICATED)


def _find(group: EntityGroup, words: str, text: str) -> Span:
    """Where the words stand: over the conflict, else in its sentence; exactly once."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = [(match.start(), match.end()) for match in pattern.finditer(text)]
    here = [(start, end) for start, end in found if start < group.end and end > group.start]
    if not here:
        sentences = sentence_spans(text)
        first, last = sentence_at(sentences, group.start)[0], sentence_at(sentences, max(0, group.end - 1))[1]
        here = [(start, end) for start, end in found if start >= first and end <= last]
    if not here:
        raise Refused(
            "“{words}” does not stand in the sentence; write the words as they stand in the report", words=words
        )
    if len(here) > 1:
        raise Refused("“{words}” stands there {count} times; decide it in the program", words=words, count=len(here))
    return here[0]
