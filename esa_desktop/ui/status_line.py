"""The status bar: the honest "บันทึกแล้ว", who wrote last, progress, missing evidence and the zoom."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QStatusBar, QWidget

from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.thai import thai_date, thai_digits, thai_time
from esa_desktop.ui import icons
from esa_desktop.ui.elided_label import ElidedLabel
from esa_desktop.ui.theme import set_role, set_tone, theme_of

if TYPE_CHECKING:
    from esa_desktop.domain.assessment import AssessmentRound
    from esa_desktop.services.last_edit import LastEdit


class StatusLine(QStatusBar):
    zoom_reset = Signal()
    stop_printing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._mark = QLabel(self)
        self._saved = QLabel(self)
        self._saved.setObjectName("savedLabel")
        self._last = ElidedLabel(self)
        self._last.setObjectName("lastChangeLabel")
        set_role(self._last, "second")
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
        self._printing = self._make_printing()
        left = QWidget(self)
        row = QHBoxLayout(left)
        row.setContentsMargins(16, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self._saved)
        row.addSpacing(18)
        row.addWidget(self._last, 1)
        self.addWidget(left, 1)
        self.addPermanentWidget(self._printing)
        self.addPermanentWidget(self._progress)
        self.addPermanentWidget(self._zoom)
        self._drawn = ("", "")
        self._read_only = False
        theme = theme_of(QApplication.instance())
        if theme is not None:
            theme.changed.connect(self._draw_mark)
        self.show_zoom(1.0)
        self.show_nothing()

    def _make_printing(self) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName("printingLabel")
        button.setToolTip(self.tr("กดเพื่อหยุดพิมพ์"))
        set_role(button, "quiet")
        button.clicked.connect(self.stop_printing)
        button.hide()
        return button

    def show_nothing(self) -> None:
        """No project is open."""
        self._say("", "")
        self._last.set_words("")
        self._progress.clear()
        self._zoom.hide()

    def show_pending(self) -> None:
        """Something is typed that no COMMIT has acknowledged yet: no claim, and no spinner."""
        self._say("", self.tr("กำลังบันทึก"))

    def show_saved(self, moment: datetime) -> None:
        if not self._read_only:
            self._say("check", self.tr("บันทึกแล้ว") + f" {thai_time(moment)}", "good")

    def show_trouble(self, error: StorageError) -> None:
        self._say("octagon", self.tr("ยังบันทึกไม่ได้ ข้อความยังอยู่ครบ"), "bad")
        self._saved.setToolTip(error.sentence)

    def set_read_only(self, read_only: bool) -> None:
        """Whether the project can be changed at all: one that cannot is never "saved"."""
        self._read_only = read_only
        self._say("", self.tr("เปิดดูอย่างเดียว") if read_only else "")

    def show_last_edit(self, edit: "LastEdit") -> None:
        """Who wrote last in this project, and when: short in the line, whole in its tooltip."""
        when, whole = _moments(edit.time)
        who = self.tr("แก้ล่าสุดโดย {0}").format(edit.author)
        self._last.set_words(f"{who} {self.tr('เมื่อ')} {when}" if when else who)
        where = self.tr("ที่เครื่อง {0}").format(edit.computer) if edit.computer else ""
        at = f"{self.tr('เมื่อ')} {whole}" if whole else ""
        self._last.set_explanation(" ".join(filter(None, (who, at, where))))

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


def _moments(time: str) -> tuple[str, str]:
    """The time of a revision here, short and whole: of today the hour, else the date.

    Empty where it is no time: clocks of others may say anything.
    """
    try:
        moment = datetime.fromisoformat(time).astimezone()
        day, hour = thai_date(moment.date(), short=True), thai_time(moment)
    except (ValueError, OverflowError, OSError):
        return "", ""
    is_today = moment.date() == datetime.now(UTC).astimezone().date()
    return hour if is_today else day, f"{day} {hour}"
