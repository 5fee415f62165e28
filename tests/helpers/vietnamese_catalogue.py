"""The Vietnamese catalogue: read and write its .po, compile its .mo, bring it up to date with the source code.

``python tests/helpers/vietnamese_catalogue.py`` adds new sentences to the .po (to be translated by hand), drops those that are
gone, compiles the .mo and says what lacks a translation.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

from source_sentences import ROOT, Found, collect

PO = ROOT / "ui" / "i18n" / "vi" / "LC_MESSAGES" / "chugiai.po"
HEADER = (
    "Project-Id-Version: chugiai\n"
    "Language: vi\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
)
Sentences = dict[tuple[str, str], str]
"""(context, English) → Vietnamese."""

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')


def read_po(path: Path = PO) -> Sentences:
    """The entries of a .po file as this module writes it; the header is left out."""
    found: Sentences = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        entry = {"msgctxt": "", "msgid": "", "msgstr": ""}
        key = ""
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            word, _, rest = line.partition(" ")
            key, text = (word, rest) if word in entry else (key, line)
            if not key or not _TEXT.fullmatch(text):
                raise ValueError(f"{path}: this is no line of a catalogue: {line}")
            entry[key] += ast.literal_eval(text)
        said = entry["msgctxt"], entry["msgid"]
        if said in found:
            raise ValueError(f"{path} has {said} twice")
        if entry["msgid"]:
            found[said] = entry["msgstr"]
    return found


def write_po(sentences: Mapping[tuple[str, str], str], places: Found, path: Path = PO) -> None:
    """Write the entries by context and English, each with the files in which it stands."""
    blocks = ['msgid ""\nmsgstr ""\n' + "\n".join(_quoted(line) for line in HEADER.splitlines(keepends=True))]
    for (context, english), vietnamese in sorted(sentences.items()):
        lines = [f"#: {file}" for file in sorted(places.get((context, english), ()))]
        lines += [f"msgctxt {_quoted(context)}"] if context else []
        lines += [f"msgid {_quoted(english)}", f"msgstr {_quoted(vietnamese)}"]
        blocks.append("\n".join(lines))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def compiled(sentences: Mapping[tuple[str, str], str]) -> bytes:
    """The .mo file (GNU gettext manual, "The Format of GNU MO Files"), without a hash table."""
    entries = {"": HEADER}
    for (context, english), vietnamese in sentences.items():
        if vietnamese:
            entries[f"{context}\x04{english}" if context else english] = vietnamese
    pairs = sorted((key.encode(), value.encode()) for key, value in entries.items())
    count, first = len(pairs), 28
    offset = first + 16 * count
    tables: list[list[tuple[int, int]]] = [[], []]
    data = b""
    for side in (0, 1):
        for pair in pairs:
            tables[side].append((len(pair[side]), offset + len(data)))
            data += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, first, first + 8 * count, 0, offset)
    return head + b"".join(struct.pack("<2I", *row) for table in tables for row in table) + data


def update(path: Path = PO) -> list[str]:
    """Bring both files up to date; the sentences that lack a translation."""
    found = collect()
    known = read_po(path) if path.exists() else {}
    sentences = {said: known.get(said, "") for said in found}
    write_po(sentences, found, path)
    path.with_suffix(".mo").write_bytes(compiled(sentences))
    return [english for (_, english), vietnamese in sentences.items() if not vietnamese]


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.writelines(f"not translated: {english}\n" for english in update())
