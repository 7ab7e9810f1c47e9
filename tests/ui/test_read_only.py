"""A project that is only read: everything can be looked at, copied and printed, and nothing changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.app import make_application
from esa_desktop.domain.errors import EsaError, ReadOnlyProject
from esa_desktop.domain.fields import Kind, indicator_field, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services import attaching
from esa_desktop.services.exporting import export_pdf, keep_options, stored_options
from esa_desktop.services.projects import open_project
from esa_desktop.services.reprinting import keep_printed
from esa_desktop.ui.export_dialog import ExportDialog
from esa_desktop.ui.level_card import LevelCard
from esa_desktop.ui.middle_pane import BOOK, SUGGESTIONS, WRITE
from esa_desktop.ui.reason_edit import ReasonEdit
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.workspace import Workspace
from tests.keys import type_words
from tests.projects import OTHER, WHO, YEAR, new_project, opened

WORDS = "๑. ประชุมทุกเดือน\n๒. มีคู่มือ ๒๔ เรื่อง"


class Desk:
    """A workspace over a project that is only read, and what it said."""

    def __init__(self, qtbot: QtBot, place: Path) -> None:
        make_application()
        self.place = place
        self.project = open_project(place, who=OTHER, read_only=True)
        self.page = Workspace(self.project)
        self.said: list[EsaError] = []
        self.page.said.connect(self.said.append)
        self.page.resize(1366, 620)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitExposed(self.page)
        self.before = dict(self.project.editor.views)

    def is_unchanged(self) -> bool:
        editor = self.project.editor
        return dict(editor.views) == self.before and not editor.is_typing

    def hears_why(self) -> bool:
        told = [*self.said]
        self.said.clear()
        assert [type(error) for error in told] == [ReadOnlyProject], told
        return True

    def method(self) -> RichTextEdit:
        return self.page.issue_pane.editors()[0]

    def close(self) -> None:
        self.page.release()
        self.page.close()
        self.page.deleteLater()
        self.project.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = new_project(tmp_path)
    files = [tmp_path / f"หลักฐาน {n}.pdf" for n in (1, 2)]
    for file in files:
        file.write_bytes(b"%PDF-1.7 " + file.name.encode())
    with opened(place, who=WHO) as project:
        editor = project.editor
        path = next(editor.round.framework.issues())
        issue, indicator = path[-1], path[-2]
        for field, value in (
            (issue_field(YEAR, issue.id, Kind.METHOD), from_plain(WORDS)),
            (issue_field(YEAR, issue.id, Kind.ACTED_ON), True),
            (indicator_field(YEAR, indicator.id, Kind.LEVEL), 4),
            (indicator_field(YEAR, indicator.id, Kind.REASON), "เหตุผลเดิม"),
        ):
            editor.apply(editor.change(field, value))
        intake = attaching.take_in(place, files)
        editor.apply(attaching.attach(editor, issue.id, intake.files))
    return place


@pytest.fixture
def desk(qtbot: QtBot, place: Path) -> Iterator[Desk]:
    made = Desk(qtbot, place)
    yield made
    made.close()


ALL_KEYS = [
    *(key for key in Qt.Key if 0x20 <= key.value <= 0x7E),
    *(
        getattr(Qt.Key, f"Key_{name}")
        for name in "Return Enter Backspace Delete Tab Backtab Insert Escape Home End Left Right "
        "Up Down PageUp PageDown F2".split()
    ),
]


def test_no_key_changes_a_text(desk: Desk) -> None:
    edit = desk.method()
    edit.setFocus()
    shown = edit.toHtml()
    QGuiApplication.clipboard().setText("จากที่อื่น")
    keys = Qt.KeyboardModifier
    for held in (
        keys.NoModifier,
        keys.ShiftModifier,
        keys.ControlModifier,
        keys.ControlModifier | keys.ShiftModifier,
    ):
        for key in ALL_KEYS:
            edit.selectAll()
            QTest.keyClick(edit, key, held)
            edit.setFocus()
    type_words(edit, "ข้อความภาษาไทย ที่พิมพ์")

    assert edit.toHtml() == shown
    assert not edit.document().isUndoAvailable()
    assert desk.is_unchanged()


def test_no_command_of_the_tools_changes_a_text(desk: Desk) -> None:
    edit = desk.method()
    shown = edit.toHtml()
    edit.selectAll()
    for command in (
        edit.toggle_bold,
        edit.toggle_italic,
        edit.toggle_underline,
        edit.toggle_label,
        edit.indent,
        edit.outdent,
        edit.renumber,
        edit.ask_for_table,
        edit.cut,
        edit.paste,
        edit.paste_plain,
        edit.undo,
        edit.redo,
        lambda: edit.set_align("center"),
        lambda: edit.insert_table(2, 2),
    ):
        command()

    assert edit.toHtml() == shown
    assert desk.is_unchanged()


def test_words_dropped_on_a_text_do_not_stay(desk: Desk) -> None:
    edit = desk.method()
    shown = edit.toHtml()
    mime = QMimeData()
    mime.setText("ลากมาวาง")
    edit.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    edit.insertFromMimeData(mime)

    assert edit.toHtml() == shown


def test_words_are_selected_with_the_keys_alone_and_copied(desk: Desk) -> None:
    edit = desk.method()
    edit.setFocus()
    QGuiApplication.clipboard().clear()
    QTest.keyClick(edit, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(3):
        QTest.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert edit.textCursor().hasSelection()

    QTest.keySequence(edit, QKeySequence(QKeySequence.StandardKey.SelectAll))
    QTest.keySequence(edit, QKeySequence(QKeySequence.StandardKey.Copy))

    assert "ประชุมทุกเดือน" in QGuiApplication.clipboard().text()


def test_tab_leaves_a_text_that_cannot_be_indented(desk: Desk) -> None:
    edit = desk.method()
    edit.setFocus(Qt.FocusReason.MouseFocusReason)

    QTest.keyClick(edit, Qt.Key.Key_Tab)

    assert not edit.hasFocus()


def test_an_empty_text_asks_for_nothing(desk: Desk) -> None:
    results = desk.page.issue_pane.editors()[1]

    assert "เช่น" not in results.placeholderText()


def test_ticks_do_not_change_and_say_why(desk: Desk) -> None:
    for name, is_on in (("actedOnBox", True), ("evidenceClearBox", False)):
        box = desk.page.findChild(QCheckBox, name)
        assert box is not None
        assert box.isChecked() is is_on

        box.click()

        assert box.isChecked() is is_on
        assert desk.hears_why()
    assert desk.is_unchanged()


def test_levels_do_not_change_and_say_why(desk: Desk) -> None:
    cards = [card for card in desk.page.findChildren(LevelCard) if card.isVisible()]
    assert [card.level for card in cards if card.isChecked()] == [4]
    for card in cards:
        card.click()
        assert desk.hears_why()
        QTest.keyClick(card, Qt.Key.Key_Space)
        assert desk.hears_why()
    desk.page.set_level(5)  # Ctrl+5
    assert desk.hears_why()

    assert [card.level for card in cards if card.isChecked()] == [4]
    assert desk.is_unchanged()


def test_the_reason_can_be_read_and_copied_only(desk: Desk) -> None:
    desk.page.middle.show_tab(SUGGESTIONS)
    lines = desk.page.findChildren(ReasonEdit)
    assert len([line for line in lines if line.isVisible()]) == 1
    for line in lines:
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, "other")
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(line, Qt.Key.Key_Return)
        assert line.text() == "เหตุผลเดิม"
        line.copy()
        assert QGuiApplication.clipboard().text() == "เหตุผลเดิม"
    assert desk.is_unchanged()


def test_the_page_of_the_indicator_does_not_change_and_says_why(desk: Desk) -> None:
    desk.page.middle.show_tab(SUGGESTIONS)
    pane = desk.page.pages.indicator_pane
    for box in pane.findChildren(QCheckBox):
        before = box.isChecked()
        box.click()
        assert box.isChecked() is before
        assert desk.hears_why()
    assert all(edit.isReadOnly() for edit in pane.editors())
    assert desk.is_unchanged()


def test_the_book_does_not_change_and_says_why(desk: Desk) -> None:
    desk.page.middle.show_tab(BOOK)
    book = desk.page.pages.book
    parts = stored_options(desk.project.editor).parts

    book.list.ticked.emit(parts[0].value)

    assert desk.hears_why()
    assert stored_options(desk.project.editor).parts == parts
    assert book.editors()
    assert all(edit.isReadOnly() for edit in book.editors())


def test_evidence_is_neither_taken_out_nor_renamed_nor_moved(desk: Desk) -> None:
    view = desk.page.evidence_pane.list
    view.setFocus()
    titles = [view.model().index(row, 0).data() for row in range(2)]
    for action in desk.page.evidence_pane.item_actions.findChildren(QAction):
        if action.shortcut().toString() in ("Del", "F2", "Ctrl+Shift+Up", "Ctrl+Shift+Down"):
            row = 1 if action.shortcut().toString().endswith("Up") else 0
            view.setCurrentIndex(view.model().index(row, 0))
            action.trigger()
            assert desk.hears_why(), action.text()
    for ask in (
        desk.page.evidence_pane.item_actions.ask_description,
        desk.page.evidence_pane.item_actions.ask_new_item,
        desk.page.evidence_pane.item_actions.ask_where_else,
        desk.page.evidence_pane.item_actions.ask_where_to,
    ):
        assert ask() is None
        assert desk.hears_why()

    assert [view.model().index(row, 0).data() for row in range(2)] == titles
    assert not desk.page.findChildren(QDialog)
    assert desk.is_unchanged()


def test_nothing_is_attached_and_nobody_is_asked_for_a_file_first(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def answer(*arguments: object) -> tuple[list[str], str]:
        asked.append(arguments)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", answer)
    file = tmp_path / "ใหม่.pdf"
    file.write_bytes(b"%PDF-1.7 new")
    before = sorted((desk.place / "evidence").rglob("*"))

    for button in desk.page.evidence_pane.findChildren(QPushButton):
        if button.text() == "แนบหลักฐาน" and button.isVisible():
            button.click()
    assert desk.hears_why()
    desk.page.evidence_pane.files_dropped.emit([file])
    assert desk.hears_why()
    desk.page.tree.files_dropped.emit(desk.page.node, [file])
    assert desk.hears_why()
    desk.page.attaching.keep_picture(desk.method(), QImage(4, 4, QImage.Format.Format_RGB32))
    assert desk.hears_why()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    desk.method().insertFromMimeData(mime)
    assert desk.hears_why()

    assert asked == []
    assert sorted((desk.place / "evidence").rglob("*")) == before
    assert desk.is_unchanged()


def test_evidence_is_opened_from_where_the_project_lies(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)

    desk.page.attaching.open_item(next(iter(desk.project.editor.round.items)))

    qtbot.waitUntil(lambda: bool(urls), timeout=5000)
    assert urls[0].fileName().startswith("หลักฐาน")


def test_it_is_printed_to_a_file_elsewhere_and_remembers_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    editor = desk.project.editor
    options = stored_options(editor, paper="a4-portrait")
    files = sorted(desk.place.rglob("*"))

    result = export_pdf(editor.round, tmp_path / "ออก.pdf", options, image=desk.project.image_bytes)
    keep_options(editor, options)
    keep_printed(editor, options, result)

    assert (tmp_path / "ออก.pdf").stat().st_size > 10_000
    assert stored_options(editor).paper != "a4-portrait"
    assert sorted(desk.place.rglob("*")) == files
    assert desk.is_unchanged()


def test_the_dialog_for_printing_works_as_always(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = ExportDialog(desk.project, code="1.1", folder=tmp_path)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.saved, timeout=60_000) as signal:
        dialog._start()

    assert signal.args is not None
    assert signal.args[0].stat().st_size > 10_000
    qtbot.waitUntil(lambda: dialog._task is None)
    dialog.close()
    assert desk.is_unchanged()


def test_going_about_in_it_ends_no_visit_and_makes_no_step(desk: Desk) -> None:
    for tab in (SUGGESTIONS, BOOK, WRITE):
        desk.page.middle.show_tab(tab)
        desk.page.leave()
        desk.page.save_drafts()
    desk.project.editor.checkpoint()

    assert desk.page.undo_stack.count() == 0
    assert desk.said == []
    assert desk.is_unchanged()
