"""What does not fall on tokens is named one by one, in the manifest and in the summary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import done
from label_files import write_records

from annotations.report import Entity
from exports.formats import formats
from exports.misfits import has_misfits, misfits, told
from exports.needs import has
from exports.protocol import ExportSummary
from tests.exports.same_labels import one_report

TOKENS = [info for info in formats() if info.writes and info.tokens]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Four entities, of which one ends within a syllable and one is half of one."""
    text = "Ông Lê A, Bí thư Tỉnh ủy. Hội nghị họp."
    entities = [
        {"id": "a", "label": "OFFICIAL", "start": 4, "end": 8},
        {"id": "b", "label": "TITLE", "start": 10, "end": 15},
        {"id": "c", "label": "ORG", "start": 18, "end": 20},
        {"id": "d", "label": "MEETING", "start": 26, "end": 34},
    ]
    done("new", tmp_path / "p.chugiai")
    value = {"id": "r", "name": "a.txt", "text": text, "annotator": "lan", "status": "done", "entities": entities}
    done("import", tmp_path / "p.chugiai", write_records(tmp_path / "in.jsonl", value))
    return tmp_path / "p.chugiai"


@pytest.mark.parametrize("info", TOKENS, ids=lambda info: str(info.key))
@pytest.mark.parametrize(
    ("alignment", "became"),
    [("strict", (None, None)), ("expand", ([10, 16], [17, 21])), ("contract", ([10, 12], None))],
)
def test_each_is_listed(
    info: object, alignment: str, became: tuple[object, object], project: Path, tmp_path: Path
) -> None:
    from exports.formats import FormatInfo

    assert isinstance(info, FormatInfo)
    if info.needs and not has(info.needs):
        pytest.skip(f"{info.needs} is not installed (extras {info.key}, formats-test)")
    said = done("export", project, tmp_path / "out", "--format", info.key, "--align", alignment, "--json").json
    manifest = json.loads((tmp_path / "out.manifest.json").read_text("utf-8"))
    (report,) = manifest["reports"]
    listed = [(one["annotator"], one["id"], one["start"], one["end"], one["text"]) for one in report["off_tokens"]]
    assert listed == [("lan", "b", 10, 15, "Bí th"), ("lan", "c", 18, 20, "ỉn")]
    assert tuple(one["became"] for one in report["off_tokens"]) == became
    assert len(said["off_tokens"]) == 2
    assert said["off_tokens"][0].startswith("a.txt 10–15 TITLE “Bí th” → ")
    counted = sum(count for reason, count in said["left_out"].items() if "token boundary" in reason)
    assert counted == 2 or "token boundary" in json.dumps(said["about"])


def test_nothing_is_listed_when_all_fall_on_tokens() -> None:
    (labelled,) = one_report(Entity("a", "OFFICIAL", 4, 8))
    assert list(misfits(labelled, False, "strict")) == []
    assert not has_misfits(ExportSummary(Path("x"), about={"tokens": "syllables"}))
    assert not has_misfits(ExportSummary(Path("x"), left_out={"not on a token boundary": 1}))


def test_in_words() -> None:
    (labelled,) = one_report(Entity("a", "OFFICIAL", 5, 8))
    (one,) = misfits(labelled, False, "expand")
    assert told("a.txt", one) == "a.txt 5–8 OFFICIAL “ê A” → 4–8"
    (one,) = misfits(labelled, False, "strict")
    assert told("a.txt", one).endswith("→ —")
