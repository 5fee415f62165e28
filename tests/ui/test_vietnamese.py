"""Both languages are whole: every sentence is translated, and nothing is cut off where it is shown."""

from __future__ import annotations

import gettext
import io
import string
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cut_off import cut_off
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from source_sentences import Found, collect
from vietnamese_catalogue import PO, compiled, read_po, write_po

from annotations.errors import Refused
from ui import qt_words
from ui.annotator_dialog import AnnotatorDialog
from ui.app import open_project
from ui.cli import run
from ui.jobs.demo import make_demo
from ui.main_window import MainWindow
from ui.queue.metadata import MetadataDialog
from ui.welcome import Welcome
from ui.words import explain, tr

UPDATE = "run: python tests/helpers/vietnamese_catalogue.py, and translate what it names"


@pytest.fixture(scope="module")
def found() -> Found:
    return collect()


@pytest.fixture
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUGIAI_LANGUAGE", "vi")


# what is collected


def collected(tmp_path: Path, **files: str) -> set[tuple[str, str]]:
    """What is found in a program of these files in the room ``ui``."""
    for room in ("annotations", "exports", "model", "ui"):
        (tmp_path / room).mkdir()
    for name, source in files.items():
        (tmp_path / "ui" / f"{name}.py").write_text(source, encoding="utf-8")
    return set(collect(tmp_path))


@pytest.mark.parametrize(
    "source",
    [
        'def f():\n    return tr("Wanted")',
        'def f(x):\n    return tr("Wanted" if x else "Other")',
        'def f():\n    return [tr(word, count=n) for word, n in (("Wanted", 1), ("Other", 2))]',
        'WORDS = {"a": "Wanted"}\ndef f(x):\n    return tr(WORDS[x])',
        'def f():\n    g("Wanted")\ndef g(words: str):\n    return tr(words)',
        "class A:\n    title: str\ndef f():\n    return A('Wanted')\ndef g(a):\n    return tr(a.title)",
        'def f():\n    raise Mine("Wanted")\nclass Mine(ChuGiaiError): pass',
        'def f() -> Title:\n    return "Wanted", {}',
        'LEFT = "Wanted"\ndef f(tally):\n    tally.left_out[LEFT] += 1',
    ],
)
def test_a_sentence_is_found_on_its_way(tmp_path: Path, source: str) -> None:
    assert ("", "Wanted") in collected(tmp_path, one=source)


def test_a_sentence_is_found_across_files(tmp_path: Path) -> None:
    words = 'from ui.one import WORDS\nclass Refused(ChuGiaiError): pass\ndef f():\n    return tr(WORDS)\ndef g():\n    raise Refused("Not {what}", what="a b")\n'
    assert {("", "Wanted"), ("", "Not {what}"), ("what", "a b")} == collected(
        tmp_path, one='WORDS = "Wanted"\n', two=words
    )


def test_names_are_no_sentences(tmp_path: Path) -> None:
    source = (
        '"""A docstring, which is long."""\nimport logging\nlogging.info("Something was done.")\nx = {"key": "value"}\n'
    )
    assert collected(tmp_path, one=source) == set()


# the catalogue


def test_every_sentence_is_translated(found: Found) -> None:
    known = read_po()
    lacking = sorted(f"{sorted(found[said])[0]}: {said[1]}" for said in found if not known.get(said))
    assert not lacking, f"{UPDATE}: {lacking}"


def test_places_are_the_same_in_both_languages() -> None:
    for english, vietnamese in _translated():
        assert _places(english) == _places(vietnamese), english


def test_ends_are_the_same_in_both_languages() -> None:
    for english, vietnamese in _translated():
        assert english[0].isspace() == vietnamese[0].isspace(), english
        assert english[-1].isspace() == vietnamese[-1].isspace(), english
        assert english.endswith("…") == vietnamese.endswith("…"), english


def test_unused_entries_are_named(found: Found) -> None:
    unused = sorted(english for context, english in read_po() if (context, english) not in found)
    if unused:
        warnings.warn(f"no longer in the source code: {unused}; {UPDATE}", stacklevel=1)


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    assert PO.with_suffix(".mo").read_bytes() == compiled(read_po()), UPDATE


def test_gettext_reads_what_was_compiled(tmp_path: Path) -> None:
    sentences = {("", 'Say “{x}” \\ "y"'): 'Nói “{x}” \\ "y"', ("why", "a\nb"): "ă\nb", ("", "none"): ""}
    read = gettext.GNUTranslations(io.BytesIO(compiled(sentences)))
    assert read.gettext('Say “{x}” \\ "y"') == 'Nói “{x}” \\ "y"'
    assert read.pgettext("why", "a\nb") == "ă\nb"
    assert read.gettext("none") == "none"
    write_po(sentences, {}, tmp_path / "x.po")
    assert read_po(tmp_path / "x.po") == sentences


def _translated() -> list[tuple[str, str]]:
    """English and Vietnamese of what is translated."""
    return [(english, vietnamese) for (_, english), vietnamese in read_po().items() if vietnamese]


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


