from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Kind, framework_field
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.framework_model import Role
from esa_desktop.ui.framework_pane import FOLDED_WIDTH, FrameworkPane
from esa_desktop.ui.issue_rail import IssueRail
from esa_desktop.ui.theme import apply_theme
from tests.ui.rounds import FRAMEWORK, YEAR, Desk, wide_framework
from tests.ui.test_framework_model import complete

LEFT_BUTTON = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Place:
    """The pane in a window of its own, and what it asked for."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk = desk
        self.pane = FrameworkPane(desk.editor)
        qtbot.addWidget(self.pane)
        self.chosen: list[str] = []
        self.dropped: list[tuple[str, list[Path]]] = []
        self.pane.chosen.connect(self.chosen.append)
        self.pane.files_dropped.connect(lambda issue, files: self.dropped.append((issue, files)))
        self.pane.resize(272, 620)
        self.pane.show()
        qtbot.waitExposed(self.pane)

    def box(self, node_id: str) -> QRect:
        """Where a row is in the tree's viewport."""
        tree = self.pane.tree
        return tree.visualRect(self.pane._filter.index_of(node_id))

    def click(self, node_id: str, x: int = 120) -> None:
        place = QPoint(x, self.box(node_id).center().y())
        QTest.mouseClick(self.pane.tree.viewport(), LEFT_BUTTON, NO_KEYS, place)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.pane.tree, key)

    def current(self) -> str:
        return str(self.pane.tree.currentIndex().data(Role.CODE))

    def segment(self, words: str) -> QPushButton:
        return next(b for b in self.pane.findChildren(QPushButton) if b.text().startswith(words))

    def says(self) -> list[str]:
        """The words a person reads beside the tree."""
        labels = self.pane.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]


Open = Callable[..., Place]


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Place:
    apply_theme(qapp, dark=False)
    return Place(Desk(), qtbot)


def test_progress_is_said_in_thai_digits_and_follows_the_work(place: Place) -> None:
    before = place.says()

    complete(place.desk, "good-1")

    assert "๐ จาก ๙ ประเด็น" in before
    assert "๑ จาก ๙ ประเด็น" in place.says()
    assert place.segment("ยังไม่ครบ").text() == "ยังไม่ครบ ๘"


def test_nothing_is_offered_that_does_not_work_yet(place: Place) -> None:
    words = [button.text() for button in place.pane.findChildren(QPushButton)]

    assert not [text for text in words if "งานของฉัน" in text]


def test_a_click_on_an_issue_chooses_it(place: Place) -> None:
    place.pane.choose("good-1")

    place.click("good-3")

    assert place.chosen == ["good-1", "good-3"]
    assert place.pane.chosen_id == "good-3"


def test_a_click_on_what_is_chosen_asks_for_it_again(place: Place) -> None:
    place.pane.choose("good-1")

    place.click("good-1")

    assert place.chosen == ["good-1", "good-1"]


def test_choosing_what_is_chosen_already_is_silent(place: Place) -> None:
    place.pane.choose("good-1")
    place.pane.choose("good-1")
    place.pane.choose("never heard of")

    assert place.chosen == ["good-1"]


def test_the_arrow_of_an_indicator_unfolds_without_choosing(place: Place) -> None:
    place.click("good", x=18)

    assert place.box("good-1").isValid()
    assert place.chosen == []


def test_arrow_keys_walk_and_enter_chooses(place: Place) -> None:
    place.pane.choose("good-1")
    place.pane.tree.setFocus()

    place.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    walked = place.current()
    place.press(Qt.Key.Key_Return)

    assert walked == "1.1.3"
    assert place.chosen == ["good-1", "good-3"]


def test_home_and_end_reach_the_first_and_last_row(place: Place) -> None:
    place.pane.choose("good-2")

    place.press(Qt.Key.Key_End)
    last = place.current()
    place.press(Qt.Key.Key_Home)

    assert (last, place.current()) == ("2.1", "1")


@pytest.mark.parametrize("typed", ["1.2.3", "๑.๒.๓"])
def test_a_code_is_typed_ahead_in_any_digits(place: Place, typed: str) -> None:
    for letter in typed:
        place.pane.tree.keyboardSearch(letter)

    assert place.current() == "1.2.3"
    assert place.box("learn-3").isValid()
    assert place.chosen == []


def test_a_name_is_typed_ahead_too(place: Place) -> None:
    for letter in "ช่อง":
        place.pane.tree.keyboardSearch(letter)

    assert place.current() == "1.1.3"


