"""The list below the search field: codes and names to go to while somebody types (Ctrl+K)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout

from esa_desktop.domain.framework import Framework
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.searching import Target, targets
from esa_desktop.ui import painting
from esa_desktop.ui.row_list import Row, RowDelegate, RowList
from esa_desktop.ui.theme import SECOND, interface_font, set_role

WIDTH: Final = 440
TALLEST: Final = 360


@dataclass(frozen=True, slots=True)
class TargetRow(Row):
    code: str
    name: str
    above: str


class _TargetDelegate(RowDelegate[TargetRow]):
    """Code and name, and below where it belongs."""

    shows_choice = True

    def row_height(self, row: TargetRow, width: int) -> int:  # noqa: ARG002
        return 54 if row.above else 36

    def paint_row(self, painter: QPainter, box: QRectF, row: TargetRow) -> None:
        palette = painting.colors()
        strong = interface_font(semibold=True)
        line = QRectF(box.x() + 10, box.y() + 4, box.width() - 20, 28)
        painting.draw_line(painter, line, row.code, strong, palette.accent)
        taken = painting.text_width(row.code, strong) + 10
        name = line.adjusted(taken, 0, 0, 0)
        painting.draw_line(painter, name, row.name, interface_font(), palette.ink)
        if row.above:
            below = QRectF(name.x(), box.y() + 29, name.width(), 22)
            painting.draw_line(painter, below, row.above, interface_font(SECOND), palette.ink2)


class JumpPopup(QFrame):
    """Serves a line edit of the window: the keys stay there, Up, Down, Enter and Esc come here.

    A child of the window and no window itself: it takes no focus and leaves nothing behind.
    """

    go_to = Signal(str)
    """Id of the chosen node."""
    dismissed = Signal()
    """Esc: the field is empty again, the cursor may go back to the text."""

    def __init__(self, edit: QLineEdit, framework: Callable[[], Framework | None]) -> None:
        """``framework`` gives the one of the round in view, ``None`` where no project is open."""
        super().__init__(edit.window())
        self._edit = edit
        self._framework = framework
        set_role(self, "popup")
        self.list = RowList(_TargetDelegate(), self.tr("รหัสและชื่อที่พบ"), self)
        self.list.setObjectName("jumpList")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._none = QLabel(self.tr("ไม่พบรหัสหรือชื่อนี้ กด Ctrl+Shift+F เพื่อค้นในเนื้อหาทั้งเล่ม"))
        self._none.setWordWrap(True)
        set_role(self._none, "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._none)
        column.addWidget(self.list)
        self.hide()
        self.list.chosen.connect(self._go)
        edit.textEdited.connect(self._look_up)
        edit.installEventFilter(self)

    def _look_up(self, text: str) -> None:
        framework = self._framework()
        if framework is None or not text.strip():
            self.hide()
            return
        found = targets(framework, text)
        self.list.rows.set_rows([_row(target) for target in found])
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        self.list.clearSelection()
        if found:
            self.list.setCurrentIndex(self.list.rows.index(0, 0))
        self._place()

    def _place(self) -> None:
        """Below the field, its right edge under the field's, inside the window."""
        window = self._edit.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        width = min(WIDTH, window.width() - 8)
        # The list's own minimum would keep two rows from looking like two rows.
        rows = min(self.list.content_height(width - 12) + 2, TALLEST)
        self.list.setFixedHeight(rows)
        height = (
            rows if self.list.isVisibleTo(self) else self._none.heightForWidth(width - 12)
        ) + 14
        corner = self._edit.mapTo(window, QPoint(self._edit.width(), self._edit.height() + 4))
        left = max(4, min(corner.x() - width, window.width() - width - 4))
        self.setGeometry(left, corner.y(), width, min(height, window.height() - corner.y() - 4))
        self.show()
        self.raise_()

    def _go(self, row: Row) -> None:
        self._edit.clear()
        self.hide()
        self.go_to.emit(row.target)

    def _press(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._edit.clear()
            self.hide()
            self.dismissed.emit()
            return True
        if not self.isVisible():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.choose_current()
            return True
        return False

    # Qt override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._edit:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._press(event)
            if event.type() == QEvent.Type.FocusOut:
                self.hide()
        return super().eventFilter(watched, event)


def _row(target: Target) -> TargetRow:
    code = thai_digits(target.code)
    return TargetRow(target.node_id, f"{code} {target.name}", code, target.name, target.above)
