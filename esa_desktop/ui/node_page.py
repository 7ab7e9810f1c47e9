"""The page of a standard or an indicator: what belongs to it, how far it is, and a way to each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from esa_desktop.domain.assessment import AssessmentRound, Status
from esa_desktop.domain.edits import Edit, SetField
from esa_desktop.domain.fields import Field
from esa_desktop.domain.framework import Indicator, IndicatorType, Standard
from esa_desktop.domain.measured import measured_words
from esa_desktop.domain.rubric import works_words
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui import painting
from esa_desktop.ui.breadcrumb import Breadcrumb
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.indicator_entry import IndicatorEntry
from esa_desktop.ui.row_list import Row, RowDelegate, RowList
from esa_desktop.ui.status_words import status_word
from esa_desktop.ui.theme import SECOND, interface_font, set_role
from esa_desktop.ui.verification import UnverifiedFlag, flag_of, flagged

ENTERED: Final = (IndicatorType.THRESHOLD, IndicatorType.RANKED_WORKS)
"""Types of which something is entered besides issues."""
_BESIDE: Final = 46
"""Pixels of the page that are not the list's: margins and the card's edge."""


@dataclass(frozen=True, slots=True)
class NodeRow(Row):
    code: str
    name: str
    status: str
    """Of an issue; empty for an indicator."""
    words: str
    """How far it is."""
    level: str
    """Digit of an indicator's level, ``–`` where none is chosen; empty for an issue."""
    flag: str
    """That the name is not verified; empty where it is."""


class _NodeDelegate(RowDelegate[NodeRow]):
    """Mark, code and name at the left with the flag below, the state in words at the right."""

    _STATE = 224

    def _lines(self, row: NodeRow, width: float) -> list[str]:
        room = width - 44 - self._STATE - 16
        return painting.wrapped(f"{row.code}  {row.name}", interface_font(), room)

    def row_height(self, row: NodeRow, width: int) -> int:
        height = len(self._lines(row, width)) * painting.pitch(interface_font())
        if row.flag:
            height += painting.pitch(interface_font(SECOND))
        return max(40, round(height) + 14)

    def paint_row(self, painter: QPainter, box: QRectF, row: NodeRow) -> None:
        palette = painting.colors()
        middle = box.center().y()
        if row.status:
            painting.draw_status(painter, QPointF(box.x() + 14, middle - 9), row.status)
        else:
            badge = QRectF(box.x() + 10, middle - 13, 26, 26)
            font = interface_font(semibold=True)
            painting.draw_badge(painter, badge, row.level, font, filled=False)
        self._paint_name(painter, box, row)
        state = QRectF(box.right() - self._STATE - 12, box.y(), self._STATE, box.height())
        painting.draw_line(
            painter,
            state.adjusted(0, 0, -24, 0),
            row.words,
            interface_font(SECOND),
            palette.ink2,
            painting.RIGHT,
        )
        painting.draw_icon(
            painter, QPointF(state.right() - 16, middle - 8), "chevron-right", "ink2", 16
        )

    def _paint_name(self, painter: QPainter, box: QRectF, row: NodeRow) -> None:
        """The lines of the name and of the flag, together in the middle of ``box``."""
        palette = painting.colors()
        lines = self._lines(row, box.width())
        words = QRectF(box.x() + 44, box.y(), box.width() - 60 - self._STATE, box.height())
        if row.flag:
            font = interface_font(SECOND)
            step = painting.pitch(font)
            middle = words.center().y() + len(lines) * painting.pitch(interface_font()) / 2
            below = QRectF(words.x(), middle - step / 2, words.width(), step)
            painting.draw_line(painter, below, row.flag, font, palette.warn)
            words.translate(0, -step / 2)
        painting.draw_lines(painter, words, lines, interface_font(), palette.ink)


