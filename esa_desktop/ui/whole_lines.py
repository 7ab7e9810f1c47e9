"""A column of choices that scrolls: no line at its lower edge is cut through before it is scrolled."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from esa_desktop.ui.segmented import SegmentedSwitch

_WORDS: Final = (QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, SegmentedSwitch)

_NEXT: Final = 24
"""Pixels in which what a name stands above begins: a name says nothing alone."""
_Line = tuple[int, int, bool]
"""Upper and lower edge of something in which there are words, and whether it may be a name."""


class WholeLines(QScrollArea):
    """What would be cut stays below the edge; that there is more says the scroll bar."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # which setWidget sets
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.installEventFilter(self)

    def _fit(self) -> None:
        lines = list(self._lines())
        edge = _whole(lines, self.height())
        if edge < self.height():
            alone = [
                top for top, bottom, is_name in lines if is_name and 0 <= edge - bottom < _NEXT
            ]
            edge = _whole(lines, min(alone, default=edge))
        cut = self.height() - edge
        if cut != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, cut)

    def _lines(self) -> Iterator[_Line]:
        for part in self._inside.findChildren(QWidget):
            if isinstance(part, _WORDS) and part.isVisibleTo(self._inside):
                top = part.mapTo(self._inside, QPoint()).y()
                yield top, top + part.height(), isinstance(part, QLabel)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._fit)  # the parts are laid out after the request
        return super().eventFilter(watched, event)


def _whole(lines: Sequence[_Line], edge: int) -> int:
    """The lowest edge at or above ``edge`` that cuts through none of them."""
    while tops := [top for top, bottom, _ in lines if top < edge < bottom]:
        edge = min(tops)  # which may cut what begins higher beside it
    return edge
