from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.edits import Batch
from esa_desktop.domain.errors import ReadOnlyProject
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import framework_field, item_field
from esa_desktop.services.attaching import detach
from esa_desktop.services.checklists import supply
from esa_desktop.ui.evidence_dialog import EvidenceDialog
from esa_desktop.ui.issue_picker_dialog import IssuePickerDialog
from esa_desktop.ui.message_dialog import MessageDialog
from esa_desktop.ui.register_bar import LACKING
from esa_desktop.ui.register_model import COLUMNS
from esa_desktop.ui.register_page import RegisterPage, Shown
from tests.keys import type_words
from tests.ui.registers import (
    COMMAND,
    CUPBOARD,
    ISSUE,
    OTHER,
    PHOTO,
    REPORT,
    Place,
    Shelf,
    read_only,
)
from tests.ui.rounds import FRAMEWORK, YEAR

CODES = ["๑.๑.๑-๐๑", "๑.๑.๑-๐๒", "๑.๒.๒-๐๒", "๑.๒.๒-๑๐"]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def place(qtbot: QtBot, shelf: Shelf) -> Place:
    return Place(qtbot, shelf)


def pick(place: Place, choice: str) -> None:
    """From the drop-down list by keys, as a person does."""
    box = place.page.bar.shown
    box.setFocus()
    while box.currentData() != choice:
        QTest.keyClick(box, Qt.Key.Key_Down)


# --- what it shows ----------------------------------------------------------------------------


def test_all_items_stand_by_code_with_where_they_are_used_and_whether_their_file_is_there(
    place: Place,
) -> None:
    assert place.column("code") == CODES
    assert place.column("used") == ["ยังไม่ได้ใช้", "๑.๑.๑", "๑.๒.๒", "๑.๒.๒"]
    assert place.column("file") == ["มีไฟล์", "ไม่มีไฟล์", "มีไฟล์", "มีไฟล์"]
    assert place.column("date")[3] == "๑๑ มิ.ย. ๕๗"
    assert "๔ รายการ" in place.says()


def test_the_model_keeps_qts_rules_while_items_come_change_and_go(
    qtbot: QtBot, shelf: Shelf, place: Place
) -> None:
    model: QAbstractItemModel = place.page.table.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    place.page.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    shelf.put(Evidence("new", "1.1.1-03", "กกก"))
    shelf.put(replace(shelf.desk.editor.round.items[REPORT], title="ฮ"))
    shelf.put(replace(shelf.desk.editor.round.items[COMMAND], binned=True))
    assert place.titles() == ["กกก", "ภาพถ่ายกิจกรรม", "โล่รางวัล", "ฮ"]
    shelf.many(60)
    assert model.rowCount() == 64


