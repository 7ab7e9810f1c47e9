"""One quality level as a card: its badge, the rubric's own words, and whether it is chosen."""

import re
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui import painting
from esa_desktop.ui.theme import SECOND, interface_font

NARROW: Final = 128
"""Pixels; below this width the words of a card stand under its badge, not beside it."""
BADGE: Final = 26
MARK: Final = 18
GAP: Final = 6
"""Pixels between badge and mark."""
EDGE: Final = 7
"""Pixels that stay free between what is in a card and its border."""


class LevelCard(QRadioButton):
    """One level with the rubric's own words.

    A click only asks (``clicked``): whether it is chosen is said by `wear`, from the round. So
    the card never shows a choice that was refused.
    """

    def __init__(self, level: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.level = level
        self._digit = thai_digits(level)
        self._words = ""
        """Those in the card; empty where there is no rubric, or no room for it."""
        self._suggested = False
        self.setObjectName(f"level{level}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        return self._words

    @property
    def is_suggested(self) -> bool:
        return self._suggested

    def wear(self, words: str, whole: str, *, chosen: bool, suggested: bool) -> None:
        """``words`` stand in the card, ``whole`` is everything the rubric says of the level."""
        # "๓ ข้อ" stays on one line.
        self._words = re.sub(r"(?<=[๐-๙]) ", "\N{NO-BREAK SPACE}", words)
        self._suggested = suggested
        # Exclusive it is a radio button to assistive tools, but Qt would not let it be cleared.
        self.setAutoExclusive(False)
        self.setChecked(chosen)
        self.setAutoExclusive(True)
        name = self.tr("ระดับ {0}").format(self._digit)
        self.setAccessibleName(" ".join([name, *whole.split("\n")]).strip())
        advice = self.tr("ระดับตามเกณฑ์") if suggested else ""
        self.setAccessibleDescription("\n".join(filter(None, (whole, advice))))
        self.setToolTip("\n".join(filter(None, (name, whole, advice))))
        self.updateGeometry()
        self.update()

    def _text_box(self, width: float) -> tuple[float, float, float]:
        """Left, top and width of the words in a card of this width."""
        if width < NARROW:
            return 9, 12 + BADGE, width - 15
        return 15 + BADGE, 0, width - 19 - BADGE

    # Qt's names from here on.
    def nextCheckState(self) -> None:
        """Nothing: the round decides."""

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        return QSize(150, self.heightForWidth(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(72, 44)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._words:
            return 44
        font = interface_font(SECOND)
        _, top, room = self._text_box(width)
        lines = len(painting.wrapped(self._words, font, room))
        return max(60, round(top + lines * painting.pitch(font) + (8 if top else 10)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk along the cards; choosing is stored and takes Space or Enter."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            forward = event.key() == Qt.Key.Key_Right
            near = self.nextInFocusChain() if forward else self.previousInFocusChain()
            if isinstance(near, LevelCard):
                near.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = painting.colors()
        box = QRectF(self.rect())
        chosen = self.isChecked()
        if chosen:
            painting.draw_box(painter, box, palette.accent_soft, palette.accent, radius=8, width=2)
        elif self._suggested:
            painting.draw_box(
                painter, box, palette.surface, palette.accent, radius=8, width=1.5, dashed=True
            )
        else:
            ground = palette.sunken if self.underMouse() else palette.surface
            painting.draw_box(painter, box, ground, palette.edge, radius=8)
        self._paint_badge(painter, box, chosen)
        if self._words:
            font = interface_font(SECOND)
            left, top, room = self._text_box(box.width())
            height = box.height() - top - (4 if top else 0)
            lines = painting.balanced(self._words, font, room)
            painting.draw_lines(painter, QRectF(left, top, room, height), lines, font, palette.ink)
        if self.hasFocus():
            inset = 3 if chosen else 0
            inner = box.adjusted(inset, inset, -inset, -inset)
            painting.draw_focus(painter, inner, radius=8 - inset)
        painter.end()

    def _paint_badge(self, painter: QPainter, box: QRectF, chosen: bool) -> None:
        beside = box.width() < NARROW or not self._words
        left, top = 9.0, 8.0
        if not self._words:
            # In the middle, as the others are, unless the mark would not find its place beside it.
            free = box.width() - BADGE
            marked = chosen or self._suggested
            left = min(free / 2, free - GAP - MARK - EDGE) if marked else free / 2
            left, top = max(left, EDGE), (box.height() - BADGE) / 2
        digit = QRectF(left, top, BADGE, BADGE)
        painting.draw_badge(
            painter, digit, self._digit, interface_font(semibold=True), filled=chosen
        )
        if chosen or self._suggested:
            mark = (
                digit.topRight() + QPointF(GAP, 4) if beside else digit.bottomLeft() + QPointF(4, 4)
            )
            painting.draw_icon(painter, mark, "check" if chosen else "step", "accent", MARK)
