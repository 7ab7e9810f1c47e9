"""The list of the book's parts: which are printed, and how far each was written."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from esa_desktop.ui import painting
from esa_desktop.ui.book_entries import PartRow
from esa_desktop.ui.elided_lines import elided_lines
from esa_desktop.ui.row_list import RowDelegate, RowList
from esa_desktop.ui.theme import SECOND, interface_font

_BOX: Final = 18
_BOX_LEFT: Final = 10
_WORDS: Final = 38
"""Where the words of a row begin; what is left of them ticks the row."""
_RIGHT: Final = 8


class _PartDelegate(RowDelegate[PartRow]):
    """A tick where there is something to tick, the name on two lines at most, the note below."""

    shows_choice = True

    def _lines(self, row: PartRow, width: float) -> tuple[str, ...]:
        return elided_lines(row.title, interface_font(), width - _WORDS - _RIGHT)

    def row_height(self, row: PartRow, width: int) -> int:
        if not row.target:
            return round(painting.pitch(interface_font(SECOND))) + 18
        height = len(self._lines(row, width)) * painting.pitch(interface_font())
        return round(height + painting.pitch(interface_font(SECOND))) + 8

    def paint_row(self, painter: QPainter, box: QRectF, row: PartRow) -> None:
        palette = painting.colors()
        second = interface_font(SECOND)
        if not row.target:
            words = box.adjusted(_BOX_LEFT, 8, -_RIGHT, 0)
            strong = interface_font(SECOND, semibold=True)
            painting.draw_line(painter, words, row.title, strong, palette.ink2)
            return
        lines = self._lines(row, box.width())
        step = painting.pitch(interface_font())
        words = QRectF(
            box.x() + _WORDS, box.y() + 4, box.width() - _WORDS - _RIGHT, step * len(lines)
        )
        ink = palette.ink2 if row.included is False else palette.ink
        painting.draw_lines(painter, words, lines, interface_font(), ink)
        if row.included is not None:
            self._paint_tick(painter, QPointF(box.x() + _BOX_LEFT, box.y() + 4), row.included)
        note = QRectF(words.x(), words.bottom(), words.width(), painting.pitch(second))
        tones = {"conflict": palette.bad, "merged": palette.warn}
        painting.draw_line(painter, note, row.note, second, tones.get(row.trouble, palette.ink2))
        if row.trouble:
            icon = QPointF(box.x() + _BOX_LEFT, note.center().y() - _BOX / 2)
            tone = "bad" if row.trouble == "conflict" else "warn"
            painting.draw_icon(painter, icon, "conflict", tone, _BOX)

    @staticmethod
    def _paint_tick(painter: QPainter, at: QPointF, is_on: bool) -> None:
        """Beside the first line of the name."""
        palette = painting.colors()
        step = painting.pitch(interface_font())
        box = QRectF(at.x(), at.y() + (step - _BOX) / 2, _BOX, _BOX)
        fill = palette.accent if is_on else palette.surface
        edge = palette.accent if is_on else palette.edge
        painting.draw_box(painter, box, fill, edge, radius=4)
        if is_on:
            painting.draw_icon(
                painter, box.topLeft() + QPointF(1, 1), "check", "on_accent", _BOX - 2
            )


class BookPartList(RowList):
    """Arrows show a part, Space or a click on its box ticks it, Enter leads to its texts."""

    part_shown = Signal(str)
    """Target of the row that became the current one."""
    ticked = Signal(str)
    """Somebody wants the part of this row in the book, or out of it."""
    text_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_PartDelegate(), "", parent)
        self.setObjectName("bookPartList")
        self.setAccessibleName(self.tr("ส่วนของเล่มรายงาน กดเว้นวรรคเพื่อเลือกว่าพิมพ์หรือไม่พิมพ์"))
        self._pressed = QModelIndex()
        self.selectionModel().currentChanged.connect(self._tell_shown)
        self.doubleClicked.connect(self._tell_wanted)

    @property
    def shown(self) -> str:
        """Target of the current row; empty before there is one."""
        row = self._row(self.currentIndex())
        return row.target if row else ""

    def show_part(self, target: str) -> None:
        """Make the row of an entry the current one."""
        places = [place for place, row in enumerate(self.rows.rows) if row.target == target]
        if target and places:
            self.setCurrentIndex(self.rows.index(places[0], 0))

    def _tell_shown(self, index: QModelIndex) -> None:
        row = self._row(index)
        if row is not None and row.target:
            self.part_shown.emit(row.target)

    def _tell_wanted(self, index: QModelIndex) -> None:
        if index.isValid():
            self.text_wanted.emit()

    def _tick(self, index: QModelIndex) -> None:
        row = self._row(index)
        if row is not None and row.included is not None:
            self.ticked.emit(row.target)

    @staticmethod
    def _row(index: QModelIndex) -> PartRow | None:
        row = index.data(Qt.ItemDataRole.UserRole)
        return row if isinstance(row, PartRow) else None

    def _on_box(self, event: QMouseEvent) -> QModelIndex:
        """The row whose box the mouse is on."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = self._row(index)
        is_on = row is not None and row.included is not None
        near = place.x() - self.visualRect(index).x() < _WORDS
        return index if is_on and near else QModelIndex()

    # Qt's names from here on.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._tick(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.text_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = self._on_box(event) if is_left else QModelIndex()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, QModelIndex()
        if pressed.isValid() and self._on_box(event) == pressed:
            self._tick(pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks on a box tick it twice; elsewhere they lead to the text."""
        index = self._on_box(event)
        if index.isValid():
            self._pressed = index
        else:
            super().mouseDoubleClickEvent(event)
