"""The golden cases of options, one for each, and of columns wide by what is in them."""

import datetime
from dataclasses import replace
from typing import Any

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.printing import PrintOptions
from tests.report.golden.case import Case
from tests.report.golden.material import (
    SCHOOLS,
    SENTENCES,
    one_round,
    prose,
    several,
    table,
    text_with,
)


def width_cases() -> list[Case]:
    """Columns wide by what is in them, within limits."""
    wordy = [f"{n}) {SENTENCES[n]}" for n in range(1, 6)]
    return [
        Case(
            "widths-text",
            "much text and little evidence: a wide column three",
            one_round(prose(12), evidence=["แผน"]),
        ),
        Case(
            "widths-evidence",
            "little text and much evidence: a wide column four",
            one_round("สั้น", evidence=wordy),
        ),
        Case(
            "widths-limits",
            "the same within a person's own limits",
            one_round("สั้น", evidence=wordy),
            PrintOptions(rubric_mm=(60.0, 60.0), evidence_mm=(50.0, 58.0)),
        ),
        Case(
            "widths-portrait",
            "much evidence on upright paper",
            one_round("สั้น", evidence=wordy),
            PrintOptions(paper="a4-portrait"),
        ),
    ]


def option_cases() -> list[Case]:
    """Each option of a print."""
    item = Evidence(
        "item-a", "1.1.1-04", "คำสั่งแต่งตั้ง", number="ที่ ๑๒/๒๕๕๗", date=datetime.date(2014, 6, 11)
    )
    usual = one_round(
        prose(1), SENTENCES[4], evidence=["๕) บันทึกการประชุม", item], lead_in="มีผลดังต่อไปนี้"
    )
    longer = one_round(prose(6))
    chosen: dict[str, tuple[str, AssessmentRound, dict[str, Any]]] = {
        "a4-landscape": ("A4 on its side", usual, {}),
        "a4-portrait": ("A4 upright", usual, {"paper": "a4-portrait"}),
        "a4-landscape-sarabun": ("A4 on its side in Sarabun", usual, {"font": "Sarabun"}),
        "a4-portrait-sarabun": (
            "A4 upright in Sarabun",
            usual,
            {"paper": "a4-portrait", "font": "Sarabun"},
        ),
        "f4-landscape": ("F4 on its side", usual, {"paper": "f4-landscape"}),
        "f4-portrait": ("F4 upright", usual, {"paper": "f4-portrait"}),
        "margins": ("a person's own margins", usual, {"margins_mm": (30.0, 25.0, 30.0, 35.0)}),
        "size-10": ("the smallest type", usual, {"size_pt": 10.0}),
        "size-24": ("the largest type", usual, {"size_pt": 24.0}),
        "arabic": ("Arabic digits in what the program sets itself", usual, {"thai_digits": False}),
        "number-plain": ("a bare page number", usual, {"page_numbers": "plain"}),
        "number-none": ("no page number", usual, {"page_numbers": "none"}),
        "codes": ("evidence under its codes", usual, {"evidence_codes": True}),
        "black": (
            "no grey anywhere",
            one_round(text_with(table(SCHOOLS[:3]))),
            {"pure_black": True},
        ),
        "header-footer": (
            "a line above and another below every page",
            usual,
            {"header": "เอกสารประกอบการประเมิน ฉบับที่ 2", "footer": "กลุ่มนโยบายและแผน"},
        ),
        "gutter": (
            "room for binding on the left of every page",
            longer,
            {"gutter_mm": 15.0, "size_pt": 24.0},
        ),
        "duplex": (
            "room for binding on the left of odd pages, right of even ones",
            longer,
            {"gutter_mm": 15.0, "duplex": True, "size_pt": 24.0},
        ),
        "watermark": ("a word across the page, pale", usual, {"watermark": "ฉบับร่าง"}),
        "only-ready": (
            "only what somebody marked as ready",
            several(3, ready=(2,)),
            {"only_ready": True},
        ),
        "level-unknown": ("no level: five empty boxes", replace(usual, indicators={}), {}),
    }
    return [
        Case(name, about, made, PrintOptions(**more))
        for name, (about, made, more) in chosen.items()
    ]
