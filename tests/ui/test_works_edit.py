from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Kind, item_field, link_field
from esa_desktop.ui.ranked_list import RankedList
from esa_desktop.ui.ranked_work_dialog import RankedWorkDialog
from esa_desktop.ui.works_edit import WorksEdit
from tests.keys import type_words
from tests.kinds_of_indicator import BEST_WORKS, ITEMS, WORKS, YEAR, framework
from tests.ui.rounds import Desk

ALT = Qt.KeyboardModifier.AltModifier


class Bench:
    """The list over a round with three works, in a window of its own."""

    def __init__(self, qtbot: QtBot) -> None:
        self.desk = Desk(framework())
        for item in ITEMS.values():
            self.desk.editor.apply(self.desk.editor.change(item_field(item.id), item))
        self.desk.set(BEST_WORKS, Kind.WORKS, WORKS)
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.edit = WorksEdit(self.desk.editor, self.desk.undo.push_edit, self.window)
        self.window.setCentralWidget(self.edit)
        self.indicator = self.desk.editor.round.framework.indicator("3.1")
        self.show()
        self.stop = self.desk.editor.subscribe(lambda _: self.show())
        self.window.resize(800, 420)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def show(self) -> None:
        self.edit.show_indicator(self.indicator)

    @property
    def ranked(self) -> RankedList:
        return self.edit.list

    def titles(self) -> list[str]:
        return [work.title for work in self.desk.editor.round.indicator(BEST_WORKS).works]

    def chosen(self) -> str:
        row = self.ranked.choice
        return row.target if row else ""

    def dialog(self) -> RankedWorkDialog:
        shown = [d for d in self.window.findChildren(RankedWorkDialog) if d.isVisible()]
        assert len(shown) == 1
        return shown[0]


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_the_list_tells_place_title_result_and_evidence(bench: Bench) -> None:
    assert [row.spoken for row in bench.ranked.rows.rows] == [
        f"๑. ห้องสมุดเคลื่อนที่ทางน้ำ · {' '.join(WORKS[0].detail.split())} · หลักฐาน ๓.๑-๐๑, ๓.๑-๐๒",
        "๒. สวนครัวโรงเรียน · ลดค่าอาหารกลางวันลงหนึ่งในสี่ · หลักฐาน ๓.๑-๐๒",
        "๓. คลินิกภาษาไทย · ยังไม่มีหลักฐาน",
    ]
    assert bench.edit.count.text() == "๓ จาก ๕ ผลงาน"


def test_the_model_of_the_list_is_sound(bench: Bench) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    QAbstractItemModelTester(bench.ranked.rows, mode)
    bench.desk.set(BEST_WORKS, Kind.WORKS, WORKS[1:])
    bench.desk.set(BEST_WORKS, Kind.WORKS, tuple(reversed(WORKS)))


def test_alt_and_an_arrow_move_the_chosen_work_and_it_stays_chosen(
    qtbot: QtBot, bench: Bench
) -> None:
    bench.ranked.setFocus()
    bench.ranked.choose(0)
    qtbot.keyClick(bench.ranked, Qt.Key.Key_Down, ALT)
    assert bench.titles()[:2] == ["สวนครัวโรงเรียน", "ห้องสมุดเคลื่อนที่ทางน้ำ"]
    assert bench.chosen() == "w1"
    qtbot.keyClick(bench.ranked, Qt.Key.Key_Down, ALT)
    qtbot.keyClick(bench.ranked, Qt.Key.Key_Down, ALT)
    assert bench.titles()[-1] == "ห้องสมุดเคลื่อนที่ทางน้ำ"
    assert (bench.desk.undo.count(), bench.desk.undo.undoText()) == (
        2,
        "จัดลำดับผลงาน ตัวบ่งชี้ที่ ๓.๑",
    )
    qtbot.keyClick(bench.ranked, Qt.Key.Key_Up, ALT)
    assert bench.titles()[1] == "ห้องสมุดเคลื่อนที่ทางน้ำ"


def test_in_the_list_alt_and_an_arrow_are_not_the_windows_shortcut(bench: Bench) -> None:
    def takes(key: Qt.Key, modifier: Qt.KeyboardModifier) -> bool:
        event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, modifier)
        event.ignore()
        QApplication.sendEvent(bench.ranked, event)
        return event.isAccepted()

    assert takes(Qt.Key.Key_Up, ALT)
    assert takes(Qt.Key.Key_Down, ALT)
    assert not takes(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)


