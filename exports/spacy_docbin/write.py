"""Writing documents part by part, 200 to a file."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.corpus import Corpus
from exports.files import check_counts
from exports.packed import folder_or_zip
from exports.parts import WHOLE, parts_of, split_text
from exports.protocol import ExportSummary, Options, Progress, Tally
from exports.spacy_docbin import ABOUT, SUFFIX
from exports.spacy_docbin.bins import counts
from exports.spacy_docbin.document import Words, document
from exports.tokens import UNLABELLED, Grid, tokenizer_name

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab

TOKENIZER = "tokenizer"
_IN_A_FILE = 200
_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID", "SENT_START")
# A blank pipeline's files have these suffixes, or none.
_SUFFIXES = frozenset((SUFFIX, ".json", ".cfg", ".bin", ""))
_MARKS = "\u0300-\u036f"
_OTHER = rf"(?![{_MARKS}])(?:[^\w\s]|_)"
_LETTER = r"(?=[^\W_])"
# spaCy takes no two infixes in a row, but any number of places between two characters: before each character that is no
# letter or digit (nor white space, which stays whole), and behind it (a look back must have a fixed length, so with at most three combining marks).
_SPLITS = "|".join((f"(?={_OTHER})", *(f"(?<={_OTHER}{f'[{_MARKS}]' * marks}){_LETTER}" for marks in range(4))))


def write(corpus: Corpus, path: Path, options: Options, progress: Progress) -> ExportSummary:
    """Write the corpus; see ``exports.protocol.Exporter``."""
    tally = Tally()
    tally.about["tokens"] = tokenizer_name(options.word_level)
    tally.about["split"] = split_text(options)
    parts = parts_of(corpus, options, progress)
    with folder_or_zip(path, options.force, ABOUT, _SUFFIXES) as part:
        bins = _Bins(part)
        for done, labelled in enumerate(corpus, 1):
            if not labelled.sets:
                tally.left_out[UNLABELLED] += 1
            else:
                tally.reports += 1
                words = Words(labelled.report.text, Grid(labelled.report.text, options.word_level))
                name = WHOLE if parts is None else parts[labelled.report.id]
            for labels in labelled.sets:
                doc, kept = document(
                    bins.vocab(name), labelled.report, labels, words, options.alignment, tally.left_out
                )
                bins.add(name, doc)
                tally.add_set(kept)
            progress(done, corpus.total)
        bins.close()
        if not options.word_level:
            _write_tokenizer(part / TOKENIZER)
        _write_about(part / ABOUT, corpus, tally, bins.documents)
        summary = tally.summary(path)
        check_counts(path, (summary.sets, summary.entities, summary.relations), counts(part))
    return summary


class _Bins:
    """The file that is being filled, for each part; each file has a vocabulary of its own."""

    def __init__(self, folder: Path) -> None:
        self.documents: Counter[str] = Counter()
        self._folder = folder
        self._open: dict[str, tuple[Vocab, DocBin]] = {}

    def vocab(self, name: str) -> Vocab:
        """The vocabulary for the next document of a part."""
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab

        if name not in self._open:
            self._open[name] = Vocab(), DocBin(_ATTRIBUTES, store_user_data=True)
        return self._open[name][0]

    def add(self, name: str, doc: Doc) -> None:
        """Take a document that was made with ``vocab(name)``."""
        self._open[name][1].add(doc)
        self.documents[name] += 1
        if self.documents[name] % _IN_A_FILE == 0:
            self._flush(name)

    def close(self) -> None:
        """Write what is left. A corpus without labels is one empty file."""
        if not self.documents:
            self.vocab(WHOLE)
        for name in list(self._open):
            self._flush(name)

    def _flush(self, name: str) -> None:
        (self._folder / name).mkdir(exist_ok=True)
        number = max(0, self.documents[name] - 1) // _IN_A_FILE
        self._open.pop(name)[1].to_disk(self._folder / name / f"{number:05}{SUFFIX}")


def _write_tokenizer(folder: Path) -> None:
    """A blank pipeline that splits as we do, for training on these files."""
    import spacy

    pipeline = spacy.blank("xx")
    tokenizer: Any = type(pipeline.tokenizer)
    pipeline.tokenizer = tokenizer(pipeline.vocab, infix_finditer=re.compile(_SPLITS).finditer)
    pipeline.to_disk(folder)


def _write_about(file: Path, corpus: Corpus, tally: Tally, documents: Counter[str]) -> None:
    from importlib.metadata import version

    about = {
        "format": "spaCy DocBin",
        "spacy": version("spacy"),
        "schema": corpus.schema.id,
        "schema_version": corpus.schema.version,
        "documents": dict(sorted(documents.items())),
        **tally.about,
    }
    file.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", "utf-8")
