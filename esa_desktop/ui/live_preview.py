"""The pages a dialog would print, set anew whenever a choice changes."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.icons import icon
from esa_desktop.ui.paper_view import PaperView
from esa_desktop.ui.print_wish import NothingToPrint, PrintWish, SetPages
from esa_desktop.ui.theme import set_role, set_tone
from esa_desktop.ui.worker import Task

QUIET_MS: Final = 350
"""Pages are set anew this long after the last choice."""


class LivePreview(QFrame):
    """One run at a time; the last wish wins."""

    settled = Signal(str)
    """Pages are in view (empty), or the sentence why there is nothing to print."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "pane")
        self._wish: PrintWish | None = None
        self._shown: PrintWish | None = None
        self._task: Task | None = None
        self._again = False
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._start)
        self.view = PaperView(self)
        self.view.setObjectName("dialogPreview")
        self.view.setAccessibleName(self.tr("ตัวอย่างก่อนพิมพ์"))
        self.view.fit("page")
        self._trouble = EmptyState("octagon", self)
        self._trouble.button.clicked.connect(self._start)
        self._previous = self._tool("chevron-left", self.tr("หน้าก่อน"), -1)
        self._next = self._tool("chevron-right", self.tr("หน้าถัดไป"), 1)
        self._where = QLabel(self)
        self._state = QLabel(self)
        set_role(self._state, "second")
        self._warning = wrapping_label("", "second")
        set_tone(self._warning, "warn")
        self._warning.hide()
        self.view.page_changed.connect(self._show_place)
        self._arrange()
        self._show_place(0, 0)

    @property
    def is_working(self) -> bool:
        return self._task is not None or self._quiet.isActive()

    def show_wish(self, wish: PrintWish | None) -> None:
        """Show what this wish would print; nothing for ``None``, which nobody can print."""
        if wish == self._wish:
            return
        self._wish = wish
        if wish is None:
            self._quiet.stop()
            self.view.clear()
            self._state.setText("")
            return
        self._state.setText(self.tr("กำลังจัดหน้าใหม่…"))
        self._quiet.start()

    def release(self) -> None:
        """The dialog goes: stop what runs."""
        self._quiet.stop()
        self._wish = None
        if self._task is not None:
            self._task.cancel()

    # --- inside -------------------------------------------------------------------------------

    def _tool(self, name: str, words: str, step: int) -> QPushButton:
        button = QPushButton(icon(name), "", self)
        set_role(button, "tool")
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        button.setMinimumWidth(32)
        button.clicked.connect(lambda: self.view.show_page(self.view.page + step))
        return button

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        for part in (self._previous, self._where, self._next):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._state)
        self._body = QStackedWidget(self)
        self._body.addWidget(self.view)
        self._body.addWidget(self._trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._warning)
        column.addWidget(self._body, 1)

    def _start(self) -> None:
        if self._task is not None:
            self._again = True  # also for the very wish that runs: it is being stopped
            self._task.cancel()
            return
        self._again = False
        wish = self._wish
        if wish is None:
            return
        task = Task(wish.set_pages, self)
        task.done.connect(lambda printed: self._show(wish, printed))
        task.failed.connect(self._tell)
        task.ended.connect(self._end)
        self._task = task
        task.start()

    def _end(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
            self._task = None
        if self._again and not self._quiet.isActive():
            self._start()

    def _show(self, wish: PrintWish, printed: SetPages) -> None:
        if self._wish is None:
            return
        form = (wish.options.form, wish.indicators)
        same = self._shown is not None and form == (
            self._shown.options.form,
            self._shown.indicators,
        )
        try:
            self.view.show_pdf(printed.content, page=None if same else 1)
        except EsaError as error:
            self._tell(error)
            return
        self._shown = wish
        self._warning.setText(printed.warning)
        self._warning.setVisible(bool(printed.warning))
        self._body.setCurrentWidget(self.view)
        self._state.setText("")
        self.settled.emit("")

    def _tell(self, error: EsaError) -> None:
        """The sentence where the pages would be; the old ones would tell a lie."""
        self._state.setText("")
        self._warning.hide()
        self._shown = None
        self.view.clear()
        if isinstance(error, NothingToPrint):
            what, _, more = error.sentence.partition("\n")
            self._trouble.say(what, more, icon_name="check")
            self._body.setCurrentWidget(self._trouble)
            self.settled.emit(what)
            return
        retry = self.tr("ลองอีกครั้ง")
        self._trouble.say(self.tr("ยังแสดงหน้าพิมพ์ไม่ได้"), error.sentence, retry, "octagon")
        self._body.setCurrentWidget(self._trouble)

    def _show_place(self, page: int, pages: int) -> None:
        words = self.tr("หน้า {page} จาก {pages}").format(page=page, pages=pages)
        self._where.setText(thai_digits(words) if pages else self.tr("ยังไม่มีหน้า"))
        self._previous.setEnabled(page > 1)
        self._next.setEnabled(page < pages)
