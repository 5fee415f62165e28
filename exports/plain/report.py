"""The values that reading plain reports gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS = ("title", "date", "source", "locality")
"""The metadata fields of a report, in the order in which doubts are named."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report beside its text; ``date`` is EDTF without zone. Unknown fields are empty.

    ``doubts`` names the fields that are missing or not certain.
    """

    title: str = ""
    date: str = ""
    source: str = ""
    locality: str = ""
    doubts: tuple[str, ...] = FIELDS

    def with_hints(self, hints: Mapping[str, str]) -> Metadata:
        """These metadata with the non-empty ``hints`` (field → value) in their place, which are sure."""
        known = {name: value for name in FIELDS if (value := hints.get(name, ""))}
        values = {name: known.get(name, getattr(self, name)) for name in FIELDS}
        return Metadata(**values, doubts=tuple(name for name in self.doubts if name not in known))


@dataclass(frozen=True, slots=True)
class PlainReport:
    """A report as it was read, without labels. ``text`` is NFC with LF newlines and whole.

    ``encoding`` is empty where the kind of file states its own (docx, xlsx). ``source_hash`` is the
    SHA-256 (hexadecimal) of the bytes of the file it came from, ``source_path`` that file; the rows of a spreadsheet
    share both. ``doubts`` names the metadata fields that are missing or not certain. ``metadata`` is what else was
    found: other columns of a row by their header, the properties of a document.
    """

    name: str
    text: str
    title: str
    date: str
    source: str
    locality: str
    encoding: str
    source_hash: str
    source_path: str
    doubts: tuple[str, ...] = ()
    metadata: Mapping[str, object] = field(default_factory=dict)
