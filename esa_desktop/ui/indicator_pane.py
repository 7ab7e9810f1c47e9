"""The tab ความเห็นและข้อเสนอแนะ: what is said of an indicator as a whole, level and reason."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from esa_desktop.domain.edits import Edit, SetField
from esa_desktop.domain.fields import Field, Kind, indicator_field
from esa_desktop.domain.framework import Indicator
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.breadcrumb import Breadcrumb
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
        self._indicator: Indicator | None = None
        self._page = QWidget()
        set_role(self._page, "page")
        self._breadcrumb = Breadcrumb(self._page)
        self._flag = UnverifiedFlag(self._page)
        self._title = QLabel()
        self._title.setObjectName("indicatorTitle")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._title, "title")
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
        self.levels = LevelCards(self._page, with_reason=False)
        self._banner = UnsettledBanner(self._page)
        self.reason = ReasonEdit(self._page)
        self.table = JudgementTable(editor, push, self._page)
        self._lay_out()
        self._connect()

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
        column.addWidget(self.suggestions, 1)
        column.addWidget(self._banner)
        column.addWidget(self.levels)
        column.addLayout(reason)
        column.addWidget(self.table)
        scroll = _Scroll(self)
        scroll.setWidget(self._page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _connect(self) -> None:
        self._breadcrumb.go_to.connect(self.go_to)
        self.table.go_to.connect(self.go_to)
        self.levels.go_to.connect(self.go_to)
        self.levels.level_chosen.connect(self._choose_level)
        self.reason.written.connect(self._write_reason)
        self.suggestions.files_dropped.connect(self.files_dropped)
        self.destroyed.connect(self._editor.subscribe(self._refresh))

    # --- showing ------------------------------------------------------------------------------

    def show_indicator(self, indicator_id: str) -> None:
        """Ends the visits to the texts of the indicator before."""
        self.leave()
        framework = self._editor.round.framework
        indicator = framework.indicator(framework.code_of(indicator_id))
        self._indicator = indicator
        code = thai_digits(framework.code_of(indicator.id))
        self._breadcrumb.show_place(framework, indicator)
        self._flag.show_for(indicator)
        self._title.setText(self.tr("ตัวบ่งชี้ที่ {0}  {1}").format(code, indicator.name))
        field = indicator_field(self._editor.round.fiscal_year, indicator.id, Kind.SUGGESTIONS)
        self.suggestions.bind(field, self.tr("แก้ความเห็นและข้อเสนอแนะ {0}").format(code))
        self.table.show_indicator(indicator)
        self._show_level()

    def leave(self) -> None:
        """End the visits to the suggestions and to the reason."""
        self.suggestions.finish()
        self.reason.finish()

    def editors(self) -> tuple[RichTextEdit, ...]:
        return (self.suggestions.edit,)

    def _show_level(self) -> None:
        if self._indicator is None:
            return
        assessed = self._editor.round
        self.levels.show_indicator(self._indicator, assessed)
        self.reason.show_reason(assessed.indicator(self._indicator.id).reason)
        names = {Kind.LEVEL: self.tr("ระดับที่ประเมินตนเอง"), Kind.REASON: self.tr("เหตุผลประกอบ")}
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
            if framework.has_node(self._indicator.id):
                self.show_indicator(self._indicator.id)
            return
        owners = {field.owner for field in fields}
        concerned = owners & {issue.id for issue in self._indicator.issues}
        if concerned:
            self.table.refresh()
        if concerned or self._indicator.id in owners:
            self._show_level()

    # --- changing -----------------------------------------------------------------------------

    def _choose_level(self, level: int | None) -> None:
        self._set(Kind.LEVEL, level, self.tr("เลือกระดับ ตัวบ่งชี้ที่ {0}"))

    def _write_reason(self, reason: str) -> None:
        self._set(Kind.REASON, reason, self.tr("แก้เหตุผลประกอบ ตัวบ่งชี้ที่ {0}"))

    def _set(self, kind: Kind, value: object, words: str) -> None:
        if self._indicator is None:
            return
        code = thai_digits(self._editor.round.framework.code_of(self._indicator.id))
        field = indicator_field(self._editor.round.fiscal_year, self._indicator.id, kind)
        self._push(self._editor.change(field, value), words.format(code))
