"""The tab ภาพรวม: three figures, the levels as bars, completeness, and what would raise a level."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.fields import Field
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.card_button import CardButton
from esa_desktop.ui.dashboard_delegates import DoneDelegate, GainDelegate, LevelAxis, LevelDelegate
from esa_desktop.ui.dashboard_rows import (
    LevelRow,
    done_rows,
    figures,
    gain_rows,
    level_rows,
    total_words,
)
from esa_desktop.ui.mark import Mark
from esa_desktop.ui.row_list import RowList
from esa_desktop.ui.score_dialog import ScoreDialog
from esa_desktop.ui.theme import set_role

NARROW: Final = 720
VERY_NARROW: Final = 600
"""Pixels; below these widths the cards, and the figures too, stand below each other."""


class FigureCard(QFrame):
    """A large number with what it counts; its mark says whether there is something to do."""

    def __init__(self, icon_name: str, color: str, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._number = QLabel()
        set_role(self._number, "figure")
        self._of = QLabel()
        self._about = QLabel(about)
        set_role(self._about, "second")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._of)
        words.addWidget(self._about)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(14)
        self._look = (icon_name, color)
        self.mark = Mark(icon_name, color, 28)
        row.addWidget(self.mark)
        row.addWidget(self._number)
        row.addLayout(words)
        row.addStretch(1)

    @property
    def text(self) -> str:
        return f"{self._number.text()} {self._of.text()} {self._about.text()}"

    def show_figure(self, number: int, of: str, *, at_none: tuple[str, str]) -> None:
        """``at_none``: name and colour of the mark for 0: none done is no tick, none missing is one."""
        self.mark.show_icon(*(self._look if number else at_none))
        self._number.setText(thai_digits(number))
        self._of.setText(of)
        self.setAccessibleName(self.text)


class TotalButton(CardButton):
    """The score of the whole, or why there is none; leads to how it is reckoned."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("card", parent, margin_y=4)
        self.setObjectName("totalButton")
        self._total = self.words("")
        self._total.setObjectName("totalLabel")
        self._how = self.words(self.tr("ดูวิธีคิด"), "link", wraps=False)
        mark = Mark("chevron-right", "accent", 16)
        mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.row.addWidget(self._total, 1)
        self.row.addWidget(self._how)
        self.row.addWidget(mark)

    @property
    def total(self) -> str:
        return self._total.text()

    def show_total(self, words: str) -> None:
        self._total.setText(words)
        self.setAccessibleName(f"{words} {self._how.text()}")
        self.updateGeometry()


class DashboardPane(QWidget):
    """Redraws while it is seen; what changes behind its back is caught up when it is shown."""

    go_to = Signal(str)
    """Id of the standard, indicator or issue a row leads to."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._page = QWidget()
        set_role(self._page, "page")
        self.total = TotalButton(self._page)
        self.total.clicked.connect(lambda: self._explain(""))
        self.complete = FigureCard("complete", "good", self.tr("กรอกครบแล้ว"), self._page)
        self.bare = FigureCard("warning", "warn", self.tr("ยังไม่มีหลักฐาน"), self._page)
        self.unchosen = FigureCard("circle", "accent", self.tr("ยังไม่เลือกระดับ"), self._page)
        self.levels = RowList(LevelDelegate(), self.tr("ระดับที่ประเมินตนเอง รายตัวบ่งชี้"))
        self.done = RowList(DoneDelegate(), self.tr("ความครบถ้วน"))
        self.gains = RowList(GainDelegate(), self.tr("ทำเพิ่มอีกนิด ระดับจะสูงขึ้น"))
        self._no_gains = QLabel(
            self.tr("เมื่อระบุว่ามีการดำเนินการครบทุกประเด็นของตัวบ่งชี้แล้ว จะเห็นที่นี่ว่าทำอะไรเพิ่มระดับจึงสูงขึ้น")
        )
        self._no_gains.setWordWrap(True)
        self._no_gains.setContentsMargins(8, 0, 8, 0)
        self._no_gains.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._no_gains.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding
        )
        set_role(self._no_gains, "second")
        self._lay_out()
        for rows in (self.done, self.gains):
            rows.go_to.connect(self.go_to)
        self.levels.chosen.connect(self._choose_level_row)
        self.levels.viewport().installEventFilter(self)
        self.destroyed.connect(editor.subscribe(self._refresh))

    def _lay_out(self) -> None:
        self._figures = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._figures.setSpacing(10)
        for card in (self.complete, self.bare, self.unchosen):
            self._figures.addWidget(card, 1)
        self._axis = LevelAxis(self.levels.viewport())
        chart = self._card(self.levels.accessibleName(), self._axis, self.levels)
        self.levels.setMinimumHeight(220)
        side = QVBoxLayout()
        side.setSpacing(10)
        side.addWidget(self._card(self.done.accessibleName(), self.done))
        gains = self._card(self.gains.accessibleName(), self._no_gains, self.gains)
        side.addWidget(gains, 1)
        self.gains.setMinimumHeight(96)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(10)
        self._body.addWidget(chart, 2)
        self._body.addLayout(side, 1)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.total)
        column.addLayout(self._figures)
        column.addLayout(self._body, 1)
        scroll = QScrollArea(self)
        scroll.setWidget(self._page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _card(self, title: str, *parts: QWidget) -> QFrame:
        card = QFrame(self._page)
        set_role(card, "card")
        heading = QLabel(title)
        heading.setContentsMargins(8, 0, 8, 0)
        set_role(heading, "heading")
        column = QVBoxLayout(card)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(2)
        column.addWidget(heading)
        for part in parts:
            column.addWidget(part, 1 if part is parts[-1] else 0)
        return card

    def refresh(self) -> None:
        """Count the round anew."""
        assessed = self._editor.round
        counted = figures(assessed)
        of_issues = self.tr("จาก {0} ประเด็น").format(thai_digits(counted.issues))
        todo = ("circle", "ink2")
        done = ("complete", "good") if counted.issues else todo
        self.complete.show_figure(counted.complete, of_issues, at_none=todo)
        self.bare.show_figure(counted.without_evidence, self.tr("ประเด็น"), at_none=done)
        self.unchosen.show_figure(counted.without_level, self.tr("ตัวบ่งชี้"), at_none=done)
        self.total.show_total(total_words(assessed))
        self.levels.rows.set_rows(level_rows(assessed))
        self.done.rows.set_rows(done_rows(assessed))
        self.done.setFixedHeight(min(self.done.content_height(300), 4 * 46) + 2)
        gains = gain_rows(assessed)
        self.gains.rows.set_rows(gains)
        self.gains.setVisible(bool(gains))
        self._no_gains.setVisible(not gains)

    def _choose_level_row(self, row: LevelRow) -> None:
        if row.is_heading:
            self._explain(row.target)
        else:
            self.go_to.emit(row.target)

    def _explain(self, standard_id: str) -> None:
        """The sum of a score; with ``""`` of the whole."""
        dialog = ScoreDialog(self._editor.round, standard_id, self.window())
        dialog.go_to.connect(self.go_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _refresh(self, _fields: frozenset[Field]) -> None:
        if self.isVisible():
            self.refresh()

    # Qt's names from here on.
    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(down if self.width() < NARROW else across)
        self._figures.setDirection(down if self.width() < VERY_NARROW else across)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._axis.update()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(820, 560)
