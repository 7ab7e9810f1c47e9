"""The tab ความเห็นและข้อเสนอแนะ: what is said of an indicator as a whole, level and reason."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.edits import Edit, SetField
from esa_desktop.domain.fields import READY, Field, Kind, indicator_field
from esa_desktop.domain.framework import Indicator
from esa_desktop.domain.richtext import EMPTY
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.breadcrumb import Breadcrumb
from esa_desktop.ui.indicator_input import IndicatorInput
from esa_desktop.ui.judgement_table import JudgementTable
from esa_desktop.ui.level_cards import LevelCards
from esa_desktop.ui.reason_edit import ReasonEdit
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.unsettled_banner import UnsettledBanner
from esa_desktop.ui.verification import UnverifiedFlag
from esa_desktop.ui.writing_field import WritingField


class _Scroll(QScrollArea):
    def sizeHint(self) -> QSize:  # Qt override
        return QSize(560, 400)


class IndicatorPane(QWidget):
    """``push`` takes an edit and the name of the step, ``push_done`` a finished visit to a text."""

    go_to = Signal(str)
    """Id of the node a link leads to."""
    files_dropped = Signal(list)
    framework_requested = Signal(str)
    """Id of the indicator whose words are to be completed in the edition."""

    def __init__(
        self,
        editor: Editor,
        push: Callable[[Edit, str], None],
        push_done: Callable[[SetField, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._push = push
        self._push_done = push_done
        self._indicator: Indicator | None = None
        self._reason_step = ""
        self._page = QWidget()
        set_role(self._page, "page")
        self._breadcrumb = Breadcrumb(self._page)
        self._flag = UnverifiedFlag(self._page)
        self._title = QLabel()
        self._title.setObjectName("indicatorTitle")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._title, "title")
        self._hint = QLabel(
            self.tr(
                "เลือกตัวบ่งชี้จากรายการทางซ้ายก่อน แล้วจึงเขียนความเห็นและข้อเสนอแนะ ถ้ามาตรฐานนี้ยังไม่มีตัวบ่งชี้ ให้เลือกมาตรฐานอื่น"
            )
        )
        self._hint.setObjectName("noIndicatorHint")
        self._hint.setWordWrap(True)
        set_role(self._hint, "second")
        self.suggestions = WritingField(
            self.tr("ความเห็นและข้อเสนอแนะ"),
            "suggestionsEditor",
            self.tr("เช่น ควรขยายคลังความรู้ไปยังโรงเรียนทุกแห่งภายในปีหน้า"),
            editor,
            push_done,
            self._page,
        )
        self.suggestions.edit.setMinimumHeight(120)
        self.suggestions.set_room_offered(False)
        self.input = IndicatorInput(editor, push, push_done, self._page)
        self.levels = LevelCards(self._page, with_reason=False)
        self.levels.set_read_only(editor.is_read_only)
        self._banner = UnsettledBanner(self._page)
        self.reason = ReasonEdit(self._page)
        self.reason.setReadOnly(editor.is_read_only)
        self.ready = QCheckBox(self.tr("พร้อมพิมพ์"), self._page)
        self.ready.setObjectName("readyBox")
        self._ready_words = QLabel(
            self.tr("ทำเครื่องหมายเมื่อตรวจแล้ว ตอนพิมพ์เลือกได้ว่าจะพิมพ์เฉพาะตัวบ่งชี้ที่พร้อม"), self._page
        )
        self._ready_words.setWordWrap(True)
        set_role(self._ready_words, "second")
        self.ready.setAccessibleDescription(self._ready_words.text())
        self.table = JudgementTable(editor, push, self._page)
        self._lay_out()
        self._connect()
        self._show_none()

    def _lay_out(self) -> None:
        reason = QHBoxLayout()
        reason.setSpacing(8)
        label = QLabel(self.tr("เหตุผลประกอบ"))
        label.setBuddy(self.reason)
        set_role(label, "heading")
        reason.addWidget(label)
        reason.addWidget(self.reason, 1)
        place = QHBoxLayout()
        place.addSpacing(-5)  # words of buttons stand where other words do
        place.addWidget(self._breadcrumb, 1)
        place.addWidget(self._flag)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(16, 2, 16, 12)
        column.setSpacing(6)
        column.addLayout(place)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self.suggestions, 1)
        column.addWidget(self._banner)
        column.addWidget(self.input)
        column.addWidget(self.levels)
        column.addLayout(reason)
        ready = QHBoxLayout()
        ready.setSpacing(12)
        ready.addWidget(self.ready)
        ready.addWidget(self._ready_words, 1)
        column.addLayout(ready)
        column.addWidget(self.table)
        scroll = _Scroll(self)
        scroll.setWidget(self._page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.setTabOrder(self.ready, self._flag)

    def _connect(self) -> None:
        self._breadcrumb.go_to.connect(self.go_to)
        self.table.go_to.connect(self.go_to)
        self._flag.framework_requested.connect(self.framework_requested)
        self.levels.go_to.connect(self.go_to)
        self.levels.level_chosen.connect(self._choose_level)
        self.ready.clicked.connect(self._mark_ready)
        self.reason.typing.connect(self._type_reason)
        self.reason.finished.connect(self._finish_reason)
        self.suggestions.files_dropped.connect(self.files_dropped)
        self.destroyed.connect(self._editor.subscribe(self._refresh))

    # --- showing ------------------------------------------------------------------------------

    def show_indicator(self, indicator_id: str | None) -> None:
        """Ends the visits to the texts of the indicator before; ``None``: there is none to show."""
        self.leave()
        if indicator_id is None:
            self._show_none()
            return
        framework = self._editor.round.framework
        indicator = framework.indicator(framework.code_of(indicator_id))
        self._indicator = indicator
        self._offer(is_chosen=True)
        code = thai_digits(framework.code_of(indicator.id))
        self._reason_step = self.tr("แก้เหตุผลประกอบ ตัวบ่งชี้ที่ {0}").format(code)
        self._breadcrumb.show_place(framework, indicator)
        self._flag.show_for(indicator)
        self._title.setText(self.tr("ตัวบ่งชี้ที่ {0}  {1}").format(code, indicator.name))
        field = indicator_field(self._editor.round.fiscal_year, indicator.id, Kind.SUGGESTIONS)
        self.suggestions.bind(field, self.tr("แก้ความเห็นและข้อเสนอแนะ {0}").format(code))
        self.table.show_indicator(indicator)
        self.table.setVisible(bool(indicator.issues))
        self._show_level()

    def _show_none(self) -> None:
        self._indicator = None
        self.input.show_indicator(None)
        self._offer(is_chosen=False)
        self._flag.hide()
        self._title.setText(self.tr("ยังไม่ได้เลือกตัวบ่งชี้"))
        self.suggestions.bind(None)
        self.suggestions.edit.set_text(EMPTY)
        self.suggestions.edit.clear_undo()
        self.reason.show_reason("")
        self._banner.show_views([])

    def _offer(self, *, is_chosen: bool) -> None:
        """Nothing can be written or ticked where it would belong to no indicator."""
        self._hint.setVisible(not is_chosen)
        self.reason.setEnabled(is_chosen)
        for part in (self._breadcrumb, self.levels, self.table, self.ready, self._ready_words):
            part.setVisible(is_chosen)

    def leave(self) -> None:
        """End the visits to the suggestions, to the reason and to a measured value."""
        self.suggestions.finish()
        self.reason.finish()
        self.input.finish()

    def editors(self) -> tuple[RichTextEdit, ...]:
        return (self.suggestions.edit,)

    def _show_level(self) -> None:
        if self._indicator is None:
            return
        assessed = self._editor.round
        self.input.show_indicator(self._indicator)
        self.levels.show_indicator(self._indicator, assessed)
        self.reason.show_reason(assessed.indicator(self._indicator.id).reason)
        self.ready.setChecked(assessed.indicator(self._indicator.id).is_ready)
        names = {
            Kind.LEVEL: self.tr("ระดับที่ประเมินตนเอง"),
            Kind.REASON: self.tr("เหตุผลประกอบ"),
            Kind.STATUS: self.ready.text(),
            Kind.MEASURED: self.tr("ค่าที่วัดได้"),
            Kind.WORKS: self.tr("ผลงานที่เสนอ"),
        }
        fields = {
            indicator_field(assessed.fiscal_year, self._indicator.id, kind): words
            for kind, words in names.items()
        }
        self._banner.show_views(
            [(fields[f], view) for f, view in assessed.unsettled.items() if f in fields]
        )

    def _refresh(self, fields: frozenset[Field]) -> None:
        if self._indicator is None:
            return
        framework = self._editor.round.framework
        if any(field.kind is Kind.FRAMEWORK for field in fields):
            here = self._indicator.id
            self.show_indicator(here if framework.has_node(here) else None)
            return
        owners = {field.owner for field in fields}
        concerned = owners & {issue.id for issue in self._indicator.issues}
        if concerned:
            self.table.refresh()
        if concerned or self._indicator.id in owners:
            self._show_level()

    # --- changing -----------------------------------------------------------------------------

    def _choose_level(self, level: int | None) -> None:
        if self._indicator is not None:
            field = self._field(self._indicator, Kind.LEVEL)
            code = thai_digits(self._editor.round.framework.code_of(self._indicator.id))
            words = self.tr("เลือกระดับ ตัวบ่งชี้ที่ {0}").format(code)
            self._push(self._editor.change(field, level), words)

    def _mark_ready(self, on: bool) -> None:
        if self._indicator is None:
            return
        field = self._field(self._indicator, Kind.STATUS)
        code = thai_digits(self._editor.round.framework.code_of(self._indicator.id))
        words = self.tr("ทำเครื่องหมายพร้อมพิมพ์ ตัวบ่งชี้ที่ {0}").format(code)
        self._push(self._editor.change(field, READY if on else ""), words)
        self._show_level()  # a change that was refused leaves the box as it was

    def _type_reason(self, reason: str) -> None:
        if self._indicator is not None:
            self._editor.type_value(self._field(self._indicator, Kind.REASON), reason)

    def _finish_reason(self) -> None:
        if self._indicator is None:
            return
        undone_by = self._editor.finish_typing(self._field(self._indicator, Kind.REASON))
        if undone_by is not None:
            self._push_done(undone_by, self._reason_step)

    def _field(self, indicator: Indicator, kind: Kind) -> Field:
        return indicator_field(self._editor.round.fiscal_year, indicator.id, kind)
