"""Label Studio's JSON, out and in: tasks with annotations and predictions, and the labelling configuration.

Format: https://labelstud.io/guide/task_format. Out goes a folder with ``tasks.json`` and ``labelling_config.xml`` (Labels,
Relations, Text). Offsets are UTF-16 units, as Label Studio's window counts them; what comes in is checked against the text of
each region, and read as code points where only that fits, as scripts write it.

- An annotation set is an annotation; one whose status is ``new`` is a prediction, so that it is offered and not taken as done.
- Notes stand in the region's ``meta.text``, where Label Studio shows them. Our ids are the regions' ids; what else there is no
  field for stands in ``meta.chugiai`` and in the task's ``data.chugiai``, and comes back.
- Choices and texts for a region come in as attributes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from annotations.corpus import Corpus, ImportedRecord
from exports.protocol import DEFAULT_OPTIONS, ExportSummary, Options, Progress, no_progress

TASKS = "tasks.json"
CONFIG = "labelling_config.xml"


class LabelStudio:
    """A folder of tasks and configuration; reads it, or any JSON file of tasks."""

    key: ClassVar[str] = "labelstudio"
    title: ClassVar[str] = "Label Studio JSON"
    suffix: ClassVar[str] = ""
    folder: ClassVar[bool] = True

    def write(
        self, corpus: Corpus, path: Path, options: Options = DEFAULT_OPTIONS, progress: Progress = no_progress
    ) -> ExportSummary:
        """Write tasks and configuration; see ``exports.protocol.Exporter``."""
        from exports.labelstudio.write import write

        return write(corpus, path, options, progress)

    def recognises(self, path: Path) -> bool:
        """Whether the first task has data and annotations or predictions."""
        from exports.labelstudio.read import recognises

        return recognises(path)

    def read(self, path: Path) -> Iterator[ImportedRecord]:
        """One record per annotation; see ``exports.labelstudio.read``."""
        from exports.labelstudio.read import read

        return read(path)
