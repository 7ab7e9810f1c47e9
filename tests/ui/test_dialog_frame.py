import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from esa_desktop.ui.dialog_frame import NARROW, DialogFrame, wrapping_label


def filled(qtbot: QtBot, lines: int) -> DialogFrame:
    dialog = DialogFrame("หัวเรื่องของหน้าต่าง")
    qtbot.addWidget(dialog)
    for number in range(lines):
        dialog.body.addWidget(wrapping_label(f"บรรทัดที่ {number} " + "ข้อความยาวที่ต้องขึ้นบรรทัดใหม่ " * 4))
        dialog.body.addWidget(QLineEdit(dialog))
    dialog.add_button("ไม่บันทึก")
    dialog.add_button("บันทึก", "main")
    return dialog


def test_all_words_are_in_view_where_the_screen_has_room(qtbot: QtBot) -> None:
    dialog = filled(qtbot, 3)

    dialog.open()

    assert dialog.width() == NARROW
    assert dialog._scroll.verticalScrollBar().maximum() == 0
    for label in dialog.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


def test_words_that_come_later_make_it_taller_and_go_again(qtbot: QtBot) -> None:
    dialog = filled(qtbot, 1)
    note = wrapping_label("ประโยคที่เพิ่งขึ้นมา " * 12)
    note.hide()
    dialog.body.addWidget(note)
    dialog.open()
    before = dialog.height()

    note.show()
    dialog.fit()

    assert dialog.height() >= before + note.heightForWidth(NARROW - 48)
    assert dialog._scroll.verticalScrollBar().maximum() == 0
    note.hide()
    dialog.fit()
    assert dialog.height() == before


def test_on_a_small_screen_the_body_scrolls_and_the_buttons_stay(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DialogFrame, "_room", lambda _: QSize(667, 300))
    dialog = filled(qtbot, 8)

    dialog.open()

    assert dialog.height() <= 300
    assert dialog._scroll.verticalScrollBar().maximum() > 0
    button = dialog._buttons.itemAt(2).widget()
    bottom = button.mapTo(dialog, QPoint(0, button.height())).y()
    assert bottom <= dialog.height()
