"""Reading tasks: one record per annotation, or per prediction, in file order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from annotations.corpus import ImportedRecord
from annotations.report import Origin, Status
from exports.carried import KEY, foreign_metadata, native_report
from exports.json_records import Json, first_record, imported, list_of, records
from exports.jsonl.values import Wrong, wrong_type
from exports.labelstudio import TASKS
from exports.labelstudio.regions import Regions
from exports.packed import names_in, unpacked

CANCELLED = "annotations that were cancelled"
PREDICTIONS = "predictions of tasks that are annotated"

_OWN_DATA = ("text", "name", "title", "date", KEY)


def recognises(path: Path) -> bool:
    """Whether the first task has data and annotations or predictions."""
    if names := names_in(path):
        return TASKS in names
    task = first_record(_file(path))
    return type(task.get("data")) is dict and any(
        type(task.get(key)) is list for key in ("annotations", "predictions", "completions")
    )


def _file(path: Path) -> Path:
    return path / TASKS if path.is_dir() else path


def read(path: Path) -> Iterator[ImportedRecord]:
    """The records. A task without annotations and predictions comes as a report without labels.

    Raises ``FormatError`` with the place of the task at the first thing that is wrong.
    """
    with unpacked(path, frozenset((".json",))) as found:
        yield from _read(_file(found))


def _read(file: Path) -> Iterator[ImportedRecord]:
    for number, (place, task) in enumerate(records(file), 1):
        try:
            natives = list(_natives(task))
        except Wrong as wrong:
            raise wrong.at(place) from wrong
        for native, left_out in natives:
            yield imported(native, place, f"{file.stem}-{number}", left_out)


def _natives(task: Json) -> Iterator[tuple[Json, Counter[str]]]:
    data = task.get("data")
    if type(data) is not dict:
        raise wrong_type("data", "an object")
    key = _text_key(data)
    carried = data.get(KEY)
    report = native_report(carried, data[key])
    if type(carried) is not dict:
        report["metadata"] = foreign_metadata(data, (key,))
        if task.get("id") is not None:
            report["metadata"].setdefault("task", task["id"])
    sets = carried.get("sets") if type(carried) is dict else None
    owners = [part if type(part) is dict else {} for part in sets] if type(sets) is list else []
    left_out: Counter[str] = Counter()
    given = [(one, False) for one in _results(task, "annotations") + _results(task, "completions")]
    kept = [(one, guessed) for one, guessed in given if not one.get("was_cancelled") and not one.get("skipped")]
    left_out[CANCELLED] += len(given) - len(kept)
    for one in _results(task, "predictions"):
        # Our own predictions are annotation sets that nobody has begun; another's count only where there is nothing better.
        if given and not _owner(one, owners)[1]:
            left_out[PREDICTIONS] += 1
        else:
            kept.append((one, True))
    owned = sorted(((*_owner(one, owners), one, guessed) for one, guessed in kept), key=lambda four: four[0])
    made = [_native(one, guessed, report, owner) for _, owner, one, guessed in owned]
    if not made:
        made.append(({**report, "entities": [], "relations": []}, Counter()))
    made[0][1].update(left_out)
    yield from made


def _text_key(data: Json) -> str:
    texts = [key for key, value in data.items() if type(value) is str]
    if "text" in texts:
        return "text"
    if len(texts) != 1:
        raise wrong_type("data.text", "a text")
    return texts[0]


def _results(task: Json, key: str) -> list[Json]:
    made = list_of(task, key)
    if not all(type(one) is dict for one in made):
        raise wrong_type(key, "a list of objects")
    return made


def _owner(one: Json, owners: list[Json]) -> tuple[int, Json]:
    """Number and carried part of the annotation set that an annotation was made from; empty when it is somebody's own."""
    for holder in (one, *(region.get("meta") for region in list_of(one, "result") if type(region) is dict)):
        carried = holder.get(KEY) if type(holder) is dict else None
        place = carried.get("set") if type(carried) is dict else None
        if type(place) is int and 0 <= place < len(owners):
            return place, owners[place]
    return len(owners), {}


def _native(one: Json, predicted: bool, report: Json, owner: Json) -> tuple[Json, Counter[str]]:
    left_out: Counter[str] = Counter()
    regions = Regions(report["text"], list_of(one, "result"), owner.get("relations"), left_out)
    native = {**report, "entities": regions.entities, "relations": regions.relations}
    if owner:
        native.update({key: owner[key] for key in ("annotator", "adjudicated", "status") if key in owner})
    elif predicted:
        version = one.get("model_version")
        name = version if type(version) is str and version else "prediction"
        for label in (*regions.entities, *regions.relations):
            label.setdefault("origin", Origin.SUGGESTED.value)
            label.setdefault("by", name)
        native.update(annotator=name, status=Status.NEW.value)
    else:
        native["annotator"] = _annotator(one.get("completed_by"))
    return native, left_out


def _annotator(completed_by: object) -> str | None:
    """The name of a user: e-mail address, else number."""
    if type(completed_by) is dict:
        email = completed_by.get("email")
        return email if type(email) is str and email else _annotator(completed_by.get("id"))
    return f"user {completed_by}" if type(completed_by) is int else None
