"""The guide that the Help menu shows, in each language of the interface; no Qt here."""

from __future__ import annotations

from importlib.resources import files

from ui.words import language


def guide() -> str:
    """The guide in the interface language, as Markdown."""
    return files(__name__).joinpath(f"guide.{language()}.md").read_text(encoding="utf-8")
