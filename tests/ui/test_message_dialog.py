from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.ui.message_dialog import MessageDialog, tell


def buttons(dialog: MessageDialog) -> list[QPushButton]:
    return dialog.findChildren(QPushButton)


def test_enter_gives_the_safe_answer(qtbot: QtBot) -> None:
    done: list[str] = []
    dialog = MessageDialog("พบงานประเมินชื่อนี้แล้ว", "เปิดงานเดิมต่อได้", close="เปิดงานเดิม")
    qtbot.addWidget(dialog)
    dialog.offer("สร้างใหม่อีกงาน", lambda: done.append("new"))
    dialog.open()

    qtbot.keyClick(dialog, Qt.Key.Key_Return)

    assert not dialog.isVisible()
    assert done == []


def test_another_answer_closes_the_dialog_and_does_what_it_says(qtbot: QtBot) -> None:
    done: list[str] = []
    dialog = MessageDialog("ไม่พบเครื่องพิมพ์")
    qtbot.addWidget(dialog)
    dialog.offer("บันทึกเป็น PDF", lambda: done.append("pdf"))
    dialog.open()

    next(b for b in buttons(dialog) if b.text() == "บันทึกเป็น PDF").click()

    assert done == ["pdf"]
    assert not dialog.isVisible()


def test_no_button_says_ok_yes_or_no_and_esc_closes(qtbot: QtBot, qapp: QApplication) -> None:
    dialog = tell(None, "เปิดไฟล์ไม่ได้", "ไฟล์เสียหาย ขอไฟล์ใหม่จากผู้ส่ง")
    qtbot.addWidget(dialog)

    words = {button.text() for button in buttons(dialog)}

    assert words == {"ปิดข้อความ"}
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_long_sentence_is_shown_whole(qtbot: QtBot) -> None:
    dialog = MessageDialog("ที่เก็บงานอยู่ใน OneDrive " * 4, "ข้อความยาวมากที่ต้องขึ้นหลายบรรทัด " * 12)
    qtbot.addWidget(dialog)

    dialog.open()

    for label in dialog.findChildren(type(dialog.heading)):
        if label.text():
            assert label.height() >= label.heightForWidth(label.width())
    assert dialog.width() == 480
