"""Which column of a spreadsheet is the text, the title, the date…"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotations.offsets import fold
from exports.errors import FormatError

_KNOWN: dict[str, tuple[str, ...]] = {
    # the likelier heading first: where two columns of a sheet fit, the earlier one here is taken
    "text": (
        "text", "noi dung", "noi dung bai viet", "noi dung bai", "noi dung tin", "noi dung bao cao", "noi dung tin bai",
        "van ban", "toan van", "bai viet", "content", "full text", "body", "article text", "article", "report", "bai bao",
    ),
    "title": ("title", "tieu de", "tieu de bai viet", "tua de", "ten bai viet", "ten bai", "dau de", "tit", "headline"),
    "date": (
        "date", "ngay dang", "ngay xuat ban", "ngay dang tin", "publication date", "published date", "publish date",
        "date published", "published at", "published", "pub date", "ngay phat hanh", "thoi gian dang", "ngay",
        "ngay thang", "ngay thang nam", "thoi gian", "datetime",
    ),
    "source": (
        "source", "nguon", "nguon tin", "ten bao", "co quan bao chi", "toa soan", "newspaper", "publisher", "bao",
        "site", "website",
    ),
    "locality": ("locality", "dia phuong", "tinh thanh pho", "tinh thanh", "tinh", "tinh tp", "dia ban", "province", "location"),
    "name": ("name", "ten", "ten tep", "ten tap tin", "ten file", "file name", "file"),
    "id": ("id", "ma", "ma so", "ma bai", "ma tin", "ma bao cao", "ma bai viet", "report id", "article id", "doc id"),
}  # fmt: skip
FIELDS: tuple[str, ...] = tuple(_KNOWN)
"""What a column can be: ``text``, the metadata, ``name`` and ``id`` of the report."""

_RANK = {
    fold(heading).replace(" ", ""): (name, rank) for name, row in _KNOWN.items() for rank, heading in enumerate(row)
}
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The header of a sheet: ``headings`` left to right, and the place of each field's column, from 0.

    ``row`` is the header's own row, from 1.
    """

    headings: tuple[str, ...]
    places: Mapping[str, int] = field(default_factory=dict)
    row: int = 1

    @property
    def mapping(self) -> dict[str, str]:
        """Field → heading, in the form in which ``read_file`` takes it."""
        return {name: self.headings[place] for name, place in self.places.items()}

    def others(self) -> list[tuple[int, str]]:
        """Places and headings of the columns that are no field; doubled headings are numbered."""
        taken = set(self.places.values())
        seen: Counter[str] = Counter()
        rest = []
        for place, heading in enumerate(self.headings):
            if place in taken:
                continue
            label = heading or f"column {place + 1}"
            seen[label] += 1
            rest.append((place, label if seen[label] == 1 else f"{label} ({seen[label]})"))
        return rest


def heading_key(heading: str) -> str:
    """A heading without case, diacritics, spaces and signs."""
    return _NOT_LETTERS.sub("", fold(heading))


def map_columns(headings: Sequence[str], mapping: Mapping[str, str] | None, row: int, name: str) -> Columns | None:
    """The columns of a header row; None when this row has no text column, so that it is not the header.

    ``mapping`` (field → heading) is followed alone when it is given. Raises ``FormatError`` when a
    field's heading stands over two columns, and for a field that there is not.
    """
    headings = tuple(" ".join(heading.split()) for heading in headings)
    keys = [heading_key(heading) for heading in headings]
    if mapping is not None:
        if unknown := sorted(set(mapping) - set(FIELDS)):
            raise FormatError(
                "{name} was not imported: {field} is not something a column can be; there are {known}.",
                name=name,
                field=unknown[0],
                known=", ".join(FIELDS),
            )
        wanted = {field: heading_key(heading) for field, heading in mapping.items() if heading}
        if any(key not in keys for key in wanted.values()) or "text" not in wanted:
            return None
    else:
        wanted = _guess(keys)
    if "text" not in wanted:
        return None
    for key in wanted.values():
        if keys.count(key) > 1:
            raise FormatError(
                "{name} was not imported: two columns are headed {heading}; rename one of them.",
                name=name,
                heading=headings[keys.index(key)],
            )
    return Columns(headings, {field: keys.index(key) for field, key in wanted.items()}, row)


def _guess(keys: Sequence[str]) -> dict[str, str]:
    best: dict[str, tuple[int, str]] = {}
    for key in keys:
        if key in _RANK:
            name, rank = _RANK[key]
            best[name] = min(best.get(name, (rank, key)), (rank, key))
    return {name: key for name, (_, key) in best.items()}


def no_text_column(name: str, headings: Sequence[str], mapping: Mapping[str, str] | None) -> FormatError:
    """The refusal of a spreadsheet in which the header was not found."""
    seen = ", ".join(heading for heading in headings if heading.strip())[:300] or "–"
    if mapping is not None:
        return FormatError(
            "{name} was not imported: it lacks one of the columns {wanted}; it has {seen}.",
            name=name,
            wanted=", ".join(mapping.values()) or "–",
            seen=seen,
        )
    return FormatError(
        "{name} was not imported: none of its columns ({seen}) is headed “text” or “nội dung”; "
        "rename one or choose the column.",
        name=name,
        seen=seen,
    )
