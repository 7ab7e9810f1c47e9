"""What the overview says of a round, as rows: levels, completeness, what would raise a level."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from esa_desktop.domain.assessment import AssessmentRound, Status, progress
from esa_desktop.domain.framework import Indicator, Issue
from esa_desktop.domain.rollup import score_digits, standard_score, whole_score
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.node_page import ENTERED, entered_words
from esa_desktop.ui.row_list import Row
from esa_desktop.ui.score_rows import result_words, short_words


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dashboard", text)


@dataclass(frozen=True, slots=True)
class Figures:
    """The three numbers on top."""

    complete: int
    issues: int
    without_evidence: int
    without_level: int
    """Indicators."""


@dataclass(frozen=True, slots=True)
class LevelRow(Row):
    """A standard's heading, which leads to its score, or the bar of an indicator."""

    title: str
    level: int | None
    by_rubric: int | None
    """The suggested level where it is another one than the chosen."""
    is_heading: bool = False
    is_note: bool = False
    """Words in place of bars."""
    score: str = ""
    """Of a heading: the score, or that there is none yet."""


@dataclass(frozen=True, slots=True)
class DoneRow(Row):
    """How many issues of a standard are complete."""

    title: str
    done: int
    total: int
    words: str


@dataclass(frozen=True, slots=True)
class GainRow(Row):
    """What one step more would earn an indicator; leads to the issue to work on."""

    title: str
    now: str
    step: str


def figures(assessed: AssessmentRound) -> Figures:
    counted = progress(assessed)
    indicators = [indicator for _, _, indicator in assessed.framework.indicators()]
    return Figures(
        complete=counted.done,
        issues=counted.total,
        without_evidence=counted.without_evidence,
        without_level=sum(1 for i in indicators if assessed.indicator(i.id).level is None),
    )


def level_rows(assessed: AssessmentRound) -> list[LevelRow]:
    """Every indicator under the heading of its standard, in printed order."""
    rows: list[LevelRow] = []
    for standard in assessed.framework.standards:
        title = _tr("มาตรฐานที่ {0} {1}").format(thai_digits(standard.number), standard.name)
        score = ""
        if standard.indicators:
            score = short_words(standard_score(assessed, standard), of_whole=False)
        target = standard.id if score else ""
        spoken = " · ".join(filter(None, (title, score)))
        rows.append(LevelRow(target, spoken, title, None, None, is_heading=True, score=score))
        if not standard.indicators:
            note = _tr("ยังไม่มีตัวบ่งชี้")
            rows.append(LevelRow("", note, note, None, None, is_note=True))
        for indicator in standard.indicators:
            code = thai_digits(assessed.framework.code_of(indicator.id))
            level = assessed.indicator(indicator.id).level
            by_rubric = assessed.suggestion(indicator).level
            title = f"{code} {indicator.name}"
            told = _tr("ระดับ {0}").format(thai_digits(level)) if level else _tr("ยังไม่ระบุ")
            if indicator.type in ENTERED:
                told += " · " + entered_words(assessed, indicator)
            other = by_rubric if by_rubric != level else None
            if other is not None:
                told += " · " + _tr("ระดับตามเกณฑ์ {0}").format(thai_digits(other))
            rows.append(LevelRow(indicator.id, f"{title} · {told}", title, level, other))
    return rows


def done_rows(assessed: AssessmentRound) -> list[DoneRow]:
    rows: list[DoneRow] = []
    for standard in assessed.framework.standards:
        states = [assessed.status(q.id) for i in standard.indicators for q in i.issues]
        done = states.count(Status.COMPLETE)
        title = _tr("มาตรฐานที่ {0}").format(thai_digits(standard.number))
        told = done_words(done, len(states), is_empty=not standard.indicators)
        spoken = f"{title} {standard.name} · {told}"
        rows.append(DoneRow(standard.id, spoken, title, done, len(states), told))
    return rows


def done_words(done: int, total: int, *, is_empty: bool = False) -> str:
    """``is_empty``: there is not even an indicator; one may do without issues."""
    if is_empty:
        return _tr("ยังไม่มีตัวบ่งชี้")
    if not total:
        return _tr("ไม่มีประเด็นการพิจารณา")
    return thai_digits(_tr("{0} จาก {1} ประเด็น").format(done, total))


def gain_rows(assessed: AssessmentRound) -> list[GainRow]:
    """Indicators of which the rubric says what would raise the level.

    A row leads to the issue to work on, or to the indicator where a value is to be raised.
    """
    rows: list[GainRow] = []
    for code, _, indicator in assessed.framework.indicators():
        suggestion = assessed.suggestion(indicator)
        if suggestion.level is None or not suggestion.next_step:
            continue
        target: Indicator | Issue = indicator
        if suggestion.next_issue:
            target = assessed.framework.issue(suggestion.next_issue)
        title = _tr("ตัวบ่งชี้ที่ {0}").format(thai_digits(code))
        now = _tr("ระดับตามเกณฑ์ {0}").format(thai_digits(suggestion.level))
        spoken = f"{title} {indicator.name} · {now} · {suggestion.next_step}"
        rows.append(GainRow(target.id, spoken, title, now, suggestion.next_step))
    return rows


def total_words(assessed: AssessmentRound) -> str:
    """The weighted mean of the whole, a part that says so, or the sentence why there is none."""
    score = whole_score(assessed)
    if score.value is not None:
        words = _tr("คะแนนเฉลี่ยถ่วงน้ำหนักทั้งหมด {0} จาก 5").format(score_digits(score.value))
        return thai_digits(words)
    words = result_words(score, of_whole=True)
    return f"{words} · {score.why_none}" if score.partial is not None else words
