import dataclasses
import datetime
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.services.attaching import attach, share
from esa_desktop.services.checklists import add_requirements
from esa_desktop.services.describing import Description, describe_as, said_about
from esa_desktop.services.reading import Reader
from esa_desktop.services.title_proposal import Proposal
from esa_desktop.ui.evidence_actions import Words
from esa_desktop.ui.evidence_dialog import EvidenceDialog, NewEvidenceDialog
from esa_desktop.ui.evidence_model import Role
from esa_desktop.ui.evidence_pane import NOTHING_TO_PASTE, EvidencePane
from esa_desktop.ui.issue_picker_dialog import IssuePickerDialog
from esa_desktop.ui.kedmanee import KedmaneeShortcuts
from esa_desktop.ui.theme import apply_theme
from tests.ui.rounds import Desk

ISSUE, OTHER = "learn-2", "learn-3"
LEFT_BUTTON = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Place:
    """The pane in a window of its own, with three items, and what it asked for."""

    def __init__(
        self,
        qtbot: QtBot,
        folder: Path,
        words: Words | None = None,
        reader: Reader | None = None,
    ) -> None:
        self.desk = Desk()
        self.folder = folder
        self.gone: set[str] = set()
        self.steps: list[str] = []
        self.dropped: list[list[Path]] = []
        self.opened: list[str] = []
        self.attach_asked = 0
        self.pane = EvidencePane(
            self.desk.editor,
            self._push,
            is_present=lambda file: file.name not in self.gone,
            path_of=lambda file: folder / file.sha256,
            words=words,
            reader=reader,
        )
        qtbot.addWidget(self.pane)
        self.pane.files_dropped.connect(self.dropped.append)
        self.pane.open_requested.connect(self.opened.append)
        self.pane.attach_requested.connect(self._count)
        self.pane.resize(264, 620)
        self.pane.show()

    def _push(self, edit: Edit, name: str) -> None:
        self.steps.append(name)
        self.desk.undo.push_edit(edit, name)

    def _count(self) -> None:
        self.attach_asked += 1

    def attach(self, *names: str, issue: str = ISSUE) -> None:
        files = [EvidenceFile(name.encode().hex().ljust(64, "0"), name, 9_000) for name in names]
        self.desk.editor.apply(attach(self.desk.editor, issue, files))

    def items(self, issue: str = ISSUE) -> list[Evidence]:
        return list(self.desk.editor.round.evidence_of(issue))

    def titles(self, issue: str = ISSUE) -> list[str]:
        return [item.title for item in self.items(issue)]

    def select(self, *rows: int) -> None:
        view = self.pane.list
        view.setFocus()
        view.clearSelection()
        for number, row in enumerate(rows):
            keys = Qt.KeyboardModifier.ControlModifier if number else NO_KEYS
            QTest.mouseClick(view.viewport(), LEFT_BUTTON, keys, self.box(row).center())

    def box(self, row: int) -> QRect:
        return self.pane.list.visualRect(self.pane.list.model().index(row, 0))

    def press(self, keys: str) -> None:
        QTest.keySequence(self.pane.list, QKeySequence(keys))

    def menu(self, words: str) -> None:
        """Choose from the context menu."""
        actions = {a.text(): a for a in self.pane.findChild(QMenu).actions()}
        actions[words].trigger()

    def button(self, words: str) -> QPushButton:
        buttons = self.pane.findChildren(QPushButton)
        return next(b for b in buttons if b.isVisible() and b.text() == words)

    def says(self) -> list[str]:
        labels = self.pane.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]


