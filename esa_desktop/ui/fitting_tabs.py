"""A tab bar whose words grow shorter where there is no room for the long ones."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget


class FittingTabs(QTabBar):
    """Fills the width it is given. ``names`` are tuples of one tab's words, the longest first."""

    def __init__(self, names: Sequence[tuple[str, ...]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self.setExpanding(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for place, words in enumerate(names):
            self.addTab(words[0])
            self.setAccessibleTabName(place, words[0])

    def _fit(self) -> None:
        for step in range(max(len(words) for words in self._names)):
            for place, words in enumerate(self._names):
                shown = words[min(step, len(words) - 1)]
                self.setTabText(place, shown)
                self.setTabToolTip(place, "" if shown == words[0] else words[0])
            if super().sizeHint().width() <= self.width():
                return

    # Qt override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
