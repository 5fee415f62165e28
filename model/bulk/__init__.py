"""Bulk work that shares the file: imports write in small steps and become visible all at once.

Use::

    with ImportBatch.open(project, annotator="lan", title="Import {count} files", values={...}) as batch:
        for file in files:
            for record in read(file):           # exports' readers
                batch.add(file, record)          # buffered; written in steps of some milliseconds
            # a reader's error: batch.refuse(file, error)
        results = batch.publish()                # file → FileResult
"""

from __future__ import annotations

from model.bulk.batch import ImportBatch
from model.bulk.result import FileResult

__all__ = ["FileResult", "ImportBatch"]