@pytest.fixture
def empty(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Place:
    apply_theme(qapp, dark=False)
    made = Place(qtbot, tmp_path)
    made.pane.show_issue(ISSUE)
    return made


@pytest.fixture
def place(empty: Place) -> Place:
    empty.attach("ก.pdf", "ข.jpg", "ค.xlsx")
    return empty


def test_the_header_counts_in_thai(place: Place) -> None:
    assert "หลักฐานของประเด็นนี้" in place.says()
    assert "๓ รายการ" in place.says()


def test_an_issue_without_evidence_says_what_to_do(empty: Place) -> None:
    QTest.mouseClick(empty.button("แนบหลักฐาน"), LEFT_BUTTON)

    assert "ยังไม่มีหลักฐาน" in empty.says()
    assert "ยังไม่มี" in empty.says()
    assert empty.attach_asked == 1


def test_a_heading_has_no_evidence_of_its_own_and_says_where_it_is(place: Place) -> None:
    place.pane.show_issue(None)

    assert "หลักฐานแนบไว้กับประเด็น" in place.says()
    assert not place.pane.list.isVisible()


def test_evidence_that_comes_later_is_shown_at_once(empty: Place) -> None:
    empty.attach("ก.pdf")

    assert empty.pane.list.isVisible()
    assert "๑ รายการ" in empty.says()


def test_taking_the_last_item_out_shows_the_empty_page_and_undo_the_list(empty: Place) -> None:
    empty.attach("ก.pdf")
    empty.select(0)

    empty.press("Del")
    gone = empty.titles()
    said = empty.says()
    empty.desk.undo.undo()

    assert gone == []
    assert "ยังไม่มีหลักฐาน" in said
    assert empty.titles() == ["ก"]
    assert empty.pane.list.isVisible()


def test_delete_takes_out_what_is_selected_without_a_question(place: Place) -> None:
    place.select(0, 2)

    place.press("Del")

    assert place.titles() == ["ข"]
    assert place.steps == ["นำหลักฐานออก"]
    assert place.pane.list.chosen_ids() == [place.items()[0].id]


def test_enter_and_double_click_ask_to_open(place: Place) -> None:
    first, second, _ = place.items()
    place.select(0)

    QTest.keyClick(place.pane.list, Qt.Key.Key_Return)
    place.select(1)
    QTest.mouseDClick(place.pane.list.viewport(), LEFT_BUTTON, NO_KEYS, place.box(1).center())

    assert place.opened == [first.id, second.id]


def test_coming_by_keyboard_something_is_selected(place: Place) -> None:
    place.button("แนบหลักฐาน").setFocus()
    place.pane.show_issue(ISSUE)
    before = place.pane.list.chosen_ids()

    place.pane.list.setFocus(Qt.FocusReason.TabFocusReason)
    on_coming = place.pane.list.chosen_ids()
    place.pane.show_issue(OTHER)
    place.pane.show_issue(ISSUE)

    first = place.items()[0].id
    assert (before, on_coming, place.pane.list.chosen_ids()) == ([], [first], [first])


def test_f2_describes_one_item_as_one_step(place: Place) -> None:
    place.select(1)

    place.press("F2")
    dialog = place.pane.findChild(EvidenceDialog)
    dialog.title.setText("ภาพวงเล่าสู่กันฟัง")
    dialog.date.setText("๑๑ มิ.ย. ๒๕๖๘")
    QTest.mouseClick(dialog.keep, LEFT_BUTTON)

    item = place.items()[1]
    assert (item.title, item.date) == ("ภาพวงเล่าสู่กันฟัง", datetime.date(2025, 6, 11))
    assert item.code == "1.2.2-02"
    assert place.steps == ["แก้ไขรายละเอียดหลักฐาน"]


def test_evidence_without_a_file_is_added_by_its_title(place: Place) -> None:
    QTest.mouseClick(place.button("หลักฐานที่ไม่มีไฟล์…"), LEFT_BUTTON)
    dialog = place.pane.findChild(NewEvidenceDialog)
    dialog.title.setText("โล่รางวัล ตู้ ๓")
    QTest.mouseClick(dialog.keep, LEFT_BUTTON)

    assert place.titles() == ["ก", "ข", "ค", "โล่รางวัล ตู้ ๓"]
    assert place.items()[-1].files == ()
    assert place.steps == ["เพิ่มหลักฐานที่ไม่มีไฟล์"]


def test_an_item_is_used_for_another_issue_too(place: Place) -> None:
    place.select(0, 1)

    place.menu("ใช้กับประเด็นอื่นด้วย…")
    dialog = place.pane.findChild(IssuePickerDialog)
    dialog.search.setText("1.2.3")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    assert place.titles(OTHER) == ["ก", "ข"]
    assert place.titles() == ["ก", "ข", "ค"]
    assert place.pane.list.model().index(0, 0).data(Role.SHARED) == 2
    assert len(place.steps) == 1


def test_issues_that_use_the_item_already_are_not_offered(place: Place) -> None:
    place.desk.editor.apply(share(place.desk.editor, OTHER, [place.items()[0].id]))
    place.select(0)

    place.menu("ใช้กับประเด็นอื่นด้วย…")
    dialog = place.pane.findChild(IssuePickerDialog)
    dialog.search.setText("1.2")

    model = dialog.tree.model()
    indicator = model.index(0, 0, model.index(0, 0))
    offered = [model.index(n, 0, indicator).data(Role.ID) for n in range(model.rowCount(indicator))]
    dialog.reject()
    assert len(offered) == 2


def test_an_item_moves_to_another_issue_and_keeps_its_code(place: Place) -> None:
    place.select(1)

    place.menu("ย้ายไปประเด็นอื่น…")
    dialog = place.pane.findChild(IssuePickerDialog)
    dialog.search.setText("1.2.3")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    moved = place.titles(), place.titles(OTHER)
    code = place.items(OTHER)[0].code
    place.desk.undo.undo()

    assert moved == (["ก", "ค"], ["ข"])
    assert code == "1.2.2-02"
    assert place.titles() == ["ก", "ข", "ค"]


def test_keys_move_an_item_and_stop_at_the_ends(place: Place) -> None:
    place.select(0)

    place.press("Ctrl+Shift+Down")
    once = place.titles()
    place.press("Ctrl+Shift+Down")
    place.press("Ctrl+Shift+Down")
    last = place.titles()
    place.press("Ctrl+Shift+Up")

    assert once == ["ข", "ก", "ค"]
    assert last == ["ข", "ค", "ก"]
    assert place.titles() == ["ข", "ก", "ค"]
    assert place.steps == ["จัดลำดับหลักฐาน"] * 3


def drag(target: QWidget, mime: QMimeData, at: QPoint) -> bool:
    """Hold something over a widget and let it go there; whether it was taken."""
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(at, both, mime, LEFT_BUTTON, NO_KEYS)
    QApplication.sendEvent(target, enter)
    QApplication.sendEvent(target, QDragMoveEvent(at, both, mime, LEFT_BUTTON, NO_KEYS))
    drop = QDropEvent(QPointF(at), both, mime, LEFT_BUTTON, NO_KEYS)
    QApplication.sendEvent(target, drop)
    return drop.isAccepted()


def test_an_item_is_dragged_to_another_place_in_the_list(place: Place) -> None:
    place.select(2)
    view = place.pane.list
    mime = view.model().mimeData([view.model().index(2, 0)])

    taken = drag(view.viewport(), mime, QPoint(100, place.box(0).top() + 5))

    assert taken
    assert place.titles() == ["ค", "ก", "ข"]


def test_an_item_dropped_where_it_was_makes_no_step(place: Place) -> None:
    place.select(1)
    view = place.pane.list
    mime = view.model().mimeData([view.model().index(1, 0)])

    drag(view.viewport(), mime, QPoint(100, place.box(1).top() + 5))
    drag(view.viewport(), mime, QPoint(100, place.box(1).bottom() - 5))

    assert place.titles() == ["ก", "ข", "ค"]
    assert place.steps == []


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_files_dropped_anywhere_in_the_pane_are_handed_to_the_window(
    empty: Place, tmp_path: Path
) -> None:
    paths = [tmp_path / "คำสั่ง ๑.pdf", tmp_path / "ภาพ.jpg"]

    taken = drag(empty.pane, files(*paths), QPoint(100, 300))

    assert taken
    assert empty.dropped == [paths]
    assert empty.steps == []


def test_the_list_leaves_files_to_the_pane_around_it(place: Place, tmp_path: Path) -> None:
    held = files(tmp_path / "ก.pdf")  # the event only points at it
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, held, LEFT_BUTTON, NO_KEYS)

    QApplication.sendEvent(place.pane.list.viewport(), enter)

    assert enter.isAccepted()
    assert place.pane._drop_card.property("chosen") is True
    QApplication.sendEvent(place.pane, QDragLeaveEvent())
    assert place.pane._drop_card.property("chosen") is False


