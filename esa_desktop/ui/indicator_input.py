"""What an indicator asks for besides its issues: a measured value, ranked works, or nothing."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esa_desktop.domain.edits import Edit, SetField
from esa_desktop.domain.fields import Field, Kind, indicator_field
from esa_desktop.domain.framework import Indicator, IndicatorType
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.measured_edit import MeasuredEdit
from esa_desktop.ui.works_edit import WorksEdit


class IndicatorInput(QWidget):
    """Hidden for indicators whose level words alone or the issues decide."""

    refused = Signal(object)

    def __init__(
        self,
        editor: Editor,
        push: Callable[[Edit, str], None],
        push_done: Callable[[SetField, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._push_done = push_done
        self._indicator: Indicator | None = None
        self._step = ""
        self.measured = MeasuredEdit(self)
        self.measured.set_read_only(editor.is_read_only)
        self.works = WorksEdit(editor, push, self)
        self.works.refused.connect(self.refused)
        self.measured.typing.connect(self._type)
        self.measured.finished.connect(self._finish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.measured)
        column.addWidget(self.works)
        self.hide()

    def show_indicator(self, indicator: Indicator | None) -> None:
        """Another indicator, or the same with what the round says of it now."""
        before = self._indicator
        is_other = before is None or indicator is None or before.id != indicator.id
        if is_other:
            self.finish()
        self._indicator = indicator
        kind = indicator.type if indicator else IndicatorType.FREE
        self.setVisible(kind in (IndicatorType.THRESHOLD, IndicatorType.RANKED_WORKS))
        self.measured.setVisible(kind is IndicatorType.THRESHOLD)
        self.works.setVisible(kind is IndicatorType.RANKED_WORKS)
        if indicator is None:
            return
        assessed = self._editor.round
        if kind is IndicatorType.THRESHOLD:
            code = thai_digits(assessed.framework.code_of(indicator.id))
            self._step = self.tr("แก้ค่าที่วัดได้ ตัวบ่งชี้ที่ {0}").format(code)
            value = assessed.indicator(indicator.id).measured
            self.measured.show_value(value, indicator.rubric.unit, anew=is_other)
        elif kind is IndicatorType.RANKED_WORKS:
            self.works.show_indicator(indicator)

    def finish(self) -> None:
        """End the visit to the value, if there is one."""
        self.measured.finish()

    def _type(self, value: str) -> None:
        if self._indicator is not None:
            self._editor.type_value(self._field(self._indicator), value)

    def _finish(self) -> None:
        if self._indicator is None:
            return
        undone_by = self._editor.finish_typing(self._field(self._indicator))
        if undone_by is not None:
            self._push_done(undone_by, self._step)

    def _field(self, indicator: Indicator) -> Field:
        return indicator_field(self._editor.round.fiscal_year, indicator.id, Kind.MEASURED)
