"""Pages of a PDF on the desk: the reader keeps its place while the pages are set anew.

Not QPdfView: that one shows empty paper while it paints on a thread of its own, and brought the
program down when it died in the middle of a page (6.11). A page in view is painted at once here;
that takes some 5 to 30 ms and is kept.
"""

from typing import Final, Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from esa_desktop.ui.pdf_reader import pdf_from_bytes
from esa_desktop.ui.theme import palette_of, set_role

Fit = Literal["width", "page"]
MARGIN: Final = 16
GAP: Final = 12
KEPT_PAGES: Final = 6
SCALES: Final = (0.25, 4.0)
"""Of the size on paper: what Ctrl and the wheel can reach."""


class PaperView(QAbstractScrollArea):
    """Shows bytes, not a file: nothing stays open and nothing is left behind on the disk."""

    page_changed = Signal(int, int)
    """(page from 1, pages); (0, 0) when there is nothing."""
    scaled = Signal(float)
    """The person turned the wheel with Ctrl: the new scale, 1.0 = as large as on paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewView")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, "desk")
        # A bar that comes and goes changes the width that the pages are fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._paper: QPdfDocument | None = None
        self._fit: Fit | float = "width"
        self._places: list[QRect] = []
        self._drawn: dict[int, QImage] = {}
        self._page = 0
        self._moving = False
        self.verticalScrollBar().valueChanged.connect(self._find_page)

    # --- pages --------------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """The page in view, from 1; 0 when there is none."""
        return self._page

    @property
    def pages(self) -> int:
        return len(self._places)

    def show_pdf(self, content: bytes, *, page: int | None = None) -> None:
        """Show other pages at the same place, or at ``page`` (from 1).

        Raises `ReportError` for bytes that are no PDF; then the old pages stay.
        """
        self._paper = pdf_from_bytes(content)
        self._drawn.clear()
        self._arrange()
        if page is not None or not self._page:
            self.show_page(page or 1)
        else:
            self._find_page()
        self._tell_page()

    def show_page(self, page: int) -> None:
        """Go to a page from 1; beyond the ends to the nearest."""
        if not self._places:
            return
        wanted = min(max(page, 1), self.pages)
        # A last page that cannot reach the top is still the one that was asked for.
        self._moving = True
        self.verticalScrollBar().setValue(self._places[wanted - 1].top() - GAP // 2)
        self._moving = False
        self._set_page(wanted)

    def clear(self) -> None:
        self._paper = None
        self._drawn.clear()
        self._arrange()
        self._set_page(0)

    def fit(self, how: Fit | float) -> None:
        """Fit the width or the whole page, or a scale (1.0 = as large as on paper)."""
        self._fit = how
        self._arrange_in_place()

    # --- inside -------------------------------------------------------------------------------

    def _scale(self, width: float, height: float) -> float:
        """Pixels per point for pages as large as the largest."""
        room_x = self.viewport().width() - 2 * MARGIN
        room_y = self.viewport().height() - 2 * GAP
        if self._fit == "width":
            scale = room_x / width
        elif self._fit == "page":
            scale = min(room_x / width, room_y / height)
        else:
            scale = float(self._fit) * self.logicalDpiX() / 72
        return max(scale, 0.05)

    def _arrange(self) -> None:
        """Where the pages lie, in pixels of the whole desk."""
        sizes = []
        if self._paper is not None:
            sizes = [self._paper.pagePointSize(n) for n in range(self._paper.pageCount())]
        before = [place.size() for place in self._places[:KEPT_PAGES]]
        self._places = []
        widest = max((size.width() for size in sizes), default=1.0)
        tallest = max((size.height() for size in sizes), default=1.0)
        scale = self._scale(widest, tallest)
        desk = max(self.viewport().width(), round(widest * scale) + 2 * MARGIN)
        top = GAP
        for size in sizes:
            width, height = round(size.width() * scale), round(size.height() * scale)
            self._places.append(QRect((desk - width) // 2, top, width, height))
            top += height + GAP
        if before != [place.size() for place in self._places[:KEPT_PAGES]]:
            self._drawn.clear()
        self._set_bars(desk, top)
        self.viewport().update()

    def _arrange_in_place(self) -> None:
        """Arrange pages of another size; what was at the top of the view stays there."""
        bar = self.verticalScrollBar()
        top, part = None, 0.0
        for number, place in enumerate(self._places):
            if bar.value() <= place.bottom():
                top, part = number, (bar.value() - place.top()) / max(1, place.height())
                break
        self._arrange()
        if top is not None:
            place = self._places[top]
            self._moving = True
            bar.setValue(place.top() + round(part * place.height()))
            self._moving = False

    def _set_bars(self, width: int, height: int) -> None:
        view = self.viewport().size()
        self._moving = True
        for bar, whole, seen in (
            (self.horizontalScrollBar(), width, view.width()),
            (self.verticalScrollBar(), height, view.height()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(max(20, seen // 20))
        self._moving = False

    def _find_page(self) -> None:
        """The page at 40 % of the height of the view, where eyes rest."""
        if self._moving or not self._places:
            return
        line = self.verticalScrollBar().value() + self.viewport().height() * 2 // 5
        page = next((n for n, p in enumerate(self._places, 1) if line <= p.bottom()), self.pages)
        self._set_page(page)

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self._tell_page()

    def _tell_page(self) -> None:
        self.page_changed.emit(self._page, self.pages)

    def _picture(self, number: int) -> QImage:
        """The picture of a page (from 0) at the size it has on this screen."""
        known = self._drawn.pop(number, None)
        if known is None and self._paper is not None:
            ratio = self.devicePixelRatioF()
            size = self._places[number].size() * ratio
            known = self._paper.render(number, QSize(max(1, size.width()), max(1, size.height())))
            known.setDevicePixelRatio(ratio)
        picture = known if known is not None else QImage()
        self._drawn[number] = picture
        while len(self._drawn) > KEPT_PAGES:
            del self._drawn[next(iter(self._drawn))]
        return picture

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = palette_of(QApplication.instance())
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), palette.color("sunken"))
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        seen = event.rect().translated(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )
        for number, place in enumerate(self._places):
            if place.intersects(seen):
                # The picture is transparent where nothing is printed.
                painter.fillRect(place, palette.color("paper"))
                painter.drawImage(place.topLeft(), self._picture(number))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange_in_place()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._drawn.clear()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Home:
            self.show_page(1)
        elif event.key() == Qt.Key.Key_End:
            self.show_page(self.pages)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._places:
            now = self._places[0].width() / self._widest() * 72 / self.logicalDpiX()
            factor = 1.1 if event.angleDelta().y() > 0 else 1 / 1.1
            scale = min(max(now * factor, SCALES[0]), SCALES[1])
            self.fit(scale)
            self.scaled.emit(scale)
            event.accept()
        else:
            super().wheelEvent(event)

    def _widest(self) -> float:
        return self._paper.pagePointSize(0).width() if self._paper is not None else 1.0
