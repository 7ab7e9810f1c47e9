import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import Field, Kind, book_field, indicator_field, issue_field
from esa_desktop.services.restoring import Difference
from esa_desktop.ui.difference_tree import DifferenceTree
from tests.ui.rounds import YEAR, Desk


def differs(field: Field, code: str, name: str = "วิธีการดำเนินงาน") -> Difference:
    return Difference(field, code, name, "ปัจจุบัน", "ในชุดสำรอง", "{}")


DIFFERENCES = (
    differs(issue_field(YEAR, "good-1", Kind.METHOD), "1.1.1"),
    differs(issue_field(YEAR, "good-2", Kind.METHOD), "1.1.2"),
    differs(indicator_field(YEAR, "learn", Kind.LEVEL), "1.2", "ระดับที่ประเมินตนเอง"),
    differs(book_field(YEAR, "preface"), "", "คำนำ"),
    differs(issue_field(2556, "good-1", Kind.METHOD), "1.1.1"),
)


@pytest.fixture
def tree(qtbot: QtBot) -> DifferenceTree:
    made = DifferenceTree(Desk().editor.round)
    qtbot.addWidget(made)
    made.show_differences(DIFFERENCES)
    made.show()
    return made


def headings(tree: DifferenceTree) -> list[str]:
    return [tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount())]


def test_differences_stand_below_their_indicator_and_other_years_say_so(
    tree: DifferenceTree,
) -> None:
    assert headings(tree) == [
        "ตัวบ่งชี้ที่ ๑.๑ การบริหารจัดการที่ดี",
        "ตัวบ่งชี้ที่ ๑.๒ การพัฒนาสู่องค์การแห่งการเรียนรู้",
        "ส่วนอื่นของงานประเมิน",
        "ปี ๒๕๕๖  ตัวบ่งชี้ที่ ๑.๑ การบริหารจัดการที่ดี",
    ]
    assert tree.topLevelItem(0).child(1).text(0) == "๑.๑.๒  วิธีการดำเนินงาน"
    assert tree.count() == 5
    assert tree.chosen() == ()


def test_the_tick_of_an_indicator_is_that_of_all_below(tree: DifferenceTree) -> None:
    tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    assert tree.chosen() == DIFFERENCES[:2]

    tree.topLevelItem(0).child(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert tree.chosen() == DIFFERENCES[1:2]
    assert tree.topLevelItem(0).checkState(0) is Qt.CheckState.PartiallyChecked


def test_ticks_are_told_and_the_row_under_the_cursor_too(
    qtbot: QtBot, tree: DifferenceTree
) -> None:
    told: list[object] = []
    tree.picked.connect(told.append)
    tree.setCurrentItem(tree.topLevelItem(1))
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert told == [None, DIFFERENCES[2]]

    with qtbot.waitSignal(tree.ticked):
        qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert tree.chosen() == DIFFERENCES[2:3]


def test_a_file_that_is_nowhere_is_told_in_the_row(tree: DifferenceTree) -> None:
    lost = EvidenceFile("a" * 64, "คำสั่ง.pdf", 3)
    item = Difference(DIFFERENCES[0].field, "1.1.1", "หลักฐาน", "", "", "{}", (), (lost,))

    tree.show_differences([item])

    assert "ไม่พบไฟล์ ๑ ไฟล์" in tree.topLevelItem(0).child(0).text(0)
