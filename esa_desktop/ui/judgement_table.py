"""The issues of an indicator with the two judgements of each, which may be changed in place."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import Edit
from esa_desktop.domain.fields import Field, Kind, issue_field
from esa_desktop.domain.framework import Indicator, Issue
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.elided_button import ElidedButton
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.verification import flagged

KINDS = (Kind.ACTED_ON, Kind.EVIDENCE_CLEAR)


class JudgementTable(QFrame):
    """A row an issue: a link with code and name, then its two ticks."""

    go_to = Signal(str)

    def __init__(
        self, editor: Editor, push: Callable[[Edit, str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._editor = editor
        self._push = push
        self._indicator: Indicator | None = None
        self._boxes: dict[tuple[str, Kind], QCheckBox] = {}
        self._rows: list[QWidget] = []
        self._words = {
            Kind.ACTED_ON: self.tr("มีการดำเนินการ"),
            Kind.EVIDENCE_CLEAR: self.tr("หลักฐานชัดเจน"),
        }
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 6, 16, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._make_head()

    def _make_head(self) -> None:
        head = [self.tr("ประเด็นการพิจารณา"), *self._words.values()]
        for column, words in enumerate(head):
            label = QLabel(words)
            set_role(label, "tableHead")
            self._grid.addWidget(label, 0, column)
            if column == 0:
                label.setContentsMargins(6, 0, 0, 0)  # above the words of the links

    def box(self, issue_id: str, kind: Kind) -> QCheckBox:
        """The tick of an issue; ``KeyError`` for one that is not shown."""
        return self._boxes[issue_id, kind]

    def show_indicator(self, indicator: Indicator) -> None:
        if indicator != self._indicator:
            self._indicator = indicator
            self._rebuild(indicator)
        self.refresh()

    def refresh(self) -> None:
        """Show the ticks of the round as it stands."""
        assessed = self._editor.round
        for (issue_id, kind), box in self._boxes.items():
            box.setChecked(_judged(assessed, issue_id, kind))

    def _rebuild(self, indicator: Indicator) -> None:
        for widget in self._rows:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = []
        self._boxes = {}
        for row, issue in enumerate(indicator.issues, start=1):
            self._add(row, issue)

    def _add(self, row: int, issue: Issue) -> None:
        code = thai_digits(self._editor.round.framework.code_of(issue.id))
        link = ElidedButton(self)
        link.set_words(flagged(f"{code}  {issue.name}", issue))
        set_role(link, "row")
        link.clicked.connect(lambda: self.go_to.emit(issue.id))
        self._grid.addWidget(link, row, 0)
        self._rows.append(link)
        for column, kind in enumerate(KINDS, start=1):
            box = QCheckBox()
            box.setAccessibleName(f"{self._words[kind]} {code} {issue.name}")
            box.setToolTip(f"{self._words[kind]} {code}")
            box.clicked.connect(lambda on, kind=kind: self._tick(issue.id, kind, on))
            self._grid.addWidget(box, row, column, Qt.AlignmentFlag.AlignLeft)
            self._boxes[issue.id, kind] = box
            self._rows.append(box)

    def _tick(self, issue_id: str, kind: Kind, on: bool) -> None:
        assessed = self._editor.round
        code = thai_digits(assessed.framework.code_of(issue_id))
        name: Field = issue_field(assessed.fiscal_year, issue_id, kind)
        step = self.tr("ทำเครื่องหมาย{0} {1}").format(self._words[kind], code)
        self._push(self._editor.change(name, on), step)
        self.refresh()  # a change that was refused leaves the box as it was


def _judged(assessed: AssessmentRound, issue_id: str, kind: Kind) -> bool:
    written = assessed.issue(issue_id)
    return written.acted_on if kind is Kind.ACTED_ON else written.evidence_clear
