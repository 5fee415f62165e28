"""Words for what the view shows: labels, relations, the state of a label; for chips, arcs, tooltips, screen readers."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.report import Entity, Origin, Relation
from annotations.schema import Schema, shown_name
from ui.annotate.view.index import EntityIndex
from ui.words import language, tr

FAR = 28
"""Letters of a far entity's text that are shown."""


def short(words: str, most: int = FAR) -> str:
    """``words`` on one line, cut to ``most`` letters."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1] + "…"


def label_name(schema: Schema | None, entity: Entity) -> str:
    """The name of an entity's label in the language of the window."""
    label = schema.entities_by_name.get(entity.label) if schema else None
    return shown_name(label, language()) if label else entity.label


def relation_name(schema: Schema | None, relation: Relation) -> str:
    """The name of a relation's type in the language of the window."""
    kind = schema.relations_by_name.get(relation.type) if schema else None
    return shown_name(kind, language()) if kind else relation.type


def chip_words(schema: Schema | None, entity: Entity, pending: bool) -> str:
    """A label's name with a sign of its state: ``?`` nobody has confirmed it, ``✓`` decided in review."""
    name = label_name(schema, entity)
    if pending:
        return f"{name} ?"
    return f"✓ {name}" if entity.origin is Origin.ADJUDICATED else name


def far_words(schema: Schema | None, text: str, relation: Relation, far: Entity, outwards: bool) -> str:
    """What a chip at the end of an arc says of the entity ``far`` out of sight, without the sign of its direction."""
    name, surface = relation_name(schema, relation), short(far.surface(text))
    return f"{name} → {surface}" if outwards else f"{surface} → {name}"


def source_name(by: str | None) -> str:
    """Who suggests, in the interface language."""
    names = {"rules": tr("rules"), "gazetteer": tr("lists"), "project": tr("this project"), "model": tr("model")}
    return names.get(by or "", by or tr("unknown"))


def made_by(label: Entity | Relation) -> str:
    """Who suggested it, and how sure that was: ``rules 0.93``."""
    sure = f" {label.confidence:.2f}" if label.confidence is not None else ""
    return source_name(label.by) + sure


def state_words(entity: Entity, pending: bool) -> str:
    """How far an entity is decided, in words; empty for one a person made."""
    if pending and entity.by:
        return tr("suggested, not confirmed") + f" · {made_by(entity)}"
    if pending:
        return tr("suggested, not confirmed")
    return {
        Origin.SUGGESTED: tr("suggested, confirmed"),
        Origin.PROPAGATED: tr("propagated"),
        Origin.ADJUDICATED: tr("adjudicated"),
    }.get(entity.origin, "")


def entity_words(schema: Schema | None, text: str, entity: Entity, pending: bool) -> str:
    """An entity in words: label, text and state."""
    state = state_words(entity, pending)
    return f"{label_name(schema, entity)}: {entity.surface(text)}" + (f" ({state})" if state else "")


def relation_lines(
    schema: Schema | None, text: str, index: EntityIndex, relations: Iterable[Relation], entity_id: str
) -> list[str]:
    """The relations of an entity, one in words each: what it is the source of, then what it is the target of."""
    out: list[str] = []
    back: list[str] = []
    for relation in relations:
        source, target = index.by_id.get(relation.source), index.by_id.get(relation.target)
        if source is None or target is None:
            continue
        words = f"{short(source.surface(text))} → {relation_name(schema, relation)} → {short(target.surface(text))}"
        (out if relation.source == entity_id else back).append(words)
    return out + back
