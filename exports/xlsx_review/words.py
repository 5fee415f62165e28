"""What people read and write in the Decision column, in both languages; and what each annotator says, in one cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from annotations.report import Entity, Relation
from annotations.review import Answer, Decision, EntityGroup, Group
from annotations.review.decision import possible_answers
from annotations.review.group import ENTRY

_ANSWERS = {
    Answer.UNION: ("union", "hợp"),
    Answer.INTERSECTION: ("intersection", "giao"),
    Answer.NEITHER: ("neither", "không cái nào"),
    Answer.OWN: ("own", "tự ghi"),
    Answer.SKIP: ("skip", "bỏ qua"),
    Answer.DISCUSS: ("discuss", "bàn thêm"),
}
ENGLISH_REASONS = ("ambiguous text", "guideline gap", "slip", "other")
VIETNAMESE_REASONS = ("văn bản mơ hồ", "hướng dẫn chưa nêu", "sơ suất", "lý do khác")
"""The usual reasons, in the same order."""
NOTHING = "–"
"""In place of a label: the annotator has nothing there."""


def letters_of(annotators: Sequence[str]) -> dict[str, str]:
    """A, B, C… for the annotators of the whole workbook, by name; beyond the alphabet AA, AB…."""
    found = {}
    for number, name in enumerate(annotators):
        letter = chr(ord("A") + number % 26)
        found[name] = letter if number < 26 else chr(ord("A") + number // 26 - 1) + letter
    return found


def answer_word(answer: Answer, language: str) -> str:
    """An answer as it stands in the workbook."""
    return _ANSWERS[answer][language == "vi"]


def possible_words(group: Group, letters: Mapping[str, str], language: str) -> tuple[str, ...]:
    """Exactly the answers that can be given about a group, as they stand in the drop-down."""
    words = [letters[name] for name in group.annotators]
    known = {str(answer) for answer in _ANSWERS}
    words += [answer_word(Answer(each), language) for each in possible_answers(group) if each in known]
    return tuple(words)


def decision_word(decision: Decision | None, letters: Mapping[str, str], language: str) -> str:
    """What stands in the Decision column of a conflict that was decided; empty for one that was not."""
    if decision is None:
        return ""
    if decision.answer is Answer.TAKE:
        return letters.get(decision.taken, decision.taken)
    return answer_word(decision.answer, language)


def read_answer(word: str, group: Group, letters: Mapping[str, str]) -> tuple[Answer, str] | None:
    """The answer that was written (in any case, in either language) and whose it takes; None for what is none."""
    said = _folded(word)
    for name in group.annotators:
        if _folded(letters[name]) == said:
            return Answer.TAKE, name
    possible = possible_answers(group)
    for answer, words in _ANSWERS.items():
        if said in map(_folded, words):
            return (answer, "") if str(answer) in possible else None
    return None


def reason_word(reason: str, language: str) -> str:
    """A usual reason in the language of the workbook; another one as it was written."""
    if language == "vi" and reason in ENGLISH_REASONS:
        return VIETNAMESE_REASONS[ENGLISH_REASONS.index(reason)]
    return reason


def read_reason(word: str) -> str:
    """The English name of a usual reason, another one as it was written."""
    said = _folded(word)
    for number, usual in enumerate(ENGLISH_REASONS):
        if said in (_folded(usual), _folded(VIETNAMESE_REASONS[number])):
            return usual
    return word.strip()


def choice(group: Group, name: str, text: str, places: Mapping[tuple[str, str], Entity]) -> str:
    """What an annotator says, in one cell: label, text, and the attributes on which they differ."""
    member = group.members.get(name)
    if member is None:
        return NOTHING if name in group.annotators else ""
    values = [f"{each}={_value(member, each) or NOTHING}" for each in group.differing]
    if isinstance(member, Relation):
        ends = [places.get((name, end)) for end in (member.source, member.target)]
        shown = " → ".join(_line(end.surface(text)) if end else "?" for end in ends)
        return "; ".join([f"{member.type}: {shown}", *values])
    return "; ".join([f"{member.label}: {_line(member.surface(text))}", *values])


def phrase(group: Group, text: str, places: Mapping[tuple[str, str], Entity]) -> str:
    """The text that a conflict is about."""
    if isinstance(group, EntityGroup):
        return _line(text[group.start : group.end])
    name, relation = next(iter(group.members.items()))
    ends = [places.get((name, end)) for end in (relation.source, relation.target)]
    return " → ".join(_line(end.surface(text)) if end else "?" for end in ends)


def _value(member: Entity | Relation, attribute: str) -> str:
    if attribute == ENTRY:
        return (member.entry or "") if isinstance(member, Entity) else ""
    return member.attributes.get(attribute, "")


def _line(text: str) -> str:
    return " ".join(text.split())


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
