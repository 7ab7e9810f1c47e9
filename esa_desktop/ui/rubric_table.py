"""The rubric of an indicator: five levels with their words, counts or thresholds, and whether each was checked."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QWidget

from esa_desktop.domain.framework import LEVELS, Indicator, IndicatorType, RubricRow
from esa_desktop.domain.framework_rows import rubric_lines
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.figure_edit import FigureEdit
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.words_edit import WordsEdit

LEVEL, WORDS, FEWEST, MOST, AT_LEAST, CHECKED = range(6)
_FIGURE: Final = 62


@dataclass(frozen=True, slots=True)
class RubricLine:
    """The boxes of one level."""

    words: WordsEdit
    fewest: FigureEdit
    most: FigureEdit
    at_least: FigureEdit
    verified: QCheckBox

    def boxes(self) -> tuple[WordsEdit | FigureEdit, ...]:
        return self.words, self.fewest, self.most, self.at_least


class RubricTable(QFrame):
    """Only the columns that the indicator's type knows are in view."""

    changed = Signal(object, str)
    """(all rows as a tuple, name of the step)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.setObjectName("rubricTable")
        self._rows: dict[int, RubricRow] = {}
        self._unit = ""
        self._heads: dict[int, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 8, 14, 12)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(WORDS, 1)
        self._add_heads()
        self.lines: dict[int, RubricLine] = {
            level: self._add_line(place, level) for place, level in enumerate(LEVELS, 1)
        }

    def show_rubric(self, indicator: Indicator, *, anew: bool) -> list[QWidget]:
        """The boxes that say something else now. ``anew``: it is another indicator."""
        self._rows = {row.level: row for row in indicator.rubric.rows}
        self._unit = indicator.rubric.unit
        self._show_columns(indicator.type)
        told: list[QWidget] = []
        for level, line in self.lines.items():
            told += _show_line(line, self._row(level), anew=anew)
        return told

    def set_fixed(self, is_fixed: bool) -> None:
        """Whether nothing can be changed."""
        for line in self.lines.values():
            for box in line.boxes():
                box.setReadOnly(is_fixed)
            line.verified.setEnabled(not is_fixed)

    def finish(self) -> None:
        for line in self.lines.values():
            for box in line.boxes():
                box.finish()

    @property
    def ends(self) -> tuple[QWidget, QWidget]:
        """The first and the last field, for the order of the Tab key."""
        return self.lines[LEVELS[0]].words, self.lines[LEVELS[-1]].verified

    @property
    def is_unread(self) -> bool:
        return any(box.is_unread for line in self.lines.values() for box in line.boxes())

    # --- inside -------------------------------------------------------------------------------

    def _row(self, level: int) -> RubricRow:
        return self._rows.get(level) or RubricRow(level, ())

    def _add_heads(self) -> None:
        heads = {
            LEVEL: self.tr("ระดับ"),
            WORDS: self.tr("คำอธิบายระดับคุณภาพตามแบบ"),
            FEWEST: self.tr("ชัดเจนตั้งแต่"),
            MOST: self.tr("ถึง (ข้อ)"),
            AT_LEAST: self.tr("ตั้งแต่"),
            CHECKED: self.tr("ตรวจแล้ว"),
        }
        for column, words in heads.items():
            head = QLabel(words, self)
            head.setWordWrap(column == WORDS)  # else it would be the widest thing in the table
            set_role(head, "tableHead")
            align = Qt.AlignmentFlag(0) if column == WORDS else Qt.AlignmentFlag.AlignHCenter
            self._grid.addWidget(head, 0, column, align)
            self._heads[column] = head

    def _add_line(self, place: int, level: int) -> RubricLine:
        digit = thai_digits(level)
        badge = QLabel(digit, self)
        set_role(badge, "heading")
        words = WordsEdit(
            self.tr("คำอธิบายระดับ {0}").format(digit), self, lines=2, is_one_line=False
        )
        words.setObjectName(f"rubricWords{level}")
        fewest = self._figure(self.tr("ระดับ {0} หลักฐานชัดเจนตั้งแต่กี่ข้อ").format(digit), whole=True)
        most = self._figure(self.tr("ระดับ {0} หลักฐานชัดเจนไม่เกินกี่ข้อ").format(digit), whole=True)
        at_least = self._figure(self.tr("ระดับ {0} ค่าตั้งแต่").format(digit), whole=False)
        verified = QCheckBox(self)
        verified.setAccessibleName(self.tr("เกณฑ์ระดับ {0} ตรวจกับประกาศแล้ว").format(digit))
        verified.setToolTip(verified.accessibleName())
        line = RubricLine(words, fewest, most, at_least, verified)
        top = Qt.AlignmentFlag.AlignTop
        center = top | Qt.AlignmentFlag.AlignHCenter
        badge.setContentsMargins(0, 4, 0, 0)
        self._grid.addWidget(badge, place, LEVEL, center)
        self._grid.addWidget(words, place, WORDS, top)
        self._grid.addWidget(fewest, place, FEWEST, center)
        self._grid.addWidget(most, place, MOST, center)
        self._grid.addWidget(at_least, place, AT_LEAST, center)
        self._grid.addWidget(verified, place, CHECKED, center)
        words.finished.connect(partial(self._take, level, "words"))
        for name, box in (("fewest", fewest), ("most", most), ("at_least", at_least)):
            box.finished.connect(partial(self._take, level, name))
        verified.toggled.connect(partial(self._take, level, "verified"))
        return line

    def _figure(self, name: str, *, whole: bool) -> FigureEdit:
        box = FigureEdit(name, self, is_whole=whole)
        box.setFixedWidth(_FIGURE if whole else _FIGURE + 26)
        return box

    def _show_columns(self, type_: IndicatorType) -> None:
        ladder = type_ is IndicatorType.EVIDENCE_LADDER
        threshold = type_ is IndicatorType.THRESHOLD
        unit = f" ({self._unit})" if self._unit else ""
        self._heads[AT_LEAST].setText(self.tr("ตั้งแต่") + unit)
        for column, shown in ((FEWEST, ladder), (MOST, ladder), (AT_LEAST, threshold)):
            self._heads[column].setVisible(shown)
        for line in self.lines.values():
            line.fewest.setVisible(ladder)
            line.most.setVisible(ladder)
            line.at_least.setVisible(threshold)

    def _take(self, level: int, what: str, value: object) -> None:
        """Other words or another count are not what was checked."""
        row = self._row(level)
        if what == "words":
            row = replace(row, lines=rubric_lines(str(value)), verified=False)
        elif what == "verified":
            row = replace(row, verified=bool(value))
        else:
            number = value if isinstance(value, float) else None
            whole = int(number) if number is not None else None
            if what == "fewest":
                row = replace(row, fewest=whole, verified=False)
            elif what == "most":
                row = replace(row, most=whole, verified=False)
            else:
                row = replace(row, at_least=number, verified=False)
        self._rows[level] = row
        rows = tuple(self._rows[known] for known in LEVELS if known in self._rows)
        digit = thai_digits(level)
        name = self.tr("แก้เกณฑ์ระดับ {0}").format(digit)
        if what == "verified":
            name = self.tr("ตรวจเกณฑ์ระดับ {0}").format(digit)
        self.changed.emit(rows, name)


def _show_line(line: RubricLine, row: RubricRow, *, anew: bool) -> list[QWidget]:
    told: list[QWidget] = []
    words = "\n".join(row.lines)
    figures = (line.fewest, row.fewest), (line.most, row.most), (line.at_least, row.at_least)
    if anew:
        line.words.take_words(words)
        for box, value in figures:
            box.take_figure(value)
    else:
        told += [line.words] if line.words.show_words(words) else []
        told += [box for box, value in figures if box.show_figure(value)]
    if line.verified.isChecked() is not row.verified:
        told.append(line.verified)
        with QSignalBlocker(line.verified):
            line.verified.setChecked(row.verified)
    return told