def test_stepping_walks_the_issues_in_printed_order_and_stops_at_the_ends(place: Place) -> None:
    place.pane.choose("good-4")
    place.pane.step(1)
    place.pane.step(-1)
    place.pane.choose("free-1")
    place.pane.step(1)

    assert place.chosen == ["good-4", "learn-1", "good-4", "free-1"]


def test_stepping_from_a_heading_goes_to_the_issue_beside_it(place: Place) -> None:
    place.pane.choose("learn")
    place.pane.step(-1)
    place.pane.choose("learn")
    place.pane.step(1)

    assert place.chosen == ["learn", "good-4", "learn", "learn-1"]


def test_the_filter_shows_what_is_not_complete_and_stepping_follows_it(place: Place) -> None:
    complete(place.desk, "good-2")
    place.pane.choose("good-1")

    QTest.mouseClick(place.segment("ยังไม่ครบ"), LEFT_BUTTON)
    place.pane.step(1)

    assert not place.box("good-2").isValid()
    assert place.chosen == ["good-1", "good-3"]


def test_jumping_to_a_complete_issue_shows_it_in_spite_of_the_filter(place: Place) -> None:
    complete(place.desk, "good-2")
    QTest.mouseClick(place.segment("ยังไม่ครบ"), LEFT_BUTTON)

    place.pane.choose("good-2")

    assert place.box("good-2").isValid()


def test_what_was_unfolded_is_so_again_when_the_filter_goes(place: Place) -> None:
    place.pane.choose("learn-1")

    QTest.mouseClick(place.segment("ยังไม่ครบ"), LEFT_BUTTON)
    all_open = place.box("good-1").isValid()
    QTest.mouseClick(place.segment("ทั้งหมด"), LEFT_BUTTON)

    assert all_open
    assert place.box("learn-1").isValid()
    assert not place.box("good-1").isValid()


def test_an_issue_that_is_open_again_comes_back_unfolded(place: Place) -> None:
    complete(place.desk, "free-1")
    QTest.mouseClick(place.segment("ยังไม่ครบ"), LEFT_BUTTON)

    place.desk.set("free-1", Kind.ACTED_ON, False)

    assert place.box("free-1").isValid()


def test_when_everything_is_complete_the_filter_says_so_and_leads_back(place: Place) -> None:
    for _, _, issue in FRAMEWORK.issues():
        complete(place.desk, issue.id)

    QTest.mouseClick(place.segment("ยังไม่ครบ"), LEFT_BUTTON)
    said = place.says()
    QTest.mouseClick(place.segment("ดูทุกประเด็น"), LEFT_BUTTON)

    assert "กรอกครบทุกประเด็นแล้ว" in said
    assert place.pane.tree.isVisible()
    assert place.segment("ทั้งหมด").isChecked()


def test_a_framework_without_indicators_says_what_to_do(qtbot: QtBot, qapp: QApplication) -> None:
    bare = replace(
        FRAMEWORK, standards=tuple(replace(s, indicators=()) for s in FRAMEWORK.standards)
    )

    place = Place(Desk(bare), qtbot)

    assert not place.pane.tree.isVisible()
    assert any("ยังไม่มีตัวบ่งชี้" in text for text in place.says())
    assert place.pane.findChild(EmptyState).isVisible()


def test_another_framework_keeps_the_chosen_issue_where_it_still_exists(place: Place) -> None:
    place.pane.choose("good-2")

    without = replace(FRAMEWORK, standards=FRAMEWORK.standards[:1])
    place.desk.editor.apply(place.desk.editor.change(framework_field(YEAR), without))
    kept = place.pane.chosen_id
    place.desk.editor.apply(place.desk.editor.change(framework_field(YEAR), wide_framework(1)))

    assert kept == "good-2"
    assert place.pane.chosen_id == ""


def files(*names: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(name) for name in names])
    return mime


def drag(place: Place, mime: QMimeData, at: QPoint) -> tuple[bool, bool]:
    """Whether the tree would take what is held at a place, and whether the drop was taken."""
    tree = place.pane.tree.viewport()
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, copy, mime, LEFT_BUTTON, NO_KEYS)
    QApplication.sendEvent(tree, enter)
    move = QDragMoveEvent(at, copy, mime, LEFT_BUTTON, NO_KEYS)
    QApplication.sendEvent(tree, move)
    drop = QDropEvent(QPointF(at), copy, mime, LEFT_BUTTON, NO_KEYS)
    QApplication.sendEvent(tree, drop)
    return move.isAccepted(), drop.isAccepted()