class NodePage(QWidget):
    go_to = Signal(str)
    framework_requested = Signal(str)
    """Id of the node somebody wants to complete in the edition."""
    entry_made = Signal(object)
    """The `IndicatorEntry`, when the first indicator without issues is shown."""

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
        self._make_entry = partial(IndicatorEntry, editor, push, push_done, self)
        self._entry: IndicatorEntry | None = None
        self._node: Standard | Indicator | None = None
        self._breadcrumb = Breadcrumb(self)
        self._title = QLabel()
        self._title.setObjectName("nodeTitle")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._title, "title")
        self._about = QLabel()
        set_role(self._about, "second")
        self._flag = UnverifiedFlag(self)
        self._card = QFrame()
        set_role(self._card, "card")
        self.list = RowList(_NodeDelegate(), self.tr("รายการในหัวข้อนี้"), self)
        self.list.setObjectName("childrenList")
        self._empty = EmptyState("book", self)
        self._empty.hide()
        self._lay_out()
        self._breadcrumb.go_to.connect(self.go_to)
        self._empty.button.clicked.connect(self._ask_for_framework)
        self._flag.framework_requested.connect(self.framework_requested)
        self.list.go_to.connect(self.go_to)
        self.destroyed.connect(editor.subscribe(self._refresh))

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 2, 16, 16)
        column.setSpacing(4)
        place = QHBoxLayout()
        place.addSpacing(-5)  # words of buttons stand where other words do
        place.addWidget(self._breadcrumb)
        column.addLayout(place)
        column.addWidget(self._title)
        about = QHBoxLayout()
        about.setSpacing(16)
        about.addWidget(self._about)
        about.addWidget(self._flag)
        about.addStretch()
        column.addLayout(about)
        column.addWidget(self._card, 1000)
        column.addWidget(self._empty, 1000)
        column.addStretch(1)
        self._column = column

    def entry(self) -> IndicatorEntry:
        """For indicators without issues; made when the first of them is shown."""
        if self._entry is None:
            self._entry = self._make_entry()
            self._column.insertWidget(self._column.indexOf(self._empty), self._entry, 1000)
            stops = self._entry.findChildren(QWidget)
            last = [stop for stop in stops if stop.focusPolicy() & Qt.FocusPolicy.TabFocus][-1:]
            for stop in last:
                QWidget.setTabOrder(stop, self._flag)  # what is typed comes first
            self.entry_made.emit(self._entry)
        return self._entry

    def _ask_for_framework(self) -> None:
        if self._node is not None:
            self.framework_requested.emit(self._node.id)

    def finish(self) -> None:
        """End the visits to what is typed here."""
        if self._entry is not None:
            self._entry.finish()

    def show_node(self, node: Standard | Indicator) -> None:
        self._node = node
        framework = self._editor.round.framework
        is_standard = isinstance(node, Standard)
        grade = self.tr("มาตรฐานที่ {0}") if is_standard else self.tr("ตัวบ่งชี้ที่ {0}")
        code = thai_digits(framework.code_of(node.id))
        self._breadcrumb.show_place(framework, node)
        self._breadcrumb.setVisible(not is_standard)
        self._title.setText(f"{grade.format(code)}  {node.name}")
        self._flag.show_for(node)
        rows = node_rows(self._editor.round, node)
        self.list.rows.set_rows(rows)
        self._fit()
        self._card.setVisible(bool(rows))
        self._empty.setVisible(not rows and is_standard)
        self._empty.say(
            self.tr("ยังไม่มีตัวบ่งชี้"),
            self.tr("เพิ่มตัวบ่งชี้และประเด็นของมาตรฐานนี้ได้ในหน้าฉบับมาตรฐาน"),
            self.tr("เพิ่มในฉบับมาตรฐาน"),
        )
        if isinstance(node, Indicator) and not rows:
            self.entry().show_indicator(node)
            self.entry().show()
        elif self._entry is not None:
            self._entry.hide()
        self._about.setText(done_words(self._editor.round, node))
        self._about.setVisible(bool(rows) or is_standard)

    def _fit(self) -> None:
        """The card ends below its last row."""
        height = self.list.content_height(max(self.width() - _BESIDE, 320))
        self._card.setMaximumHeight(height + 18)

    # Qt override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _refresh(self, _fields: frozenset[Field]) -> None:
        framework = self._editor.round.framework
        if self._node is None or not self.isVisible() or not framework.has_node(self._node.id):
            return
        node = framework.node(framework.code_of(self._node.id))
        if isinstance(node, Standard | Indicator):
            self.show_node(node)


def node_rows(assessed: AssessmentRound, node: Standard | Indicator) -> list[NodeRow]:
    """The children of a node in printed order."""
    rows: list[NodeRow] = []
    code_of = assessed.framework.code_of
    if isinstance(node, Indicator):
        for issue in node.issues:
            status = _status(assessed, issue.id)
            words, code = status_word(status), thai_digits(code_of(issue.id))
            spoken = flagged(f"{code} {issue.name} · {words}", issue)
            flag = flag_of(issue)
            rows.append(NodeRow(issue.id, spoken, code, issue.name, status, words, "", flag))
        return rows
    for indicator in node.indicators:
        level = assessed.indicator(indicator.id).level
        badge = thai_digits(level) if level else "–"
        words, code = done_words(assessed, indicator), thai_digits(code_of(indicator.id))
        spoken = f"{code} {indicator.name} · {level_words(level)} · {words}"
        spoken, flag = flagged(spoken, indicator), flag_of(indicator)
        rows.append(NodeRow(indicator.id, spoken, code, indicator.name, "", words, badge, flag))
    return rows


def _status(assessed: AssessmentRound, issue_id: str) -> str:
    conflict = any(
        field.owner == issue_id and view.state == "conflict"
        for field, view in assessed.unsettled.items()
    )
    return "conflict" if conflict else assessed.status(issue_id).value


def level_words(level: int | None) -> str:
    """``ระดับ ๔``, or that none is chosen."""
    words = QCoreApplication.translate("NodePage", "ระดับ {0}")
    unknown = QCoreApplication.translate("NodePage", "ยังไม่ระบุ")
    return words.format(thai_digits(level)) if level else unknown


def done_words(assessed: AssessmentRound, node: Standard | Indicator) -> str:
    """``กรอกครบแล้ว ๓ จาก ๔ ประเด็น``."""
    indicators = node.indicators if isinstance(node, Standard) else (node,)
    states = [assessed.status(issue.id) for i in indicators for issue in i.issues]
    done = states.count(Status.COMPLETE)
    words = status_word(Status.COMPLETE.value)
    if isinstance(node, Indicator) and not node.issues:
        return entered_words(assessed, node)
    counted = QCoreApplication.translate("NodePage", "{0} {1} จาก {2} ประเด็น")
    return thai_digits(counted.format(words, done, len(states)))


def entered_words(assessed: AssessmentRound, indicator: Indicator) -> str:
    """What was entered for an indicator that has no issues."""
    written = assessed.indicator(indicator.id)
    if indicator.type is IndicatorType.THRESHOLD:
        value = measured_words(written.measured, indicator.rubric.unit)
        unknown = QCoreApplication.translate("NodePage", "ยังไม่ได้กรอกค่าที่วัดได้")
        return value if written.measured else unknown
    if indicator.type is IndicatorType.RANKED_WORKS:
        return works_words(len(written.works), indicator.works)
    # Nothing is entered but words.
    return QCoreApplication.translate("NodePage", "ไม่มีประเด็นการพิจารณา")
