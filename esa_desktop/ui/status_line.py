"""The status bar: the honest "บันทึกแล้ว", progress, missing evidence and the zoom of the text."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QStatusBar, QWidget

from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.thai import thai_digits, thai_time
from esa_desktop.ui import icons
from esa_desktop.ui.theme import set_role, set_tone, theme_of

if TYPE_CHECKING:
    from esa_desktop.domain.assessment import AssessmentRound


class StatusLine(QStatusBar):
    zoom_reset = Signal()
    stop_printing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._mark = QLabel(self)
        self._saved = QLabel(self)
        self._saved.setObjectName("savedLabel")
        self._progress = QLabel(self)
        self._progress.setObjectName("progressLabel")
        set_role(self._progress, "second")
        self._zoom = QPushButton(self)
        self._zoom.setObjectName("zoomLabel")
        self._zoom.setAccessibleName(self.tr("ขนาดตัวหนังสือ"))
        self._zoom.setToolTip(self.tr("กดเพื่อกลับเป็นขนาดปกติ (Ctrl+0)"))
        self._zoom.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self._zoom, "quiet")
        self._zoom.clicked.connect(self.zoom_reset)
        self._printing = QPushButton(self)
        self._printing.setObjectName("printingLabel")
        self._printing.setToolTip(self.tr("กดเพื่อหยุดพิมพ์"))
        set_role(self._printing, "quiet")
        self._printing.clicked.connect(self.stop_printing)
        self._printing.hide()
        left = QWidget(self)
        row = QHBoxLayout(left)
        row.setContentsMargins(16, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self._saved)
        self.addWidget(left)
        self.addPermanentWidget(self._printing)
        self.addPermanentWidget(self._progress)
        self.addPermanentWidget(self._zoom)
        self._drawn = ("", "")
        theme = theme_of(QApplication.instance())
        if theme is not None:
            theme.changed.connect(self._draw_mark)
        self.show_zoom(1.0)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No project is open."""
        self._say("", "")
        self._progress.clear()
        self._zoom.hide()

    def show_pending(self) -> None:
        """Something is typed that no COMMIT has acknowledged yet: no claim, and no spinner."""
        self._say("", self.tr("กำลังบันทึก"))

    def show_saved(self, moment: datetime) -> None:
        self._say("check", self.tr("บันทึกแล้ว") + f" {thai_time(moment)}", "good")

    def show_trouble(self, error: StorageError) -> None:
        self._say("octagon", self.tr("ยังบันทึกไม่ได้ ข้อความยังอยู่ครบ"), "bad")
        self._saved.setToolTip(error.sentence)

    def show_progress(self, assessed: "AssessmentRound") -> None:
        from esa_desktop.domain.assessment import progress

        count = progress(assessed)
        words = self.tr("{done} จาก {total} ประเด็น   ·   ขาดหลักฐาน {missing}").format(
            done=count.done, total=count.total, missing=count.without_evidence
        )
        self._progress.setText(thai_digits(words))
        self._zoom.show()

    def show_printing(self, page: int, pages: int) -> None:
        """A print on its way to the printer; a click stops it."""
        words = self.tr("กำลังพิมพ์หน้า {page} จาก {pages} · หยุด").format(page=page, pages=pages)
        self._printing.setText(thai_digits(words))
        self._printing.setAccessibleName(self._printing.text())
        self._printing.show()

    def end_printing(self) -> None:
        self._printing.hide()

    def show_zoom(self, zoom: float) -> None:
        self._zoom.setText(thai_digits(f"{round(zoom * 100)} %"))

    def _say(self, mark: str, words: str, tone: str = "") -> None:
        self._saved.setToolTip("")
        self._saved.setText(words)
        set_tone(self._saved, "bad" if tone == "bad" else "")
        self._mark.setVisible(bool(mark))
        self._drawn = (mark, tone)
        self._draw_mark()

    def _draw_mark(self, *_: object) -> None:
        mark, tone = self._drawn
        if mark:
            self._mark.setPixmap(icons.pixmap(mark, tone, 16, self.devicePixelRatioF()))