def test_the_buttons_do_what_the_keys_do_and_say_why_they_cannot(bench: Bench) -> None:
    bench.ranked.choose(0)
    assert not bench.edit.up.isEnabled()
    assert bench.edit.up.toolTip() == "ผลงานนี้อยู่บนสุดแล้ว"
    bench.ranked.choose(2)
    assert bench.edit.down.toolTip() == "ผลงานนี้อยู่ล่างสุดแล้ว"
    assert (bench.edit.up.isEnabled(), bench.edit.down.isEnabled()) == (True, False)
    bench.edit.up.click()
    assert bench.titles()[1] == "คลินิกภาษาไทย"
    bench.edit.down.click()
    assert bench.titles()[2] == "คลินิกภาษาไทย"


def drag(target: QWidget, mime: QMimeData, at: QPoint) -> bool:
    """Enter, move and drop; whether it was taken."""
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(at, both, mime, left, none))
    QApplication.sendEvent(target, QDragMoveEvent(at, both, mime, left, none))
    drop = QDropEvent(QPointF(at), both, mime, left, none)
    QApplication.sendEvent(target, drop)
    return drop.isAccepted()


@pytest.mark.parametrize(
    ("dragged", "over", "below", "order"),
    [
        (2, 0, False, ["w3", "w1", "w2"]),
        (0, 2, True, ["w2", "w3", "w1"]),
        (0, 1, True, ["w2", "w1", "w3"]),
        (1, 1, True, ["w1", "w2", "w3"]),
        (1, 0, True, ["w1", "w2", "w3"]),
    ],
)
def test_a_work_is_dragged_to_another_place(
    bench: Bench, dragged: int, over: int, below: bool, order: list[str]
) -> None:
    mime = bench.ranked.rows.mimeData([bench.ranked.rows.index(dragged, 0)])
    box = bench.ranked.visualRect(bench.ranked.rows.index(over, 0))
    at = QPoint(100, box.bottom() - 4 if below else box.top() + 4)

    assert drag(bench.ranked.viewport(), mime, at)

    works = bench.desk.editor.round.indicator(BEST_WORKS).works
    assert [work.id for work in works] == order
    assert bench.desk.undo.count() == (order != ["w1", "w2", "w3"])


def test_what_is_no_work_of_this_list_cannot_be_dropped(bench: Bench) -> None:
    files, other = QMimeData(), QMimeData()
    files.setText("file:///x.pdf")
    other.setData("application/x-esa-work", b"elsewhere")

    assert not drag(bench.ranked.viewport(), files, QPoint(100, 20))
    assert not drag(bench.ranked.viewport(), other, QPoint(100, 20))
    assert bench.desk.undo.count() == 0


def test_a_removed_work_comes_back_by_undo(qtbot: QtBot, bench: Bench) -> None:
    bench.ranked.choose(1)
    qtbot.keyClick(bench.ranked, Qt.Key.Key_Delete)
    assert bench.titles() == ["ห้องสมุดเคลื่อนที่ทางน้ำ", "คลินิกภาษาไทย"]
    assert bench.chosen() == "w3"
    bench.desk.undo.undo()
    assert bench.titles()[1] == "สวนครัวโรงเรียน"


def test_without_works_only_adding_is_offered(bench: Bench) -> None:
    bench.desk.set(BEST_WORKS, Kind.WORKS, ())
    assert bench.edit.count.text() == "๐ จาก ๕ ผลงาน"
    assert bench.edit.add.isVisible()
    assert not any(b.isVisible() for b in (bench.edit.edit, bench.edit.remove, bench.ranked))


# --- the dialog -------------------------------------------------------------------------------


def test_a_work_is_added_by_keys_alone_with_its_evidence(qtbot: QtBot, bench: Bench) -> None:
    bench.edit.add.setFocus()
    qtbot.keyClick(bench.edit.add, Qt.Key.Key_Space)
    dialog = bench.dialog()
    type_words(dialog.title, "ชมรมนักอ่าน")
    type_words(dialog.detail, "สมาชิก ๓๐๐ คน\nทุกอำเภอ")
    dialog.list.setFocus()
    dialog.list.setCurrentIndex(dialog.list.model().index(0, 0))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.keep.click()

    work = bench.desk.editor.round.indicator(BEST_WORKS).works[-1]
    assert (work.title, work.detail) == ("ชมรมนักอ่าน", "สมาชิก ๓๐๐ คน\nทุกอำเภอ")
    (item,) = bench.desk.editor.round.shown_by(work)
    assert bench.desk.editor.round.issues_of(item.id) == (BEST_WORKS,)
    assert bench.chosen() == work.id
    assert bench.edit.count.text() == "๔ จาก ๕ ผลงาน"
    bench.desk.undo.undo()
    assert len(bench.titles()) == 3
    assert bench.desk.editor.round.issues_of(item.id) == ()


