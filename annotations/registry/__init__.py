"""The registry: the real officials, organisations, places and resolutions that entities refer to.

Entries are facts of the project; entities bear an entry's id. Who held which post when is read from the labels each time.
"""

from annotations.entries import LABELS, RegistryEntry
from annotations.registry.mention import Mention, mentions_of
from annotations.registry.propose import SURE, Proposal, is_sure, proposals
from annotations.registry.registry import Registry
from annotations.registry.timeline import Chronicle, Gap, Tenure, gaps

__all__ = [
    "LABELS",
    "SURE",
    "Chronicle",
    "Gap",
    "Mention",
    "Proposal",
    "Registry",
    "RegistryEntry",
    "Tenure",
    "gaps",
    "is_sure",
    "mentions_of",
    "proposals",
]
