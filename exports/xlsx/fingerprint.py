"""The fingerprint of a row: tells an edited row from an untouched one, outside and inside."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

_PREFIX = "w1-"  # the way it is computed; also keeps a spreadsheet from reading it as a number


def row_fingerprint(values: Mapping[str, str | None]) -> str:
    """A short hash of a row's ids and editable cells, by machine key: ``w1-`` and 16 hexadecimal digits.

    ``values`` holds exactly the columns of :func:`exports.xlsx.columns.fingerprinted` as cell texts, i.e. after
    control characters were replaced and long texts cut. The order of keys does not matter, an
    empty cell and a missing value are the same, and so are the ways to write a line end, which
    spreadsheet programs change. The same on every computer and in every run.

    An edited workbook comes back by it: the cells give the stored fingerprint → the row was not
    edited; our own present state gives it → nobody edited it inside meanwhile.
    """
    digest = blake2b(digest_size=8)
    for key in sorted(values):
        text = values[key] or ""
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        data = text.encode("utf-8", "surrogatepass")
        # Lengths keep two neighbouring cells apart whatever they hold.
        digest.update(b"%s %d " % (key.encode(), len(data)) + data)
    return _PREFIX + digest.hexdigest()