def test_without_an_issue_files_are_not_taken(place: Place, tmp_path: Path) -> None:
    place.pane.show_issue(None)

    taken = drag(place.pane, files(tmp_path / "ก.pdf"), QPoint(100, 300))

    assert not taken
    assert place.dropped == []


def test_what_needs_one_item_is_off_while_several_are_selected(place: Place) -> None:
    place.select(0, 1)

    usable = {a.text(): a.isEnabled() for a in place.pane.findChild(QMenu).actions() if a.text()}

    assert usable["ชื่อและรายละเอียด…"] is False
    assert usable["ใช้กับประเด็นอื่นด้วย…"] is True
    assert usable["นำออกจากประเด็นนี้"] is True


def test_a_missing_file_is_said_in_words(place: Place) -> None:
    place.gone.add("ก.pdf")
    place.pane.look_for_files()

    said = place.pane.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "๑.๒.๒-๐๑ ก · เอกสาร · ๙ KB · ไม่พบไฟล์"


def test_a_picture_appears_in_its_row_when_it_is_made(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    apply_theme(qapp, dark=False)
    reader = Reader(children=1)
    made = Place(qtbot, tmp_path, reader=reader)
    made.pane.show_issue(ISSUE)
    photograph = QImage(400, 300, QImage.Format.Format_RGB32)
    photograph.fill(Qt.GlobalColor.red)
    name = "ภาพ.jpg"
    path = made.folder / name.encode().hex().ljust(64, "0")
    photograph.save(str(path), "JPG")

    made.attach(name)

    def seen() -> bool:
        shot = made.pane.list.viewport().grab().toImage()
        middle = shot.pixelColor(
            round(36 * shot.devicePixelRatio()), round(38 * shot.devicePixelRatio())
        )
        return middle.red() > 200 and middle.blue() < 60

    try:
        qtbot.waitUntil(seen, timeout=20_000)
    finally:
        reader.close()


def test_everything_that_takes_the_keyboard_has_a_name_and_is_large_enough(place: Place) -> None:
    for widget in place.pane.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            named = widget.accessibleName() or (isinstance(widget, QPushButton) and widget.text())
            assert named, widget
            assert widget.height() >= 28, widget


# --- paste, look, register ----------------------------------------------------------------------


def copied(mime: QMimeData) -> None:
    QApplication.clipboard().setMimeData(mime)


def test_files_copied_in_the_file_manager_are_pasted_into_the_list(
    place: Place, tmp_path: Path
) -> None:
    copied(files(tmp_path / "ก ข.pdf", tmp_path / "ค.jpg"))
    place.select(0)

    place.press("Ctrl+V")

    assert place.dropped == [[tmp_path / "ก ข.pdf", tmp_path / "ค.jpg"]]


def test_a_picture_is_pasted_where_there_is_no_list_yet(empty: Place) -> None:
    pictures: list[QImage] = []
    empty.pane.picture_pasted.connect(pictures.append)
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(picture)
    button = empty.button("แนบหลักฐาน")
    button.setFocus()

    QTest.keySequence(button, QKeySequence("Ctrl+V"))

    assert [pasted.size() for pasted in pictures] == [picture.size()]


def test_paste_works_on_a_thai_keyboard(place: Place, qapp: QApplication, tmp_path: Path) -> None:
    """The key of V says อ there."""
    copied(files(tmp_path / "ก.pdf"))
    place.select(0)
    shortcuts = KedmaneeShortcuts(qapp)
    qapp.installEventFilter(shortcuts)
    try:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key(ord("อ")), Qt.KeyboardModifier.ControlModifier, "")
            QApplication.sendEvent(place.pane.list, key)
    finally:
        qapp.removeEventFilter(shortcuts)

    assert place.dropped == [[tmp_path / "ก.pdf"]]


