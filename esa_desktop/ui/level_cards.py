"""The five quality levels of an indicator as cards, and what the rubric says to the judgements."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.fields import Kind, indicator_field
from esa_desktop.domain.framework import LEVELS, Indicator, Rubric, RubricRow
from esa_desktop.domain.rubric import Suggestion, row_lines
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.level_card import LevelCard
from esa_desktop.ui.mark import Mark
from esa_desktop.ui.reason_edit import ReasonEdit
from esa_desktop.ui.theme import set_role, set_tone


class LevelCards(QWidget):
    """The level the office gives itself, beside what the rubric suggests.

    The rubric advises and the person decides: nothing here looks like right or wrong, only a
    choice that differs from the rubric asks for its reason.
    """

    level_chosen = Signal(object)
    """``int`` or ``None``: the person wants this level, or none."""
    reason_typing = Signal(str)
    """What the reason says so far: a draft."""
    reason_finished = Signal()
    """The visit to the reason is over."""
    go_to = Signal(str)
    """Id of the issue that the next step names."""

    def __init__(self, parent: QWidget | None = None, *, with_reason: bool = True) -> None:
        """``with_reason=False`` where the pane has a line for the reason of its own."""
        super().__init__(parent)
        self._with_reason = with_reason
        self._compact = False
        self._shown: tuple[Indicator, AssessmentRound, str] | None = None
        self._next_issue = ""
        self._heading = QLabel(self.tr("ระดับที่ประเมินตนเอง"))
        set_role(self._heading, "heading")
        self._about = self._second(wraps=True)
        self._note = self._second()
        self._cards = {level: LevelCard(level, self) for level in LEVELS}
        self._mark = Mark()
        self._advice = QLabel()
        self._advice.setWordWrap(True)
        self._step = QPushButton()
        self._step.setObjectName("nextStepButton")
        set_role(self._step, "link")
        self._differs = QWidget()
        self._reason = ReasonEdit(self._differs)
        self._lay_out()
        for card in self._cards.values():
            card.clicked.connect(self._click)
        self._step.clicked.connect(lambda: self.go_to.emit(self._next_issue))
        self._reason.typing.connect(self.reason_typing)
        self._reason.finished.connect(self.reason_finished)

    def _second(self, *, wraps: bool = False) -> QLabel:
        label = QLabel()
        label.setWordWrap(wraps)
        label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(label, "second")
        return label

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(self._heading, 0, top)
        head.addWidget(self._about, 1)
        head.addWidget(self._note, 0, top)
        cards = QHBoxLayout()
        cards.setSpacing(8)
        for card in self._cards.values():
            cards.addWidget(card, 1)
        advice = QHBoxLayout()
        advice.setSpacing(8)
        advice.addWidget(self._mark)
        advice.addWidget(self._advice, 1)
        advice.addWidget(self._step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(cards)
        column.addLayout(advice)
        column.addWidget(self._differs)
        self._lay_out_reason()

    def _lay_out_reason(self) -> None:
        row = QHBoxLayout(self._differs)
        row.setContentsMargins(0, 0, 0, 2)
        row.setSpacing(8)
        words = QLabel(self.tr("ต่างจากระดับตามเกณฑ์ เหตุผลประกอบ"))
        words.setBuddy(self._reason)
        set_tone(words, "warn")
        row.addWidget(Mark("warning", "warn"))
        row.addWidget(words)
        row.addWidget(self._reason, 1)

    def tab_stops(self) -> list[QWidget]:
        """In reading order; arrow keys walk along the cards, so nothing comes between them."""
        return [*self._cards.values(), self._step, self._reason]

    # --- showing ------------------------------------------------------------------------------

    def show_indicator(
        self, indicator: Indicator, assessed: AssessmentRound, here: str = ""
    ) -> None:
        """``here`` is the issue in view, to which no link is offered."""
        self._shown = indicator, assessed, here
        written = assessed.indicator(indicator.id)
        suggestion = assessed.suggestion(indicator)
        common = common_line(indicator)
        for level, card in self._cards.items():
            row = indicator.rubric.row(level)
            lines = _lines(indicator.rubric, row)
            shown = lines[1:] if common else lines[-1:]
            unverified = row is not None and not row.verified
            card.wear(
                "" if self._compact else " ".join(shown),
                "\n".join([*lines, *[self.tr("ยังไม่ได้ตรวจกับประกาศ")] * unverified]),
                chosen=level == written.level,
                suggested=level == suggestion.level,
            )
        code = thai_digits(assessed.framework.code_of(indicator.id))
        about = [self.tr("ตัวบ่งชี้ที่ {0}").format(code)]
        about += [self.tr("ทุกระดับ: {0}").format(common)] if common else []
        self._about.setText("  ·  ".join(about[:1] if self._compact else about))
        self._note.setText("  ·  ".join(self._notes(indicator, assessed)))
        self._show_advice(suggestion, assessed, here)
        differs = None not in (written.level, suggestion.level) and (
            written.level != suggestion.level
        )
        self._differs.setVisible(self._with_reason and differs)
        self._reason.show_reason(written.reason)

    def set_read_only(self, read_only: bool) -> None:
        """The reason cannot be written. A card may be asked for; whoever hears it says why not."""
        self._reason.setReadOnly(read_only)

    def set_compact(self, compact: bool) -> None:
        """Digits only, where there is little room; the words are in the tooltips then."""
        if compact != self._compact:
            self._compact = compact
            if self._shown:
                self.show_indicator(*self._shown)

    def _notes(self, indicator: Indicator, assessed: AssessmentRound) -> list[str]:
        field = indicator_field(assessed.fiscal_year, indicator.id, Kind.LEVEL)
        unsettled = field in assessed.unsettled
        set_tone(self._note, "bad" if unsettled else "")
        if unsettled:
            return [self.tr("แก้ไขไม่ตรงกัน")]
        unchosen = assessed.indicator(indicator.id).level is None
        unverified = not all(row.verified for row in indicator.rubric.rows)
        return [self.tr("เกณฑ์ยังไม่ได้ตรวจกับประกาศ")] * unverified + [self.tr("ยังไม่ระบุ")] * unchosen

    def _show_advice(self, suggestion: Suggestion, assessed: AssessmentRound, here: str) -> None:
        spoken = suggestion.level is not None
        sentence = suggestion.reason
        if spoken:
            level = thai_digits(str(suggestion.level))
            sentence = self.tr("ระดับตามเกณฑ์ {0} : {1}").format(level, suggestion.reason)
        sentence = "  ·  ".join(filter(None, (sentence, suggestion.next_step)))
        self._advice.setText(sentence)
        name, color = ("step", "accent") if spoken else ("circle", "ink2")
        self._mark.show_icon(name, color)
        code = suggestion.next_issue
        self._next_issue = assessed.framework.issue(code).id if code else ""
        self._step.setVisible(self._next_issue not in ("", here))
        self._step.setText(self.tr("ไปที่ {0}").format(thai_digits(code)))
        self._step.setAccessibleName(self.tr("ไปที่ประเด็น {0}").format(thai_digits(code)))

    # --- choosing -----------------------------------------------------------------------------

    def _click(self) -> None:
        card = self.sender()
        if isinstance(card, LevelCard):
            self.level_chosen.emit(None if card.isChecked() else card.level)

    def finish(self) -> None:
        """Hand over a reason that is still being typed."""
        self._reason.finish()


def common_line(indicator: Indicator) -> str:
    """The first line of the rubric where every level has the same: said once, above the cards."""
    rows = [_lines(indicator.rubric, row) for row in indicator.rubric.rows]
    first = {lines[0] for lines in rows if len(lines) > 1}
    return first.pop() if len(first) == 1 and all(len(lines) > 1 for lines in rows) else ""


def _lines(rubric: Rubric, row: RubricRow | None) -> list[str]:
    """The words of a row as they are shown, with Thai digits."""
    return [thai_digits(line) for line in row_lines(rubric, row)]
