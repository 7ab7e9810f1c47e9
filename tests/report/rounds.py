"""Rounds to print: the real filled-in form where it is at hand, and an invented one with all its irregularities."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment, IssueAssessment
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.framework import (
    LEVELS,
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Rubric,
    RubricRow,
    Standard,
)
from esa_desktop.domain.richtext import EMPTY, RichText, from_plain


def rubric(issues: int) -> Rubric:
    acted = f"มีการดำเนินการตามประเด็นการพิจารณาครบ {issues} ข้อ"
    return Rubric(
        tuple(
            RubricRow(level, (acted, f"มีร่องรอยหลักฐานปรากฏชัดเจน {max(level - 1, 0)} ข้อ"))
            for level in LEVELS
        )
    )


def indicator(number: int, name: str, issue_names: Sequence[str], lead_in: str = "") -> Indicator:
    issues = tuple(
        Issue(f"issue-{number}-{place}", place, issue) for place, issue in enumerate(issue_names, 1)
    )
    return Indicator(
        f"indicator-{number}",
        number,
        name,
        IndicatorType.EVIDENCE_LADDER,
        rubric(len(issues)),
        issues,
        lead_in,
    )


def framework(indicators: Sequence[Indicator]) -> Framework:
    standard = Standard("standard-1", 1, "การบริหารจัดการองค์การสู่ความเป็นเลิศ", tuple(indicators))
    return Framework("test", "มาตรฐานสำนักงานเขตพื้นที่การศึกษา พ.ศ.๒๕๕๗", 2557, (standard,))


def one_issue_round(
    method: RichText | str = EMPTY,
    results: RichText | str = EMPTY,
    evidence: Sequence[Evidence] = (),
    level: int | None = None,
) -> AssessmentRound:
    """A round with one indicator of one issue."""
    made = framework([indicator(1, "การบริหารจัดการที่ดี", ["การใช้ข้อมูลสารสนเทศ"])])
    texts = [from_plain(text) if isinstance(text, str) else text for text in (method, results)]
    issue = IssueAssessment(
        method=texts[0],
        results=texts[1],
        links=tuple((f"{place:03}", item.id) for place, item in enumerate(evidence)),
    )
    return AssessmentRound(
        2557,
        made,
        "สพป.ตัวอย่าง เขต ๑",
        {"issue-1-1": issue},
        {"indicator-1": IndicatorAssessment(level)},
        {item.id: item for item in evidence},
    )


def seed_round(folder: Path, times: int = 1) -> AssessmentRound:
    """The real form as a round; ``times`` repeats its indicators."""
    sheets: list[dict[str, Any]] = json.loads((folder / "truth.json").read_text("utf-8"))
    indicators: list[Indicator] = []
    issues: dict[str, IssueAssessment] = {}
    judged: dict[str, IndicatorAssessment] = {}
    items: dict[str, Evidence] = {}
    for number, sheet in enumerate(sheets * times, 1):
        made = indicator(
            number,
            sheet["title"],
            [issue["title"] for issue in sheet["issues"]],
            "สพป./สพม. มีผลการดำเนินการตามประเด็นการพิจารณา ดังต่อไปนี้",
        )
        indicators.append(made)
        for issue, typed in zip(made.issues, sheet["issues"], strict=True):
            issues[issue.id] = IssueAssessment(
                method=from_plain(typed["method"]), results=from_plain(typed["results"])
            )
        judged[made.id] = IndicatorAssessment(
            sheet["level"], suggestions=from_plain(sheet["opinions"])
        )
        links = []
        for place, line in enumerate(filter(None, sheet["evidence"].split("\n"))):
            if line.startswith("ประเด็นที่"):  # the sheet prints these itself
                continue
            item = Evidence(f"item-{number}-{place}", f"1.{number}.1-{place + 1:02}", line)
            items[item.id] = item
            links.append((f"{place:04}", item.id))
        first = made.issues[0].id
        issues[first] = replace(issues[first], links=tuple(links))
    return AssessmentRound(2557, framework(indicators), "สพป.ตัวอย่าง เขต ๒", issues, judged, items)


TABLE = "\n".join(
    ["ที่ | เครือข่าย | จำนวนโรงเรียน | ผู้รับผิดชอบ"]
    + [
        f"{place} | เครือข่ายที่ตั้งอยู่ริมน้ำสาย {place} | {place + 6} | นายสมมุติ ชื่อยาวสกุลยาวกว่าช่อง"
        for place in range(1, 12)
    ]
)
METHOD = f"""๑. จัดทำแผนปฏิบัติการประจำปีงบประมาณ พ.ศ.๒๕๕๗ โดยดำเนินการดังนี้
๑.๑ แต่งตั้งคณะทำงาน ,สถานศึกษาทุกแห่ง, สพฐ. , สพป./สพม.ทุกเขต
๑) ประชุมชี้แจงผู้บริหารและครูผู้สอนต่าง ๆ ตามกระบวนการ P D C A
(1) ส่งแบบสอบถาม http://www.example.go.th/ระบบสารสนเทศเพื่อการบริหารจัดการ/index.php?page=12
• รวบรวมคำตอบ “ครบถ้วน” ฯลฯ
๕. สรุปผลการนิเทศภายในสถานศึกษา
๕. นำผลมาปรับปรุง จำนวน     ครั้ง
มอบหมายผู้รับผิดชอบดังตารางต่อไปนี้
{TABLE}
6. ติดตามและประเมินผลร่วมกับ Focus Group โดยวิธีการ KM ณ ห้องประชุม เมื่อวันที่ ๖ ธันวาคม ๒๕๕๗"""
RESULTS = (
    "เก็บรวบรวมน้ำหนักคะแนนด้านปัญญา ซึ่งโรงเรียนทั้ง ๑๑๗ แห่งได้ร่วมกันพัฒนาอย่างต่อเนื่อง "
    "ก่อให้เกิดผลสัมฤทธิ์ที่สูงขึ้นกว่าปีที่ผ่านมา ร้อยละ ๔๙.๕๘ และผู้เกี่ยวข้องพึงพอใจ\n" * 14
)
EVIDENCE = (
    "๑. คำสั่งแต่งตั้งคณะทำงานและกำหนดหน้าที่ความรับผิดชอบ",
    "บันทึกการประชุม",
    "๕) ภาพถ่ายกิจกรรม",
    "๕. รายงานผลการดำเนินงานตามโครงการทุกโครงการ",
    "ฯลฯ",
)


def invented_round() -> AssessmentRound:
    """Everything domain.md counts up as irregular, in words that belong to nobody."""
    made = [
        indicator(
            1,
            "การบริหารจัดการที่ดี",
            ["ภาวะผู้นำของผู้บริหาร", "การใช้แผนเป็นเครื่องมือในการบริหารจัดการ", "การสร้างนวัตกรรม"],
            "สพป./สพม. มีผลการดำเนินการ ตามประเด็นการพิจารณา ดังต่อไปนี้",
        ),
        indicator(2, "การพัฒนาสู่องค์การแห่งการเรียนรู้", ["การจัดการความรู้ (Knowledge Management)"]),
    ]
    items = [
        Evidence(f"item-{place}", f"1.1.2-{place:02}", title)
        for place, title in enumerate(EVIDENCE, 1)
    ]
    items[0] = replace(items[0], number="ที่ ศธ ๐๔๐๐๑/๑๒๓", date=datetime.date(2014, 6, 11))
    links = tuple((f"{place:03}", item.id) for place, item in enumerate(items))
    return AssessmentRound(
        2557,
        framework(made),
        "สพป.ตัวอย่าง เขต ๑",
        {
            "issue-1-1": IssueAssessment(method=from_plain(METHOD), results=from_plain(RESULTS)),
            "issue-1-2": IssueAssessment(method=from_plain(METHOD), links=links),
            "issue-2-1": IssueAssessment(method=from_plain(RESULTS), results=from_plain(METHOD)),
        },
        {
            "indicator-1": IndicatorAssessment(4, suggestions=from_plain(RESULTS)),
        },
        {item.id: item for item in items},
    )
