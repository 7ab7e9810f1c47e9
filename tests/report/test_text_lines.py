import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.report.fonts import typeface
from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.text_lines import Line, Style
from esa_desktop.report.typesetter import Typesetter

PLAIN = Style()
TEXT = st.text(st.sampled_from("กขนมยสะาิีู่้เไ๑๒ab.,()/ \n"), max_size=120)


@pytest.fixture(scope="module")
def setter() -> Typesetter:
    return Typesetter(typeface("TH Sarabun New"))


def typed(line: Line) -> str:
    pieces = line.text.pieces[line.start : line.end]
    return "".join(text for piece in pieces for text, _ in piece.typed).replace(" ", "")


@given(TEXT, st.floats(20, 400), st.floats(0, 15))
def test_lines_hold_all_letters_in_order_and_none_is_too_long(
    text: str, measure: float, first: float
) -> None:
    setter = Typesetter(typeface("TH Sarabun New"))
    lines = setter.filler.fill_well(setter.measure([(text, PLAIN)], 16), measure, first)
    assert "".join(map(typed, lines)) == text.replace(" ", "").replace("\n", "")
    assert all(line.width + line.indent <= measure + 0.1 for line in lines)


def test_widths_are_those_of_the_pieces(setter: Typesetter) -> None:
    text = setter.measure([("สำนักงาน เขตพื้นที่", PLAIN)], 16)
    (line,) = setter.filler.fill(text, 500)
    assert line.width == pytest.approx(text.width)
    halved = setter.measure([("สำนักงาน เขตพื้นที่", PLAIN)], 8)
    assert halved.width == pytest.approx(text.width / 2)


@pytest.mark.parametrize(
    "kept",
    ["จำนวน ๑๒ คน", "วันที่ ๖ ธันวาคม", "โรงเรียน ๓ แห่ง", "ต่าง ๆ", "P D C A", "สถานศึกษา ,"],
)
def test_what_belongs_together_shares_a_line(setter: Typesetter, kept: str) -> None:
    text = setter.measure([("คำก่อนหน้า " + kept, PLAIN)], 16)
    last = setter.measure([(kept, PLAIN)], 16)
    lines = setter.filler.fill(text, text.width - 1)
    assert len(lines) == 2
    tail = kept.split()[1:]
    assert len(typed(lines[1])) > len("".join(tail)) or len(last.pieces) == 1


def test_a_stranded_last_word_gets_company(setter: Typesetter) -> None:
    words = "คณะกรรมการ ติดตาม ตรวจสอบ ประเมินผล และ นิเทศการศึกษา ของ เขตพื้นที่ คือ"
    text = setter.measure([(words, PLAIN)], 16)
    measure = text.width - 2
    plain = setter.filler.fill(text, measure)
    mended = setter.filler.fill_well(text, measure)
    assert len(plain) == len(mended) == 2
    assert plain[-1].width < 0.07 * measure < mended[-1].width


def test_typed_line_breaks_are_kept(setter: Typesetter) -> None:
    text = setter.measure([("หนึ่ง\n\nสอง สาม\n", PLAIN)], 16)
    lines = setter.filler.fill(text, 300)
    assert [typed(line) for line in lines] == ["หนึ่ง", "", "สองสาม", ""]


def test_a_justified_line_reaches_no_further_than_its_measure(setter: Typesetter) -> None:
    text = setter.measure([("ที่ประชุม ผู้บริหาร น้ำ", PLAIN)], 16)
    (line,) = setter.filler.fill(text, 400)
    plain = draw_line(line, 0, 0)
    spread = draw_line(line, 0, 0, 12, "justify", last=False)
    kerns = [float(part.split("<")[0]) for part in spread.split(">")[1:] if part[:1] == "-"]
    assert sum(-kern for kern in kerns) * 16 / 1000 <= 12.05
    assert min(kerns) >= -(0.3 * 1000 + 1)
    assert "-" not in plain


def test_the_last_line_of_a_justified_paragraph_is_left_alone(setter: Typesetter) -> None:
    text = setter.measure([("ที่ประชุม ผู้บริหาร", PLAIN)], 16)
    (line,) = setter.filler.fill(text, 400)
    assert draw_line(line, 0, 0, 12, "justify", last=True) == draw_line(line, 0, 0)


def test_balancing_never_cuts_a_word(setter: Typesetter) -> None:
    text = setter.measure([("ระดับ คุณภาพ", PLAIN)], 16)
    lines = setter.filler.fill_well(text, text.widest + 1, balance=True)
    assert [typed(line) for line in lines] == ["ระดับ", "คุณภาพ"]


class TestStrandedLastLines:
    @pytest.mark.parametrize("measure", [107.0, 215.0, 350.0])
    def test_no_paragraph_ends_with_one_or_two_letters(
        self, setter: Typesetter, measure: float
    ) -> None:
        words = "คณะครู ร่วมกัน พัฒนา งาน ของ โรงเรียน ตาม แผน ที่ วาง ไว้ จน ครบ ทุก คน ก็ ดี "
        for count in range(12, 90):
            text = setter.measure([((words * 2)[:count].rstrip(), PLAIN)], 16)
            lines = setter.filler.fill_well(text, measure)
            if len(lines) > 1:
                assert lines[-1].width > 16, typed(lines[-1])

    def test_a_word_behind_many_blanks_gets_no_company_beyond_the_edge(
        self, setter: Typesetter
    ) -> None:
        text = setter.measure([("โรงเรียน บ้านหนอง อบรม" + " " * 40 + "ดี", PLAIN)], 16)
        for measure in range(60, 160, 5):
            for line in setter.filler.fill_well(text, measure):
                assert line.width <= measure + 0.1

    def test_a_line_a_person_began_is_left_as_typed(self, setter: Typesetter) -> None:
        text = setter.measure([("โรงเรียนขนาดเล็กในเขตพื้นที่ ทุกแห่ง\nดี", PLAIN)], 16)
        assert typed(setter.filler.fill_well(text, 120)[-1]) == "ดี"


def test_what_is_held_together_goes_apart_at_its_weakest_blank_first(setter: Typesetter) -> None:
    (piece,) = setter.measure([("วันที่ ๖ ธันวาคม ๒๕๕๗", PLAIN)], 16).pieces

    def apart(most: float) -> list[str]:
        return ["".join(text for text, _ in part.typed) for _, part in piece.loosened(most)]

    assert apart(2 * piece.width) == ["วันที่ ๖ ธันวาคม ๒๕๕๗"]
    assert apart(0.9 * piece.width) == ["วันที่", "๖ ธันวาคม ๒๕๕๗"]
    assert apart(0) == ["วันที่", "๖", "ธันวาคม", "๒๕๕๗"]