def test_a_web_address_that_was_copied_becomes_the_place_of_a_new_item(place: Place) -> None:
    QApplication.clipboard().setText(" https://www.example.go.th/ข่าว ")
    place.select(0)

    place.press("Ctrl+V")
    dialog = place.pane.findChild(NewEvidenceDialog)
    dialog.title.setText("ข่าวประชาสัมพันธ์")
    QTest.mouseClick(dialog.keep, LEFT_BUTTON)

    assert place.items()[-1].place == "https://www.example.go.th/ข่าว"
    assert place.dropped == []


def test_words_cannot_be_pasted_as_evidence_and_it_says_so(place: Place) -> None:
    said: list[str] = []
    place.pane.refused.connect(lambda error: said.append(str(error)))
    QApplication.clipboard().setText("ข้อความธรรมดา")
    place.select(0)

    place.press("Ctrl+V")

    assert said == [NOTHING_TO_PASTE]
    assert len(place.items()) == 3


def test_space_looks_at_the_item_and_the_menu_shows_it_in_the_register(place: Place) -> None:
    looked: list[str] = []
    shown: list[str] = []
    place.pane.preview_requested.connect(looked.append)
    place.pane.register_requested.connect(shown.append)
    place.select(1)

    QTest.keyClick(place.pane.list, Qt.Key.Key_Space)
    place.menu("ดูในบัญชีหลักฐาน")

    second = place.items()[1].id
    assert (looked, shown) == ([second], [second])
    assert place.pane.list.chosen_ids() == [second]


