"""Libraries that only one format needs: extras of the package, asked for in one sentence when they are missing."""

from __future__ import annotations

from importlib.util import find_spec

from exports.errors import FormatError


def has(module: str) -> bool:
    """Whether the library is installed; it is not imported."""
    return find_spec(module) is not None


def need(module: str, extra: str) -> None:
    """Raise ``FormatError`` that says how to get the library, unless it is installed."""
    if not has(module):
        raise FormatError(
            "This format needs {module}, which is not installed. Nothing was changed; "
            "get it with: pip install 'chugiai[{extra}]'",
            module=module,
            extra=extra,
        )
