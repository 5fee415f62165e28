"""Merging copies of a project: repeatable, in whatever order, with nothing lost or doubled.

Reports are the same by id or by text, labels by report, annotator and id, facts by their place. Who is newer is
read from the histories (``versions``): what one copy changed and the other did not is taken; what both changed stands
once in every copy alike, and the others' versions are kept beside it as a collision that a person settles.

``look`` says what a merge would bring, ``merge_copy`` does it; ``snapshot`` opens the other copy.
"""

from __future__ import annotations

from model.merging.merge import look, merge_copy
from model.merging.other import check_labels, snapshot
from model.merging.result import MergeResult

__all__ = ["MergeResult", "check_labels", "look", "merge_copy", "snapshot"]
