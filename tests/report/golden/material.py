"""What the rounds of the golden cases are made of: invented sentences, tables, labels, pictures."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment, IssueAssessment
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import READY
from esa_desktop.domain.framework import LEVELS, Indicator, Rubric, RubricRow
from esa_desktop.domain.richtext import EMPTY, Image, RichText, Table, from_plain, paragraph
from tests.report.rounds import framework, indicator

OFFICE: Final = "สพป.ดอนสมมุติ เขต ๙"
RUBRIC: Final = Rubric(tuple(RubricRow(level, (f"มีร่องรอย {level} ข้อ",)) for level in LEVELS))
SENTENCES: Final = (
    "คณะทำงานประชุมร่วมกับผู้บริหารสถานศึกษาทุกแห่งเพื่อกำหนดเป้าหมายของปี",
    "ครูผู้สอนนำแบบบันทึกไปใช้ในห้องเรียนและส่งคืนทุกวันศุกร์",
    "ศึกษานิเทศก์ออกเยี่ยมโรงเรียนขนาดเล็กริมลำน้ำเดือนละสองครั้ง",
    "ผู้ปกครองและกรรมการสถานศึกษาร่วมให้ความเห็นก่อนปรับปรุงแผน",
    "ผลการทดสอบของนักเรียนชั้นประถมศึกษาปีที่ ๖ สูงขึ้นกว่าปีก่อน",
    "สำนักงานเผยแพร่รายงานทางเว็บไซต์และแจ้งเวียนเป็นหนังสือราชการ",
    "กลุ่มงานรวบรวมข้อเสนอแนะไว้เป็นฐานข้อมูลสำหรับปีต่อไป",
)


def prose(count: int, first: int = 0) -> str:
    """Different sentences in a row, as one paragraph."""
    places = range(first, first + count)
    return " ".join(SENTENCES[place % len(SENTENCES)] for place in places)


def lines(count: int, words: str = "รายการที่") -> str:
    """Paragraphs of one short line each."""
    return "\n".join(f"{words} {place}" for place in range(1, count + 1))


def rich(text: RichText | str) -> RichText:
    return from_plain(text) if isinstance(text, str) else text


def one_round(
    method: RichText | str = EMPTY,
    results: RichText | str = EMPTY,
    suggestions: RichText | str = EMPTY,
    *,
    evidence: Sequence[Evidence | str] = (),
    name: str = "การพัฒนาคุณภาพ",
    issue: str = "การใช้ข้อมูลสารสนเทศ",
    lead_in: str = "",
    level: int | None = 3,
) -> AssessmentRound:
    """One indicator of one issue."""
    items = [
        Evidence(f"item-{place}", f"1.1.1-{place:02}", item) if isinstance(item, str) else item
        for place, item in enumerate(evidence, 1)
    ]
    links = tuple((f"{place:03}", item.id) for place, item in enumerate(items))
    made = replace(indicator(1, name, [issue], lead_in), rubric=RUBRIC)
    return AssessmentRound(
        2557,
        framework([made]),
        OFFICE,
        {"issue-1-1": IssueAssessment(False, False, rich(method), rich(results), links)},
        {"indicator-1": IndicatorAssessment(level, suggestions=rich(suggestions))},
        {item.id: item for item in items},
    )


def two_issues(
    method: str, results: str, second: str, name: str = "การนิเทศภายใน"
) -> AssessmentRound:
    """A first issue that fills the page to where the name of the second one comes."""
    made = replace(indicator(1, "การพัฒนาคุณภาพ", ["การวางแผน", name]), rubric=RUBRIC)
    issues = {
        "issue-1-1": IssueAssessment(method=rich(method), results=rich(results)),
        "issue-1-2": IssueAssessment(method=rich(second)),
    }
    return AssessmentRound(2557, framework([made]), OFFICE, issues)


def several(count: int, ready: Sequence[int] = ()) -> AssessmentRound:
    """Indicators of one short text each; some marked as ready."""
    made: list[Indicator] = []
    issues = {}
    for number in range(1, count + 1):
        made.append(replace(indicator(number, f"งานด้านที่ {number}", ["การวางแผน"]), rubric=RUBRIC))
        issues[f"issue-{number}-1"] = IssueAssessment(method=from_plain(SENTENCES[number - 1]))
    judged = {f"indicator-{number}": IndicatorAssessment(4, status=READY) for number in ready}
    return AssessmentRound(2557, framework(made), OFFICE, issues, judged)


BOOK: Final = {
    "cover_lines": "เอกสารลำดับที่ ๑๒/๒๕๕๗\nกลุ่มนโยบายและแผน",
    "foreword": SENTENCES[0] + "\n" + SENTENCES[3],
    "foreword_month": "กันยายน ๒๕๕๗",
    "summary": SENTENCES[4],
    "strengths": "๑. ครูร่วมมือกันดี\n๒. ข้อมูลครบถ้วน",
    "improvements": "ควรเยี่ยมโรงเรียนบนเกาะให้บ่อยขึ้น",
    "basics": "ตั้งอยู่ริมลำน้ำ มีโรงเรียน ๘๒ แห่ง\nที่ | ระดับ | จำนวน\n๑ | อนุบาล | ๑๒\n๒ | ประถม | ๗๐",
    "basics_date": "๑๐ มิถุนายน ๒๕๕๗",
    "criteria": SENTENCES[2],
    "development": "จัดทำปฏิทินการเยี่ยมโรงเรียนทั้งปี",
    "orders": "คำสั่งที่ ๑๒/๒๕๕๗ แต่งตั้งคณะทำงาน",
    "minutes": "ประชุมครั้งที่ ๑/๒๕๕๗ ณ ห้องประชุมใหญ่",
    "compilers": "นายสมมุติ ตัวอย่าง, ผู้อำนวยการ\nนางบุญมี ใจดี, ศึกษานิเทศก์",
    "committee": "นายเอกชัย ตัวอย่าง, ประธานกรรมการ\nนางวิทยา ใจดี, กรรมการ\nนายมานะ ตั้งใจ, เลขานุการ",
}


def book_round() -> AssessmentRound:
    """Two indicators, one without a level, and every text of a book."""
    whole = several(2)
    item = Evidence("item-1", "1.1.1-01", "แผนปฏิบัติการประจำปี", number="ที่ ๑๒/๒๕๕๗")
    first = replace(whole.issue("issue-1-1"), links=(("001", item.id),))
    texts = {name: from_plain(text) for name, text in BOOK.items()}
    texts["emblem"] = RichText((Image("ab", 80),))
    texts["pictures"] = text_with(Image("ab", 200), "ภาพการประชุม", Image("ab", 200), "ภาพการเยี่ยม")
    return replace(
        whole,
        issues={**whole.issues, "issue-1-1": first},
        indicators={"indicator-1": IndicatorAssessment(4)},
        items={item.id: item},
        book=texts,
    )


def table(rows: Sequence[Sequence[str]], widths: Sequence[float] = (), heads: int = 1) -> Table:
    cells = tuple(
        tuple(tuple(paragraph(line) for line in cell.split("\n")) for cell in row) for row in rows
    )
    return Table(cells, tuple(widths) or (1.0,) * len(rows[0]), heads)


def text_with(*blocks: Any) -> RichText:
    return RichText(tuple(paragraph(b) if isinstance(b, str) else b for b in blocks))


def picture(width: int, height: int) -> bytes:
    """A drawn chequer, so that a turned or mirrored picture is seen."""
    from PIL import Image as Pictures

    made = Pictures.new("RGB", (width, height), (235, 235, 235))
    made.paste((40, 90, 160), (0, 0, width // 2, height // 2))
    made.paste((200, 120, 30), (width // 2, height // 2, width, height))
    stream = BytesIO()
    made.save(stream, "PNG")
    return stream.getvalue()


SCHOOLS: Final = (
    ("ที่", "เครือข่าย", "โรงเรียน", "ผู้รับผิดชอบ"),
    *(
        (thai, f"เครือข่าย{place}", count, f"นาย{first} ตัวอย่าง")
        for thai, place, count, first in (
            ("๑", "ริมน้ำ", "๑๒", "สมมุติ"),
            ("๒", "เชิงเขา", "๙", "เอกชัย"),
            ("๓", "ทุ่งกว้าง", "๑๔", "บุญมี"),
            ("๔", "ชายทะเล", "๗", "วิทยา"),
            ("๕", "ในเมือง", "๒๑", "ประเสริฐ"),
            ("๖", "ดอนสูง", "๕", "สมบูรณ์"),
            ("๗", "เกาะกลาง", "๓", "อนันต์"),
            ("๘", "ป่าสัก", "๑๑", "มานะ"),
        )
    ),
)
LABELS: Final = (
    ("๑.", 0),
    ("๑.๑", 1),
    ("๑)", 2),
    ("(๑)", 3),
    ("•", 4),
    ("•", 4),
    ("(๒)", 3),
    ("๒)", 2),
    ("๑.๒", 1),
    ("๑๐.", 0),
)
FIVE_LEVELS: Final = RichText(
    tuple(
        paragraph(SENTENCES[place % 7], label, level) for place, (label, level) in enumerate(LABELS)
    )
)
DATES: Final = (
    "วันที่ ๖ ธันวาคม ๒๕๕๗",
    "พ.ศ.๒๕๕๗",
    "๑๑/๒๕๕๗",
    "จำนวน ๑๒ คน",
    "๓ แห่ง",
    "ร้อยละ ๔๙.๕๘",
    "พ.ศ. ๒๕๕๖",
    "๙ ม.ค. ๒๕๕๘",
)
ADDRESS: Final = (
    "http://www.example.go.th/reports/2557/self-assessment/index.php?office=donsommut&page=12"
)


def between(parts: Sequence[str]) -> str:
    """Twice each, with words of unlike length before it, so that line ends meet all of them."""
    return " ".join(
        f"{SENTENCES[place % 7][: 0 if place % 3 else None]}{'ทั้งนี้' * (place % 4)} {part}".strip()
        for place, part in enumerate([*parts] * 2)
    )