def test_files_dropped_on_an_issue_are_for_that_issue(place: Place, tmp_path: Path) -> None:
    place.pane.choose("good-1")
    paths = [tmp_path / "คำสั่ง.pdf", tmp_path / "ภาพ.jpg"]

    taken = drag(place, files(*map(str, paths)), place.box("good-3").center())

    assert taken == (True, True)
    assert place.dropped == [("good-3", paths)]
    assert place.chosen == ["good-1"]


def test_an_indicator_takes_no_files(place: Place, tmp_path: Path) -> None:
    taken = drag(place, files(str(tmp_path / "ก.pdf")), place.box("good").center())

    assert taken == (False, False)
    assert place.dropped == []


def test_a_link_to_a_web_page_is_no_file(place: Place) -> None:
    place.pane.choose("good-1")
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.pdf")])

    drag(place, mime, place.box("good-1").center())

    assert place.dropped == []


def test_folded_the_pane_is_a_rail_of_issues(place: Place) -> None:
    place.pane.choose("good-2")

    place.pane.set_folded(True)
    rail = place.pane.findChild(IssueRail)
    box = rail.visualRect(rail.model().index(2, 0))
    QTest.mouseClick(rail.viewport(), LEFT_BUTTON, NO_KEYS, box.center())

    assert place.pane.maximumWidth() == FOLDED_WIDTH
    assert not place.pane.tree.isVisible()
    assert rail.model().rowCount() == 9
    assert place.chosen == ["good-2", "good-3"]


def test_the_rail_follows_the_work(place: Place) -> None:
    place.pane.set_folded(True)
    rail = place.pane.findChild(IssueRail)
    redrawn: list[str] = []
    rail.model().dataChanged.connect(lambda index: redrawn.append(index.data(Role.ID)))

    place.desk.set("learn-2", Kind.ACTED_ON, True)

    assert redrawn == ["learn-2"]


def test_folding_by_hand_is_told_and_undone(place: Place) -> None:
    heard: list[bool] = []
    place.pane.folded.connect(heard.append)
    buttons = {b.accessibleName(): b for b in place.pane.findChildren(QPushButton)}

    QTest.mouseClick(buttons["ย่อแถบมาตรฐานให้แคบ"], LEFT_BUTTON)
    QTest.mouseClick(buttons["ขยายแถบมาตรฐาน"], LEFT_BUTTON)

    assert heard == [True, False]
    assert place.pane.tree.isVisible()


def test_rows_grow_when_the_pane_gets_narrow(place: Place) -> None:
    place.pane.choose("learn-2")
    wide = place.box("learn-2").height()

    place.pane.resize(600, 620)
    place.pane.tree.doItemsLayout()

    assert wide == 56
    assert place.box("learn-2").height() == 34


def test_everything_that_takes_the_keyboard_has_a_name_and_is_large_enough(place: Place) -> None:
    for widget in place.pane.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName(), widget
            assert widget.height() >= 28, widget


def test_a_screen_reader_hears_name_and_status(place: Place) -> None:
    index = place.pane._filter.index_of("good-1")

    said = index.data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "๑.๑.๑ บุคลากรใฝ่รู้ทันการเปลี่ยนแปลง · ยังไม่เริ่ม"


def test_the_tab_key_goes_in_the_order_of_reading(place: Place) -> None:
    place.segment("ทั้งหมด").setFocus()
    names: list[str] = []

    for _ in range(3):
        focused = place.pane.focusWidget()
        names.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)

    assert names == [
        "ประเด็นที่แสดง: ทั้งหมด",
        "ย่อแถบมาตรฐานให้แคบ",
        "มาตรฐาน ตัวบ่งชี้ และประเด็นการพิจารณา",
    ]


def test_a_held_file_marks_the_row_it_would_go_to(place: Place, tmp_path: Path) -> None:
    place.pane.choose("good-1")
    mime = files(str(tmp_path / "ก.pdf"))
    viewport = place.pane.tree.viewport()
    before = viewport.grab(place.box("good-3")).toImage()

    at = place.box("good-3").center()
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(viewport, QDragEnterEvent(at, copy, mime, LEFT_BUTTON, NO_KEYS))
    QApplication.sendEvent(viewport, QDragMoveEvent(at, copy, mime, LEFT_BUTTON, NO_KEYS))
    held = viewport.grab(place.box("good-3")).toImage()
    QApplication.sendEvent(viewport, QDragLeaveEvent())

    assert held != before
    assert viewport.grab(place.box("good-3")).toImage() == before
