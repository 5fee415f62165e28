"""What is to be measured: whose labels, when two entities are the same, and which pair is shown."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QMenu, QSpinBox, QToolButton, QWidget

from annotations.agreement import Match, Selector
from annotations.agreement.by_match import ALL
from ui.dialogs.parts import button, row
from ui.jobs.overview import Pair
from ui.overview.figures import matches, pair_name
from ui.theme import GRID
from ui.words import tr


class Asked(QWidget):
    """Signals: ``measure_wanted()`` when other figures are needed; ``pair_chosen()`` when others are to be shown."""

    measure_wanted = Signal()
    pair_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.match = QComboBox(self)
        self.match.setObjectName("agreement_match")
        self.match.setAccessibleName(tr("When two entities are the same"))
        self.match.setToolTip(self.match.accessibleName())
        for match, words in matches().items():
            self.match.addItem(words, match)
        self.threshold = QSpinBox(self)
        self.threshold.setObjectName("agreement_threshold")
        self.threshold.setAccessibleName(tr("How much must overlap"))
        self.threshold.setToolTip(tr("How much must overlap"))
        self.threshold.setRange(1, 100)
        self.threshold.setValue(50)
        self.threshold.setPrefix("≥ ")
        self.threshold.setSuffix(" %")
        self.people = QToolButton(self)
        self.people.setObjectName("agreement_people")
        self.people.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.people.setProperty("flat", True)
        self._menu = QMenu(self.people)
        self.people.setMenu(self._menu)
        self.pairs = QComboBox(self)
        self.pairs.setObjectName("agreement_pair")
        self.pairs.setAccessibleName(tr("Which pair is shown"))
        self.pairs.setToolTip(self.pairs.accessibleName())
        self.pairs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.gamma = QCheckBox(tr("with γ (slow)"), self)
        self.gamma.setObjectName("agreement_gamma")
        self.gamma.setVisible(find_spec("pygamma_agreement") is not None)
        self.again = button(tr("&Measure"), "agreement_measure", self)
        self.about = QLabel(self)
        self.about.setObjectName("agreement_about")
        self.about.setProperty("role", "muted")
        self.setLayout(
            row(
                self.match,
                self.threshold,
                self.people,
                self.pairs,
                self.gamma,
                self.again,
                self.about,
                None,
                spacing=GRID,
            )
        )
        self.match.currentIndexChanged.connect(lambda _at: self.measure_wanted.emit())
        self.pairs.currentIndexChanged.connect(lambda _at: self.pair_chosen.emit())
        self.again.clicked.connect(self.measure_wanted)
        self.show_people(())

    def choice(self) -> tuple[tuple[str, ...], Selector, tuple[Selector, ...], bool]:
        """Whose labels, the way to match, the further ways, and whether γ is wanted. Raises ``Refused``."""
        threshold = self.threshold.value() / 100
        ways = [Selector(one.match, threshold if one.match is Match.OVERLAP else one.threshold) for one in ALL]
        chosen = next(one for one in ways if one.match == self.match.currentData())
        return self.names(), chosen, tuple(one for one in ways if one != chosen), self.gamma.isChecked()

    def names(self) -> tuple[str, ...]:
        """Who is ticked."""
        return tuple(action.text() for action in self._menu.actions() if action.isChecked())

    def pair(self) -> Pair | None:
        """The pair that is shown; None for all."""
        found = self.pairs.currentData()
        return (found[0], found[1]) if found else None

    def show_people(self, names: Sequence[str]) -> None:
        """Offer these annotators; who was unticked stays so."""
        off = {action.text() for action in self._menu.actions() if not action.isChecked()}
        if [action.text() for action in self._menu.actions()] != list(names):
            self._menu.clear()
            for name in names:
                action = QAction(name, self._menu)
                action.setCheckable(True)
                action.setChecked(name not in off)
                action.toggled.connect(lambda _on: self._count_people())
                self._menu.addAction(action)
        self._count_people()

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Offer these pairs; the one that was chosen stays, where it is still there."""
        before = self.pair()
        self.pairs.blockSignals(True)
        self.pairs.clear()
        self.pairs.addItem(tr("all pairs"), None)
        for pair in pairs:
            self.pairs.addItem(pair_name(pair), pair)
        self.pairs.setCurrentIndex(next((at for at, pair in enumerate(pairs, 1) if pair == before), 0))
        self.pairs.blockSignals(False)
        self.pairs.setVisible(len(pairs) > 1)

    def set_busy(self, busy: bool) -> None:
        """Nothing else can be asked while something is measured."""
        for part in (self.match, self.threshold, self.people, self.again, self.gamma):
            part.setEnabled(not busy)

    def _count_people(self) -> None:
        every, chosen = len(self._menu.actions()), len(self.names())
        self.people.setText(tr("{chosen} of {count} annotators", chosen=chosen, count=every))
        self.people.setToolTip(tr("Whose labels are compared; press Measure afterwards"))
        self.people.setEnabled(every > 0)
        self.people.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
