"""A field for a path: at rest its middle gives way, so that both drive and file name are read."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

_SIDE = 2
"""Pixels that `QLineEdit` leaves at both sides of its text."""


class PathEdit(QLineEdit):
    """With the cursor in it an ordinary field; the tooltip has the path whole."""

    def __init__(self, path: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textChanged.connect(self.setToolTip)
        self.setText(path)

    def shown(self) -> str:
        """What can be read of the path while the cursor is elsewhere."""
        room = self._text_box().width() - 2 * _SIDE
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    def _text_box(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = QStyle.SubElement.SE_LineEditContents
        return self.style().subElementRect(inside, option, self)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        words = self.shown()
        if self.hasFocus() or words == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        frame = QStyle.PrimitiveElement.PE_PanelLineEdit
        self.style().drawPrimitive(frame, option, painter, self)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        box, height = self._text_box(), self.fontMetrics().height()
        box.setTop(box.top() + (box.height() - height + 1) // 2)  # as Qt does: no jump at the focus
        box.setHeight(height)
        line = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
        painter.drawText(box.adjusted(_SIDE, 0, -_SIDE, 0), line, words)
        painter.end()
