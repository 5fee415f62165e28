"""Write what the list of formats says into the README and ``exports/formats.md``: ``python tests/helpers/published_formats.py``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def with_table(readme: str, table: str, begin: str, end: str) -> str:
    """The README with this table between its marks."""
    before, _, rest = readme.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{table}\n{end}{after}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from exports.published import BEGIN, END, page, table

    readme = ROOT / "README.md"
    readme.write_text(with_table(readme.read_text("utf-8"), table(), BEGIN, END), "utf-8", newline="\n")
    (ROOT / "exports" / "formats.md").write_text(page(), "utf-8", newline="\n")
