"""Banner: what went wrong across the whole width, with what to do; it pushes the page down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.errors import EsaError
from esa_desktop.ui import icons
from esa_desktop.ui.theme import set_look, set_role, theme_of

Tone = Literal["bad", "warn", "info"]
_MARKS: Final[dict[Tone, tuple[str, str]]] = {
    "bad": ("octagon", "bad"),
    "warn": ("warning", "warn"),
    "info": ("notice", "accent"),
}
MARK_SIDE: Final = 24
FLASH_MS: Final = 900


@dataclass(frozen=True, slots=True)
class BannerButton:
    words: str
    act: Callable[[], object]
    is_main: bool = False
    """Filled: the safe way forward. At most one."""


class Banner(QFrame):
    """Hidden until something is said; said once to assistive tools, and it stays until mended."""

    shown_changed = Signal(bool)
    """Whether something is said from now on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._mark = QLabel(self)
        self._what = QLabel(self)
        self._advice = QLabel(self)
        for label in (self._what, self._advice):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._what, "heading")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._tone: Tone = "info"
        self._is_unsaved = False
        self._sentence = ""
        self._more = ""
        self._back_to: QWidget | None = None
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(self._end_flash)
        self._arrange()
        theme = theme_of(QApplication.instance())
        if theme is not None:
            theme.changed.connect(self._draw_mark)
        self.hide()

    def show_error(self, error: EsaError) -> None:
        """A sentence of the program; does not cover up that something is unsaved."""
        self._say_lightly("bad", error.sentence)

    def show_hint(self, sentence: str) -> None:
        """Nothing went wrong; covers up as little."""
        self._say_lightly("info", sentence)

    def show_unsaved(self, error: EsaError, retry: Callable[[], object]) -> None:
        """The disk refuses; cannot be closed, only mended (then call `dismiss`).

        Said at every try that fails: buttons that are there already stay, with the focus in them.
        """
        if self._is_unsaved and self.isVisible():
            self._sentence = error.sentence
            self._show_advice()
            return
        again = BannerButton(self.tr("ลองอีกครั้ง"), retry, is_main=True)
        self.say_unsaved(self.tr("ยังบันทึกไม่ได้ ข้อความยังอยู่ครบ"), error.sentence, [again])

    def add_advice(self, words: str) -> None:
        """One more sentence about what is unsaved, until that is over."""
        if self._is_unsaved and words != self._more:
            self._more = words
            self._show_advice()

    def say_unsaved(self, what: str, advice: str, buttons: Sequence[BannerButton]) -> None:
        """Stays until `dismiss_unsaved`, and no other error takes its place."""
        self.say("bad", what, advice, buttons)
        self._is_unsaved = True

    def say(
        self, tone: Tone, what: str, advice: str = "", buttons: Sequence[BannerButton] = ()
    ) -> None:
        """One bold line (what), one line (what to do) and at most two buttons."""
        if self.isHidden():  # first: what makes room for it may hold the cursor, and gives it back
            self.shown_changed.emit(True)
        heard_already = self.isVisible() and self._what.text() == what
        self._end_flash()  # that was for other words
        self._is_unsaved = False
        self._sentence, self._more = advice, ""
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._back_to = focus
        self._tone = tone
        self._what.setText(what)
        self._show_advice()
        set_role(self, f"banner-{tone}")
        self._draw_mark()
        self._set_buttons(buttons)
        self.show()
        if not heard_already:
            self._announce()

    def stress(self) -> None:
        """What is said already is meant again now: a short flash, and once more to assistive tools."""
        if self.isVisible():
            set_look(self, "stressed", True)
            self._flash.start()
            self._announce()

    def dismiss_unsaved(self) -> None:
        """Away if it says that something is unsaved; any other sentence stays."""
        if self._is_unsaved:
            self.dismiss()

    def dismiss(self) -> None:
        """Away, and the cursor back where it was if it is in here."""
        self._is_unsaved = False
        inside = self.isAncestorOf(QApplication.focusWidget() or self.window())
        if not self.isHidden():
            self.hide()
            self.shown_changed.emit(False)
        if inside and self._back_to is not None and shiboken6.isValid(self._back_to):
            self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_flash(self) -> None:
        self._flash.stop()
        set_look(self, "stressed", False)

    def _say_lightly(self, tone: Tone, sentence: str) -> None:
        if not self._is_unsaved:
            self.say(tone, sentence, "", [BannerButton(self.tr("ปิดข้อความ"), self.dismiss)])

    def _show_advice(self) -> None:
        advice = f"{self._sentence} {self._more}".strip()
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.setAccessibleName(f"{self._what.text()} {advice}".strip())

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._what)
        words.addWidget(self._advice)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)

    def _set_buttons(self, buttons: Sequence[BannerButton]) -> None:
        while (old := self._buttons.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()  # it may be the one that was just pressed
        for wanted in buttons:
            button = QPushButton(wanted.words, self)
            button.setAccessibleName(wanted.words)
            if wanted.is_main:
                set_role(button, "main")
            button.clicked.connect(lambda *_, act=wanted.act: act())
            self._buttons.addWidget(button)
            button.show()  # a child made later is hidden until told otherwise

    def _draw_mark(self, *_: object) -> None:
        name, color = _MARKS[self._tone]
        self._mark.setPixmap(icons.pixmap(name, color, MARK_SIDE, self.devicePixelRatioF()))

    def _announce(self) -> None:
        event = QAccessibleAnnouncementEvent(self, self.accessibleName())
        if self._tone == "bad":
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
