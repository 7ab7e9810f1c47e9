import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtGui import QAction, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.app import make_window, open_window
from esa_desktop.domain.errors import NotAProject, ProjectLocked, StorageError
from esa_desktop.domain.fields import Kind, book_field, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.paths import user_folder
from esa_desktop.services.attaching import Intake
from esa_desktop.services.places import sample_place
from esa_desktop.services.projects import Project
from esa_desktop.storage.store import Store
from esa_desktop.ui.actions import ACTIONS
from esa_desktop.ui.export_dialog import ExportDialog
from esa_desktop.ui.form_choice import FormChoice
from esa_desktop.ui.help_places import page_for
from esa_desktop.ui.level_card import LevelCard
from esa_desktop.ui.main_window import MainWindow
from esa_desktop.ui.middle_pane import BOOK, OVERVIEW, PREVIEW, REGISTER, SUGGESTIONS, WRITE
from esa_desktop.ui.sample_notice import KEY as SAMPLE
from esa_desktop.ui.workspace import Workspace
from tests.keys import type_words
from tests.projects import OTHER, WHO, YEAR, new_project, opened


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, place: Path) -> Iterator[MainWindow]:
    made = open_window(place)
    made.resize(1366, 698)
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def empty(qtbot: QtBot) -> Iterator[MainWindow]:
    """The window as it opens without a project."""
    made = make_window()
    made.show_welcome()
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def words_on(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.banner.findChildren(QLabel))


def test_the_title_names_office_year_and_folder(window: MainWindow, place: Path) -> None:
    assert window.windowTitle() == f"สพป.ทดสอบ เขต ๑  ·  ปีงบประมาณ ๒๕๕๗  ·  {place}"


def test_without_a_project_only_ways_to_one_can_be_chosen(empty: MainWindow) -> None:
    enabled = {name for name, action in empty.actions_by_name.items() if action.isEnabled()}

    assert enabled == {
        "actionNew",
        "actionOpen",
        "actionSample",
        "actionOpenBackup",
        "actionQuit",
        "actionHelp",
        "actionManual",
        "actionTour",
        "actionProblem",
        "actionAbout",
        "actionDark",
    }


def test_a_folder_that_is_no_project_is_said_in_a_sentence(
    empty: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "โฟลเดอร์อื่น").mkdir()

    assert not empty.open_folder(tmp_path / "โฟลเดอร์อื่น")

    assert empty.banner.isVisible()
    assert "โฟลเดอร์อื่น" in words_on(empty)
    assert empty.workspace is None


def test_a_project_open_elsewhere_names_who_has_it(empty: MainWindow, place: Path) -> None:
    with opened(place):
        assert not empty.open_folder(place)

    assert WHO.author in words_on(empty)


def test_projects_opened_one_after_the_other_leave_nothing_in_the_window(
    empty: MainWindow, place: Path
) -> None:
    """Every new widget is dressed along with all that live: what stays makes opening slower."""
    alive = []
    for _ in range(5):
        assert empty.open_folder(place)
        QApplication.processEvents()
        assert empty.close_project()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        alive.append(len(QApplication.allWidgets()))

    assert alive[2:] == [alive[1]] * 3  # some parts of the window are made at first use


