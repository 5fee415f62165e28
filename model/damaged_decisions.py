"""Looks over what review decided: decisions that cannot be read, and those whose labels are all gone."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.report import Entity
from annotations.review import review_report
from model.damage import Damage, Finding
from model.project import Project
from model.queries.review import all_under_review


def look_at_decisions(project: Project) -> Iterator[Finding]:
    """Unreadable decisions are damage: what they decided is not known. Those without labels stand, and are notices."""
    for found in all_under_review(project):
        name, text = found.labelled.report.name, found.labelled.report.text
        for key in found.unreadable:
            values = {"report": name, "id": key}
            sentence = "{report}: the decision {id} cannot be read; what was decided there has to be decided again."
            yield Finding(Damage.UNREADABLE_DECISION, sentence, values)
        if found.decisions:
            for orphan in review_report(found.labelled, found.decisions).orphans:
                result = orphan.result
                shown = result.surface(text) if isinstance(result, Entity) else result.type if result else "–"
                sentence = (
                    "{report}: the labels that the decision {id} is about are gone; what was decided stays (“{text}”)."
                )
                yield Finding(
                    Damage.NOTICE, sentence, {"report": name, "id": orphan.conflict_id, "text": " ".join(shown.split())}
                )
