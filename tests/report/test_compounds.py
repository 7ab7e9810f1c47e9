from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.report.compounds import join_kept
from esa_desktop.report.line_break import default_line_breaker
from esa_desktop.report.word_engines import BlankBreaker, default_breaker
from tests.report.set_lines import lines_of, text_setter


def joined(marked: str) -> str:
    """The words of an engine (``การ|บริหาร``) put together, written likewise."""
    return "|".join(join_kept(marked.split("|")))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("เขต|พื้นที่|การ|ศึกษา", "เขตพื้นที่|การศึกษา"),
        ("บุคลากร|ทางการ|ศึกษา", "บุคลากร|ทางการศึกษา"),
        ("ผล|สัมฤทธิ์|ทางการ|เรียน", "ผลสัมฤทธิ์|ทางการเรียน"),
        ("กลุ่ม|อำนวย|การ|เป็น|ผู้|จัด|ทำ", "กลุ่มอำนวยการ|เป็น|ผู้จัดทำ"),
        ("แผน|ปฏิบัติ|การ|ประจำ|ปี|งบประมาณ", "แผนปฏิบัติการ|ประจำปีงบประมาณ"),
        ("การ|จัดการ|ศึกษา", "การจัดการศึกษา"),
        ("ภาย|ใต้|กรอบ", "ภายใต้|กรอบ"),
        ("อ.ก.ค.ศ.|เขต|พื้นที่", "อ.ก.ค.ศ.เขตพื้นที่"),
        ("(คณะ|กรรมการ)", "(คณะกรรมการ)"),
        ("เกี่ยว|กับ|ภาระ|งาน๑", "เกี่ยวกับ|ภาระงาน๑"),
    ],
)
def test_a_compound_is_put_together(found: str, expected: str) -> None:
    assert joined(found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("การ|จัดการ|เรียนรู้", "การจัด|การเรียนรู้"),
        ("การ|จัดการ|เรียน|การ|สอน", "การจัด|การเรียน|การสอน"),
        ("“ผู้|มี|ส่วน|ได้|ส่วน|เสีย”", "“ผู้มีส่วนได้|ส่วนเสีย”"),
        ("ไม่|มีม|ติ|ที่", "ไม่มี|มติ|ที่"),
        ("ได้|พาก|ลับ|มา", "ได้|พา|กลับ|มา"),
    ],
)
def test_a_compound_breaks_where_it_may_and_not_where_the_engine_thinks(
    found: str, expected: str
) -> None:
    assert joined(found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("การ|ดำเนิน|งานการ|บริหาร", "การดำเนินงาน|การบริหาร"),
        ("ให้การ|ปฏิบัติ|งาน", "ให้|การปฏิบัติงาน"),
        ("ช่อง|ทางใน|การ|สร้าง", "ช่องทาง|ใน|การสร้าง"),
        ("วาง|แผนการ|ดำเนิน|งาน", "วางแผน|การดำเนินงาน"),
        ("พัฒนาการ|คิด", "พัฒนา|การคิด"),
        ("พัฒนาการ|ของ|เด็ก", "พัฒนาการ|ของ|เด็ก"),
        ("พยาน|ให้การ", "พยาน|ให้การ"),
    ],
)
def test_what_an_engine_read_across_two_words_is_read_again(found: str, expected: str) -> None:
    assert joined(found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("จาก|ทุก|กลุ่ม", "จาก|ทุกกลุ่ม"),
        ("ค่า|ไม่|เกิน", "ค่า|ไม่เกิน"),
        ("จัดสรร|ให้|เครือข่าย|ละ", "จัดสรร|ให้|เครือข่ายละ"),
        ("กิจกรรม|ใด|ที่", "กิจกรรมใด|ที่"),
        ("ความรับผิดชอบของเขา|กัน", "ความรับผิดชอบของเขา|กัน"),
    ],
)
def test_small_words_lean_on_their_neighbour_as_long_as_both_are_short(
    found: str, expected: str
) -> None:
    assert joined(found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("อำเภอ|ตะ|โหมด", "อำเภอ|ตะโหมด"),
        ("ขนม|ปะ|ดา,", "ขนม|ปะดา,"),
        ("ขนม|ปะ|ดา|และ|ข้าว", "ขนม|ปะดา|และ|ข้าว"),
        ("ศารียา|อิส|โร", "ศารียา|อิสโร"),
        ("มี|ครู|ดี|ๆ", "มี|ครู|ดี|ๆ"),
        ("มา|จาก|บ้าน", "มา|จาก|บ้าน"),
    ],
)
def test_a_syllable_that_is_no_word_stays_with_its_name(found: str, expected: str) -> None:
    assert joined(found) == expected


WORDS = st.lists(
    st.sampled_from(
        "การ งานการ พัฒนาการ ทางใน คิด ศึกษา ละ ใด ตะ โหมด เขต พื้นที่ ( ) “คำ สั่ง” ๑ ผู้ มีม ติ , ฯ".split()
    )
    | st.text("กขคะาิ่เแ(),๑", min_size=1, max_size=4),
    min_size=1,
    max_size=12,
)


@given(WORDS)
def test_nothing_is_lost_or_doubled(pieces: Sequence[str]) -> None:
    assert "".join(join_kept(pieces)) == "".join(pieces)
    assert all(join_kept(pieces))


@pytest.mark.skipif(isinstance(default_breaker(), BlankBreaker), reason="no engine finds words")
@pytest.mark.parametrize(
    "kept",
    "เขตพื้นที่ ทางการศึกษา ทางการเรียน แผนปฏิบัติการ กลุ่มอำนวยการ ภายใต้ เกี่ยวกับ ขับเคลื่อน ใกล้ชิด ความภาคภูมิใจ องค์คณะบุคคล "
    "จิตสำนึก ยิ่งขึ้น ดีเยี่ยม ใฝ่รู้ ประมวลผล ลำน้ำ ซึ่งกันและกัน รองผู้อำนวยการ คำถาม".split(),
)
def test_no_line_ends_inside_a_word_of_this_work(kept: str) -> None:
    assert default_line_breaker().pieces(kept) == (kept,)
    setter = text_setter()
    width = setter.typesetter.width(kept, setter.measures.size)
    for before in range(1, 12):
        text = "ก" * before + " " + kept
        assert any(kept in line for line in lines_of(setter, text, width + 3))
