"""What the tour lays over the window: a card with words and buttons, a frame around what they mean."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygon,
    QRegion,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.theme import high_contrast, palette_of, set_role

WIDTH: Final = 328
GAP: Final = 14
"""Pixels between the card and what it speaks of; the arrow stands in them."""
AROUND: Final = 4
STROKE: Final = 3


class TourCard(QFrame):
    """Child of the window and no window of its own: Tab leads out of it to everything else."""

    next_wanted = Signal()
    back_wanted = Signal()
    skipped = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tourCard")
        set_role(self, "tour")
        if high_contrast():  # no style sheet then, and the page would shine through
            self.setAutoFillBackground(True)
            self.setFrameShape(QFrame.Shape.Box)
        self._count = wrapping_label("", "second")
        self._title = wrapping_label("", "heading")
        self._words = wrapping_label("")
        self._skip = self._button(self.tr("ข้าม"), "quiet")
        self._back = self._button(self.tr("ย้อนกลับ"))
        self.next = self._button("", "main")
        self._skip.clicked.connect(self.skipped)
        self._back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._skip)
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self.next)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 14)
        column.setSpacing(4)
        for label in (self._count, self._title, self._words):
            column.addWidget(label)
        column.addSpacing(8)
        column.addLayout(buttons)
        self.hide()

    def say(self, title: str, words: str, place: int, count: int) -> None:
        """Show a stop, number ``place`` of ``count``, and read it out."""
        self._count.setText(thai_digits(self.tr("พาชมหน้าจอ · {0} จาก {1}").format(place, count)))
        self._title.setText(title)
        self._words.setText(words)
        is_last = place == count
        self.next.setText(self.tr("จบการพาชม") if is_last else self.tr("ถัดไป"))
        self._skip.setVisible(not is_last)
        self._back.setEnabled(place > 1)
        self.setAccessibleName(f"{self._count.text()} {title} {words}")
        self.next.setAccessibleName(self.next.text())
        self.next.setAccessibleDescription(f"{title} {words}")
        self.resize(WIDTH, self._column.totalHeightForWidth(WIDTH))
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def _button(self, words: str, role: str = "") -> QPushButton:
        button = QPushButton(words, self)
        button.setAccessibleName(words)
        button.setAutoDefault(True)  # else Enter does nothing outside a dialog
        if role:
            set_role(button, role)
        return button


class TourFrame(QWidget):
    """A line around a place and an arrow from the card to it; the mouse goes through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tourFrame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._around = QRect()
        self._arrow = QPolygon()
        self.hide()

    def show_around(self, place: QRect, card: QRect) -> None:
        """Both in the window's coordinates; an empty ``place`` hides it."""
        self.setVisible(not place.isEmpty())
        window = self.parentWidget()
        if place.isEmpty() or window is None:
            return
        self.setGeometry(window.rect())
        self._around = place.adjusted(-AROUND, -AROUND, AROUND, AROUND) & window.rect()
        self._arrow = arrow(self._around, card)
        # Only the line and the arrow: all else below is painted as if nobody were here.
        within = self._around.adjusted(STROKE, STROKE, -STROKE, -STROKE)
        self.setMask(QRegion(self._around).subtracted(QRegion(within)) | QRegion(self._arrow))
        self.raise_()
        self.update()

    @property
    def around(self) -> QRect:
        return self._around

    # Qt override

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = palette_of(QApplication.instance()).color("accent")
        painter.setPen(QPen(accent, STROKE * 2))
        painter.drawRect(self._around)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawPolygon(self._arrow)


def place_for(card: QRect, about: QRect, room: QRect) -> QPoint:
    """The card's top left corner: beside what it is about, inside ``room``; else over its lower right.

    Right, left, below, above, in this order: what is read goes on beside it.
    """
    if about.isEmpty():
        return room.center() - QPoint(card.width() // 2, card.height() // 2)
    wide, high = card.width(), card.height()
    across = min(max(about.center().y() - high // 2, room.top()), room.bottom() - high)
    along = min(max(about.center().x() - wide // 2, room.left()), room.right() - wide)
    beside = GAP + AROUND
    for corner in (
        QPoint(about.right() + beside, across),
        QPoint(about.left() - beside - wide, across),
        QPoint(along, about.bottom() + beside),
        QPoint(along, about.top() - beside - high),
    ):
        if room.contains(QRect(corner, card.size())):
            return corner
    inside = QPoint(about.right() - wide - GAP, about.bottom() - high - GAP)
    return QPoint(
        min(max(inside.x(), room.left()), room.right() - wide),
        min(max(inside.y(), room.top()), room.bottom() - high),
    )


def arrow(about: QRect, card: QRect) -> QPolygon:
    """A small triangle at the edge of ``about`` that faces the card; empty where they overlap."""
    if about.intersects(card):
        return QPolygon()
    x = min(max(card.center().x(), about.left() + 8), about.right() - 8)
    y = min(max(card.center().y(), about.top() + 8), about.bottom() - 8)
    if card.left() > about.right():
        return _triangle(QPoint(about.right(), y), QPoint(8, 0), QPoint(0, 8))
    if card.right() < about.left():
        return _triangle(QPoint(about.left(), y), QPoint(-8, 0), QPoint(0, 8))
    if card.top() > about.bottom():
        return _triangle(QPoint(x, about.bottom()), QPoint(0, 8), QPoint(8, 0))
    return _triangle(QPoint(x, about.top()), QPoint(0, -8), QPoint(8, 0))


def _triangle(tip: QPoint, out: QPoint, side: QPoint) -> QPolygon:
    return QPolygon([tip, tip + out + side, tip + out - side])
