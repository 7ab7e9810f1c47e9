"""The line for the reason why another level than the rubric's was chosen."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from esa_desktop.domain.thai import clean_text
from esa_desktop.ui.text_binding import LONGEST_MS, PAUSE_MS


class ReasonEdit(QLineEdit):
    """A visit starts with the first key and ends when the person is done with the line.

    Whoever shows the line keeps its words: ``typing`` is a draft, ``finished`` ends the visit.
    Lines that were only looked at say nothing, even where the reason has line breaks, which one
    line cannot show.
    """

    typing = Signal(str)
    """The reason as it stands, at a pause in typing; the visit goes on."""
    finished = Signal()
    """The visit is over; its last words were handed over by ``typing`` before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._known = ""  # as stored, with its line breaks
        self._before = ("", "")  # stored and shown when the visit began
        self._unread = False
        self._visiting = False
        self.setObjectName("reasonEdit")
        self.setAccessibleName(self.tr("เหตุผลประกอบ"))
        self._example = self.tr("เช่น คณะกรรมการเห็นว่าหลักฐานประเด็นนี้ใช้ร่วมกับประเด็นอื่นได้")
        self.setPlaceholderText(self._example)
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        self.textEdited.connect(self._note_change)
        self.editingFinished.connect(self.finish)

    @property
    def is_unread(self) -> bool:
        """Whether something was typed that was not handed over yet."""
        return self._unread

    def show_reason(self, reason: str) -> None:
        """Show what is stored, unless somebody is typing just now."""
        self._known = reason
        self.setToolTip(reason)
        if self._visiting:
            return
        shown = _one_line(reason)
        if self.text() != shown:
            self.setText(shown)
            self.setCursorPosition(0)
        self._before = reason, shown

    def save(self) -> None:
        """Hand over what was typed; the visit goes on."""
        self._pause.stop()
        self._longest.stop()
        if not self._unread:
            return
        stored, shown = self._before
        typed = self.text()
        self.typing.emit(stored if typed == shown else _one_line(clean_text(typed)).strip())
        self._unread = False

    def finish(self) -> None:
        """End the visit, if there is one."""
        if self.hasFocus():
            QGuiApplication.inputMethod().commit()
        if not self._visiting:
            return
        self.save()
        self._visiting = False
        self.finished.emit()
        self.show_reason(self._known)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.save)
        return timer

    def _note_change(self) -> None:
        self._unread = True
        self._visiting = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    # Qt override
    def setReadOnly(self, read_only: bool) -> None:
        """Nobody is asked for an example of what cannot be written."""
        super().setReadOnly(read_only)
        self.setPlaceholderText("" if read_only else self._example)


def _one_line(reason: str) -> str:
    return reason.replace("\n", " ")
