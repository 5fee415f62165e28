"""What can be chosen for an export besides format and target: the same as on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QWidget

from annotations.report import Status
from annotations.split import SEED, SHARES
from exports.formats import FormatInfo
from exports.label_map import LabelMap
from exports.protocol import Options
from exports.selection import ExportFilter
from exports.tags import SCHEMES
from exports.tokens import Alignment
from ui.dialogs.parts import button, named, row
from ui.theme import GRID
from ui.words import language, tr

_MOST = 999_999_999


class ExportForm(QWidget):
    """Shows what the chosen format takes (``FormatInfo``). Signals: ``changed()`` what concerns the target changed;
    ``mapping_wanted()`` the person wants to rename labels."""

    changed = Signal()
    mapping_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_form")
        self.labels = LabelMap()
        self._info: FormatInfo | None = None
        self.whose = self._combo("export_whose")
        self._make_filters()
        self._make_tokens()
        self._make_split()
        self.zipped = self._check(tr("One &zip file instead of a folder"), "export_zip")
        self.zipped.toggled.connect(lambda _: self.changed.emit())
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(2 * GRID)
        self.form.setVerticalSpacing(GRID)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._fill()
        self.set_labels(self.labels)

    # building

    def _combo(self, name: str, *items: tuple[str, object]) -> QComboBox:
        made = QComboBox(self)
        made.setObjectName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for words, data in items:
            made.addItem(words, data)
        return made

    def _check(self, words: str, name: str) -> QCheckBox:
        made = QCheckBox(words, self)
        made.setObjectName(name)
        return made

    def _line(self, name: str, accessible: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setObjectName(name)
        made.setAccessibleName(accessible)
        made.setPlaceholderText("2021-04-29")
        return made

    def _make_filters(self) -> None:
        self.status = self._combo("export_status", ("", "usual"), (tr("All"), "all"))
        for words, found in (
            (tr("Done"), (Status.DONE,)),
            (tr("Done and in progress"), (Status.DONE, Status.IN_PROGRESS)),
            (tr("In progress"), (Status.IN_PROGRESS,)),
            (tr("New"), (Status.NEW,)),
        ):
            self.status.addItem(words, found)
        self.since = self._line("export_since", tr("From date"))
        self.until = self._line("export_until", tr("To date"))
        self.furniture = self._check(tr("Keep what a page showed &below its text"), "export_furniture")
        self.suggestions = self._check(tr("Also &suggestions, marked as such"), "export_suggestions")
        self.map_words = QLabel(self)
        self.map_words.setProperty("role", "muted")
        self.map_button = button(tr("Re&name or leave out…"), "export_map", self)
        self.map_button.clicked.connect(self.mapping_wanted)

    def _make_tokens(self) -> None:
        self.word_level = self._check(tr("&Words instead of syllables (takes longer)"), "export_words")
        self.alignment = self._combo(
            "export_alignment",
            (tr("Left out, and counted"), Alignment.STRICT),
            (tr("Widened to all tokens they touch"), Alignment.EXPAND),
            (tr("Narrowed to the tokens they hold"), Alignment.CONTRACT),
        )
        self.tags = self._combo("export_tags", *((scheme.upper(), scheme) for scheme in SCHEMES))

    def _make_split(self) -> None:
        self.split = self._check(tr("S&plit into train, dev and test"), "export_split")
        self.split.toggled.connect(lambda _: self._on_split())
        self._wants_split = False
        self.split.clicked.connect(self._on_split_wanted)
        self.shares = [
            self._number(f"export_share_{part}", share, accessible)
            for part, share, accessible in zip(
                ("train", "dev", "test"),
                SHARES,
                (tr("Share of train"), tr("Share of dev"), tr("Share of test")),
                strict=True,
            )
        ]
        self.seed = self._number("export_seed", SEED, tr("Seed"), _MOST)
        self.share_line = QWidget(self)
        self.share_line.setLayout(row(*self.shares, QLabel(tr("seed"), self), self.seed, None))

    def _number(self, name: str, value: int, accessible: str, most: int = 1000) -> QSpinBox:
        made = QSpinBox(self)
        made.setObjectName(name)
        made.setRange(0, most)
        made.setValue(value)
        made.setAccessibleName(accessible)
        return made

    def _fill(self) -> None:
        form = self.form
        form.addRow(named(tr("&Labels of"), self.whose), self.whose)
        form.addRow(named(tr("St&atus"), self.status), self.status)
        dates = row(self.since, QLabel("–", self), self.until)
        form.addRow(named(tr("&Dates"), self.since), dates)
        form.addRow("", self.suggestions)
        form.addRow("", self.furniture)
        names = row(self.map_words, None, self.map_button)
        form.addRow(named(tr("Labels"), self.map_button), names)
        self._filters = (self.whose, self.status, dates, self.suggestions, names, self.split)
        form.addRow("", self.word_level)
        form.addRow(named(tr("Labels &off tokens"), self.alignment), self.alignment)
        form.addRow(named(tr("Ta&gs"), self.tags), self.tags)
        form.addRow("", self.split)
        form.addRow("", self.share_line)
        form.addRow("", self.zipped)

    # what is shown

    def show_format(self, info: FormatInfo) -> None:
        """Offer what this format takes."""
        self._info = info
        self.status.setItemText(0, tr("Done (all, when nothing is done)") if info.training else tr("All (usual)"))
        # What is the same as the usual need not be offered twice.
        view = self.status.view()
        view.setRowHidden(1, not info.training)  # type: ignore[attr-defined]
        if not info.training and self.status.currentIndex() == 1:
            self.status.setCurrentIndex(0)
        for part in self._filters:  # what annotators disagree on is everybody's, whatever is chosen
            self.form.setRowVisible(part, not info.review)
        self.form.setRowVisible(self.furniture, info.training)
        for part in (self.word_level, self.alignment):
            self.form.setRowVisible(part, info.tokens)
        self.form.setRowVisible(self.tags, info.tag_schemes)
        self.split.setChecked(info.always_splits or (self._wants_split and not info.review))
        self.split.setEnabled(not info.always_splits)
        self._on_split()

    def _on_split_wanted(self, wanted: bool) -> None:
        """Remember what the person ticked, whatever a format asks for meanwhile."""
        self._wants_split = wanted

    def _on_split(self) -> None:
        self.form.setRowVisible(self.share_line, self.split.isChecked())
        self.form.setRowVisible(self.zipped, self.is_folder and self._may_be_zip())
        self.changed.emit()

    def _may_be_zip(self) -> bool:
        return self._info is not None and (self._info.zips or self._divides)

    @property
    def _divides(self) -> bool:
        """Whether the split is made around the format, as a folder of its files."""
        return self._info is not None and self.split.isChecked() and not self._info.splits

    @property
    def is_folder(self) -> bool:
        """Whether what is written is a folder, or a zip of one."""
        return self._info is not None and (not self._info.suffix or self._divides)

    @property
    def is_zip(self) -> bool:
        """Whether it is to be one zip."""
        return self.is_folder and self._may_be_zip() and self.zipped.isChecked()

    def set_labels(self, labels: LabelMap) -> None:
        """Take a mapping."""
        self.labels = labels
        names = [*labels.entities.values(), *labels.relations.values()]
        gone = sum(name is None for name in names)
        parts = [tr("renamed: {count}", count=len(names) - gone)] if len(names) > gone else []
        parts += [tr("left out: {count}", count=gone)] if gone else []
        self.map_words.setText(", ".join(parts) or tr("All, under their own names"))

    # what was chosen

    def choice(self) -> Callable[[ExportFilter], ExportFilter]:
        """What makes the chosen filter of the usual one, from any thread."""
        status = self.status.currentData()
        chosen: dict[str, Any] = {
            "since": self.since.text().strip(),
            "until": self.until.text().strip(),
            "labels": self.labels,
            "suggestions": self.suggestions.isChecked(),
        }
        if status != "usual":
            chosen["statuses"] = None if status == "all" else frozenset(Status(one) for one in status)
        if self._info is not None and self._info.training and self.furniture.isChecked():
            chosen["furniture"] = True
        return lambda usual: replace(usual, **chosen)

    def options(self, force: bool) -> Options:
        """What the format takes of the rest."""
        info = self._info
        tokens = info is not None and info.tokens
        train, dev, test = (share.value() for share in self.shares)
        return Options(
            force=force,
            word_level=tokens and self.word_level.isChecked(),
            language=language(),
            alignment=str(self.alignment.currentData()) if tokens else str(Alignment.STRICT),
            split=(train, dev, test) if self.split.isChecked() else None,
            seed=self.seed.value(),
            tags=str(self.tags.currentData()) if info is not None and info.tag_schemes else SCHEMES[0],
        )
