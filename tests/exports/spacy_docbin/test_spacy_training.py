"""spaCy trains on what goes out: ``debug data`` finds nothing wrong, and one epoch of ner and spancat learns."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("spacy", reason="spaCy is not installed (extras spacy, formats-test)")

import spacy
from spacy.cli.debug_data import debug_data
from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.training import Corpus as SpacyCorpus

from annotations.corpus import Corpus, LabelledReport
from annotations.report import AnnotationSet, Entity, Report
from exports.protocol import Options
from exports.spacy_docbin import SpacyDocBin
from tests.exports.random_corpora import corpus_of

FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"]
GIVEN = ["Lan", "Minh", "Hoa", "Tuấn", "Dũng", "Hà", "Sơn", "Thủy", "Bình", "Cường", "Hạnh", "Quang"]
ORGS = ["Tỉnh ủy", "Huyện ủy", "Thành ủy", "UBND tỉnh"]
POSTS = ["Bí thư", "Phó Bí thư", "Chủ tịch"]
FILLERS = [
    f"{first}{last}"
    for first in ("b", "ch", "d", "g", "kh", "l", "m", "nh", "ph", "th")
    for last in ("a", "ai", "an", "ang", "e", "en", "i", "o", "oi", "on", "ong", "u", "ui", "un", "ung", "y")
]


class _Writer:
    """Puts a text together and keeps where its entities stand."""

    def __init__(self) -> None:
        self.text = ""
        self.entities: list[Entity] = []

    def add(self, words: str, label: str = "") -> int:
        start = len(self.text)
        self.text += words
        if label:
            self.entities.append(Entity(f"e{len(self.entities)}", label, start, len(self.text)))
        return start


def invented(number: int) -> LabelledReport:
    dice = random.Random(number)
    made = _Writer()
    for _ in range(4):
        made.add("Đồng chí ")
        made.add(f"{dice.choice(FAMILIES)} {dice.choice(GIVEN)}", "OFFICIAL")
        made.add(", ")
        start = made.add(f"{dice.choice(POSTS)} ")
        made.add(dice.choice(ORGS), "ORG")
        made.entities.append(Entity(f"t{len(made.entities)}", "TITLE", start, len(made.text)))
        made.add(f", {' '.join(dice.choices(FILLERS, k=8))} ngày ")
        made.add(f"{dice.randint(1, 28)}/{dice.randint(1, 12)}", "DATE")
        made.add(f" {' '.join(dice.choices(FILLERS, k=6))}.\n")
    return LabelledReport(
        Report(f"r{number}", f"r{number}", made.text), (AnnotationSet("Lan", entities=tuple(made.entities)),)
    )


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train and dev of 130 invented reports."""
    out = tmp_path_factory.mktemp("spacy") / "out"
    corpus: Corpus = corpus_of(invented(number) for number in range(130))
    summary = SpacyDocBin().write(corpus, out, Options(split=(80, 20, 0)))
    assert not summary.left_out
    return out


def config_file(exported: Path, folder: Path) -> Path:
    config = init_config(lang="xx", pipeline=["ner", "spancat"], optimize="efficiency", silent=True)
    config["paths"].update(train=str(exported / "train"), dev=str(exported / "dev"))
    config["training"].update(max_epochs=1, max_steps=0, eval_frequency=1000, patience=0)
    config["training"]["batcher"]["size"] = {"@schedules": "constant.v1", "rate": 100}
    config["components"]["spancat"]["suggester"]["sizes"] = [2, 3, 4, 5]
    callback: dict[str, Any] = {"@callbacks": "spacy.copy_from_base_model.v1"}
    config["initialize"]["before_init"] = {**callback, "tokenizer": str(exported / "tokenizer"), "vocab": None}
    config.to_disk(folder / "config.cfg")
    return folder / "config.cfg"


def test_debug_data_finds_nothing_wrong(exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Ends the process when it finds an error.
    debug_data(config_file(exported, tmp_path), silent=False, no_format=True)
    said = capsys.readouterr().out
    assert "Corpus is loadable" in said
    assert "104 training docs" in said
    assert "26 evaluation docs" in said
    assert "No overlap between training and evaluation data" in said
    assert "No entities consisting of or starting/ending with whitespace" in said
    assert "0 missing value(s) (tokens with '-' label)" in said
    assert "misaligned" not in said


def test_one_epoch_learns(exported: Path, tmp_path: Path) -> None:
    train(config_file(exported, tmp_path), tmp_path / "model")
    pipeline = spacy.load(tmp_path / "model" / "model-last")
    scores = pipeline.evaluate(list(SpacyCorpus(exported / "dev")(pipeline)))
    assert scores["ents_f"] > 0.8
    assert scores["spans_sc_f"] > 0.8
    doc = pipeline("Đồng chí Trần Minh, Bí thư Huyện ủy, bai mong ngày 3/4 nhung lui.\n")
    assert ("Trần Minh", "OFFICIAL") in [(one.text, one.label_) for one in doc.ents]
    assert ("Huyện ủy", "ORG") in [(one.text, one.label_) for one in doc.spans["sc"]]
