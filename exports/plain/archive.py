"""Looking into a zip (docx, xlsx) before anything unpacks it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from exports.errors import FormatError
from exports.plain.files import unreadable

_OLE = b"\xd0\xcf\x11\xe0"
_PART_LIMIT = 512 * 2**20
_TOTAL_LIMIT = 2**30
_RATIO = 200
_RATIO_FROM = 32 * 2**20


def check_office_file(path: Path, name: str, wanted: str) -> None:
    """Raise ``FormatError`` when the file is locked, damaged, not what its name says, or unpacks to far too much.

    ``wanted`` is the part that makes it a document of its kind (``word/``, ``xl/``). The sizes
    are those that the archive states; reading stops at them, so that a lie is found as damage.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise unreadable(error, name) from error
    if start.startswith(_OLE):
        raise FormatError(
            "{name} was not imported: it is locked with a password or of an old Office kind; "
            "open it, save it without password in the present kind and import it again.",
            name=name,
        )
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise damaged(name) from error
    if any(part.flag_bits & 1 for part in parts):
        raise FormatError("{name} was not imported: it is locked with a password; save it without.", name=name)
    if not any(part.filename.startswith(wanted) for part in parts):
        raise damaged(name)
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if (
        size > _TOTAL_LIMIT
        or any(part.file_size > _PART_LIMIT for part in parts)
        or (size > _RATIO_FROM and size > _RATIO * max(packed, 1))
    ):
        raise FormatError(
            "{name} was not imported: it would unpack to {size} MB, far more than such a file holds.",
            name=name,
            size=size // 2**20,
        )


def damaged(name: str) -> FormatError:
    """The refusal of a file that is not what its name says."""
    return FormatError(
        "{name} was not imported: the file is damaged or not of the kind its name says; open it, save it again "
        "and import it again.",
        name=name,
    )
