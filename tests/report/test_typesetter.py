from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.thai import clusters
from esa_desktop.report.fonts import typeface
from esa_desktop.report.line_break import line_breaker_with
from esa_desktop.report.text_lines import Style
from esa_desktop.report.typesetter import Typesetter
from tests.report.set_lines import lines_of, text_setter

NAMES = ("โรงเรียนบ้านหนองแวงวิทยา", "นาย สมชาย ใจดี", "กรุงเทพ|มหานคร")
WORDS = st.sampled_from(
    "โรงเรียน ๑๒ คน วันที่ ๖ ธันวาคม ๒๕๕๗ พ.ศ. ต่าง ๆ ฯลฯ ( ) ” , / – O-NET ที่ ศธ ๐๔๐๐๑/๑๒๓ นาย สมชาย P D "
    "http://www.example.go.th/a/b.php?x=1&y=2 somchai.jaidee@obec.go.th กรุงเทพมหานคร ๑. (๓) ก้ำ".split()
)


def test_the_projects_names_stay_on_one_line_blanks_included() -> None:
    setter = text_setter(words=NAMES)
    text = "ประชุมที่ โรงเรียนบ้านหนองแวงวิทยา โดย นาย สมชาย ใจดี และคณะ"
    for measure in range(130, 400, 7):
        lines = lines_of(setter, text, measure)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        for name in NAMES[:2]:
            assert any(name in line for line in lines), measure


def test_a_name_wider_than_the_column_is_broken_all_the_same() -> None:
    setter = text_setter(words=NAMES)
    lines = lines_of(setter, "นาย สมชาย ใจดี", 30)
    assert lines == ["นาย", "สมชาย", "ใจดี"]
    assert len(lines_of(setter, "โรงเรียนบ้านหนองแวงวิทยา", 60)) >= 2


def test_a_name_in_two_styles_is_still_one() -> None:
    setter = Typesetter(typeface("TH Sarabun New"), words=("บ้าน หนองแวง",))
    text = setter.measure([("ที่ บ้าน ", Style()), ("หนองแวง", Style(bold=True))], 16)
    assert [typed for typed, _ in text.pieces[1].typed] == ["บ้าน ", "หนองแวง"]


def test_a_breaker_of_ones_own_is_used() -> None:
    breaker = line_breaker_with(("คุณภาพครู",))
    setter = Typesetter(typeface("TH Sarabun New"), breaker)
    assert "คุณภาพครู" in setter.cut("พัฒนาคุณภาพครู")


def test_a_word_wider_than_its_column_leaves_no_letter_alone() -> None:
    setter = text_setter()
    lines = lines_of(setter, "ความรับผิดชอบ" * 3, 42)
    assert all(len(list(clusters(line))) > 2 for line in lines)
    long = "W" * 41
    for measure in range(60, 140, 5):
        lines = lines_of(setter, long, measure)
        assert "".join(lines) == long
        assert min(map(len, lines)) >= 3


@given(st.lists(WORDS, max_size=25), st.floats(4, 380), st.floats(0, 20), st.integers(1, 30))
def test_no_column_is_so_narrow_that_anything_is_lost_or_crosses_its_edge(
    words: list[str], measure: float, first: float, gap: int
) -> None:
    setter = text_setter(words=NAMES)
    text = (" " * gap).join(words)
    measured = setter.paragraph(text).text
    lines = setter.typesetter.filler.fill_well(measured, measure, first)
    shown = []
    for line in lines:
        typed = "".join(t for p in line.text.pieces[line.start : line.end] for t, _ in p.typed)
        shown.append(typed.replace(" ", ""))
        single = len(list(clusters(shown[-1]))) <= 1
        assert single or line.width + line.indent <= measure + 0.1
    assert "".join(shown) == text.replace(" ", "")
