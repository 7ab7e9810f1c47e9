import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import EsaError
from esa_desktop.ui import help_printing
from esa_desktop.ui.help_picture import HelpPicture
from esa_desktop.ui.help_side import words_of
from esa_desktop.ui.help_window import HelpWindow
from esa_desktop.ui.message_dialog import MessageDialog
from esa_desktop.ui.preferences import read_preferences
from esa_desktop.ui.theme import apply_theme
from tests.help_pages import help_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return help_in(tmp_path / "help")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, folder: Path, tmp_path: Path) -> HelpWindow:
    apply_theme(qapp, dark=False)
    window = HelpWindow(read_preferences(tmp_path), folder)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show_page("start")
    return window


def rows(window: HelpWindow) -> list[str]:
    return [row.spoken for row in window.side.list.rows.rows]


def said(window: HelpWindow) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def press(qtbot: QtBot, keys: str, window: HelpWindow) -> None:
    """A shortcut, where the focus is."""
    names = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Alt": Qt.KeyboardModifier.AltModifier}
    *held, key = keys.split("+")
    modifiers = names[held[0]] if held else Qt.KeyboardModifier.NoModifier
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, getattr(Qt.Key, f"Key_{key}"), modifiers)


def test_the_contents_name_every_page_under_its_number(window: HelpWindow) -> None:
    assert rows(window) == ["๑ เริ่มใช้งาน", "๒ เขียนข้อความ"]
    assert window.page == "start"
    assert window.windowTitle() == "เริ่มใช้งาน – วิธีใช้โปรแกรม"


def test_a_page_nobody_has_shows_what_was_shown(window: HelpWindow) -> None:
    window.show_page("write")
    window.show_page("no-such-page")
    assert window.page == "write"


def test_help_without_pages_is_refused_with_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(EsaError, match="ติดตั้งโปรแกรมใหม่"):
        HelpWindow(read_preferences(tmp_path), tmp_path)


def test_hits_follow_the_typing_and_enter_opens_the_best(qtbot: QtBot, window: HelpWindow) -> None:
    window.search("ปีงบประมาณ")

    assert window.side.edit.hasFocus()
    assert rows(window) == ["เริ่มใช้งาน · ปีงบประมาณ"]
    assert "พบใน ๑ หน้า" in said(window)
    window.show_page("write")
    qtbot.keyClick(window.side.edit, Qt.Key.Key_Return)
    assert window.page == "start"


def test_the_best_page_shows_after_a_pause_in_typing_and_the_way_back_stays_short(
    qtbot: QtBot, window: HelpWindow
) -> None:
    window.side.focus_search()
    for words, page in (("ตัวหนา", "write"), ("ปีงบประมาณ", "start"), ("น้ำหนัก", "write")):
        window.side.edit.setText(words)
        if page != window.page:  # not at every key
            assert window.side.list.rows.rows[0].target == page
        qtbot.waitUntil(lambda page=page: window.page == page)  # type: ignore[misc]

    assert [s.cursor.selectedText() for s in window.view.extraSelections()] == ["น้ำหนัก"]
    assert window.side.edit.hasFocus()
    press(qtbot, "Alt+Left", window)
    assert (window.page, window.back.isEnabled()) == ("start", False)


def test_found_words_are_marked_in_the_page_until_the_search_ends(
    qtbot: QtBot, window: HelpWindow
) -> None:
    window.search("สำนักงาน")
    qtbot.keyClick(window.side.edit, Qt.Key.Key_Return)

    assert [s.cursor.selectedText() for s in window.view.extraSelections()] == ["สำนักงาน"]
    window.side.edit.clear()
    assert window.view.extraSelections() == []
    assert rows(window) == ["๑ เริ่มใช้งาน", "๒ เขียนข้อความ"]


def test_what_was_found_below_is_brought_into_view(qtbot: QtBot, window: HelpWindow) -> None:
    window.resize(600, 340)
    window.search("แนบหลักฐาน")
    qtbot.keyClick(window.side.edit, Qt.Key.Key_Return)

    assert window.view.verticalScrollBar().value() > 0


def test_nothing_found_says_what_to_try_and_shows_all_pages_again(window: HelpWindow) -> None:
    window.search("qqqq")

    assert "ไม่พบ “qqqq”" in said(window)
    assert "ลองใช้คำที่สั้นลง" in said(window)
    button = next(b for b in window.findChildren(QPushButton) if b.text() == "ดูหน้าทั้งหมด")
    button.click()
    assert len(rows(window)) == 2


def test_pages_that_only_come_near_are_told_to(window: HelpWindow) -> None:
    window.search("จะพิมพ์ชื่อสำนักงานตรงไหนดี")

    assert "ใกล้เคียง" in said(window)
    assert rows(window)[0].startswith("เริ่มใช้งาน")


