"""The frame of dialogs in which slow work runs: its line stays in view, and leaving stops it first."""

import shiboken6
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QWidget

from esa_desktop.ui.dialog_frame import DialogFrame
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.work_line import WorkLine

LEAST_BODY = 80
"""Pixels of the body on the smallest screen; the rest of it is scrolled."""
LEAST_PAGES = 200


class WorkDialog(DialogFrame):
    """Esc and the left button stop what runs; pressed again they close."""

    def __init__(self, title: str, size: QSize, parent: QWidget | None = None) -> None:
        """``size``: as large as that where the screen has the room."""
        super().__init__(title, parent, width=size.width())
        self._size = size
        self.work = WorkLine(self)
        self._column.insertWidget(self._column.indexOf(self._scroll) + 1, self.work)
        self.leave = self.add_button(self.tr("ปิด"))
        self.leave.clicked.connect(self.reject)
        self._back_to: QWidget | None = None
        self.work.busy.connect(self._follow_work)

    def _follow_work(self, busy: bool) -> None:
        """Heard before the children disable what cannot be done meanwhile."""
        if busy:
            self._back_to = self._back_to or self.focusWidget()
        else:
            QTimer.singleShot(0, self, self._give_focus_back)
        words = self.tr("หยุด") if busy else self.tr("ปิด")
        self.leave.setText(words)
        self.leave.setAccessibleName(words)
        self.leave.setEnabled(True)

    def make_main(self, main: QPushButton) -> None:
        """From now on this is the one filled button, and what Enter presses."""
        for place in range(self._buttons.count()):
            item = self._buttons.itemAt(place)
            button = item.widget() if item is not None else None
            if isinstance(button, QPushButton):
                set_role(button, "main" if button is main else "")
        main.setDefault(True)

    def add_pages(self, *pages: QWidget) -> QStackedWidget:
        """One of them is shown at a time; they take the room there is, not the room they wish."""
        stack = QStackedWidget(self)
        for page in pages:
            stack.addWidget(page)
        stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        stack.setMinimumHeight(LEAST_PAGES)
        self.body.addWidget(stack, 1)
        return stack

    def _give_focus_back(self) -> None:
        """A button that was disabled lost it to its neighbour."""
        wanted, self._back_to = self._back_to, None
        if self.work.is_busy or wanted is None or not shiboken6.isValid(wanted):
            return
        if self.focusWidget() in (None, self.leave) and wanted.isEnabled() and wanted.isVisible():
            wanted.setFocus()

    def fit(self) -> None:
        room = self._room()
        width = min(max(self._size.width(), self._least_width()), room.width())
        self._scroll.setMinimumHeight(LEAST_BODY)
        self.resize(width, min(self._size.height(), room.height()))

    # Qt overrides

    def reject(self) -> None:
        if self.work.is_busy:
            self.leave.setEnabled(False)
            self.work.cancel()
            return
        super().reject()

    def done(self, result: int) -> None:
        self.work.leave()
        super().done(result)
