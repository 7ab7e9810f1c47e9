"""How a score came about, as rows and sentences: every term, the sum, and what was left out with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.framework import Standard
from esa_desktop.domain.rollup import Score, Term, score_digits, standard_score, whole_score
from esa_desktop.domain.rubric import exact
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui import painting
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font

BEST: Final = 5
MOST_DECIMALS: Final = 4
"""Of a weight or a sum; longer ones are rounded to two."""
_TIMES, _OVER, _IS = "×", "÷", "="


def _tr(text: str) -> str:
    return QCoreApplication.translate("Score", text)


@dataclass(frozen=True, slots=True)
class TermRow(Row):
    """A heading (no code), or one line of a sum; leads to what the line is about."""

    code: str
    title: str
    words: str = ""
    """The product, or why it was left out."""
    is_left_out: bool = False


class TermDelegate(RowDelegate[TermRow]):
    """Code and name, and below them the product or the reason; a chevron where a row leads on."""

    def row_height(self, row: TermRow, width: int) -> int:
        if not row.code:
            return 38
        lines = len(self._lines(row, width))
        return round(34 + lines * painting.pitch(interface_font(SECOND)) + 4)

    def _lines(self, row: TermRow, width: float) -> list[str]:
        return painting.wrapped(row.words, interface_font(SECOND), width - 52)

    def paint_row(self, painter: QPainter, box: QRectF, row: TermRow) -> None:
        palette = painting.colors()
        strong = interface_font(semibold=True)
        if not row.code:
            inner = box.adjusted(8, 6, -8, 0)
            painting.draw_line(painter, inner, row.title, strong, palette.ink)
            return
        top = QRectF(box.x() + 12, box.y() + 3, box.width() - 52, 27)
        painting.draw_line(painter, top, row.code, strong, palette.accent)
        taken = painting.text_width(row.code, strong) + 10
        name = top.adjusted(taken, 0, 0, 0)
        painting.draw_line(painter, name, row.title, interface_font(), palette.ink)
        below = QRectF(top.x(), box.y() + 30, top.width(), box.height() - 34)
        color = palette.warn if row.is_left_out else palette.ink2
        lines = self._lines(row, box.width())
        painting.draw_lines(painter, below, lines, interface_font(SECOND), color)
        arrow = QRectF(box.right() - 28, box.center().y() - 8, 16, 16)
        painting.draw_icon(painter, arrow.topLeft(), "chevron-right", "accent", 16)
        rule = QRectF(box.x() + 8, box.bottom() - 1, box.width() - 16, 1)
        painter.fillRect(rule, QColor(palette.line))


def score_of(assessed: AssessmentRound, standard_id: str) -> Score:
    """Of a standard, or with ``""`` of the whole."""
    if not standard_id:
        return whole_score(assessed)
    return standard_score(assessed, _standard(assessed, standard_id))


def score_title(assessed: AssessmentRound, standard_id: str) -> str:
    if not standard_id:
        return _tr("คะแนนรวมทุกมาตรฐาน")
    standard = _standard(assessed, standard_id)
    return _tr("คะแนนมาตรฐานที่ {0}  {1}").format(thai_digits(standard.number), standard.name)


def short_words(score: Score, *, of_whole: bool) -> str:
    """``คะแนน ๓.๕๐ จาก ๕``; a part says that it is one and what it covers; else that there is none."""
    if score.value is not None:
        return _tr("คะแนน {0} จาก {1}").format(_shown(score.value), thai_digits(BEST))
    if score.partial is not None:
        counted, there = (thai_digits(number) for number in score.counted)
        form = _tr("คะแนนบางส่วน {0} นับ {1} จาก {2} มาตรฐาน")
        if not of_whole:
            form = _tr("คะแนนบางส่วน {0} นับ {1} จาก {2} ตัวบ่งชี้")
        return form.format(_shown(score.partial), counted, there)
    return _tr("ยังไม่รวมคะแนน")


def result_words(score: Score, *, of_whole: bool) -> str:
    """The same in a sentence of its own, with the reason in place of a number."""
    return short_words(score, of_whole=of_whole) if score.terms else score.why_none


def equation(score: Score) -> str:
    """``(๕ × ๒) + (๓ × ๔) = ๒๒`` and, on the next line, what it is divided by; empty without terms."""
    if not score.terms:
        return ""
    products = (f"({_value(term)} {_TIMES} {_weight(term)})" for term in score.terms)
    mean = score.value if score.value is not None else score.partial
    total, weight = _plain(score.total), _plain(score.weight)
    return "\n".join(
        (
            f"{' + '.join(products)} {_IS} {total}",
            f"{total} {_OVER} {weight} {_IS} {_shown(mean or 0.0)}",
        )
    )


def term_rows(score: Score, *, of_whole: bool) -> Iterator[TermRow]:
    """What counts, then what does not."""
    if score.terms:
        yield _heading(_tr("นำมารวม"))
        for term in score.terms:
            yield _row(term, _product(term, of_whole=of_whole))
    if score.left_out:
        yield _heading(_tr("ไม่ได้นำมารวม"))
        for term in score.left_out:
            yield _row(term, _reason(term, of_whole=of_whole), is_left_out=True)


def _standard(assessed: AssessmentRound, standard_id: str) -> Standard:
    return next(s for s in assessed.framework.standards if s.id == standard_id)


def _heading(words: str) -> TermRow:
    return TermRow("", words, "", words)


def _row(term: Term, words: str, *, is_left_out: bool = False) -> TermRow:
    code = thai_digits(term.code)
    spoken = " · ".join((f"{code} {term.name}", words))
    return TermRow(term.node_id, spoken, code, term.name, words, is_left_out)


def _product(term: Term, *, of_whole: bool) -> str:
    form = _tr("ระดับ {0} × น้ำหนัก {1} = {2}")
    if of_whole:
        form = _tr("คะแนน {0} × สัดส่วน {1} = {2}")
    words = form.format(_value(term), _weight(term), _plain(term.product))
    return " · ".join(filter(None, (words, _source(term))))


def _reason(term: Term, *, of_whole: bool) -> str:
    """Why not, and what is known of it all the same."""
    value = _tr("คะแนน {0}") if of_whole else _tr("ระดับ {0}")
    weight = _tr("สัดส่วน {0}") if of_whole else _tr("น้ำหนัก {0}")
    known = [term.why_not]
    known += [value.format(_value(term))] if term.value is not None else []
    known += [weight.format(_weight(term))] if term.weight is not None else []
    return " · ".join(filter(None, (*known, _source(term))))


def _source(term: Term) -> str:
    return _tr("ที่มา {0}").format(term.source) if term.source else ""


def _value(term: Term) -> str:
    value = term.value or 0.0
    return thai_digits(int(value)) if value == int(value) else _shown(value)


def _weight(term: Term) -> str:
    return _plain(term.weight or 0.0)


def _plain(number: float) -> str:
    """As it is, without zeros that say nothing; what has no end is rounded."""
    known = exact(number)
    has_end = -int(known.as_tuple().exponent) <= MOST_DECIMALS
    digits = f"{known:f}" if has_end else score_digits(number)
    return thai_digits(digits.rstrip("0").rstrip(".") if "." in digits else digits)


def _shown(value: float) -> str:
    return thai_digits(score_digits(value))
