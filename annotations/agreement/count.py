"""One report's counts, for every figure at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from annotations.agreement.alpha import count_alpha
from annotations.agreement.alpha_u import count_alpha_u
from annotations.agreement.confusion import count_confusion
from annotations.agreement.entities import Counts, count_entities, in_common, mentions
from annotations.agreement.kappa import count_cohen, count_fleiss
from annotations.agreement.relations import count_relations
from annotations.agreement.selector import Selector
from annotations.agreement.side import Side
from annotations.agreement.tokens import Words
from annotations.corpus import LabelledReport
from annotations.report import AnnotationSet, Status


def finished_sets(labelled: LabelledReport, annotators: Sequence[str]) -> dict[int, AnnotationSet]:
    """The finished annotation set of each of these annotators, by the annotator's place; not the adjudicated one."""
    places = {name: place for place, name in enumerate(annotators)}
    found = {
        places[labels.annotator]: labels
        for labels in labelled.sets
        if labels.annotator in places and not labels.adjudicated and labels.status is Status.DONE
    }
    return dict(sorted(found.items()))


def count_report(
    text: str,
    sets: dict[int, AnnotationSet],
    pairs: dict[tuple[int, int], int],
    annotators: int,
    selector: Selector,
    also: Sequence[Selector] = (),
) -> Counts:
    """The counts of one report with two sets or more; ``pairs`` numbers the pairs of annotators' places."""
    counts: Counts = {("used",): 1}
    places = list(sets)
    sides = [Side(labels) for labels in sets.values()]
    entities = [side.entities for side in sides]
    joint = Words(text).joint(entities)
    for a, b in combinations(range(len(places)), 2):
        pair = pairs[places[a], places[b]]
        counts["reports", pair] = 1
        both = (sides[a], sides[b])
        own = mentions(*both, selector)
        count_entities(counts, pair, both, own, selector)
        count_relations(counts, pair, both, own)
        for number, other in enumerate(also):
            counts["also", number, pair] = len(in_common(*mentions(*both, other)))
        count_confusion(counts, pair, *both)
        count_cohen(counts, pair, a, b, joint)
    count_alpha(counts, joint)
    count_alpha_u(counts, entities, len(text))
    if len(places) == annotators > 2:
        counts["all",] = 1
        count_fleiss(counts, joint)
    return counts
