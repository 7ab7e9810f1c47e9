import datetime
from typing import Any

import pytest

from esa_desktop.domain.checklist import Requirement
from esa_desktop.domain.differences import compare
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import (
    OFFICE_FIELD,
    Field,
    Kind,
    encode,
    indicator_field,
    issue_field,
    item_field,
    link_field,
    required_field,
    supplied_field,
)
from esa_desktop.domain.richtext import (
    EMPTY,
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    from_plain,
    paragraph,
)
from esa_desktop.domain.wording import UNREADABLE, looks_changed, readable
from esa_desktop.domain.works import Work

LEVEL = indicator_field(2557, "n1", Kind.LEVEL)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (LEVEL, 4, "ระดับ ๔"),
        (LEVEL, None, "ยังไม่ระบุ"),
        (issue_field(2557, "q", Kind.ACTED_ON), True, "มีการดำเนินการ"),
        (issue_field(2557, "q", Kind.EVIDENCE_CLEAR), True, "หลักฐานชัดเจน"),
        (indicator_field(2557, "n1", Kind.STATUS), "ready", "พร้อมพิมพ์"),
        (indicator_field(2557, "n1", Kind.REASON), "เห็นว่าครบ", "เห็นว่าครบ"),
        (indicator_field(2557, "n1", Kind.REASON), "", ""),
        (OFFICE_FIELD, "สพป.ทดสอบ", "สพป.ทดสอบ"),
        (link_field(2557, "q", "i"), "a", "แนบไว้กับประเด็นนี้"),
        (link_field(2557, "q", "i"), "", "ไม่ได้แนบกับประเด็นนี้"),
        (issue_field(2557, "q", Kind.METHOD), from_plain("๑. ก\nข"), "๑. ก\nข"),
        (item_field("i"), None, ""),
        (indicator_field(2557, "n1", Kind.MEASURED), "87.50", "๘๗.๕๐"),
        (indicator_field(2557, "n1", Kind.MEASURED), "", "ยังไม่ระบุ"),
        (
            indicator_field(2557, "n1", Kind.WORKS),
            (Work("w1", "ห้องสมุด", "ยืมมากขึ้น\n\nมีแบบอย่าง", ("e1", "e2")), Work("w2", "สวนครัว")),
            "๑. ห้องสมุด\nยืมมากขึ้น\nมีแบบอย่าง\nหลักฐาน ๒ รายการ\n๒. สวนครัว",
        ),
        (indicator_field(2557, "n1", Kind.WORKS), (), ""),
        (
            required_field("q"),
            (Requirement("r1", "คำสั่ง"), Requirement("r2", "บันทึก")),
            "• คำสั่ง\n• บันทึก",
        ),
        (supplied_field(2557, "q", "r1"), ("e1",), "มีหลักฐาน ๑ รายการ"),
        (supplied_field(2557, "q", "r1"), (), "ยังไม่มีหลักฐาน"),
    ],
)
def test_a_value_is_said_in_words(field: Field, value: Any, said: str) -> None:
    assert readable(field, encode(field.kind, value)).plain == said


def test_an_unticked_box_is_told_apart_from_a_ticked_one() -> None:
    field = issue_field(2557, "q", Kind.ACTED_ON)

    assert readable(field, "true") != readable(field, "false") == readable(field, "")


def test_an_item_is_a_line_for_each_thing_said_about_it() -> None:
    item = Evidence(
        "i",
        "1.2.3-04",
        "คำสั่งแต่งตั้ง",
        kind="คำสั่ง",
        number="ที่ ๔๗/๒๕๖๘",
        date=datetime.date(2025, 6, 11),
        files=(EvidenceFile("a" * 64, "scan.pdf", 5),),
    )

    assert readable(item_field("i"), encode(Kind.ITEM, item)).plain.split("\n") == [
        "รหัสหลักฐาน | ๑.๒.๓-๐๔",
        "ชื่อหลักฐาน | คำสั่งแต่งตั้ง",
        "ประเภท | คำสั่ง",
        "เลขที่เอกสาร | ที่ ๔๗/๒๕๖๘",
        "วันที่ของเอกสาร | ๑๑ มิถุนายน ๒๕๖๘",
        "ไฟล์ | scan.pdf",
    ]


def test_what_is_said_of_few_items_is_told_only_of_those() -> None:
    item = Evidence(
        "i",
        "1.2.3-04",
        "โล่รางวัล",
        owner="นางดาว",
        place="ตู้ ๓ แฟ้ม ๒",
        confidential=True,
        binned=True,
        earlier=(EvidenceFile("b" * 64, "old.pdf", 5),),
    )

    assert readable(item_field("i"), encode(Kind.ITEM, item)).plain.split("\n")[5:] == [
        "ผู้รับผิดชอบ | นางดาว",
        "ที่เก็บ | ตู้ ๓ แฟ้ม ๒",
        "ชั้นความลับ | ลับ",
        "สถานะ | อยู่ในถังขยะ",
        "ไฟล์ฉบับก่อน | old.pdf",
    ]


def test_a_body_that_is_no_value_does_not_hide_the_other_versions() -> None:
    assert readable(LEVEL, '"nonsense"').plain == UNREADABLE
    assert readable(issue_field(2557, "q", Kind.METHOD), "{").plain == UNREADABLE


def looks(before: RichText, after: RichText) -> list[str]:
    blocks = compare(before, after, lambda text: text.split())
    return [phrase for block in blocks for phrase in looks_changed(block)]


def styled(text: str, **style: bool) -> RichText:
    return RichText((Paragraph((Run(text, **style),)),))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (styled("ก"), styled("ก", bold=True), ["ทำตัวหนา “ก”"]),
        (styled("ก", bold=True), styled("ก"), ["เลิกตัวหนา “ก”"]),
        (
            styled("ก"),
            styled("ก", italic=True, underline=True),
            ["ทำตัวเอียง “ก”", "ทำขีดเส้นใต้ “ก”"],
        ),
        (
            RichText((paragraph("ก", "๑.", 0),)),
            RichText((paragraph("ก", "๑.", 2, "center"),)),
            ["เพิ่มระดับข้อ", "จัดกึ่งกลาง"],
        ),
        (RichText((paragraph("ก", "๑.", 2),)), RichText((paragraph("ก", "๑.", 1),)), ["ลดระดับข้อ"]),
        (RichText((Image("a" * 64, 9),)), RichText((Image("a" * 64, 8),)), ["ย่อรูป"]),
        (RichText((Image("a" * 64, 9),)), RichText((Image("a" * 64, 19),)), ["ขยายรูป"]),
        (styled("ก"), styled("ข", bold=True), []),
        (EMPTY, styled("ข", bold=True), []),
    ],
)
def test_what_only_looks_otherwise_has_a_name(
    before: RichText, after: RichText, told: list[str]
) -> None:
    assert looks(before, after) == told


def test_a_table_tells_its_widths_its_headings_and_the_looks_of_its_cells() -> None:
    def table(widths: tuple[float, ...], heads: int, *, bold: bool) -> RichText:
        cell = (Paragraph((Run("ก", bold=bold),)),)
        return RichText((Table(((cell, cell),), widths, heads),))

    assert looks(table((1, 1), 1, bold=False), table((1, 2), 0, bold=True)) == [
        "ปรับความกว้างคอลัมน์",
        "เปลี่ยนจำนวนแถวหัวตาราง",
        "ทำตัวหนา “ก”",
        "ทำตัวหนา “ก”",
    ]