@pytest.mark.parametrize("number", range(len(COLUMNS)))
def test_every_column_sorts_both_ways_by_a_click_on_its_head(place: Place, number: int) -> None:
    header = place.page.table.horizontalHeader()
    if header.isSectionHidden(number):
        place.page.table.sortByColumn(number, Qt.SortOrder.AscendingOrder)
        assert len(place.titles()) == 4
        return
    at = QPoint(header.sectionViewportPosition(number) + 20, header.height() // 2)
    orders = []
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        orders.append(
            [c for c in place.column(COLUMNS[number].value) if c not in ("–", "ยังไม่ได้ใช้")]
        )
    assert orders[0] == orders[1][::-1]


def test_words_narrow_the_table_while_they_are_typed_with_a_thai_keyboard(place: Place) -> None:
    search = place.page.bar.search
    search.setFocus()
    type_words(search, "ประชุม 1.2.2")
    assert place.titles() == ["รายงานการประชุม"]
    assert "แสดง ๑ จาก ๔ รายการ" in place.says()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert len(place.titles()) == 4


def test_words_that_nothing_has_are_said_with_a_way_back(place: Place) -> None:
    place.page.bar.search.setText("ไม่มีคำนี้")
    assert "ไม่พบหลักฐานตามที่เลือก" in place.says()
    buttons = [b for b in place.page.findChildren(QPushButton) if b.text() == "แสดงทั้งหมด"]
    buttons[0].click()
    assert len(place.titles()) == 4
    assert place.page.table.isVisible()


def test_each_choice_names_how_many_it_shows(qtbot: QtBot, shelf: Shelf) -> None:
    shelf.lose(COMMAND)
    shelf.put(replace(shelf.desk.editor.round.items[REPORT], confidential=True))
    place = Place(qtbot, shelf)
    box = place.page.bar.shown
    words = [box.itemText(n) for n in range(box.count())]
    assert words == [
        "ทั้งหมด ๔",
        "ยังไม่ได้ใช้ ๑",
        "ไม่พบไฟล์ ๑",
        "เอกสารลับ ๑",
        "ไม่มีไฟล์ ๑",
        "ยังขาดตามรายการ ๐",
    ]
    for choice, code in zip(list(Shown)[1:], [CODES[0], CODES[2], CODES[3], CODES[1]], strict=True):
        pick(place, choice)
        assert place.column("code") == [code]


def test_a_project_without_evidence_says_where_it_is_attached(qtbot: QtBot, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for item in tuple(shelf.desk.editor.round.items.values()):
        shelf.put(replace(item, binned=True))
    place = Place(qtbot, shelf)
    assert "แนบหลักฐานที่ประเด็นการพิจารณา" in place.says()
    first = next(shelf.desk.editor.round.framework.places())[-1].id
    with qtbot.waitSignal(place.page.go_to) as told:
        next(b for b in place.page.findChildren(QPushButton) if b.text() == "ไปที่ประเด็นแรก").click()
    assert told.args == [first]
    assert place.page.head.bin.text() == "ถังขยะ (๔)"


def test_an_item_used_only_last_year_says_so(qtbot: QtBot, shelf: Shelf) -> None:
    shelf.link(PHOTO, OTHER, YEAR - 1)
    place = Place(qtbot, shelf)
    assert place.column("used")[0] == "ปี ๒๕๕๖"
    pick(place, Shown.UNUSED)
    assert place.titles() == []


def test_an_item_of_an_issue_out_of_use_says_so_as_the_guard_of_the_bin_does(
    qtbot: QtBot, shelf: Shelf
) -> None:
    standard = FRAMEWORK.standards[0]
    good = standard.indicators[0]
    shorter = replace(good, issues=good.issues[1:], retired=good.issues[:1])
    without = replace(standard, indicators=(shorter, *standard.indicators[1:]))
    changed = replace(FRAMEWORK, standards=(without, *FRAMEWORK.standards[1:]))
    shelf.desk.editor.apply(shelf.desk.editor.change(framework_field(YEAR), changed))
    place = Place(qtbot, shelf)
    assert place.column("used")[1] == "ใช้กับประเด็นที่เลิกใช้แล้ว"
    spoken = place.page.table.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "\nใช้กับประเด็นที่เลิกใช้แล้ว\n" in spoken
    place.choose(CUPBOARD)
    guard = place.page.actions_of_items.ask_to_bin()
    assert guard is not None
    assert "ใช้อยู่ ๑ แห่ง" in guard.windowTitle()
    guard.reject()
    shelf.link(CUPBOARD, OTHER, YEAR - 1)
    assert place.column("used")[1] == "ใช้กับประเด็นที่เลิกใช้แล้ว · ปี ๒๕๕๖"


# --- keeping the place ------------------------------------------------------------------------


def test_choice_and_scroll_stay_when_another_item_changes(qtbot: QtBot, shelf: Shelf) -> None:
    shelf.many(200)
    place = Place(qtbot, shelf)
    table = place.page.table
    place.choose("many50", "many52")
    table.scrollTo(table.model().index(60, 0))
    scrolled = table.verticalScrollBar().value()
    assert scrolled > 0
    shelf.put(replace(shelf.desk.editor.round.items["many9"], title="อื่น"))
    shelf.put(replace(shelf.desk.editor.round.items["many120"], binned=True))
    assert table.chosen_ids() == ["many50", "many52"]
    assert table.current_id() == "many50"
    assert table.verticalScrollBar().value() == scrolled


def test_choice_and_scroll_stay_when_many_items_change_at_once(qtbot: QtBot, shelf: Shelf) -> None:
    shelf.many(200)
    place = Place(qtbot, shelf)
    table, editor = place.page.table, shelf.desk.editor
    place.choose("many50")
    table.scrollTo(table.model().index(120, 0))
    scrolled = table.verticalScrollBar().value()
    gone = [replace(editor.round.items[f"many{n}"], binned=True) for n in range(150, 190)]
    editor.apply(Batch(tuple(editor.change(item_field(item.id), item) for item in gone)))
    assert table.model().rowCount() == 164
    assert table.chosen_ids() == ["many50"]
    assert table.verticalScrollBar().value() == scrolled > 0


def test_the_chosen_items_stay_chosen_when_rows_are_sorted_and_narrowed(place: Place) -> None:
    place.choose(REPORT, CUPBOARD)
    place.page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert set(place.page.chosen_ids()) == {REPORT, CUPBOARD}
    assert place.page.table.current_id() == REPORT
    place.page.bar.search.setText("รายงาน")
    assert place.page.chosen_ids() == [REPORT]


def test_where_the_current_item_goes_the_row_in_its_place_is_next(place: Place) -> None:
    place.choose(CUPBOARD)
    shelf = place.shelf
    shelf.put(replace(shelf.desk.editor.round.items[CUPBOARD], binned=True))
    assert place.page.table.current_id() == COMMAND
    place.page.table.clearFocus()
    place.page.table.setFocus()
    assert place.page.chosen_ids() == [COMMAND]


def test_behind_its_back_the_page_does_nothing_and_catches_up_when_shown(
    shelf: Shelf, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.page.hide()
    resets: list[int] = []
    place.page.table.model().dataChanged.connect(lambda *_: resets.append(1))
    shelf.put(replace(shelf.desk.editor.round.items[PHOTO], title="ใหม่"))
    assert not resets
    place.page.show()
    assert place.titles()[0] == "ใหม่"


def test_typing_in_a_text_costs_the_register_nothing(
    shelf: Shelf, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esa_desktop.domain.fields import Kind

    monkeypatch.setattr(place.page, "_catch_up", lambda: pytest.fail("the register was read"))
    shelf.desk.set(ISSUE, Kind.ACTED_ON, True)


# --- the disk ---------------------------------------------------------------------------------


def test_a_file_that_is_missing_is_said_and_can_be_looked_for(qtbot: QtBot, shelf: Shelf) -> None:
    shelf.lose(COMMAND)
    place = Place(qtbot, shelf)
    assert place.column("file")[2] == "ไม่พบไฟล์"
    assert place.page.head.relink.text() == "ค้นหาไฟล์ที่หายไป (๑)…"
    place.page.head.relink.click()
    assert place.asked == [("relink_requested", None)]


def test_the_disk_is_asked_off_the_gui_thread_in_slices(
    qtbot: QtBot, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from esa_desktop.services.evidence_standing import absent
    from esa_desktop.ui import register_files

    asked: list[tuple[bool, int]] = []

    def watched(folder: Path, items: tuple[Evidence, ...], cancelled: object) -> dict[str, bool]:
        on_gui = threading.current_thread() is threading.main_thread()
        asked.append((on_gui, len(items)))
        return absent(folder, items)

    monkeypatch.setattr(register_files, "absent", watched)
    monkeypatch.setattr(register_files, "AT_ONCE", 2)
    Place(qtbot, shelf)
    assert asked == [(False, 2), (False, 1)]


def test_a_file_that_comes_back_is_seen_when_the_window_wakes(qtbot: QtBot, shelf: Shelf) -> None:
    (file,) = shelf.desk.editor.round.items[COMMAND].files
    there = shelf.folder / "evidence" / file.sha256[:2] / file.sha256
    content = there.read_bytes()
    shelf.lose(COMMAND)
    place = Place(qtbot, shelf)
    pick(place, Shown.MISSING)
    assert len(place.titles()) == 1
    there.write_bytes(content)
    place.page.look_for_files()
    qtbot.waitUntil(lambda: place.titles() == [])
    assert not place.page.head.relink.isVisible()


def test_a_file_that_vanished_meanwhile_is_missed_when_the_page_is_shown_again(
    qtbot: QtBot, shelf: Shelf, place: Place
) -> None:
    assert place.column("file")[2] == "มีไฟล์"
    place.page.hide()
    shelf.lose(COMMAND)

    place.page.show()

    qtbot.waitUntil(lambda: place.column("file")[2] == "ไม่พบไฟล์")
    assert place.page.head.relink.text() == "ค้นหาไฟล์ที่หายไป (๑)…"


def test_the_page_may_die_while_the_disk_is_asked(
    qtbot: QtBot, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from esa_desktop.ui import register_files
    from esa_desktop.ui.worker import lane

    go_on = threading.Event()
    monkeypatch.setattr(register_files, "absent", lambda *_: go_on.wait(5) and {})
    page = RegisterPage(shelf.desk.editor, shelf.push, shelf.folder)
    page.show()
    page.hide()
    page.deleteLater()
    qtbot.waitUntil(lambda: not _alive(page))
    shelf.put(replace(shelf.desk.editor.round.items[PHOTO], title="ใหม่"))
    go_on.set()
    assert lane("register files").waitForDone(5000)


def _alive(widget: QWidget) -> bool:
    import shiboken6

    return shiboken6.isValid(widget)


# --- what is done -----------------------------------------------------------------------------


def test_space_looks_enter_opens_and_a_double_click_opens(place: Place) -> None:
    place.choose(REPORT)
    place.press("Space")
    place.press("Return")
    table = place.page.table
    at = table.visualRect(table.model().index(2, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    wanted = [
        ("preview_requested", REPORT),
        ("open_requested", REPORT),
        ("open_requested", COMMAND),
    ]
    assert place.asked == wanted


def test_arrows_home_and_end_walk_the_rows(place: Place) -> None:
    place.choose(COMMAND)
    for keys, code in (("End", 3), ("Home", 0), ("Down", 1), ("Up", 0)):
        place.press(keys)
        assert place.page.table.currentIndex().row() == code
        assert len(place.page.chosen_ids()) == 1
    place.press("Shift+End")
    assert len(place.page.chosen_ids()) == 4


def test_down_leads_from_the_search_into_the_table(place: Place) -> None:
    place.page.bar.search.setFocus()
    QTest.keyClick(place.page.bar.search, Qt.Key.Key_Down)
    assert place.page.table.hasFocus()
    assert place.page.chosen_ids() == [PHOTO]


def test_f2_describes_the_item_in_one_step(place: Place) -> None:
    place.choose(REPORT)
    place.press("F2")
    dialog = place.page.findChild(EvidenceDialog)
    dialog.title.setText("รายงานใหม่")
    dialog.keep.click()
    assert place.titles()[3] == "รายงานใหม่"
    assert place.shelf.steps == ["แก้ไขรายละเอียดหลักฐาน"]
    assert place.page.chosen_ids() == [REPORT]


def test_items_are_used_for_another_issue_too(place: Place) -> None:
    place.choose(COMMAND, REPORT)
    place.page.actions_of_items.share_action.trigger()
    dialog = place.page.findChild(IssuePickerDialog)
    dialog.search.setText("1.1.1")
    dialog.take.click()
    assert place.column("used")[2:] == ["๑.๑.๑, ๑.๒.๒"] * 2
    assert len(place.shelf.steps) == 1


def test_the_menu_leads_to_every_issue_that_uses_the_item(place: Place) -> None:
    place.shelf.link(COMMAND, OTHER)
    place.choose(COMMAND)
    actions = place.page.actions_of_items
    actions._fill_places()
    found = {action.text(): action for action in actions.places_menu.actions()}
    assert [words.split()[0] for words in found] == ["๑.๑.๑", "๑.๒.๒"]
    next(iter(found.values())).trigger()
    assert place.asked == [("go_to", OTHER)]


def test_the_menu_sorts_for_whoever_has_no_mouse(place: Place) -> None:
    owner = place.page.actions_of_items.sort_menu.actions()[COLUMNS.index("owner")]  # type: ignore[arg-type]
    owner.trigger()
    assert place.column("owner")[:2] == ["นางวันดี", "นายธีระ"]
    owner.trigger()
    assert place.column("owner")[:2] == ["นายธีระ", "นางวันดี"]


def guard(place: Place) -> MessageDialog | None:
    found = [d for d in place.page.findChildren(MessageDialog) if d.isVisible()]
    return found[0] if found else None


def answer(dialog: MessageDialog, words: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words).click()


def test_what_nothing_uses_goes_into_the_bin_without_a_question(place: Place) -> None:
    place.choose(PHOTO)
    place.press("Del")
    assert guard(place) is None
    assert place.asked == [("bin_requested", [PHOTO])]


def test_what_is_used_goes_after_a_question_that_names_the_places(place: Place) -> None:
    place.shelf.link(COMMAND, OTHER)
    place.shelf.link(COMMAND, OTHER, YEAR - 1)
    place.choose(COMMAND)
    place.press("Del")
    dialog = guard(place)
    assert dialog is not None
    assert dialog.heading.text() == "หลักฐานนี้ใช้อยู่ ๓ แห่ง"
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert f"๑.๒.๒ {FRAMEWORK.issue('1.2.2').name}" in told
    assert "ปี ๒๕๕๖" in told
    assert place.asked == []
    answer(dialog, "ย้ายไปถังขยะ")
    assert place.asked == [("bin_requested", [COMMAND])]


@pytest.mark.parametrize("how", ["button", "escape", "enter"])
def test_the_safe_answer_leaves_everything(place: Place, how: str) -> None:
    place.choose(COMMAND, PHOTO)
    place.press("Del")
    dialog = guard(place)
    assert dialog is not None
    assert "๑ รายการที่ใช้อยู่" in dialog.heading.text()
    if how == "button":
        answer(dialog, "ไม่ย้าย")
    else:
        key = Qt.Key.Key_Escape if how == "escape" else Qt.Key.Key_Return
        QTest.keyClick(dialog.focusWidget() or dialog, key)
    assert place.asked == []
    assert guard(place) is None


def test_of_many_places_some_are_named_and_the_rest_counted(place: Place) -> None:
    for _, _, issue in FRAMEWORK.issues():
        place.shelf.link(PHOTO, issue.id)
    place.choose(PHOTO)
    place.press("Del")
    dialog = guard(place)
    assert dialog is not None
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "และอีก ๓ แห่ง" in told
    assert dialog.height() <= 560
    answer(dialog, "ไม่ย้าย")


@pytest.mark.parametrize("keys", ["F2", "Del"])
def test_a_project_that_is_only_read_says_so_before_anybody_is_asked(
    qtbot: QtBot, shelf: Shelf, keys: str
) -> None:
    place = Place(qtbot, shelf, read_only(shelf.desk))
    place.choose(COMMAND)
    place.press(keys)
    assert [name for name, _ in place.asked] == ["refused"]
    assert isinstance(place.asked[0][1], ReadOnlyProject)


def test_bin_and_binder_are_asked_for_by_their_buttons(place: Place) -> None:
    place.page.head.bin.click()
    place.page.head.binder.click()
    assert [name for name, _ in place.asked] == ["bin_opened", "binder_requested"]


# --- checklists -------------------------------------------------------------------------------


def test_an_issue_shows_its_items_and_beside_them_its_checklist(place: Place) -> None:
    place.shelf.ask_for("คำสั่ง", "แผน")
    assert not place.page.checklist.isVisible()
    place.page.show_only(Shown.ALL, ISSUE)
    assert place.titles() == ["คำสั่งแต่งตั้งคณะกรรมการ", "รายงานการประชุม"]
    assert place.page.checklist.issue_id == ISSUE
    assert "ยังขาด ๒ จาก ๒ รายการ" in place.says()


def test_the_chosen_items_of_the_table_answer_a_line(place: Place) -> None:
    place.shelf.ask_for("คำสั่ง", "แผน")
    place.page.show_only(Shown.ALL, ISSUE)
    checklist = place.page.checklist
    checklist.list.choose("r0")
    place.page.table.clearSelection()
    assert not checklist.use.isEnabled()
    place.choose(COMMAND)
    checklist.use.click()
    assert "ยังขาด ๑ จาก ๒ รายการ" in place.says()
    assert "ขาดตามรายการ ๑" in place.says()


def test_what_checklists_lack_is_listed_by_issue_and_leads_there(place: Place) -> None:
    place.shelf.ask_for("คำสั่ง", "แผน")
    place.shelf.ask_for("ภาพ", issue=OTHER)
    editor = place.shelf.desk.editor
    editor.apply(supply(editor, ISSUE, "r1", [COMMAND]))
    pick(place, LACKING)
    rows = place.page.lacking.rows.rows
    assert [row.spoken for row in rows] == [
        f"๑.๑.๑ {FRAMEWORK.issue('1.1.1').name} ยังขาด ๑ จาก ๑ รายการ",
        "๑.๑.๑ ภาพ",
        f"๑.๒.๒ {FRAMEWORK.issue('1.2.2').name} ยังขาด ๑ จาก ๒ รายการ",
        "๑.๒.๒ คำสั่ง",
    ]
    place.page.lacking.setFocus()
    QTest.keyClick(place.page.lacking, Qt.Key.Key_Down)
    QTest.keyClick(place.page.lacking, Qt.Key.Key_Return)
    assert place.asked == [("go_to", ISSUE)]
    place.page.bar.search.setText("ภาพ")
    assert [row.spoken for row in place.page.lacking.rows.rows][1:] == ["๑.๑.๑ ภาพ"]
    place.page.bar.search.clear()
    place.page.show_only(LACKING, ISSUE)
    assert [row.spoken for row in place.page.lacking.rows.rows][1:] == ["๑.๒.๒ คำสั่ง"]
    editor.apply(detach(editor, ISSUE, [COMMAND]))
    assert place.page.bar.shown.currentText() == "ยังขาดตามรายการ ๓"


def test_an_issue_that_goes_out_of_use_is_no_longer_chosen(place: Place) -> None:
    place.page.show_only(Shown.ALL, ISSUE)
    learn = FRAMEWORK.standards[0].indicators[1]
    without = replace(learn, issues=learn.issues[:1], retired=learn.issues[1:])
    standard = replace(
        FRAMEWORK.standards[0], indicators=(FRAMEWORK.standards[0].indicators[0], without)
    )
    changed = replace(FRAMEWORK, standards=(standard, FRAMEWORK.standards[1]))
    editor = place.shelf.desk.editor
    editor.apply(editor.change(framework_field(YEAR), changed))
    assert place.page.bar.issue_id == ""
    assert not place.page.checklist.isVisible()
    assert len(place.titles()) == 4


# --- for the window ---------------------------------------------------------------------------


def test_an_item_is_shown_whatever_was_filtered(place: Place) -> None:
    pick(place, Shown.NO_FILE)
    assert place.page.show_item(REPORT)
    assert place.page.chosen_ids() == [REPORT]
    assert not place.page.show_item("stranger")


@pytest.mark.parametrize("width", [1310, 828, 627])
def test_the_title_can_be_read_at_every_width(qtbot: QtBot, shelf: Shelf, width: int) -> None:
    place = Place(qtbot, shelf, width=width)
    assert place.page.width() == width
    header = place.page.table.horizontalHeader()
    assert header.sectionSize(COLUMNS.index("title")) >= 200  # type: ignore[arg-type]
    assert not header.isSectionHidden(0)
    whole = sum(header.sectionSize(n) for n in range(len(COLUMNS)))
    assert whole <= place.page.table.viewport().width()
    assert header.isSectionHidden(COLUMNS.index("kind")) == (width < 1310)  # type: ignore[arg-type]


def test_every_stop_of_the_tab_key_has_a_name(place: Place) -> None:
    place.page.show_only(Shown.ALL, ISSUE)
    widgets = [w for w in place.page.findChildren(QWidget) if w.isVisible()]
    stops = [
        w
        for w in widgets
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(w.parent(), QLineEdit)
    ]
    nameless = [w for w in stops if not w.accessibleName() and not getattr(w, "text", str)()]
    assert nameless == []
    assert QApplication.focusWidget() is None or place.page.isAncestorOf(QApplication.focusWidget())
