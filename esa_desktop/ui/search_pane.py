"""Search in everything the office wrote (Ctrl+Shift+F): a line for the words, and the places."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.fields import Kind
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.services.searching import MOST_HITS, Hit, search_round
from esa_desktop.ui import painting
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.icons import icon
from esa_desktop.ui.row_list import Row, RowDelegate, RowList
from esa_desktop.ui.theme import SECOND, interface_font, set_role

PAUSE_MS: Final = 200


@dataclass(frozen=True, slots=True)
class HitRow(Row):
    """``target`` names node and kind, for a node may have several hits."""

    hit: Hit
    place: str


class _HitDelegate(RowDelegate[HitRow]):
    """The place above, below it the line with the words on a soft ground."""

    def row_height(self, row: HitRow, width: int) -> int:  # noqa: ARG002
        return 58

    def paint_row(self, painter: QPainter, box: QRectF, row: HitRow) -> None:
        palette = painting.colors()
        inner = box.adjusted(12, 4, -12, -4)
        code = interface_font(SECOND, semibold=True)
        top = QRectF(inner.x(), inner.y(), inner.width(), 24)
        painting.draw_line(painter, top, row.place, code, palette.accent)
        font = interface_font()
        line = QRectF(inner.x(), inner.y() + 24, inner.width(), 26)
        hit = row.hit
        before = painting.text_width(hit.snippet[: hit.start], font)
        width = painting.text_width(hit.snippet[: hit.end], font) - before
        mark = QRectF(line.x() + before - 1, line.y() + 1, width + 2, 25)
        painter.fillRect(mark.intersected(line), QColor(palette.warn_soft))
        painting.draw_line(painter, line, hit.snippet, font, palette.ink)


class SearchPane(QWidget):
    """Hits follow the typing. Enter goes to the chosen one, Down leads into the list, Esc closes."""

    go_to = Signal(str, str, str)
    """Node id or name of a text of the book, kind of field, and the words to select there."""
    closed = Signal()

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self._editor = editor
        self._edit = QLineEdit()
        self._edit.setObjectName("bookSearchEdit")
        self._edit.setAccessibleName(self.tr("คำที่ค้นหาทั้งเล่ม"))
        self._edit.setPlaceholderText(self.tr("คำในข้อความ หรือชื่อหลักฐาน"))
        self._edit.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._close = QPushButton(self.tr("ปิดการค้นหา"))
        self._close.setToolTip("Esc")
        self._count = QLabel()
        set_role(self._count, "second")
        self.list = RowList(_HitDelegate(), self.tr("ที่พบ"), self)
        self.list.setObjectName("hitList")
        self._card = QFrame()
        set_role(self._card, "card")
        self._empty = EmptyState("search", self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._pause.timeout.connect(self.search)
        self._edit.textChanged.connect(self._wait)
        self._close.clicked.connect(self.closed)
        self.list.chosen.connect(self._go)
        self.search()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._edit, 1)
        head.addWidget(self._close)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._count)
        column.addWidget(self._card, 1)
        column.addWidget(self._empty, 1)

    def open(self, words: str = "") -> None:
        """Put the cursor into the field, with ``words`` (what was selected) or the last ones."""
        if words:
            self._edit.setText(words)
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._edit.selectAll()
        self.search()

    def _wait(self) -> None:
        self._pause.start()

    def search(self) -> None:
        """Look now, at the text as it stands."""
        self._pause.stop()
        words = self._edit.text()
        hits = search_round(self._editor.round, words, book=True)
        self.list.rows.set_rows([self._row(hit) for hit in hits])
        self._card.setVisible(bool(hits))
        self._empty.setVisible(not hits)
        self._count.setVisible(bool(hits))
        self._count.setText(self._counted(hits))
        if words.strip():
            self._empty.say(
                self.tr("ไม่พบ “{0}”").format(words.strip()),
                self.tr("ลองใช้คำที่สั้นลง เลขไทยและเลขอารบิกค้นหาแทนกันได้"),
            )
        else:
            self._empty.say(
                self.tr("ค้นหาทั้งเล่ม"),
                self.tr(
                    "พิมพ์คำในช่องด้านบน แล้วเลือกจากรายการ ค้นทั้งวิธีการ ผล ความเห็น หลักฐาน และเล่มรายงาน"
                ),
            )

    def _counted(self, hits: tuple[Hit, ...]) -> str:
        total = sum(hit.count for hit in hits)
        words = self.tr("พบ {0} แห่งใน {1} ช่อง").format(total, len(hits))
        if len(hits) >= MOST_HITS:
            words += self.tr(" แสดงเท่านี้ก่อน โปรดใช้คำที่เจาะจงขึ้น")
        return thai_digits(words)

    def _row(self, hit: Hit) -> HitRow:
        kinds = {
            Kind.METHOD: self.tr("วิธีการดำเนินงาน"),
            Kind.RESULTS: self.tr("ผลการดำเนินงาน"),
            Kind.SUGGESTIONS: self.tr("ความเห็นและข้อเสนอแนะ"),
            Kind.REASON: self.tr("เหตุผลประกอบ"),
            Kind.WORKS: self.tr("ผลงานที่เสนอ"),
            Kind.ITEM: self.tr("หลักฐาน"),
            Kind.BOOK_TEXT: self.tr("เล่มรายงาน"),
        }
        code = thai_digits(hit.code)
        parts = ["  ".join(filter(None, (code, hit.name))), kinds[hit.kind]]
        if hit.kind is Kind.ITEM:
            parts = [code, f"{kinds[hit.kind]} {hit.name}"]
        if hit.count > 1:
            parts.append(thai_digits(self.tr("{0} แห่ง").format(hit.count)))
        place = "  ·  ".join(parts)
        target = f"{hit.node_id} {hit.kind.value} {hit.name}"
        return HitRow(target, f"{place} · {hit.snippet}", hit, place)

    def _go(self, row: HitRow) -> None:
        self.go_to.emit(row.hit.node_id, row.hit.kind.value, self._edit.text().strip())

    # Qt override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the field and the list do not take themselves."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._edit.hasFocus():
            self.search()
            self.list.step(0)
            self.list.choose_current()
        elif key == Qt.Key.Key_Down and self._edit.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
