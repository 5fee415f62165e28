"""Suggestions: most of a report labelled before the curator starts. Rules, gazetteers, the project's memory, a learned model.

``suggest(report, schema, knowledge)`` is the door. A suggestion is a value and never stored as a label; the text is never changed.
"""

from annotations.suggest.knowledge import Knowledge
from annotations.suggest.suggester import Suggestions, suggest

__all__ = ["Knowledge", "Suggestions", "suggest"]
