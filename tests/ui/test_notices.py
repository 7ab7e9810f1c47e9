from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.services.known_copies import NewerCopy
from esa_desktop.services.places import place_risk
from esa_desktop.ui import notice_words as words
from esa_desktop.ui.banner import Banner
from esa_desktop.ui.notices import Notice, Notices

HERE = Path("/งาน/ที่นี่.esaproj")
THERE = Path("/งาน/ที่อื่น.esaproj")
NEWER = NewerCopy(
    THERE,
    "นางสาวพิมพ์ใจ",
    "2025-08-05T07:31:00.000+00:00",
    is_there=True,
    goes_on=True,
    went_back=False,
)


def nothing() -> None:
    """Where a test does not press."""


@pytest.fixture
def notices(qtbot: QtBot) -> Iterator[Notices]:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    made = Notices(page)
    column.addWidget(made)
    column.addWidget(QLineEdit(page))
    page.resize(1600, 900)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)
    yield made
    page.close()


def said(notices: Notices) -> list[str]:
    labels = notices.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible() and label.text()]


def button(notices: Notices, text: str) -> QPushButton:
    found = notices.findChildren(QPushButton)
    return next(b for b in found if b.isVisible() and b.text() == text)


def notice(key: str, rank: int) -> Notice:
    return Notice(key, rank, "info", f"เรื่อง {key}", "", close_words=f"ปิด {key}")


def test_without_a_notice_there_is_no_bar(notices: Notices) -> None:
    assert not notices.isVisible()
    notices.tell(notice("ก", 1))
    assert notices.isVisible()
    notices.clear()
    assert not notices.isVisible()


def test_two_are_shown_by_rank_and_the_third_waits_for_room(notices: Notices) -> None:
    for key, rank in (("ค", 3), ("ก", 1), ("ข", 2)):
        notices.tell(notice(key, rank))
    assert said(notices) == ["เรื่อง ก", "เรื่อง ข"]

    button(notices, "ปิด ก").click()

    assert said(notices) == ["เรื่อง ข", "เรื่อง ค"]
    assert notices.keys == ("ข", "ค")


def test_a_low_window_has_room_for_one_and_the_page(qtbot: QtBot, notices: Notices) -> None:
    notices.tell(notice("ก", 1))
    notices.tell(notice("ข", 2))

    for size in ((910, 490), (1366, 698)):  # a usual laptop at 150 % and at 100 %
        notices.window().resize(*size)
        qtbot.waitUntil(lambda: said(notices) == ["เรื่อง ก"])
        notices.window().resize(1600, 900)
        qtbot.waitUntil(lambda: len(said(notices)) == 2)


def test_in_a_low_window_what_stays_does_not_keep_the_others_away(
    qtbot: QtBot, notices: Notices
) -> None:
    notices.tell(words.only_read(nothing))
    notices.tell(words.changes(1, ("นางดาว",), nothing))
    assert said(notices)[0] == "เปิดดูอย่างเดียว แก้ไขไม่ได้"

    notices.window().resize(1366, 698)
    qtbot.waitUntil(lambda: said(notices)[0].startswith("มีการแก้ไขใหม่"))
    button(notices, "ปิดข้อความ").click()
    assert said(notices)[0] == "เปิดดูอย่างเดียว แก้ไขไม่ได้"

    notices.tell(words.changes(1, ("นางดาว",), nothing))
    notices.tell(words.ailing(nothing))
    assert said(notices)[0] == "ตรวจพบว่าข้อมูลบางส่วนของงานนี้เสียหาย"


def test_while_an_error_is_said_the_notices_wait_and_come_back(notices: Notices) -> None:
    notices.tell(notice("ก", 1))
    notices.set_aside(True)
    assert not notices.isVisible()

    notices.tell(notice("ข", 2))
    assert not notices.isVisible()
    assert notices.keys == ("ก", "ข")

    notices.drop("ก")
    notices.set_aside(False)
    assert said(notices) == ["เรื่อง ข"]


def test_what_somebody_waits_for_is_asked_below_an_error_one_at_a_time(notices: Notices) -> None:
    notices.tell(notice("ก", 1))
    notices.set_aside(True)
    for key, rank in (("ค", 3), ("ข", 2)):
        notices.tell(replace(notice(key, rank), is_awaited=True))

    assert said(notices) == ["เรื่อง ข"]
    button(notices, "ปิด ข").click()
    assert said(notices) == ["เรื่อง ค"]
    button(notices, "ปิด ค").click()
    assert not notices.isVisible()
    notices.set_aside(False)
    assert said(notices) == ["เรื่อง ก"]


def test_set_aside_they_give_the_cursor_back_to_the_text(notices: Notices) -> None:
    text = notices.window().findChild(QLineEdit)
    assert text is not None
    text.setFocus()
    notices.tell(notice("ก", 1))
    button(notices, "ปิด ก").setFocus()

    notices.set_aside(True)

    assert QApplication.focusWidget() is text


