"""Review: where the annotation sets of a report differ, and what is decided about it.

``review_report`` finds the groups of one report: unanimous ones and conflicts, entities first, relations on the
adjudicated ends. ``decide`` turns an answer into a :class:`Decision` with the adjudicated label. ``settle`` tells
which decisions still stand. All are values; nothing here stores anything.
"""

from annotations.review.as_json import conflicts_json
from annotations.review.bulk import Bulk, Preview, Rule, bulk, preview, sample_of_unanimous
from annotations.review.decide import Decided, decide, decide_relation
from annotations.review.decision import Answer, Decision, Said, Seen, Source, letters, possible_answers
from annotations.review.group import EntityGroup, Group, Kind, RelationGroup
from annotations.review.phrases import PhraseGroup, decide_phrase, phrases
from annotations.review.report_review import ReportReview, adjudicated_set, labels_of_ends, review_report
from annotations.review.settle import Settled, State, settle
from annotations.review.stored import decision_from, decision_value, same_decision, source_of

__all__ = [
    "Answer",
    "Bulk",
    "Decided",
    "Decision",
    "EntityGroup",
    "Group",
    "Kind",
    "PhraseGroup",
    "Preview",
    "RelationGroup",
    "ReportReview",
    "Rule",
    "Said",
    "Seen",
    "Settled",
    "Source",
    "State",
    "adjudicated_set",
    "bulk",
    "conflicts_json",
    "decide",
    "decide_phrase",
    "decide_relation",
    "decision_from",
    "decision_value",
    "labels_of_ends",
    "letters",
    "phrases",
    "possible_answers",
    "preview",
    "review_report",
    "same_decision",
    "sample_of_unanimous",
    "settle",
    "source_of",
]
