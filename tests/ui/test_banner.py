from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import ReportError, StorageError
from esa_desktop.ui import banner as module
from esa_desktop.ui import icons
from esa_desktop.ui.banner import Banner, BannerButton


@pytest.fixture
def banner(qtbot: QtBot) -> Iterator[Banner]:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    yield Banner(page)
    page.close()


def words(banner: Banner) -> list[str]:
    return [label.text() for label in banner.findChildren(QLabel) if label.text()]


def buttons(banner: Banner) -> list[QPushButton]:
    return [button for button in banner.findChildren(QPushButton) if not button.isHidden()]


def test_nothing_is_shown_until_something_is_said(banner: Banner) -> None:
    assert not banner.isVisible()

    banner.show_error(ReportError("พิมพ์ไม่ได้ ลองอีกครั้ง"))

    assert banner.isVisible()
    assert words(banner) == ["พิมพ์ไม่ได้ ลองอีกครั้ง"]
    buttons(banner)[0].click()
    assert not banner.isVisible()


def test_trouble_with_saving_offers_to_try_again_and_cannot_be_closed(banner: Banner) -> None:
    tried: list[int] = []

    banner.show_unsaved(StorageError("แฟลชไดรฟ์ E: ถูกถอดออก"), lambda: tried.append(1))
    buttons(banner)[0].click()

    assert tried == [1]
    assert [b.text() for b in buttons(banner)] == ["ลองอีกครั้ง"]
    assert words(banner) == ["ยังบันทึกไม่ได้ ข้อความยังอยู่ครบ", "แฟลชไดรฟ์ E: ถูกถอดออก"]


def test_a_lesser_error_never_covers_that_something_is_unsaved(banner: Banner) -> None:
    banner.show_unsaved(StorageError("ดิสก์เต็ม"), lambda: None)

    banner.show_error(ReportError("พิมพ์ไม่ได้"))

    assert words(banner)[0] == "ยังบันทึกไม่ได้ ข้อความยังอยู่ครบ"
    banner.dismiss()
    banner.show_error(ReportError("พิมพ์ไม่ได้"))
    assert words(banner) == ["พิมพ์ไม่ได้"]


def test_it_is_announced_once_to_assistive_tools(
    banner: Banner, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(
        module.QAccessible, "updateAccessibility", lambda event: heard.append(event.message())
    )

    for _ in range(3):
        banner.say("bad", "ไม่พบโฟลเดอร์", "เสียบแฟลชไดรฟ์แล้วลองอีกครั้ง")

    assert heard == ["ไม่พบโฟลเดอร์ เสียบแฟลชไดรฟ์แล้วลองอีกครั้ง"]
    assert banner.accessibleName() == heard[0]
    assert QAccessible.queryAccessibleInterface(banner) is not None


def test_a_button_may_say_something_else_while_it_is_pressed(banner: Banner) -> None:
    def act() -> None:
        banner.say("info", "กำลังลองอีกครั้ง", "", [BannerButton("ดูรายละเอียด", lambda: None)])

    banner.say("warn", "ไม่พบไฟล์", "", [BannerButton("ลองอีกครั้ง", act, is_main=True)])

    buttons(banner)[0].click()

    assert [b.text() for b in buttons(banner)] == ["ดูรายละเอียด"]


def test_what_looks_like_html_is_shown_as_it_is(banner: Banner) -> None:
    banner.show_error(ReportError("เปิด “<b>ก</b>.pdf” ไม่ได้"))

    label = next(label for label in banner.findChildren(QLabel) if label.text())
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_disk_that_refuses_again_and_again_changes_no_button_under_the_cursor(
    banner: Banner,
) -> None:
    tried: list[str] = []
    banner.show_unsaved(StorageError("ดิสก์เต็ม"), lambda: tried.append("ลองอีก"))
    (again,) = buttons(banner)
    again.setFocus()
    banner.show_unsaved(StorageError("ไดรฟ์หาย"), lambda: tried.append("ลองอีก"))
    banner.add_advice("ข้อความสำรองไว้ที่อื่นแล้ว")
    banner.add_advice("ข้อความสำรองไว้ที่อื่นแล้ว")

    assert buttons(banner) == [again]
    assert again.hasFocus()
    assert words(banner)[-1] == "ไดรฟ์หาย ข้อความสำรองไว้ที่อื่นแล้ว"
    assert banner.accessibleName().endswith(words(banner)[-1])


def test_the_offer_to_leave_stays_while_the_disk_refuses(banner: Banner) -> None:
    leave = BannerButton("ปิดเลย", lambda: None)
    banner.say_unsaved("ยังบันทึกไม่ได้ จึงยังไม่ปิด", "ดิสก์เต็ม", [leave])
    banner.show_unsaved(StorageError("ดิสก์เต็ม"), lambda: None)
    assert [button.text() for button in buttons(banner)] == ["ปิดเลย"]


def test_what_is_said_later_has_no_advice_left_over(banner: Banner) -> None:
    banner.show_unsaved(StorageError("ดิสก์เต็ม"), lambda: None)
    banner.add_advice("สำรองไว้แล้ว")
    banner.dismiss_unsaved()
    banner.add_advice("สายไปแล้ว")
    banner.say("info", "เรียบร้อย")
    assert words(banner) == ["เรียบร้อย"]


def test_it_tells_once_that_it_came_and_once_that_it_went(banner: Banner) -> None:
    told: list[bool] = []
    banner.shown_changed.connect(told.append)

    banner.show_error(ReportError("พิมพ์ไม่ได้"))
    banner.show_unsaved(StorageError("ดิสก์เต็ม"), lambda: None)
    assert told == [True]
    banner.dismiss_unsaved()
    banner.dismiss()
    assert told == [True, False]


def test_a_hint_is_no_alarm_and_covers_up_nothing_unsaved(banner: Banner) -> None:
    banner.show_hint("ปิดหน้าต่างย่อยก่อน")
    assert banner.property("role") == "banner-info"
    buttons(banner)[0].click()
    assert not banner.isVisible()

    banner.show_unsaved(StorageError("ดิสก์เต็ม"), lambda: None)
    banner.show_hint("ปิดหน้าต่างย่อยก่อน")
    assert words(banner)[0] == "ยังบันทึกไม่ได้ ข้อความยังอยู่ครบ"


def test_information_is_not_marked_with_a_question(banner: Banner) -> None:
    drawn = {}
    for name in ("notice", "help"):
        drawn[name] = icons.pixmap(name, "accent", module.MARK_SIDE).toImage()
    banner.show_hint("เรียบร้อย")
    mark = next(label for label in banner.findChildren(QLabel) if not label.pixmap().isNull())

    assert mark.pixmap().toImage() == drawn["notice"] != drawn["help"]


def test_the_cursor_goes_back_to_the_text_even_where_another_bar_made_room(
    banner: Banner, qtbot: QtBot
) -> None:
    page = banner.window()
    column = QVBoxLayout(page)
    other, text = Banner(page), QLineEdit(page)
    for widget in (banner, other, text):
        column.addWidget(widget)
    text.show()
    page.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    other.show_hint("เรื่องหนึ่ง")
    buttons(other)[0].setFocus()
    banner.shown_changed.connect(other.dismiss)
    banner.show_error(ReportError("พิมพ์ไม่ได้"))
    buttons(banner)[0].setFocus()

    banner.dismiss()

    assert QApplication.focusWidget() is text
