"""An indicator without issues on the page where others list theirs: what it asks for, and its level."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from esa_desktop.domain.edits import Edit, SetField
from esa_desktop.domain.fields import Field, Kind, indicator_field
from esa_desktop.domain.framework import Indicator, IndicatorType
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.indicator_input import IndicatorInput
from esa_desktop.ui.level_cards import LevelCards
from esa_desktop.ui.theme import set_role


class IndicatorEntry(QScrollArea):
    """The same fields as on the tab ความเห็นและข้อเสนอแนะ, where its text is written."""

    def __init__(
        self,
        editor: Editor,
        push: Callable[[Edit, str], None],
        push_done: Callable[[SetField, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._push = push
        self._push_done = push_done
        self._indicator: Indicator | None = None
        page = QWidget()
        set_role(page, "page")
        self.about = wrapping_label("", "quiet")
        self.input = IndicatorInput(editor, push, push_done, page)
        self.levels = LevelCards(page)
        self.levels.set_read_only(editor.is_read_only)
        self.lead_in = QLabel()
        self.lead_in.setWordWrap(True)
        self.lead_in.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.lead_in, self.input, self.levels, self.about):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.levels.level_chosen.connect(self._choose_level)
        self.levels.reason_typing.connect(self._type_reason)
        self.levels.reason_finished.connect(self._finish_reason)

    def show_indicator(self, indicator: Indicator) -> None:
        if self._indicator is not None and self._indicator.id != indicator.id:
            self.finish()
        self._indicator = indicator
        self.lead_in.setText(indicator.lead_in)
        self.lead_in.setVisible(bool(indicator.lead_in))
        self.input.show_indicator(indicator)
        self.levels.show_indicator(indicator, self._editor.round)
        self.about.setText(self._advice(indicator))

    def finish(self) -> None:
        """End the visits to the value and to the reason."""
        self.input.finish()
        self.levels.finish()

    def _advice(self, indicator: Indicator) -> str:
        if indicator.type is IndicatorType.EVIDENCE_LADDER:
            return self.tr("ฉบับมาตรฐานนี้ยังไม่มีประเด็นการพิจารณาของตัวบ่งชี้นี้")
        return self.tr("ตัวบ่งชี้นี้ไม่มีประเด็นการพิจารณา เขียนข้อความได้ที่แท็บ “ความเห็นและข้อเสนอแนะ”")

    # --- changing -----------------------------------------------------------------------------

    def _choose_level(self, level: int | None) -> None:
        if self._indicator is not None:
            words = self.tr("เลือกระดับ ตัวบ่งชี้ที่ {0}").format(self._code(self._indicator))
            edit = self._editor.change(self._field(self._indicator, Kind.LEVEL), level)
            self._push(edit, words)

    def _type_reason(self, reason: str) -> None:
        if self._indicator is not None:
            self._editor.type_value(self._field(self._indicator, Kind.REASON), reason)

    def _finish_reason(self) -> None:
        if self._indicator is None:
            return
        undone_by = self._editor.finish_typing(self._field(self._indicator, Kind.REASON))
        if undone_by is not None:
            code = self._code(self._indicator)
            self._push_done(undone_by, self.tr("แก้เหตุผลประกอบ ตัวบ่งชี้ที่ {0}").format(code))

    def _field(self, indicator: Indicator, kind: Kind) -> Field:
        return indicator_field(self._editor.round.fiscal_year, indicator.id, kind)

    def _code(self, indicator: Indicator) -> str:
        return thai_digits(self._editor.round.framework.code_of(indicator.id))
