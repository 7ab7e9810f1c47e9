"""The two rows above the printed pages: where we are, how large, of what, on which paper."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.exporting import SHIPPED_FONTS
from esa_desktop.ui import icons
from esa_desktop.ui.icons import icon
from esa_desktop.ui.paper_view import Fit
from esa_desktop.ui.segmented import SegmentedSwitch
from esa_desktop.ui.theme import set_role, theme_of

SHEET: Final = "sheet"
BOOK: Final = "book"
SCALES: Final = (0.75, 1.0, 1.25, 1.5, 2.0)
SPACING: Final = 8
SIDE: Final = 12


class PreviewBar(QFrame):
    """Only shows and asks; the pane decides."""

    page_wanted = Signal(int)
    """-1 or 1."""
    fit_chosen = Signal(object)
    """``width``, ``page`` or a scale."""
    scope_chosen = Signal(str)
    """`SHEET` or `BOOK`."""
    paper_chosen = Signal(str)
    """``landscape`` or ``portrait``."""
    font_chosen = Signal(str)
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._previous = self._tool("chevron-left", self.tr("หน้าก่อน"))
        self._next = self._tool("chevron-right", self.tr("หน้าถัดไป"))
        self._where = QLabel(self)
        self._where.setObjectName("previewPage")
        self._fit = self._make_fit()
        self._mark = QLabel(self)
        self._state = QLabel(self)
        self._state.setObjectName("previewState")
        set_role(self._state, "second")
        self._save = QPushButton(icon("pdf"), self.tr("บันทึกเป็น PDF"), self)
        self._save.setAccessibleName(self._save.text())
        self._scope = SegmentedSwitch(
            self.tr("ส่วนที่แสดง"),
            {SHEET: self.tr("ตัวบ่งชี้นี้"), BOOK: self.tr("ทุกตัวบ่งชี้")},
            self,
        )
        self._paper = SegmentedSwitch(
            self.tr("กระดาษ"),
            {"landscape": self.tr("แนวนอน"), "portrait": self.tr("แนวตั้ง")},
            self,
        )
        self._fonts = QComboBox(self)
        self._fonts.addItems(list(SHIPPED_FONTS))
        self._fonts.setAccessibleName(self.tr("แบบอักษร"))
        self._fonts.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._fonts.setMinimumContentsLength(14)
        self._told = ("clock", "ink2", "")
        self._arrange()
        self._connect()
        self.show_page(0, 0)
        self.show_stale()

    # --- what is told -------------------------------------------------------------------------

    @property
    def scope(self) -> str:
        return self._scope.value

    def show_page(self, page: int, pages: int) -> None:
        words = self.tr("หน้า {page} จาก {pages}").format(page=page, pages=pages)
        self._where.setText(thai_digits(words) if pages else self.tr("ยังไม่มีหน้า"))
        self._previous.setEnabled(page > 1)
        self._next.setEnabled(page < pages)

    def show_options(self, options: PrintOptions) -> None:
        self._paper.set_value("landscape" if options.landscape else "portrait")
        with QSignalBlocker(self._fonts):
            if self._fonts.findText(options.font) < 0:
                self._fonts.addItem(options.font)
            self._fonts.setCurrentText(options.font)

    def offer_fonts(self, names: Sequence[str]) -> None:
        """The fonts of this computer; the chosen one stays, also where it is not among them."""
        chosen = self._fonts.currentText()
        with QSignalBlocker(self._fonts):
            self._fonts.clear()
            self._fonts.addItems([*names, *([] if chosen in names else [chosen])])
            self._fonts.setCurrentText(chosen)

    def show_scale(self, scale: float) -> None:
        """A scale that came from the wheel: shown in place of the named sizes."""
        with QSignalBlocker(self._fit):
            last = self._fit.count() - 1
            if self._fit.itemData(last) not in SCALES:
                self._fit.removeItem(last)
            place = self._fit.findData(scale)
            if place < 0:
                self._fit.addItem(_percent(scale), scale)
                place = self._fit.count() - 1
            self._fit.setCurrentIndex(place)

    def show_stale(self) -> None:
        self._tell("clock", "ink2", self.tr("กำลังจัดหน้าใหม่…"))

    def show_fresh(self) -> None:
        self._offer_saving("")
        self._tell("check", "good", self.tr("ตรงกับข้อความล่าสุด"))

    def show_nothing(self, why: str) -> None:
        """There is no page at all; ``why`` nothing can be saved."""
        self._tell("minus", "ink2", self.tr("ยังไม่มีหน้าพิมพ์"))
        self._offer_saving(why)

    def show_failed(self) -> None:
        self._offer_saving("")
        self._tell("octagon", "bad", self.tr("ยังจัดหน้าไม่ได้"))

    # --- inside -------------------------------------------------------------------------------

    def _offer_saving(self, why_not: str) -> None:
        self._save.setEnabled(not why_not)
        self._save.setToolTip(why_not)

    def _tool(self, name: str, words: str) -> QPushButton:
        button = QPushButton(icon(name), "", self)
        set_role(button, "tool")
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _make_fit(self) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("ขนาดที่แสดง"))
        box.addItem(self.tr("พอดีความกว้าง"), "width")
        box.addItem(self.tr("พอดีหน้า"), "page")
        for scale in SCALES:
            box.addItem(_percent(scale), scale)
        return box

    def _arrange(self) -> None:
        self._previous.setMinimumWidth(32)
        self._next.setMinimumWidth(32)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        left: tuple[QWidget, ...] = (self._previous, self._where, self._next, self._fit)
        right: tuple[QWidget, ...] = (self._mark, self._state, self._save)
        choices: tuple[QWidget, ...] = (self._scope, self._paper, self._fonts)
        for row, parts in ((upper, left), (upper, right), (lower, choices)):
            for part in parts:
                row.addWidget(part)
            if parts is not right:
                row.addStretch(1)
        line = QFrame(self)
        set_role(line, "rule")
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        for row in (upper, lower):
            row.setContentsMargins(SIDE, 0, SIDE, 0)
            row.setSpacing(SPACING)
            column.addLayout(row)
        column.addWidget(line)

    def _connect(self) -> None:
        self._previous.clicked.connect(lambda: self.page_wanted.emit(-1))
        self._next.clicked.connect(lambda: self.page_wanted.emit(1))
        self._fit.activated.connect(lambda place: self.fit_chosen.emit(self._fit.itemData(place)))
        self._scope.chosen.connect(self.scope_chosen)
        self._paper.chosen.connect(self.paper_chosen)
        self._fonts.textActivated.connect(self.font_chosen)
        self._save.clicked.connect(self.export_requested)
        theme = theme_of(QApplication.instance())
        if theme is not None:
            theme.changed.connect(self._draw_mark)

    def _tell(self, mark: str, color: str, words: str) -> None:
        if self._told == (mark, color, words):
            return
        self._told = (mark, color, words)
        self._state.setText(words)
        self._mark.setToolTip(words)
        self._mark.setAccessibleName(words)
        self._draw_mark()

    def _draw_mark(self, *_: object) -> None:
        mark, color, _words = self._told
        self._mark.setPixmap(icons.pixmap(mark, color, 18, self.devicePixelRatioF()))

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        """Without the words of the state: where they have no room the mark alone tells it."""
        upper = (self._previous, self._where, self._next, self._fit, self._mark, self._save)
        lower = (self._scope, self._paper, self._fonts)
        widths = [
            sum(part.minimumSizeHint().width() + SPACING for part in row) for row in (upper, lower)
        ]
        return QSize(max(widths) + 2 * SIDE, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        words = self._state.sizeHint().width() + SPACING
        self._state.setVisible(event.size().width() >= self.minimumSizeHint().width() + words)
        super().resizeEvent(event)


def _percent(scale: Fit | float) -> str:
    return thai_digits(f"{round(float(scale) * 100)} %")
