"""The golden cases of setting lines: labels, long words, spreading, what stays together."""

from typing import Final

from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import Paragraph, RichText, Run, paragraph
from tests.report.golden.case import Case
from tests.report.golden.material import (
    ADDRESS,
    DATES,
    FIVE_LEVELS,
    SENTENCES,
    between,
    one_round,
    prose,
    text_with,
)

GLUED: Final = ("พ.ศ.๒๕๕๗", "เขต๒๓๔", "๑๑/๒๕๕๗")


def setting_cases() -> list[Case]:
    """The rules of setting lines."""
    five = one_round(FIVE_LEVELS)
    url = one_round(
        f"ดูรายละเอียดที่ {ADDRESS} หรือ {ADDRESS.replace('/', '_')} ได้ทุกวัน", evidence=[ADDRESS]
    )
    latin = one_round(
        "ใช้ Professional Learning Community และ Pneumonoultramicroscopicsilicovolcanoconiosis "
        "ตามวงจร P D C A โดย SWOT-Analysis/Balanced-Scorecard ร่วมกับ Coaching&Mentoring",
        evidence=["คู่มือ Internationalization.of.Education.docx"],
    )
    spread = tuple(Paragraph((Run(prose(count)),), align="justify") for count in (5, 3))
    styles = Paragraph(
        (
            Run("ตัวธรรมดา "),
            Run("ตัวหนา ", bold=True),
            Run("ตัวเอียง ", italic=True),
            Run("ขีดเส้นใต้ทั้งคำและวรรค ", underline=True),
            Run("ทุกอย่างพร้อมกัน", bold=True, italic=True, underline=True),
            Run("ก็ยังอ่านได้ที่กลางประโยค"),
        )
    )
    aligned = [paragraph("กึ่งกลางหน้า", align="center"), paragraph("ชิดขวา", align="right")]
    names = ("บ้านหนองปลาซิวทองคำ", "สมหมายรักการสอนยิ่ง")
    named = " ".join(f"{'ออกเยี่ยม' * (n % 4)}ที่{name}และ{name}" for n, name in enumerate(names * 4))
    return [
        Case("labels-landscape", "labels hang at five levels, with the widest one's room", five),
        Case(
            "labels-portrait", "the same on upright paper", five, PrintOptions(paper="a4-portrait")
        ),
        Case(
            "labels-sarabun",
            "the same in Sarabun, upright",
            five,
            PrintOptions(paper="a4-portrait", font="Sarabun"),
        ),
        Case(
            "labels-wide",
            "a label wider than its room runs into its text; lines below an item hang with it",
            one_round(
                text_with(
                    paragraph(SENTENCES[0], "กิจกรรมที่ ๑๒๓๔๕๖๗๘๙:"),
                    "โดยครูทุกคน",
                    paragraph(SENTENCES[1], "๒."),
                    "บรรทัดสั้นใต้ข้อ ๒\nและบรรทัดใหม่",
                )
            ),
            PrintOptions(paper="a4-portrait"),
        ),
        Case("latin", "long Latin words are cut between letters only where they must be", latin),
        Case(
            "latin-portrait",
            "the same in the narrow column",
            latin,
            PrintOptions(paper="a4-portrait"),
        ),
        Case("addresses", "addresses break behind strokes first", url),
        Case(
            "addresses-sarabun",
            "addresses in Sarabun on upright paper",
            url,
            PrintOptions(paper="a4-portrait", font="Sarabun"),
        ),
        Case(
            "justified",
            "a paragraph typed as justified, within what copying bears",
            one_round(text_with(*spread)),
        ),
        Case(
            "distributed",
            "the option that spreads every line, within what copying bears",
            one_round(prose(4), RichText(FIVE_LEVELS.blocks[:4])),
            PrintOptions(distribute=True),
        ),
        Case(
            "distributed-sarabun",
            "the same in Sarabun",
            one_round(prose(4)),
            PrintOptions(distribute=True, font="Sarabun"),
        ),
        Case(
            "styles",
            "bold, italic and underlined words in one line; centred and right",
            one_round(text_with(styles, *aligned)),
        ),
        Case(
            "stranded",
            "no sign and no last word stands alone on a line",
            one_round(
                "\n".join(f"{SENTENCES[n]} {'และ' * n}ณ" for n in range(7)),
                issue=SENTENCES[2] + "ดี",
            ),
        ),
        Case(
            "repeats",
            "ๆ and ฯ stay with their word",
            one_round(between(("ต่าง ๆ", "ทุก ๆ คน", "ฯลฯ", "กรุงเทพฯ", "เรื่อย ๆ", "อื่น ๆ"))),
            PrintOptions(paper="a4-portrait"),
            together=("ต่างๆ", "ทุกๆ", "กรุงเทพฯ", "เรื่อยๆ", "อื่นๆ"),
        ),
        Case(
            "dates",
            "a date, a year of the era and a counted thing stay on one line",
            one_round(between(DATES)),
            together=(
                "วันที่๖ธันวาคม",
                "พ.ศ.๒๕๕๗",
                "๑๑/๒๕๕๗",
                "๑๒คน",
                "๓แห่ง",
                "ร้อยละ๔๙.๕๘",
                "พ.ศ.๒๕๕๖",
            ),
        ),
        Case(
            "dates-portrait",
            "the same in the narrow column",
            one_round(between(DATES)),
            PrintOptions(paper="a4-portrait"),
            together=("วันที่๖ธันวาคม", "พ.ศ.๒๕๕๗", "๑๑/๒๕๕๗", "๑๒คน", "๓แห่ง", "พ.ศ.๒๕๕๖"),
        ),
        Case(
            "dates-edges",
            "numbers typed without a blank stay whole, wherever the line happens to end",
            one_round("\n".join(f"{'ครู' * n}{GLUED[n % 3]}" for n in range(7, 16))),
            PrintOptions(paper="a4-portrait"),
            together=GLUED,
        ),
        Case(
            "dictionary",
            "a line never breaks inside a name of the project's dictionary",
            one_round(named),
            PrintOptions(paper="a4-portrait"),
            together=names,
            kept_words=names,
        ),
        Case(
            "brackets",
            "brackets, quotes and strokes stay with their words",
            one_round(
                between(("(การศึกษา)", "“คุณภาพ”", "ครู/นักเรียน/ผู้ปกครอง", "สพป./สพม.", "คน , กลุ่ม"))
            ),
        ),
    ]
