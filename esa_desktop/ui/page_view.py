"""One page as a picture on the desk, scrolled with the wheel and the keys."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollBar, QWidget

from esa_desktop.ui.kedmanee import latin_key
from esa_desktop.ui.theme import palette_of, set_role

MARGIN: Final = 10
BORDER: Final = 2
"""Of the role "desk" in the style sheet."""


class PageView(QAbstractScrollArea):
    """Only shows and asks: which page and how large is its owner's business."""

    page_wished = Signal(int)
    """-1 or 1: the page before, the page after."""
    zoom_wished = Signal(int)
    """-1 or 1: smaller, larger."""
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, "desk")
        # A bar that comes and goes changes the width that the page is fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._image: QImage | None = None
        self._size = QSize()

    @property
    def image(self) -> QImage | None:
        return self._image

    @property
    def page_size(self) -> QSize:
        """In logical pixels."""
        return self._size

    def room(self) -> QSize:
        """Logical pixels a page has without being scrolled."""
        view, around = self.viewport().size(), self.parentWidget()
        if around is not None and not self.isVisible():  # in a stack, and not laid out before
            bar = self.verticalScrollBar().sizeHint().width()
            view = around.size() - QSize(bar + 2 * BORDER, 2 * BORDER)
        return QSize(max(view.width() - 2 * MARGIN, 40), max(view.height() - 2 * MARGIN, 40))

    def show_page(self, image: QImage, size: QSize, *, from_top: bool) -> None:
        """``from_top``: another page; else the same, and what is in the middle stays there."""
        self._image = image
        self._resize_page(size)
        if from_top:
            self.verticalScrollBar().setValue(0)
            middle = self.horizontalScrollBar().maximum() // 2
            self.horizontalScrollBar().setValue(middle)

    def stretch(self, size: QSize) -> None:
        """Show the same picture larger or smaller until a better one comes."""
        if self._image is not None:
            self._resize_page(size)

    def clear(self) -> None:
        self._image = None
        self._resize_page(QSize())

    def _resize_page(self, size: QSize) -> None:
        bars = ((self.horizontalScrollBar(), True), (self.verticalScrollBar(), False))
        at_top = self.verticalScrollBar().value() == 0
        middles = [_middle(bar) for bar, _ in bars]
        self._size = size
        for (bar, lying), middle in zip(bars, middles, strict=True):
            seen = self.viewport().width() if lying else self.viewport().height()
            whole = (size.width() if lying else size.height()) + 2 * MARGIN
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(max(20, seen // 12))
            bar.setValue(0 if at_top and not lying else round(middle * whole - seen / 2))
        self.viewport().update()

    def _place(self) -> QRect:
        """Where the page lies in the viewport."""
        view = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        left = (view.width() - self._size.width()) // 2
        top = (view.height() - self._size.height()) // 2
        x = MARGIN - across.value() if across.maximum() else left
        y = MARGIN - down.value() if down.maximum() else top
        return QRect(x, y, self._size.width(), self._size.height())

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), palette_of(QApplication.instance()).color("sunken"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(), self._image)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resize_page(self._size)
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_wished.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = self.verticalScrollBar()
        across = self.horizontalScrollBar().maximum() > 0
        # A minus is one whichever key it is on; the Thai layout has it where others have the 3.
        typed = event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus)
        match event.key() if typed else latin_key(event) or event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_wished.emit(1)
            case Qt.Key.Key_Minus | Qt.Key.Key_Underscore:
                self.zoom_wished.emit(-1)
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space if down.value() == down.maximum():
                self.page_wished.emit(1)
            case Qt.Key.Key_PageUp if down.value() == 0:
                self.page_wished.emit(-1)
            case Qt.Key.Key_Right if not across:
                self.page_wished.emit(1)
            case Qt.Key.Key_Left if not across:
                self.page_wished.emit(-1)
            case Qt.Key.Key_Home:
                down.setValue(0)
            case Qt.Key.Key_End:
                down.setValue(down.maximum())
            case Qt.Key.Key_Space:
                down.setValue(down.value() + down.pageStep())
            case _:
                super().keyPressEvent(event)


def _middle(bar: QScrollBar) -> float:
    """The part of the whole that is in the middle of the view."""
    whole = bar.maximum() + bar.pageStep()
    return (bar.value() + bar.pageStep() / 2) / whole if bar.maximum() and whole else 0.5
