"""Values in the MISC column: white space and names, escaped so that no tab, line break or ``|`` stands in them."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ESCAPES = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"}
_BACK = {escape[1]: letter for letter, escape in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")
_LABEL = re.compile(r"[\s\-()\[\]|=%,:/]")


def escaped(text: str) -> str:
    """A text as UDPipe writes white space; white space that it does not know as ``\\u`` and four digits."""
    return "".join(_ESCAPES.get(letter) or (f"\\u{ord(letter):04x}" if letter.isspace() else letter) for letter in text)


def unescaped(value: str) -> str:
    """The text of an escaped value; escapes that nobody knows stay as they are."""

    def letter(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else _BACK.get(match[2], match[0])

    return _ESCAPED.sub(letter, value)


def label_name(label: str) -> str:
    """A label as it stands in an ``Entity`` bracket: what would end it is percent-encoded."""
    return _LABEL.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), label)


def label_of(name: str) -> str:
    """The label of a name in a bracket."""
    return unquote(name)
