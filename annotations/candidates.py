"""Where the next unlabelled mention may stand: capitalised runs, dates, documents, meetings, places, terms.

A candidate is a place to look, not a suggestion: it has no label. Offsets are code points, half-open.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from annotations.capital_runs import capital_runs
from annotations.matching import one_tone_style
from annotations.normalise.reading import NUMBER, QUARTER, words
from annotations.offsets import NormalForm, syllables
from annotations.report import Span
from annotations.sentences import sentence_spans

_DAY = r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?"
_YEARS = r"\d{4} ?[-–] ?\d{4}"
_DATE = words(
    r"(?<![\w/])(?:"
    rf"(?:(?:sáng|trưa|chiều|tối|đêm) )?(?:thứ \w+,? )?(?:ngày )?{_DAY}(?![\d/%-])"
    r"|(?:(?:sáng|chiều|tối) )?ngày \d{1,2}(?: tháng \d{1,2}(?: năm \d{4})?)?(?!\d)"
    rf"|(?:giai đoạn|thời kỳ|các năm|năm học) {_YEARS}"
    r"|(?:giai đoạn )?\d{1,2} (?:năm|tháng) (?:tới|qua)"
    rf"|(?:{NUMBER}|những|các) tháng (?:đầu|cuối) năm(?: \d{{4}})?"
    rf"|quý {QUARTER}(?:(?:/| năm |-)\d{{4}})?(?!\w)"
    r"|tháng \d{1,2}(?:(?:/|-| năm )\d{4})?(?![\d/-])"
    r"|(?:đầu |giữa |cuối )?năm \d{4}(?![\d/-])"
    r"|(?:hôm nay|hôm qua|(?:sáng|trưa|chiều|tối) (?:nay|qua|mai))(?!\w)"
    r"|tết nguyên đán(?: \w+ \w+)?(?: \d{4})?"
    r"|(?<=tầm nhìn )(?:năm )?20\d{2}"
    r")"
)
_TERM = words(rf"(?<!\w)(?:khóa [ivx]+(?:, [ivx]+)*(?!\w)|khóa \d{{1,2}}(?!\d)|nhiệm kỳ {_YEARS})")
_SYMBOL = r"(?:\d+(?:/\d{4})?/[^\W\d]+-[^\W\d]+|\d+-[^\W\d]+/[^\W\d]+|\d+/\d{4}/(?:ubtv)?qh\d+)"
_DOCUMENT = words(
    r"(?<!\w)(?:(?:nghị quyết|chỉ thị|kết luận|quyết định|quy định|quy chế|thông báo|hướng dẫn|nghị định|thông tư"
    rf"|chương trình|kế hoạch|đề án|luật)(?: số)? (?:{_SYMBOL}|\d{{1,4}}(?![/%-]|[.,]\d|\w))"
    rf"|{_SYMBOL}|(?:nghị quyết|kết luận) (?:hội nghị )?trung ương \d{{1,2}}(?: \(khóa [ivx]+(?:, [ivx]+)*\))?)(?!\w)"
)
_MEETING = words(
    r"(?<!\w)(?:nghị quyết (?=đại hội))?(?:hội nghị|đại hội|kỳ họp|buổi lễ|buổi làm việc|hội thảo|lễ (?:khai mạc|bế mạc|công bố|trao|kỷ niệm)|bầu cử)"
    r"(?: đại hội| đại biểu toàn quốc| toàn quốc| đại biểu| ban chấp hành| bch| đảng bộ| đảng| tỉnh| trung ương| quốc hội"
    r"| hđnd| mở rộng| bất thường| thường kỳ| trực tuyến| lần thứ \w+| thứ \w+| [xvi]+(?!\w))*(?!\w)"
)
_PLACE_WORD = words(r"(?<!\w)(?:tỉnh|thành phố|thị xã|huyện|quận|phường|xã|thị trấn) ")
_PATTERNS = (_DATE, _TERM, _DOCUMENT, _MEETING)


def next_candidate(text: str, entity_spans: Sequence[Span], offset: int) -> Span | None:
    """The first candidate at or after ``offset`` that no entities cover; None when there is none."""
    line_start = text.rfind("\n", 0, offset) + 1
    while line_start < len(text):
        newline = text.find("\n", line_start)
        line_end = len(text) if newline < 0 else newline
        near = [span for span in entity_spans if span[0] < line_end and span[1] > line_start]
        for start, end in candidates(text[line_start:line_end]):
            span = line_start + start, line_start + end
            if span[0] >= offset and not _covered(text, span, near):
                return span
        line_start = line_end + 1
    return None


def candidates(text: str) -> Iterator[Span]:
    """All candidates of a text, left to right, not overlapping."""
    form = None if unicodedata.is_normalized("NFC", text) else NormalForm(text)
    plain = text if form is None else form.form
    end_before = 0
    for start, end in sorted(_found(plain), key=lambda span: (span[0], -span[1])):
        while end < len(plain) and unicodedata.combining(plain[end]):
            end += 1
        if start >= end_before:
            end_before = end
            yield (start, end) if form is None else (form.from_form(start), form.from_form(end))


def _found(plain: str) -> Iterator[Span]:
    key = one_tone_style("".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in plain))
    key = key.replace("\u00a0", " ")
    runs = [run for first, last in sentence_spans(plain) for run in capital_runs(plain, first, last)]
    ends = dict(runs)
    for pattern in _PATTERNS:
        for match in pattern.finditer(key):
            yield match.span()
    for match in _PLACE_WORD.finditer(key):
        if match.end() in ends:
            yield match.start(), ends[match.end()]
    yield from runs


def _covered(text: str, span: Span, entity_spans: Sequence[Span]) -> bool:
    """Whether every syllable of the span lies in some entity."""
    return all(
        any(start <= first and last <= end for start, end in entity_spans) for first, last in syllables(text, *span)
    )
