"""The sentence around mentions, with the mentions in bold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotations.report import Span
from annotations.sentences import sentence_at, sentence_spans
from exports.xlsx.text import Runs

_BETWEEN = " … "


class Context:
    """Finds the sentences of one report's text; offsets are code points."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = sentence_spans(text)

    def around(self, spans: Iterable[Span]) -> Runs:
        """The sentences that hold ``spans``, which are bold; sentences apart are joined by ``…``."""
        spans = sorted(spans)
        bold = _joined(spans)
        runs: list[tuple[str, bool]] = []
        for start, end in self._together(_joined(sorted(map(self._sentence, spans)))):
            if runs:
                runs.append((_BETWEEN, False))
            runs += self._pieces(start, end, bold)
        return tuple(runs)

    def _sentence(self, span: Span) -> Span:
        """From the sentence in which ``span`` starts to the one in which it ends; all of ``span`` in any case."""
        start, end = span
        first = sentence_at(self._sentences, start)
        if first[0] <= start and end <= first[1]:
            return first
        begins = first[0] if first[0] <= start < first[1] else start
        last = sentence_at(self._sentences, end - 1)
        return begins, max(end, last[1])

    def _together(self, places: Sequence[Span]) -> list[Span]:
        """Places with nothing but white space between them become one."""
        together: list[Span] = []
        for start, end in places:
            if together and not self._text[together[-1][1] : start].strip():
                together[-1] = (together[-1][0], end)
            else:
                together.append((start, end))
        return together

    def _pieces(self, start: int, end: int, bold: Sequence[Span]) -> list[tuple[str, bool]]:
        pieces: list[tuple[str, bool]] = []
        for bold_start, bold_end in bold:
            if start <= bold_start and bold_end <= end:
                pieces.append((self._text[start:bold_start], False))
                pieces.append((self._text[bold_start:bold_end], True))
                start = bold_end
        pieces.append((self._text[start:end], False))
        return [piece for piece in pieces if piece[0]]


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Sorted ``spans`` with overlapping ones joined."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
