"""What the list of formats says, as Markdown: the table in the README and the page ``exports/formats.md``."""

from __future__ import annotations

from collections.abc import Iterator

from exports.formats import FormatInfo, formats

BEGIN = "<!-- formats: made from exports/formats.py -->"
END = "<!-- end of formats -->"

_HEAD = """# Formats

Made from the list in `exports/formats.py` (`python tests/helpers/published_formats.py`). Whatever a format cannot hold is counted by
reason in the summary after each export; the written file is scanned again and its counts compared before it takes its
place. What is said to come back comes back to Chú Giải when the file is imported again.

"""


def table() -> str:
    """Every format with its directions, a row each."""
    rows = ["| `--format` | format | out | in | needs |", "| --- | --- | :-: | :-: | --- |"]
    for info in formats():
        into = "✓" if info.reads else "edited cells" if info.comes_back else "–"
        needs = f"`pip install 'chugiai[{info.key}]'`" if info.needs else ""
        rows.append(f"| `{info.key}` | {info.title} | {'✓' if info.writes else '–'} | {into} | {needs} |")
    return "\n".join(rows)


def page() -> str:
    """A section for each format: what it holds, what it loses, what can be chosen."""
    return _HEAD + "\n".join("\n".join(_section(info)) for info in formats())


def _section(info: FormatInfo) -> Iterator[str]:
    ways = [way for way, goes in (("out", info.writes), ("in", info.reads)) if goes]
    ways += ["edited cells come back"] if info.comes_back else []
    written = f"one `{info.suffix}` file" if info.suffix else "a folder, or a zip of it when OUT ends with `.zip`"
    yield f"## {info.title} (`{info.key}`)\n"
    yield f"{', '.join(ways).capitalize()}; {written if info.suffix or info.zips else 'a folder'}.\n"
    yield f"- **Holds:** {info.holds}"
    yield f"- **Loses:** {info.loses}"
    if choices := list(_choices(info)):
        yield f"- **Of its own:** {'; '.join(choices)}."
    if info.needs:
        yield f"- **Needs** {info.needs}: `pip install 'chugiai[{info.key}]'`"
    yield ""


def _choices(info: FormatInfo) -> Iterator[str]:
    if info.training:
        yield "by default only annotation sets that are done, without what a page showed below its text"
    if info.tokens:
        yield "syllables or words (`--word-level`)"
        yield "entities off token boundaries are left out and counted, widened or narrowed (`--align`)"
    if info.tag_schemes:
        yield "IOB2, IOB1 or BIOES (`--tags`)"
    if info.always_splits:
        yield "always in train, dev and test"
    if info.predictions:
        yield "suggestions (`--with-suggestions`) stand apart as predictions"
    elif not info.origins:
        yield "suggestions (`--with-suggestions`) cannot be told from confirmed labels, which the summary says"
