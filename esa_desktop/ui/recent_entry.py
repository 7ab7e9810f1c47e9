"""One line of the list of recent projects: whose, which year, how far, where, and when."""

from datetime import date, datetime, timedelta
from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from esa_desktop.domain.thai import thai_date, thai_digits, thai_time
from esa_desktop.ui.card_button import CardButton, Mark
from esa_desktop.ui.icons import icon
from esa_desktop.ui.preferences import RecentProject
from esa_desktop.ui.theme import set_role


class Found(Enum):
    """Whether the folder is there; a drive of the network may take its time to say."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


class RecentEntry(QFrame):
    chosen = Signal()
    removed = Signal()

    def __init__(self, project: RecentProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.found = Found.UNKNOWN
        self._card = CardButton("entry", self, margin_y=8)
        self._card.clicked.connect(self.chosen)
        self.setFocusProxy(self._card)
        self._remove = QPushButton(icon("close"), "", self)
        set_role(self._remove, "tool")
        self._remove.setAutoDefault(True)
        name = self.tr("นำ {office} ปี {year} ออกจากรายการ").format(
            office=project.office, year=thai_digits(project.fiscal_year)
        )
        self._remove.setToolTip(self.tr("นำออกจากรายการ (ไม่ลบงาน)"))
        self._remove.setAccessibleName(name)
        self._remove.clicked.connect(self.removed)
        self._mark = Mark("circle", "ink2", 18)
        self._state = self._card.words("", "second", wraps=False)
        self._arrange()
        self.show_found(Found.UNKNOWN)

    def show_found(self, found: Found) -> None:
        self.found = found
        mark, color, words = self._told()
        self._mark.show_mark(mark, color)
        self._mark.setVisible(bool(words))
        self._state.setText(words)
        lines = [
            self.project.office,
            self.tr("ปีงบประมาณ {year}").format(year=thai_digits(self.project.fiscal_year)),
            words,
            str(self.project.folder),
        ]
        self._card.setAccessibleName(", ".join(filter(None, lines)))

    def _told(self) -> tuple[str, str, str]:
        if self.found is Found.NO:
            return "warning", "warn", self.tr("ไม่พบโฟลเดอร์")
        done, total = self.project.done, self.project.total
        if not total:
            return "circle", "ink2", ""
        words = thai_digits(self.tr("{done} จาก {total} ประเด็น").format(done=done, total=total))
        if done >= total:
            return "complete", "good", words
        return ("half", "accent", words) if done else ("circle", "ink2", words)

    def _arrange(self) -> None:
        card, project = self._card, self.project
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        state = QHBoxLayout()
        state.setSpacing(6)
        state.addStretch(1)
        state.addWidget(self._mark)
        state.addWidget(self._state)
        year = self.tr("ปีงบประมาณ {year}").format(year=thai_digits(project.fiscal_year))
        when = card.words(told_moment(project.opened), "second", wraps=False)
        grid.addWidget(card.words(project.office, "heading"), 0, 0)
        grid.addLayout(state, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(card.words(year), 1, 0)
        grid.addWidget(when, 1, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(PathLabel(str(project.folder)), 2, 0, 1, 2)
        card.row.addLayout(grid, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 8, 1)
        row.setSpacing(4)
        row.addWidget(card, 1)
        row.addWidget(self._remove)


class PathLabel(QLabel):
    """A path in one line; its middle gives way, and the tooltip has it whole."""

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        set_role(self, "second")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(path)
        self.setText(path)

    def show_path(self, path: str) -> None:
        """Another one in its place."""
        self._path = path
        self.setToolTip(path)
        self._elide(self.width())
        self.updateGeometry()

    def _elide(self, width: int) -> None:
        room = width - 4
        self.setText(self.fontMetrics().elidedText(self._path, Qt.TextElideMode.ElideMiddle, room))

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._path) + 8
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._elide(event.size().width())
        super().resizeEvent(event)


def told_moment(utc: str, today: date | None = None) -> str:
    """``วันนี้ ๑๔.๓๒ น.``, ``เมื่อวาน …``, or the day; empty for what is no time."""
    try:
        moment = datetime.fromisoformat(utc).astimezone()
    except ValueError:
        return ""
    day = today or datetime.now().astimezone().date()
    if moment.date() == day:
        return f"วันนี้ {thai_time(moment)}"
    if moment.date() == day - timedelta(days=1):
        return f"เมื่อวาน {thai_time(moment)}"
    return thai_date(moment.date(), short=True)