def test_a_work_without_title_is_refused_beside_its_field(bench: Bench) -> None:
    bench.edit.add.click()
    dialog = bench.dialog()
    type_words(dialog.detail, "เกิดผลดี")
    dialog.keep.click()
    assert dialog.isVisible()
    assert dialog.title.accessibleDescription() == "กรุณาพิมพ์ชื่อผลงาน"
    assert dialog.detail.toPlainText() == "เกิดผลดี"
    type_words(dialog.title, "ชื่อ")
    dialog.keep.click()
    assert bench.titles()[-1] == "ชื่อ"


def test_leaving_the_dialog_changes_nothing(qtbot: QtBot, bench: Bench) -> None:
    bench.ranked.choose(0)
    qtbot.keyClick(bench.ranked, Qt.Key.Key_Return)
    dialog = bench.dialog()
    assert dialog.title.text() == "ห้องสมุดเคลื่อนที่ทางน้ำ"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert bench.desk.undo.count() == 0
    assert bench.titles()[0] == "ห้องสมุดเคลื่อนที่ทางน้ำ"


def test_esc_drops_no_typed_words_and_a_second_one_goes_on_typing(
    qtbot: QtBot, bench: Bench
) -> None:
    bench.edit.add.click()
    dialog = bench.dialog()
    type_words(dialog.title, "ชมรมนักอ่าน")
    for is_asking in (True, False, True):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        assert (dialog.leave.text() == "ทิ้งที่พิมพ์ไว้") is is_asking
    assert dialog.leave.accessibleDescription()
    type_words(dialog.detail, "เกิดผล")
    assert dialog.leave.text() == "ไม่เพิ่ม"
    dialog.leave.click()
    assert dialog.isVisible()
    dialog.leave.click()
    assert not dialog.isVisible()
    assert bench.desk.undo.count() == 0


def test_describing_a_work_keeps_its_place_and_the_order_of_its_evidence(bench: Bench) -> None:
    bench.ranked.choose(0)
    bench.edit.edit.click()
    dialog = bench.dialog()
    assert dialog.chosen_ids == ("e1", "e2")
    dialog.title.setText("ห้องสมุดลอยน้ำ")
    dialog.keep.click()
    work = bench.desk.editor.round.indicator(BEST_WORKS).works[0]
    assert (work.id, work.title, work.items) == ("w1", "ห้องสมุดลอยน้ำ", ("e1", "e2"))
    assert bench.desk.undo.undoText() == "แก้ไขผลงาน ตัวบ่งชี้ที่ ๓.๑"


def test_evidence_in_the_bin_is_not_offered_and_not_forgotten(bench: Bench) -> None:
    gone = replace(WORKS[0], items=("e5", "e1"))
    bench.desk.set(BEST_WORKS, Kind.WORKS, (gone,))
    bench.ranked.choose(0)
    bench.edit.edit.click()
    dialog = bench.dialog()
    model = dialog.list.model()
    listed = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert not [words for words in listed if "ฉบับร่าง" in words]
    dialog.keep.click()
    work = bench.desk.editor.round.indicator(BEST_WORKS).works[0]
    assert set(work.items) == {"e1", "e5"}


def test_many_items_are_searched_and_what_is_ticked_stays_ticked(
    qtbot: QtBot, bench: Bench
) -> None:
    for number in range(40):
        item = replace(
            ITEMS["e1"], id=f"x{number}", code=f"9.9.9-{number:02}", title=f"ภาพที่ {number}"
        )
        bench.desk.editor.apply(bench.desk.editor.change(item_field(item.id), item))
    bench.ranked.choose(1)
    bench.edit.edit.click()
    dialog = bench.dialog()
    assert dialog.search.isVisible()
    type_words(dialog.search, "ภาพที่ ๓๗")
    assert dialog.list.model().rowCount() == 1
    dialog.list.setCurrentIndex(dialog.list.model().index(0, 0))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.keep.click()
    work = bench.desk.editor.round.indicator(BEST_WORKS).works[1]
    assert work.items == ("e2", "x37")
    links = bench.desk.editor.round.issue(BEST_WORKS).links
    assert {item_id for _, item_id in links} == {"e2", "x37"}
    assert link_field(YEAR, BEST_WORKS, "x37") in bench.desk.editor.views
