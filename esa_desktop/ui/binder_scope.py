"""Whose evidence is bound: everything, the indicator or the issue in view, or some indicators."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QRadioButton, QVBoxLayout, QWidget

from esa_desktop.domain.framework import Framework
from esa_desktop.domain.thai import shorten, thai_digits
from esa_desktop.ui.scope_choice import MOST_ROWS, ROW

_CODE: Final = Qt.ItemDataRole.UserRole
_LONGEST: Final = 60


class BinderScope(QWidget):
    changed = Signal()

    def __init__(
        self, framework: Framework, code: str, parent: QWidget | None = None, *, only: bool = False
    ) -> None:
        """``code``: the indicator or issue in view, or empty; ``only``: it is what is wanted."""
        super().__init__(parent)
        names = {known: f"{thai_digits(known)} {node.name}" for known, node in framework.walk()}
        issue = code if code.count(".") == 2 and code in names else ""
        indicator = ".".join(code.split(".")[:2])
        indicator = indicator if indicator.count(".") == 1 and indicator in names else ""
        self._codes: dict[QRadioButton, tuple[str, ...]] = {}
        self._all = self._way(self.tr("ทั้งหมด"), "", ())
        self._indicator = self._way(self.tr("ตัวบ่งชี้ {name}"), names.get(indicator, ""), (indicator,))
        self._indicator.setVisible(bool(indicator))
        self._issue = self._way(self.tr("ประเด็น {name}"), names.get(issue, ""), (issue,))
        self._issue.setVisible(bool(issue))
        self._some = self._way(self.tr("เลือกตัวบ่งชี้"), "", ())
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("ตัวบ่งชี้ที่จะทำแฟ้ม"))
        indicators = [known for known, _, _ in framework.indicators()]
        for known in indicators:
            item = QListWidgetItem(names[known], self._list)
            item.setData(_CODE, known)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = known == indicator
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        height = ROW * max(1, min(len(indicators), MOST_ROWS)) + 8
        self._list.setMinimumHeight(height)
        self._list.setMaximumHeight(height)
        self._list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self._all, self._indicator, self._issue, self._some, self._list):
            column.addWidget(part)
        wanted = self._issue if issue else self._indicator if indicator else self._all
        (wanted if only else self._all).setChecked(True)
        for way in self._codes:
            way.toggled.connect(self._follow)
        self._list.itemChanged.connect(lambda _: self.changed.emit())

    def scope(self) -> tuple[str, ...] | None:
        """The chosen codes, empty for everything; ``None`` where nothing is chosen."""
        if not self._some.isChecked():
            return next(codes for way, codes in self._codes.items() if way.isChecked())
        items = (self._list.item(row) for row in range(self._list.count()))
        chosen = tuple(i.data(_CODE) for i in items if i.checkState() is Qt.CheckState.Checked)
        return chosen or None

    def _way(self, words: str, name: str, codes: tuple[str, ...]) -> QRadioButton:
        way = QRadioButton(words.format(name=shorten(name, _LONGEST)), self)
        way.setAccessibleName(way.text())
        way.setToolTip(name)
        self._codes[way] = codes
        return way

    def _follow(self, on: bool) -> None:
        if on:
            self._list.setVisible(self._some.isChecked())
            self.changed.emit()
