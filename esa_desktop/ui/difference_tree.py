"""What a backup says otherwise, by indicator, each with a tick: for taking back some of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import UnknownCode
from esa_desktop.domain.thai import arabic_digits, thai_digits
from esa_desktop.services.restoring import Difference

_INDICATOR: Final = re.compile(r"\d+\.\d+")
_OWN: Final = Qt.ItemDataRole.UserRole


class DifferenceTree(QTreeWidget):
    """Space ticks; the tick of an indicator ticks all that stands below it."""

    picked = Signal(object)
    """The `Difference` under the cursor, or ``None`` on a heading."""
    ticked = Signal()

    def __init__(self, assessed: AssessmentRound, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assessed = assessed
        self.setObjectName("differenceTree")
        self.setAccessibleName(self.tr("ส่วนที่ข้อมูลสำรองไม่ตรงกับปัจจุบัน"))
        self.setHeaderHidden(True)
        self.setIndentation(22)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(lambda item, _: self.picked.emit(_difference(item)))
        self.itemChanged.connect(lambda *_: self.ticked.emit())

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """In the order given; nothing is ticked, and the first one is under the cursor."""
        self.blockSignals(True)
        self.clear()
        groups: dict[tuple[str, str], QTreeWidgetItem] = {}
        for difference in differences:
            group = (difference.field.round, _indicator_of(difference.code))
            if group not in groups:
                groups[group] = self._heading(*group)
            groups[group].addChild(_row(difference))
        self.expandAll()
        self.blockSignals(False)
        first = self.topLevelItem(0)
        row = first.child(0) if first is not None else None
        if row is not None:
            self.setCurrentItem(row)
        self.ticked.emit()

    def chosen(self) -> tuple[Difference, ...]:
        """What is ticked, in the order it stands in."""
        return tuple(
            difference
            for item in self._items()
            if item.checkState(0) is Qt.CheckState.Checked
            and (difference := _difference(item)) is not None
        )

    def count(self) -> int:
        """How many differences there are."""
        return sum(_difference(item) is not None for item in self._items())

    def tick_all(self, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        for place in range(self.topLevelItemCount()):
            group = self.topLevelItem(place)
            if group is not None:
                group.setCheckState(0, state)

    def _items(self) -> Iterable[QTreeWidgetItem]:
        walk = QTreeWidgetItemIterator(self)
        while (item := walk.value()) is not None:
            yield item
            walk += 1

    def _heading(self, year: str, code: str) -> QTreeWidgetItem:
        words = self._name(code)
        if year and year != str(self._assessed.fiscal_year):
            words = self.tr("ปี {year}  {words}").format(year=thai_digits(year), words=words)
        item = QTreeWidgetItem(self, [words])
        item.setToolTip(0, words)
        item.setFlags(
            item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate
        )
        item.setCheckState(0, Qt.CheckState.Unchecked)
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(0, font)
        return item

    def _name(self, code: str) -> str:
        if not code:
            return self.tr("ส่วนอื่นของงานประเมิน")
        try:
            name = self._assessed.framework.indicator(code).name
        except UnknownCode:
            name = ""
        return self.tr("ตัวบ่งชี้ที่ {code} {name}").format(code=thai_digits(code), name=name).strip()


def _row(difference: Difference) -> QTreeWidgetItem:
    words = f"{thai_digits(difference.code)}  {difference.name}".strip()
    if difference.missing:
        lost = QCoreApplication.translate("DifferenceTree", "ไม่พบไฟล์ {count} ไฟล์")
        words += f"  ·  {lost.format(count=thai_digits(len(difference.missing)))}"
    item = QTreeWidgetItem([words])
    item.setToolTip(0, words)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(0, Qt.CheckState.Unchecked)
    item.setData(0, _OWN, difference)
    return item


def _difference(item: QTreeWidgetItem | None) -> Difference | None:
    found = item.data(0, _OWN) if item is not None else None
    return found if isinstance(found, Difference) else None


def _indicator_of(code: str) -> str:
    """``1.2`` of ``1.2.3`` and of ``๑.๒.๓-๐๔``; empty for what belongs to no indicator."""
    match = _INDICATOR.match(arabic_digits(code))
    return match.group() if match else ""
