import datetime

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.services.describing import Description
from esa_desktop.services.title_proposal import Proposal
from esa_desktop.ui.evidence_dialog import EvidenceDialog, NewEvidenceDialog
from esa_desktop.ui.theme import apply_theme

ITEM = Evidence(
    "i1",
    "1.2.2-01",
    "คำสั่งแต่งตั้ง",
    kind="คำสั่ง",
    number="ที่ ๔๗/๒๕๖๘",
    date=datetime.date(2025, 6, 11),
    files=(EvidenceFile("a" * 64, "scan0012.pdf", 2_400_000),),
)


class Asked:
    def __init__(self, dialog: EvidenceDialog) -> None:
        self.dialog = dialog
        self.said: list[Description] = []
        dialog.described.connect(self.said.append)
        dialog.open()


@pytest.fixture
def asked(qtbot: QtBot, qapp: QApplication) -> Asked:
    apply_theme(qapp, dark=False)
    dialog = EvidenceDialog(ITEM, kinds=["รายงานการประชุม"])
    qtbot.addWidget(dialog)
    return Asked(dialog)


def test_the_dialog_shows_what_is_known_in_the_words_of_the_office(asked: Asked) -> None:
    dialog = asked.dialog

    assert dialog.windowTitle() == "หลักฐาน ๑.๒.๒-๐๑"
    assert dialog.title.text() == "คำสั่งแต่งตั้ง"
    assert dialog.kind.currentText() == "คำสั่ง"
    assert dialog.date.text() == "๑๑ มิ.ย. ๒๕๖๘"


def test_enter_keeps_what_was_typed(asked: Asked) -> None:
    dialog = asked.dialog
    dialog.title.setText("คำสั่งแต่งตั้งคณะทำงาน")
    dialog.kind.setCurrentText("บันทึกข้อความ")
    dialog.date.setText("1/10/2567")

    QTest.keyClick(dialog.date, Qt.Key.Key_Return)

    assert asked.said == [
        Description("คำสั่งแต่งตั้งคณะทำงาน", "บันทึกข้อความ", "ที่ ๔๗/๒๕๖๘", datetime.date(2024, 10, 1))
    ]
    assert not dialog.isVisible()


@pytest.mark.parametrize("typed", ["31 ก.พ. 2568", "เมื่อวาน", "31/2/68"])
def test_a_date_that_is_none_is_refused_beside_its_field(asked: Asked, typed: str) -> None:
    dialog = asked.dialog
    dialog.date.setText(typed)

    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)

    assert asked.said == []
    assert dialog.isVisible()
    assert dialog.date_trouble.isVisible()
    assert "กรุณาพิมพ์แบบ" in dialog.date_trouble.text()
    assert dialog.date.text() == typed
    assert dialog.date.hasFocus() or dialog.focusWidget() is dialog.date


def test_the_sentence_goes_when_the_date_is_mended(asked: Asked) -> None:
    dialog = asked.dialog
    dialog.date.setText("เมื่อวาน")
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)

    dialog.date.setText("")
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)

    assert [said.dated for said in asked.said] == [None]


def test_an_item_keeps_a_name(asked: Asked) -> None:
    asked.dialog.title.setText("  ")

    QTest.mouseClick(asked.dialog.keep, Qt.MouseButton.LeftButton)

    assert asked.said == []
    assert asked.dialog.title_trouble.text() == "กรุณาพิมพ์ชื่อหลักฐาน"


def test_esc_leaves_everything_as_it_was(asked: Asked) -> None:
    asked.dialog.title.setText("อื่น")

    QTest.keyClick(asked.dialog, Qt.Key.Key_Escape)

    assert asked.said == []
    assert not asked.dialog.isVisible()


def test_no_button_says_ok_yes_or_no(asked: Asked) -> None:
    buttons = asked.dialog.findChildren(QPushButton)
    words = [button.text() for button in buttons if button.isVisible()]

    assert words == ["ไม่แก้ไข", "ใช้รายละเอียดนี้"]