def test_an_item_without_file_is_added_with_the_whole_form(place: Place) -> None:
    QTest.mouseClick(place.button("หลักฐานที่ไม่มีไฟล์…"), LEFT_BUTTON)
    dialog = place.pane.findChild(NewEvidenceDialog)
    dialog.title.setText("บันทึกการสอบสวน")
    dialog.place.setText("ตู้ ๓ แฟ้ม ๒")
    dialog.kind.setCurrentText("รายงาน")
    dialog.number.setText("ที่ ๑/๒๕๕๗")
    dialog.date.setText("11/6/2557")
    dialog.owner.setText("กลุ่มบุคคล")
    dialog.confidential.setChecked(True)
    QTest.mouseClick(dialog.keep, LEFT_BUTTON)

    item = place.items()[-1]
    assert said_about(item) == Description(
        "บันทึกการสอบสวน",
        "รายงาน",
        "ที่ ๑/๒๕๕๗",
        datetime.date(2014, 6, 11),
        "กลุ่มบุคคล",
        "ตู้ ๓ แฟ้ม ๒",
        confidential=True,
    )
    assert len(place.steps) == 1


def test_a_confidential_item_has_its_word_and_no_picture(empty: Place, qtbot: QtBot) -> None:
    asked: list[str] = []
    empty.pane._thumbnails.picture = lambda file, ratio=1.0: asked.append(file.name)  # type: ignore[method-assign, func-returns-value]
    empty.attach("ลับ.jpg")
    (item,) = empty.items()
    said = dataclasses.replace(said_about(item), confidential=True)
    empty.desk.editor.apply(describe_as(empty.desk.editor, item.id, said))
    index = empty.pane.list.model().index(0, 0)
    asked.clear()

    empty.pane.list.viewport().grab()

    assert "เอกสารลับ" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "เอกสารลับ" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert asked == []


