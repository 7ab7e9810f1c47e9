"""The fields of the whole edition at the framework desk, and how much is in it."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from esa_desktop.domain import framework_edits as edits
from esa_desktop.domain.framework import Framework, Indicator, Issue, Node
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.fault_line import FaultLine
from esa_desktop.ui.figure_edit import FigureEdit
from esa_desktop.ui.framework_desk_changes import Make
from esa_desktop.ui.framework_desk_form import LABELS
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.words_edit import WordsEdit


class EditionForm(QWidget):
    """The title, year and source of the whole edition, and whether it is a draft."""

    wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Framework | None = None
        self.title = WordsEdit(self.tr("ชื่อฉบับมาตรฐาน"), self)
        self.title.setObjectName("frameworkTitle")
        self.year = FigureEdit(self.tr("ปี พ.ศ. ที่ประกาศ"), self, is_whole=True)
        self.year.setFixedWidth(100)
        self.source = WordsEdit(self.tr("ที่มาของฉบับมาตรฐาน"), self)
        self.source.setPlaceholderText(self.tr("เช่น ประกาศ สพฐ. ลงวันที่ …"))
        self.draft = QCheckBox(self.tr("เป็นฉบับร่าง ยังกรอกหรือตรวจไม่ครบ"), self)
        self.draft.setAccessibleName(self.draft.text())
        self._count = wrapping_label("", "second")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnStretch(1, 1)
        lines = (
            (self.tr("ชื่อฉบับ"), self.title),
            (self.tr("ปีที่ประกาศ"), self.year),
            (self.tr("ที่มา"), self.source),
            ("", self.draft),
            (self.tr("มีอยู่"), self._count),
        )
        for place, (words, field) in enumerate(lines):
            label = QLabel(words, self)
            set_role(label, "quiet")
            label.setContentsMargins(0, 4, 0, 0)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, place, 1)
        faults = FaultLine((self.title, self.year, self.source), self, names=True)
        grid.addWidget(faults, len(lines), 1)
        tr = self.tr
        self.title.finished.connect(lambda w: self._want(tr("แก้ชื่อฉบับมาตรฐาน"), title=w))
        self.year.finished.connect(self._set_year)
        self.source.finished.connect(lambda w: self._want(tr("แก้ที่มาของฉบับมาตรฐาน"), source=w))
        self.draft.toggled.connect(lambda on: self._want(tr("เปลี่ยนเป็นฉบับร่างหรือฉบับจริง"), draft=on))

    def show_edition(self, framework: Framework) -> list[QWidget]:
        """The fields that say something else now."""
        self._shown = framework
        told: list[QWidget] = [self.title] if self.title.show_words(framework.title) else []
        told += [self.source] if self.source.show_words(framework.source) else []
        told += [self.year] if self.year.show_figure(float(framework.year)) else []
        if self.draft.isChecked() is not framework.draft:
            told.append(self.draft)
        with QSignalBlocker(self.draft):
            self.draft.setChecked(framework.draft)
        self._count.setText(count_words(framework))
        return told

    def set_fixed(self, is_fixed: bool) -> None:
        """Whether nothing can be changed."""
        for box in (self.title, self.year, self.source):
            box.setReadOnly(is_fixed)
        self.draft.setEnabled(not is_fixed)

    def finish(self) -> None:
        """Hand over whatever was typed in any field."""
        for box in (self.title, self.year, self.source):
            box.finish()

    @property
    def is_unread(self) -> bool:
        return any(box.is_unread for box in (self.title, self.year, self.source))

    def _want(self, name: str, **values: str | bool | int) -> None:
        make: Make = partial(_entitled, values)
        self.wanted.emit(make, name)

    def _set_year(self, value: float | None) -> None:
        if value is None:
            self.year.take_figure(float(self._shown.year) if self._shown is not None else None)
        else:
            self._want(self.tr("แก้ปีที่ประกาศ"), year=int(value))


def _entitled(values: dict[str, str | bool | int], framework: Framework) -> Framework:
    return edits.entitle(framework, **values)  # type: ignore[arg-type]


def count_words(framework: Framework) -> str:
    """``๓ มาตรฐาน · ๑๔ ตัวบ่งชี้ · ๖๐ ประเด็นการพิจารณา``."""
    indicators = sum(1 for _ in framework.indicators())
    issues = sum(1 for _ in framework.issues())
    words = _tr("{0} มาตรฐาน · {1} ตัวบ่งชี้ · {2} ประเด็นการพิจารณา")
    return thai_digits(words.format(len(framework.standards), indicators, issues))


def inside_words(node: Node) -> str:
    """How much is in a node, for the line under its title."""
    if isinstance(node, Issue):
        return ""
    if isinstance(node, Indicator):
        return thai_digits(_tr("{0} ประเด็นการพิจารณา").format(len(node.issues)))
    issues = sum(len(indicator.issues) for indicator in node.indicators)
    words = _tr("{0} ตัวบ่งชี้ · {1} ประเด็นการพิจารณา")
    return thai_digits(words.format(len(node.indicators), issues))


def _tr(words: str) -> str:
    return QCoreApplication.translate("frameworkDesk", words)