def test_one_filled_button_is_in_view(notices: Notices) -> None:
    risk = place_risk(Path("/media/u/STICK/x"), {})
    assert risk is not None
    notices.tell(words.risky_place(risk, nothing, stay=nothing))
    tell_newer(notices, NEWER)

    shown = [b for b in notices.findChildren(QPushButton) if b.isVisible()]

    assert [b.text() for b in shown if b.property("role") == "main"] == ["เปิดฉบับที่ใหม่กว่า"]


def test_a_notice_that_is_told_again_takes_its_own_place(notices: Notices) -> None:
    notices.tell(notice("ก", 1))
    notices.tell(replace(notice("ก", 1), what="ใหม่กว่า"))

    assert said(notices) == ["ใหม่กว่า"]
    notices.drop("ก")
    notices.drop("ไม่มี")
    assert said(notices) == []


def test_who_closes_a_notice_is_heard_once(notices: Notices) -> None:
    closed: list[int] = []
    notices.tell(replace(notice("ก", 1), closed=lambda: closed.append(1)))

    button(notices, "ปิด ก").click()

    assert closed == [1]


def test_closing_gives_the_cursor_back_to_the_text(notices: Notices) -> None:
    text = notices.window().findChild(QLineEdit)
    assert text is not None
    text.setFocus()
    notices.tell(notice("ก", 1))
    close = button(notices, "ปิด ก")
    close.setFocus()

    close.click()

    assert QApplication.focusWidget() is text


def test_a_button_acts_and_what_it_does_may_clear_the_notices(notices: Notices) -> None:
    """Opening another copy lets this project go."""
    notices.tell(words.only_read(notices.clear))

    button(notices, "คัดลอกมาไว้ในเครื่องนี้").click()

    assert not notices.isVisible()


def test_reading_only_is_said_as_long_as_it_is_so(notices: Notices) -> None:
    notices.tell(words.only_read(nothing))

    assert "เปิดดูอย่างเดียว แก้ไขไม่ได้" in said(notices)
    texts = [b.text() for b in notices.findChildren(QPushButton) if b.isVisible()]
    assert texts == ["คัดลอกมาไว้ในเครื่องนี้"]


@pytest.mark.parametrize(
    ("folder", "name"),
    [("/media/u/STICK/งาน.esaproj", "แฟลชไดรฟ์"), ("/home/u/Dropbox/งาน.esaproj", "Dropbox")],
)
def test_a_risky_place_offers_to_copy_and_to_go_on(
    notices: Notices, folder: str, name: str
) -> None:
    risk = place_risk(Path(folder), {})
    assert risk is not None

    stayed: list[int] = []
    notices.tell(words.risky_place(risk, nothing, stay=lambda: stayed.append(1)))

    assert name in said(notices)[0]
    button(notices, "คัดลอกมาไว้ในเครื่องนี้")
    button(notices, "ทำงานที่นี่ต่อ").click()
    assert not notices.isVisible()
    assert stayed == [1]


def tell_newer(notices: Notices, newer: NewerCopy) -> list[str]:
    """What is pressed behind it, by name."""
    pressed: list[str] = []
    notices.tell(
        words.newer_copy(
            newer,
            HERE,
            open_it=lambda: pressed.append("open"),
            show_backups=lambda: pressed.append("backups"),
            forget=lambda: pressed.append("forget"),
        )
    )
    return pressed


def test_the_newer_copy_is_offered_with_who_wrote_there_and_when(notices: Notices) -> None:
    pressed = tell_newer(notices, NEWER)

    assert said(notices)[0] == "ที่เปิดอยู่นี้เป็นฉบับเก่า"
    assert str(THERE) in said(notices)[1]
    assert "นางสาวพิมพ์ใจ เมื่อ ๕ ส.ค. ๒๕๖๘" in said(notices)[1]
    button(notices, "เปิดฉบับที่ใหม่กว่า").click()
    button(notices, "ทำงานในฉบับนี้ต่อ").click()
    assert pressed == ["open", "forget"]


def here(*moment: int) -> str:
    """A time of this computer's clock, as revisions say it."""
    return datetime(*moment).astimezone().isoformat()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own_time", "shown"),
    [
        (here(2025, 8, 5, 9, 15), "เมื่อ ๕ ส.ค. ๒๕๖๘ ๑๔.๓๑ น."),
        (here(2025, 8, 4, 14, 31), "เมื่อ ๕ ส.ค. ๒๕๖๘"),
        ("", "เมื่อ ๕ ส.ค. ๒๕๖๘"),
    ],
)
@pytest.mark.parametrize("went_back", [True, False])
def test_the_hour_is_said_where_both_copies_are_of_one_day(
    notices: Notices, own_time: str, shown: str, went_back: bool
) -> None:
    time = here(2025, 8, 5, 14, 31)
    tell_newer(notices, replace(NEWER, time=time, own_time=own_time, went_back=went_back))

    assert shown in said(notices)[1]
    assert ("๑๔.๓๑" in said(notices)[1]) is ("๑๔.๓๑" in shown)


