import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from esa_desktop.ui import painting
from esa_desktop.ui.theme import SECOND, interface_font, load_fonts

WORDS = "มีร่องรอยหลักฐานปรากฏชัดเจน น้อยกว่า ๓ ข้อ"


@pytest.fixture(autouse=True)
def fonts(qapp: object) -> None:
    load_fonts()


@pytest.mark.parametrize("width", [40, 84, 100, 150, 400])
def test_no_line_is_wider_than_its_room_and_no_word_is_lost(width: int) -> None:
    font = interface_font(SECOND)
    for lines in (painting.wrapped(WORDS, font, width), painting.balanced(WORDS, font, width)):
        assert all(painting.text_width(line, font) <= width + 1 for line in lines)
        assert "".join(lines).replace(" ", "") == WORDS.replace(" ", "")


def test_balancing_costs_no_line(qtbot: QtBot) -> None:
    font = interface_font(SECOND)
    for width in range(60, 300, 7):
        assert len(painting.balanced(WORDS, font, width)) == len(
            painting.wrapped(WORDS, font, width)
        )


def test_elided_text_fits_and_leaves_no_vowel_without_its_consonant() -> None:
    font = interface_font()
    text = "เเก้เแโใไการเรียนรู้แห่งเมืองใหญ่ไกลโพ้น"
    for width in range(30, 300, 5):
        shown = painting.elided(text, font, width)
        assert painting.text_width(shown, font) <= width
        assert shown.rstrip("…")[-1:] not in set("เแโใไ ")


def test_lines_keep_the_distance_that_thai_marks_need() -> None:
    font = interface_font(SECOND)
    assert painting.pitch(font) >= 1.47 * 14


def test_a_dashed_box_leaves_gaps(qtbot: QtBot) -> None:
    def inked(*, dashed: bool) -> int:
        image = QImage(100, 40, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        painting.draw_box(painter, QRectF(0, 0, 100, 40), None, "#000000", dashed=dashed)
        painter.end()
        return sum(image.pixel(x, 0) != 0 for x in range(10, 90))

    assert 0 < inked(dashed=True) < inked(dashed=False) == 80