def test_opening_for_a_test_raises_and_leaves_no_window(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(NotAProject):
        open_window(tmp_path)


def test_another_project_takes_the_place_of_the_first_which_is_free_again(
    window: MainWindow, place: Path, tmp_path: Path
) -> None:
    (tmp_path / "second").mkdir()
    second = new_project(tmp_path / "second")

    assert window.open_folder(second)

    assert window.workspace is not None
    assert window.workspace.project.folder == second
    with opened(place):
        pass  # nobody holds it any more


def test_closing_remembers_the_project_and_what_was_typed_is_in_it(
    window: MainWindow, place: Path
) -> None:
    assert window.workspace is not None
    edit = window.workspace.issue_pane.editors()[0]
    edit.setFocus()
    type_words(edit, "พิมพ์แล้วปิดทันที")

    window.close()

    assert window.preferences.recent[0].folder == place
    with opened(place) as project:
        issue = next(project.editor.round.framework.issues())[2].id
        assert project.editor.round.issue(issue).method.plain == "พิมพ์แล้วปิดทันที"


def test_a_disk_that_refuses_keeps_the_window_open_until_it_works_again(
    window: MainWindow, qtbot: QtBot, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.workspace is not None
    project: Project = window.workspace.project
    real_write, real_flush = Store.write, Project.flush
    monkeypatch.setattr(Project, "flush", lambda self, _=0: real_flush(self, 0.3))

    def refuse(*_: object) -> None:
        raise StorageError("เนื้อที่ดิสก์เต็ม ลบไฟล์ที่ไม่ใช้แล้วกดลองอีกครั้ง")

    monkeypatch.setattr(Store, "write", refuse)
    issue = next(project.editor.round.framework.issues())[2].id
    window.workspace.push(
        project.editor.change(issue_field(YEAR, issue, Kind.ACTED_ON), True), "ทำเครื่องหมาย"
    )
    window.close()
    assert window.workspace is not None
    assert window.isVisible()
    assert "ดิสก์เต็ม" in words_on(window)
    assert "บันทึกแล้ว" not in window.status_line._saved.text()

    monkeypatch.setattr(Store, "write", real_write)
    monkeypatch.setattr(Project, "flush", real_flush)
    retry = next(
        b
        for b in window.banner.findChildren(QPushButton)
        if b.text() == "ลองอีกครั้ง" and b.isVisible()
    )
    retry.click()
    qtbot.waitUntil(lambda: project.unsaved == 0)
    qtbot.waitUntil(lambda: not window.banner.isVisible())

    window.close()
    with opened(place) as again:
        assert again.editor.round.issue(issue).acted_on


def test_the_person_may_leave_without_the_last_words(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.workspace is not None
    project = window.workspace.project
    real_flush = Project.flush
    monkeypatch.setattr(Project, "flush", lambda self, _=0: real_flush(self, 0.3))

    def refuse(*_: object) -> None:
        raise StorageError("ไดรฟ์ถูกถอดออก")

    monkeypatch.setattr(Store, "write", refuse)
    issue = next(project.editor.round.framework.issues())[2].id
    window.workspace.push(
        project.editor.change(issue_field(YEAR, issue, Kind.ACTED_ON), True), "ทำเครื่องหมาย"
    )
    window.close_project()
    leave = next(b for b in window.banner.findChildren(QPushButton) if "ปิดไว้ก่อน" in b.text())

    leave.click()

    assert window.workspace is None


def test_every_tab_opens_and_f6_walks_through_what_is_in_view(window: MainWindow) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    for tab in (SUGGESTIONS, PREVIEW, BOOK, OVERVIEW, WRITE):
        workspace.middle.show_tab(tab)
        assert workspace.middle.page == tab
    reached = set()
    for _ in range(8):
        QTest.keyClick(window, Qt.Key.Key_F6)
        focus = window.focusWidget()
        assert focus is not None
        inside = workspace.evidence_pane.isAncestorOf(focus)
        reached.add("evidence" if inside else focus.objectName())

    assert {"standardsTree", "methodEditor", "resultsEditor", "evidence"} <= reached


def test_ctrl_tab_walks_through_the_tabs_and_back(window: MainWindow) -> None:
    assert window.workspace is not None
    middle = window.workspace.middle
    control = Qt.KeyboardModifier.ControlModifier

    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab, control)
    after_one = middle.page
    QTest.keyClick(window, Qt.Key.Key_Backtab, control | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_Backtab, control | Qt.KeyboardModifier.ShiftModifier)

    assert (after_one, middle.page) == (SUGGESTIONS, OVERVIEW)


def test_zoom_is_remembered_for_the_next_time(window: MainWindow) -> None:
    assert window.workspace is not None
    for key in ("+", "+"):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)

    assert window.preferences.text_zoom == pytest.approx(1.25)
    assert window.workspace.issue_pane.editors()[0].zoom == pytest.approx(1.25)
    assert window.status_line._zoom.text() == "๑๒๕ %"


def test_letters_keep_their_size_when_the_colours_change(window: MainWindow) -> None:
    assert window.workspace is not None
    window.workspace.set_zoom(1.5)
    (method, _) = window.workspace.issue_pane.editors()
    size = method.font().pointSizeF()
    window.action("actionDark").toggle()
    dark = method.font().pointSizeF()
    window.action("actionDark").toggle()

    assert (size, dark, method.font().pointSizeF()) == (27.0, 27.0, 27.0)


def test_the_sample_opens_from_the_welcome_page_and_keeps_what_was_tried(
    empty: MainWindow,
) -> None:
    empty.beginnings.open_sample()

    assert empty.workspace is not None
    assert "เวียงสายธาร" in empty.windowTitle()
    first = empty.workspace.project.folder
    empty.close_project()
    empty.beginnings.open_sample()
    assert empty.workspace is not None
    assert empty.workspace.project.folder == first


def test_choosing_no_folder_opens_nothing(
    empty: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: ""))

    empty.beginnings.choose_project()

    assert empty.workspace is None
    assert not empty.banner.isVisible()


