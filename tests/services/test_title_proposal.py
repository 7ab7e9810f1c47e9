from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esa_desktop.domain.thai import clean_text
from esa_desktop.services.title_proposal import (
    LONGEST_NUMBER,
    LONGEST_TITLE,
    Proposal,
    propose,
    title_from_name,
)

MEMO = """บันทึกข้อความ
ส่วนราชการ  กลุ่มนโยบายและแผน สพป.เวียงสายธาร เขต ๑ โทร. ๐ ๕๕๑๒ ๓๔๕๖
ที่ ศธ ๐๔๐๐๑/๑๒๓                     วันที่  ๑๑ มิถุนายน ๒๕๕๗
เรื่อง  ขออนุมัติจัดประชุมคณะทำงานจัดทำแผนปฏิบัติการ
ประจำปีงบประมาณ พ.ศ. ๒๕๕๘
...............................................................
เรียน  ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา
          ด้วยกลุ่มนโยบายและแผนได้จัดทำโครงการประชุมเชิงปฏิบัติการ เมื่อวันที่ ๑ มกราคม ๒๕๕๗"""

ORDER = """คำสั่งสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเวียงสายธาร เขต ๑
ที่ ๑๒/๒๕๕๗
เรื่อง แต่งตั้งคณะกรรมการติดตาม ตรวจสอบ ประเมินผล และนิเทศการศึกษา
------------------------------
อาศัยอำนาจตามความในมาตรา ๓๗ แห่งพระราชบัญญัติระเบียบบริหารราชการกระทรวงศึกษาธิการ พ.ศ. ๒๕๔๖
ทั้งนี้ ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๕๖ เป็นต้นไป
สั่ง ณ วันที่ ๓ เดือน มกราคม พ.ศ. ๒๕๕๗"""

NOTICE = """ประกาศสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเวียงสายธาร เขต ๑
เรื่อง นโยบายการบริหารจัดการที่ดี
ประจำปีงบประมาณ ๒๕๕๗
__________________
ด้วยสำนักงานเขตพื้นที่การศึกษาได้กำหนดนโยบาย
ประกาศ ณ วันที่ ๒๐ พฤศจิกายน พ.ศ. ๒๕๕๖"""

LETTER = """ที่ ศธ ๐๔๐๐๑/ว ๔๕๖
สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเวียงสายธาร เขต ๑
ถนนสายธาร ๕๕๐๐๐
๒๐ มีนาคม ๒๕๕๗
เรื่อง  ขอเชิญประชุมคณะกรรมการพิจารณากลั่นกรอง
เรียน  ผู้อำนวยการโรงเรียนในสังกัด
อ้างถึง หนังสือที่ ศธ ๐๔๐๐๑/๑๐๐ ลงวันที่ ๑ มีนาคม ๒๕๕๗"""

