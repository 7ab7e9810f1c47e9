"""What is entered for indicators of every type, wherever a round is told in words."""

from dataclasses import replace

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.fields import Kind, encode, indicator_field, item_field
from esa_desktop.domain.revision import make_revision, view_of_heads
from esa_desktop.services.history import related_fields
from esa_desktop.services.mirror_text import indicator_text, register_text
from esa_desktop.services.searching import search_round
from esa_desktop.services.showing import show_round
from tests.kinds_of_indicator import (
    BEST_WORKS,
    COUNTED,
    ITEMS,
    SATISFIED,
    WORKS,
    YEAR,
    filled_round,
)


def text_of(assessed: AssessmentRound, code: str) -> str:
    standard = assessed.framework.standards[int(code[0]) - 1]
    return indicator_text(assessed, code, standard, assessed.framework.indicator(code))


def in_conflict(kind: Kind, owner: str, first: object, second: object) -> AssessmentRound:
    field = indicator_field(YEAR, owner, kind)
    heads = [
        make_revision(field, (), encode(kind, value), author=who, device=who, time=who)
        for who, value in (("นายก้อง", first), ("นางดาว", second))
    ]
    return filled_round().with_views([view_of_heads(field, heads, dict)])


# --- show -------------------------------------------------------------------------------------


def test_show_tells_values_works_and_the_evidence_of_indicators_without_issues() -> None:
    shown = show_round(filled_round())
    percent, _ = shown["standards"][1]["indicators"]
    ranked, free = shown["standards"][2]["indicators"]

    assert (percent["type"], percent["measured"], percent["unit"]) == (
        "threshold",
        "87.50",
        "ร้อยละ",
    )
    assert (percent["suggested_level"], percent["evidence"]) == (4, ["2.1-01"])
    assert [work["title"] for work in ranked["works"]] == [work.title for work in WORKS]
    assert ranked["works"][0]["evidence"] == ["3.1-01", "3.1-02"]
    assert ranked["works"][0]["detail"].startswith("นักเรียน ๑๒ โรงเรียน")
    assert (free["measured"], free["works"], free["issues"]) == ("", [], [])


def test_show_lists_what_serves_an_indicator_and_leaves_the_bin_out() -> None:
    listed = {item["code"]: item["issues"] for item in show_round(filled_round())["evidence"]}

    assert listed == {"2.1-01": ["2.1"], "3.1-01": ["3.1"], "3.1-02": ["3.1"], "3.1-03": ["3.1"]}


def test_show_gives_both_works_of_a_conflict() -> None:
    shown = show_round(in_conflict(Kind.WORKS, BEST_WORKS, WORKS[:1], WORKS[1:2]))
    (conflict,) = shown["conflicts"]

    assert (conflict["code"], conflict["field"]) == ("3.1", "works")
    assert {head["text"].split(" ")[0] for head in conflict["heads"]} == {
        "ห้องสมุดเคลื่อนที่ทางน้ำ",
        "สวนครัวโรงเรียน",
    }


# --- the mirror -------------------------------------------------------------------------------


def test_the_mirror_has_the_value_with_its_unit() -> None:
    text = text_of(filled_round(), "2.1")

    assert "ค่าที่วัดได้: ร้อยละ ๘๗.๕๐" in text
    assert "๒.๑-๐๑ สรุปแบบสอบถามความพึงพอใจ" in text


def test_the_mirror_says_where_a_value_is_still_wanted() -> None:
    empty = replace(filled_round(), indicators={}, issues={})

    assert "ค่าที่วัดได้: ยังไม่ระบุ" in text_of(empty, "2.2")
    assert "(ยังไม่มีผลงาน)" in text_of(empty, "3.1")
    assert "ค่าที่วัดได้" not in text_of(empty, "1.1")
    assert "ผลงานที่เสนอ" not in text_of(empty, "3.2")


def test_the_mirror_has_the_works_in_their_order_with_what_shows_them() -> None:
    text = text_of(filled_round(), "3.1")
    lines = [line.strip() for line in text.split("\n")]

    assert "ผลงานที่เสนอ เรียงจากดีที่สุด (๓ จาก ๕ ผลงาน)" in lines
    start = lines.index("๑. ห้องสมุดเคลื่อนที่ทางน้ำ")
    assert lines[start + 3 : start + 6] == [
        "หลักฐาน ๓.๑-๐๑ ภาพถ่ายห้องสมุดเรือ",
        "หลักฐาน ๓.๑-๐๒ รายงานผลการดำเนินงาน",
        "๒. สวนครัวโรงเรียน",
    ]


def test_the_mirror_has_both_sides_of_what_is_not_settled() -> None:
    values = text_of(in_conflict(Kind.MEASURED, SATISFIED, "87.50", "91"), "2.1")
    ranked = text_of(in_conflict(Kind.WORKS, BEST_WORKS, WORKS[:1], WORKS[1:2]), "3.1")

    assert "๘๗.๕๐ (นายก้อง)" in values
    assert "๙๑ (นางดาว)" in values
    assert "ฉบับของ นายก้อง:" in ranked
    assert "ห้องสมุดเคลื่อนที่ทางน้ำ" in ranked
    assert "สวนครัวโรงเรียน" in ranked


def test_a_value_of_a_former_type_is_not_lost_from_the_mirror() -> None:
    told = filled_round()
    kept = replace(told.indicator(COUNTED), measured="12", works=WORKS[:1])
    text = text_of(replace(told, indicators={**told.indicators, COUNTED: kept}), "1.1")

    assert "ค่าที่วัดได้: ๑๒" in text
    assert "๑. ห้องสมุดเคลื่อนที่ทางน้ำ" in text


def test_the_register_says_what_an_indicator_uses_and_what_is_in_the_bin() -> None:
    text = register_text([filled_round()])

    assert "ใช้ในปี ๒๕๕๗ ตัวบ่งชี้ ๓.๑" in text
    assert "อยู่ในถังขยะ" in text.split(ITEMS["e5"].title)[1].split("\n\n")[0]


# --- search and history -----------------------------------------------------------------------


def test_words_of_a_work_are_found_with_its_indicator() -> None:
    (hit,) = search_round(filled_round(), "อาหารกลางวัน")

    assert (hit.node_id, hit.kind, hit.code) == (BEST_WORKS, Kind.WORKS, "3.1")
    assert hit.snippet == "ลดค่าอาหารกลางวันลงหนึ่งในสี่"


def test_evidence_of_an_indicator_is_found_under_it_and_never_from_the_bin() -> None:
    (hit,) = search_round(filled_round(), "แบบสอบถาม")

    assert (hit.node_id, hit.kind) == (SATISFIED, Kind.ITEM)
    assert search_round(filled_round(), "เลิกใช้") == ()


def test_neighbours_of_a_measured_value_are_those_of_its_indicator() -> None:
    assessed = filled_round()
    field = indicator_field(YEAR, SATISFIED, Kind.MEASURED)

    names = dict(related_fields(assessed, field))

    assert names[field] == "๒.๑ ค่าที่วัดได้"
    assert item_field("e3") in names
    ladder = indicator_field(YEAR, COUNTED, Kind.LEVEL)
    kinds = {name.kind for name, _ in related_fields(assessed, ladder)}
    assert not kinds & {Kind.MEASURED, Kind.WORKS}
