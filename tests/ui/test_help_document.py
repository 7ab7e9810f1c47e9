import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication

from esa_desktop.domain.manual import Page
from esa_desktop.domain.manual_text import parse_page
from esa_desktop.ui.help_document import Look, fill_page
from esa_desktop.ui.theme import DARK, LIGHT, interface_font
from tests.help_pages import START


@pytest.fixture
def page() -> Page:
    return parse_page("01-start.md", START)


def image(name: str) -> QImage | None:
    made = QImage(1366, 698, QImage.Format.Format_RGB32)
    made.fill(0xFFFFFF)
    return made if name == "welcome.png" else None


def filled(page: Page, look: Look) -> QTextDocument:
    document = QTextDocument()
    fill_page(document, page, look, image)
    return document


def lines(document: QTextDocument) -> list[str]:
    block, found = document.begin(), []
    while block.isValid():
        found.append(block.text())
        block = block.next()
    return [line for line in found if line]


def shown_picture(document: QTextDocument, name: str = "welcome.png") -> QImage:
    kind = QTextDocument.ResourceType.ImageResource.value
    found = document.resource(kind, QUrl(f"picture:{name}"))
    assert isinstance(found, QImage)
    return found


def test_everything_stands_in_order_with_thai_numbers(qapp: QApplication, page: Page) -> None:
    told = lines(filled(page, Look(LIGHT, 600, 1.0)))

    assert told[0] == "เริ่มใช้งาน"
    assert "๑.\tกด Ctrl+N" in told
    assert "•\tชื่อเต็ม" in told
    assert "๓.\tกด สร้างงานประเมิน" in told
    assert "เก็บงานไว้ในเครื่องก่อน แล้วจึงสำรองลงแฟลชไดรฟ์" in told
    assert told[-6:] == ["ต้องการ", "กด", "พิมพ์", "Ctrl+P", "แนบหลักฐาน", "Ctrl+E"]


def test_headings_are_headings_for_those_who_listen(qapp: QApplication, page: Page) -> None:
    block, levels = filled(page, Look(LIGHT, 600, 1.0)).begin(), []
    while block.isValid():
        levels.append(block.blockFormat().headingLevel())
        block = block.next()

    assert [level for level in levels if level] == [1, 2]


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_picture_has_as_many_pixels_as_the_screen_shows(
    qapp: QApplication, page: Page, ratio: float
) -> None:
    shown = shown_picture(filled(page, Look(LIGHT, 602, ratio)))

    assert shown.width() == round(600 * ratio)
    assert shown.devicePixelRatio() == ratio


def test_a_small_picture_is_not_blown_up(qapp: QApplication, page: Page) -> None:
    assert shown_picture(filled(page, Look(LIGHT, 3000, 1.0))).width() == 1366


def test_a_picture_that_is_missing_leaves_its_words(qapp: QApplication, page: Page) -> None:
    assert "กล่องสร้างงาน" in lines(filled(page, Look(LIGHT, 600, 1.0)))


def test_letters_grow_with_the_zoom(qapp: QApplication, page: Page) -> None:
    usual = filled(page, Look(LIGHT, 600, 1.0)).defaultFont().pointSizeF()
    large = filled(page, Look(LIGHT, 600, 1.0, zoom=1.5)).defaultFont().pointSizeF()

    assert usual == interface_font().pointSizeF()
    assert large == pytest.approx(1.5 * usual)


def test_no_line_is_lower_than_its_marks_need(qapp: QApplication, page: Page) -> None:
    document = filled(page, Look(DARK, 600, 1.0))
    document.setTextWidth(600)
    block = document.begin()
    while block.isValid():
        size = block.begin().fragment().charFormat().fontPointSize() if block.text() else 0
        if size and not block.text().startswith("\ufffc"):
            assert block.blockFormat().lineHeight() >= 1.47 * size * 96 / 72 * 0.75
        block = block.next()
