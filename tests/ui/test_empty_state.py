from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.theme import apply_theme


def icon_of(state: EmptyState) -> QLabel:
    return next(label for label in state.findChildren(QLabel) if not label.pixmap().isNull())


def test_it_says_what_is_so_and_what_to_do(qtbot: QtBot) -> None:
    state = EmptyState("attach")
    qtbot.addWidget(state)
    state.show()

    state.say("ยังไม่มีหลักฐาน", "ลากไฟล์มาวางที่นี่")

    said = [label.text() for label in state.findChildren(QLabel) if label.text()]
    assert said == ["ยังไม่มีหลักฐาน", "ลากไฟล์มาวางที่นี่"]
    assert not state.button.isVisible()


def test_the_way_on_is_offered_only_where_there_is_one(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)
    state = EmptyState("check")
    qtbot.addWidget(state)
    state.show()
    heard: list[bool] = []
    state.button.clicked.connect(lambda: heard.append(True))

    state.say("กรอกครบทุกประเด็นแล้ว", "", "ดูทุกประเด็น")
    QTest.mouseClick(state.button, Qt.MouseButton.LeftButton)

    assert len(heard) == 1
    assert state.button.height() >= 28


def test_more_ways_on_come_below_the_button(qtbot: QtBot) -> None:
    state = EmptyState("attach")
    qtbot.addWidget(state)
    more = QPushButton("หลักฐานที่ไม่มีไฟล์…")
    state.say("ยังไม่มีหลักฐาน", "", "แนบหลักฐาน")
    state.add(more)
    state.resize(264, 500)
    state.show()

    assert more.y() > state.button.y()


def test_the_icon_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)
    state = EmptyState("attach")
    qtbot.addWidget(state)
    state.show()
    light = icon_of(state).pixmap().toImage()

    apply_theme(qapp, dark=True)
    dark = icon_of(state).pixmap().toImage()
    apply_theme(qapp, dark=False)

    assert light != dark
    assert icon_of(state).pixmap().toImage() == light


def test_a_long_address_does_not_widen_the_pane_it_stands_in(qtbot: QtBot) -> None:
    state = EmptyState("link")
    qtbot.addWidget(state)

    state.say("หลักฐานนี้ไม่มีไฟล์", "https://www.example.go.th/" + "a" * 80 + "/IMG_2025_0611.pdf")
    state.resize(240, 400)
    state.show()

    assert state.minimumSizeHint().width() < 200
    assert state.width() == 240
    (advice,) = (label for label in state.findChildren(QLabel) if "example" in label.text())
    lines = advice.heightForWidth(advice.width()) / advice.fontMetrics().lineSpacing()
    assert lines > 2  # it breaks
