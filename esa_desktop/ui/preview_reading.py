"""What the preview of a file shows, asked of the reading child: a page, words, or why neither."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from esa_desktop.ui.thumbnails import image_of
from esa_desktop.ui.worker import Task, lane

if TYPE_CHECKING:
    from esa_desktop.services.reading import Reader

LONGEST: Final = 4_000
"""Letters of one line: a longer one would be wrapped while the window waits."""
LANE: Final = "evidence preview"
LATE_AFTER: Final = 250
PATIENCE: Final = 400
"""Milliseconds an older wish may still take when there is a newer one."""
WITH_WORDS: Final = ("text", "document", "sheet", "slides")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown. Two that are equal show the same."""

    path: Path
    name: str
    box: tuple[int, int]
    """Device pixels it has to fit in."""
    page: int = 0
    turn: int = 0
    smaller: Path | None = None
    """A copy for paper of a large photograph: enough for a look, and much quicker."""


@dataclass(frozen=True)
class Seen:
    """One of the three; all empty where it is a file without words."""

    image: QImage | None = None
    pages: int = 0
    words: str = ""
    sentence: str = ""


def seen(reader: "Reader", wish: Wish, cancelled: Callable[[], bool]) -> Seen:
    """Runs on any thread but the GUI's. Raises `Cancelled`."""
    if wish.smaller is not None and wish.smaller.is_file():
        drawing = reader.draw(
            wish.smaller, wish.name, wish.box, turn=wish.turn, cancelled=cancelled
        )
        if drawing is not None:
            return Seen(image_of(drawing), 1)
    drawing = reader.draw(
        wish.path, wish.name, wish.box, page=wish.page, turn=wish.turn, cancelled=cancelled
    )
    if drawing is not None:
        return Seen(image_of(drawing), drawing.pages)
    look = reader.look(wish.path, wish.name, cancelled=cancelled)
    if look.sentence or look.kind not in WITH_WORDS:
        return Seen(sentence=look.sentence, pages=look.pages)
    paragraphs = reader.words(wish.path, wish.name, cancelled=cancelled)
    lines = (
        paragraph[start : start + LONGEST]
        for paragraph in paragraphs
        for start in range(0, len(paragraph), LONGEST)
    )
    return Seen(words="\n".join(lines))


class LastWish(QObject):
    """However quickly one thing is wished for after the other: one at a time, and the last comes.

    A wish that was under way when a newer one came may still end, since it mostly does so soon;
    one that does not is given up, with the child process that is stuck in it.
    """

    came = Signal(object)
    """The `Seen` of the `wish`."""
    late = Signal()
    """It takes so long that somebody should be told."""

    def __init__(self, reader: "Reader", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self.wish: Wish | None = None
        """What was wished for last; ``None``: nothing is."""
        self.granted: Wish | None = None
        """What came last."""
        self._task: Task | None = None
        self._started: Wish | None = None
        self._late = self._timer(LATE_AFTER)
        self._late.timeout.connect(self.late)
        self._patience = self._timer(PATIENCE)
        self._patience.timeout.connect(self._give_up)

    def ask(self, wish: Wish) -> None:
        """Wish for something; what was granted already is not asked for again."""
        is_other_file = self.granted is None or self.granted.path != wish.path
        self.wish = wish
        if wish == self.granted:
            self._late.stop()
            return
        if self._task is None:
            self._start(wish)
        elif not self._patience.isActive():
            self._patience.start()
        if is_other_file and not self._late.isActive():
            self._late.start()

    def forget(self) -> None:
        """Wish for nothing, and let nothing count as granted."""
        self.wish = self.granted = None
        self._late.stop()

    def give_up(self) -> None:
        """The same, and end what is under way."""
        self.forget()
        self._give_up()

    def _start(self, wish: Wish) -> None:
        reader = self._reader
        task = self._task = Task(lambda handle: seen(reader, wish, handle.cancelled), self)
        task.done.connect(lambda found: self._take(wish, found))
        task.ended.connect(self._go_on)
        task.ended.connect(task.deleteLater)
        self._started = wish
        task.start(lane(LANE))

    def _take(self, wish: Wish, found: Seen) -> None:
        if wish == self.wish:
            self._late.stop()
            self.granted = wish
            self.came.emit(found)

    def _go_on(self) -> None:
        """An older one has ended; one that was cancelled by the end of the reader is not retried."""
        self._task = None
        self._patience.stop()
        if self.wish is not None and self.wish not in (self._started, self.granted):
            self._start(self.wish)

    def _give_up(self) -> None:
        self._patience.stop()
        if self._task is not None:
            self._task.cancel()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer
