"""The fields of one standard, indicator or issue at the framework desk."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain import framework_edits as edits
from esa_desktop.domain.framework import (
    Framework,
    Indicator,
    IndicatorType,
    Node,
    RubricRow,
    Standard,
)
from esa_desktop.domain.framework_words import TYPE_NAMES
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.choice_box import ChoiceBox
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.fault_line import Box, FaultLine, refused_boxes, refused_words
from esa_desktop.ui.figure_edit import FigureEdit
from esa_desktop.ui.framework_desk_rows import rank_of, rank_word
from esa_desktop.ui.rubric_table import RubricTable
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.weight_fields import WeightFields
from esa_desktop.ui.words_edit import WordsEdit

Only = type[Standard] | type[Indicator] | None
LABELS: Final = 96
"""Pixels of the column of labels."""


def type_words() -> dict[IndicatorType, tuple[str, str]]:
    """Each type of indicator: its name, the same as in files, and what the office does then."""
    about = {
        IndicatorType.EVIDENCE_LADDER: _tr("ระดับมาจากจำนวนประเด็นที่มีหลักฐานชัดเจน"),
        IndicatorType.THRESHOLD: _tr("กรอกค่าที่วัดได้ เช่น ร้อยละความพึงพอใจ ระดับมาจากค่าที่กำหนดไว้"),
        IndicatorType.RANKED_WORKS: _tr("กรอกรายการผลงาน ดีที่สุดก่อน แล้วผู้ประเมินเลือกระดับ"),
        IndicatorType.FREE: _tr("ผู้ประเมินเลือกระดับจากคำอธิบายระดับคุณภาพ"),
    }
    return {kind: (name, about[kind]) for kind, name in TYPE_NAMES.items()}


def _tr(words: str) -> str:
    return QCoreApplication.translate("frameworkDesk", words)


class NodeForm(QWidget):
    """Shows one node; every field hands over its words when somebody leaves it."""

    wanted = Signal(object, str)
    """(`Make`, name of the step)."""
    left_refused = Signal(str)
    """Another node was chosen while something could not be stored: a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._node: Node | None = None
        self._refused: dict[str, list[tuple[Box, str, str]]] = {}
        """By node: (box, words, why) of what could not be stored when another node was chosen."""
        self.name = WordsEdit("", self)
        self.name.setObjectName("frameworkNodeName")
        self.verified = QCheckBox(self.tr("ตรวจชื่อกับประกาศแล้ว"), self)
        self.lead_in = WordsEdit(self.tr("ประโยคนำ"), self)
        self.lead_in.setObjectName("frameworkLeadIn")
        self.lead_in.setPlaceholderText(self.tr("เช่น สพป./สพม. มีผลการดำเนินการ… ดังต่อไปนี้"))
        self.type = ChoiceBox(self.tr("แบบของตัวบ่งชี้"), self)
        self.type.setObjectName("frameworkType")
        for kind, (words, _) in type_words().items():
            self.type.addItem(words, kind)
        self._about_type = wrapping_label("", "second")
        self.unit = WordsEdit(self.tr("หน่วยของค่าที่วัด"), self)
        self.unit.setPlaceholderText(self.tr("เช่น ร้อยละ"))
        self.works = FigureEdit(self.tr("จำนวนผลงานที่ให้เสนอ"), self, is_whole=True)
        self.works.setFixedWidth(88)
        self.weight = WeightFields(self.tr("น้ำหนัก"), self.tr("คะแนนน้ำหนัก"), self)
        self.share = WeightFields(self.tr("สัดส่วน"), self.tr("ร้อยละของทั้งฉบับ"), self)
        self.rubric = RubricTable(self)
        self.usual = QPushButton(self.tr("เติมเกณฑ์ตั้งต้น"), self)
        set_role(self.usual, "link")
        self._rows: list[tuple[QWidget, QWidget, Only]] = []
        self._grid = QGridLayout()
        self._foot = QGridLayout()
        self._rubric_head = QLabel(self.tr("เกณฑ์การให้คะแนน"), self)
        set_role(self._rubric_head, "heading")
        self._lay_out()
        self._order_tabs()
        self._connect()

    def _lay_out(self) -> None:
        for grid in (self._grid, self._foot):
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(6)
            grid.setColumnMinimumWidth(0, LABELS)
            grid.setColumnStretch(1, 1)
        self._add_fields()
        self._add(self.tr("น้ำหนัก"), self.weight, Indicator, self._foot)
        head = QHBoxLayout()
        head.addWidget(self._rubric_head)
        head.addStretch(1)
        head.addWidget(self.usual)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(self._grid)
        whole.addLayout(head)
        whole.addWidget(self.rubric)
        boxes = [box for line in self.rubric.lines.values() for box in line.boxes()]
        whole.addWidget(FaultLine(boxes, self, names=True))
        whole.addSpacing(6)
        whole.addLayout(self._foot)

    def _add_fields(self) -> None:
        """Above the rubric."""
        self._add(self.tr("ชื่อ"), self.name, None)
        self._add_fault(self.name)
        self._add("", self.verified, None)
        self._add(self.tr("สัดส่วน"), self.share, Standard)
        self._add(self.tr("ประโยคนำ"), self.lead_in, Indicator)
        self._add_fault(self.lead_in)
        measure = QWidget(self)
        column = QVBoxLayout(measure)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.type)
        column.addWidget(self._about_type)
        self._add(self.tr("แบบของตัวบ่งชี้"), measure, Indicator)
        self._add(self.tr("หน่วย"), self.unit, Indicator)
        self._add_fault(self.unit)
        works = QWidget(self)
        row = QHBoxLayout(works)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.works)
        row.addWidget(QLabel(self.tr("ผลงาน"), works))
        row.addStretch(1)
        self._works = works
        self._add(self.tr("จำนวนที่ให้เสนอ"), works, Indicator)
        self._add_fault(self.works)

    def _order_tabs(self) -> None:
        """As the fields stand."""
        first, last = self.rubric.ends
        order = (
            (self.name, self.verified),
            (self.verified, self.share.value),
            (self.share.value, self.share.source),
            (self.share.source, self.share.verified),
            (self.share.verified, self.lead_in),
            (self.lead_in, self.type),
            (self.type, self.unit),
            (self.unit, self.works),
            (self.works, self.usual),
            (self.usual, first),
            (last, self.weight.value),
            (self.weight.value, self.weight.source),
            (self.weight.source, self.weight.verified),
        )
        for one, other in order:
            self.setTabOrder(one, other)

    def _add(self, words: str, field: QWidget, only: Only, grid: QGridLayout | None = None) -> None:
        """A line of the form; ``only``: for nodes of this kind."""
        grid = grid or self._grid
        label = QLabel(words, self)
        set_role(label, "quiet")
        label.setContentsMargins(0, 4, 0, 0)
        place = grid.rowCount()
        grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(field, place, 1)
        self._rows.append((label, field, only))

    def _add_fault(self, box: Box) -> None:
        """Room below a box for what is wrong with it."""
        self._grid.addWidget(FaultLine((box,), self), self._grid.rowCount(), 1)

    def _connect(self) -> None:
        self.name.finished.connect(self._rename)
        self.verified.toggled.connect(self._verify)
        self.lead_in.finished.connect(self._set_lead_in)
        self.type.activated.connect(self._set_type)
        self.unit.finished.connect(self._set_unit)
        self.works.finished.connect(self._set_works)
        self.weight.changed.connect(self._weigh)
        self.share.changed.connect(self._weigh)
        self.rubric.changed.connect(self._set_rows)
        self.usual.clicked.connect(self._fill_rubric)

    # --- showing ------------------------------------------------------------------------------

    def show_node(self, node: Node) -> list[QWidget]:
        """The fields that say something else now; none where it is another node than before."""
        anew = self._node is None or self._node.id != node.id
        if anew:
            self.finish()
            self._keep_refused()
        self._node = node
        rank = rank_word(rank_of(node))
        self.name.setAccessibleName(self.tr("ชื่อ{rank}").format(rank=rank))
        self.verified.setAccessibleName(self.verified.text())
        for label, field, only in self._rows:
            shown = only is None or isinstance(node, only)
            label.setVisible(shown)
            field.setVisible(shown)
        for widget in (self.rubric, self._rubric_head, self.usual):
            widget.setVisible(isinstance(node, Indicator))
        told = self._show_words(self.name, node.name, anew=anew)
        told += self._tick(self.verified, node.verified)
        if isinstance(node, Standard):
            told += self.share.show_weight(
                node.share, node.share_verified, node.share_source, anew=anew
            )
        elif isinstance(node, Indicator):
            told += self._show_indicator(node, anew=anew)
        for box, words, why in self._refused.pop(node.id, ()):
            box.put_back(words, why)
        return [] if anew else told

    def _keep_refused(self) -> None:
        """What could not be stored is found again where it was typed."""
        if self._node is None:
            return
        kept = [(box, box.typed, box.toolTip()) for box in refused_boxes(self)]
        if kept:
            self._refused[self._node.id] = kept
            self.left_refused.emit(refused_words(self))
        for box, _, _ in kept:  # which may be in view no longer, for it is of another kind of node
            box.give_up()

    def _show_indicator(self, node: Indicator, *, anew: bool) -> list[QWidget]:
        told = self._show_words(self.lead_in, node.lead_in, anew=anew)
        told += self._show_words(self.unit, node.rubric.unit, anew=anew)
        place = self.type.findData(node.type)
        if self.type.currentIndex() != place:
            self.type.setCurrentIndex(place)
            told.append(self.type)
        self._about_type.setText(type_words()[node.type][1])
        self._set_line(self.unit, node.type is IndicatorType.THRESHOLD)
        self._set_line(self._works, node.type is IndicatorType.RANKED_WORKS)
        works = None if node.works is None else float(node.works)
        if anew:
            self.works.take_figure(works)
        elif self.works.show_figure(works):
            told.append(self.works)
        told += self.weight.show_weight(
            node.weight, node.weight_verified, node.weight_source, anew=anew
        )
        told += self.rubric.show_rubric(node, anew=anew)
        is_ladder = node.type is IndicatorType.EVIDENCE_LADDER
        usual = edits.usual_rows(node.type, len(node.issues))
        is_other = usual != tuple(replace(row, verified=False) for row in node.rubric.rows)
        self.usual.setVisible(is_ladder and is_other and any(row.lines for row in usual))
        words = self.tr("เติมเกณฑ์ตั้งต้นสำหรับ {0} ประเด็น").format(len(node.issues))
        self.usual.setText(thai_digits(words))
        return told

    def set_fixed(self, is_fixed: bool) -> None:
        """Whether nothing can be changed."""
        for box in (self.name, self.lead_in, self.unit, self.works):
            box.setReadOnly(is_fixed)
        for widget in (self.verified, self.type, self.usual):
            widget.setEnabled(not is_fixed)
        for fields in (self.weight, self.share, self.rubric):
            fields.set_fixed(is_fixed)

    def finish(self) -> None:
        """Hand over whatever was typed in any field."""
        for box in (self.name, self.lead_in, self.unit, self.works):
            box.finish()
        for fields in (self.share, self.weight, self.rubric):
            fields.finish()

    @property
    def is_unread(self) -> bool:
        """Whether something was typed that was not handed over yet."""
        boxes = (self.name, self.lead_in, self.unit, self.works)
        others = (self.share.value, self.share.source, self.weight.value, self.weight.source)
        return any(box.is_unread for box in (*boxes, *others)) or self.rubric.is_unread

    @property
    def keeps_refused(self) -> bool:
        """Whether words of another node wait to be mended."""
        return bool(self._refused)

    def _set_line(self, field: QWidget, shown: bool) -> None:
        for label, known, _ in self._rows:
            if known is field:
                label.setVisible(shown)
                field.setVisible(shown)

    @staticmethod
    def _show_words(box: WordsEdit, words: str, *, anew: bool) -> list[QWidget]:
        if anew:
            box.take_words(words)
            return []
        return [box] if box.show_words(words) else []

    @staticmethod
    def _tick(box: QCheckBox, is_on: bool) -> list[QWidget]:
        changed = box.isChecked() is not is_on
        with QSignalBlocker(box):
            box.setChecked(is_on)
        return [box] if changed else []

    # --- what somebody wants ------------------------------------------------------------------

    def _want(self, change: Callable[[Framework, str], Framework], name: str) -> None:
        if self._node is not None:
            node_id = self._node.id
            self.wanted.emit(lambda framework: change(framework, node_id), name)

    def _rename(self, words: str) -> None:
        rank = rank_word(rank_of(self._node)) if self._node is not None else ""
        name = self.tr("แก้ชื่อ{rank}").format(rank=rank)
        self._want(lambda framework, node_id: edits.rename(framework, node_id, words), name)

    def _verify(self, is_on: bool) -> None:
        name = self.tr("ตรวจชื่อกับประกาศ")
        self._want(lambda fw, node_id: edits.set_verified(fw, node_id, is_on), name)

    def _set_lead_in(self, words: str) -> None:
        name = self.tr("แก้ประโยคนำ")
        self._want(lambda fw, node_id: edits.describe_indicator(fw, node_id, lead_in=words), name)

    def _set_type(self, place: int) -> None:
        kind = IndicatorType(self.type.itemData(place))
        name = self.tr("เปลี่ยนแบบของตัวบ่งชี้")
        self._want(lambda fw, node_id: edits.describe_indicator(fw, node_id, type=kind), name)

    def _set_unit(self, words: str) -> None:
        name = self.tr("แก้หน่วยของค่าที่วัด")
        self._want(lambda fw, node_id: edits.describe_indicator(fw, node_id, unit=words), name)

    def _set_works(self, value: float | None) -> None:
        number = None if value is None else int(value)
        name = self.tr("แก้จำนวนผลงาน")
        self._want(lambda fw, node_id: edits.describe_indicator(fw, node_id, works=number), name)

    def _weigh(self, value: float | None, verified: bool, source: str) -> None:
        is_share = isinstance(self._node, Standard)
        name = self.tr("แก้สัดส่วน") if is_share else self.tr("แก้น้ำหนัก")
        self._want(
            lambda fw, node_id: edits.weigh(fw, node_id, value, verified=verified, source=source),
            name,
        )

    def _set_rows(self, rows: tuple[RubricRow, ...], name: str) -> None:
        self._want(lambda fw, node_id: edits.set_rows(fw, node_id, rows), name)

    def _fill_rubric(self) -> None:
        node = self._node
        if isinstance(node, Indicator):
            rows = edits.usual_rows(node.type, len(node.issues))
            self._set_rows(rows, self.tr("เติมเกณฑ์ตั้งต้น"))
