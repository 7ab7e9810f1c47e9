"""What is to be printed: which form, of which indicators, or which parts of the book."""

from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.book import PART_NAMES, Part
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.printing import Form, PrintOptions
from esa_desktop.ui.choice_box import ChoiceBox
from esa_desktop.ui.scope_choice import ROW, ScopeChoice

_PART: Final = Qt.ItemDataRole.UserRole


class FormChoice(QWidget):
    changed = Signal()

    def __init__(
        self,
        framework: Framework,
        options: PrintOptions,
        *,
        form: Form,
        code: str,
        parent: QWidget | None = None,
    ) -> None:
        """``code``: the indicator in view; empty where there is none."""
        super().__init__(parent)
        self._forms = ChoiceBox(self.tr("พิมพ์อะไร"), self)
        for value, words in (
            ("sheets", self.tr("แบบประเมินรายตัวบ่งชี้")),
            ("book", self.tr("เล่มรายงานทั้งเล่ม")),
            ("blank", self.tr("แบบฟอร์มเปล่า (เขียนด้วยมือ)")),
            ("committee", self.tr("แบบสำหรับคณะกรรมการ")),
        ):
            self._forms.addItem(words, value)
        self._forms.setCurrentIndex(self._forms.findData(form))
        # Empty forms and the committee's are wanted whole; of the sheets, the one in view.
        self._scope = ScopeChoice(framework, code, self, whole=form != "sheets")
        self._parts = QListWidget(self)
        self._parts.setAccessibleName(self.tr("ส่วนของเล่มที่จะพิมพ์"))
        for part in Part:
            item = QListWidgetItem(PART_NAMES[part], self._parts)
            item.setData(_PART, part)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = part in options.parts
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._parts.setFixedHeight(ROW * len(Part) + 16)  # all rows: the choices scroll as one
        self._parts.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ready = QCheckBox(self.tr("เฉพาะตัวบ่งชี้ที่ทำเครื่องหมายว่าพร้อมพิมพ์"), self)
        self._ready.setAccessibleName(self._ready.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._forms, self._scope, self._parts, self._ready):
            column.addWidget(widget)
        self._forms.currentIndexChanged.connect(self._follow)
        self._scope.changed.connect(self.changed)
        self._parts.itemChanged.connect(lambda _: self.changed.emit())
        self._ready.toggled.connect(lambda _: self.changed.emit())
        self._show_what_fits()

    @property
    def form(self) -> Form:
        return cast("Form", self._forms.currentData())

    def indicators(self) -> list[str] | None:
        """The chosen codes in printed order; ``None`` for all, and for the book."""
        return None if self.form == "book" else self._scope.indicators()

    def parts(self) -> tuple[Part, ...]:
        items = (self._parts.item(row) for row in range(self._parts.count()))
        return tuple(i.data(_PART) for i in items if i.checkState() is Qt.CheckState.Checked)

    @property
    def only_ready(self) -> bool:
        return self._ready.isChecked() and self.form != "blank"

    def what_is_missing(self) -> str:
        """One sentence where nothing would be printed; else empty."""
        if self.form == "book":
            return "" if self.parts() else self.tr("เลือกอย่างน้อยหนึ่งส่วนของเล่ม")
        chosen = self._scope.indicators()
        return "" if chosen is None or chosen else self.tr("เลือกอย่างน้อยหนึ่งตัวบ่งชี้")

    def _follow(self) -> None:
        self._show_what_fits()
        self.changed.emit()

    def _show_what_fits(self) -> None:
        book = self.form == "book"
        self._parts.setVisible(book)
        self._scope.setVisible(not book)
        self._ready.setVisible(self.form != "blank")