MINUTES = """รายงานการประชุมคณะกรรมการบริหารสำนักงาน
ครั้งที่ ๓/๒๕๕๗
วันศุกร์ที่ ๖ มิถุนายน ๒๕๕๗ เวลา ๐๙.๓๐ น.
ณ ห้องประชุมสายธาร
ผู้มาประชุม"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            MEMO,
            Proposal(
                "บันทึกข้อความ เรื่อง ขออนุมัติจัดประชุมคณะทำงานจัดทำแผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. ๒๕๕๘",
                "บันทึกข้อความ",
                "ที่ ศธ ๐๔๐๐๑/๑๒๓",
                date(2014, 6, 11),
            ),
            id="memo",
        ),
        pytest.param(
            ORDER,
            Proposal(
                "คำสั่งแต่งตั้งคณะกรรมการติดตาม ตรวจสอบ ประเมินผล และนิเทศการศึกษา",
                "คำสั่ง",
                "ที่ ๑๒/๒๕๕๗",
                date(2014, 1, 3),
            ),
            id="order",
        ),
        pytest.param(
            NOTICE,
            Proposal(
                "ประกาศ เรื่อง นโยบายการบริหารจัดการที่ดี ประจำปีงบประมาณ ๒๕๕๗",
                "ประกาศ",
                "",
                date(2013, 11, 20),
            ),
            id="notice",
        ),
        pytest.param(
            LETTER,
            Proposal(
                "หนังสือ เรื่อง ขอเชิญประชุมคณะกรรมการพิจารณากลั่นกรอง",
                "หนังสือราชการ",
                "ที่ ศธ ๐๔๐๐๑/ว ๔๕๖",
                date(2014, 3, 20),
            ),
            id="letter",
        ),
        pytest.param(
            MINUTES,
            Proposal(
                "รายงานการประชุมคณะกรรมการบริหารสำนักงาน ครั้งที่ ๓/๒๕๕๗",
                "รายงานการประชุม",
                "",
                date(2014, 6, 6),
            ),
            id="minutes",
        ),
        pytest.param(
            "รายงานการประชุม อ.ก.ค.ศ. ครั้งที่ ๕/๒๕๕๗ เมื่อวันที่ ๒ กรกฎาคม ๒๕๕๗",
            Proposal("รายงานการประชุม อ.ก.ค.ศ. ครั้งที่ ๕/๒๕๕๗", "รายงานการประชุม", "", date(2014, 7, 2)),
            id="minutes on one line",
        ),
        pytest.param(
            "สำนักงานเขตพื้นที่การศึกษา\nแผนปฏิบัติการ\nประจำปีงบประมาณ พ.ศ. 2557\nกลุ่มนโยบายและแผน",
            Proposal("แผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. ๒๕๕๗", "แผน"),
            id="a plan under a letterhead",
        ),
        pytest.param(
            "โครงการประชุมสัมมนาเสริมสร้างประสิทธิภาพการบริหารจัดการเครือข่าย\nหลักการและเหตุผล",
            Proposal("โครงการประชุมสัมมนาเสริมสร้างประสิทธิภาพการบริหารจัดการเครือข่าย", "โครงการ"),
            id="a programme",
        ),
        pytest.param(
            "คำสั่งที่ 99/2557\nเรื่อง มอบหมายงานในหน้าที่\nสั่ง ณ วันที่ 5 ก.พ. 2557",
            Proposal("คำสั่งมอบหมายงานในหน้าที่", "คำสั่ง", "ที่ ๙๙/๒๕๕๗", date(2014, 2, 5)),
            id="Arabic digits, number in the first line",
        ),
        pytest.param(
            "บันทึกข้อความ\nเรื่อง\nรายงานผลการนิเทศภายใน\nเรียน ผู้อำนวยการ",
            Proposal("บันทึกข้อความ เรื่อง รายงานผลการนิเทศภายใน", "บันทึกข้อความ"),
            id="the subject on the line below its word",
        ),
        pytest.param(
            "Quality Award OBEC 2020\nสพป.เวียงสายธาร",
            Proposal("Quality Award OBEC 2020"),
            id="English keeps its digits",
        ),
        pytest.param("", Proposal(), id="no words"),
        pytest.param("~~ ,.  ' | ;\n. . - —\n๑ ๒\n- ๓ -\nหน้าที่ ๑", Proposal(), id="dust of a scan"),
        pytest.param("ก ข ค ง จ ฉ ช ซ\nว ร อ ส", Proposal(), id="torn letters"),
    ],
)
def test_what_papers_of_an_office_say_of_themselves(words: str, expected: Proposal) -> None:
    assert propose(words) == expected


@pytest.mark.parametrize(
    ("noisy", "number", "title"),
    [
        (
            "คําสัง สพป.\nที 12 / 2557\nเ รือง แต่งตังคณะทํางาน\nอาศัยอำนาจ",
            "ที่ ๑๒/๒๕๕๗",
            "คำสั่งแต่งตังคณะทำงาน",
        ),
        (
            "บันทึกขอความ\nที่ ศธ ๐๔๐๐๑ / ๑๒๓ วันที่ ๑ ม.ค. ๒๕๕๗\nเรือง ส่งแผน\nเรียน ผอ.",
            "ที่ ศธ ๐๔๐๐๑/๑๒๓",
            "บันทึกข้อความ เรื่อง ส่งแผน",
        ),
        (
            "บันทึกข้อความ\nที่ ศธ ๐๔๐๐๑/๗\nเร\uf70aอง\nเรื\uf70aอง การใช้แผนเป็นเครื\uf70aองมือ",
            "ที่ ศธ ๐๔๐๐๑/๗",
            "บันทึกข้อความ เรื่อง การใช้แผนเป็นเครื่องมือ",
        ),
        ("บันทึกข้อความ\nเรื่อง ขออนุมัติใ ช้ห้ องประชุม", "", "บันทึกข้อความ เรื่อง ขออนุมัติใช้ห้ องประชุม"),
    ],
)
def test_what_scanners_and_old_fonts_do_to_letters_is_read_through(
    noisy: str, number: str, title: str
) -> None:
    said = propose(noisy)

    assert (said.number, said.title) == (number, title)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("ที่ ศธ ๐๔๐๐๑/๑๒๓", "ที่ ศธ ๐๔๐๐๑/๑๒๓"),
        ("ที่ ศธ04123.1/ว12", "ที่ ศธ ๐๔๑๒๓.๑/ว ๑๒"),
        ("ที่ นม ๐๐๑๗.๓/ว ๔๕๖", "ที่ นม ๐๐๑๗.๓/ว ๔๕๖"),
        ("ที่ พิเศษ ๔/๒๕๕๗", "ที่ พิเศษ ๔/๒๕๕๗"),
        ("ที่ ศธ ๐๔๐๐๑/            วันที่ ๑ มกราคม ๒๕๕๗", ""),
        ("ประชุมครั้งที่ ๓/๒๕๕๗", ""),
        ("ประชุมครั้ง ที่ ๓/๒๕๕๗", ""),
    ],
)
def test_a_number_is_taken_as_offices_write_it_and_only_when_it_is_filled_in(
    line: str, number: str
) -> None:
    assert propose(f"บันทึกข้อความ\n{line}\nเรื่อง ส่งรายงานประจำปี").number == number


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("วันที่ ๑๑ มิถุนายน พ.ศ. ๒๕๕๗", date(2014, 6, 11)),
        ("วันที่ 11 มิ.ย. 2557", date(2014, 6, 11)),
        ("วันที่ ๑๑/๐๖/๒๕๕๗", date(2014, 6, 11)),
        ("วันที่ ๓๑ กุมภาพันธ์ ๒๕๕๗", None),
        ("ระหว่างวันที่ ๒๐-๒๑ กันยายน ๒๕๕๖", None),
        ("วันที่ ๑๑ มิถุนายน ๙๙๙๙", None),
        ("วันที่      เดือน       พ.ศ. ๒๕๕๗", None),
    ],
)
def test_a_date_is_a_day_of_the_calendar_in_the_buddhist_era(line: str, day: date | None) -> None:
    assert propose(f"บันทึกข้อความ\n{line}\nเรื่อง ส่งรายงานประจำปี").dated == day


def test_an_order_that_is_not_signed_yet_has_no_day() -> None:
    assert propose("\n".join(ORDER.split("\n")[:-1])).dated is None


def test_the_word_order_in_the_middle_of_a_report_makes_it_no_order() -> None:
    said = propose("รายงานผลการดำเนินงาน\nคำสั่งแต่งตั้งแนบท้ายนี้มีทั้งหมดห้าฉบับตามรายการ")

    assert (said.title, said.kind) == ("รายงานผลการดำเนินงาน", "รายงาน")


def test_a_long_subject_is_cut_between_clusters() -> None:
    title = propose("บันทึกข้อความ\nเรื่อง " + "น้ำ" * 200).title

    assert len(title) <= LONGEST_TITLE
    assert title.endswith("น้ำ…")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("คำสั่ง_๑๒-๒๕๕๗.pdf", "คำสั่ง ๑๒-๒๕๕๗"),
        ("รายงาน.ฉบับแก้.docx", "รายงาน.ฉบับแก้"),
        ("scan0012", "scan0012"),
        (".pdf", ".pdf"),
        ("___.jpg", ""),
    ],
)
def test_a_title_from_a_file_name_is_what_a_person_would_read(name: str, title: str) -> None:
    assert title_from_name(name) == title


@pytest.mark.parametrize(
    "words",
    [
        "รายงานผลการบริหารจัดการ หน้า ๒ หน้า ๓",
        "รายงานผลการบริหารจัดการ\nหน้า ๒\nหน้า ๓",
        "หน้า ๑\nรายงานผลการบริหารจัดการ\nหน้าที่ 2 จาก 3\nประจำปี",
        "- ๑ -\nรายงานผลการบริหารจัดการ\n- ๒ -\nของสำนักงาน",
        "หน้า 5/9\nรายงานผลการบริหารจัดการ\nหน้า 6/9",
        "รายงานผลการบริหารจัดการ หน้า ๑\nหน้า ๒",
    ],
)
def test_a_title_ends_where_the_next_page_begins(words: str) -> None:
    assert propose(words).title == "รายงานผลการบริหารจัดการ"


def test_a_subject_ends_where_the_next_page_begins() -> None:
    for gap in (" ", "\n"):
        words = f"บันทึกข้อความ\nเรื่อง การบริหารจัดการ{gap}หน้า ๒{gap}หน้า ๓\nเรียน ผู้อำนวยการ"
        assert propose(words).title == "บันทึกข้อความ เรื่อง การบริหารจัดการ"


def test_the_day_of_an_order_may_stand_on_a_later_page() -> None:
    *head, last = ORDER.split("\n")

    assert propose("\n".join([*head, "หน้า ๒", last])).dated == date(2014, 1, 3)


def test_pages_that_a_title_speaks_of_are_no_marks() -> None:
    assert propose("รายงานหน้าที่และอำนาจ หน้าเดียว").title == "รายงานหน้าที่และอำนาจ หน้าเดียว"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("IMG_20250612_101530.jpg", "ภาพถ่าย ๑๒ มิ.ย. ๒๕๖๘"),
        ("IMG-20250612-WA0003.jpeg", "ภาพถ่าย ๑๒ มิ.ย. ๒๕๖๘"),
        ("PXL_20250612_101530123.HEIC", "ภาพถ่าย ๑๒ มิ.ย. ๒๕๖๘"),
        ("20250612_101530.jpg", "ภาพถ่าย ๑๒ มิ.ย. ๒๕๖๘"),
        ("IMG_20250612_101530 (1).jpg", "ภาพถ่าย ๑๒ มิ.ย. ๒๕๖๘"),
        ("IMG_25680612_101530.jpg", "ภาพถ่าย ๑๒ มิ.ย. ๒๕๖๘"),
        ("Screenshot_20250612-101530_LINE.png", "ภาพหน้าจอ ๑๒ มิ.ย. ๒๕๖๘"),
        ("VID_20250612_101530.mp4", "วิดีโอ ๑๒ มิ.ย. ๒๕๖๘"),
        ("DSC_0042.JPG", "ภาพถ่าย ๐๐๔๒"),
        ("IMG_20251399_101530.jpg", "IMG 20251399 101530"),
        ("IMG_20250612_101530.pdf", "IMG 20250612 101530"),
        ("อบรมครู 20250612.jpg", "อบรมครู 20250612"),
        ("20250612_101530_HDR.jpg", "ภาพถ่าย ๑๒ มิ.ย. ๒๕๖๘"),
        ("2025-06-12 (2).jpg", "ภาพถ่าย ๑๒ มิ.ย. ๒๕๖๘"),
        ("20250612_sports.jpg", "20250612 sports"),
        ("2025-06-12 meeting.jpg", "2025-06-12 meeting"),
        ("ภาพกิจกรรม.jpg", "ภาพกิจกรรม"),
    ],
)
def test_what_a_camera_called_a_photo_is_said_with_its_day(name: str, title: str) -> None:
    assert title_from_name(name) == title


THAI = st.text(
    st.sampled_from(
        "กขคงจฉชญณดตถทธนบปพฟมยรลวศสหอฮะาิีึืุูเแโใไๆ่้๊๋์ํ๐๑๒๓๔๕๖๗๘๙0123456789/.-–() \n\uf70a\u200b\u00a0"
    ),
    max_size=400,
)
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            "บันทึกข้อความ|คำสั่ง|ประกาศ|รายงานการประชุม|เรื่อง|ที่ ศธ ๐๔๐๐๑/|สั่ง ณ วันที่|วันที่|เรียน|\n|ครั้งที่ ๓/๒๕๕๗|"
            "๓๑ กุมภาพันธ์ ๒๕๕๗|ที่ ๑๒/๒๕๕๗| |๑๑ มิ.ย. ๒๕๕๗|-----|พ.ศ.".split("|")
        ),
        THAI,
        st.text(max_size=30),
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_whatever_the_words_are_a_proposal_is_clean_and_short(words: str) -> None:
    said = propose(words)

    assert len(said.title) <= LONGEST_TITLE
    assert len(said.number) <= LONGEST_NUMBER
    for text in (said.title, said.kind, said.number):
        assert text == clean_text(text).strip()
        assert "\n" not in text
    assert said == propose(clean_text(words))


@given(PIECES)
@example("0 . ก")
def test_a_name_made_into_a_title_stays_what_it_is(name: str) -> None:
    title = title_from_name(name)

    assert len(title) <= LONGEST_TITLE
    assert title == clean_text(title)
    without_dots = title.replace(".", "")
    assert title_from_name(without_dots) == " ".join(without_dots.split())


@pytest.mark.parametrize("words", [MEMO, ORDER, NOTICE, LETTER, MINUTES])
def test_proposing_again_from_what_was_proposed_says_the_same(words: str) -> None:
    said = propose(words)
    again = propose(f"{said.title}\n{said.number}")

    assert again.title.removeprefix("คำสั่ง") in said.title
    assert propose(words) == said


def test_a_page_of_millions_of_letters_is_read_in_a_moment() -> None:
    import time

    begun = time.perf_counter()
    for words in ("เรื่อง " * 500_000, "เ" * 3_000_000, "ที่ ศธ ๐" * 400_000, " \n" * 1_000_000):
        propose(words)

    assert time.perf_counter() - begun < 2
