"""Bars above the page for what a person should know of the project that is open; they stay until answered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esa_desktop.ui.banner import Banner, BannerButton, Tone

ONLY_READ: Final = "only read"
"""Key of the notice that the window points to when somebody tries to change what is only read."""
MOST: Final = 2
"""Shown at once: a laptop is low, and the page is what people came for."""
LOW: Final = 760
"""Pixels of the window, below which two would cut the level cards: there is room for one."""


@dataclass(frozen=True, slots=True)
class Notice:
    key: str
    """What it is about: a later notice with the same key takes its place."""
    rank: int
    """The smallest is shown first, and the others wait for room."""
    tone: Tone
    what: str
    advice: str
    buttons: tuple[BannerButton, ...] = ()
    """Two at most, with the one that closes."""
    close_words: str = ""
    """On the button that takes the notice away; without them it stays as long as it is so."""
    closed: Callable[[], object] = lambda: None
    is_awaited: bool = False
    """What somebody just asked for waits for the answer: it comes at once, beside an error too."""


class Notices(QWidget):
    """Errors are not said here but in the banner above, which one at a time has for itself.

    Only what is awaited stands below an error, one at a time: nobody would know else why nothing
    happened.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: dict[str, Notice] = {}
        self._bars = [self._make_bar(number) for number in range(MOST)]
        self._shown: list[Notice | None] = [None] * MOST
        self._most = MOST
        self._is_aside = False
        self._stressed = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for bar in self._bars:
            column.addWidget(bar)
        self.hide()

    @property
    def keys(self) -> tuple[str, ...]:
        """Of all there are, in the order in which they are shown."""
        return tuple(notice.key for notice in self._in_order())

    def tell(self, notice: Notice) -> None:
        self._notices[notice.key] = notice
        self._show()

    def drop(self, key: str) -> None:
        """It is no longer so."""
        if self._notices.pop(key, None) is not None:
            self._show()

    def clear(self) -> None:
        """The project is let go."""
        self._notices.clear()
        self._stressed = ""
        self._show()

    def stress(self, key: str) -> bool:
        """Somebody tried what this notice says is not possible: say it again, in the first place.

        ``False`` where it cannot be seen now.
        """
        if key not in self._notices or self._is_aside:
            return False
        self._stressed = key
        self._show()
        self._bars[0].stress()
        return True

    def set_aside(self, aside: bool) -> None:
        """While an error is said there is no room for what nobody awaits; it is shown later."""
        if aside is not self._is_aside:
            self._is_aside = aside
            self._show()

    def _make_bar(self, number: int) -> Banner:
        bar = Banner(self)
        bar.setObjectName(f"notice{number + 1}")
        return bar

    def _in_order(self) -> list[Notice]:
        """Where one at a time is shown, what stays anyway must not keep the others away for good."""

        def place(notice: Notice) -> tuple[bool, bool, int]:
            stays = not notice.close_words and notice.tone != "bad"
            return notice.key != self._stressed, stays and self._most == 1, notice.rank

        return sorted(self._notices.values(), key=place)

    def _show(self) -> None:
        waiting = self._in_order()
        if self._is_aside:
            waiting = [notice for notice in waiting if notice.is_awaited][:1]
        wanted: list[Notice | None] = [*waiting[: self._most]]
        wanted += [None] * (MOST - len(wanted))
        self.setVisible(any(wanted))  # first: a bar is announced only while it can be seen
        for place, (bar, notice) in enumerate(zip(self._bars, wanted, strict=True)):
            if notice is None:
                bar.dismiss()
            elif notice != self._shown[place]:
                buttons = self._buttons(notice, is_first=place == 0)
                bar.say(notice.tone, notice.what, notice.advice, buttons)
        self._shown = wanted

    def _buttons(self, notice: Notice, *, is_first: bool) -> list[BannerButton]:
        buttons = [*notice.buttons]
        if not is_first:  # one filled button in view
            buttons = [replace(button, is_main=False) for button in buttons]
        if notice.close_words:
            buttons.append(BannerButton(notice.close_words, partial(self._close, notice)))
        return buttons

    def _close(self, notice: Notice) -> None:
        self.drop(notice.key)
        notice.closed()

    def _fit(self) -> None:
        most = 1 if self.window().height() < LOW else MOST
        if most != self._most:
            self._most = most
            self._show()

    # Qt's names from here on.
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)  # again and again does no harm
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.window():
            self._fit()
        return super().eventFilter(watched, event)
