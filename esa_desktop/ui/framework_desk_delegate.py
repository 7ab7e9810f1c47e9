"""Paints a row of the desk's outline and edits its name in place."""

from math import ceil
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.elided_lines import elided_lines
from esa_desktop.ui.framework_desk_model import PENDING, ROW
from esa_desktop.ui.framework_desk_rows import OutlineRow, Rank, nameless, rank_word
from esa_desktop.ui.painting import (
    colors,
    draw_box,
    draw_focus,
    draw_icon,
    draw_line,
    draw_lines,
    pitch,
    text_width,
)
from esa_desktop.ui.theme import SECOND, interface_font
from esa_desktop.ui.verification import UNVERIFIED_ICON
from esa_desktop.ui.words_edit import WordsEdit

Index = QModelIndex | QPersistentModelIndex
LEFT: Final = {
    Rank.EDITION: 30,
    Rank.STANDARD: 30,
    Rank.INDICATOR: 48,
    Rank.ISSUE: 66,
    Rank.RETIRED: 30,
}
"""Where the code of a row begins."""
_CODE: Final = {Rank.STANDARD: 24, Rank.INDICATOR: 40, Rank.ISSUE: 54}
"""Pixels of the column of codes, so that names stand below each other."""
_MARK: Final = 16
_RIGHT: Final = 12


class OutlineDelegate(QStyledItemDelegate):
    """The code has a column of its own; names take two lines at most."""

    entered = Signal()
    """Enter ended an editor; its words were handed over."""
    shifted = Signal(int)
    """Tab (1) or Shift+Tab (-1) while a row waits for its name."""
    typed = Signal()
    """Other words stand in the box."""
    lines_pasted = Signal(list)
    """Several names at once while a row waits for its name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plain = interface_font()
        self._strong = interface_font(semibold=True)
        self._second = interface_font(SECOND)
        self.editor: WordsEdit | None = None
        """The open one."""
        self._is_handing = False
        self._edited = QPersistentModelIndex()

    def finish(self) -> None:
        """Hand over what stands in the open editor, and close it."""
        editor = self.editor
        if editor is not None and not self._is_handing:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _font(self, row: OutlineRow) -> QFont:
        strong = row.rank in (Rank.EDITION, Rank.STANDARD, Rank.INDICATOR)
        return self._strong if strong and not row.is_retired else self._plain

    def _words_left(self, row: OutlineRow) -> int:
        if row.is_retired:
            return LEFT[row.rank]
        return LEFT[row.rank] + _CODE.get(row.rank, 0)

    def _words_right(self, row: OutlineRow) -> int:
        marks = bool(row.problems) + (not row.verified and not row.is_retired)
        return _RIGHT + marks * (_MARK + 4)

    @staticmethod
    def _words(row: OutlineRow) -> str:
        name = row.name or nameless()
        return f"{rank_word(row.rank)}: {name}" if row.is_retired else name

    def _paint_marks(self, painter: QPainter, box: QRectF, row: OutlineRow) -> None:
        x, y = box.right() - _MARK - 6, box.center().y() - _MARK / 2
        if row.problems:
            draw_icon(painter, QPointF(x, y), "warning", "warn", _MARK)
            x -= _MARK + 4
        if not row.verified and not row.is_retired:
            draw_icon(painter, QPointF(x, y), *UNVERIFIED_ICON, _MARK)

    def _paint_front(
        self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, row: OutlineRow
    ) -> None:
        left, middle = LEFT[row.rank], box.center().y()
        if row.rank is Rank.EDITION:
            draw_icon(painter, QPointF(left - 24, middle - 9), "book", "ink2", 18)
            return
        if option.state & QStyle.StateFlag.State_Children:
            is_open = bool(option.state & QStyle.StateFlag.State_Open)
            name = "chevron-down" if is_open else "chevron-right"
            draw_icon(painter, QPointF(left - 20, middle - 8), name, "ink2", 16)
        if not row.code and not row.is_retired and row.rank is not Rank.RETIRED:
            draw_icon(painter, QPointF(left - 8, middle - 8), "plus", "accent", 16)
        if row.code:
            area = QRectF(left, box.y(), _CODE[row.rank] + 8, box.height())
            font = self._font(row)
            draw_line(painter, area, thai_digits(row.code), font, colors().accent)

    # Qt's names from here on.
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: OutlineRow = index.data(ROW)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 400
        font = self._font(row)
        room = width - self._words_left(row) - self._words_right(row)
        fits = text_width(self._words(row), font) <= room
        height = max(34, ceil(pitch(font)) + 11) if fits else max(56, ceil(2 * pitch(font)) + 11)
        if self.editor is not None and self._edited == index:
            height = max(height, self.editor.height() + 4)
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: OutlineRow = index.data(ROW)
        palette = colors()
        box = QRectF(option.rect).adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            draw_box(painter, box, palette.accent_soft, None)
            painter.fillRect(
                QRectF(box.x(), box.y() + 7, 3, box.height() - 14), QColor(palette.accent)
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box, palette.sunken, None)
        self._paint_front(painter, box, option, row)
        self._paint_marks(painter, box, row)
        area = QRectF(option.rect).adjusted(self._words_left(row), 0, -self._words_right(row), 0)
        quiet = row.is_retired or row.rank is Rank.RETIRED or not row.name
        font = self._font(row)
        lines = elided_lines("" if index.data(PENDING) else self._words(row), font, area.width())
        draw_lines(
            painter, area.adjusted(0, 0, 2, 0), lines, font, palette.ink2 if quiet else palette.ink
        )
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, box)
        painter.restore()

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: Index,
    ) -> QWidget:
        row: OutlineRow = index.data(ROW)
        rank = rank_word(row.rank) or self.tr("ฉบับมาตรฐาน")
        editor = WordsEdit(self.tr("ชื่อ{rank}").format(rank=rank), parent)
        editor.setObjectName("nameInPlace")
        editor.take_words(row.name)
        editor.selectAll()
        editor.setPlaceholderText(self.tr("ชื่อ{rank}").format(rank=rank))
        editor.takes_lists = bool(index.data(PENDING))
        editor.pasted.connect(self.lines_pasted)
        editor.textChanged.connect(self.typed)
        editor.grown.connect(lambda: self.sizeHintChanged.emit(QModelIndex()))
        self.editor, self._edited = editor, QPersistentModelIndex(index)
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self.editor:
            self.editor, self._edited = None, QPersistentModelIndex()
            self.sizeHintChanged.emit(QModelIndex())
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The words were put in when it was made: what is typed stays when the row is redrawn."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """A change ends what is being typed first, and so comes back here."""
        if isinstance(editor, WordsEdit) and not self._is_handing:
            self._is_handing = True
            try:
                model.setData(index, editor.words)
            finally:
                self._is_handing = False
        self._edited = QPersistentModelIndex()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        row: OutlineRow = index.data(ROW)
        left = LEFT[row.rank] + _CODE.get(row.rank, 0) - 12
        place: QRect = option.rect
        editor.setFixedWidth(place.width() - left - 8)
        editor.move(place.x() + left, place.y() + 2)
        editor.raise_()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if editor is not self.editor or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(editor, event)
        return isinstance(event, QKeyEvent) and self._answer(self.editor, event)

    def _answer(self, editor: WordsEdit, event: QKeyEvent) -> bool:
        """Which keys end the editor, or move the row that waits."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.finish()
                self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if editor.takes_lists:
                is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.shifted.emit(-1 if is_back or key == Qt.Key.Key_Backtab else 1)
            else:
                self.finish()
        else:
            return False
        return True
