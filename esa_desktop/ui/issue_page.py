"""The page of one issue: its two ticks, method and results, and the levels of its indicator."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.edits import Edit, SetField
from esa_desktop.domain.fields import Field, Kind, indicator_field, issue_field
from esa_desktop.domain.framework import Indicator, Issue
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.breadcrumb import Breadcrumb
from esa_desktop.ui.level_cards import LevelCards
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.unsettled_banner import UnsettledBanner
from esa_desktop.ui.verification import UnverifiedFlag
from esa_desktop.ui.writing_field import WritingField

NARROW: Final = 620
"""Pixels; below this width the ticks stand under the title."""
LOW: Final = 500
LOW_AND_NARROW: Final = 680
"""Pixels; below these heights the levels are digits only."""


SHORT_NAME: Final = 56
"""Letters of a name that fit beside the ticks on two lines of 14 pt."""


class _Fields(QSplitter):
    """Asks for little height, so that a low page is filled and only a very low one scrolls."""

    def sizeHint(self) -> QSize:  # Qt override
        return self.minimumSizeHint()


class IssuePage(QWidget):
    go_to = Signal(str)
    next_requested = Signal()
    files_dropped = Signal(list)
    framework_requested = Signal(str)
    """Id of the issue whose words are to be completed in the edition."""

    def __init__(
        self,
        editor: Editor,
        push: Callable[[Edit, str], None],
        push_done: Callable[[SetField, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self._editor = editor
        self._push = push
        self._push_done = push_done
        self._issue: Issue | None = None
        self._indicator: Indicator | None = None
        self._reason_step = ""
        self._compact = False
        self._room = QSize(830, 588)
        self._make_head()
        self.method = WritingField(
            self.tr("วิธีการดำเนินงาน"),
            "methodEditor",
            self.tr("เช่น แต่งตั้งคณะทำงานจากทุกกลุ่ม ประชุมทุกเดือน"),
            editor,
            push_done,
            self,
        )
        self.results = WritingField(
            self.tr("ผลการดำเนินงาน"),
            "resultsEditor",
            self.tr("เช่น มีคู่มือ ๒๔ เรื่อง ใช้แล้วในโรงเรียนนำร่องทุกแห่ง"),
            editor,
            push_done,
            self,
        )
        self.levels = LevelCards(self)
        self.levels.set_read_only(editor.is_read_only)
        self._lay_out()
        self._connect()

    def _make_head(self) -> None:
        self._breadcrumb = Breadcrumb(self)
        self._flag = UnverifiedFlag(self)
        self._next = QPushButton(self.tr("ประเด็นถัดไป  ›"))
        self._next.setObjectName("nextIssueButton")
        set_role(self._next, "crumb")
        self._title = QLabel()
        self._title.setObjectName("issueTitle")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._title, "title")
        self.acted_on = QCheckBox(self.tr("มีการดำเนินการ"))
        self.acted_on.setObjectName("actedOnBox")
        self.evidence_clear = QCheckBox(self.tr("หลักฐานชัดเจน"))
        self.evidence_clear.setObjectName("evidenceClearBox")
        self.evidence_clear.setToolTip(self.tr("ท่านเป็นผู้ตัดสินว่าหลักฐานชัดเจน การแนบไฟล์อย่างเดียวยังไม่นับ"))
        self._banner = UnsettledBanner(self)

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.addSpacing(-5)  # words of buttons stand where other words do
        place.addWidget(self._breadcrumb, 1)
        place.addWidget(self._flag)
        place.addWidget(self._next)
        place.addSpacing(-5)
        ticks = QHBoxLayout()
        ticks.setSpacing(12)
        ticks.addWidget(self.acted_on)
        ticks.addWidget(self.evidence_clear)
        ticks.addStretch()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(4)
        self._head.addWidget(self._title, 1)
        self._head.addLayout(ticks)
        self._fields = _Fields(Qt.Orientation.Vertical)
        self._fields.setChildrenCollapsible(False)
        self._fields.addWidget(self.method)
        self._fields.addWidget(self.results)
        self._fields.setSizes([300, 280])
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 2, 16, 4)
        column.setSpacing(4)
        column.addLayout(place)
        column.addLayout(self._head)
        column.addWidget(self._banner)
        column.addWidget(self._fields, 1)
        column.addWidget(self.levels)
        for before, after in pairwise(self.tab_stops()):
            QWidget.setTabOrder(before, after)

    def tab_stops(self) -> list[QWidget]:
        """What the Tab key comes by: what is filled in, in reading order; then what only helps."""
        ways = [*self._breadcrumb.findChildren(QPushButton), self._next]
        ticks = [self.acted_on, self.evidence_clear]
        texts = [self.method.edit, self.results.edit]
        room = [self.method.room_button, self.results.room_button]
        return [*ways, *ticks, *texts, *self.levels.tab_stops(), self._flag, *room]

    def _connect(self) -> None:
        self._breadcrumb.go_to.connect(self.go_to)
        self._next.clicked.connect(self.next_requested)
        self._flag.framework_requested.connect(self.framework_requested)
        self.levels.go_to.connect(self.go_to)
        self.levels.level_chosen.connect(self._choose_level)
        self.levels.reason_typing.connect(self._type_reason)
        self.levels.reason_finished.connect(self._finish_reason)
        self.acted_on.clicked.connect(lambda on: self._tick(Kind.ACTED_ON, on))
        self.evidence_clear.clicked.connect(lambda on: self._tick(Kind.EVIDENCE_CLEAR, on))
        for field in (self.method, self.results):
            field.files_dropped.connect(self.files_dropped)
            field.room_requested.connect(self._give_room)
        self.destroyed.connect(self._editor.subscribe(self._refresh))

    # --- showing ------------------------------------------------------------------------------

    def show_issue(self, issue: Issue) -> None:
        framework = self._editor.round.framework
        self.levels.finish()
        self._issue = issue
        self._indicator = framework.indicator_of(issue.id)
        above = thai_digits(framework.code_of(self._indicator.id))
        self._reason_step = self.tr("แก้เหตุผลประกอบ ตัวบ่งชี้ที่ {0}").format(above)
        code = thai_digits(framework.code_of(issue.id))
        self._breadcrumb.show_place(framework, issue)
        self._flag.show_for(issue)
        self._title.setText(f"{code}  {issue.name}")
        # The published names run up to 250 letters: at 14 pt they would take the room of the texts.
        set_role(self._title, "title" if len(issue.name) <= SHORT_NAME else "longTitle")
        year = self._editor.round.fiscal_year
        for kind, field, words in (
            (Kind.METHOD, self.method, self.tr("แก้วิธีการดำเนินงาน {0}")),
            (Kind.RESULTS, self.results, self.tr("แก้ผลการดำเนินงาน {0}")),
        ):
            field.bind(issue_field(year, issue.id, kind), words.format(code))
        self._show_ticks()
        self._show_levels()

    def finish(self) -> None:
        """End the visits to the texts and to the reason."""
        self.method.finish()
        self.results.finish()
        self.levels.finish()

    def set_compact(self, compact: bool) -> None:
        """Beside the preview there is room for the texts only."""
        self._compact = compact
        self.fit(self._room)

    def _show_ticks(self) -> None:
        if self._issue is None:
            return
        assessed = self._editor.round
        written = assessed.issue(self._issue.id)
        self.acted_on.setChecked(written.acted_on)
        self.evidence_clear.setChecked(written.evidence_clear)
        names = {Kind.ACTED_ON: self.acted_on, Kind.EVIDENCE_CLEAR: self.evidence_clear}
        fields = {
            issue_field(assessed.fiscal_year, self._issue.id, kind): box.text()
            for kind, box in names.items()
        }
        self._banner.show_views(
            [(fields[f], view) for f, view in assessed.unsettled.items() if f in fields]
        )

    def _show_levels(self) -> None:
        if self._issue is not None and self._indicator is not None:
            self.levels.show_indicator(self._indicator, self._editor.round, self._issue.id)

    def _refresh(self, fields: frozenset[Field]) -> None:
        if self._issue is None or self._indicator is None:
            return
        framework = self._editor.round.framework
        if any(field.kind is Kind.FRAMEWORK for field in fields):
            if not framework.has_node(self._issue.id):
                return  # the window goes elsewhere
            self.show_issue(framework.issue(framework.code_of(self._issue.id)))
            return
        owners = {field.owner for field in fields}
        if self._issue.id in owners:
            self._show_ticks()
        if self._indicator.id in owners or owners & {issue.id for issue in self._indicator.issues}:
            self._show_levels()

    # --- changing -----------------------------------------------------------------------------

    def _tick(self, kind: Kind, on: bool) -> None:
        if self._issue is None:
            return
        code = thai_digits(self._editor.round.framework.code_of(self._issue.id))
        words = {
            Kind.ACTED_ON: self.tr("ทำเครื่องหมายมีการดำเนินการ {0}"),
            Kind.EVIDENCE_CLEAR: self.tr("ทำเครื่องหมายหลักฐานชัดเจน {0}"),
        }
        field = issue_field(self._editor.round.fiscal_year, self._issue.id, kind)
        self._push(self._editor.change(field, on), words[kind].format(code))
        self._show_ticks()  # a change that was refused leaves the box as it was

    def _choose_level(self, level: int | None) -> None:
        if self._indicator is not None:
            field = self._of_indicator(self._indicator, Kind.LEVEL)
            code = thai_digits(self._editor.round.framework.code_of(self._indicator.id))
            words = self.tr("เลือกระดับ ตัวบ่งชี้ที่ {0}").format(code)
            self._push(self._editor.change(field, level), words)

    def _type_reason(self, reason: str) -> None:
        if self._indicator is not None:
            self._editor.type_value(self._of_indicator(self._indicator, Kind.REASON), reason)

    def _finish_reason(self) -> None:
        if self._indicator is None:
            return
        field = self._of_indicator(self._indicator, Kind.REASON)
        undone_by = self._editor.finish_typing(field)
        if undone_by is not None:
            self._push_done(undone_by, self._reason_step)

    def _of_indicator(self, indicator: Indicator, kind: Kind) -> Field:
        return indicator_field(self._editor.round.fiscal_year, indicator.id, kind)

    # --- room ---------------------------------------------------------------------------------

    def _give_room(self) -> None:
        """One text takes the height of the other and of the levels, or gives it back."""
        wanted = self.sender()
        whole = self.method.isVisibleTo(self) and self.results.isVisibleTo(self)
        for field in (self.method, self.results):
            field.setVisible(not whole or field is wanted)
            field.set_enlarged(whole)
        self.levels.setVisible(not whole)

    def fit(self, room: QSize) -> None:
        """Arrange the page for the size of its window, which may be lower than the page."""
        self._room = room
        narrow = room.width() < NARROW
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(down if narrow else across)
        low = room.height() < (LOW_AND_NARROW if narrow else LOW)
        self.levels.set_compact(self._compact or low)
