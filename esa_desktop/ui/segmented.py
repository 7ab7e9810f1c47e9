"""A switch of a few words side by side, one of them chosen: for two to four short choices."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from esa_desktop.ui.theme import set_role

_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class SegmentedSwitch(QFrame):
    """``chosen`` tells what a person picks, never what the program sets."""

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        """``choices``: the words by the value they stand for; ``name`` is for assistive tools."""
        super().__init__(parent)
        self.setAccessibleName(name)
        set_role(self, "well")
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._segments = {value: QPushButton(words, self) for value, words in choices.items()}
        for value, segment in self._segments.items():
            set_role(segment, "segment")
            segment.setCheckable(True)
            segment.setAutoDefault(False)
            segment.setAccessibleName(f"{name}: {segment.text()}")
            segment.clicked.connect(lambda *_, value=value: self.chosen.emit(value))
            segment.toggled.connect(self._keep_tab_stop)
            segment.installEventFilter(self)
            self._group.addButton(segment)
            row.addWidget(segment)
        self.set_value(next(iter(choices)))

    @property
    def value(self) -> str:
        return next(value for value, segment in self._segments.items() if segment.isChecked())

    def set_value(self, value: str) -> None:
        """`KeyError` for a value that is no choice."""
        self._segments[value].setChecked(True)

    def _keep_tab_stop(self) -> None:
        """Tab comes to the chosen one, as among radio buttons; the arrows lead to the others."""
        for segment in self._segments.values():
            stop = Qt.FocusPolicy.StrongFocus if segment.isChecked() else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(stop)

    def set_words(self, value: str, words: str) -> None:
        """Other words for a choice, such as a count that changed."""
        self._segments[value].setText(words)
        self._segments[value].setAccessibleName(f"{self.accessibleName()}: {words}")

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows, which a button would keep for itself."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        step = _STEPS.get(Qt.Key(event.key()), 0)
        segments = list(self._segments.values())
        place = next(n for n, segment in enumerate(segments) if segment.isChecked()) + step
        if not step or not 0 <= place < len(segments):
            return super().eventFilter(watched, event)
        segments[place].click()
        segments[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True