def test_what_the_document_says_is_offered_in_the_dialog_and_changes_nothing_by_itself(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    said = Proposal("คำสั่งแต่งตั้ง", "คำสั่ง", "ที่ ๑๒/๒๕๕๗", datetime.date(2014, 1, 3))
    made = Place(qtbot, tmp_path, words=lambda _, then: then(said))
    made.pane.show_issue(ISSUE)
    made.attach("scan1.pdf")
    qtbot.waitUntil(made.pane.isActiveWindow)
    made.select(0)

    made.press("F2")
    dialog = made.pane.findChild(EvidenceDialog)
    untouched = dialog.title.text()
    assert dialog.proposed.isVisible()
    QTest.mouseClick(dialog.proposed, LEFT_BUTTON)
    QTest.mouseClick(dialog.keep, LEFT_BUTTON)

    item = made.items()[0]
    assert untouched == "scan1"
    assert (item.title, item.kind, item.number) == ("คำสั่งแต่งตั้ง", "คำสั่ง", "ที่ ๑๒/๒๕๕๗")
    assert item.date == datetime.date(2014, 1, 3)
    assert len(made.steps) == 1


def test_words_that_come_after_the_dialog_was_closed_harm_nobody(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    later: list[Callable[[Proposal], object]] = []
    made = Place(qtbot, tmp_path, words=lambda _, then: later.append(then))
    made.pane.show_issue(ISSUE)
    made.attach("scan1.pdf")
    qtbot.waitUntil(made.pane.isActiveWindow)
    made.select(0)
    made.press("F2")
    made.pane.findChild(EvidenceDialog).reject()
    qtbot.waitUntil(lambda: made.pane.findChild(EvidenceDialog) is None)

    later[0](Proposal("คำสั่งแต่งตั้ง"))

    assert made.titles() == ["scan1"]


@pytest.mark.alone
def test_a_thousand_files_at_once_are_in_the_list_in_a_moment(empty: Place) -> None:
    names = [f"{number}.pdf" for number in range(1000)]

    begun = time.perf_counter()
    empty.attach(*names)

    assert empty.titles()[-1] == "999"
    assert time.perf_counter() - begun < 3


def test_only_what_was_pasted_is_chosen_while_the_control_key_is_still_down(
    place: Place,
) -> None:
    place.select(0)
    window = place.pane.window().windowHandle()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyPress(window, Qt.Key.Key_Control, control)
    assert QApplication.keyboardModifiers() == control

    place.attach("new.png")
    place.pane.show_newest(ISSUE)
    QTest.keyRelease(window, Qt.Key.Key_Control)

    assert place.pane.list.chosen_ids() == [place.items()[-1].id]


@pytest.mark.parametrize("size", [(264, 626), (227, 393)])  # a laptop at 100 % and at 150 %
def test_beside_an_unfolded_checklist_the_list_keeps_as_much_and_every_word_is_whole(
    qtbot: QtBot, place: Place, size: tuple[int, int]
) -> None:
    place.attach(*(f"{number}.pdf" for number in range(12)))
    lines = [f"รายการที่ {number}" for number in range(6)]
    edit = add_requirements(place.desk.editor, ISSUE, lines)
    assert edit is not None
    place.desk.editor.apply(edit)
    pane, checklist = place.pane, place.pane.checklist
    pane.resize(*size)
    checklist.set_folded(False)
    # In the lowest window one line of it is in view, and the fields to add with.
    qtbot.waitUntil(lambda: pane.list.height() >= min(checklist.height(), 130))

    assert pane.list.mapTo(pane, pane.list.rect().bottomLeft()).y() < checklist.y()
    for label in pane.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap() and label.text():
            assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())
            assert not label.text().endswith("…")
    ways = "หลักฐานที่ไม่มีไฟล์…"
    checklist.set_folded(True)
    qtbot.waitUntil(lambda: place.button(ways).isVisible())
