"""The rows of a rubric as a type of indicator holds them, and those an office can start from."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.framework import LEVELS, IndicatorType, RubricRow
from esa_desktop.domain.thai import clean_text, thai_digits

MOST_LINES: Final = 6
"""Of one rubric row; the real form has two."""
LONGEST_LINE: Final = 2000
HIGHEST_COUNT: Final = 99
LARGEST_VALUE: Final = 1e9
"""Of a threshold."""
FEWEST_OF_A_LADDER: Final = len(LEVELS) - 1
"""Five levels part the counts 0..n only where there are at least as many issues."""


def usual_rows(kind: IndicatorType, issue_count: int) -> tuple[RubricRow, ...]:
    """Five rows to start from, none of them checked.

    For a ladder in the words of the form of 2557: all n, n - 1, n - 2, n - 3, and the rest;
    with fewer than four issues the lowest levels stay empty. For the other types without words.
    """
    if kind is not IndicatorType.EVIDENCE_LADDER:
        return tuple(RubricRow(level, ()) for level in LEVELS)
    return tuple(_usual_row(level, issue_count) for level in LEVELS)


def _usual_row(level: int, issue_count: int) -> RubricRow:
    most = issue_count - (LEVELS[0] - level)
    if most < 0 or issue_count == 0:
        return RubricRow(level, ())
    fewest = 0 if level == LEVELS[-1] else most
    if most == 0:
        found = "ไม่มีร่องรอยหลักฐานปรากฏ"
    elif fewest == 0:
        found = f"มีร่องรอยหลักฐานปรากฏชัดเจน น้อยกว่า {most + 1} ข้อ"
    else:
        found = f"มีร่องรอยหลักฐานปรากฏชัดเจน {'ทุก' if most == issue_count else f'{most} '}ข้อ"
    acted = f"มีการดำเนินการตามประเด็นการพิจารณาครบ {issue_count} ข้อ"
    return RubricRow(level, (thai_digits(acted), thai_digits(found)), fewest, most)


def rows_of_type(kind: IndicatorType, rows: Sequence[RubricRow]) -> tuple[RubricRow, ...]:
    """The rows with clean words and only the numbers their type knows.

    `ValueRefused` for a level that is none or stands twice, and for numbers no file may hold.
    """
    levels = [row.level for row in rows]
    if len(set(levels)) < len(levels) or not set(levels) <= set(LEVELS):
        raise ValueRefused("เกณฑ์มีได้ระดับละหนึ่งแถว ตั้งแต่ระดับ ๕ ถึง ๑")
    return tuple(_row_of_type(kind, row) for row in rows)


def _row_of_type(kind: IndicatorType, row: RubricRow) -> RubricRow:
    lines = tuple(line for text in row.lines for line in rubric_lines(text))
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        most = thai_digits(MOST_LINES)
        raise ValueRefused(f"คำอธิบายของระดับหนึ่งมีได้ไม่เกิน {most} บรรทัด บรรทัดละไม่เกิน ๒,๐๐๐ ตัวอักษร")
    ladder, threshold = IndicatorType.EVIDENCE_LADDER, IndicatorType.THRESHOLD
    kept = replace(
        row,
        lines=lines,
        fewest=row.fewest if kind is ladder else None,
        most=row.most if kind is ladder else None,
        at_least=row.at_least if kind is threshold else None,
    )
    if any(n is not None and not 0 <= n <= HIGHEST_COUNT for n in (kept.fewest, kept.most)):
        raise ValueRefused(thai_digits(f"จำนวนข้อในเกณฑ์ต้องเป็น 0 ถึง {HIGHEST_COUNT}"))
    value = kept.at_least
    if value is not None and not (math.isfinite(value) and abs(value) <= LARGEST_VALUE):
        raise ValueRefused("ค่าในเกณฑ์มากเกินไป กรุณาตรวจตัวเลขอีกครั้ง")
    return kept if value is None else replace(kept, at_least=as_kept(value))


def as_kept(value: float) -> float:
    """To six places: together with nine before the point, all the digits that Excel keeps."""
    return round(float(value), 6) + 0.0  # no "-0"


def rubric_lines(text: str) -> tuple[str, ...]:
    """The lines of a description, clean and none of them empty."""
    return tuple(line.strip() for line in clean_text(text).split("\n") if line.strip())
