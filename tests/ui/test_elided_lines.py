import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from esa_desktop.domain.thai import clusters
from esa_desktop.ui.elided_lines import elided_lines
from esa_desktop.ui.painting import text_width
from esa_desktop.ui.theme import apply_theme, interface_font

LONG = (
    "การติดตาม ตรวจสอบ ประเมินผล และนิเทศการจัดการศึกษา ทั้ง ๔ ด้าน และช่วยเหลือ ส่งเสริม "
    "สนับสนุน ให้สถานศึกษาบริหารและจัดการศึกษาอย่างมีคุณภาพ"
)


@pytest.fixture(scope="module")
def letters(qapp: QApplication) -> QFont:
    apply_theme(qapp, dark=False)
    return interface_font()


def test_a_short_text_is_one_whole_line(letters: QFont) -> None:
    assert elided_lines("การบริหารจัดการที่ดี", letters, 300) == ("การบริหารจัดการที่ดี",)


def test_a_long_text_is_cut_on_its_last_line_with_an_ellipsis(letters: QFont) -> None:
    lines = elided_lines(LONG, letters, 184)

    assert len(lines) == 2
    assert lines[1].endswith("…")


@given(
    text=st.lists(
        st.sampled_from(
            ["การ", "ที่", "ป้ำ", "ญู", " ", "เขต", "ใน", "๑.๒", "ก็", "น้ำ", "ศึกษา", "(IT)"]
        ),
        min_size=1,
        max_size=40,
    ).map("".join),
    width=st.integers(50, 300),
    most=st.integers(1, 3),
)
def test_lines_fit_and_say_the_text_from_its_beginning_in_whole_clusters(
    letters: QFont, text: str, width: int, most: int
) -> None:
    lines = elided_lines(text, letters, width, most)

    said = "".join(line.replace(" ", "") for line in lines)
    whole = text.replace(" ", "")
    assert len(lines) <= most
    assert all(text_width(line, letters) <= width + 1 for line in lines)
    if said != whole:
        assert said.endswith("…")
        kept = said.removesuffix("…")
        assert whole.startswith(kept)


def test_a_letter_keeps_its_marks_where_the_text_is_cut(letters: QFont) -> None:
    text = "ป้ำเป๋อที่นี่" * 12

    for width in range(60, 200, 3):
        last = elided_lines(text, letters, width, 1)[-1].removesuffix("…")
        pieces = list(clusters(text))
        ends = {"".join(pieces[:n]) for n in range(len(pieces) + 1)}
        assert last in ends
