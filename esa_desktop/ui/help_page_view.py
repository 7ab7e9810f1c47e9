"""Shows one page of help: words that were looked for are marked, links lead on, pictures are enlarged."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from esa_desktop.domain.manual import Page
from esa_desktop.services.manual_search import places_of
from esa_desktop.ui import painting
from esa_desktop.ui.help_document import (
    PAGE_SCHEME,
    PICTURE_SCHEME,
    Look,
    fill_page,
    text_width,
)
from esa_desktop.ui.theme import set_role

LEAST_ZOOM: Final = 0.8
MOST_ZOOM: Final = 2.0
_STEP: Final = 0.1
_SIDE: Final = 24
"""White beside the column."""
_SETTLE_MS: Final = 60
_MOST_PICTURES: Final = 12
"""Kept in memory: those of the pages last read."""


class HelpPageView(QTextBrowser):
    """Tab walks the links, arrows and Page Down scroll, Ctrl and the wheel zoom."""

    page_wished = Signal(str)
    """Id of the page a link leads to."""
    picture_wished = Signal(str, object)
    """Name and `QImage` of a picture that somebody wants to see large."""

    _settle: QTimer | None = None
    """Qt tells of changes before there is one."""

    def __init__(self, pictures: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpPage")
        self.setAccessibleName(self.tr("เนื้อหาวิธีใช้"))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pictures = pictures
        self._images: dict[str, QImage] = {}
        self._page: Page | None = None
        self._words: tuple[str, ...] = ()
        self._zoom = 1.0
        self._drawn: Look | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._draw_again)
        set_role(self, "reading")
        self.anchorClicked.connect(self._follow)

    @property
    def page(self) -> Page | None:
        return self._page

    def show_page(self, page: Page, words: Sequence[str] = (), *, place: int = 0) -> None:
        """``words`` are marked and the first of them is brought into view; else ``place`` (pixels)."""
        self._page = page
        self._words = tuple(words)
        self._draw()
        self.document().setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, page.title)
        marks = self._mark()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)
        if marks and not place:
            self._bring_into_view(marks[0])

    def forget_words(self) -> None:
        """Nothing is looked for any more."""
        self._words = ()
        self.setExtraSelections([])

    def zoom(self, steps: int) -> None:
        """Letters larger or smaller by tenths; 0 for their usual size."""
        wished = self._zoom + steps * _STEP if steps else 1.0
        self._zoom = min(max(round(wished, 1), LEAST_ZOOM), MOST_ZOOM)
        self._draw_again()

    # --- inside -------------------------------------------------------------------------------

    def _look(self) -> Look:
        # The scroll bar's place is kept free, else its coming would make a page narrower.
        bar = self.verticalScrollBar().sizeHint().width()
        free = self.contentsRect().width() - bar - 2 * _SIDE
        width = text_width(max(free, 200))
        return Look(painting.colors(), width, self.devicePixelRatioF(), self._zoom)

    def _draw(self) -> None:
        if self._page is None:
            return
        look = self._look()
        document = self.document()
        fill_page(document, self._page, look, self._image)
        root = document.rootFrame()
        around = root.frameFormat()
        around.setLeftMargin(_SIDE)
        free = self.viewport().width() - _SIDE - look.width
        around.setRightMargin(max(free, 4))
        around.setTopMargin(12)
        around.setBottomMargin(24)
        root.setFrameFormat(around)
        self._drawn = look

    def _draw_again(self) -> None:
        """The same page in another width or other colours, at the same place."""
        if self._page is None or self._drawn == self._look():
            return
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self._draw()
        self._mark()
        bar.setValue(round(share * bar.maximum()))

    def _mark(self) -> list[QTextCursor]:
        """Put a soft ground under the words; cursors that hold them."""
        found: list[QTextCursor] = []
        block = self.document().begin()
        while self._words and block.isValid():
            for start, end in places_of(block.text(), self._words):
                cursor = QTextCursor(block)
                cursor.setPosition(block.position() + start)
                cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
                found.append(cursor)
            block = block.next()
        looks = QTextCharFormat()
        looks.setBackground(QColor(painting.colors().warn_soft))
        selections = []
        for cursor in found:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor
            selection.format = looks
            selections.append(selection)
        self.setExtraSelections(selections)
        return found

    def _bring_into_view(self, cursor: QTextCursor) -> None:
        """Words in the upper third, but for those that are in view at the top of the page."""
        at = QTextCursor(cursor)
        at.clearSelection()
        box = self.cursorRect(at)
        if box.bottom() > self.viewport().height() * 2 // 3:
            self.verticalScrollBar().setValue(box.top() - self.viewport().height() // 3)

    def _image(self, name: str) -> QImage | None:
        known = self._images.get(name)
        if known is None:
            known = QImage(str(self._pictures / name))
            if len(self._images) >= _MOST_PICTURES:
                del self._images[next(iter(self._images))]
            self._images[name] = known
        return None if known.isNull() else known

    def _follow(self, address: QUrl) -> None:
        if address.scheme() == PAGE_SCHEME:
            self.page_wished.emit(address.path())
        elif address.scheme() == PICTURE_SCHEME:
            image = self._image(address.path())
            if image is not None:
                self.picture_wished.emit(address.path(), image)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._settle is not None:
            self._settle.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        changes = (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange)
        if self._settle is not None and event.type() in changes:
            self._settle.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
