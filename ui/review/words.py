"""What the review page says about conflicts, in words. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping

from annotations.report import Entity, Relation
from annotations.review import Answer, Decision, State
from annotations.review.cases import UNANIMOUS, Case
from annotations.review.group import ENTRY, Kind
from annotations.schema import Schema, shown_name
from ui.words import language, tr


def kind_words(kind: str) -> str:
    """What kind of conflict it is."""
    known: dict[str, str] = {
        Kind.MISSING: tr("missing"),
        Kind.LABEL: tr("label"),
        Kind.BOUNDARY: tr("boundary"),
        Kind.ATTRIBUTE: tr("attribute"),
        Kind.RELATION_MISSING: tr("relation missing"),
        Kind.DIRECTION: tr("direction"),
        Kind.RELATION_TYPE: tr("relation type"),
        State.RETURNED: tr("came back"),
        UNANIMOUS: tr("unanimous"),
    }
    return known.get(kind, kind)


def state_words(state: str) -> str:
    """How far a conflict is."""
    known: dict[str, str] = {
        State.OPEN: tr("open"),
        State.SET_ASIDE: tr("set aside"),
        State.DECIDED: tr("decided"),
        State.RETURNED: tr("came back"),
    }
    return known.get(state, state)


def reason_words(reason: str) -> str:
    """A usual reason in the interface language; another one as it was written."""
    known: dict[str, str] = {
        "ambiguous text": tr("ambiguous text"),
        "guideline gap": tr("guideline gap"),
        "slip": tr("slip"),
        "other": tr("other reason"),
    }
    return known.get(reason, reason)


def label_words(schema: Schema, name: str) -> str:
    """A label's or relation type's name in the interface language."""
    found = schema.entities_by_name.get(name) or schema.relations_by_name.get(name)
    return shown_name(found, language()) if found else name


def attribute_words(schema: Schema, label: str, attribute: str) -> str:
    """An attribute's name in the interface language."""
    if attribute == ENTRY:
        return tr("registry entry")
    kind = schema.entities_by_name.get(label) or schema.relations_by_name.get(label)
    found = next((one for one in kind.attributes if one.name == attribute), None) if kind else None
    return shown_name(found, language()) if found else attribute


def point_words(schema: Schema, label: str, point: str) -> str:
    """What is left open: ``extent``, ``label`` or ``attribute:NAME``."""
    kind, _, name = point.partition(":")
    if name:
        return attribute_words(schema, label, name)
    return tr("extent") if kind == "extent" else tr("label")


def differences(case: Case, schema: Schema) -> str:
    """What the annotators differ in, in one line."""
    said = [kind_words(kind) for kind in case.group.kinds if kind is not Kind.ATTRIBUTE]
    label = case.labels[0] if case.labels else ""
    said += [attribute_words(schema, label, name) for name in case.group.differing]
    return ", ".join(said) or kind_words(case.kind)


def opinion_words(case: Case, name: str, text: str, schema: Schema, places: Mapping[tuple[str, str], Entity]) -> str:
    """What one annotator has there: label, text, and the attributes on which they differ."""
    member = case.group.members.get(name)
    if member is None:
        return tr("nothing here")
    if isinstance(member, Relation):
        ends = [places.get((name, end)) for end in (member.source, member.target)]
        shown = " → ".join(_surface(end, text) if end else "?" for end in ends)
        kind = member.type
    else:
        shown, kind = _surface(member, text), member.label
    values = [f"{attribute_words(schema, kind, each)}: {_value(member, each) or '–'}" for each in case.group.differing]
    return "   ".join([label_words(schema, kind), shown, *values])


def decision_words(decision: Decision, text: str, schema: Schema, letters: Mapping[str, str]) -> str:
    """What was decided, by whom and why; ``letters`` are how annotators are called here."""
    answers = {
        Answer.TAKE: tr("taken from {name}", name=letters.get(decision.taken, decision.taken)),
        Answer.UNION: tr("union"),
        Answer.INTERSECTION: tr("intersection"),
        Answer.NEITHER: tr("neither"),
        Answer.OWN: tr("own answer"),
        Answer.SKIP: tr("skipped"),
        Answer.DISCUSS: tr("to be discussed"),
    }
    said = [answers[decision.answer]]
    if isinstance(decision.result, Entity):
        said.append(f"{label_words(schema, decision.result.label)} “{_surface(decision.result, text)}”")
    elif decision.result is not None:
        said.append(label_words(schema, decision.result.type))
    if decision.open_points:
        label = decision.result.label if isinstance(decision.result, Entity) else ""
        points = ", ".join(point_words(schema, label, point) for point in decision.open_points)
        said.append(tr("still open: {points}", points=points))
    said += [decision.by, reason_words(decision.reason), decision.note]
    return " · ".join(part for part in said if part)


def _surface(entity: Entity, text: str) -> str:
    return " ".join(entity.surface(text).split())


def _value(member: Entity | Relation, attribute: str) -> str:
    if attribute == ENTRY:
        return (member.entry or "") if isinstance(member, Entity) else ""
    return member.attributes.get(attribute, "")