def test_the_search_field_goes_to_a_code(window: MainWindow) -> None:
    assert window.workspace is not None
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = window.top_bar.search
    assert search.hasFocus()
    type_words(search, "๑.๓.๒")
    QTest.keyClick(search, Qt.Key.Key_Return)

    framework = window.workspace.project.editor.round.framework
    assert framework.code_of(window.workspace.node) == "1.3.2"


def test_a_second_window_on_the_same_project_is_refused(window: MainWindow, place: Path) -> None:
    with pytest.raises(ProjectLocked):
        open_window(place)


def test_undo_goes_to_the_page_of_what_it_takes_back(window: MainWindow) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    framework = workspace.project.editor.round.framework
    first = workspace.node
    edit = workspace.issue_pane.editors()[0]
    edit.setFocus()
    type_words(edit, "ข้อความของประเด็นแรก")
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert workspace.node != first

    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert framework.code_of(workspace.node) == framework.code_of(first)
    assert workspace.project.editor.round.issue(first).method.is_blank


def test_what_a_text_took_back_itself_can_be_done_again_after_a_step_of_the_program(
    window: MainWindow,
) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    method, results = workspace.issue_pane.editors()
    issue = workspace.node
    undo = (window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    redo = (window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    method.setFocus()
    type_words(method, "วิธี")
    results.setFocus()
    type_words(results, "กขค")

    for _ in range(8):
        QTest.keyClick(*undo)
    assert workspace.project.editor.round.issue(issue).method.is_blank
    assert workspace.project.editor.round.issue(issue).results.is_blank
    for _ in range(8):
        QTest.keyClick(*redo)

    assert workspace.project.editor.round.issue(issue).method.plain == "วิธี"
    workspace.leave()
    assert workspace.project.editor.round.issue(issue).results.plain == "กขค"


def test_a_level_key_changes_nothing_where_no_levels_are_in_view(window: MainWindow) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    indicator = workspace.indicator()
    assert indicator is not None
    workspace.middle.show_tab(OVERVIEW)

    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)

    assert workspace.project.editor.round.indicator(indicator.id).level is None
    assert "เลือกระดับ" in words_on(window)


def test_the_evidence_keeps_its_width_through_the_pages_that_hide_it(window: MainWindow) -> None:
    assert window.workspace is not None
    before = window.workspace.evidence_pane.width()
    for tab in (PREVIEW, BOOK, OVERVIEW, WRITE):
        window.workspace.middle.show_tab(tab)

    assert window.workspace.evidence_pane.width() == before


def test_a_small_window_folds_the_tree_and_lends_the_room_of_the_evidence(
    window: MainWindow,
) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    window.resize(911, 465)
    assert workspace.tree.is_folded
    assert workspace.evidence_pane.isVisible()

    window.resize(683, 420)
    assert not workspace.evidence_pane.isVisible()
    assert workspace.middle.evidence_button.isVisible()
    workspace.middle.evidence_button.click()
    assert workspace.evidence_pane.isVisible()

    window.resize(1366, 698)
    assert not workspace.tree.is_folded
    assert not workspace.middle.evidence_button.isVisible()


def test_bold_looks_pressed_where_the_text_is_bold(window: MainWindow) -> None:
    assert window.workspace is not None
    edit = window.workspace.issue_pane.editors()[0]
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    type_words(edit, "หนา")
    assert window.action("actionBold").isChecked()

    QTest.keyClick(edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    type_words(edit, "บาง")
    assert not window.action("actionBold").isChecked()


def test_a_pasted_picture_is_stored_with_the_project_and_stands_in_the_text(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    edit = workspace.issue_pane.editors()[0]
    edit.setFocus()
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)

    edit.image_pasted.emit(picture)
    qtbot.waitUntil(lambda: not workspace.attaching.is_busy)
    workspace.leave()

    (image,) = workspace.project.editor.round.issue(workspace.node).method.images()
    assert workspace.project.path_of(image.sha256).is_file()
    assert image.width == pytest.approx(30)


def test_nothing_is_said_to_be_saved_that_was_only_typed(window: MainWindow, qtbot: QtBot) -> None:
    assert window.workspace is not None
    edit = window.workspace.issue_pane.editors()[0]
    edit.setFocus()

    for _ in range(12):
        type_words(edit, "ก")
        assert "บันทึกแล้ว" not in window.status_line._saved.text()
        qtbot.wait(60)

    qtbot.waitUntil(lambda: "บันทึกแล้ว" in window.status_line._saved.text())
    assert not window.workspace.is_unread


def test_a_folder_that_cannot_be_opened_leaves_the_project_open_that_was(
    window: MainWindow, place: Path, tmp_path: Path
) -> None:
    assert not window.open_folder(tmp_path / "ไม่มี")

    assert window.workspace is not None
    assert window.workspace.project.folder == place
    assert "ไม่มี" in words_on(window)


def wrong_things(folder: Path) -> Iterator[Path]:
    """What people choose, drop or double-click that cannot be opened."""
    for name in ("ภาพ.jpg", "งาน.esax", "ที่หลุดมา.esa"):
        (folder / name).write_bytes(b"\xff\xd8 x")
        yield folder / name
    (folder / "เอกสาร").mkdir()
    yield folder / "เอกสาร"
    yield folder / "ไม่มี.esaproj"
    locked = folder / "ที่อื่น"
    locked.mkdir()
    yield new_project(locked)


def test_what_cannot_be_opened_leaves_place_cursor_and_undo_alone(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esa_desktop.storage.database.PATIENCE", 0)
    workspace = window.workspace
    assert workspace is not None
    workspace.go_to(workspace.project.editor.round.framework.issue("1.2.1").id)
    here, edit = workspace.node, workspace.issue_pane.editors()[0]
    edit.setFocus()
    type_words(edit, "ประชุม ทุกเดือน")
    cursor = edit.textCursor()
    cursor.setPosition(6)
    edit.setTextCursor(cursor)

    for wrong in wrong_things(tmp_path):
        with ExitStack() as elsewhere:
            if (wrong / "project.db").exists():
                elsewhere.enter_context(opened(wrong, who=OTHER))
            assert not window.open_folder(wrong), wrong
        assert window.banner.isVisible(), wrong
        assert window.workspace is workspace, wrong
        assert (workspace.node, edit.textCursor().position()) == (here, 6), wrong
        assert edit.hasFocus(), wrong
        window.banner.dismiss()

    window.action("actionUndo").trigger()
    assert edit.toPlainText() == ""


def test_another_project_takes_the_place_of_the_one_that_was_open(
    window: MainWindow, place: Path, tmp_path: Path
) -> None:
    (tmp_path / "อีกงาน").mkdir()
    other = new_project(tmp_path / "อีกงาน")

    assert window.open_folder(other)

    assert window.workspace is not None
    assert window.workspace.project.folder == other
    assert [recent.folder for recent in window.preferences.recent] == [other, place]
    with opened(place, who=OTHER):  # refused while anybody has it open
        pass


def test_what_is_open_and_cannot_be_left_does_not_hold_the_other_project(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "อีกงาน").mkdir()
    other = new_project(tmp_path / "อีกงาน")

    def break_down() -> None:
        raise OSError("no temporary folder")

    assert window.workspace is not None
    with monkeypatch.context() as broken:
        broken.setattr(window.workspace, "release", break_down)
        with pytest.raises(OSError, match="no temporary folder"):
            window.open_folder(other)

    with opened(other, who=OTHER):  # refused while anybody has it open
        pass


def test_a_project_that_cannot_be_shown_is_let_go(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "อีกงาน").mkdir()
    other = new_project(tmp_path / "อีกงาน")

    def break_down(*_: object) -> None:
        raise RuntimeError("no such part")

    with monkeypatch.context() as broken:
        broken.setattr("esa_desktop.ui.project_wiring.wire_project", break_down)
        with pytest.raises(RuntimeError, match="no such part"):
            window.open_folder(other)

    assert window.workspace is None
    with opened(other, who=OTHER):  # refused while anybody has it open
        pass
    assert window.open_folder(other)


def test_what_stays_open_asks_again_before_words_are_dropped(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "is_unread", property(lambda _: True))
    assert not window.open_folder(tmp_path / "ไม่มี")  # asks
    assert not window.open_folder(tmp_path / "ไม่มี")  # may leave, but there is nothing to go to
    assert window.workspace is not None

    assert not window.close_project()
    assert "ยังเก็บไม่ได้" in words_on(window)
    assert window.close_project()


def test_leaving_while_files_are_attached_asks_once(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.workspace is not None
    go_on = threading.Event()

    def slow(*_: object, **__: object) -> Intake:
        go_on.wait(5)
        return Intake((), ())

    monkeypatch.setattr("esa_desktop.services.attaching.take_in", slow)
    window.workspace.attaching.attach(window.workspace.node, [tmp_path / "ก.pdf"])

    window.close()
    assert window.isVisible()
    assert "กำลังแนบ" in words_on(window)

    window.close()
    go_on.set()
    assert not window.isVisible()
    qtbot.wait(50)


def test_an_undo_that_no_longer_applies_is_said(window: MainWindow) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    editor = workspace.project.editor
    field = issue_field(YEAR, workspace.node, Kind.METHOD)
    workspace.push(editor.change(field, from_plain("ก")), "แก้วิธีการ")
    editor.apply(editor.change(field, from_plain("จากที่อื่น")))

    workspace.undo_stack.undo()

    assert editor.round.issue(workspace.node).method.plain == "จากที่อื่น"
    assert "ประวัติการแก้ไข" in words_on(window)


def test_f6_walks_through_the_parts_of_the_book_and_the_texts_of_the_chosen_one(
    window: MainWindow,
) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    workspace.middle.show_tab(BOOK)
    assert workspace.pages.book.list.hasFocus()
    workspace.pages.book.list.show_part("foreword")
    reached = []
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F6)
        focus = window.focusWidget()
        assert focus is not None
        reached.append(focus.objectName())

    assert reached == ["forewordEditor", "foreword_monthEditor", "tabs"]


def test_undo_goes_to_the_text_of_the_book_it_takes_back(window: MainWindow) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    workspace.middle.show_tab(BOOK)
    workspace.pages.book.list.show_part("foreword")
    edit = workspace.pages.book.editors_in_view()[0]
    edit.setFocus()
    type_words(edit, "ความเป็นมา")
    workspace.middle.show_tab(WRITE)
    assert workspace.project.editor.round.book_text("foreword").plain == "ความเป็นมา"

    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert workspace.middle.page == BOOK
    assert workspace.pages.book.list.shown == "foreword"
    assert workspace.project.editor.round.book_text("foreword").is_blank


def test_undo_of_a_ready_mark_shows_the_box(window: MainWindow) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    workspace.middle.show_tab(SUGGESTIONS)
    workspace.pages.indicator_pane.ready.click()
    workspace.middle.show_tab(PREVIEW)

    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert workspace.middle.page == SUGGESTIONS
    assert not workspace.pages.indicator_pane.ready.isChecked()


def test_text_zoom_bold_and_pictures_work_in_the_book_too(window: MainWindow, qtbot: QtBot) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    workspace.set_zoom(1.5)
    workspace.middle.show_tab(BOOK)
    emblem, lines = workspace.pages.book.editors_in_view()
    assert lines.zoom == pytest.approx(1.5)
    lines.setFocus()
    QTest.keyClick(lines, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.action("actionBold").isChecked()
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)

    emblem.image_pasted.emit(picture)
    qtbot.waitUntil(lambda: not workspace.attaching.is_busy)
    workspace.leave()

    (image,) = workspace.project.editor.round.book_text("emblem").images()
    assert workspace.project.path_of(image.sha256).is_file()


def test_the_tab_key_leads_from_the_parts_of_the_book_to_their_texts(window: MainWindow) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    workspace.middle.show_tab(BOOK)
    workspace.pages.book.list.show_part("foreword")
    walked = []
    for _ in range(4):
        focus = window.focusWidget()
        assert focus is not None
        walked.append(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)

    assert walked == ["bookPartList", "printBookButton", "forewordEditor", "foreword_monthEditor"]


def test_a_stored_picture_is_seen_when_its_page_is_made(window: MainWindow, qtbot: QtBot) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    edit = workspace.issue_pane.editors()[0]
    edit.setFocus()
    edit.image_pasted.emit(picture)
    qtbot.waitUntil(lambda: not workspace.attaching.is_busy)
    workspace.leave()
    editor = workspace.project.editor
    text = editor.round.issue(workspace.node).method
    (image,) = text.images()
    indicator = workspace.indicator()
    assert indicator is not None
    for field in (book_field(YEAR, "emblem"), issue_field(YEAR, indicator.id, Kind.SUGGESTIONS)):
        editor.apply(editor.change(field, text))

    seen = []
    for tab in (BOOK, SUGGESTIONS):
        workspace.middle.show_tab(tab)
        document = workspace.editors_in_view()[0].document()
        kind = QTextDocument.ResourceType.ImageResource.value
        shown = document.resource(kind, QUrl(f"img:{image.sha256}"))
        seen.append(shown.pixelColor(5, 5).name())

    assert seen == [picture.pixelColor(5, 5).name()] * 2


def test_a_word_found_in_the_book_is_marked_where_it_is_written(window: MainWindow) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    editor = workspace.project.editor
    text = from_plain("โรงเรียนทุกแห่งมีส่วนร่วม")
    editor.apply(editor.change(book_field(YEAR, "strengths"), text))
    workspace.open_search()
    workspace.pages.search.open("ส่วนร่วม")
    workspace.pages.search.list.step(0)
    workspace.pages.search.list.choose_current()

    assert workspace.middle.page == BOOK
    assert workspace.pages.book.list.shown == "summary"
    edit = workspace.pages.book.editors_in_view()[1]
    assert edit.textCursor().selectedText() == "ส่วนร่วม"


def test_a_node_chosen_beside_the_book_opens_the_page_where_it_is_written(
    window: MainWindow,
) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    workspace.middle.show_tab(BOOK)

    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    assert workspace.middle.page == WRITE


def test_every_tab_is_whole_in_a_narrow_window_and_at_200_per_cent(window: MainWindow) -> None:
    assert window.workspace is not None
    tabs = window.workspace.middle.tabs
    seen = {}
    for width, height in ((1366, 698), (1100, 698), (911, 465), (683, 349)):
        window.resize(width, height)
        seen[width] = tabs.sizeHint().width() <= tabs.width()

    assert seen == {1366: True, 1100: True, 911: True, 683: True}


def test_no_menu_is_as_high_as_a_small_screen_and_every_action_is_in_one(
    window: MainWindow,
) -> None:
    def inside(menu: QMenu) -> list[QAction]:
        inner = [action.menu() for action in menu.actions()]
        more = [found for child in inner if isinstance(child, QMenu) for found in inside(child)]
        return [*menu.actions(), *more]

    menus = window.top_bar._menu_by_title
    heights = {title: menu.sizeHint().height() for title, menu in menus.items()}
    assert {title: height for title, height in heights.items() if height > 690} == {}
    assert heights["แก้ไข"] < 480

    reached = {action.objectName() for menu in menus.values() for action in inside(menu)}
    keys_only = {"actionNextPane", "actionPreviousPane", "actionNextTab", "actionPreviousTab"}
    assert {row.name for row in ACTIONS} - reached == keys_only


def test_f1_opens_the_page_of_the_tab_in_view(qtbot: QtBot, window: MainWindow) -> None:
    workspace = window.workspace
    assert workspace is not None
    for tab, page in ((PREVIEW, "preview-print"), (OVERVIEW, "overview"), (REGISTER, "register")):
        workspace.middle.show_tab(tab)
        places = (workspace.tree.tree, workspace.middle.tabs, window.top_bar.menus)
        assert {page_for(place) for place in places} == {page}
    workspace.middle.show_tab(WRITE)
    assert page_for(workspace.tree.tree) == "screen"
    workspace.focus_text()
    assert page_for(QApplication.focusWidget()) == "write"
    for tab, page in (
        (PREVIEW, "preview-print"),
        (OVERVIEW, "overview"),
        (REGISTER, "register"),
        (BOOK, "book"),
    ):
        tabs = workspace.middle.tabs
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(tab).center())
        assert page_for(QApplication.focusWidget() or window) == page
        if tab == PREVIEW:  # the text beside it, once somebody goes there
            workspace.issue_pane.findChild(QWidget, "resultsEditor").setFocus()
            assert page_for(QApplication.focusWidget()) == "write"
    workspace.middle.show_tab(WRITE)
    assert page_for(workspace.middle.tabs) == "write"


@pytest.mark.parametrize(
    ("name", "form"),
    [("actionBook", "book"), ("actionBlankForm", "blank"), ("actionCommitteeForm", "committee")],
)
def test_the_report_menu_opens_the_dialog_with_its_form(
    window: MainWindow, name: str, form: str
) -> None:
    window.action(name).trigger()

    (dialog,) = window.findChildren(ExportDialog)
    (choice,) = dialog.findChildren(FormChoice)
    assert choice.form == form
    assert window.action(name) in window.top_bar._menu_by_title["รายงาน"].actions()
    dialog.reject()


def test_printing_from_the_page_of_the_book_means_the_book(window: MainWindow) -> None:
    assert window.workspace is not None
    window.workspace.middle.show_tab(BOOK)
    window.action("actionPrint").trigger()

    (dialog,) = window.findChildren(ExportDialog)
    (choice,) = dialog.findChildren(FormChoice)
    assert choice.form == "book"
    dialog.reject()


def test_the_sample_says_that_it_is_one_while_it_is_open(
    empty: MainWindow, place: Path, tmp_path: Path
) -> None:
    (tmp_path / "อีกงาน").mkdir()
    other = new_project(tmp_path / "อีกงาน")
    sample = sample_place(user_folder())
    sample.parent.mkdir(parents=True, exist_ok=True)
    place.rename(sample)

    assert empty.open_folder(sample)
    assert SAMPLE in empty.notices.keys
    assert "นี่คืองานตัวอย่าง แก้เล่นได้" in [
        label.text() for label in empty.notices.findChildren(QLabel) if label.isVisible()
    ]

    assert empty.open_folder(other)
    assert SAMPLE not in empty.notices.keys


@pytest.mark.parametrize("page", [WRITE, SUGGESTIONS])
def test_a_level_chosen_with_a_key_is_seen_also_where_the_cards_are_below_the_fold(
    window: MainWindow, qtbot: QtBot, page: int
) -> None:
    assert window.workspace is not None
    window.resize(911, 440)
    window.workspace.middle.show_tab(page)
    (card,) = (c for c in window.workspace.findChildren(LevelCard, "level4") if c.isVisible())
    qtbot.wait(20)
    assert card.visibleRegion().boundingRect().height() < card.height(), "below the fold"

    window.action("actionLevel4").trigger()

    qtbot.waitUntil(lambda: card.visibleRegion().boundingRect().height() == card.height())
    assert card.isChecked()


def test_after_a_project_is_closed_the_cursor_stands_on_it_in_the_list(
    window: MainWindow, place: Path
) -> None:
    window.close_project()
    focus = window.focusWidget()
    assert focus is not None
    assert str(place) in focus.accessibleName()
