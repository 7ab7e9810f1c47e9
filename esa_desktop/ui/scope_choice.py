"""Which indicators are to be printed: the one in view, some, or all."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QRadioButton, QVBoxLayout, QWidget

from esa_desktop.domain.framework import Framework
from esa_desktop.domain.thai import shorten, thai_digits

_CODE: Final = Qt.ItemDataRole.UserRole

ROW: Final = 36
MOST_ROWS: Final = 6
"""Rows in view; the rest is scrolled to."""


class ScopeChoice(QWidget):
    changed = Signal()

    def __init__(
        self,
        framework: Framework,
        code: str,
        parent: QWidget | None = None,
        *,
        whole: bool = False,
    ) -> None:
        """``code``: the indicator in view, chosen first unless ``whole``; empty where there is none."""
        super().__init__(parent)
        self._code = code
        names = {c: f"{thai_digits(c)} {i.name}" for c, _, i in framework.indicators()}
        self._this = QRadioButton(self)
        self._this.setText(self.tr("ตัวบ่งชี้ {name}").format(name=shorten(names.get(code, ""), 60)))
        self._this.setToolTip(names.get(code, ""))
        self._this.setVisible(code in names)
        self._all = QRadioButton(
            thai_digits(self.tr("ทุกตัวบ่งชี้ ทั้งหมด {count} ตัว").format(count=len(names))), self
        )
        self._some = QRadioButton(self.tr("เลือกตัวบ่งชี้"), self)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("ตัวบ่งชี้ที่จะพิมพ์"))
        for known, name in names.items():
            item = QListWidgetItem(name, self._list)
            item.setData(_CODE, known)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = known == code
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._list.setMinimumHeight(ROW * min(len(names), MOST_ROWS) + 8)
        self._list.setMaximumHeight(ROW * min(len(names), MOST_ROWS) + 8)
        self._list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self._this, self._all, self._some, self._list):
            column.addWidget(part)
        (self._this if code in names and not whole else self._all).setChecked(True)
        for way in (self._this, self._all, self._some):
            way.setAccessibleName(way.text())
            way.toggled.connect(self._follow)
        self._list.itemChanged.connect(lambda _: self.changed.emit())

    def indicators(self) -> list[str] | None:
        """The chosen codes in printed order; ``None`` for all."""
        if self._all.isChecked():
            return None
        if self._this.isChecked():
            return [self._code]
        items = (self._list.item(row) for row in range(self._list.count()))
        return [i.data(_CODE) for i in items if i.checkState() is Qt.CheckState.Checked]

    def _follow(self, on: bool) -> None:
        if on:
            self._list.setVisible(self._some.isChecked())
            self.changed.emit()
