"""The bar above the framework desk: back, what the edition holds, files, and what happened last."""

from typing import Final

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.revision import FieldView
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.banner import Banner, BannerButton
from esa_desktop.ui.elided_label import ElidedLabel
from esa_desktop.ui.icons import icon
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.unsettled_banner import authors
from esa_desktop.ui.work_line import WorkLine

_EDGE: Final = 16
_GAP: Final = 8
_LEAST_COUNTS: Final = 120
"""Pixels in which the counts still say something."""
_LEAST: Final = 600
"""Pixels; whatever the words are, the window can be made smaller than they wish."""


class DeskBar(QWidget):
    wanted = Signal(str)
    """``import``, ``save``, ``template``, ``compare``, or ``heads``: the two sides of a conflict."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = QPushButton(icon("chevron-left"), self.tr("กลับไปกรอกข้อมูล"), self)
        self.back.setObjectName("leaveFrameworkDesk")
        self.back.setAccessibleName(self.back.text())
        set_role(self.back, "quiet")
        self._title = ElidedLabel(self)
        set_role(self._title, "heading")
        self._title.set_words(self.tr("ฉบับมาตรฐาน"))
        self._counts = ElidedLabel(self)
        set_role(self._counts, "second")
        self.problems = QPushButton(self)
        self.problems.setObjectName("showFrameworkProblems")
        self.problems.setCheckable(True)
        self.form = self._button(self.tr("แบบฟอร์ม Excel เปล่า…"), "template", "sheet")
        self.bring = self._button(self.tr("นำเข้า…"), "import", "download")
        self.save = self._button(self.tr("บันทึกเป็นไฟล์…"), "save", "save")
        self.more = QPushButton(icon("menu-dots"), "", self)
        self.more.setToolTip(self.tr("คำสั่งอื่นของฉบับมาตรฐาน"))
        self.more.setAccessibleName(self.more.toolTip())
        self._menu = self._make_menu()
        self.work = WorkLine(self)
        """What is said of files and of what was just done; the desk puts it at its foot."""
        self._banner = Banner(self)
        self._lay_out()
        self.more.clicked.connect(self._open_menu)

    def show_counts(self, words: str, problems: int) -> None:
        self._counts.set_words(words)
        few = self.tr("ควรตรวจ {0} จุด").format(problems) if problems else self.tr("ไม่พบสิ่งที่ควรแก้")
        self.problems.setText(thai_digits(few))
        self.problems.setAccessibleName(self.problems.text())
        self.problems.setIcon(icon("warning", "warn") if problems else icon("check", "good"))
        self._fit()

    def set_fixed(self, is_fixed: bool, is_read_only: bool) -> None:
        """Whether nothing can be changed, and if because the project is only read."""
        self.bring.setEnabled(not is_fixed)
        why = self.tr("ดูได้อย่างเดียว จึงนำเข้าไม่ได้") if is_fixed else ""
        self.bring.setToolTip(why)
        self._title.set_words(
            self.tr("ฉบับมาตรฐาน (ดูอย่างเดียว)") if is_read_only else self.tr("ฉบับมาตรฐาน")
        )
        self._fit()

    def show_conflict(self, view: FieldView | None) -> None:
        """Two laptops changed the edition: both are kept, and neither is written over here."""
        if view is None:
            self._banner.dismiss()
            return
        self._banner.say(
            "bad",
            self.tr("แก้ไขไม่ตรงกัน: {who} แก้ฉบับมาตรฐานต่างกัน").format(who=authors(view)),
            self.tr(
                "เก็บไว้ครบทั้งสองฉบับ ที่เห็นอยู่คือฉบับของ {who} ระหว่างนี้ดูและบันทึกเป็นไฟล์ได้ แต่ยังแก้ไขไม่ได้ จนกว่าจะรวมงานเสร็จ"
            ).format(who=view.heads[0].author),
            [BannerButton(self.tr("ดูว่าต่างกันตรงไหน"), lambda: self.wanted.emit("heads"))],
        )

    def _button(self, words: str, what: str, name: str) -> QPushButton:
        button = QPushButton(icon(name), words, self)
        button.setObjectName(f"framework-{what}")
        button.setAccessibleName(words)
        button.clicked.connect(lambda _: self.wanted.emit(what))
        return button

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for words, what in (
            (self.save.text(), "save"),
            (self.tr("เทียบกับฉบับที่มากับโปรแกรม…"), "compare"),
        ):
            action = menu.addAction(words)
            action.setObjectName(f"framework-menu-{what}")
            action.triggered.connect(lambda _=False, what=what: self.wanted.emit(what))
        return menu

    def _open_menu(self) -> None:
        """Its right edge below that of the button: the button stands at the window's edge."""
        below = self.more.mapToGlobal(self.more.rect().bottomRight())
        self._menu.popup(below - QPoint(self._menu.sizeHint().width(), -4))

    def _fit(self) -> None:
        """What is wanted first keeps its words where there is little room; saving goes to the menu."""
        shown = [self.back, self._title, self.problems, self.form, self.bring, self.save, self.more]
        wishes = sum(part.sizeHint().width() + _GAP for part in shown)
        narrow = wishes + _LEAST_COUNTS + 2 * _EDGE > self.width()
        self.save.setVisible(not narrow)
        self._counts.setVisible(not narrow)
        self._menu.actions()[0].setVisible(narrow)

    def _lay_out(self) -> None:
        bar = QFrame(self)
        set_role(bar, "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 6, _EDGE, 6)
        row.setSpacing(_GAP)
        row.addWidget(self.back)
        row.addSpacing(4)
        row.addWidget(self._title)
        row.addWidget(self._counts, 1)
        # Takes what the counts leave when they are hidden: else the buttons would grow.
        row.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))
        for button in (self.problems, self.form, self.bring, self.save, self.more):
            row.addWidget(button)
        line = QFrame(self)
        set_role(line, "rule")
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(line)
        column.addWidget(self._banner)

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
