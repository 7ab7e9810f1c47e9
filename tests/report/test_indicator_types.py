"""Paper of indicators that measure a value, rank works, or are judged by words alone."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.works import Work
from esa_desktop.report.sheet import write_sheets
from tests.kinds_of_indicator import (
    BEST_WORKS,
    PRIDE,
    WORKS,
    filled_round,
    framework,
    weighed,
)
from tests.reading import pdfium_pages, squeezed
from tests.report.golden.case import print_case
from tests.report.golden_cases import all_cases


def printed(assessed: AssessmentRound, folder: Path, *codes: str, **options: Any) -> list[str]:
    """Pages without white, as PDFium reads them; of all indicators, or of these."""
    target = folder / "printed.pdf"
    write_sheets(assessed, target, PrintOptions(**options), indicators=codes or None)
    return [squeezed(page) for page in pdfium_pages(target)]


def sheet(folder: Path, code: str, assessed: AssessmentRound | None = None) -> str:
    return "".join(printed(assessed or filled_round(), folder, code))


def test_a_value_stands_with_its_unit_and_all_its_decimals(tmp_path: Path) -> None:
    page = sheet(tmp_path, "2.1")

    assert "ค่าที่วัดได้ร้อยละ๘๗.๕๐ความเห็นและข้อเสนอแนะควรสำรวจปีละสองครั้ง" in page
    assert "ค่าที่วัดได้๘๐โรงเรียน๑.การเตรียมความพร้อมวิธีการดำเนินงาน" in sheet(tmp_path, "2.2")


def test_digits_of_what_the_program_writes_can_be_chosen(tmp_path: Path) -> None:
    page = "".join(printed(filled_round(), tmp_path, "2.1", thai_digits=False))

    assert "ค่าที่วัดได้ร้อยละ87.50" in page
    assert "ตั้งแต่ร้อยละ90ขึ้นไป" in page


def test_without_a_value_its_heading_waits(tmp_path: Path) -> None:
    empty = replace(filled_round(), indicators={})

    assert "ค่าที่วัดได้ความเห็นและข้อเสนอแนะ" in sheet(tmp_path, "2.1", empty)


def test_works_stand_in_order_and_their_evidence_beside_them_by_work(tmp_path: Path) -> None:
    page = sheet(tmp_path, "3.1")

    assert "ผลงานที่เสนอ๓ผลงานเรียงจากดีที่สุด๑.ห้องสมุดเคลื่อนที่ทางน้ำนักเรียน๑๒โรงเรียน" in page
    assert page.index("๒.สวนครัวโรงเรียน") < page.index("๓.คลินิกภาษาไทย")
    assert "ผลงานที่๑ประกอบด้วย๑.ภาพถ่ายห้องสมุดเรือ๒.รายงานผลการดำเนินงานที่ศธ๐๔๐๐๑/๑๒๓" in page
    assert "ผลงานที่๒ประกอบด้วย๑.รายงานผลการดำเนินงาน" in page
    assert "หลักฐานอื่น๑.หนังสือขอบคุณจากชุมชน" in page
    assert "ผลงานที่๓ประกอบด้วย" not in page
    assert "ฉบับร่างที่เลิกใช้" not in page


def test_the_sheet_counts_the_works_that_are_presented_not_those_asked_for(tmp_path: Path) -> None:
    told = filled_round()
    one = replace(told.indicator(BEST_WORKS), works=WORKS[:1])
    none = replace(told.indicator(BEST_WORKS), works=())
    for written, heading in ((one, "ผลงานที่เสนอ๑ผลงานเรียงจาก"), (none, "ผลงานที่เสนอเรียงจาก")):
        indicators = {**told.indicators, BEST_WORKS: written}
        assert heading in sheet(tmp_path, "3.1", replace(told, indicators=indicators))


def test_the_order_of_the_sheet_is_that_of_the_list(tmp_path: Path) -> None:
    told = filled_round()
    turned = replace(told.indicator(BEST_WORKS), works=tuple(reversed(WORKS)))
    page = sheet(tmp_path, "3.1", replace(told, indicators={**told.indicators, BEST_WORKS: turned}))

    assert "๑.คลินิกภาษาไทย๒.สวนครัวโรงเรียน" in page
    assert "ผลงานที่๓ประกอบด้วย๑.ภาพถ่ายห้องสมุดเรือ" in page


def test_the_remark_about_evidence_speaks_of_issues_only_where_there_are_some(
    tmp_path: Path,
) -> None:
    remarks = {code: sheet(tmp_path, code).split("หมายเหตุ:")[1][:70] for code in CODES}

    assert [code for code, words in remarks.items() if "ทุกประเด็นการพิจารณา" in words] == [
        "1.1",
        "2.2",
    ]
    assert "ของทุกผลงาน" in remarks["3.1"]


CODES = ("1.1", "2.1", "2.2", "3.1", "3.2")


def test_words_alone_decide_a_free_indicator(tmp_path: Path) -> None:
    page = sheet(tmp_path, "3.2")

    assert "ค่าที่วัดได้" not in page
    assert "ผลงานที่เสนอ" not in page
    assert "เป็นแบบอย่างได้" in page
    assert "ความเห็นและข้อเสนอแนะ" in page


def test_the_form_for_handwriting_has_a_line_for_the_value_and_room_for_every_work(
    tmp_path: Path,
) -> None:
    value = "".join(printed(filled_round(), tmp_path, "2.1", form="blank"))
    ranked = "".join(printed(filled_round(), tmp_path, "3.1", form="blank"))

    assert "ค่าที่วัดได้(ร้อยละ)" in value
    assert "๘๗.๕๐" not in value
    assert "ห้องสมุด" not in ranked
    for place in "๑๒๓๔๕":
        assert ranked.count(f"ผลงานที่{place}ประกอบด้วย") == 1
        assert ranked.count(f"ผลงานที่{place}") == 2


def test_the_committee_sees_the_value_and_judges_the_evidence_of_every_work(
    tmp_path: Path,
) -> None:
    page = "".join(printed(filled_round(), tmp_path, form="committee"))

    assert "ค่าที่วัดได้ร้อยละ๘๗.๕๐" in page
    assert "๑.ห้องสมุดเคลื่อนที่ทางน้ำหลักฐาน๒รายการหลักฐานชัดเจนหลักฐานไม่ชัดเจน" in page
    assert "๓.คลินิกภาษาไทย–หลักฐานชัดเจน" in page


# --- the book ---------------------------------------------------------------------------------


def chosen_everywhere(assessed: AssessmentRound) -> AssessmentRound:
    return replace(assessed, indicators={**assessed.indicators, PRIDE: IndicatorAssessment(4)})


def test_the_book_tells_value_threshold_and_score(tmp_path: Path) -> None:
    pages = "".join(
        printed(chosen_everywhere(filled_round(weighed(framework()))), tmp_path, form="book")
    )

    assert "๒.๑ความพึงพอใจของผู้รับบริการค่าที่วัดได้ร้อยละ๘๗.๕๐" in pages
    assert "๕ตั้งแต่ร้อยละ๙๐ขึ้นไป" in pages
    assert "๕ผลงาน" in pages
    assert "คะแนน๓.๙๐" in pages
    assert "คะแนนคือค่าเฉลี่ยของระดับถ่วงด้วยน้ำหนัก" in pages
    assert "๒.๑-๐๑สรุปแบบสอบถามความพึงพอใจ๒.๑" in pages


def test_a_part_of_a_score_is_never_printed_as_a_score(tmp_path: Path) -> None:
    pages = "".join(printed(filled_round(weighed(framework())), tmp_path, form="book"))

    assert "ภาพรวม:ยังเลือกระดับไม่ครบทุกตัวบ่งชี้จึงยังไม่รวมคะแนน" in pages
    assert "คะแนน๔.๐๐" in pages
    assert "คะแนน๕.๐๐" not in pages


def test_without_checked_weights_the_book_has_no_scores(tmp_path: Path) -> None:
    unchecked = filled_round(weighed(framework(), verified=False))
    pages = "".join(printed(chosen_everywhere(unchecked), tmp_path, form="book"))

    assert "คะแนน" not in pages


# --- what did not change ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["labels-landscape", "styles"])
def test_evidence_for_an_indicator_with_issues_is_printed_only_where_it_is_attached(
    name: str,
) -> None:
    """A ladder is printed to the byte as it would be without works and values."""
    case = all_cases()[name]
    filled = {
        node: replace(written, measured="5", works=WORKS)
        for node, written in case.assessed.indicators.items()
    }

    assert print_case(replace(case, assessed=replace(case.assessed, indicators=filled))) == (
        print_case(case)
    )


SYLLABLES = st.sampled_from(["งาน", "ดี", "ที่", "๑๒", "นัก", "เรียน", " ", "น้ำ"])
TITLES = st.lists(SYLLABLES, max_size=5).map("".join)
DETAILS = st.lists(st.lists(SYLLABLES, max_size=30).map("".join), max_size=4)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(TITLES, DETAILS), max_size=9))
def test_every_work_stands_under_its_place_however_much_is_said_of_it(
    listed: list[tuple[str, list[str]]],
) -> None:
    works = tuple(
        Work(f"w{n}", title.strip(), "\n".join(lines)) for n, (title, lines) in enumerate(listed)
    )
    told = filled_round()
    changed = replace(
        told, indicators={**told.indicators, BEST_WORKS: IndicatorAssessment(works=works)}
    )
    with TemporaryDirectory() as folder:
        page = sheet(Path(folder), "3.1", changed)

    for place, work in enumerate(works, 1):
        number = str(place).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        assert squeezed(f"{number}.{work.title}") in page