def test_of_two_copies_with_something_of_their_own_none_is_called_newer(notices: Notices) -> None:
    tell_newer(notices, replace(NEWER, goes_on=False))

    assert "คนละส่วน" not in said(notices)[1]  # nobody knows that
    assert "ต่างฝ่ายต่างอาจมีข้อความที่อีกฉบับไม่มี" in said(notices)[1]
    assert said(notices)[1].endswith("เปิดดูก่อน แล้วทำงานต่อในฉบับเดียว")
    assert "ใหม่กว่า" not in " ".join(said(notices))
    button(notices, "เปิดฉบับนั้น")


def test_a_copy_that_is_not_there_is_named_without_a_button_to_it(notices: Notices) -> None:
    tell_newer(notices, replace(NEWER, is_there=False))

    assert "เสียบ" in said(notices)[1]
    texts = [b.text() for b in notices.findChildren(QPushButton) if b.isVisible()]
    assert texts == ["ทำงานในฉบับนี้ต่อ"]


def test_a_folder_that_went_back_leads_to_its_backups(notices: Notices) -> None:
    pressed = tell_newer(notices, replace(NEWER, folder=HERE, went_back=True, goes_on=False))

    assert "เก่ากว่าเมื่อเปิดครั้งก่อน" in said(notices)[0]
    assert "ยังมีอยู่ที่" not in said(notices)[1]
    button(notices, "ดูข้อมูลสำรอง…").click()
    assert pressed == ["backups"]


def test_a_folder_that_went_back_leads_to_the_copy_that_still_has_it(notices: Notices) -> None:
    pressed = tell_newer(notices, replace(NEWER, went_back=True, goes_on=False))

    assert str(THERE) in said(notices)[1]
    button(notices, "เปิดฉบับนั้น").click()
    assert pressed == ["open"]


@pytest.mark.parametrize("time", ["", "พรุ่งนี้", "99999-01-01"])
def test_a_time_that_is_none_is_left_out(notices: Notices, time: str) -> None:
    tell_newer(notices, replace(NEWER, author="", time=time))

    assert said(notices)[1] == f"ฉบับที่ใหม่กว่าอยู่ที่ {THERE}"


def test_changes_of_others_are_counted_in_thai(notices: Notices) -> None:
    pressed: list[int] = []
    notices.tell(words.changes(12, ("นายธีระ", "นางดาว"), lambda: pressed.append(1)))

    assert said(notices)[0] == "มีการแก้ไขใหม่ ๑๒ ช่องตั้งแต่ท่านเปิดครั้งก่อน"
    assert said(notices)[1] == "โดย นายธีระ นางดาว"
    button(notices, "ดูรายการ").click()
    assert pressed == [1]


def test_text_that_came_back_is_said_and_needs_no_answer(notices: Notices) -> None:
    notices.tell(words.rescued(3))

    assert said(notices)[0] == "นำข้อความที่ยังไม่ได้บันทึกกลับมาแล้ว ๓ ช่อง"
    button(notices, "ปิดข้อความ").click()
    assert not notices.isVisible()


def test_ones_own_text_is_spoken_of_before_the_place_and_after_a_lack(notices: Notices) -> None:
    risk = place_risk(Path("/media/u/STICK/x"), {})
    assert risk is not None
    notices.tell(words.risky_place(risk, nothing, stay=nothing))
    notices.tell(words.rescued(1))
    tell_newer(notices, NEWER)

    assert notices.keys == (words.COPIES, words.RESCUED, words.PLACE)


def test_the_reminder_leads_to_copying(notices: Notices) -> None:
    pressed: list[int] = []
    notices.tell(words.reminder("ยังไม่มีสำเนานอกเครื่องนี้", lambda: pressed.append(1)))

    button(notices, "สำรองไปไว้ไดรฟ์อื่น…").click()
    assert pressed == [1]


def test_in_a_small_window_the_words_wrap_and_no_button_is_cut(notices: Notices) -> None:
    window = notices.window()
    tell_newer(notices, replace(NEWER, folder=Path("/" + "โฟลเดอร์ที่ชื่อยาวมาก" * 6)))
    notices.tell(notice("ก", 0))
    window.resize(640, 640)

    for shown in notices.findChildren(QPushButton):
        if shown.isVisible():
            assert shown.width() >= shown.sizeHint().width()
            assert window.rect().contains(shown.mapTo(window, shown.rect().bottomRight()))


def test_what_is_stressed_comes_first_also_where_one_has_room(notices: Notices) -> None:
    notices.window().resize(1366, 698)
    notices.tell(Notice("stays", 0, "warn", "เปิดดูอย่างเดียว", ""))
    notices.tell(notice("offer", 5))
    assert "เปิดดูอย่างเดียว" not in said(notices)

    assert notices.stress("stays")
    assert said(notices) == ["เปิดดูอย่างเดียว"]

    notices.set_aside(True)
    assert not notices.stress("stays"), "an error is said: nobody would see it"
    assert not notices.stress("nothing of the kind")


def test_a_flash_is_for_the_words_it_was_meant_for(notices: Notices) -> None:
    notices.tell(notice("stays", 0))
    notices.stress("stays")
    bar = notices.findChild(Banner, "notice1")
    assert isinstance(bar, Banner)
    assert bar.property("stressed") is True

    notices.drop("stays")
    notices.tell(notice("other", 0))

    assert bar.property("stressed") is False
