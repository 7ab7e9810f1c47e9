"""A comparison with what belongs to it: what is compared, the key to its marks, the way from change to change."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.compared import Compared
from esa_desktop.domain.richtext import RichText
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.history import Comparing
from esa_desktop.ui import painting
from esa_desktop.ui.compare_view import CompareView
from esa_desktop.ui.elided_label import ElidedLabel
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.icons import icon
from esa_desktop.ui.theme import SECOND, interface_font, set_role
from esa_desktop.ui.worker import Task

AT_ONCE: Final = 60_000
"""Characters up to which two texts are compared before the window goes on; in longer ones meanwhile."""
_LEAST_HEIGHT: Final = 120
_ROOM_FOR_STEPS: Final = 210


class DifferenceKey(QWidget):
    """What the two marks mean, each beside a swatch of its ground and its line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = (self.tr("ขีดเส้นใต้ = เพิ่ม"), self.tr("ขีดฆ่า = ตัดออก"))
        self.setAccessibleName(" · ".join(self._words))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    # Qt overrides

    def sizeHint(self) -> QSize:
        font = interface_font(SECOND)
        width = sum(painting.text_width(words, font) + 46 for words in self._words)
        return QSize(round(width), 28)

    def paintEvent(self, _: QPaintEvent) -> None:
        palette, font = painting.colors(), interface_font(SECOND)
        marks = ((palette.good_soft, palette.good), (palette.bad_soft, palette.bad))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 8.0
        for number, (words, (ground, edge)) in enumerate(zip(self._words, marks, strict=True)):
            box = QRectF(left, 7, 16, 16)
            painting.draw_box(painter, box, ground, edge, radius=4)
            height = box.bottom() - 3.5 if number == 0 else box.center().y()
            painter.fillRect(QRectF(box.x() + 3, height - 0.75, 10, 1.5), QColor(edge))
            width = painting.text_width(words, font)
            line = QRectF(left + 22, 2, width + 4, 24)
            painting.draw_line(painter, line, words, font, palette.ink2)
            left += width + 46
        painter.end()


class CompareCard(QWidget):
    """``F3`` and ``Shift+F3`` walk the changes, as they walk what was found in an editor."""

    compared = Signal()
    """What was asked for is on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: Comparing | None = None
        self.caption = ElidedLabel(self)
        set_role(self.caption, "second")
        self.key = DifferenceKey(self)
        self._count = QLabel(self)
        set_role(self._count, "second")
        self._previous = self._tool("chevron-up", self.tr("จุดก่อนหน้า"), "Shift+F3", -1)
        self._next = self._tool("chevron-down", self.tr("จุดถัดไป"), "F3", 1)
        self.view = CompareView(self)
        self.view.setMinimumHeight(_LEAST_HEIGHT)
        self._empty = EmptyState("history", self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._lay_out()
        self.view.moved.connect(self._tell)
        self.view.zoom_requested.connect(self._zoom)

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        return self._previous, self._next, self.view

    def _tool(self, name: str, words: str, keys: str, steps: int) -> QToolButton:
        tool = QToolButton(self)
        tool.setIcon(icon(name))
        tool.setIconSize(QSize(18, 18))
        tool.setToolTip(f"{words} ({keys})")
        tool.setAccessibleName(words)
        tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tool.clicked.connect(lambda: self.view.step(steps))
        QShortcut(QKeySequence(keys), self).activated.connect(lambda: self.view.step(steps))
        return tool

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.setSpacing(4)
        steps.addStretch(1)
        for widget in (self._count, self._previous, self._next):
            steps.addWidget(widget)
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.setSpacing(4)
        self._tools.addWidget(self.key)
        self._tools.addLayout(steps, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addLayout(self._tools)
        column.addWidget(self._stack, 1)

    # --- what is shown ------------------------------------------------------------------------

    def compare(self, asked: Comparing) -> None:
        """Show the difference; of very long texts when it is found, unless another was asked for."""
        if asked.size <= AT_ONCE:
            self._asked = asked
            self._show(asked, asked.run())
            return
        self.say(self.tr("กำลังเทียบข้อความ…"), "")
        self._asked = asked  # which what is said instead of a text forgets
        task = Task(lambda _: asked.run(), self)
        task.done.connect(lambda blocks: self._show(asked, blocks))
        task.ended.connect(task.deleteLater)
        task.start()

    def _show(self, asked: Comparing, blocks: tuple[Compared, ...]) -> None:
        if asked is not self._asked:
            return
        if not blocks:
            self.say(self.tr("ว่าง"), self.tr("ทั้งสองฉบับไม่มีข้อความ"))
            return
        self._stack.setCurrentWidget(self.view)
        self._show_tools(True)
        self.view.show_compared(blocks)
        self.compared.emit()

    def show_text(self, text: RichText) -> None:
        """One version whole, without marks."""
        self._asked = None
        if not text.blocks:
            self.say(self.tr("ว่าง"), self.tr("ฉบับนี้ไม่มีข้อความ"))
            return
        self._stack.setCurrentWidget(self.view)
        self._show_tools(False)
        self.view.show_text(text)
        self.compared.emit()

    def say(self, heading: str, advice: str) -> None:
        """There is no text to show, nor will an earlier question bring one."""
        self._asked = None
        self._show_tools(False)
        self._empty.say(heading, advice)
        self._stack.setCurrentWidget(self._empty)

    def _show_tools(self, shown: bool) -> None:
        for widget in (self.key, self._count, self._previous, self._next):
            widget.setVisible(shown)

    def _tell(self) -> None:
        """Where among the changes the view stands."""
        count, at = self.view.changes, self.view.change
        words = self.tr("ไม่มีจุดที่ต่างกัน")
        if count:
            words = self.tr("จุดที่ {at} จาก {count}").format(at=at, count=count)
        self._count.setText(thai_digits(words))
        for tool, is_end in ((self._previous, at <= 1), (self._next, at >= count)):
            tool.setEnabled(not is_end)

    def _zoom(self, steps: int) -> None:
        self.view.set_zoom(self.view.zoom + steps / 10)

    # Qt override

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside it, the key stands above."""
        wide = self.key.sizeHint().width() + _ROOM_FOR_STEPS <= event.size().width()
        ways = QBoxLayout.Direction
        self._tools.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        super().resizeEvent(event)