# the command line


@pytest.mark.usefixtures("vietnamese")
def test_help_is_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Cách dùng: chugiai import")
    assert "hiện trợ giúp này rồi thoát" in said
    assert "Examples" not in said


@pytest.mark.usefixtures("vietnamese")
def test_a_refusal_is_vietnamese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "không có.chugiai"
    assert run(["check", str(path)]) == 1
    assert capsys.readouterr().err == f"Không có dự án {path}. Hãy kiểm tra tên, hoặc tạo dự án bằng “chugiai new”.\n"


@pytest.mark.usefixtures("vietnamese")
def test_what_is_not_in_the_catalogue_stays_english() -> None:
    assert tr("Not a sentence of ours: {x}", x=1) == "Not a sentence of ours: 1"
    assert explain(Refused("A report needs a name. Nothing was changed.")).startswith("Bản tin phải có tên.")


# the window


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.chugiai"
    make_demo(path)
    return path


@pytest.fixture(params=["en", "vi"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("CHUGIAI_LANGUAGE", request.param)
    return str(request.param)


@pytest.fixture
def window(spoken: str, demo: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_project(demo, "lan")
    qtbot.waitExposed(made)
    yield made
    made.desk.saving.stop()
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def _shown(widget: QWidget, qtbot: QtBot) -> QWidget:
    widget.show()
    qtbot.waitExposed(widget)
    QApplication.processEvents()
    return widget


def test_cut_off_text_is_seen(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button, label, wrapped = QPushButton("Much too long", page), QLabel("Too long as well", page), QLabel(page)
    wrapped.setText("One line and another one")
    wrapped.setWordWrap(True)
    for widget in (button, label, wrapped):
        widget.setFixedSize(40, 12)
    _shown(page, qtbot)
    assert len(cut_off(page)) == 3
    for widget in (button, label, wrapped):
        widget.setFixedSize(400, 40)
    assert cut_off(page) == []


def test_the_main_window_speaks(window: MainWindow, spoken: str) -> None:
    assert cut_off(window) == []
    actions = {action.objectName(): action.text() for action in window.findChildren(QAction) if action.objectName()}
    assert actions["action_import"] == {"en": "Import…", "vi": "Nhập…"}[spoken]


@pytest.mark.parametrize("name", ["import", "export", "schema", "keys", "text_settings"])
def test_a_dialog_shows_its_words_whole(window: MainWindow, qtbot: QtBot, name: str, spoken: str) -> None:
    action = window.findChild(QAction, f"action_{name}")
    assert isinstance(action, QAction)
    action.trigger()
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    _shown(dialog, qtbot)
    assert cut_off(dialog) == []
    assert _twice(dialog) == [], "two mnemonics are the same"
    dialog.close()


@pytest.mark.parametrize(
    "make",
    [
        lambda window: Welcome(window.desk.settings),
        lambda window: AnnotatorDialog(("lan", "minh"), "lan"),
        lambda window: MetadataDialog([window.desk.report]),
    ],
    ids=["welcome", "annotator", "metadata"],
)
def test_a_page_shows_its_words_whole(
    window: MainWindow, qtbot: QtBot, make: Callable[[MainWindow], QWidget], spoken: str
) -> None:
    page = make(window)
    qtbot.addWidget(page)
    assert cut_off(_shown(page, qtbot)) == []


def test_every_format_is_described_whole(window: MainWindow, qtbot: QtBot) -> None:
    from ui.dialogs.export_dialog import ExportDialog

    dialog = ExportDialog(window.desk, window)
    _shown(dialog, qtbot)
    for row in range(dialog.format_list.count()):
        dialog.format_list.setCurrentRow(row)
        QApplication.processEvents()
        assert cut_off(dialog) == [], dialog.info.key
    dialog.close()


@pytest.mark.usefixtures("vietnamese")
def test_buttons_of_qt_are_vietnamese(qapp: QApplication, qtbot: QtBot) -> None:
    translator = qt_words.install(qapp)
    assert translator is not None
    try:
        assert qt_words.install(qapp) is translator
        dialog = AnnotatorDialog(())
        qtbot.addWidget(dialog)
        assert "Hủy" in {button.text().replace("&", "") for button in dialog.findChildren(QPushButton)}
        assert QApplication.translate("QDialog", "No words of Qt") == "No words of Qt"
    finally:
        qapp.removeTranslator(translator)
        translator.setParent(None)


def test_qt_needs_no_words_in_english(qapp: QApplication) -> None:
    assert qt_words.install(qapp) is None


def _twice(window: QWidget) -> list[str]:
    """Mnemonics that stand on two widgets that are seen at once."""
    texts = [
        widget.text()
        for kind in (QPushButton, QLabel)
        for widget in window.findChildren(kind)
        if widget.isVisibleTo(window) and (kind is QPushButton or widget.buddy() is not None)
    ]
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text.replace("&&", "")]
    return sorted({key for key in keys if keys.count(key) > 1})
