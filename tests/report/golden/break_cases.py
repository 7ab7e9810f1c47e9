"""The golden cases of cutting pages: what is kept together, tables, pictures, rules."""

from dataclasses import replace
from typing import Final

from esa_desktop.domain.assessment import IndicatorAssessment
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import Image, RichText, from_plain
from tests.report.golden.case import Case
from tests.report.golden.material import (
    SCHOOLS,
    SENTENCES,
    lines,
    one_round,
    picture,
    prose,
    table,
    text_with,
    two_issues,
)

SMALL: Final = PrintOptions(size_pt=24.0)
"""Large type: a page is full after a dozen lines, so that a case of several pages stays small."""
SMALL_UPRIGHT: Final = replace(SMALL, paper="a4-portrait", margins_mm=(20, 15, 15, 110))


def break_cases() -> list[Case]:
    """The rules of cutting pages."""
    head = ("รายการ", "เป้าหมาย", "ผล")
    two_heads = [("ด้าน", "ปีงบประมาณ", ""), ("", "๒๕๕๖", "๒๕๕๗")]
    tall = [head, *((f"กิจกรรมที่ {n}", prose(12 - 5 * n), "ดี") for n in (1, 2))]
    pictures = {"ab": picture(80, 50), "cd": picture(20, 90)}
    return [
        *(
            Case(
                f"keep-issue-{count}",
                f"the name of an issue stays with its text, {count} lines below the top",
                two_issues(lines(count), "ผลดี", lines(3)),
                SMALL,
            )
            for count in (3, 4)
        ),
        *(
            Case(
                f"keep-section-{count}",
                f"a section's heading stays with its text, {count} lines below the top",
                one_round(lines(count), prose(2)),
                SMALL,
            )
            for count in (5, 6)
        ),
        Case(
            "keep-introduction",
            "a line that announces what follows does not end a page",
            one_round(lines(6) + "\nโดยดำเนินการดังนี้\n๑. " + "\n๒. ".join(SENTENCES[:2])),
            SMALL,
        ),
        *(
            Case(
                f"widows-{count}",
                f"no page begins or ends with one line of a paragraph, {count} lines below the top",
                one_round(lines(count) + "\n" + "\n".join(prose(n, n) for n in (3, 1))),
                SMALL,
            )
            for count in (2, 3)
        ),
        Case(
            "widows-portrait",
            "the same on upright paper, in Sarabun",
            one_round(lines(3) + "\n" + "\n".join(prose(n, n) for n in (2, 4))),
            replace(SMALL_UPRIGHT, font="Sarabun"),
        ),
        *(
            Case(
                f"keep-table-{count}",
                f"the head of a table stays with its first rows, {count} lines below the top",
                one_round(RichText((*from_plain(lines(count)).blocks, table(SCHOOLS[:4])))),
                SMALL,
            )
            for count in (6, 7)
        ),
        Case(
            "table",
            "a table in a cell goes on under its repeated head",
            one_round(text_with("ดังตาราง", table(SCHOOLS), "จบตาราง")),
            SMALL,
        ),
        Case(
            "table-portrait",
            "the same in the narrow column",
            one_round(text_with("ดังตาราง", table(SCHOOLS[:6]), "จบตาราง")),
            PrintOptions(paper="a4-portrait"),
        ),
        Case(
            "table-sarabun",
            "the same in Sarabun",
            one_round(text_with(table(SCHOOLS[:5]))),
            PrintOptions(font="Sarabun"),
        ),
        Case(
            "table-heads",
            "two rows of head, columns of chosen widths",
            one_round(
                text_with(
                    table(
                        [*two_heads, *((f"ด้านที่ {n}", "๑๒.๕๐", "๑,๒๓๔") for n in range(1, 9))],
                        (3, 1, 1),
                        2,
                    )
                )
            ),
            SMALL,
        ),
        Case(
            "table-row",
            "a row higher than the page's rest is cut between its lines",
            one_round(text_with(table(tall))),
            SMALL,
        ),
        Case(
            "table-cells",
            "several paragraphs and typed breaks in a cell, empty cells, a table without head",
            one_round(
                text_with(
                    table([("หนึ่ง\nสอง", "", "สาม"), ("", "ยาวกว่าช่องอื่น ๆ ทั้งหมดในแถว", "")], heads=0),
                    table([("๑", "๒"), ("๓", "๔")]),
                )
            ),
        ),
        Case(
            "pictures",
            "pictures stand in their cell, as wide as chosen, never wider than it",
            one_round(
                text_with("ภาพกิจกรรม", Image("ab", 120), "ใต้ภาพ", Image("ab", 900), "ท้ายภาพ")
            ),
            pictures=pictures,
        ),
        Case(
            "picture-breaks",
            "a picture that does not fit goes to the next page whole; a tall one is made smaller",
            one_round(text_with(lines(4), Image("ab", 250), "ใต้ภาพ", Image("cd", 400)), lines(2)),
            SMALL,
            pictures,
        ),
        Case(
            "picture-missing",
            "a picture that is not there is said so",
            one_round(text_with(Image("zz", 90))),
            PrintOptions(paper="a4-portrait"),
        ),
        Case(
            "rules",
            "every page of a sheet has its whole frame, columns of unlike length",
            one_round(
                prose(9), prose(3), "ควรทำต่อ", evidence=[f"เอกสารลำดับ {n}" for n in range(1, 5)]
            ),
            SMALL,
        ),
        Case(
            "ladder",
            "level rows that do not fit go to the next page as whole rows",
            replace(
                one_round("สั้น", name=prose(2)),
                indicators={"indicator-1": IndicatorAssessment(1)},
            ),
            replace(SMALL, margins_mm=(20, 15, 15, 40)),
        ),
        Case(
            "titles",
            "titles of several lines are balanced, and the foot is shortened to fit",
            one_round("สั้น", name=prose(3)),
            PrintOptions(paper="a4-portrait"),
        ),
    ]