def test_links_lead_on_and_the_way_back_keeps_the_place(qtbot: QtBot, window: HelpWindow) -> None:
    window.resize(600, 340)
    qtbot.wait_until(lambda: window.view.verticalScrollBar().maximum() > 100)
    window.view.verticalScrollBar().setValue(60)
    window.view.page_wished.emit("write")
    assert window.page == "write"

    press(qtbot, "Alt+Left", window)
    assert (window.page, window.view.verticalScrollBar().value()) == ("start", 60)
    press(qtbot, "Alt+Right", window)
    assert window.page == "write"
    assert (window.back.isEnabled(), window.forward.isEnabled()) == (True, False)


def test_a_link_pressed_with_the_keys_leads_on(qtbot: QtBot, window: HelpWindow) -> None:
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_Tab)
    qtbot.keyClick(window.view, Qt.Key.Key_Return)

    assert window.page == "write"


def test_the_keys_reach_search_list_and_page(qtbot: QtBot, window: HelpWindow) -> None:
    press(qtbot, "Ctrl+F", window)
    assert window.side.edit.hasFocus()
    press(qtbot, "F6", window)
    assert window.side.list.hasFocus()
    press(qtbot, "F6", window)
    assert window.view.hasFocus()
    press(qtbot, "F6", window)
    assert window.side.edit.hasFocus()


def test_the_list_is_walked_with_the_arrows(qtbot: QtBot, window: HelpWindow) -> None:
    window.side.list.setFocus()
    qtbot.keyClick(window.side.list, Qt.Key.Key_Down)
    qtbot.keyClick(window.side.list, Qt.Key.Key_Return)
    assert window.page == "write"


def test_esc_ends_the_search_first_and_then_the_help(qtbot: QtBot, window: HelpWindow) -> None:
    window.search("พิมพ์")
    press(qtbot, "Escape", window)
    assert (window.side.edit.text(), window.isVisible()) == ("", True)
    press(qtbot, "Escape", window)
    assert not window.isVisible()


def test_size_and_widths_are_remembered(
    qtbot: QtBot, window: HelpWindow, folder: Path, tmp_path: Path
) -> None:
    window.resize(760, 520)
    window.close()

    again = HelpWindow(read_preferences(tmp_path), folder)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (760, 520)


def test_it_fits_a_laptop_at_150_per_cent(window: HelpWindow) -> None:
    window.resize(911 - 30, 465 - 40)

    assert window.minimumSizeHint().width() <= 881
    assert (window.width(), window.height()) == (881, 425)
    for button in (window.back, window.forward, window.print_page, window.print_all):
        corner = button.mapTo(window, QPoint(button.width(), button.height()))
        assert corner.x() <= window.width()


def test_colours_follow_the_theme(qtbot: QtBot, qapp: QApplication, window: HelpWindow) -> None:
    before = window.view.textCursor().charFormat().foreground().color().name()
    apply_theme(qapp, dark=True)
    try:
        qtbot.waitUntil(
            lambda: window.view.textCursor().charFormat().foreground().color().name() != before
        )
    finally:
        apply_theme(qapp, dark=False)


def test_a_picture_is_enlarged_and_any_key_closes_it(qtbot: QtBot, window: HelpWindow) -> None:
    window.view.picture_wished.emit("a.png", QImage(300, 200, QImage.Format.Format_RGB32))

    (picture,) = window.findChildren(HelpPicture)
    assert (picture.width(), picture.height()) == (300, 200)
    qtbot.keyClick(picture, Qt.Key.Key_Space)
    assert not picture.isVisible()


def test_the_whole_manual_is_asked_for_outside(qtbot: QtBot, window: HelpWindow) -> None:
    with qtbot.waitSignal(window.manual_wished):
        window.print_all.click()


def test_without_a_printer_the_help_says_so(
    qtbot: QtBot, window: HelpWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(help_printing, "has_printer", lambda: False)
    window.print_page.click()

    (message,) = window.findChildren(MessageDialog)
    assert message.isVisible()
    message.reject()


def test_the_page_in_view_goes_to_the_printer(
    qtbot: QtBot, window: HelpWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, QWidget]] = []
    monkeypatch.setattr(help_printing, "has_printer", lambda: True)

    def ask(pages: int, size: object, parent: QWidget, *, print_on: object, leave: object) -> None:
        asked.append((pages, parent))
        assert callable(leave)
        leave()

    monkeypatch.setattr(help_printing, "ask_printer", ask)
    window.show_page("write")
    window.print_page.click()

    qtbot.waitUntil(lambda: asked == [(1, window)], timeout=20_000)


def test_every_part_has_a_name_for_those_who_do_not_see(window: HelpWindow) -> None:
    parts = [window.side.edit, window.side.list, window.view, window.back, window.forward]
    assert all(part.accessibleName() for part in parts)


def test_it_opens_quickly(qtbot: QtBot, qapp: QApplication, folder: Path, tmp_path: Path) -> None:
    start = time.perf_counter()
    window = HelpWindow(read_preferences(tmp_path), folder)
    window.show_page("start")
    qapp.sendPostedEvents()
    took = time.perf_counter() - start
    qtbot.addWidget(window)
    assert took < 1.0  # 0.1 here, alone


def test_a_typed_sentence_is_cut_between_words(qapp: QApplication) -> None:
    assert list(words_of("ลืมบันทึกข้อมูล")) == ["ลืม", "บันทึก", "ข้อมูล"]
