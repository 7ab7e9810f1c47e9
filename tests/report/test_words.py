import pytest

from esa_desktop.report.text_lines import CLOSE, LOOSE, TIGHT
from tests.report.set_lines import lines_of, text_setter

SETTER = text_setter()


def strength(text: str) -> int:
    """Of the weakest blank that holds a text together; 0 where it falls into several pieces."""
    pieces = SETTER.paragraph(text).text.pieces
    return pieces[0].weakest if len(pieces) == 1 else 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ต่าง ๆ", TIGHT),
        ("สำนักงาน ฯ", TIGHT),
        ("ครู ฯลฯ", TIGHT),
        ("คำ ,", TIGHT),
        ("คำ )", TIGHT),
        ("( คำ", TIGHT),
        ("“ คำ ”", TIGHT),
        ("๘๐ %", TIGHT),
        ("๘.๓๐ –", TIGHT),
        ("๑๒ คน", CLOSE),
        ("๔๔ โรงเรียน", CLOSE),
        ("๑๒๐ ครัวเรือน", CLOSE),
        ("จำนวน ๑๒", CLOSE),
        ("ร้อยละ ๔๙.๕๘", CLOSE),
        ("ครั้งที่ ๑/๒๕๕๗", CLOSE),
        ("เขต ๒", CLOSE),
        ("๖ ธันวาคม ๒๕๕๗", CLOSE),
        ("๖ ธ.ค. ๒๕๕๗", CLOSE),
        ("พ.ศ. ๒๕๕๗", CLOSE),
        ("พ.ศ.๒๕๕๗", 0),
        ("ปีงบประมาณ ๒๕๕๗", CLOSE),
        ("ที่ ศธ ๐๔๐๐๑/๑๒๓", CLOSE),
        ("ที่ ศธ ๐๔๐๐๑/ว๑๒๓", CLOSE),
        ("เวลา ๑๐.๓๐ น.", CLOSE),
        ("P D C A", CLOSE),
        ("P- D- C- A", CLOSE),
        ("นาย สมชาย", CLOSE),
        ("นางสาว สมหญิง", CLOSE),
        ("ดร. สมชาย", CLOSE),
        ("๑. แผน", CLOSE),
        ("วันที่ ๖ ธันวาคม ๒๕๕๗", LOOSE),
        ("ปีงบประมาณ พ.ศ. ๒๕๕๗", LOOSE),
        ("๑๕ – ๑๖ กรกฎาคม ๒๕๕๗", LOOSE),
        ("๘๖ โรงเรียน ๙ เครือข่าย", LOOSE),
        ("๙ กลุ่ม ๑ หน่วย", LOOSE),
        ("กลุ่ม ๑", CLOSE),
        ("สพป. ชัยภูมิ", LOOSE),
        ("ผอ. โรงเรียน", LOOSE),
        ("ครู นักเรียน", 0),
        ("ดังนี้ ๑.", 0),
        ("ข้อ ๑.", CLOSE),
    ],
)
def test_what_a_blank_holds_together_and_how_strongly(text: str, expected: int) -> None:
    assert strength(text) == expected


def test_the_number_of_an_item_goes_on_with_the_item() -> None:
    for measure in range(60, 200, 5):
        lines = lines_of(SETTER, "ดำเนินการ ดังนี้ ๑. แผน ๒. งาน ๓. ผล", measure)
        assert not any(line.endswith((" ๑.", " ๒.", " ๓.")) for line in lines)


@pytest.mark.parametrize("measure", [100, 107, 160, 227, 366])
def test_a_year_never_stands_alone_below_its_month(measure: float) -> None:
    text = "ประชุมชี้แจง เมื่อวันที่ ๖ ธันวาคม ๒๕๕๗ และวันที่ ๑๕ – ๑๖ กรกฎาคม ๒๕๕๗ ณ ห้องประชุม"
    for start in range(0, 40, 4):
        lines = lines_of(SETTER, "ก" * start + " " + text, measure)
        assert not any(line.startswith("๒๕๕๗") for line in lines[1:])


def test_what_is_held_together_tears_no_hole_into_a_narrow_column() -> None:
    text = "สพฐ. วันที่ ๖ ธันวาคม ๒๕๕๗"
    assert lines_of(SETTER, text, 366) == [text]
    assert lines_of(SETTER, text, 107) == ["สพฐ. วันที่", "๖ ธันวาคม ๒๕๕๗"]
    assert lines_of(SETTER, text, 40) == ["สพฐ.", "วันที่ ๖", "ธันวาคม", "๒๕๕๗"]


def test_two_amounts_tear_no_hole_into_a_wide_line() -> None:
    text = "สำนักงานเขตพื้นที่การศึกษามีโรงเรียนในสังกัด ๘๖ โรงเรียน ๙ เครือข่าย"
    whole = SETTER.typesetter.width(text, SETTER.measures.size)
    assert lines_of(SETTER, text, whole - 5)[0].endswith("๘๖ โรงเรียน")


def test_thousands_of_numbers_are_no_single_thing() -> None:
    lines = lines_of(SETTER, " ".join(["๑๒"] * 3000), 200)
    assert "".join(lines).replace(" ", "") == "๑๒" * 3000
    assert max(map(len, lines)) < 80
