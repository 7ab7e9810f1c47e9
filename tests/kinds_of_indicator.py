"""A framework with an indicator of every type, with and without issues, and a round that fills it."""

from dataclasses import replace

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment, IssueAssessment
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.framework import (
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Rubric,
    RubricRow,
    Standard,
)
from esa_desktop.domain.richtext import from_plain
from esa_desktop.domain.works import Work

YEAR = 2557
SATISFIED = "satisfied"
SCHOOLS = "schools"
BEST_WORKS = "best-works"
PRIDE = "pride"
COUNTED = "counted"


def ladder() -> Indicator:
    acted = "มีการดำเนินการตามประเด็นการพิจารณาครบ ๒ ข้อ"
    rows = (
        RubricRow(5, (acted, "มีร่องรอยหลักฐานปรากฏชัดเจน ทุกข้อ"), 2, 2, verified=True),
        RubricRow(3, (acted, "มีร่องรอยหลักฐานปรากฏชัดเจน ๑ ข้อ"), 1, 1, verified=True),
        RubricRow(1, (acted, "ไม่มีร่องรอยหลักฐานปรากฏ"), 0, 0, verified=True),
    )
    issues = (Issue("counted-1", 1, "การวางแผน", True), Issue("counted-2", 2, "การติดตาม", True))
    kind = IndicatorType.EVIDENCE_LADDER
    return Indicator(COUNTED, 1, "การบริหารจัดการที่ดี", kind, Rubric(rows), issues, verified=True)


def threshold(
    node_id: str, number: int, name: str, unit: str, least: tuple[float, ...], *issues: Issue
) -> Indicator:
    """``least`` from level 5 down; its rows have no words of their own."""
    rows = tuple(
        RubricRow(level, (), at_least=value, verified=True)
        for level, value in zip((5, 4, 3, 2, 1), least, strict=True)
    )
    kind = IndicatorType.THRESHOLD
    lead_in = "ผลการวัดเป็นไปตามข้อมูลของปีงบประมาณ"
    rubric = Rubric(rows, unit)
    return Indicator(node_id, number, name, kind, rubric, issues, lead_in, verified=True)


def works(node_id: str, number: int, wanted: int | None, *issues: Issue) -> Indicator:
    lines = {5: "ระดับดีเยี่ยม", 4: "ระดับดีมาก", 3: "ระดับดี", 2: "ระดับพอใช้", 1: "ระดับปรับปรุง"}
    rows = tuple(RubricRow(n, (f"มีผลงานที่เกิดผล{line}",), verified=True) for n, line in lines.items())
    return Indicator(
        node_id,
        number,
        "ผลงานที่ประสบความสำเร็จเป็นที่ประจักษ์",
        IndicatorType.RANKED_WORKS,
        Rubric(rows),
        issues,
        verified=True,
        works=wanted,
    )


def free(node_id: str, number: int) -> Indicator:
    rows = (RubricRow(5, ("เป็นแบบอย่างได้",), verified=True), RubricRow(1, ("ยังไม่เป็นระบบ",)))
    kind = IndicatorType.FREE
    return Indicator(node_id, number, "ความภาคภูมิใจขององค์กร", kind, Rubric(rows), (), verified=True)


def framework() -> Framework:
    """1.1 a ladder · 2.1 a percentage, 2.2 a number, with an issue · 3.1 five works, 3.2 free."""
    first = Standard("s1", 1, "การบริหารจัดการองค์การสู่ความเป็นเลิศ", (ladder(),), verified=True)
    percent = threshold(
        SATISFIED, 1, "ความพึงพอใจของผู้รับบริการ", "ร้อยละ", (90.0, 80.0, 70.0, 60.0, 50.0)
    )
    schools = threshold(
        SCHOOLS,
        2,
        "โรงเรียนที่ผ่านการประเมินภายนอก",
        "โรงเรียน",
        (100, 80, 60, 40, 0),
        Issue("schools-1", 1, "การเตรียมความพร้อม", True),
    )
    second = Standard("s2", 2, "การบริหารและการจัดการศึกษา", (percent, schools), verified=True)
    third = Standard(
        "s3", 3, "สัมฤทธิผลการจัดการศึกษา", (works(BEST_WORKS, 1, 5), free(PRIDE, 2)), verified=True
    )
    return Framework("kinds", "มาตรฐานสำนักงานเขตพื้นที่การศึกษา", 2557, (first, second, third))


def weighed(made: Framework, *, verified: bool = True) -> Framework:
    """Every indicator weighs five, and the standards share 30, 30 and 40 percent."""
    shares = (30.0, 30.0, 40.0)
    return replace(
        made,
        standards=tuple(
            replace(
                standard,
                share=share,
                share_verified=verified,
                share_source="ประกาศ สพฐ. หน้า ๔",
                indicators=tuple(
                    replace(i, weight=5.0, weight_verified=verified) for i in standard.indicators
                ),
            )
            for standard, share in zip(made.standards, shares, strict=True)
        ),
    )


WORKS = (
    Work(
        "w1",
        "ห้องสมุดเคลื่อนที่ทางน้ำ",
        "นักเรียน ๑๒ โรงเรียนยืมหนังสือเพิ่มขึ้นร้อยละ ๔๐\nเป็นแบบอย่างของเขตพื้นที่อื่น ๕ แห่ง",
        ("e1", "e2"),
    ),
    Work("w2", "สวนครัวโรงเรียน", "ลดค่าอาหารกลางวันลงหนึ่งในสี่", ("e2",)),
    Work("w3", "คลินิกภาษาไทย"),
)
ITEMS = {
    "e1": Evidence("e1", "3.1-01", "ภาพถ่ายห้องสมุดเรือ"),
    "e2": Evidence("e2", "3.1-02", "รายงานผลการดำเนินงาน", number="ที่ ศธ ๐๔๐๐๑/๑๒๓"),
    "e3": Evidence("e3", "2.1-01", "สรุปแบบสอบถามความพึงพอใจ"),
    "e4": Evidence("e4", "3.1-03", "หนังสือขอบคุณจากชุมชน"),
    "e5": Evidence("e5", "3.1-04", "ฉบับร่างที่เลิกใช้", binned=True),
}


def filled_round(made: Framework | None = None) -> AssessmentRound:
    """Values, works and evidence; no level of 3.2 is chosen."""
    links = tuple((f"{place}", name) for place, name in enumerate(("e1", "e2", "e4", "e5")))
    return AssessmentRound(
        YEAR,
        made or framework(),
        "สพป.ตัวอย่าง เขต ๑",
        {
            "counted-1": IssueAssessment(
                True, True, from_plain("ประชุมวางแผนทุกเดือน"), from_plain("มีแผนครบทุกกลุ่ม")
            ),
            "schools-1": IssueAssessment(method=from_plain("นิเทศก่อนประเมินทุกโรงเรียน")),
            SATISFIED: IssueAssessment(links=(("a", "e3"),)),
            BEST_WORKS: IssueAssessment(links=links),
        },
        {
            COUNTED: IndicatorAssessment(3),
            SATISFIED: IndicatorAssessment(
                4, measured="87.50", suggestions=from_plain("ควรสำรวจปีละสองครั้ง")
            ),
            SCHOOLS: IndicatorAssessment(4, measured="80"),
            BEST_WORKS: IndicatorAssessment(5, works=WORKS),
        },
        ITEMS,
    )