def test_the_kinds_the_office_uses_are_offered(asked: Asked) -> None:
    kinds = [asked.dialog.kind.itemText(n) for n in range(asked.dialog.kind.count())]

    assert "รายงานการประชุม" in kinds
    assert len(kinds) == len(set(kinds))


def test_evidence_without_a_file_needs_a_title(qtbot: QtBot, qapp: QApplication) -> None:
    dialog = NewEvidenceDialog()
    qtbot.addWidget(dialog)
    titles: list[str] = []
    dialog.described.connect(lambda said: titles.append(said.title))
    dialog.open()

    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    refused = dialog.title_trouble.text()
    dialog.title.setText(" โล่รางวัล ตู้ ๓ ")
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)

    assert refused == "กรุณาพิมพ์ชื่อหลักฐาน"
    assert titles == ["โล่รางวัล ตู้ ๓"]


def test_where_title_and_date_are_wrong_both_are_said_and_the_cursor_is_at_the_first(
    qtbot: QtBot, qapp: QApplication
) -> None:
    dialog = NewEvidenceDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.date.setText("เมื่อวาน")

    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)

    assert dialog.title_trouble.isVisible()
    assert dialog.date_trouble.isVisible()
    assert dialog.focusWidget() is dialog.title


def test_on_a_low_screen_what_is_wrong_is_scrolled_into_view(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_theme(qapp, dark=False)
    monkeypatch.setattr(NewEvidenceDialog, "_room", lambda _: QSize(600, 400))
    dialog = NewEvidenceDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.title.setText("โล่รางวัล")
    dialog.date.setText("เมื่อวาน")

    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: not dialog.date_trouble.visibleRegion().isEmpty())
    seen = dialog.date_trouble.visibleRegion().boundingRect()
    assert seen.height() == dialog.date_trouble.height()


def test_an_offer_shows_only_what_is_not_in_the_fields_and_keeps_the_rest(
    asked: Asked, qtbot: QtBot
) -> None:
    dialog = asked.dialog
    dialog.suggest(Proposal("คำสั่งแต่งตั้ง", "คำสั่ง", "ที่ ๔๗/๒๕๖๘", datetime.date(2025, 6, 11)))
    nothing_new = dialog.proposed.isVisible()
    dialog.suggest(Proposal("คำสั่งแต่งตั้งคณะทำงาน", "", "", None))
    words = dialog.proposed.words

    QTest.mouseClick(dialog.proposed, Qt.MouseButton.LeftButton)

    assert not nothing_new
    assert words == "ใช้จากเอกสาร: คำสั่งแต่งตั้งคณะทำงาน"
    assert dialog.title.text() == "คำสั่งแต่งตั้งคณะทำงาน"
    assert (dialog.number.text(), dialog.date.text()) == ("ที่ ๔๗/๒๕๖๘", "๑๑ มิ.ย. ๒๕๖๘")
    assert not dialog.proposed.isVisible()


def test_the_tab_key_reads_both_forms_from_top_to_bottom(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)
    old, new = EvidenceDialog(ITEM), NewEvidenceDialog()
    for dialog in (old, new):
        qtbot.addWidget(dialog)
        dialog.open()
        if dialog is old:
            old.suggest(Proposal("อื่น"))
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog.title.setFocus()
        places = []
        for _ in range(20):
            focused = dialog.focusWidget()
            at = focused.mapTo(dialog, focused.rect().topLeft())
            if (at.y(), at.x()) in places:
                break
            places.append((at.y(), at.x()))
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert places == sorted(places)
        assert len(places) == (10 if dialog is old else 9)
        dialog.reject()


def test_every_field_has_a_name_and_the_mark_says_what_it_means(asked: Asked) -> None:
    dialog = asked.dialog
    fields = [dialog.title, dialog.kind, dialog.number, dialog.date, dialog.place, dialog.owner]

    assert all(field.accessibleName() for field in fields)
    assert "แฟ้มหลักฐาน" in dialog.confidential.toolTip()
