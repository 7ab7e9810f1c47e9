import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.richtext import RichText, Run, Table, from_plain, paragraph
from esa_desktop.ui import text_places
from esa_desktop.ui.find_bar import FindBar
from esa_desktop.ui.text_editor import RichTextEdit

TEXT = "ประชุม ๑๒ ครั้ง\n๑. ประชุมย่อย  12 ครั้ง\nเเผนการประชุม"


class Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.edit = RichTextEdit(self)
        self.bar = FindBar(self)
        column = QVBoxLayout(self)
        column.addWidget(self.bar)
        column.addWidget(self.edit)
        self.resize(600, 400)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.edit.set_text(from_plain(TEXT))
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.edit.setFocus()
    return page


def line(page: Page, name: str) -> QLineEdit:
    found = page.bar.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def selected(page: Page) -> str:
    return page.edit.textCursor().selectedText()


def test_enter_walks_round_and_shift_enter_back(qtbot: QtBot, page: Page) -> None:
    page.bar.open_for(page.edit)
    find = line(page, "findEdit")
    assert find.hasFocus()
    find.setText("ประชุม")
    assert page.bar.count_words == "๑ จาก ๓"
    qtbot.keyClick(find, Qt.Key.Key_Return)
    qtbot.keyClick(find, Qt.Key.Key_Return)
    assert page.bar.count_words == "๓ จาก ๓"
    qtbot.keyClick(find, Qt.Key.Key_Return)
    assert page.bar.count_words == "๑ จาก ๓"
    qtbot.keyClick(find, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.bar.count_words == "๓ จาก ๓"
    assert selected(page) == "ประชุม"


def test_digits_blanks_and_double_e_are_the_same(page: Page) -> None:
    page.bar.open_for(page.edit, "12 ครั้ง")
    assert page.bar.count_words == "๑ จาก ๒"
    assert selected(page) == "๑๒ ครั้ง"
    line(page, "findEdit").setText("แผน")
    assert page.bar.count_words == "๑ จาก ๑"
    line(page, "findEdit").setText("๑. ประชุม")
    assert page.bar.count_words == "๑ จาก ๑"


def test_every_place_is_marked_until_the_bar_closes(qtbot: QtBot, page: Page) -> None:
    page.bar.open_for(page.edit, "ประชุม")
    assert len(page.edit.extraSelections()) == 3
    with qtbot.waitSignal(page.bar.closed):
        qtbot.keyClick(line(page, "findEdit"), Qt.Key.Key_Escape)
    assert page.edit.extraSelections() == []
    assert page.edit.hasFocus()
    assert not page.bar.isVisible()


def test_what_is_selected_is_what_is_looked_for(page: Page) -> None:
    text_places.select_words(page.edit, "ครั้ง")
    page.bar.open_for(page.edit)
    assert line(page, "findEdit").text() == "ครั้ง"


def test_nothing_found_is_said(page: Page) -> None:
    page.bar.open_for(page.edit, "ไม่มีคำนี้")
    assert page.bar.count_words == "ไม่พบ"


def test_the_count_follows_the_text(page: Page) -> None:
    page.bar.open_for(page.edit, "ครั้ง")
    page.edit.set_text(from_plain("ครั้ง ครั้ง ครั้ง"))
    assert page.bar.count_words.endswith("จาก ๓")


def test_one_place_is_replaced_and_the_next_is_shown(qtbot: QtBot, page: Page) -> None:
    page.bar.open_for(page.edit, "ประชุม")
    line(page, "replaceEdit").setText("สัมมนา")
    with qtbot.waitSignal(page.bar.replaced):
        page.bar.replace_one()
    assert page.edit.text().plain.startswith("สัมมนา ๑๒ ครั้ง\n๑. ประชุม")
    assert page.bar.count_words == "๑ จาก ๒"
    assert selected(page) == "ประชุม"


def test_all_places_are_replaced_in_one_step(page: Page) -> None:
    page.bar.open_for(page.edit, "ประชุม")
    line(page, "replaceEdit").setText("ประชุมใหญ่")
    page.bar.replace_all()
    assert page.edit.text().plain.count("ประชุมใหญ่") == 3
    page.edit.undo()
    assert page.edit.text() == from_plain(TEXT)


def test_a_label_is_not_replaced_with_the_text(page: Page) -> None:
    page.bar.open_for(page.edit, "1")
    line(page, "replaceEdit").setText("9")
    page.bar.replace_all()
    assert page.edit.text().plain == "ประชุม 9๒ ครั้ง\n๑. ประชุมย่อย  92 ครั้ง\nแผนการประชุม"


def test_a_replacement_wears_the_looks_of_what_it_replaces(page: Page) -> None:
    bold = RichText((paragraph("ก"), paragraph("ข")))
    block = type(bold.blocks[0])((Run("ปกติ "), Run("หนา", bold=True), Run(" ปกติ")))
    page.edit.set_text(RichText((block,)))
    page.bar.open_for(page.edit, "หนา")
    line(page, "replaceEdit").setText("เข้ม")
    page.bar.replace_all()
    assert page.edit.text().blocks[0].runs[1] == Run("เข้ม", bold=True)  # type: ignore[union-attr]


def test_words_in_a_table_are_found(page: Page) -> None:
    table = Table(((((paragraph("หัว"),)), ((paragraph("ข้อมูล"),))),), (1.0, 1.0))
    page.edit.set_text(RichText((paragraph("ก่อน"), table, paragraph("หลังข้อมูล"))))
    assert text_places.select_words(page.edit, "ข้อมูล")
    assert page.edit.textCursor().currentTable() is not None


def test_signs_beyond_the_basic_plane_do_not_shift_the_place(page: Page) -> None:
    page.edit.set_text(from_plain("😀😀 ประชุม"))
    assert text_places.select_words(page.edit, "ประชุม")
    assert selected(page) == "ประชุม"


def test_a_text_to_read_only_has_no_replacing(page: Page) -> None:
    page.edit.setReadOnly(True)
    page.bar.open_for(page.edit, "ประชุม")
    assert not line(page, "replaceEdit").isVisible()
    page.bar.replace_all()
    assert page.edit.text() == from_plain(TEXT)


def test_the_bar_outlives_its_text(qtbot: QtBot, page: Page) -> None:
    other = RichTextEdit(page)
    page.bar.open_for(other, "ก")
    with qtbot.waitSignal(other.destroyed):
        other.deleteLater()
    assert not page.bar.isVisible()
    page.bar.step(1)
    page.bar.open_for(page.edit, "ประชุม")
    assert page.bar.count_words == "๑ จาก ๓"
