"""Shows slow work of a dialog: its words and a bar while it runs, one sentence if it fails."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from esa_desktop.domain.errors import EsaError, NoRoom
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.theme import set_tone
from esa_desktop.ui.worker import Job, Task

Tell = Callable[[Any], object]


class WorkLine(QWidget):
    """One piece of work at a time: a second click while it runs does nothing."""

    busy = Signal(bool)
    """Work begins or is over, after its outcome was heard."""
    resized = Signal()
    """Other words are shown: the frame around may fit itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._then: Tell | None = None
        self._failed: Tell | None = None
        self._stopped: Callable[[], object] | None = None
        self._left = False
        self._words = wrapping_label("", "second")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("ความคืบหน้า"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        self.hush()

    @property
    def is_busy(self) -> bool:
        return self._task is not None

    def run(
        self,
        words: str,
        job: Job,
        then: Tell,
        *,
        failed: Tell | None = None,
        stopped: Callable[[], object] | None = None,
    ) -> bool:
        """Start ``job``; ``then`` gets its result on this thread. ``False``: something runs already.

        ``failed`` instead of the sentence here; ``stopped`` when the work was cancelled. Nothing
        is heard of work whose dialog was left.
        """
        if self._task is not None or self._left:
            return False
        # The connections hold methods of ours only: a task that held its dialog would take it
        # along while Qt destroys the task, and be destroyed by it a second time.
        self._then, self._failed, self._stopped = then, failed or self.say_error, stopped
        task = Task(job, self)
        task.progress.connect(self._move)
        task.done.connect(self._arrive)
        task.failed.connect(self._fail)
        task.ended.connect(self._end)
        task.ended.connect(task.deleteLater)
        self._task = task
        self.say(words)
        self._bar.setRange(0, 0)
        self._bar.show()
        self.busy.emit(True)
        task.start()
        return True

    def cancel(self) -> None:
        """Ask the work to stop; `busy` tells when it has."""
        if self._task is not None:
            self.say(self.tr("กำลังหยุด…"))
            self._task.cancel()

    def leave(self) -> None:
        """The dialog is gone: stop, and tell nobody."""
        self._left = True
        if self._task is not None:
            self._task.cancel()

    def say(self, words: str, tone: str = "") -> None:
        """What is so now; read out by assistive tools."""
        self._words.setText(words)
        set_tone(self._words, tone)
        self._words.setVisible(bool(words))
        self.setVisible(bool(words))
        self.resized.emit()
        if words and self.isVisible():
            self.setAccessibleName(words)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def say_error(self, error: EsaError) -> None:
        """Where there is merely no room nothing is broken: a warning."""
        self.say(error.sentence, "warn" if isinstance(error, NoRoom) else "bad")

    def hush(self) -> None:
        """Nothing runs and nothing needs to be said."""
        self._bar.hide()
        self.say("")

    def _arrive(self, result: object) -> None:
        self._hear(self._then, result)

    def _fail(self, error: EsaError) -> None:
        self._hear(self._failed, error)

    def _hear(self, tell: Tell | None, outcome: object) -> None:
        """``tell`` may say other words, and may begin other work."""
        self._forget()
        if tell is not None and not self._left:
            tell(outcome)

    def _forget(self) -> None:
        self._task = self._then = self._failed = self._stopped = None
        self.hush()

    def _move(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _end(self) -> None:
        """Cancelled, or our own mistake (the crash dialog tells of that): not heard of before."""
        if self._task is not None and not self._task.is_running:
            stopped = self._stopped
            self._forget()
            if stopped is not None and not self._left:
                stopped()
        if self._task is None and not self._left:
            self.busy.emit(False)
